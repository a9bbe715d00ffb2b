"""Attributes of informants as tables show them: one column for one thing, whatever each header called it."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.model import AttributeValue

__all__ = ["joined", "names_of", "unified"]

SYNONYMS = (
    ("usia", "umur", "age"),
    ("jenis_kelamin", "sex", "gender"),
    ("pendidikan", "pendidikan_terakhir", "education"),
    ("pekerjaan", "jenis_pekerjaan", "jenis_usaha", "occupation"),
    ("status_kawin", "status_perkawinan", "status_pernikahan", "marital_status"),
)
"""Names for one thing; values stand under the first of them."""


def names_of(name: str) -> tuple[str, ...]:
    """Return all names, in small letters, for the thing that the attribute *name* is about.

    >>> names_of("Umur"), names_of("anak")
    (('usia', 'umur', 'age'), ('anak',))
    """
    return next((group for group in SYNONYMS if name.lower() in group), (name.lower(),))


def unified(attributes: Mapping[str, AttributeValue]) -> dict[str, AttributeValue]:
    """Return attributes with names for one thing joined, where no value is lost by it; the data stay as they are.

    Examples
    --------
    >>> unified({"umur": 44, "anak": 2}), unified({"usia": 44, "umur": 45})
    ({'usia': 44, 'anak': 2}, {'usia': 44, 'umur': 45})
    """
    found: dict[str, AttributeValue] = {}
    for name, value in attributes.items():
        group = next((group for group in SYNONYMS if name.lower() in group), None)
        if group is None:
            found[name] = value
            continue
        values = [v for other, v in attributes.items() if other.lower() in group and v is not None and v != ""]
        if all(v == values[0] for v in values):
            found[group[0]] = values[0] if values else value
        elif value is not None and value != "":
            found[name] = value
    return found


def joined(attributes: Mapping[str, AttributeValue]) -> dict[str, tuple[AttributeValue, ...]]:
    """Return attributes of which several say one thing under one name, with all that was said, once, whatever its capitals.

    A name that stands alone stays as it was recorded.

    Examples
    --------
    >>> joined({"umur": 44, "pendidikan": "SD", "pendidikan_terakhir": "SD (tamat)"})
    {'umur': (44,), 'pendidikan': ('SD', 'SD (tamat)')}
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in attributes:
        groups.setdefault(names_of(name), []).append(name)
    found: dict[str, tuple[AttributeValue, ...]] = {}
    for names, given in groups.items():
        said = {str(v).casefold(): v for name in given if (v := attributes[name]) is not None and v != ""}
        found[given[0] if len(given) == 1 else names[0]] = tuple(said.values()) or (None,)
    return found

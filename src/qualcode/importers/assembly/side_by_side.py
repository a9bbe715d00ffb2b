"""Header fields that describe several informants side by side, as in ``Umur : 29/ 33 tahun`` below ``Inisial : Ny. K / Tn. W``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from qualcode.importers._words import normal, slug
from qualcode.importers.header.fields import attribute_value
from qualcode.importers.speakers.roles import Speaker
from qualcode.importers.turns import Layout
from qualcode.model import AttributeValue

__all__ = ["of_each"]

_AGES = {"usia", "umur", "age"}
_WOMAN, _MAN = (
    {"ny", "nyonya", "ibu", "bu", "istri", "isteri", "mbak", "wife", "mrs", "perempuan"},
    {"tn", "tuan", "bapak", "pak", "suami", "mas", "husband", "mr", "laki"},
)
_MOST = 3
"""More informants than these have a table, or a header each."""


def of_each(layout: Layout, voices: Sequence[Speaker]) -> tuple[tuple[dict[str, AttributeValue], ...], bool] | None:
    """Return what the header says of each of *voices*, in their order, and whether it is sure whose is whose; None if it describes one person.

    The ages tell: as many numbers as there are informants. A field with one value is true of all of them.
    """
    n = len(voices)
    ages = [_parts(f.value, n) for f, _ in layout.fields if f.target == "attribute" and f.key in _AGES]
    if (
        not 1 < n <= _MOST
        or not any(ages)
        or not all(any(c.isdigit() for c in part) for parts in ages for part in parts)
    ):
        return None
    found: list[dict[str, AttributeValue]] = [{} for _ in voices]
    for field, _ in layout.fields:
        if field.target != "attribute":
            continue
        values = _parts(field.value, n) or (field.value,) * n
        for known, value in zip(found, values, strict=True):
            for key, one in attribute_value(field.key, value).items():
                if known.get(key) is None:
                    known[key] = one
    names = next((p for f, _ in layout.fields if f.target in {"private", "id"} and (p := _parts(f.value, n))), ())
    order = [o for o in permutations(range(n)) if names and all(_fits(names[o[at]], v) for at, v in enumerate(voices))]
    places = order[0] if len(order) == 1 else range(n)
    return tuple(found[place] for place in places), len(order) == 1


def _parts(value: str, n: int) -> tuple[str, ...]:
    """Return the *n* parts of *value* that slashes divide, or none if it has another number of them."""
    parts = tuple(part.strip() for part in re.split(r"/|\s&\s", value))
    return parts if len(parts) == n and all(parts) else ()


def _fits(name: str, speaker: Speaker) -> bool:
    """Tell whether *name* may be that of *speaker*, whose label or legend says as much: the same name, or a woman or a man."""
    words = set(slug(name).split("-"))
    said = {*slug(speaker.label).split("-"), *slug(speaker.meaning).split("-")}
    told = normal(name) == normal(speaker.label)
    return told or any(words & sex and said & sex for sex in (_WOMAN, _MAN)) or bool((words - _WOMAN - _MAN) & said)

"""What the name of a file says: whose interview it holds, and which one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType

from qualcode.errors import N_, InputError, nearest, shorten
from qualcode.importers._words import slug
from qualcode.importers.header.fields import id_in, whole_number
from qualcode.importers.header.privacy import is_private, is_private_key, is_private_value
from qualcode.model import AttributeValue

__all__ = ["PLACES", "FileName", "NamePattern", "alike", "read_name"]

_NTH = r"(?:wawancara|wwcr?|ww|w|interview|sesi|session|pertemuan)(?:[-_. ]*ke)?[-_. ]*(?P<interview>\d{1,2})"
_ID_FIRST = re.compile(rf"(?P<informant>.*?[^\W_].*?)(?:[-_. ]+|(?<=\d)){_NTH}", re.IGNORECASE)
_ID_LAST = re.compile(rf"{_NTH}[-_. ]+(?P<informant>\S.*)", re.IGNORECASE)
_CODE_AND_NAME = re.compile(r"(?P<code>[^\d]+\d{1,3})[-_. (]+(?P<rest>[^\d\s].*)")
_TITLE = re.compile(r"(?:transkrip(?:si)?|hasil|verbatim|lampiran|file|rekaman|draf|draft)?[-_. ]*\d*", re.IGNORECASE)
_KEPT = re.compile(r"transkrip(?:si)?[-_. ]+(?:hasil[-_. ]+)?(?P<rest>\S.*)", re.IGNORECASE)

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "informan": "informant",
        "informant": "informant",
        "narasumber": "informant",
        "responden": "informant",
        "partisipan": "informant",
        "subjek": "informant",
        "wawancara": "wawancara_ke",
        "interview": "wawancara_ke",
        "tanggal": "tanggal",
        "date": "tanggal",
        "tempat": "tempat",
        "place": "tempat",
    }
)
"""What a place in a file-name pattern gives: the informant, or a field about the source; any other name is an attribute."""


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says: the informant's id, what else is known of them, and fields about the source."""

    informant: str | None = None
    attributes: Mapping[str, AttributeValue] = field(default_factory=lambda: MappingProxyType({}))
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_name(stem: str) -> FileName:
    """Return what a usual name of a file says: which interview it holds, or whose, where a name that must not become an id stands behind a code.

    >>> read_name("informan-03_W2").informant, dict(read_name("informan-03_W2").metadata)
    ('informan-03', {'wawancara_ke': '2'})
    >>> read_name("INF03 wawancara 2").informant
    'INF03'
    >>> read_name("wawancara 2").informant is None, read_name("Informan 1 Semarang").informant is None
    (True, True)
    >>> read_name("Informan 1 - Bu Rekaan").informant
    'Informan-1'
    """
    kept = _KEPT.fullmatch(stem)
    bare = kept["rest"] if kept else stem
    for pattern in (_ID_FIRST, _ID_LAST):
        if match := pattern.fullmatch(bare.strip()):
            who = match["informant"].strip(" -_.")
            if pattern is _ID_LAST and id_in(who) is None:
                continue
            if any(c.isalpha() for c in who) and not _TITLE.fullmatch(who):
                return FileName(
                    id_in(who) or who, metadata=MappingProxyType({"wawancara_ke": str(int(match["interview"]))})
                )
    named = _CODE_AND_NAME.fullmatch(bare.strip())
    if named and is_private_value(named["rest"]):
        return FileName(id_in(named["code"]))
    return FileName()


@lru_cache(maxsize=4096)
def alike(name: str) -> str:
    """Return *name* in the form in which ids of informants are compared: without case, marks between, and zeros before numbers.

    >>> alike("INF-03") == alike("inf 3")
    True
    """
    return "".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in _PIECE.findall(name.casefold()))


_PIECE = re.compile(r"\d+|[^\W\d_]+|/")


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A file name with places such as ``{informan}_W{wawancara}.docx``; ``*`` stands for anything.

    Raises
    ------
    InputError
        If a place stands twice, is no name, or would bring in what identifies a person.
    """

    pattern: str
    _compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", re.compile(_regex(self.pattern), re.IGNORECASE))

    def read(self, name: str) -> FileName | None:
        """Return what the file's *name* says by this pattern, with or without its suffix; None where it does not fit."""
        match = self._compiled.fullmatch(name) or self._compiled.fullmatch(PurePath(name).stem)
        if match is None:
            return None
        informant: str | None = None
        metadata: dict[str, str] = {}
        attributes: dict[str, AttributeValue] = {}
        for place, value in match.groupdict().items():
            target = PLACES.get(place)
            said = value.strip(" -_.")
            if not said:
                continue
            if target == "informant":
                informant = said
            elif target is not None:
                metadata[target] = str(int(said)) if said.isdecimal() and target == "wawancara_ke" else said
            elif not is_private(place, said):
                attributes[slug(place, "_")] = whole_number(said)
        return FileName(informant, MappingProxyType(attributes), MappingProxyType(metadata))


def _regex(pattern: str) -> str:
    made: list[str] = []
    places: list[str] = []
    for piece in re.split(r"(\{[^{}]*\}|\*)", pattern):
        if piece == "*":
            made.append(".*")
        elif piece.startswith("{") and piece.endswith("}"):
            place = piece[1:-1].strip().casefold()
            _check_place(place, places, pattern)
            places.append(place)
            made.append(f"(?P<{place}>{r'[0-9]{1,3}' if PLACES.get(place) == 'wawancara_ke' else '.+?'})")
        elif "{" in piece or "}" in piece:
            raise InputError(N_("a brace is not closed in {pattern!r}"), pattern=shorten(pattern))
        else:
            made.append(re.escape(piece))
    return "".join(made)


def _check_place(place: str, before: list[str], pattern: str) -> None:
    if not place.isidentifier():
        raise InputError(
            N_("{place!r} in {pattern!r} is no name of a place; write one word, such as {{informan}}"),
            place=place,
            pattern=shorten(pattern),
        )
    if any(PLACES.get(place, place) == PLACES.get(other, other) for other in before):
        raise InputError(N_("{place!r} stands twice in {pattern!r}"), place=place, pattern=shorten(pattern))
    if is_private_key(place):
        raise InputError(
            N_("{place!r} identifies a person and is not taken from the file's name"),
            hint=N_("write * in its place"),
            place=place,
        )
    near = nearest(place, PLACES, n=1)
    if place not in PLACES and near and len(set(place) ^ set(near[0])) <= 2 and abs(len(place) - len(near[0])) <= 2:
        raise InputError(
            N_("{place!r} is no known place; did you mean {nearest!r}?"),
            hint=N_("any other word becomes an attribute of the informant; choose one that is less alike"),
            place=place,
            nearest=near[0],
        )

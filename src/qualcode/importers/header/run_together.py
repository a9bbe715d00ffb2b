"""Header fields that follow each other in one line with nothing but their names or numbers between them.

What is copied from a page or typed in a hurry looks so: ``Inisial : Ny. D Usia : 39 th Pekerjaan : buruh``, or
``1. Umur : 37 tahun2. Pendidikan : SMA``, where the number of the next field touches the value before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.importers.header.fields import Field, field_of, is_usual
from qualcode.importers.header.privacy import is_private_key
from qualcode.model import Span

__all__ = ["fields_run_together"]

_COLON = re.compile(r":(?!//)")
_APART = re.compile(r"\s{3}|[\t;|·•]")
_SIGN = re.compile(r"(?:(?P<number>\d+)|(?P<letter>[a-z]))(?P<sign>[.)])[ \t\u00a0]*(?=[^\W\d_])")
_OPENING = re.compile(r"[ \t*_>|(-]*")
_BEGINS = re.compile(r"(?<![^\s,;/])[A-Z]|(?<=[a-z\d)])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")
"""Where a name without a number before it may begin: behind a space, or glued to the value before it."""
_KEY_WORDS, _KEY_LENGTH = 4, 50
"""The most words of a name that has no number, and the most characters of one that has."""
_SKIPPED = 3
"""How far a number may be ahead of the one before it: lists lose items."""
_MOST = 24
_AROUND = " \t\u00a0,;|·•/–—-("
"""What parts a field from the next one and is part of neither."""


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a field begins with its number, if it has one, and where its name does."""

    at: int
    key: int
    number: str = ""


def fields_run_together(line: str) -> tuple[tuple[Field, ...], tuple[Span, ...]] | None:
    """Return the fields of *line* and where it holds something else, such as a title before the first; None if they are not run together.

    A field is known by its number, if the numbers (or letters) go on from field to field, or else by a usual name with a capital.
    """
    colons = line.count(":")
    if colons > _MOST or (colons < 2 and not _glued(line)):
        return None
    starts = _starts(line) if colons > 1 else []
    numbered = [start for start in starts if start.number]
    if len(numbered) < 2:
        starts = [] if _APART.search(line) else _starts(line, numbers=False)
    if not starts or [start.at for start in starts] == [0]:
        return None
    first = starts[0]
    if len(starts) > 1 and not first.number and starts[1].number and line[: starts[1].at].rstrip(" (")[-1:] == ":":
        starts = starts[1:]  # "Identitas informan :" above its numbered fields, on their line
        first = starts[0]
    fields: list[Field] = []
    for start, stop in zip(starts, [*(s.at for s in starts[1:]), len(line)], strict=True):
        whole = line[start.key : stop]
        field = field_of(
            whole.rstrip(_AROUND).removesuffix(".") if len(starts) > 1 and _ends(whole, stop, line) else whole
        )
        if field is None:
            return None
        fields.append(field)
    if len(numbered) > 1 and sum(f.known or f.target in {"private", "id"} for f in fields) < 2:
        return None
    left = line[: first.at].rstrip()
    return tuple(fields), (Span(len(left) - len(left.lstrip()), len(left)),) if left.strip() else ()


def _ends(whole: str, stop: int, line: str) -> bool:
    """Tell whether what closes a field may be taken off: not the dash that is its whole value."""
    return stop < len(line) or whole.rpartition(":")[2].strip(_AROUND) != ""


def _glued(line: str) -> bool:
    """Tell whether the one field of *line* may stand behind something else, such as a title."""
    before = line.partition(":")[0]
    return not is_usual(before) and any(is_usual(" ".join(before.split()[-n:])) for n in range(1, _KEY_WORDS + 1))


def _starts(line: str, *, numbers: bool = True) -> list[_Start]:
    """Return where the fields of *line* begin; one that none of them precedes may begin with anything."""
    starts: list[_Start] = []
    last = ""
    end = 0
    for colon in _COLON.finditer(line):
        found = _numbered(line, end, colon.start(), last, first=not starts) if numbers else None
        if found is not None:
            last = found.number
        elif (key := _named(line, end, colon.start())) is not None:
            found = _Start(key, key)
        elif not end:
            found = _Start(0, 0)
        if found is not None:
            starts.append(found)
        end = colon.end()
    return starts


def _numbered(line: str, start: int, end: int, last: str, *, first: bool) -> _Start | None:
    """Return the field whose number stands between *start* and *end*, if it goes on from the number *last* or is the first there may be."""
    for sign in reversed(list(_SIGN.finditer(line, start, end))):
        key = line[sign.end() : end].strip(" \t*_")
        usual = is_usual(key) or is_private_key(key)
        if len(key) > _KEY_LENGTH or len(key.split()) > 6 or not (key[:1].isupper() or usual):
            continue
        opens = first and _OPENING.fullmatch(line, 0, sign.start()) is not None
        number = _next(sign["number"] or sign["letter"], last, opens=opens)
        if number is None or (sign["letter"] and line[sign.start() - 1 : sign.start()].isalpha() and not usual):
            continue
        at = sign.start("sign") - len(number)
        at -= line[at - 1 : at] == "(" and sign["sign"] == ")"
        return _Start(at, sign.end(), number)
    return None


def _next(written: str, last: str, *, opens: bool) -> str | None:
    """Return the number at the end of *written* that may follow *last*: of ``372`` behind 1 it is 2, and 37 belongs to the value."""
    if not last:
        if opens and len(written) <= 2:
            return written
        return written if written in {"1", "a"} else None
    if last.isdigit() != written.isdigit():
        return None
    if last.isdigit():
        following = [str(int(last) + step) for step in range(1, _SKIPPED + 1)]
    else:
        following = [chr(ord(last) + step) for step in range(1, _SKIPPED + 1)]
    return next((number for number in following if written.endswith(number)), None)


def _named(line: str, start: int, end: int) -> int | None:
    """Return where a usual name begins that ends at *end* and has a value, or a title, before it."""
    words = re.compile(r"[^\s:]+").findall(line, start, end)
    reach = sum(map(len, words[-_KEY_WORDS:])) + 3 * _KEY_WORDS
    for match in _BEGINS.finditer(line, max(start, end - reach), end):
        at = match.start()
        if len(line[at:end].split()) <= _KEY_WORDS and is_usual(line[at:end]):
            before = line[start:at]  # a title, or the value of another field, which may be a number
            return at if any(c.isalpha() or (start and c.isdigit()) for c in before) else None
    return None

"""Marks such as ``(1a)`` that coders write into a transcript, and where they are explained."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from qualcode.model import Span

__all__ = ["MARK", "PARTS", "MarkedPassage", "explained", "explanations", "marked_passages", "marks_in"]

_NAME = r"\d{1,3}[a-z]{0,2}|[a-z]{1,4}-?\d{1,3}[a-z]?|[a-z]|[ivx]{1,5}"
MARK = re.compile(rf"(?:{_NAME})(?:\s*[,;&/]\s*(?:{_NAME}))*", re.IGNORECASE)
"""One mark, or several in one place."""
_IN_TEXT = re.compile(rf"[(\[]\s*((?:{_NAME})(?:\s*[,;&/]\s*(?:{_NAME}))*)\s*[)\]]", re.IGNORECASE)
_EXPLAINED = re.compile(
    rf"^\W{{0,3}}[(\[]?((?:{_NAME})(?:\s*[,;&/]\s*(?:{_NAME}))*)[)\]]?\s*(?:[.):=\]–—-]|(?<=[)\]])(?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s*[(\[]\s*((?:{_NAME})(?:\s*[,;&/]\s*(?:{_NAME}))*)\s*[)\]]\W*$", re.IGNORECASE)
_NEAR = 40
"""How many marks side by side are looked over."""
PARTS = re.compile(r"\s*[,;&/]\s*")
"""What stands between several marks in one place."""


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """What one mark marks, and where the mark stands."""

    mark: str
    span: Span
    at: Span


def marks_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Yield each mark in a part of *text*, in small letters, with where it stands; ``(1a, 2b)`` are two in one place."""
    for match in _IN_TEXT.finditer(text, start, len(text) if end is None else end):
        for name in PARTS.split(match[1]):
            yield name.casefold(), Span(*match.span())


def explanations(cell: str) -> Iterator[tuple[tuple[str, ...], str]]:
    r"""Yield the lines of *cell*: the marks that each explains (none: it begins without), and what it says of them.

    >>> list(explanations("1a. ketidakpastian\n(1b) upah\nlain"))
    [(('1a',), 'ketidakpastian'), (('1b',), 'upah'), ((), 'lain')]
    """
    lines = [part for line in cell.split("\n") for part in _several(line)]
    for line in lines:
        match = _EXPLAINED.match(line)
        if match is not None:
            yield tuple(name.casefold() for name in PARTS.split(match[1])), line[match.end() :].strip()
        elif (behind := _BEHIND.search(line)) is not None and line[: behind.start()].strip():
            yield tuple(name.casefold() for name in PARTS.split(behind[1])), line[: behind.start()].strip()
        elif line.strip():
            yield (), line.strip()


def _several(line: str) -> Iterator[str]:
    """Yield the parts of a line that explains several marks: ``(1a) ketidakpastian (1b) upah``."""
    starts = [
        match.start() for match in re.finditer(rf"(?:(?<=[\s;,])|^)[(\[](?:{_NAME})[)\]](?=\s*\S)", line, re.IGNORECASE)
    ]
    if len(starts) < 2 or line[: starts[0]].strip():
        starts = [match.start() for match in re.finditer(r"(?:(?<=[\s;])|^)\d{1,3}[a-z][.)](?=\s+\S)", line)]
    if len(starts) < 2 or line[: starts[0]].strip():
        yield line
        return
    for first, last in zip(starts, [*starts[1:], len(line)], strict=True):
        yield line[first:last].strip(" \t;,")


def explained(speech: str, codes: str) -> frozenset[str]:
    """Return the marks that stand in *speech* and are explained in *codes*."""
    here = {name for name, _ in marks_in(speech)}
    return frozenset(name for names, _ in explanations(codes) for name in names if name in here)


def marked_passages(
    text: str,
    turns: Sequence[Span],
    known: Collection[str],
    emphasised: Sequence[Span] = (),
    raised: Sequence[tuple[str, Span]] = (),
) -> tuple[MarkedPassage, ...]:
    """Return what the marks in *known* mark in *turns* of *text*.

    Marks mostly stand behind what they mark, back to the mark before or the beginning of the turn, or to where the letters in front
    of them begin to be bold, italic or underlined (*emphasised*). Where more turns begin with a mark than end with one, they stand
    before it. The same mark twice in a turn stands around it. *raised* are marks without brackets, above the line.
    """
    found = {turn: [(name, at) for name, at in marks_in(text, turn.start, turn.end) if name in known] for turn in turns}
    if raised:
        ordered = sorted(((n, at) for n, at in raised if n in known), key=lambda m: m[1])
        starts = [at.start for _, at in ordered]
        for turn, marks in found.items():
            inside = ordered[bisect_left(starts, turn.start) : bisect_left(starts, turn.end)]
            found[turn] = sorted([*marks, *(m for m in inside if turn.covers(m[1]))], key=lambda m: m[1])
    leading = sum(bool(m) and not _has_words(text, turn.start, m[0][1].start) for turn, m in found.items())
    trailing = sum(bool(m) and not _has_words(text, m[-1][1].end, turn.end) for turn, m in found.items())
    passages: list[MarkedPassage] = []
    for turn, marks in found.items():
        twice = _twice(marks)
        for number, (name, at) in enumerate(marks):
            span = _around(text, marks, number, twice) or (
                _after(text, turn, marks, number)
                if leading > trailing
                else _before(text, turn, marks, number, emphasised)
            )
            if span is not None:
                passages.append(MarkedPassage(name, span, at))
    unique: Mapping[tuple[str, Span], MarkedPassage] = {(each.mark, each.span): each for each in passages}
    return tuple(unique.values())


Marks = Sequence[tuple[str, Span]]


def _around(text: str, marks: Marks, number: int, twice: Mapping[str, tuple[Span, Span]]) -> Span | None:
    name, _ = marks[number]
    if name not in twice:
        return None
    first, last = twice[name]
    return _trimmed(text, first.end, last.start)


def _twice(marks: Marks) -> dict[str, tuple[Span, Span]]:
    """Return the marks that stand twice, no more and no less, with both places."""
    places: dict[str, list[Span]] = {}
    for name, at in marks:
        places.setdefault(name, []).append(at)
    return {name: (found[0], found[1]) for name, found in places.items() if len(found) == 2 and found[0] != found[1]}


def _before(text: str, turn: Span, marks: Marks, number: int, emphasised: Sequence[Span]) -> Span | None:
    at = marks[number][1]
    first = bisect_left(emphasised, at.start - 2, key=lambda stretch: stretch.end)
    for stretch in emphasised[first : first + 3]:
        near = 0 <= at.start - stretch.end <= 2 and not _has_words(text, stretch.end, at.start)
        if near and turn.start <= stretch.start and len(stretch) < len(turn) and _has_words(text, *_ends(stretch)):
            return _trimmed(text, stretch.start, stretch.end)
    # Two marks side by side mark the same words.
    before = (place.end for _, place in reversed(marks[max(number - _NEAR, 0) : number]) if place.end <= at.start)
    start = next((end for end in islice(before, _NEAR) if _has_words(text, end, at.start)), turn.start)
    return _trimmed(text, start, at.start, cut=_neighbours(marks, number))


def _after(text: str, turn: Span, marks: Marks, number: int) -> Span | None:
    at = marks[number][1]
    for _, place in marks[number + 1 : number + 1 + _NEAR]:
        if place.start >= at.end and _has_words(text, at.end, place.start):
            return _trimmed(text, at.end, place.start)
    return _trimmed(text, at.end, turn.end, cut=_neighbours(marks, number))


def _neighbours(marks: Marks, number: int) -> list[Span]:
    return [place for _, place in marks[max(number - _NEAR, 0) : number + _NEAR]]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _has_words(text: str, start: int, end: int) -> bool:
    """Tell whether words stand between two positions, besides other marks."""
    return any(c.isalnum() for c in _IN_TEXT.sub(" ", text[start:end]))


def _trimmed(text: str, start: int, end: int, cut: Sequence[Span] = ()) -> Span | None:
    """Return the span without white space, marks and stray signs at its ends, or None if no words are left."""
    changed = True
    while changed:
        changed = False
        while start < end and (text[start].isspace() or text[start] in ".,;:"):
            start, changed = start + 1, True
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
            end, changed = end - 1, True
        for place in cut:
            if place.start == start and place.end <= end:
                start, changed = place.end, True
            if place.end == end and place.start >= start:
                end, changed = place.start, True
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None

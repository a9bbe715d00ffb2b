"""Where the interviews in one file begin: titles with talk below them, and headers that come again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.importers.header.fields import field_of, may_be_usual
from qualcode.importers.header.legend import legend_items
from qualcode.importers.layout.layout import Layout
from qualcode.importers.several.titles import Title, title_of
from qualcode.model import Kind

__all__ = ["Titles", "interviews", "perhaps_several", "titles_in"]

_LETTER = re.compile(r"[^\W_]")
_BLOCK = 3
"""How many header fields in a row make a header."""
_BELOW = 1500
"""Within how many characters below a title that says nothing else there must be a header."""
_NEAR = 14
"""Within how many lines below its title the header of an interview begins."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The lines of a text that may be titles, those that talk follows with what stands directly above them, and the headers."""

    stacks: tuple[Title, ...]
    blocks: Mapping[int, int]
    talk: _Talk
    stop: int
    is_group: bool


def perhaps_several(titles: Titles) -> Title | None:
    """Return the second of the titles that may divide a text which was kept whole, or None."""
    begins = interviews(titles, split=True)
    return begins[1] if len(begins) > 1 else None


def titles_in(text: str, layout: Layout) -> Titles:
    """Return what may be titles in the *text* of a file, which was laid out as a whole."""
    stop = layout.given.stop if layout.given is not None else len(text)
    lines = _lines(text, stop)
    starts = [start for start, _ in lines]
    named = [
        s.label_start
        for s in layout.spoken
        if s.label_start < s.start and (text[s.label_start].isalpha() or _LETTER.search(text, s.label_start, s.start))
    ]
    whole = set(starts)
    labels = {at if at in whole else starts[bisect_right(starts, at) - 1] for at in named}
    talk = _Talk(text, layout)
    blocks = _blocks(lines, labels)
    found = [t for start, line in lines if start not in labels and (t := title_of(line, start)) is not None]
    stacks = _stacks(sorted([*found, *_untitled(lines, blocks, found, talk)], key=lambda t: t.start), talk, stop)
    return Titles(tuple(stacks), blocks, talk, stop, layout.kind is Kind.GROUP)


def interviews(titles: Titles, *, split: bool | None = None) -> tuple[Title, ...]:
    """Return the titles, in order, that begin the interviews in a text; fewer than two if it is one alone.

    Parameters
    ----------
    titles : Titles
        What `titles_in` found in the text.
    split : bool, optional
        What the user says; True also takes titles that might as well be headings.
    """
    talk = titles.talk
    begins = _without_weak(titles, split=split)
    begins = _without_running_heads(begins, titles.blocks, split=split)
    if begins and talk.between(0, begins[0].start):
        above = replace(begins[0], start=0, end=0, text="", person="", category="", meeting="", counted="", rest="")
        # Only the second of two interviews has a title.
        first = "1" if begins[0].counted == "2" else ""
        begins = [replace(above, counted=first, meeting=first if begins[0].meeting == "2" else ""), *begins]
    return tuple(_inherited(begins))


class _Talk:
    """Tells whether people talk between two places of a text."""

    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._spoken = [spoken for spoken in layout.spoken if spoken.end > spoken.start]
        self._starts = [spoken.label_start for spoken in self._spoken]
        self._asks = [speaker.role.asks for speaker in layout.speakers]

    def turns(self, start: int, end: int) -> int:
        return max(0, bisect_left(self._starts, end) - bisect_left(self._starts, start))

    def both(self, start: int, end: int) -> bool:
        """Tell whether both sides speak between two places, more than once."""
        spoken = self._spoken[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        sides = [self._asks[turn.speaker] for turn in spoken]
        return len(sides) >= 4 and sum(sides) >= 2 and sides.count(False) >= 2

    def lines(self, start: int, end: int) -> int:
        return self._text.count("\n", start, max(start, end))

    def between(self, start: int, end: int) -> bool:
        if self.turns(start, end) >= 2:
            return True
        passage = self._text[start:end]
        return not self._starts and passage.count("?") >= 2 and passage.count(" ") >= 40


def _lines(text: str, stop: int) -> list[tuple[int, str]]:
    found = []
    start = 0
    for line in text[:stop].split("\n"):
        if line and not line.isspace():
            found.append((start, line))
        start += len(line) + 1
    return found


def _blocks(lines: Sequence[tuple[int, str]], labels: set[int]) -> dict[int, int]:
    """Return where headers begin, rows of usual fields, with the number of their fields."""
    blocks: dict[int, int] = {}
    begin, n = -1, 0
    for start, line in lines:
        # Outside of a block only a usual key can begin one: what else has a colon need not be looked into.
        looked = len(line) < 300 and start not in labels and (n or may_be_usual(line))
        found = field_of(line) if looked else None
        if found is not None and found.known and found.value:
            begin, n = (begin, n + 1) if n else (start, 1)
            blocks[begin] = n
        elif n and not (len(line) < 120 and (found is not None or legend_items(line)[0])):
            n = 0
    return {at: count for at, count in blocks.items() if count >= _BLOCK}


def _untitled(
    lines: Sequence[tuple[int, str]], blocks: Mapping[int, int], titles: Sequence[Title], talk: _Talk
) -> list[Title]:
    """Return a title for each header that repeats the fields of the first but has no title above it."""
    starts = sorted(blocks)
    if len(starts) < 2:
        return []
    places = {start: at for at, (start, _) in enumerate(lines)}
    first = _keys(lines, places[starts[0]], blocks[starts[0]])
    found = []
    begins = [title.start for title in titles]
    for start in starts[1:]:
        above = bisect_right(begins, start) - 1
        end = titles[above].end if above >= 0 else 0
        near = above >= 0 and not talk.turns(end, start) and talk.lines(end, start) <= _NEAR
        if not near and len(first & _keys(lines, places[start], blocks[start])) >= 2:
            found.append(Title(start, start, "", strong=True))
    return found


def _keys(lines: Sequence[tuple[int, str]], place: int, n: int) -> set[str]:
    keys = (field_of(line) for _, line in lines[place : place + n + 4])
    return {found.key for found in keys if found is not None and found.known}


def _stacks(titles: Sequence[Title], talk: _Talk, stop: int) -> list[Title]:
    """Return the titles that talk follows, each with those directly above it that say nothing else.

    A table of contents lists the titles too: there nothing follows them but each other.
    """
    found: list[Title] = []
    stack: list[Title] = []
    for at, title in enumerate(titles):
        following = titles[at + 1].start if at + 1 < len(titles) else stop
        stack.append(title)
        if talk.between(title.end, following):
            found.append(_joined(stack, talk))
            stack = []
    return found


def _joined(stack: Sequence[Title], talk: _Talk) -> Title:
    """Return the last of the titles with those above it that say nothing else and stand near it."""
    whole = stack[-1]
    for title in reversed(stack[:-1]):
        clash = any(
            getattr(title, name) and getattr(whole, name) and getattr(title, name) != getattr(whole, name)
            for name in ("person", "meeting", "counted")
        )
        if clash or title.text == whole.text or talk.lines(title.end, whole.start) > _NEAR:
            break
        whole = replace(
            whole,
            start=title.start,
            text=title.text or whole.text,
            person=whole.person or title.person,
            category=whole.category or title.category,
            meeting=whole.meeting or title.meeting,
            counted=whole.counted or title.counted,
            rest=whole.rest or title.rest,
            strong=whole.strong or title.strong,
        )
    return whole


def _without_weak(found: Titles, *, split: bool | None) -> list[Title]:
    """Return the titles without those that may be labels of a group or headings inside of one interview."""
    titles, talk = found.stacks, found.talk
    if split:
        return [t for t in titles if t.names_something or t.strong]
    weak = [t for t in titles if not t.strong]
    again = any(n > 1 for n in Counter((t.person, t.meeting) for t in weak).values())
    starts = sorted(found.blocks)
    kept: list[Title] = []
    for at, title in enumerate(titles):
        end = titles[at + 1].start if at + 1 < len(titles) else found.stop
        first = next(iter(starts[bisect_left(starts, title.start) :][:1]), end)
        headed = first < end and not talk.turns(title.end, first)
        row = _goes_on(kept, title) and talk.turns(title.end, end) >= 2
        if title.strong or (
            title.person and not again and not found.is_group and (headed or row or talk.both(title.end, end))
        ):
            kept.append(title)
    return kept


def _goes_on(kept: Sequence[Title], title: Title) -> bool:
    """Tell whether *title* counts on from two above: ``INFORMAN 1``, ``INFORMAN 2``, ``INFORMAN 3``, however little is said below it."""
    numbers = [t.person.rpartition(" ")[2] for t in (*kept[-2:], title)]
    alike = {t.person.rpartition(" ")[0] for t in (*kept[-2:], title)}
    if len(numbers) < 3 or len(alike) > 1 or not all(n.isdigit() for n in numbers):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(numbers))


def _without_running_heads(titles: Sequence[Title], blocks: Mapping[int, int], *, split: bool | None) -> list[Title]:
    """Return the titles without those that only repeat the one above, as the head of each page does."""
    kept: list[Title] = []
    starts = sorted(blocks)
    for title in titles:
        headed = bisect_left(starts, title.start) < bisect_left(starts, title.end + _BELOW)
        same = bool(kept) and _same(kept[-1], title)
        if not title.names_something and not headed and not split:
            continue
        if not same or headed:
            kept.append(title)
    return kept


def _same(one: Title, other: Title) -> bool:
    return (one.person, one.meeting, one.counted, one.rest) == (other.person, other.meeting, other.counted, other.rest)


def _inherited(titles: Sequence[Title]) -> list[Title]:
    """Return the titles; one that counts the meetings alone is of the person above: ``Informan 1``, ``Wawancara 1``, ``Wawancara 2``."""
    found: list[Title] = []
    for title in titles:
        if (
            found
            and not title.person
            and title.meeting
            and found[-1].person
            and found[-1].meeting not in {"", title.meeting}
        ):
            title = replace(title, person=found[-1].person, category=found[-1].category)
        found.append(title)
    return found

"""What a page leaves in a text pasted from a PDF: page numbers and running heads on lines of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.importers._words import is_role_label
from qualcode.model import Span

__all__ = ["debris"]

_NUMBER = re.compile(
    r"(?P<open>[-–—~|\[(][ \t]*)?(?:(?P<word>hal(?:aman)?|page|pg|p)\b\.?[ \t]*)?(?P<number>\d{1,4})"
    r"(?P<of>[ \t]*(?:/|dari|of)[ \t]*\d{1,4})?(?P<close>[ \t]*[-–—~|\])])?",
    re.IGNORECASE,
)
_WITH_HEAD = re.compile(
    r"(?:(?P<before>\d{1,4})[ \t]*[|•][ \t]*\S.*|.*\S[ \t]*[|•][ \t]*(?:hal(?:aman)?\.?[ \t]*|page[ \t]*)?(?P<behind>\d{1,4}))",
    re.I,
)
_ANY = re.compile(rf"\n[^\S\n]*(?:{_NUMBER.pattern})[^\S\n]*(?=\n|\Z)", re.IGNORECASE)
_LONGEST = 90
_NEAR = 3
"""How many lines above or below a page number its running head may stand."""
_FEWEST = 3
"""How many page numbers in a row prove themselves; a single number may be anything."""
_MOST = 2000
"""More lines of numbers are a column of a table."""
_SHORTEST_PAGE = 150
"""No page holds less text, in characters, but a last one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its place among them, its span without the space around it, its text."""

    place: int
    span: Span
    text: str


def debris(text: str) -> tuple[Span, ...]:
    """Return the lines of *text* that hold nothing but a page number, or the running head or foot beside one.

    A number alone on its line is taken for that of a page only where at least three such numbers count on by one, with a page's length of
    text between them; a year, an amount or an answer in numbers stays. ``Halaman 3 dari 10`` and ``- 3 -`` need only two. A running
    head is a line that comes back beside most of the page numbers, whatever its own digits, and that is no label of a speaker.

    Parameters
    ----------
    text : str
        A whole text, as it was pasted.

    Returns
    -------
    tuple of Span
        In order, disjoint, each a whole line without the space around it.
    """
    if "\n" not in text or not _may_have(text):
        return ()
    lines = list(_lines(text))
    numbers = _page_numbers(lines)
    heads = _heads(lines, numbers) if numbers else ()
    feeds = [line for line in lines if _is_number_of_page(line.text) and _beside_feed(text, line)]
    found = {line.span for line in (*numbers, *heads, *feeds)}
    return tuple(sorted(found))


def _may_have(text: str) -> bool:
    """Tell whether *text* has what a page number needs; most texts have not, and are not taken apart."""
    if "\f" in text or "|" in text or "•" in text or _ANY.search(text) is not None:
        return True
    return _NUMBER.fullmatch(text[: text.find("\n")].strip()) is not None


def _lines(text: str) -> Iterable[_Line]:
    place = 0
    for match in re.finditer(r"[^\n\f]+", text):
        if bare := match[0].strip():
            start = match.start() + match[0].index(bare)
            yield _Line(place, Span(start, start + len(bare)), bare)
            place += 1


def _is_number_of_page(line: str) -> bool:
    match = _NUMBER.fullmatch(line)
    return match is not None and len(match["number"]) <= 3  # four digits may be a year on a title page


def _beside_feed(text: str, line: _Line) -> bool:
    """Tell whether a form feed, which ends a page, stands beside the line."""
    before = text[max(line.span.start - 200, 0) : line.span.start]
    after = text[line.span.end : line.span.end + 200]
    return "\f" in before[len(before.rstrip()) :] or "\f" in after[: len(after) - len(after.lstrip())]


def _page_numbers(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of the longest count of page numbers."""
    by_form: dict[str, list[tuple[_Line, int]]] = defaultdict(list)
    for line in lines:
        match = _NUMBER.fullmatch(line.text)
        if match is None and len(line.text) <= _LONGEST and (within := _WITH_HEAD.fullmatch(line.text)) is not None:
            by_form[_key(line.text)].append((line, int(within["before"] or within["behind"])))
        elif match is not None and len(line.text) <= 24:
            dressed = bool(match["word"]) or (bool(match["open"]) and bool(match["close"])) or bool(match["of"])
            form = "dressed" if dressed else "bare"
            by_form[form].append((line, int(match["number"])))
    found: list[_Line] = []
    for form, some in by_form.items():
        count = _longest_count(some) if len(some) <= _MOST else []
        if len(count) >= (2 if form == "dressed" else _FEWEST):
            found.extend(count)
    return sorted(found, key=lambda line: line.span)


def _longest_count(some: Sequence[tuple[_Line, int]]) -> list[_Line]:
    """Return the longest run of lines whose numbers count on by one, each a page of text behind the one before.

    A page or two may lack its number, as the first of a chapter does.
    """
    best: list[list[_Line]] = []
    runs: list[tuple[list[_Line], int]] = []
    for line, number in some:
        follows = [
            (run, last)
            for run, last in runs[-200:]
            if 1 <= number - last <= 2 and line.span.start - run[-1].span.end >= _SHORTEST_PAGE * (number - last)
        ]
        if follows:
            run, last = max(follows, key=lambda item: (len(item[0]), item[1]))
            runs.remove((run, last))
            run = [*run, line]
        else:
            run = [line]
        runs.append((run, number))
        best.append(run)
    longest = max(best, key=len, default=[])
    return longest if _even(longest) else []


def _even(run: Sequence[_Line]) -> bool:
    """Tell whether the numbers stand about a page apart: what a speaker counts comes quicker or anyhow."""
    gaps = sorted(after.span.start - before.span.end for before, after in pairwise(run))
    return len(gaps) < 2 or gaps[-1] <= 8 * max(gaps[len(gaps) // 2], 1)


def _heads(lines: Sequence[_Line], numbers: Sequence[_Line]) -> list[_Line]:
    """Return the lines that come back beside the page numbers."""
    near: dict[str, list[tuple[_Line, int]]] = defaultdict(list)
    taken = {line.place for line in numbers}
    for at, number in enumerate(numbers):
        for place in range(max(number.place - _NEAR, 0), min(number.place + _NEAR + 1, len(lines))):
            line = lines[place]
            if place not in taken and _may_be_head(line.text):
                near[_key(line.text)].append((line, at))
    out: list[_Line] = []
    for key, some in near.items():
        often = len({at for _, at in some})
        if often >= _FEWEST and often >= 0.5 * len(numbers) and not is_role_label(key.strip("#:. ")):
            everywhere = [line for line in lines if _key(line.text) == key]
            # What comes oftener than the pages turn is said, or is a label.
            if len(everywhere) <= 1.2 * len(numbers) + 1:
                out.extend(everywhere)
    return out


def _may_be_head(text: str) -> bool:
    """Tell whether a line can be a running head: a few words that are no sentence."""
    return sum(c.isalpha() for c in text) >= 6 and len(text) <= _LONGEST and text[-1] not in ".?!…,;:"


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))

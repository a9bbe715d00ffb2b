"""What on the pages of a PDF is no text of the document: running heads and feet, page numbers, line numbers, footnotes apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median, median_low

from qualcode.files.pdf import Line, Page
from qualcode.importers._words import is_role_label
from qualcode.importers.pages.cells import TableRow, over_pages

__all__ = ["Body", "Placed", "body_of"]

_ZONE = 0.25
"""How much of a page's height, at its top and at its bottom, may hold running heads and feet."""
_MOST_AT_EDGE = 12
_NUMBER = re.compile(
    r"[-–—~|(\[ ]*(?:(?:hal(?:aman)?|page|p)\.?[ ]*)?(?P<number>\d{1,4}|[ivxlc]{1,7})"
    r"(?:[ ]*(?:/|dari|of)[ ]*\d{1,4})?[-–—~|)\]. ]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,4}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NOTE = re.compile(r"\[?(\d{1,3})\]?[.)]?\s*\S")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the number of its page."""

    page: int
    line: Line


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that are text, those of footnotes, and what was left out.

    `running` says of each running head or foot on how many pages it stands; `numbered` how many page numbers there were, `counted`
    how many line numbers; `leading` is the usual distance from line to line, `size` the usual height of letters. `out` are the lines
    left out at the edges of pages, `again` says how often the headings of a table came again on the next page.
    """

    lines: tuple[Placed, ...]
    notes: tuple[Placed, ...] = ()
    running: tuple[tuple[str, int], ...] = ()
    numbered: int = 0
    counted: int = 0
    leading: float = 0.0
    size: float = 0.0
    out: tuple[Placed, ...] = ()
    again: int = 0


@dataclass(slots=True)
class _Edge:
    """A line at the top or the bottom of a page that may be none of its text.

    `rank` counts from the edge inwards, `apart` is whether the line stands apart from the next one inwards.
    """

    page: Page
    place: int
    line: Line
    at_top: bool
    rank: int
    apart: bool

    @property
    def where(self) -> tuple[int, int]:
        """The number of the page and the place of the line on it."""
        return self.page.number, self.place


def body_of(pages: Sequence[Page]) -> Body:
    """Return what of *pages* is text, in the order of the file, and what is not."""
    pages, counted = _without_line_numbers([_in_rows(page) for page in pages])
    size = _usual([line.size for page in pages for line in page.lines for _ in range(len(line.text))])
    leading = _leading(pages) or 1.3 * size
    edges = [edge for page in pages for edge in _edges(page, leading)]
    numbers = _page_numbers(edges, pages)
    running = _running(edges, pages)
    out = _outermost(edges, numbers, running)
    numbers &= out
    placed = [
        Placed(page.number, line)
        for page in pages
        for place, line in enumerate(page.lines)
        if (page.number, place) not in out
    ]
    notes = [line for page in pages for line in _notes(page, placed, size, leading)]
    apart = {id(line) for line in notes}
    lines, again = over_pages((item.page, item.line) for item in placed if id(item) not in apart)
    return Body(
        tuple(Placed(page, line) for page, line in lines),
        tuple(notes),
        _shown(edges, out - numbers),
        len(numbers),
        counted,
        leading,
        size,
        tuple(
            Placed(page.number, page.lines[at])
            for page in pages
            for at in range(len(page.lines))
            if (page.number, at) in out
        ),
        again,
    )


def _usual(values: Iterable[float]) -> float:
    counts = Counter(round(value * 2) / 2 for value in values)
    return counts.most_common(1)[0][0] if counts else 0.0


def _in_rows(page: Page) -> Page:
    """Return the page with the pieces of one row, which follow each other, as one line with cells."""
    rows: list[Line] = []
    for line in page.lines:
        above = rows[-1] if rows else None
        if isinstance(line, TableRow) or isinstance(above, TableRow):
            rows.append(line)
            continue
        beside = above is not None and abs(line.base - above.base) < 0.3 * line.size and line.left > above.right
        if above is not None and beside and not (line.turned or above.turned):
            rows[-1] = replace(
                above,
                text=f"{above.text}\t{line.text}",
                right=line.right,
                cells=(*above.cells, *line.cells),
                bold=above.bold and line.bold,
                italic=above.italic and line.italic,
                goes_on=line.goes_on,
                words=above.words + line.words,
            )
        else:
            rows.append(line)
    return replace(page, lines=tuple(rows))


def _leading(pages: Sequence[Page]) -> float:
    """Return the usual distance from a line to the next."""
    steps = (
        below.base - above.base
        for page in pages
        for above, below in pairwise(page.lines)
        if 0.6 * above.size < below.base - above.base < 3.2 * above.size
    )
    return _usual(steps)


def _edges(page: Page, leading: float) -> Iterable[_Edge]:
    """Yield the lines at the top and the bottom of *page*, from its edge inwards, and the turned ones anywhere."""
    upright = sorted(
        ((line.base, place, line) for place, line in enumerate(page.lines) if not line.turned),
        key=lambda item: item[:2],
    )
    for order, at_top in ((upright, True), (upright[::-1], False)):
        for rank, (base, place, line) in enumerate(order[:_MOST_AT_EDGE]):
            if (base > _ZONE * page.height if at_top else base < (1 - _ZONE) * page.height) or isinstance(
                line, TableRow
            ):
                break
            step = abs(order[rank + 1][0] - base) if rank + 1 < len(order) else page.height
            yield _Edge(page, place, line, at_top, rank, step > 1.25 * leading)
    for place, line in enumerate(page.lines):
        if line.turned:
            yield _Edge(page, place, line, at_top=True, rank=0, apart=True)


def _page_numbers(edges: Sequence[_Edge], pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return the places of lines that hold nothing but the number of their page, counted from wherever."""
    found: dict[tuple[int, bool], list[_Edge]] = defaultdict(list)
    for edge in edges:
        match = _NUMBER.fullmatch(edge.line.text)
        if match is not None:
            number = match["number"].casefold()
            is_roman = not number.isdigit()
            found[(_roman(number) if is_roman else int(number)) - edge.page.number, is_roman].append(edge)
    out: set[tuple[int, int]] = set()
    for (shift, _), same in found.items():
        numbered = {edge.page.number for edge in same}
        alone = len(pages) == 1 and shift == 0 and all(edge.apart for edge in same)
        if (
            len(numbered) >= 2
            or alone
            or (len(found) > 1 and len(same) == 1 and same[0].apart and _known(same[0], found))
        ):
            out |= {edge.where for edge in same}
    return out


def _known(edge: _Edge, found: dict[tuple[int, bool], list[_Edge]]) -> bool:
    """Tell whether page numbers of another count stand at the same height, as on the first page of a chapter."""
    others = [other for same in found.values() if len(same) >= 2 for other in same]
    return any(other.at_top == edge.at_top and abs(other.line.base - edge.line.base) < 2 for other in others)


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    return sum(-v if any(v < w for w in values[at + 1 : at + 2]) else v for at, v in enumerate(values))


def _running(edges: Sequence[_Edge], pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return the places of the lines that come back at the same height of several pages, whatever their numbers."""
    found: dict[tuple[str, bool, bool], list[_Edge]] = defaultdict(list)
    for edge in edges:
        key = re.sub(r"\d+", "#", " ".join(edge.line.text.casefold().split()))
        # The label of a speaker may well begin every other page.
        if any(c.isalpha() for c in key) and not is_role_label(re.sub(r"[#:\s]+$", "", key)):
            found[key, edge.at_top, edge.line.turned].append(edge)
    out: set[tuple[int, int]] = set()
    for same in found.values():
        usual = median_low([edge.line.base for edge in same])
        level = [edge for edge in same if abs(edge.line.base - usual) < 3 or edge.line.turned]
        on = sorted({edge.page.number for edge in level})
        # Every other page may have another, and a chapter its own; twice is enough only in a short file.
        few = sum(c.isalpha() for c in level[0].line.text) < 4  # a mark such as "Q2.1"
        dense = len(on) >= 3 and len(on) >= (0.8 * len(pages) if few else 0.4 * (on[-1] - on[0] + 1))
        if dense or (len(on) == 2 and len(pages) <= 4):
            out |= {edge.where for edge in level}
    return out


def _outermost(
    edges: Sequence[_Edge], numbers: set[tuple[int, int]], running: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return those of the numbers and running lines that no other line parts from the edge and that stand apart from the text."""
    outer = Counter(edge.at_top for edge in edges if edge.rank == 0)
    often = Counter(edge.at_top for edge in edges if edge.where in running and edge.rank == 0)
    # On nearly every page the very first or last line: no talk repeats itself so, also where little space parts it from the text.
    always = {at_top for at_top, n in often.items() if n >= 3 and n >= 0.8 * outer[at_top]}
    out: set[tuple[int, int]] = set()
    for _, group in groupby(edges, key=lambda edge: (edge.page.number, edge.at_top, edge.line.turned)):
        block: list[_Edge] = []
        for edge in group:
            if edge.where not in numbers and edge.where not in running:
                break
            block.append(edge)
            number = edge.where in numbers and edge.rank == 0
            if edge.apart or edge.line.turned or number or (edge.rank == 0 and edge.at_top in always):
                out |= {edge.where for edge in block}
    return out


def _shown(edges: Sequence[_Edge], out: set[tuple[int, int]]) -> tuple[tuple[str, int], ...]:
    """Return the running lines that were left out, each with how often it came."""
    texts: dict[str, tuple[str, int]] = {}
    for where, text in {edge.where: edge.line.text for edge in edges if edge.where in out}.items():
        key = re.sub(r"\d+", "#", " ".join(text.casefold().split()))
        first, count = texts.get(key, (text, 0))
        texts[key] = first, count + 1
        del where
    return tuple(texts.values())


def _without_line_numbers(pages: list[Page]) -> tuple[list[Page], int]:
    """Return the pages without the numbers that count their lines at the left, and how many there were."""
    cells = [line.cells[-1] for page in pages for line in page.lines if not _DIGITS.fullmatch(line.text)]
    left = median(cells) - 4 if cells else 0.0
    numbered = [
        (line, int(match[1]), bool(match[2]) or any(_beside(line, other) for other in page.lines))
        for page in pages
        for line in page.lines
        if not isinstance(line, TableRow)
        and (match := re.match(r"(\d{1,4})(\t|$)", line.text)) is not None
        and line.left < left
    ]
    # Those of one text end below each other.
    edge = Counter(round(line.left / 20) for line, *_ in numbered).most_common(1)
    numbered = [item for item in numbered if abs(round(item[0].left / 20) - edge[0][0]) <= 1]
    if len(numbered) < 10 or sum(beside for *_, beside in numbered) < 0.5 * len(numbered):
        return pages, 0
    steps = Counter(later - earlier for (_, earlier, _), (_, later, _) in pairwise(numbered))
    step, often = steps.most_common(1)[0]
    if step not in {1, 2, 5, 10} or often < 0.8 * (len(numbered) - 1) or len(numbered) * step < 0.5 * len(cells):
        return pages, 0
    out = {id(line) for line, *_ in numbered}
    stripped = [[_unnumbered(line) if id(line) in out else line for line in page.lines] for page in pages]
    kept = [
        replace(page, lines=tuple(line for line in lines if line.text))
        for page, lines in zip(pages, stripped, strict=True)
    ]
    return kept, len(numbered)


def _beside(number: Line, other: Line) -> bool:
    return abs(number.base - other.base) < 2 and other.left > number.right


def _unnumbered(line: Line) -> Line:
    """Return the line without its number, or an empty one if it is nothing else."""
    rest = line.text.partition("\t")[2]
    cells = line.cells[1:] or line.cells
    width = (line.right - cells[0]) / max(len(rest), 1) * len(rest.split(" ", 1)[0])
    return replace(line, text=rest, left=cells[0], cells=cells, word=width)


def _notes(page: Page, placed: Sequence[Placed], size: float, leading: float) -> list[Placed]:
    """Return the lines of footnotes on *page*: smaller, at its end, apart from the text, the first with a number."""
    lines = sorted((item for item in placed if item.page == page.number), key=lambda item: item.line.base)
    first = len(lines)
    while first and lines[first - 1].line.size < 0.94 * size and _may_be_note(lines[first - 1].line):
        first -= 1
    block = lines[first:]
    rest = "\n".join(item.line.text for item in lines[: len(lines) - len(block)])
    while block and not _is_called(block[0].line.text, rest):
        rest += f"\n{block[0].line.text}"
        block = block[1:]
    if not block or len(block) > 0.4 * len(lines):
        return []
    above = lines[len(lines) - len(block) - 1].line
    return block if block[0].line.base - above.base > 1.2 * leading else []


def _may_be_note(line: Line) -> bool:
    return not line.turned and not isinstance(line, TableRow)


def _is_called(note: str, text: str) -> bool:
    """Tell whether *note* begins with a number that stands behind a word of the *text*."""
    match = _NOTE.match(note)
    return match is not None and re.search(rf"[^\W\d_][.,;:!?”\"')]*{match[1]}(?!\d)", text) is not None

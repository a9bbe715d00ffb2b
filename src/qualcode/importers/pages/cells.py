"""The rows of a table on the pages of a PDF: their cells, the lines in them, and how they go on over a page break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from qualcode.files.pdf import Line, Word
from qualcode.importers.coded.columns import column_of

__all__ = [
    "Cell",
    "Claimed",
    "TableRow",
    "column_limits",
    "lines_of",
    "over_pages",
    "paragraphs",
    "table_row",
    "without",
]

_GAP = 1.5
"""A step from line to line within a cell that is so many times the usual one parts paragraphs."""
_SAME = 4.0
"""Columns that begin within so many points of each other are one."""
_KEYED = 0.6
"""The share of rows whose first cell is filled, from which on an empty one after a page break says that the row goes on."""
_END = re.compile(r"[.?!…:][”\"’')\]]*$")
_ITEM = re.compile(r"[•▪●○■➢✓\uf0b7\uf0a7]|(?:\(?\d{1,2}[.)]|[-–*])[ \t]")
_LABEL = re.compile(r"[^\W\d_][\w.]{0,11}(?: \d{1,2})?[ \t]?[:：](?:[ \t]|$)")


class Claimed(NamedTuple):
    """A word of a page that a table holds, with the line that it is of."""

    word: Word
    line: Line


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: at which column of the grid it begins, its lines from the top; `merged` if it goes on from the row above."""

    column: int
    lines: tuple[Line, ...] = ()
    merged: bool = False

    @property
    def words(self) -> str:
        """What stands in the cell, in one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableRow(Line):
    """A row of a table as a line of its page; `edges` is where the columns of its table begin, `ruled` whether lines part them."""

    row: tuple[Cell, ...] = ()
    edges: tuple[float, ...] = ()
    table: int = 0
    ruled: bool = True

    @property
    def bottom(self) -> float:
        """How far the base of its last line is from the top of the page."""
        return max(line.base for cell in self.row for line in cell.lines)

    @property
    def titles(self) -> tuple[tuple[int, str], ...]:
        """Its cells that are not empty, as headings are compared."""
        return tuple((cell.column, " ".join(cell.words.casefold().split())) for cell in self.row if cell.lines)


def table_row(cells: Sequence[Cell], edges: Sequence[float], table: int, *, ruled: bool = True) -> TableRow:
    """Return the row with these cells."""
    lines = [line for cell in cells for line in cell.lines]
    return TableRow(
        text="\t".join(cell.words for cell in cells),
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        base=min(line.base for line in lines),
        size=lines[0].size,
        cells=tuple(cell.lines[0].left for cell in cells if cell.lines),
        word=lines[0].word,
        bold=all(line.bold for line in lines),
        row=tuple(cells),
        edges=tuple(edges),
        table=table,
        ruled=ruled,
    )


def lines_of(claimed: Sequence[Claimed]) -> tuple[Line, ...]:
    """Return these words as lines, from the top."""
    rows: list[list[Claimed]] = []
    for item in sorted(claimed, key=lambda one: one.word.base):
        if rows and item.word.base - rows[-1][0].word.base < 0.45 * item.line.size:
            rows[-1].append(item)
        else:
            rows.append([item])
    return tuple(_line(row) for row in rows)


def _line(claimed: Sequence[Claimed]) -> Line:
    of = Counter(id(item.line) for item in claimed).most_common(1)[0][0]
    line = next(item.line for item in claimed if id(item.line) == of)
    if len({id(item.line) for item in claimed}) > 1:
        claimed = sorted(claimed, key=lambda one: one.word.left)
    words = tuple(item.word for item in claimed)
    return _rebuilt(
        line, words, " ".join(word.text for word in words), goes_on=line.goes_on and words[-1] == line.words[-1]
    )


def _rebuilt(line: Line, words: Sequence[Word], text: str, *, goes_on: bool) -> Line:
    return replace(
        line,
        text=text,
        left=words[0].left,
        right=max(word.right for word in words),
        base=words[0].base,
        cells=(words[0].left,),
        word=words[0].right - words[0].left,
        goes_on=goes_on,
        words=tuple(words),
    )


def without(line: Line, taken: frozenset[Word]) -> Line | None:
    """Return the line without the words that a table holds, or None if nothing is left."""
    words = [word for word in line.words if word not in taken]
    if not words:
        return None
    if len(words) == len(line.words):
        return line
    text = words[0].text
    for before, word in pairwise(words):
        text += ("\t" if word.left - before.right > 1.2 * line.size else " ") + word.text
    return _rebuilt(line, words, text, goes_on=False)


def column_limits(lines: Iterable[Line]) -> dict[tuple[int, int], float]:
    """Return how far to the right each column of each table reaches, by the number of the table and the place of the column."""
    limits: dict[tuple[int, int], float] = {}
    for line in lines:
        if not isinstance(line, TableRow):
            continue
        for number, cell in enumerate(line.row):
            wide = len(line.row) > number + 1 and line.row[number + 1].column > cell.column + 1
            if not wide and cell.lines:
                place = line.table, cell.column
                limits[place] = max(limits.get(place, 0.0), *(one.right for one in cell.lines))
    return limits


def paragraphs(lines: Sequence[Line], limit: float) -> Iterator[list[Line]]:
    """Yield the paragraphs that the lines of a cell make, whose column reaches *limit*."""
    steps = sorted(b.base - a.base for a, b in pairwise(lines) if b.base > a.base)
    usual = steps[0] if steps else 0.0
    block: list[Line] = []
    for line in lines:
        if block and not _goes_on(block[-1], line, limit, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(above: Line, below: Line, limit: float, usual: float) -> bool:
    broken = above.text.endswith(("-", "\u00ad", "\u2010"))
    if not broken and limit - above.right > below.word + 0.6 * below.size:
        return False  # its first word would have found room above
    step = below.base - above.base
    if step > _GAP * usual > 0 or (above.bold != below.bold and not above.goes_on):
        return False
    ended = _END.search(above.text) is not None
    return not (ended and (_ITEM.match(below.text) or (_LABEL.match(below.text) and not above.goes_on)))


def over_pages(lines: Iterable[tuple[int, Line]]) -> tuple[list[tuple[int, Line]], int]:
    """Return the lines, each with its page, with tables that go on over a page break as one, and how many headings came again.

    A row that a page break parts is one row again.
    """
    found: list[tuple[int, Line]] = []
    body: list[TableRow] = []
    own = again = 0
    for page, line in lines:
        if not isinstance(line, TableRow):
            body = []
            found.append((page, line))
            continue
        turned = bool(body) and page == found[-1][0] + 1
        if body and (line.table == own or (turned and _continues(line, body[0]))):
            own = line.table
            if turned and line.titles == body[0].titles:
                again += 1
                continue
            line = replace(line, table=body[0].table, edges=body[0].edges)
            if turned and _is_rest(line, body):
                body[-1] = _with_rest(body[-1], line)
                found[-1] = (page, body[-1])
                continue
        else:
            own, body = line.table, []
        body.append(line)
        found.append((page, line))
    return found, again


def _continues(row: TableRow, head: TableRow) -> bool:
    """Tell whether a table that begins on a page is the one that ended on the page before: the same columns, no other headings."""
    if len(row.edges) != len(head.edges):
        return False
    shift = row.edges[0] - head.edges[0]  # left and right pages may have other margins
    alike = all(abs(one - other - shift) <= _SAME for one, other in zip(row.edges, head.edges, strict=True))
    named = [column_of(words) for _, words in row.titles]
    other = sum(name is not None for name in named) >= 2 and None not in named
    return alike and (row.titles == head.titles or not other)


def _is_rest(row: TableRow, body: Sequence[TableRow]) -> bool:
    """Tell whether a row at the top of a page is the end of the one at the bottom of the page before."""
    last = body[-1]
    if len(body) < 2 or [cell.column for cell in row.row] != [cell.column for cell in last.row]:
        return False
    filled = [cell.column for cell in row.row if cell.lines]
    before = {cell.column: cell.words for cell in last.row}
    if any(not before[column] for column in filled):
        return False
    first = row.row[0].column
    keyed = sum(bool(one.row[0].lines) for one in body[1:]) >= _KEYED * (len(body) - 1) and len(body) > 2
    if keyed and first in filled:
        return False
    open_ = any(_END.search(before[cell.column]) is None and cell.words[:1].islower() for cell in row.row if cell.lines)
    return keyed or (open_ and first not in filled) or (open_ and len(filled) == 1)


def _with_rest(row: TableRow, rest: TableRow) -> TableRow:
    cells = [replace(cell, lines=cell.lines + more.lines) for cell, more in zip(row.row, rest.row, strict=True)]
    return replace(row, row=tuple(cells), text="\t".join(cell.words for cell in cells))

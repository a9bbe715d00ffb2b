"""Puts the lines of a PDF together to paragraphs again, and the words broken at their ends to words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.files.document import Document, Format, Row
from qualcode.files.pdf import Line
from qualcode.importers.pages.cells import TableRow, column_limits, paragraphs
from qualcode.importers.pages.furniture import Body, Placed
from qualcode.importers.pages.hyphens import Hyphens

__all__ = ["Laid", "lay_lines", "raw_text"]

_BULLET = re.compile(r"(?:[•▪●○◦■□➢➤✓✔❖\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf095\uf0e0]|o(?=\t))[ \t]*")
_ITEM = re.compile(r"(?:\(?(?P<number>\d{1,3})[.)]|\(?[a-z][.)]|[-–—*])[ \t]+\S")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": ""}
)
_END = re.compile(r"[.?!…][”\"’')\]]*$")


@dataclass(frozen=True, slots=True)
class Laid:
    """A document put together from lines.

    `lines` were joined to `paragraphs`; `undone` are words that were whole again without the hyphen, `kept` those that kept their own;
    `columns` are the pages whose lines do not simply go down.
    """

    document: Document
    lines: int
    paragraphs: int
    undone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()


def raw_text(lines: Iterable[Placed]) -> str:
    """Return the lines as they are, one below the other."""
    return "\n".join(_plain(item) for item in lines)


def lay_lines(body: Body, starts: Collection[int]) -> Laid:
    """Return the document that the lines of *body* make.

    Parameters
    ----------
    body : Body
        The lines.
    starts : collection of int
        The places of lines that surely begin a paragraph, such as turns.
    """
    joiner = _Joiner(body, frozenset(starts))
    hyphens = Hyphens(raw_text(body.lines))
    writer = _Writer(hyphens)
    limits = column_limits(item.line for item in body.lines)
    for place, item in enumerate(body.lines):
        joins = place > 0 and joiner.goes_on(place)
        if isinstance(item.line, TableRow):
            writer.add_row(item.line, limits, blank=joiner.is_far(place))
        else:
            writer.add(item, joins=joins, blank=joiner.is_far(place))
    end = writer.at
    for note, item in enumerate(body.notes):
        begins = note == 0 or re.match(r"\[?\d{1,3}\]?[.)]?\s", item.line.text) is not None
        writer.add(item, joins=not begins, blank=False)
    return Laid(
        writer.document(end),
        sum(_count(item.line) for item in (*body.lines, *body.notes)),
        writer.paragraphs,
        tuple(dict.fromkeys(hyphens.undone)),
        tuple(dict.fromkeys(hyphens.kept)),
        tuple(joiner.columns),
    )


def _count(line: Line) -> int:
    return sum(len(cell.lines) for cell in line.row) if isinstance(line, TableRow) else 1


def _plain(item: Placed) -> str:
    return item.line.text.translate(_LIGATURES)


class _Joiner:
    """Tells of each line whether it goes on with the paragraph above."""

    def __init__(self, body: Body, starts: frozenset[int]) -> None:
        self._lines = body.lines
        self._starts = starts
        self._leading = body.leading
        self._limits = _Limits(body.lines)
        self._first = 0.0
        self._rest: float | None = None
        self._hangs = False
        self._step: float | None = None
        self._items: set[int] = set()
        self._all_hang = self._first_lines_hang()
        self._spaced = self._writes_spaces()
        self.columns: list[int] = []

    def goes_on(self, place: int) -> bool:
        """Tell whether the line at *place* goes on with the paragraph of the line before; to be asked of every line in turn."""
        if place == 1:
            self._begin(0)
        above, below = self._lines[place - 1], self._lines[place]
        joins = place not in self._starts and self._fits(above, below, self._lines[place + 1 : place + 2])
        if not joins:
            self._begin(place)
        else:
            if self._rest is None:
                self._rest = below.line.left
            if above.page == below.page and below.line.base > above.line.base:
                self._step = below.line.base - above.line.base
        return joins

    def is_far(self, place: int) -> bool:
        """Tell whether an empty line would fit between the line at *place* and the one above."""
        if place == 0 or self._lines[place - 1].page != self._lines[place].page:
            return False
        above, below = self._lines[place - 1].line, self._lines[place].line
        if isinstance(above, TableRow):
            return not isinstance(below, TableRow) and below.base - above.bottom > 1.9 * self._leading
        return below.base - above.base > 1.9 * self._leading

    def _begin(self, place: int) -> None:
        line = self._lines[place].line
        self._first, self._rest, self._step = line.left, None, None
        found = _ITEM.match(line.text)
        begins = found is not None or _BULLET.match(line.text) is not None or place in self._starts
        self._hangs = len(line.cells) > 1 or begins or self._all_hang
        if found is not None and found["number"]:
            self._items.add(int(found["number"]))

    def _first_lines_hang(self) -> bool:
        """Tell whether in most paragraphs that surely begin, the second line stands further to the right."""
        shifts = [
            below.line.left - above.line.left
            for place, (above, below) in enumerate(pairwise(self._lines))
            if place in self._starts
            and place + 1 not in self._starts
            and above.page == below.page
            and not isinstance(below.line, TableRow)
        ]
        return len(shifts) >= 5 and sum(4 < shift < 200 for shift in shifts) >= 0.6 * len(shifts)

    def _fits(self, above: Placed, below: Placed, after: Sequence[Placed]) -> bool:
        a, b = above.line, below.line
        if isinstance(a, TableRow) or isinstance(b, TableRow):
            return False
        if abs(a.size - b.size) > 0.13 * max(a.size, b.size) or (a.bold != b.bold and not a.goes_on):
            return False
        if _BULLET.match(b.text) or a.turned or b.turned:
            return False
        if not self._near(above, below) or not self._aligned(above, below, after):
            return False
        room = self._room(above)
        broken = a.text.endswith(("-", "\u00ad", "\u2010"))
        if not broken and room > b.word + 0.6 * b.size:
            return False  # its first word would have found room above
        if self._spaced and not a.goes_on and not broken and room > 0.5 * a.size:
            return False
        number = _ITEM.match(b.text)
        is_item = number is not None and number["number"] is not None and int(number["number"]) - 1 in self._items | {0}
        return not (is_item and _END.search(a.text))

    def _near(self, above: Placed, below: Placed) -> bool:
        if self._turns_over(above, below):
            return True
        step = below.line.base - above.line.base
        if step <= 0.3 * above.line.size:
            self._note_column(above.page)
            return False
        if self._step is not None:
            return abs(step - self._step) < 0.25 * self._step
        return step < 1.35 * max(self._leading, 1.05 * below.line.size)

    def _turns_over(self, above: Placed, below: Placed) -> bool:
        """Tell whether the text goes on at the top of another page or column."""
        if above.page != below.page:
            return True
        a, b = above.line, below.line
        turns = b.base < a.base - 5 * self._leading and b.left > a.left + 60 and b.left > a.right - a.size
        if turns:
            self._note_column(above.page)
        return turns

    def _note_column(self, page: int) -> None:
        if page not in self.columns:
            self.columns.append(page)

    def _aligned(self, above: Placed, below: Placed, after: Sequence[Placed]) -> bool:
        left = below.line.left
        turns = self._turns_over(above, below)
        if self._rest is not None:
            return abs(left - self._rest) < 4 or turns
        shift = left - self._first
        if (
            abs(shift) < 4
            or (turns and above.page == below.page)
            or any(abs(left - cell) < 4 for cell in above.line.cells[1:])
        ):
            return True
        if shift < 0:
            return abs(shift) < 80  # the first line was indented
        # Further right: either the first line hangs out, or another paragraph begins with an indent.
        returns = bool(after) and abs(after[0].line.left - self._first) < 4
        hangs = self._hangs or (bool(after) and abs(after[0].line.left - left) < 4)
        return shift < 200 and hangs and not (returns and not self._hangs)

    def _room(self, item: Placed) -> float:
        """Return how much room the line leaves at its right end."""
        return self._limits.of(item) - item.line.right

    def _writes_spaces(self) -> bool:
        """Tell whether the program that made the file writes a space where it breaks a line, but for lines without room for it."""
        seen = [
            above.line.goes_on
            for above, below in pairwise(self._lines)
            if above.page == below.page
            and not isinstance(above.line, TableRow)
            and 0.5 * above.line.size < self._room(above) < below.line.word
            and below.line.text[:1].islower()
        ]
        return len(seen) >= 5 and sum(seen) >= 0.8 * len(seen)


class _Limits:
    """How far to the right the lines reach: of a whole page, of one of its columns, of a column of cells."""

    def __init__(self, lines: Sequence[Placed]) -> None:
        upright = [item.line for item in lines if not item.line.turned and not isinstance(item.line, TableRow)]
        self._page = _reach([line.right for line in upright for _ in range(1 + len(line.text) // 20)])
        by_left: dict[int, list[Line]] = defaultdict(list)
        for line in upright:
            by_left[round(line.cells[-1] / 3)].append(line)
        self._cells = {left: max(line.right for line in some) for left, some in by_left.items()}
        self._columns = {
            left: reach
            for left, some in by_left.items()
            if len(some) >= max(20, 0.1 * len(upright))
            # A column of text has lines that end at its edge; the lines of a list end anywhere.
            and sum((reach := _reach([line.right for line in some])) - line.right < 3 * line.size for line in some)
            >= 0.35 * len(some)
        }

    def of(self, item: Placed) -> float:
        """Return how far the line could have reached."""
        line = item.line
        if len(line.cells) > 1:
            return self._cells[round(line.cells[-1] / 3)]
        left = round(line.left / 3)
        nearest = max((column for column in self._columns if column <= left + 1), default=None)
        return self._page if nearest is None else max(self._columns[nearest], line.right)


def _reach(rights: list[float]) -> float:
    """Return where most of the longest lines end, passing over a few that stick out."""
    rights = sorted(rights)
    return rights[int(0.97 * (len(rights) - 1))] if rights else 0.0


class _Writer:
    """Writes lines one behind the other, and keeps where they are bold."""

    def __init__(self, hyphens: Hyphens) -> None:
        self._hyphens = hyphens
        self._out: list[str] = []
        self._last = ""
        self.at = 0
        self.paragraphs = 0
        self._formats: list[Format] = []
        self._listed: list[tuple[int, str]] = []
        self._rows: list[Row] = []

    def _put(self, text: str) -> None:
        self._out.append(text)
        self.at += len(text)

    def add(self, item: Placed, *, joins: bool, blank: bool) -> None:
        """Write a line, in the paragraph above or below it."""
        text = _plain(item)
        if joins and self._out:
            between, cuts = self._hyphens.joint(self._last, item.line.text)
            if cuts:
                self._cut()
            self._put(between)
        else:
            self._put(("\n\n" if blank else "\n") if self._out else "")
            self.paragraphs += 1
            if match := _BULLET.match(text):
                text = text[match.end() :]
                self._listed.append((self.at, "bullet"))
        self._write(item.line, text)

    def add_row(self, row: TableRow, limits: Mapping[tuple[int, int], float], *, blank: bool) -> None:
        """Write a row of a table: its cells parted by tabs, the paragraphs of a cell below each other."""
        between = ("\n\n" if blank else "\n") if self._out else ""
        places = []
        for cell in row.row:
            self._put(between)
            start = self.at
            for number, lines in enumerate(paragraphs(cell.lines, limits.get((row.table, cell.column), 0.0))):
                self._put("\n" if number else "")
                self._paragraph(lines)
            places.append((start, self.at))
            between = "\t"
        self.paragraphs += 1
        columns = tuple(cell.column for cell in row.row)
        spans = columns != tuple(range(len(row.edges)))
        merged = tuple(cell.merged for cell in row.row)
        self._rows.append(Row(row.table, tuple(places), columns if spans else (), merged if any(merged) else ()))

    def _paragraph(self, lines: Sequence[Line]) -> None:
        """Write lines of a cell that go on with each other."""
        for number, line in enumerate(lines):
            between = ""
            if number:
                between, cuts = self._hyphens.joint(self._last, line.text)
                if cuts:
                    self._cut()
            self._put(between)
            self._write(line, line.text.translate(_LIGATURES))

    def _cut(self) -> None:
        """Take the hyphen off the line that was written last."""
        if self._out[-1].endswith(("-", "\u2010")):
            self._out[-1] = self._out[-1][:-1]
            self.at -= 1
            if self._formats and self._formats[-1].end > self.at:
                self._formats[-1] = replace(self._formats[-1], end=self.at)

    def _write(self, line: Line, text: str) -> None:
        start = self.at
        self._put(text)
        self._last = line.text
        if text and (line.bold or line.italic):
            self._formats.append(Format(start, self.at, line.bold, line.italic))

    def document(self, end: int) -> Document:
        """Return the document, whose talk ends at *end*."""
        return Document(
            text="".join(self._out),
            notes_start=end,
            formats=tuple(self._formats),
            rows=tuple(self._rows),
            listed=tuple(self._listed),
            numbered=len(self._listed),
        )

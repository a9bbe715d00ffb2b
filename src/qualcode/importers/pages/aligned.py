"""Tables on the pages of a PDF without upright rules: known headings, and columns of text below them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qualcode.files.pdf import Page
from qualcode.importers.coded.columns import LEVELS, answering, asking_and_answering, column_of, columns_of
from qualcode.importers.pages.cells import Cell, Claimed, lines_of

__all__ = ["Found", "aligned_tables", "may_head"]

_BESIDE = {
    "number", "line", "turn", "time", "start", "transcript", "informant", "speaker", "question", "code", "subcategory", "category", "theme", "memo",
}  # fmt: skip
_KEYS = ("number", "line", "turn", "start", "time", "speaker", "informant", "transcript")
"""Columns with a word in the first line of each row and in no other, the surest first."""
_GAPS = (0.8, 0.45)
"""How far apart headings are, in heights of letters: at first by a wide margin, then by little more than a space."""
_SPACE = 0.36
"""The widest space within a line of text, in heights of letters; wider ones may part columns."""
_GUTTER = 0.35
"""The least space between columns, in heights of letters."""
_FAR = 2.2
"""Below a step of so many lines, or of `_FARTHER` times the widest before, stands no row of the table."""
_FARTHER = 1.7
_LINES = 1.6
"""So many heights of letters below a line of headings, the next line may go on with them."""
_MOST_TITLES, _FEW_WORDS = 20, 3
_LOOSE = 1.25
"""A step of so many times the least one parts rows."""
_LABEL = 3.0
"""The most words of a line, on average, that tells which row it is."""
_FULL = re.compile(r"[.?!…:][”\"’')\]]*$")
_SAID = re.compile(r"[:：]\s*\S|\w{4}[.?!…]$")
"""What no heading has: the label of a speaker, the end of a sentence."""
_COUNT = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,6}|[a-z])\W*", re.IGNORECASE)

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a page that stand beside each other, from the left, and the height of their letters."""

    base: float
    size: float
    words: tuple[Claimed, ...]

    def phrases(self, gap: float) -> list[tuple[float, float, str]]:
        """Return the words with no more than *gap* between them as phrases: their left and right end, their text."""
        found: list[tuple[float, float, str]] = []
        for item in self.words:
            word = item.word
            if found and word.left - found[-1][1] <= gap * self.size:
                left, right, text = found[-1]
                found[-1] = (left, max(right, word.right), f"{text} {word.text}")
            else:
                found.append((word.left, word.right, word.text))
        return found


@dataclass(frozen=True, slots=True)
class _Head:
    """The headings of a table: their texts and where each begins, and what is free between them."""

    titles: tuple[str, ...]
    edges: tuple[float, ...]
    free: tuple[tuple[Stretch, ...], ...]
    key: int | None

    def column(self, x: float) -> int:
        """Return the column in which a place lies."""
        widest = [max(free, key=_width) for free in self.free]
        return bisect_right([(start + end) / 2 for start, end in widest], x)


@dataclass(slots=True)
class Found:
    """A table of a page: its rows of cells, where its columns begin, and the words in it."""

    rows: list[list[Cell]]
    edges: tuple[float, ...]
    words: list[Claimed] = field(default_factory=list)


def aligned_tables(
    page: Page, words: Sequence[Claimed], leading: float, carried: _Head | None
) -> tuple[list[Found], _Head | None]:
    """Return the tables of *page* among these *words*, and the headings of the last if it may go on on the next page.

    Parameters
    ----------
    page : Page
        The page.
    words : sequence of Claimed
        Its words but for those of other tables, running heads and page numbers.
    leading : float
        The usual distance from line to line, in points.
    carried : _Head, optional
        The headings of a table that reached the end of the page before.
    """
    rows = _rows(words)
    found: list[Found] = []
    at = 0
    last = None
    while at < len(rows):
        head, below = _head_and_end(rows, at)
        if head is None and at == 0 and carried is not None:
            head, below = carried, at
        end = below
        if head is not None:
            head, end = _reach(rows, below, head, leading)
            lines = _by_rows(page, head, rows[below:end])
            if sum(len({head.column(_middle(i)) for i in line}) > 1 for line in lines) >= (1 if below == at else 2):
                heading = [item for row in rows[at:below] for item in row.words]
                whole = ([heading] if heading else []) + lines
                found.append(
                    Found([_cells(head, line) for line in whole], head.edges, [i for line in whole for i in line])
                )
                last = head if end == len(rows) else None
                at = end
                continue
        at += 1
    return found, last


def may_head(words: Sequence[Claimed]) -> bool:
    """Tell whether the headings of a table stand among the *words* of a page."""
    rows = _rows(words)
    return any(_head_and_end(rows, at)[0] is not None for at in range(len(rows)))


def _rows(words: Sequence[Claimed]) -> list[_Row]:
    groups: list[list[Claimed]] = []
    for item in sorted(words, key=lambda one: one.word.base):
        if groups and item.word.base - groups[-1][0].word.base < 0.45 * item.line.size:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [
        _Row(group[0].word.base, group[0].line.size, tuple(sorted(group, key=lambda one: one.word.left)))
        for group in groups
    ]


def _head_and_end(rows: Sequence[_Row], at: int) -> tuple[_Head | None, int]:
    """Return the headings whose first line is at this place, over several lines if need be, and where the line behind them is."""
    head = _head(rows[at])
    for end in range(min(at + 3, len(rows)), at + 1, -1):
        over = _over_lines(rows[at:end])
        # "Kode" above "awal" is one heading; "Kode" above what was coded is one line and a row.
        if over is not None and (head is None or len(over.titles) >= len(head.titles)):
            return over, end
    return head, at + 1


def _over_lines(rows: Sequence[_Row]) -> _Head | None:
    """Return the headings that these lines make together: every word stands below one and goes on with it, or stands alone.

    Of three lines, the middle one is that of headings of one line beside those of two.
    """
    if rows[-1].base - rows[0].base > _LINES * rows[0].size or (len(rows) == 2 and len(rows[0].words) < 2):
        return None
    phrases: list[tuple[float, float, str]] = []
    for left, right, text in (phrase for row in rows for phrase in row.phrases(_GAPS[0])):
        over = [n for n, one in enumerate(phrases) if left < one[1] and right > one[0]]
        said = _SAID.search(text) or text[-1] in "?!" or text.count(" ") >= _FEW_WORDS
        if len(over) > 1 or len(phrases) > _MOST_TITLES or said:
            return None
        if not over:
            if phrases and column_of(text) is None:
                return None
            phrases.append((left, right, text))
            continue
        one = phrases[over[0]]
        joined = f"{one[2]} {text}"
        whole = column_of(joined)
        # "Kategori" above "tema" is one heading; "Hasil wawancara" above "No" is the title of the table.
        if (
            whole is None
            or column_of(one[2]) not in {None, whole}
            or column_of(text) not in {None, whole, *LEVELS, "start", "end"}
        ):
            return None
        phrases[over[0]] = (min(left, one[0]), max(right, one[1]), joined)
    phrases.sort()
    return _head_of(phrases) if len(phrases) > 1 and any(" " in text for *_, text in phrases) else None


def _head(row: _Row) -> _Head | None:
    if len(row.words) < 2 or len(row.words) > 40:
        return None
    for gap in _GAPS:
        phrases = row.phrases(gap)
        if len(phrases) > 1 and (head := _head_of(phrases)) is not None:
            return head
    return None


def _head_of(phrases: Sequence[tuple[float, float, str]]) -> _Head | None:
    """Return these phrases as headings, if they are known ones and do not run into each other."""
    titles = tuple(text for *_, text in phrases)
    if not _are_known(titles) or any(one[1] >= other[0] for one, other in pairwise(phrases)):
        return None
    free = tuple(((one[1], other[0]),) for one, other in pairwise(phrases))
    names = [column_of(title) for title in titles]
    key = next((names.index(name) for name in _KEYS if name in names), None)
    return _Head(titles, tuple(left for left, *_ in phrases), free, key)


def _are_known(titles: Sequence[str]) -> bool:
    """Tell whether these are the headings of a table of talk: what was said, and beside it who, where or what it was coded as."""
    names = [column_of(title) for title in titles]
    if len(set(titles)) < len(titles) or any(map(_SAID.search, titles)):
        return False
    columns = columns_of(titles)
    if answering(titles, columns) or asking_and_answering(titles):
        return True
    unknown = names.count(None)
    spoken = {"quote", "transcript"} & set(names)
    beside = _BESIDE & {name for name in names if name not in spoken} or len(spoken) > 1
    return bool(spoken) and bool(beside) and unknown <= (1 if len(names) > 2 else 0)


def _reach(rows: Sequence[_Row], at: int, head: _Head, leading: float) -> tuple[_Head, int]:
    """Return the headings with what stays free between their columns, and where the rows end that leave it free."""
    begin, widest = at, leading
    while at < len(rows):
        row = rows[at]
        step = row.base - rows[at - 1].base if at else 0.0
        if at > begin and step > max(_FAR * leading, _FARTHER * widest):
            break
        if at > begin and _head_and_end(rows, at)[0] is not None:
            break
        free = tuple(_left_free(stretches, row) for stretches in head.free)
        if not all(free):
            break
        narrower = replace(head, free=free)
        if head.key == 0 and column_of(head.titles[0]) == "number":
            first = [i.word.text for i in row.words if narrower.column(_middle(i)) == 0]
            if first and not _COUNT.fullmatch(" ".join(first)):
                break
        if at > begin:
            widest = max(widest, step)
        head = narrower
        at += 1
    return head, at


def _left_free(free: Sequence[Stretch], row: _Row) -> tuple[Stretch, ...]:
    """Return what of these stretches the words of *row* leave free, where it is wide enough to part columns."""
    left = list(free)
    for start, end, _ in row.phrases(_SPACE):
        pieces: list[Stretch] = []
        for one in left:
            pieces += [one] if end <= one[0] or start >= one[1] else [(one[0], start), (end, one[1])]
        left = pieces
    return tuple((start, end) for start, end in left if end - start >= _GUTTER * row.size)


def _width(stretch: Stretch) -> float:
    return stretch[1] - stretch[0]


def _middle(item: Claimed) -> float:
    return (item.word.left + item.word.right) / 2


def _by_rows(page: Page, head: _Head, rows: Sequence[_Row]) -> list[list[Claimed]]:
    """Return the words of each row of the table."""
    found: list[list[Claimed]] = []
    begun = _Begun(head, rows)
    ruled = list(_levels(page, rows))
    for at, row in enumerate(rows):
        parted = at == 0 or any(rows[at - 1].base < y < row.base for y in ruled)
        if parted if ruled else begun.at(at):
            found.append([])
        found[-1] += row.words
    return found


def _levels(page: Page, rows: Sequence[_Row]) -> Iterator[float]:
    """Yield where level rules part the *rows*, if several do."""
    if not rows:
        return
    left = min(i.word.left for row in rows for i in row.words)
    right = max(i.word.right for row in rows for i in row.words)
    inside = [
        rule.top
        for rule in page.rules
        if rule.right - rule.left > 0.7 * (right - left) and rows[0].base < rule.top < rows[-1].base
    ]
    if len(inside) > 1:
        yield from inside


class _Begun:
    """Tells which lines of text begin a row of the table."""

    def __init__(self, head: _Head, rows: Sequence[_Row]) -> None:
        self._head = head
        self._rows = rows
        self._columns = [{head.column(_middle(i)) for i in row.words} for row in rows]
        steps = sorted(b.base - a.base for a, b in pairwise(rows))
        self._least = steps[len(steps) // 10] if steps else 0.0
        keys = [sum(head.column(_middle(i)) == head.key for i in row.words) for row in rows]
        self._keyed = sum(map(bool, keys)) > 1 and sum(keys) <= _LABEL * sum(map(bool, keys))
        rights = [(head.column(_middle(i)), i.word.right) for row in rows for i in row.words]
        self._limits = {column: max(right for at, right in rights if at == column) for column in {c for c, _ in rights}}
        self._seen: set[int] = set()

    def at(self, at: int) -> bool:
        """Tell it of the line at this place; to be asked of each in turn."""
        columns = self._columns[at]
        fresh = at == 0 or self._begins(at)
        self._seen = set(columns) if fresh else self._seen | columns
        return fresh

    def _begins(self, at: int) -> bool:
        columns, above = self._columns[at], self._columns[at - 1]
        if self._keyed:
            return self._head.key in columns
        if self._rows[at].base - self._rows[at - 1].base > _LOOSE * self._least:
            return True
        if (columns - above) & self._seen:
            return True  # a column goes on behind an empty line
        return len(columns) > 1 and columns >= above and self._ended(at)

    def _ended(self, at: int) -> bool:
        """Tell whether what stands above was finished in each column."""
        for column in self._columns[at - 1]:
            above, below = (
                [i.word for i in self._rows[place].words if self._head.column(_middle(i)) == column]
                for place in (at - 1, at)
            )
            room = self._limits[column] - above[-1].right
            if room <= below[0].right - below[0].left + 0.6 * self._rows[at].size and not (
                _FULL.search(above[-1].text) and not below[0].text[:1].islower()
            ):
                return False
        return True


def _cells(head: _Head, words: Collection[Claimed]) -> list[Cell]:
    by_column: dict[int, list[Claimed]] = {}
    for item in words:
        by_column.setdefault(head.column(_middle(item)), []).append(item)
    return [Cell(column, lines_of(by_column.get(column, []))) for column in range(len(head.titles))]

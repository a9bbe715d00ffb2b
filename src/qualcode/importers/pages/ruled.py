"""Tables on the pages of a PDF whose cells are parted by ruled lines."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.files.pdf import Page, Rule
from qualcode.importers.pages.cells import Cell, Claimed, lines_of

__all__ = ["Grid", "grids", "rows_of"]

_TOUCH = 3.5
"""Rules that come so near to each other, in points, touch."""
_SAME = 4.0
"""Rules beside each other that are no further apart are one, as in a double line."""
_MOST = 600
"""More straight lines on a page, pieces put together, are a drawing."""
_RISE = 0.25
"""How far above its base the middle of a word is, in heights of letters."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the rules of a table run: `xs` from the left, `ys` from the top, and for each field the cell that it is part of.

    A cell is named by the column and the row of its first field.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell in which a place of the page lies."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.cells.get((column, row))


def grids(page: Page) -> list[Grid]:
    """Return the grids of the rules on *page* that have at least two columns, the largest first."""
    upright = _whole([r for r in page.rules if r.bottom - r.top > r.right - r.left], along=1)
    level = _whole([r for r in page.rules if r.bottom - r.top <= r.right - r.left], along=0)
    if len(upright) < 2 or len(level) < 2 or len(upright) + len(level) > _MOST:
        return []
    found = [grid for group in _touching(upright, level) if (grid := _grid(*group)) is not None]
    return sorted(found, key=lambda g: (g.xs[0] - g.xs[-1]) * (g.ys[-1] - g.ys[0]))


def _whole(rules: Sequence[Rule], *, along: int) -> list[Rule]:
    """Return the rules with the pieces of one line put together; they run from top to bottom if *along* is 1, else from left to right."""
    across = 1 - along
    lines: list[Rule] = []
    near: dict[int, list[int]] = defaultdict(list)
    for rule in sorted(rules, key=lambda r: (r[along], r[across])):
        key = round(rule[across] / _SAME)
        places = [at for near_by in (key - 1, key, key + 1) for at in near[near_by]]
        for at in reversed(places):
            line = lines[at]
            if abs(line[across] - rule[across]) <= 2 and rule[along] <= line[along + 2] + _TOUCH:
                sides = list(line)
                sides[along + 2] = max(line[along + 2], rule[along + 2])
                lines[at] = Rule(*sides)
                break
        else:
            near[key].append(len(lines))
            lines.append(rule)
        if len(lines) > _MOST:
            return lines
    return lines


def _touching(upright: Sequence[Rule], level: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the upright and the level rules that touch each other, as groups."""
    group = list(range(len(upright) + len(level)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for v, down in enumerate(upright):
        for h, right in enumerate(level, len(upright)):
            beside = right.left - _TOUCH <= down.left <= right.right + _TOUCH
            if beside and down.top - _TOUCH <= right.top <= down.bottom + _TOUCH:
                group[root(h)] = root(v)
    together: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at in range(len(group)):
        both = together.setdefault(root(at), ([], []))
        if at < len(upright):
            both[0].append(upright[at])
        else:
            both[1].append(level[at - len(upright)])
    yield from together.values()


def _grid(upright: Sequence[Rule], level: Sequence[Rule]) -> Grid | None:
    if not upright or len(level) < 2:
        return None
    # A table may be open at its sides: its level lines tell how wide it is.
    xs = _places([*(r.left for r in upright), min(r.left for r in level), max(r.right for r in level)])
    ys = _places([*(r.top for r in level), min(r.top for r in upright), max(r.bottom for r in upright)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            left = cells.get((column - 1, row))
            above = cells.get((column, row - 1))
            if left is not None and column and not _parts(upright, xs[column], ys[row], ys[row + 1], along=1):
                cells[column, row] = left
            elif above is not None and row and not _parts(level, ys[row], xs[column], xs[column + 1], along=0):
                cells[column, row] = above
            else:
                cells[column, row] = (column, row)
    return Grid(tuple(xs), tuple(ys), cells)


def _places(values: Sequence[float]) -> list[float]:
    """Return these places in order, those next to each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _parts(rules: Sequence[Rule], at: float, begin: float, end: float, *, along: int) -> bool:
    """Tell whether a rule at this place runs past the middle between two others."""
    middle, across = (begin + end) / 2, 1 - along
    return any(abs(r[across] - at) <= _SAME and r[along] <= middle <= r[along + 2] for r in rules)


def rows_of(grid: Grid, words: Sequence[Claimed]) -> tuple[list[list[Cell]], frozenset[int]]:
    """Return the rows of the table with the *words* that lie in its cells, and the places of those words; nothing if it is none.

    A table has text in two columns at least.
    """
    inside: dict[tuple[int, int], list[Claimed]] = defaultdict(list)
    taken = []
    for place, item in enumerate(words):
        word = item.word
        cell = grid.at((word.left + word.right) / 2, word.base - _RISE * item.line.size)
        if cell is not None:
            inside[cell].append(item)
            taken.append(place)
    if len({column for column, _ in inside}) < 2:
        return [], frozenset()
    rows = []
    for row in range(len(grid.ys) - 1):
        fields = [(column, grid.cells[column, row]) for column in range(len(grid.xs) - 1)]
        starts = [(column, cell) for at, (column, cell) in enumerate(fields) if not at or fields[at - 1][1] != cell]
        cells = [
            Cell(column, lines_of(inside.get(cell, [])) if cell[1] == row else (), merged=cell[1] != row)
            for column, cell in starts
        ]
        if any(cell.lines for cell in cells):
            rows.append(cells)
    return rows, frozenset(taken)

"""Tables on the pages of a PDF: their words taken out of the lines of the page, and put back as rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.files.pdf import Line, Page, Word
from qualcode.importers.pages.aligned import aligned_tables, may_head
from qualcode.importers.pages.cells import Claimed, TableRow, table_row, without
from qualcode.importers.pages.furniture import body_of
from qualcode.importers.pages.ruled import grids, rows_of

__all__ = ["with_tables"]


def with_tables(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return *pages* with the rows of tables as lines of their own (`TableRow`), where the first word of each table stood.

    Ruled lines tell the cells; without them, headings that are known and columns of text below them. Every word of a page is
    in one of its lines, as before.
    """
    count = 0
    found = []
    for page in pages:
        for grid in grids(page) if page.rules else ():
            words = _words(page)
            rows, taken = rows_of(grid, words)
            if rows:
                count += 1
                page = _put(page, [table_row(row, grid.xs[:-1], count) for row in rows], [words[at] for at in taken])
        found.append(page)
    return _with_aligned(found, count)


def _with_aligned(pages: Sequence[Page], count: int) -> tuple[Page, ...]:
    """Return *pages* with the tables that no rules part as well."""
    if not any(may_head(_words(page)) for page in pages):
        return tuple(pages)
    body = body_of(pages)
    out = {(item.page, word) for item in body.out for word in item.line.words}
    found = []
    head = None
    for page in pages:
        words = [item for item in _words(page) if (page.number, item.word) not in out]
        tables, head = aligned_tables(page, words, body.leading, head)
        for table in tables:
            count += 1
            page = _put(page, [table_row(row, table.edges, count, ruled=False) for row in table.rows], table.words)
        found.append(page)
    return tuple(found)


def _words(page: Page) -> list[Claimed]:
    """Return the words of the lines that are in no table yet."""
    upright = (line for line in page.lines if not line.turned and not isinstance(line, TableRow))
    return [Claimed(word, line) for line in upright for word in line.words]


def _put(page: Page, rows: Sequence[TableRow], taken: Sequence[Claimed]) -> Page:
    """Return the page with these *rows* in place of the words *taken*."""
    out: dict[int, set[Word]] = {}
    for item in taken:
        out.setdefault(id(item.line), set()).add(item.word)
    lines: list[Line] = []
    is_put = False
    for line in page.lines:
        if id(line) not in out:
            lines.append(line)
            continue
        rest = without(line, frozenset(out[id(line)]))
        if rest is not None and not is_put and rest.base < rows[0].base:
            lines.append(rest)
            rest = None
        if not is_put:
            lines += rows
            is_put = True
        if rest is not None:
            lines.append(rest)
    return replace(page, lines=tuple(lines))

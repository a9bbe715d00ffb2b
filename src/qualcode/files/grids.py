"""Tables as they look on the page: every cell of a CSV file, a workbook or a document, merged ones filled."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.files.tables import Table, read_csv, read_xlsx
from qualcode.model import Finding

if TYPE_CHECKING:
    from qualcode.files.document import Document, Row

__all__ = ["SUFFIXES", "Grid", "Pages", "read_grids"]

SUFFIXES = (".csv", ".tsv", ".xlsx", ".ods", ".docx", ".odt", ".rtf")
"""The files that hold tables."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: as many cells in every row as the widest has, an empty one is ``""``.

    `lines` says where each row stands: the line of a CSV file, the row of a sheet, or the row of a document's table, from 1. `merged` holds the (row,
    column), from 0, of cells that only repeat the cell they are merged with, above or to the left. `name` is the sheet's.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    merged: frozenset[tuple[int, int]] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """All tables of a file, in order, and the paragraphs that stand in none of them."""

    grids: tuple[Grid, ...]
    paragraphs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def read_grids(data: bytes, *, file: str) -> Pages:
    """Return the tables in *data*, a file called *file*.

    Raises
    ------
    InputError
        If it is no file with tables, or cannot be read.
    """
    suffix = "." + file.rpartition(".")[2].lower()
    if suffix in {".csv", ".tsv"}:
        table = read_csv(data, file=file)
        return Pages((_of_table(table),), (), table.findings)
    if suffix == ".ods":
        from qualcode.files.ods import read_ods

        sheets = read_ods(data, file=file, merged=True)
        return Pages(tuple(_of_table(table, name) for name, table in sheets), (), sheets[0][1].findings)
    if suffix == ".xlsx":
        findings = read_xlsx(
            data, file=file
        ).findings  # opened through the caps, or refused, before anything else reads it
        return Pages(tuple(_sheets(data)), (), findings)
    return _of_document(_document(data, suffix, file))


def _of_table(table: Table, name: str = "") -> Grid:
    """Return a table with its head as a grid."""
    body = (tuple("" if cell is None else str(cell).strip() for cell in row) for row in table.rows)
    return Grid((table.columns, *body), (1, *table.lines), name=name)


def _document(data: bytes, suffix: str, file: str) -> Document:
    if suffix == ".docx":
        from qualcode.files.docx import read_docx

        return read_docx(data, file=file)
    if suffix == ".odt":
        from qualcode.files.odt import read_odt

        return read_odt(data, file=file)
    if suffix == ".rtf":
        from qualcode.files.rtf import read_rtf

        return read_rtf(data, file=file)
    raise InputError(
        N_("this file holds no table that can be read: give one of {suffixes}"),
        file=file,
        suffixes=", ".join(SUFFIXES),
    )


def _sheets(data: bytes) -> Iterator[Grid]:
    """Yield the sheets of a workbook that have cells."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        cells = [[_shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        if not any(any(row) for row in cells):
            continue
        merged: set[tuple[int, int]] = set()
        for area in sheet.merged_cells.ranges:
            top, left = area.min_row - 1, area.min_col - 1
            for row in range(top, min(area.max_row, len(cells))):
                for column in range(left, min(area.max_col, len(cells[row]))):
                    if (row, column) != (top, left):
                        cells[row][column] = cells[top][left]
                        merged.add((row, column))
        yield Grid(tuple(map(tuple, cells)), tuple(range(1, len(cells) + 1)), frozenset(merged), sheet.title)
    book.close()


def _shown(value: object) -> str:
    """Return a cell's value as text: whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _of_document(document: Document) -> Pages:
    """Return the tables of a document, and its paragraphs outside them."""
    tables: dict[int, list[Row]] = {}
    for row in document.rows:
        tables.setdefault(row.table, []).append(row)
    inside = [(row.cells[0][0], row.cells[-1][1]) for row in document.rows]
    paragraphs = []
    at = 0
    for paragraph in document.text[: document.notes_start].split("\n"):
        end = at + len(paragraph)
        if paragraph.strip() and not any(start <= at and end <= stop for start, stop in inside):
            paragraphs.append(paragraph.strip())
        at = end + 1
    return Pages(tuple(_grid(document.text, rows) for _, rows in sorted(tables.items())), tuple(paragraphs))


def _grid(text: str, rows: Sequence[Row]) -> Grid:
    """Return one table of a document with its merged cells filled."""
    width = max(row.places[-1] + 1 for row in rows)
    filled: list[tuple[str, ...]] = []
    merged: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        cells = [""] * width
        reaches = row.columns or len(row.cells) == 1  # a lone cell reaches over the whole table
        ends = [*row.places[1:], width if reaches else row.places[-1] + 1]
        for place, (column, end) in enumerate(zip(row.places, ends, strict=True)):
            start, stop = row.cells[place]
            cells[column] = text[start:stop].strip()
            if row.goes_on(place) and filled and not cells[column]:
                cells[column] = filled[-1][column]
                merged.add((number, column))
            for spanned in range(column + 1, end):
                cells[spanned] = cells[column]
                merged.add((number, spanned))
        filled.append(tuple(cells))
    return Grid(tuple(filled), tuple(range(1, len(rows) + 1)), frozenset(merged))

"""Tables: CSV in all its dialects, and Excel workbooks."""

from __future__ import annotations

import csv
import datetime
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, shorten
from qualcode.files.archive import Archive, Limits
from qualcode.files.encoding import decode
from qualcode.files.recognise import describe, sniff
from qualcode.model import Finding

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Cell", "Table", "read_csv", "read_workbook", "read_xlsx", "table_of", "without_choice"]

Cell = str | int | float | bool | None
"""What a cell holds; ``None`` is an empty one."""

_DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head: as many cells in every row as there are columns.

    `lines` holds the line (CSV) or row (Excel) where each row stands in its file, from 1; `titles` the rows above the head.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    findings: tuple[Finding, ...] = ()
    titles: tuple[str, ...] = ()

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of the column called *name*."""
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)


def read_csv(data: bytes, *, file: str, encoding: str | None = None) -> Table:
    """Return the table in *data*; the delimiter is that of Excel's ``sep=`` line or the one that fits best.

    All cells are text; an empty cell is None.

    Raises
    ------
    InputError
        If the file is no text, has no row below its head, or a quotation mark is never closed.
    """
    text, how = decode(data, file=file, encoding=encoding)
    skipped = 0
    if match := re.match(r"sep=(.)[ \t]*\n", text, re.IGNORECASE):
        delimiter, rule, skipped = match[1], "sep= line", 1
        text = text[match.end() :]
    else:
        delimiter, rule = _delimiter(text), "fits best"
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # an interview in one cell is longer than the 128 KiB default
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    line = 1 + skipped
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(line)
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise InputError(
            N_("the table breaks off here: a quotation mark is not closed or stands in the wrong place"),
            hint=N_("Open the file in Excel, check this row, and save it again as CSV UTF-8."),
            file=file,
            line=line,
        ) from error
    said = Finding(
        "recognised",
        N_("cells separated by {delimiter}"),
        file=file,
        rule=rule,
        parameters={"delimiter": {"\t": "tab"}.get(delimiter, delimiter)},
    )
    return table_of([tuple(cell if cell.strip() else None for cell in row) for row in rows], lines, file, (how, said))


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows into the most columns, the same number in each."""
    sample = text[:200_000]
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for _, row in zip(range(50), _tolerant(sample, delimiter), strict=False) if any(row)]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        score = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _tolerant(sample: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)


def read_workbook(
    data: bytes, *, file: str, merged: bool = False, limits: Limits | None = None
) -> tuple[tuple[str, Table], ...]:
    """Return all sheets of the Excel workbook in *data* that are tables, each with its title; see `read_xlsx`.

    Raises
    ------
    InputError
        As `read_xlsx` does, if no sheet is a table.
    """
    first = read_xlsx(data, file=file, merged=merged, limits=limits)
    names, title, _ = _sheet(data, None)
    found = [(title, first)]
    for name in names[names.index(title) + 1 :]:
        try:
            found.append((name, read_xlsx(data, file=file, sheet=name, merged=merged, limits=limits)))
        except InputError:  # an empty sheet, or one with nothing below its head
            continue
    return tuple((name, without_choice(table)) for name, table in found)


def without_choice(table: Table) -> Table:
    """Return *table* without the finding that it was chosen among several sheets: all are read."""
    return replace(table, findings=tuple(f for f in table.findings if "sheet" not in f.parameters))


def read_xlsx(
    data: bytes, *, file: str, sheet: str | None = None, merged: bool = False, limits: Limits | None = None
) -> Table:
    """Return the first sheet with cells (or the one called *sheet*) of the Excel workbook in *data*.

    Formulas give the value that Excel last computed; dates are ISO text. With *merged*, a cell merged over several rows stands in each of
    them; otherwise in the first alone.

    Raises
    ------
    InputError
        If it is no workbook, damaged, password-protected, unsafe to open, or has no row below its head.
    """
    kind = sniff(data)
    if kind not in {"xlsx", "zip", "ole2"} and data.strip():
        raise _no_workbook(file, kind)
    archive = Archive(data, file=file, limits=limits)
    if kind != "xlsx":
        raise _no_workbook(file, kind)
    formulas, ranges = _looked_through(archive)
    try:
        names, title, grid = _sheet(data, sheet)
        if merged and ranges:
            _spread(data, title, grid)
        # Only a workbook that has such a formula somewhere is read a second time.
        lost = _lost(grid, _sheet(data, sheet, formulas=True)[2]) if formulas else 0
    except Exception as error:  # openpyxl raises whatever its parsing met: KeyError, TypeError, ValueError …
        raise InputError(
            N_("the workbook is damaged and cannot be read"),
            hint=N_("Open it in Excel, save it again as .xlsx, and import that."),
            file=file,
        ) from error
    rows = [tuple(_cell(value) for value in row) for row in grid]
    if lost and sum(any(cell is not None for cell in row) for row in rows) < 2:
        raise InputError(
            N_("the formulas hold no computed values"),
            hint=N_("Open it in Excel, save it, and import it again."),
            file=file,
        )
    said = tuple(_about_workbook(len(names), title, lost, file))
    return table_of(rows, list(range(1, len(rows) + 1)), file, said)


def _looked_through(archive: Archive) -> tuple[bool, bool]:
    """Return whether some formula holds no computed value, and whether some cells are merged.

    Every part is read through the caps once before openpyxl may open it.
    """
    formulas = ranges = False
    for name in archive.names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            root = archive.xml(name)
            if name.startswith("xl/worksheets/"):
                formulas = formulas or _has_uncomputed(root)
                ranges = ranges or root.find("{*}mergeCells") is not None
    return formulas, ranges


def _about_workbook(sheets: int, title: str, lost: int, file: str) -> Iterator[Finding]:
    """Yield what is to be said of a workbook with several sheets, or with formulas that were never computed."""
    if sheets > 1:
        message = N_("the workbook has {n} sheets; read {sheet!r}")
        yield Finding("note", message, file=file, parameters={"n": sheets, "sheet": title})
    if lost:
        message = N_(
            "{n} formulas hold no computed value and were read as empty; open it in Excel, save it, import it again"
        )
        yield Finding("doubtful", message, file=file, rule="formulas", parameters={"n": lost})


def _sheet(data: bytes, sheet: str | None, *, formulas: bool = False) -> tuple[list[str], str, list[list[object]]]:
    """Return the names of all sheets, and the name and cells of the first that has any, or of the one called *sheet*.

    A formula is what it was computed to, or with *formulas* what was typed.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    names = book.sheetnames
    title = ""
    grid: list[list[object]] = []
    for title in [sheet] if sheet in names else names:
        worksheet = book[title]
        if hasattr(worksheet, "iter_rows"):
            grid = [list(row) for row in worksheet.iter_rows(values_only=True)]
        if any(cell is not None for row in grid for cell in row):
            break
    book.close()
    return names, title, grid


def _spread(data: bytes, title: str, grid: list[list[object]]) -> None:
    """Write what stands in a cell that is merged over several rows into each of them."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for merged in book[title].merged_cells.ranges:
        left, top, _, bottom = merged.bounds
        if top > len(grid) or left > len(grid[top - 1]):
            continue
        for row in grid[top : min(bottom, len(grid))]:
            if left <= len(row) and row[left - 1] is None:
                row[left - 1] = grid[top - 1][left - 1]
    book.close()


def _has_uncomputed(sheet: _Element) -> bool:
    """Tell whether a worksheet has a formula whose value was never computed; one computed to no text says so."""
    for cell in sheet.iter("{*}c"):
        value = cell.find("{*}v")
        if (value is None or not value.text) and cell.get("t") != "str" and cell.find("{*}f") is not None:
            return True
    return False


def _lost(values: list[list[object]], typed: list[list[object]]) -> int:
    """Return how many cells hold a formula but no value."""
    return sum(
        value is None and isinstance(formula, str) and formula.startswith("=")
        for row, entered in zip(values, typed, strict=False)
        for value, formula in zip(row, entered, strict=False)
    )


def _no_workbook(file: str, kind: str) -> InputError:
    return InputError(
        N_("the file is {kind}, not an Excel workbook, whatever its name says"),
        hint=N_("Give it the name it should have, or save it as Excel (.xlsx) first."),
        file=file,
        kind=describe(kind),
    )


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else None


_MOST_TITLES = 6
_HEADING = 6
"""The most words in a cell of a table's head."""


def _titles(rows: Sequence[Sequence[Cell]], lines: Sequence[int]) -> int:
    """Return how many of the first *rows* are titles above the head: a row of two short headings or more.

    They are of one cell each, or a table of two columns that an empty row parts from the widest.
    """
    filled = [[cell for cell in row if cell is not None] for row in rows[: _MOST_TITLES + 1]]
    at = next((n for n, cells in enumerate(filled) if len(cells) > 1), 0)
    most = max((len(cells) for cells in filled), default=0)
    gap = next((n for n in range(1, len(filled)) if lines[n] - lines[n - 1] > 1 and len(filled[n]) == most > 2), 0)
    if gap > at and all(len(cells) <= 2 for cells in filled[:gap]):
        at = gap
    head = all(
        isinstance(cell, str) and len(cell.split()) <= _HEADING and any(c.isalpha() for c in cell)
        for cell in (filled[at] if at else [])
    )
    widest = max((len(cells) for cells in filled), default=0)
    return at if at and head and 2 * len(filled[at]) >= widest and len(rows) > at + 1 else 0


def table_of(rows: list[tuple[Cell, ...]], lines: list[int], file: str, findings: tuple[Finding, ...]) -> Table:
    """Return the table: its head is the first row with cells that is no title; empty rows and wholly empty columns are left out."""
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if any(cell is not None for cell in row)]
    titles = _titles([row for row, _ in kept], [line for _, line in kept])
    for row, line in kept[:titles]:
        message = N_("this row stands above the head of the table and was not read as a part of it: {text!r}")
        parameters = {"text": shorten(" ".join(str(next(cell for cell in row if cell is not None)).split()))}
        findings = (*findings, Finding("note", message, file, line, "title", parameters))
    above = tuple("\t".join(str(cell) for cell in row if cell is not None) for row, _ in kept[:titles])
    kept = kept[titles:]
    if len(kept) < 2:
        raise InputError(
            N_("the table has no row below its head"),
            hint=N_("The first row names the columns; every row below it is a response."),
            file=file,
        )
    head = kept[0][0]
    width = max(len(row) for row, _ in kept)
    names: list[str] = []
    for at in range(width):
        name = " ".join(str(head[at]).split()) if at < len(head) and head[at] is not None else ""
        used = any(at < len(row) and row[at] is not None for row, _ in kept[1:])
        name = name or (N_("column {n}").format(n=at + 1) if used else "")
        original, copy = name, 2
        while name and name in names:
            name, copy = f"{original} {copy}", copy + 1
        names.append(name)
    keep = [at for at in range(width) if names[at]]
    body = tuple(tuple(row[at] if at < len(row) else None for at in keep) for row, _ in kept[1:])
    return Table(tuple(names[at] for at in keep), body, tuple(line for _, line in kept[1:]), findings, above)

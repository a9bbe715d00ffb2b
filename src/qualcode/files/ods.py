"""OpenDocument spreadsheets, as LibreOffice saves them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.files._opendocument import attribute, name_of
from qualcode.files.archive import Archive, Limits
from qualcode.files.recognise import describe, sniff
from qualcode.files.tables import Cell, Table, table_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_ods"]

_MOST_COLUMNS, _MOST_ROWS = 1024, 100_000
"""Empty cells are repeated to the edge of the sheet; no table reaches so far."""
_GROUPS = {"table:table-header-rows", "table:table-rows", "table:table-row-group"}


def read_ods(
    data: bytes, *, file: str, merged: bool = False, limits: Limits | None = None
) -> tuple[tuple[str, Table], ...]:
    """Return all sheets of the spreadsheet in *data* that are tables, each with its name.

    Formulas give the value last computed; dates are ISO text. With *merged*, a cell merged over several rows stands in each of them; otherwise
    in the first alone.

    Raises
    ------
    InputError
        If it is no spreadsheet, damaged, password-protected, unsafe to open, or no sheet has a row below its head.
    """
    kind = sniff(data)
    if kind not in {"odt", "zip", "ole2"} and data.strip():
        raise _no_spreadsheet(file, kind)
    archive = Archive(data, file=file, limits=limits)
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise InputError(
            N_("the file is protected by a password"),
            hint=N_("Take the password off in the program that made it, and import the file again."),
            file=file,
        )
    root = archive.xml("content.xml") if "content.xml" in archive else None
    body = next((e for e in root.iter() if name_of(e) == "office:spreadsheet"), None) if root is not None else None
    if body is None:
        raise _no_spreadsheet(file, kind)
    found: list[tuple[str, Table]] = []
    problem: InputError | None = None
    for sheet in (child for child in body if name_of(child) == "table:table"):
        rows = _rows(sheet, merged=merged)
        try:
            found.append((attribute(sheet, "table:name"), table_of(rows, list(range(1, len(rows) + 1)), file, ())))
        except InputError as error:  # an empty sheet, or one with nothing below its head
            problem = problem or error
    if not found:
        hint = N_("The first row names the columns; every row below it is a response.")
        raise problem or InputError(N_("the table has no row below its head"), hint=hint, file=file)
    return tuple(found)


def _no_spreadsheet(file: str, kind: str) -> InputError:
    return InputError(
        N_("the file is {kind}, not an OpenDocument spreadsheet, whatever its name says"),
        hint=N_("Give it the name it should have, or save it as .ods or .xlsx first."),
        file=file,
        kind=describe(kind),
    )


def _rows(sheet: _Element, *, merged: bool) -> list[tuple[Cell, ...]]:
    """Return the cells of a sheet row by row, without the empty ones at its edges."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}
    for row in _members(sheet):
        cells: list[Cell] = []
        for cell in row:
            if name_of(cell) not in {"table:table-cell", "table:covered-table-cell"}:
                continue
            value = _value(cell)
            times = _number(cell, "table:number-columns-repeated", _MOST_COLUMNS - len(cells))
            down = _number(cell, "table:number-rows-spanned", _MOST_ROWS)
            for _ in range(times):
                at = len(cells)
                left, above = below.pop(at, (0, None))
                cells.append(above if value is None and left and merged else value)
                if down > 1 and value is not None:
                    below[at] = (down - 1, value)
                elif left > 1:
                    below[at] = (left - 1, above)
        while cells and cells[-1] is None:
            cells.pop()
        times = _number(row, "table:number-rows-repeated", _MOST_ROWS - len(grid)) if cells else 1
        grid += [cells] * times
    width = max(map(len, grid), default=0)
    return [(*cells, *[None] * (width - len(cells))) for cells in grid]


def _members(parent: _Element) -> Iterator[_Element]:
    for child in parent:
        if name_of(child) == "table:table-row":
            yield child
        elif name_of(child) in _GROUPS:
            yield from _members(child)


def _number(element: _Element, name: str, most: int) -> int:
    said = attribute(element, name)
    return max(1, min(int(said), most)) if said.isdecimal() else 1


def _value(cell: _Element) -> Cell:
    """Return what a cell holds."""
    kind = attribute(cell, "office:value-type")
    if kind in {"float", "percentage", "currency"}:
        with suppress(ValueError):
            number = float(attribute(cell, "office:value"))
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if kind == "date" and (date := attribute(cell, "office:date-value")):
        return date.removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return attribute(cell, "office:boolean-value") == "true"
    text = "\n".join(_words(paragraph) for paragraph in cell if name_of(paragraph) == "text:p")
    return text if text.strip() else None


def _words(element: _Element) -> str:
    """Return what a paragraph says; notes on the cell are none of its words."""
    pieces = [element.text or ""]
    for child in element:
        name = name_of(child)
        count = attribute(child, "text:c") if name == "text:s" else ""
        spaces = " " * (int(count) if count.isdecimal() and len(count) < 4 else 1)
        pieces.append({"text:s": spaces, "text:tab": "\t", "text:line-break": "\n"}.get(name) or _words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)

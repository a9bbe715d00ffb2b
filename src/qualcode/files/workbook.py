"""Writing workbooks for Excel and LibreOffice: numbers are numbers, everything else is text, nothing is a formula."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING, BinaryIO

from qualcode.files.cells import CELL, escape, guard, shorten_cell, width

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

__all__ = ["Held", "Workbook"]

Held = str | int | float | bool | None | tuple[object, ...]
"""What is put into a cell; several values are joined by ``; ``."""

USUAL = 16
"""A column's width, in characters, where none is given."""


class Workbook:
    """A workbook being made, sheet by sheet.

    Text that another program could take for a formula gets an apostrophe in front (`qualcode.files.cells.unguard` takes it away). Characters
    that XML cannot hold are written as Excel writes them. The same sheets give the same bytes.

    Parameters
    ----------
    ending : callable
        Gives, for the length of a text that is longer than a cell holds, the words that end what is left of it.

    Attributes
    ----------
    cut : int
        How many cells were cut.
    """

    def __init__(self, ending: Callable[[int], str]) -> None:
        from openpyxl import Workbook as Book
        from openpyxl.styles import Alignment

        self._book = Book(write_only=True)
        self._book.properties.creator = "qualcode"
        self._ending = ending
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self.cut = 0

    def add(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Held]],
        *,
        widths: Sequence[int | None] = (),
    ) -> None:
        """Add a sheet with a bold, frozen header; *widths* are in characters."""
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        sheet: WriteOnlyWorksheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number in range(1, len(columns) + 1):
            wide = widths[number - 1] if number <= len(widths) else None
            sheet.column_dimensions[get_column_letter(number)].width = wide or USUAL  # type: ignore[attr-defined]
        header = [self._cell(sheet, name) for name in columns]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
        for row in rows:
            sheet.append([self._cell(sheet, value) for value in row])

    def save(self, stream: BinaryIO) -> None:
        """Write the workbook to *stream*."""
        with tempfile.TemporaryFile() as raw:
            self._book.save(raw)
            raw.seek(0)
            _settle(raw, stream)

    def _cell(self, sheet: WriteOnlyWorksheet, value: Held) -> Cell:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, tuple):
            value = "; ".join(str(one) for one in value)
        if not isinstance(value, str):
            finite = value is None or isinstance(value, int) or value - value == 0
            return WriteOnlyCell(sheet, value if finite else str(value))
        text = guard(value)
        if width(text) > CELL:
            self.cut += 1
            text = shorten_cell(text, self._ending(len(value)))
        cell = WriteOnlyCell(sheet, "")
        # Set behind openpyxl's back: it refuses what it would not escape itself, and reads "#N/A" as an error value.
        cell._value = escape(text)  # type: ignore[attr-defined]
        cell.data_type = "s"
        if "\n" in text or len(text) > USUAL:
            cell.alignment = self._wrapped
        return cell


def _settle(raw: IO[bytes], stream: BinaryIO) -> None:
    """Copy the workbook from *raw* to *stream* without the moment of writing, so that the same sheets give the same bytes."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            if name == "docProps/core.xml":
                target.writestr(
                    entry, re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", source.read(name))
                )
                continue
            with source.open(name) as one, target.open(entry, "w", force_zip64=True) as other:
                shutil.copyfileobj(one, other)

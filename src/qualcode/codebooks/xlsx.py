"""Codebooks as Excel workbooks."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

from qualcode.codebooks._schema import CODEBOOK_FIELDS, FAMILY_FIELDS
from qualcode.codebooks._table import CodeTable, plain_head, rows_of
from qualcode.codebooks.base import CodebookFormat, CodebookReading
from qualcode.errors import InputError
from qualcode.files.cells import unescape, unguard
from qualcode.files.tables import Table, read_workbook
from qualcode.files.workbook import Workbook
from qualcode.model import Codebook, Family

__all__ = ["XlsxFormat"]

SHEETS = {"codes": ("kode", "codes"), "families": ("rumpun", "families"), "codebook": ("buku kode", "codebook")}
ABOUT = tuple(name for name, kind in CODEBOOK_FIELDS.items() if kind in {"text", "list"})
WIDTHS = (20, 28, 24, 16, 18, 60, 40, 40, 50, 40, 50, 10, 12, 10, 8)


class XlsxFormat(CodebookFormat):
    """An Excel workbook: a sheet of codes, a row a code, and where we wrote it sheets of families and of what the codebook says of itself."""

    extensions = (".xlsx",)

    def read(self, data: bytes, *, file: str, columns: Mapping[str, str] | None = None) -> CodebookReading:
        """Return the codebook in *data*, called as the file is unless it says so, or every problem found."""
        try:
            sheets = {plain_head(title): table for title, table in read_workbook(data, file=file, merged=True)}
        except InputError as error:
            return CodebookReading(problems=[error])
        ours = {name: next((sheets[t] for t in titles if t in sheets), None) for name, titles in SHEETS.items()}
        table = ours["codes"] or next(iter(sheets.values()))
        head = {key: value for key, value in _pairs(ours["codebook"]) if key in ABOUT and value}
        macros = {key: value for key, value in _pairs(ours["codebook"]) if key.isupper() and value}
        about = {k: tuple(v.split("\n")) if CODEBOOK_FIELDS[k] == "list" else v for k, v in head.items()}
        families = {family.key: family for family in _families(ours["families"])}
        return CodeTable(file, table, columns or {}, macros, families, about).read(PurePath(file).stem)

    def write(self, codebook: Codebook, *, language: Literal["id", "en"] = "id") -> bytes:
        """Return the codebook as a workbook; the same codebook gives the same bytes."""
        which = 1 if language == "en" else 0
        book = Workbook(lambda n: f" … [{n}]")
        first, *rest = rows_of(codebook, language)
        book.add(SHEETS["codes"][which], first, rest, widths=WIDTHS)
        fields = list(FAMILY_FIELDS)
        if codebook.families:
            rows = [[getattr(family, name) for name in fields] for family in codebook.families]
            book.add(SHEETS["families"][which], fields, rows, widths=(20, 28, 28, 12, 60))
        about = [(name, getattr(codebook, name)) for name in ABOUT]
        said = [(name, "\n".join(value) if isinstance(value, tuple) else value) for name, value in about]
        book.add(SHEETS["codebook"][which], ("field", "value"), [*said, *codebook.macros.items()], widths=(16, 100))
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _pairs(table: Table | None) -> list[tuple[str, str]]:
    """Return the rows of a sheet of two columns, and its heading row, which may be a pair too."""
    if table is None:
        return []
    return [(_text(row[0]), _text(row[1]) if len(row) > 1 else "") for row in table.rows]


def _families(table: Table | None) -> list[Family]:
    if table is None:
        return []
    columns = [plain_head(column).replace(" ", "_") for column in table.columns]
    found = []
    for row in table.rows:
        cells = {name: _text(cell) for name, cell in zip(columns, row, strict=True) if name in FAMILY_FIELDS}
        if cells.get("key"):
            found.append(Family(**{"name": cells["key"], **cells}))
    return found


def _text(cell: object) -> str:
    return "" if cell is None else unescape(unguard(str(cell)))

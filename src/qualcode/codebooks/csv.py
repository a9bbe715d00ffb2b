"""Codebooks as CSV tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

from qualcode.codebooks._table import CodeTable, rows_of
from qualcode.codebooks.base import CodebookFormat, CodebookReading
from qualcode.errors import InputError
from qualcode.files.cells import guard
from qualcode.files.tables import read_csv
from qualcode.model import Codebook

__all__ = ["CsvFormat"]


class CsvFormat(CodebookFormat):
    """A table of codes in CSV, a row a code; headings in Indonesian or English. It holds the codes, not what the codebook says of itself."""

    extensions = (".csv",)

    def read(self, data: bytes, *, file: str, columns: Mapping[str, str] | None = None) -> CodebookReading:
        """Return the codebook in *data*, called as the file is, or every problem found."""
        try:
            table = read_csv(data, file=file)
        except InputError as error:
            return CodebookReading(problems=[error])
        return CodeTable(file, table, columns or {}).read(PurePath(file).stem)

    def write(self, codebook: Codebook, *, language: Literal["id", "en"] = "id") -> bytes:
        """Return the codes as a table that Excel opens as it is meant."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows([guard(cell) for cell in row] for row in rows_of(codebook, language))
        return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")

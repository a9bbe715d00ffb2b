"""Comma-separated values, for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO, ClassVar

from qualcode.exporters._base import Exporter
from qualcode.exporters._rows import COLUMNS, Value, coding_rows
from qualcode.files.cells import guard
from qualcode.model import Corpus

__all__ = ["CsvExporter"]


class CsvExporter(Exporter):
    r"""A row a coding, in UTF-8 with a byte-order mark (Excel needs it), lines ending in ``\r\n`` (RFC 4180).

    Column names are the same in every language. Several turns or informants are joined by ``;``, yes and no are ``true`` and
    ``false``, what is unknown is empty. Text that a spreadsheet would run as a formula has an apostrophe in front; `qualcode.exporters.unguard`
    takes it away, and gives the text back exactly. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.

    Parameters
    ----------
    language : {"id", "en"}
        Of the notice in place of words that are withheld; column names are the same in every language.
    delimiter : str
        Excel set to Indonesian expects ``";"``; there the xlsx format is the surer one.
    """

    suffix: ClassVar[str] = ".csv"

    def __init__(self, *, language: str = "id", delimiter: str = ",") -> None:
        super().__init__(language=language)
        self.delimiter = delimiter

    def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write a header and one row a coding."""
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
        try:
            writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            for row in coding_rows(corpus, self.language):
                writer.writerow([cell(row[key]) for key in COLUMNS])
        finally:
            text.detach()  # the stream is the caller's to close


def cell(value: Value) -> str | int:
    """Return *value* as a CSV cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        value = "; ".join(str(one) for one in value)
    return guard(value or "")

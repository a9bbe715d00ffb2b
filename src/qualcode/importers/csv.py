"""Comma-separated values."""

from __future__ import annotations

from qualcode.files.tables import read_csv
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._sheets import read_sheets

__all__ = ["CsvImporter"]


class CsvImporter(Importer):
    """A table: commas, semicolons or tabs, with or without Excel's ``sep=`` line.

    With a response in every row, the file becomes one transcript in which every row is a turn; columns beside the response become the
    informant's attributes. A coding sheet (quote, code, theme) is matched with the transcripts it quotes; talk with a speaker in every row and
    codes beside it comes in with its codes.
    """

    extensions = (".csv", ".tsv")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript or the coding sheet in *source*, with what was uncertain about it."""
        return read_sheets(source, [("", read_csv(source.data, file=source.name, encoding=options.encoding))], options)

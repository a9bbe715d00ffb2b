"""Comma-separated values."""

from __future__ import annotations

from qualcode.files.tables import read_csv
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._responses import read_responses

__all__ = ["CsvImporter"]


class CsvImporter(Importer):
    """A table with a response in every row: commas, semicolons or tabs, with or without Excel's ``sep=`` line.

    The file becomes one transcript in which every row is a turn; columns beside the response become the informant's attributes.
    """

    extensions = (".csv", ".tsv")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the responses in *source* as one transcript, with what was uncertain about it."""
        return read_responses(source, read_csv(source.data, file=source.name, encoding=options.encoding), options)

"""Excel workbooks."""

from __future__ import annotations

from qualcode.files.tables import read_xlsx
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._responses import read_responses

__all__ = ["XlsxImporter"]


class XlsxImporter(Importer):
    """A workbook with a response in every row of its first sheet that is not empty.

    The file becomes one transcript in which every row is a turn; columns beside the response become the informant's attributes.
    """

    extensions = (".xlsx", ".xlsm")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the responses in *source* as one transcript, with what was uncertain about it."""
        return read_responses(source, read_xlsx(source.data, file=source.name), options)

"""Excel workbooks."""

from __future__ import annotations

from qualcode.files.tables import read_workbook, read_xlsx
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._sheets import read_book

__all__ = ["XlsxImporter"]


class XlsxImporter(Importer):
    """A workbook: responses in its first sheet that is not empty, coded talk, or coding sheets.

    With a response in every row, the file becomes one transcript in which every row is a turn; columns beside the response become the
    informant's attributes. Coding sheets (quote, code, theme) are matched with the transcripts they quote, all sheets of the workbook; talk
    with a speaker in every row and codes beside it comes in with its codes, an interview from each such sheet.
    """

    extensions = (".xlsx", ".xlsm")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript or the coding sheets in *source*, with what was uncertain about it."""
        data, file = source.data, source.name
        return read_book(
            source,
            read_xlsx(data, file=file),
            lambda: read_workbook(data, file=file, merged=True),
            lambda title: read_xlsx(data, file=file, sheet=title),
            options,
        )

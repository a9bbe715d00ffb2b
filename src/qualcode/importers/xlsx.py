"""Excel workbooks."""

from __future__ import annotations

from qualcode.files.tables import read_workbook, read_xlsx
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._sheets import is_coding_sheet, read_sheets

__all__ = ["XlsxImporter"]


class XlsxImporter(Importer):
    """A workbook: responses or coded talk in its first sheet that is not empty, or coding sheets.

    With a response in every row, the file becomes one transcript in which every row is a turn; columns beside the response become the
    informant's attributes. Coding sheets (quote, code, theme) are matched with the transcripts they quote, all sheets of the workbook; talk
    with a speaker in every row and codes beside it comes in with its codes.
    """

    extensions = (".xlsx", ".xlsm")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript or the coding sheets in *source*, with what was uncertain about it."""
        table = read_xlsx(source.data, file=source.name)
        if not is_coding_sheet(table, options):
            return read_sheets(source, [("", table)], options)
        return read_sheets(source, read_workbook(source.data, file=source.name, merged=True), options)

"""Excel workbooks."""

from __future__ import annotations

from qualcode.files.tables import read_workbook, read_xlsx, without_choice
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._sheets import is_coded_talk, is_coding_sheet, read_sheets
from qualcode.importers.coded.sheets import with_codes

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
        table = read_xlsx(source.data, file=source.name)
        several = any(finding.parameters.get("sheet") for finding in table.findings)
        if not several and not is_coding_sheet(with_codes([("", table)], source.name)[0][1], options):
            return read_sheets(source, [("", table)], options)
        sheets = read_workbook(source.data, file=source.name, merged=True)
        if is_coding_sheet(with_codes(sheets, source.name)[0][1], options):
            return read_sheets(source, sheets, options)
        # A codebook or a list of people may stand before the sheets in which somebody talks.
        titles = [title for title, one in sheets if is_coded_talk(one, options)]
        talks = [(title, read_xlsx(source.data, file=source.name, sheet=title)) for title in titles]
        if len(talks) > 1:
            talks = [(title, without_choice(one)) for title, one in talks]
        return read_sheets(source, talks or [("", table)], options)

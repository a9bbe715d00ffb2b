"""OpenDocument spreadsheets."""

from __future__ import annotations

from dataclasses import replace

from qualcode.errors import N_
from qualcode.files.ods import read_ods
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._sheets import read_book
from qualcode.model import Finding

__all__ = ["OdsImporter"]


class OdsImporter(Importer):
    """A spreadsheet of LibreOffice: read as an Excel workbook is."""

    extensions = (".ods",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript or the coding sheets in *source*, with what was uncertain about it."""
        sheets = read_ods(source.data, file=source.name)
        title, first = sheets[0]
        if len(sheets) > 1:
            message = N_("the workbook has {n} sheets; read {sheet!r}")
            said = Finding("note", message, source.name, parameters={"n": len(sheets), "sheet": title})
            first = replace(first, findings=(*first.findings, said))
        by_title = dict(sheets)
        return read_book(
            source, first, lambda: read_ods(source.data, file=source.name, merged=True), by_title.__getitem__, options
        )

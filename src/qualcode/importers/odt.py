"""OpenDocument texts."""

from __future__ import annotations

from qualcode.files.odt import read_odt
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document

__all__ = ["OdtImporter"]


class OdtImporter(Importer):
    """OpenDocument texts (.odt), as LibreOffice and Google Docs save them: read as Word documents are.

    Nothing that can be read on the page is lost: tables, lists, tracked insertions, footnotes and text boxes are there, tracked
    deletions are not, and what was left out is said.
    """

    extensions = (".odt", ".fodt")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        return read_document(source, read_odt(source.data, file=source.name), options)

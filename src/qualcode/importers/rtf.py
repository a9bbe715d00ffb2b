"""RTF files."""

from __future__ import annotations

from qualcode.files.rtf import read_rtf
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document

__all__ = ["RtfImporter"]


class RtfImporter(Importer):
    """RTF files (.rtf) of Word, WordPad, TextEdit and LibreOffice: read as Word documents are.

    Nothing that can be read on the page is lost: tables, lists, footnotes and text boxes are there, tracked deletions are not, and
    what was left out is said.
    """

    extensions = (".rtf",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        return read_document(source, read_rtf(source.data, file=source.name), options)

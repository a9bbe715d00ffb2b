"""Word documents."""

from __future__ import annotations

from qualcode.files.docx import read_docx
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document

__all__ = ["DocxImporter"]


class DocxImporter(Importer):
    """Word documents (.docx): paragraphs become lines, cells of a table are parted by tabs.

    Nothing that can be read on the page is lost: content controls, tracked insertions, tables, footnotes and text boxes are
    there, tracked deletions are not, and what was left out is said.
    """

    extensions = (".docx", ".docm")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        return read_document(source, read_docx(source.data, file=source.name), options)

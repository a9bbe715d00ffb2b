"""Word documents."""

from __future__ import annotations

from qualcode.errors import N_, InputError
from qualcode.files.docx import read_docx
from qualcode.files.docx_writing import CODED_TRANSCRIPT, own_part
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document

__all__ = ["DocxImporter"]


class DocxImporter(Importer):
    """Word documents (.docx): paragraphs become lines, cells of a table are parted by tabs.

    Nothing that can be read on the page is lost: content controls, tracked insertions, tables, footnotes and text boxes are
    there, tracked deletions are not, and what was left out is said. Tables in which somebody coded and comments in the margin come in as
    codings.
    """

    extensions = (".docx", ".docm")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        document = read_docx(source.data, file=source.name)
        if own_part(source.data, file=source.name, space=CODED_TRANSCRIPT) is not None:
            raise InputError(
                N_("this is a coded transcript that qualcode exported; it is no new transcript"),
                hint=N_("bring its corrections in with: qualcode code --from FILE"),
                file=source.name,
            )
        return read_document(source, document, options)

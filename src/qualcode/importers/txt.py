"""Plain text."""

from __future__ import annotations

from dataclasses import replace

from qualcode.files.encoding import decode
from qualcode.files.subtitles import is_captions, read_captions
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._cues import import_captions
from qualcode.importers._document import read_document, with_stated_codes
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.pages.numbered import without_line_numbers
from qualcode.importers.pages.pipes import said_of_tables, table_document
from qualcode.importers.turns import find_turns

__all__ = ["TxtImporter"]


class TxtImporter(Importer):
    """Plain text with speaker labels, a legend and header fields where there are any.

    Lines that are numbered in the margin are joined to whole turns without the numbers, as in the verbatim of psychology theses.
    Subtitles saved as text are read as subtitles, and what Zoom, Teams, Otter and others export with a name and a time above what
    was said as they mean it. Any encoding is read: UTF-8 first, then what a byte-order mark or the bytes themselves say.
    """

    extensions = (".txt", ".text")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        if is_captions(text):
            return import_captions(source, options, read_captions(text), (how,))
        if (document := table_document(text)) is not None:
            result = read_document(source, document, options)
            return replace(result, findings=(how, said_of_tables(document, source.name), *result.findings))
        said = [how]
        if (joined := without_line_numbers(text)) is not None:
            text = joined.text
            said.append(joined.said(source.name))
        layout = find_turns(text, speakers=options.speakers, kind=options.kind)
        result = assemble(source, text, layout, options, said)
        return with_stated_codes(result, text, options, file=source.name)

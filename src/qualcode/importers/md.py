"""Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qualcode.files.encoding import decode
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document, with_stated_codes
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.pages.numbered import without_line_numbers
from qualcode.importers.pages.pipes import said_of_tables, table_document
from qualcode.importers.turns import find_turns

__all__ = ["MdImporter"]

_UNDERLINED = re.compile(r"^(?P<title>[^\n|>#-][^\n]*)\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)


class MdImporter(Importer):
    """Markdown, whose headings divide the talk and whose labels may be bold (``**P:** …``).

    The text is kept as it stands, with its marks; only a table of talk (number, speaker, verbatim, code) is read by its columns, and
    lines that are numbered in the margin are joined to whole turns without the numbers, as in plain text.
    """

    extensions = (".md", ".markdown")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        if (document := table_document(text)) is not None:
            result = read_document(source, document, options)
            return replace(result, findings=(how, said_of_tables(document, source.name), *result.findings))
        said = [how]
        if (joined := without_line_numbers(text, lists=True)) is not None:
            text = joined.text
            said.append(joined.said(source.name))
        layout = find_turns(
            text, speakers=options.speakers, kind=options.kind, headings=frozenset(_underlined_headings(text))
        )
        result = assemble(source, text, layout, options, said)
        return with_stated_codes(result, text, options, file=source.name)


def _underlined_headings(text: str) -> Iterator[int]:
    """Yield where headings begin that are marked by a line of ``=`` or ``-`` below; a long line above one is no heading."""
    for match in _UNDERLINED.finditer(text):
        if len(match["title"]) <= 80 and ":" not in match["title"]:
            yield match.start()

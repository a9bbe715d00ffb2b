"""Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.files.encoding import decode
from qualcode.importers._assemble import assemble
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers.turns import find_turns

__all__ = ["MdImporter"]

_UNDERLINED = re.compile(r"^(?P<title>[^\n|>#-][^\n]*)\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)


class MdImporter(Importer):
    """Markdown, whose headings divide the talk and whose labels may be bold (``**P:** …``).

    The text is kept as it stands, with its marks.
    """

    extensions = (".md", ".markdown")

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        layout = find_turns(
            text, speakers=options.speakers, kind=options.kind, headings=frozenset(_underlined_headings(text))
        )
        return assemble(source, text, layout, options, (how,))


def _underlined_headings(text: str) -> Iterator[int]:
    """Yield where headings begin that are marked by a line of ``=`` or ``-`` below; a long line above one is no heading."""
    for match in _UNDERLINED.finditer(text):
        if len(match["title"]) <= 80 and ":" not in match["title"]:
            yield match.start()

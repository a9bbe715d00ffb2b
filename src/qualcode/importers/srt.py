"""SubRip subtitles."""

from __future__ import annotations

from qualcode.files.encoding import decode
from qualcode.files.subtitles import read_captions
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._cues import import_captions

__all__ = ["SrtImporter"]


class SrtImporter(Importer):
    """SubRip (.srt) as subtitle editors, YouTube downloaders, Whisper and Descript write it, with all their slips.

    It is read like WebVTT: cues of one speaker become turns, cues without speakers paragraphs with their times.
    """

    extensions = (".srt",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        return import_captions(source, options, read_captions(text), (how,))

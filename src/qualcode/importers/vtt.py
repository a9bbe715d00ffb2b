"""WebVTT subtitles."""

from __future__ import annotations

from qualcode.files.encoding import decode
from qualcode.files.subtitles import read_captions
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._cues import import_captions

__all__ = ["VttImporter"]


class VttImporter(Importer):
    """WebVTT as Zoom, Teams, YouTube, Whisper and others write it.

    Cues of one speaker become turns with the time of their first word; speakers are found in voice tags (``<v Name>``), before a
    colon, or in brackets. What rolling captions show twice is taken once. Without speakers, the words stand in paragraphs with
    their times.
    """

    extensions = (".vtt",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        return import_captions(source, options, read_captions(text), (how,))

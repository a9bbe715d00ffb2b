"""One segment a paragraph."""

from __future__ import annotations

from typing import ClassVar

from qualcode.model import Segment, Transcript
from qualcode.segmenters.base import Segmenter, paragraphs_in, spoken_spans

__all__ = ["ParagraphSegmenter", "paragraph_segments"]


class ParagraphSegmenter(Segmenter):
    """Paragraphs of every turn, or of the whole text where there are no turns.

    A paragraph ends at an empty line, or at a line end after an end mark; it never runs over two turns.
    """

    name: ClassVar[str] = "paragraph"

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return a segment for each paragraph."""
        return paragraph_segments(transcript)


def paragraph_segments(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the paragraphs of *transcript* as segments."""
    if not transcript.turns:
        text = transcript.text
        return tuple(Segment(transcript.guid, span, "paragraph") for span in paragraphs_in(text, 0, len(text)))
    return tuple(
        Segment(transcript.guid, span, "paragraph", (number,))
        for number, turn in spoken_spans(transcript)
        for span in paragraphs_in(transcript.text, turn.start, turn.end)
    )

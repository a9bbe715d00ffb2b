"""One segment a turn."""

from __future__ import annotations

from typing import ClassVar

from qualcode.model import Segment, Transcript
from qualcode.segmenters.base import Segmenter, spoken_spans
from qualcode.segmenters.paragraph import paragraph_segments

__all__ = ["TurnSegmenter"]


class TurnSegmenter(Segmenter):
    """Every turn, the asking side's too: a researcher may want to code how something was asked.

    A transcript without turns falls into paragraphs.
    """

    name: ClassVar[str] = "turn"

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return a segment for each turn in which something is said."""
        if not transcript.turns:
            return paragraph_segments(transcript)
        return tuple(Segment(transcript.guid, span, self.name, (number,)) for number, span in spoken_spans(transcript))

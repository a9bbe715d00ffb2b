"""One segment a sentence."""

from __future__ import annotations

from typing import ClassVar

from qualcode.model import Segment, Span, Transcript
from qualcode.nlp.sentences import sentences
from qualcode.segmenters.base import Segmenter, spoken_spans

__all__ = ["SentenceSegmenter"]


class SentenceSegmenter(Segmenter):
    """Sentences of every turn, the asking side's too, or of the whole text where there are no turns."""

    name: ClassVar[str] = "sentence"

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return a segment for each sentence; none runs over two turns."""
        text = transcript.text
        if not transcript.turns:
            return tuple(Segment(transcript.guid, Span(*place), self.name) for place in sentences(text))
        return tuple(
            Segment(transcript.guid, Span(turn.start + start, turn.start + end), self.name, (number,))
            for number, turn in spoken_spans(transcript)
            for start, end in sentences(turn.of(text))
        )

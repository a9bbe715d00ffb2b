"""One segment an answer, with the question it answers."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from qualcode.model import Segment, Span, Transcript
from qualcode.segmenters.base import Segmenter, spoken_spans
from qualcode.segmenters.paragraph import paragraph_segments

__all__ = ["AnswerSegmenter"]


class AnswerSegmenter(Segmenter):
    """All that is said between two questions, by whomever: informants, participants, bystanders.

    The turns of the asking side are no segments of their own; those just before an answer are its `question`. What is said before the
    first question has none. A transcript without turns falls into paragraphs.
    """

    name: ClassVar[str] = "answer"

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return a segment for each answer, from its first turn to its last."""
        if not transcript.turns:
            return paragraph_segments(transcript)
        found: list[Segment] = []
        question: Span | None = None
        turns = groupby(spoken_spans(transcript), key=lambda numbered: transcript.turns[numbered[0] - 1].role.asks)
        for asks, group in turns:
            numbers, spans = zip(*group, strict=True)
            stretch = Span(spans[0].start, spans[-1].end)
            if asks:
                question = stretch
            else:
                found.append(Segment(transcript.guid, stretch, self.name, numbers, question))
        return tuple(found)

"""What a segmenter is."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from qualcode.model import Segment, Span, Transcript

__all__ = ["Segmenter", "paragraphs_in", "spoken_spans", "trimmed"]

PARAGRAPH_END = re.compile(r"""\n[^\S\n]*\n\s*|(?<=[.?!…:;"”’)\]])[^\S\n]*\n\s*""")


class Segmenter(ABC):
    """Cuts transcripts into segments. A plug-in is one public subclass in a module of `qualcode.segmenters`.

    Segments are ordered and disjoint, never empty or blank, and depend on the text and its turns alone: the same transcript
    gives the same segments.
    """

    name: ClassVar[str]
    """The segmenter's module name, which its segments bear as their kind."""

    @abstractmethod
    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return the segments of *transcript*, in its order."""


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the range without the white space at its ends, or None if nothing else is there."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return Span(start + left, start + right) if left < right else None


def spoken_spans(transcript: Transcript) -> Iterator[tuple[int, Span]]:
    """Yield the number (from 1) and the words of each turn in which something is said."""
    for number, turn in enumerate(transcript.turns, 1):
        span = trimmed(transcript.text, turn.span.start, turn.span.end)
        if span is not None:
            yield number, span


def paragraphs_in(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs between *start* and *end*: they end at an empty line, or at a line end after an end mark.

    Other line ends are taken for wrapped lines, as in text copied from PDF.
    """
    at = start
    for found in PARAGRAPH_END.finditer(text, start, end):
        span = trimmed(text, at, found.start())
        if span is not None:
            yield span
        at = found.end()
    span = trimmed(text, at, end)
    if span is not None:
        yield span

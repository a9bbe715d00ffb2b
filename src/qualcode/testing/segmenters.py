"""The contract of segmenters: segments are in order, hold words, and lose none of an informant's."""

from __future__ import annotations

from typing import ClassVar

from qualcode.model import Role, Span, Transcript, Turn
from qualcode.segmenters import Segmenter
from qualcode.testing.example import TALKS

__all__ = ["SegmenterContract", "check_segments"]


def check_segments(segmenter: Segmenter, transcript: Transcript) -> None:
    """Check what must hold for the segments of any transcript.

    Raises
    ------
    AssertionError
        Saying which rule is broken.
    """
    segments = segmenter.segment(transcript)
    position = 0
    for each in segments:
        assert position <= each.span.start < each.span.end <= len(transcript.text), (
            "out of order, over another, or empty"
        )
        words = each.span.of(transcript.text)
        assert words, "a segment without words"
        assert words == words.strip(), "white space at an end"
        assert each.transcript == transcript.guid, "of another transcript"
        position = each.span.end
    assert segments == segmenter.segment(transcript), "the same transcript gives other segments"
    _check_nothing_lost(segmenter, transcript)


def _check_nothing_lost(segmenter: Segmenter, transcript: Transcript) -> None:
    """Check that every letter an informant says is in one segment, which names the turn; without turns every letter is."""
    segments = segmenter.segment(transcript)
    voices = [(n, t.span) for n, t in enumerate(transcript.turns, 1) if t.role.is_voice]
    if not transcript.turns and transcript.text:
        voices = [(0, Span(0, len(transcript.text)))]
    for number, span in voices:
        for place in range(span.start, span.end):
            if transcript.text[place].strip():
                holders = [s for s in segments if s.span.start <= place < s.span.end]
                assert len(holders) == 1, "a letter of an informant is in no segment"
                assert not number or number in holders[0].turns, "a segment does not name its turn"


class SegmenterContract:
    """Tests of a segmenter, which pytest runs in a subclass that names it; `check_segments` takes any transcript of yours.

    Examples
    --------
    >>> class TestMine(SegmenterContract):
    ...     segmenter = MySegmenter  # doctest: +SKIP
    """

    segmenter: ClassVar[type[Segmenter]]

    def test_interviews(self) -> None:
        """Questions and answers."""
        for talk in TALKS:
            check_segments(self.segmenter(), talk)

    def test_texts_without_turns(self) -> None:
        """Documents and notes; also empty and blank ones."""
        for text in ("", " \n\n ", "sepi", "Ya.\n\nSepi. Terus?\n", "😀 e\u0301 \u2028 dr. Sepi…\n", "a" * 5_000):
            check_segments(self.segmenter(), Transcript("a" * 32, "b" * 32, "catatan", text))

    def test_speech_of_every_role(self) -> None:
        """Turns side by side, blank ones, and words between turns that are nobody's."""
        text, turns = "Judul\n", []
        for role in (*Role, Role.INTERVIEWER, Role.INFORMANT, Role.INFORMANT):
            for words in ("Ya.", "  ", "Sepi? Ya begitu.\nTerus pulang.", "“Rp3.000,” kata dr. Sari…"):
                text += "X: "
                turns.append(Turn(Span(len(text), len(text) + len(words)), "X", role))
                text += words + "\n[jeda]\n"
        check_segments(self.segmenter(), Transcript("a" * 32, "b" * 32, "ramai", text, turns=tuple(turns)))

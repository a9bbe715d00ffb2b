"""Counts of transcription marks."""

from __future__ import annotations

from qualcode.analysis import count_marks, mark_counts
from qualcode.model import Corpus, Kind, Role, Span, Transcript, Turn

TEXT = "P: Apa? (tertawa)\nN: Itu (tertawa) … [tidak jelas]\n(jeda)"
TALK = Transcript(
    "a" * 32,
    "b" * 32,
    "satu",
    TEXT,
    turns=(Turn(Span(3, 17), "P", Role.INTERVIEWER), Turn(Span(21, TEXT.index("\n(jeda)")), "N", Role.INFORMANT)),
)
NOTE = Transcript("c" * 32, "d" * 32, "dua", "Pasar ramai (sangat ramai), lalu hening (jeda).", kind=Kind.OBSERVATION)


def test_marks_of_a_transcript() -> None:
    """In the turns of a talk, in all of a note; a bracket in writing is a mark only where it describes."""
    assert dict(mark_counts(TALK)) == {"laughter": 2, "pause": 1, "unclear": 1}
    assert dict(mark_counts(NOTE)) == {"pause": 1}


def test_marks_of_a_corpus() -> None:
    """Every transcript has a row for each kind that it has."""
    counts = count_marks(Corpus(transcripts=(TALK, NOTE)))

    assert counts.to_rows()[0] == {"transcript": "satu", "kind": "laughter", "n": 2}
    assert counts.to_frame().shape == (4, 3)
    assert count_marks(Corpus()).to_frame().shape == (0, 3)

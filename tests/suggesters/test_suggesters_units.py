"""Codes are suggested for informants' words alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Corpus, Informant, Kind, Role, Segment, Span, Transcript, Turn
from qualcode.suggesters._units import Unit, units

TEXT = "P: Lalu?\nN: Hujan. Sepi.\nA: Ibu capek.\nP: Terus?\nN: Utang.\n"
TALK = Transcript(
    "a" * 32,
    "b" * 32,
    "informan-01",
    TEXT,
    turns=(
        Turn(Span(3, 8), "P", Role.INTERVIEWER),
        Turn(Span(12, 24), "N", Role.INFORMANT, "f" * 32),
        Turn(Span(28, 38), "A", Role.BYSTANDER),
        Turn(Span(42, 48), "P", Role.INTERVIEWER),
        Turn(Span(52, 58), "N", Role.INFORMANT, "f" * 32),
    ),
    informants=("f" * 32,),
)
PEOPLE = (Informant("f" * 32, "informan-01"),)


def of(*segments: Segment, talk: Transcript = TALK) -> list[str]:
    return [unit.text for unit in units(Corpus(transcripts=(talk,), informants=PEOPLE, segments=segments))]


def test_without_segments_the_voices_turns_are_units() -> None:
    assert of() == ["Hujan. Sepi.", "Utang."]


def test_an_answer_loses_its_question() -> None:
    (unit,) = units(
        Corpus(transcripts=(TALK,), informants=PEOPLE, segments=(Segment(TALK.guid, Span(0, 24), "answer", (1, 2)),))
    )

    assert (unit.text, unit.span, unit.group) == ("Hujan. Sepi.", Span(12, 24), "f" * 32)


def test_a_segment_in_which_others_speak_is_as_many_units() -> None:
    """What is coded on a suggestion must hold no word of the interviewer or of who came by."""
    study = Corpus(transcripts=(TALK,), informants=PEOPLE, segments=(Segment(TALK.guid, Span(19, 58), "topic"),))

    assert [(unit.text, unit.span.of(TEXT)) for unit in units(study)] == [("Sepi.", "Sepi."), ("Utang.", "Utang.")]


def test_voices_one_after_the_other_are_one_unit() -> None:
    group = replace(TALK, turns=(*TALK.turns[:2], replace(TALK.turns[2], role=Role.PARTICIPANT), *TALK.turns[3:]))

    assert of(Segment(TALK.guid, Span(12, 38), "answer"), talk=group) == ["Hujan. Sepi.\nIbu capek."]


def test_segments_without_a_voice_and_twins_are_none() -> None:
    assert of(*(Segment(TALK.guid, Span(*edges), "x") for edges in ((3, 8), (12, 18), (12, 18), (18, 19)))) == [
        "Hujan."
    ]


def test_kinds_without_turns() -> None:
    """A document's lines are units; a journal is no data, and without turns nobody knows who speaks."""
    text = "Satu dua.\n\n  Tiga.  \n"
    found = {
        kind: of(talk=Transcript("c" * 32, "d" * 32, "x", text, kind=kind, informants=("f" * 32,))) for kind in Kind
    }

    assert found[Kind.DOCUMENT] == found[Kind.OBSERVATION] == ["Satu dua.", "Tiga."]
    assert found[Kind.JOURNAL] == found[Kind.INTERVIEW] == []


@given(st.sets(st.integers(0, len(TEXT)), min_size=2).map(sorted))
def test_a_place_in_a_unit_is_the_same_words_in_the_transcript(edges: list[int]) -> None:
    pieces = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    unit = Unit(TALK, pieces, "")
    start = 0
    for piece in pieces:
        span = Span(start, start + len(piece))

        assert unit.place(span) == piece
        assert span.of(unit.text) == unit.place(span).of(TEXT)
        start += len(piece) + 1

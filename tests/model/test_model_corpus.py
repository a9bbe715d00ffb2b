"""A corpus is whole, immutable and says whose voice a passage holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError, NotFoundError
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Corpus,
    Elicited,
    Informant,
    Origin,
    Role,
    Span,
    Stance,
    Transcript,
    Turn,
    turns_in,
)

A, B, T, R = "a" * 32, "b" * 32, "c" * 32, "d" * 32
TEXT = "P: Hujan, Bu?\nN: Ya 😀 sepi.\nM: Saya juga."
TRANSCRIPT = Transcript(
    T,
    R,
    "informan-01",
    TEXT,
    turns=(
        Turn(Span(3, 13), "P", Role.INTERVIEWER),
        Turn(Span(17, 27), "N", Role.INFORMANT, A),
        Turn(Span(31, 41), "M", Role.PARTICIPANT, B),
    ),
    informants=(A, B),
)


def coding(start: int, end: int, **changes: object) -> Coding:
    values: dict[str, object] = {
        "guid": "e" * 32,
        "transcript": T,
        "revision": R,
        "span": Span(start, end),
        "code": "hujan",
        "coder": "rani",
        "at": datetime(2025, 3, 1, tzinfo=UTC),
    }
    return Coding(**(values | changes))  # type: ignore[arg-type]


def corpus(*codings: Coding) -> Corpus:
    return Corpus(
        transcripts=(TRANSCRIPT,),
        informants=(Informant(A, "informan-01"), Informant(B, "informan-02")),
        codebook=Codebook("x", (Code("hujan"),)),
        codings=Codings(codings),
    )


def test_corpus_quote_is_the_text_of_the_span() -> None:
    whole = corpus(coding(20, 26))

    assert ["😀 sepi"] == [whole.quote(c) for c in whole.codings]


def test_corpus_gives_a_span_over_two_speakers_to_both() -> None:
    whole = corpus(coding(20, 35))

    assert (A, B) == whole.informants_of(whole.codings[0])
    assert [2, 3] == [number for number, _ in whole.turns_of(whole.codings[0])]


def test_corpus_refuses_a_coding_past_the_end_of_its_text() -> None:
    with pytest.raises(InputError, match="after the end"):
        corpus(coding(20, 99))


def test_corpus_refuses_a_code_that_is_not_in_the_codebook() -> None:
    with pytest.raises(InputError, match="not in the codebook"):
        corpus(coding(20, 26, code="lain"))


def test_corpus_names_near_transcripts() -> None:
    with pytest.raises(NotFoundError) as caught:
        corpus().transcript("informan-1")

    assert ("informan-01",) == caught.value.nearest


def test_transcript_refuses_turns_that_overlap() -> None:
    with pytest.raises(ValueError, match="ordered and disjoint"):
        Transcript(T, R, "x", "abcdef", turns=(Turn(Span(0, 3), "P"), Turn(Span(2, 5), "N")))


def test_transcript_refuses_carriage_returns() -> None:
    with pytest.raises(ValueError, match="line ends"):
        Transcript(T, R, "x", "a\r\nb")


def test_transcript_counts_turns_from_one() -> None:
    assert "P" == TRANSCRIPT.turn(1).speaker
    with pytest.raises(InputError, match="its turns are 1 to 3"):
        TRANSCRIPT.turn(4)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_turns_in_finds_what_a_plain_loop_finds(start: int, end: int) -> None:
    plain = [n for n, t in enumerate(TRANSCRIPT.turns, 1) if t.span.start < end and start < t.span.end]

    assert plain == [n for n, _ in turns_in(TRANSCRIPT, start, end)] or start >= end


@given(st.integers(0, len(TEXT) - 1))
def test_turn_at_finds_what_a_plain_loop_finds(position: int) -> None:
    plain = next((n for n, t in enumerate(TRANSCRIPT.turns, 1) if t.span.start <= position < t.span.end), None)

    assert plain == TRANSCRIPT.turn_at(position)


CODINGS = st.builds(
    Coding,
    guid=st.uuids().map(lambda u: u.hex),
    transcript=st.just(T),
    revision=st.just(R),
    span=st.builds(lambda a, n: Span(a, a + n), st.integers(0, 9), st.integers(1, 9)),
    code=st.sampled_from(["a", "b"]),
    coder=st.sampled_from(["rani", "dewi"]),
    at=st.integers(-(10**15), 10**15).map(lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)),
    codebook_version=st.sampled_from(["1", "2"]),
    round=st.sampled_from(["", "mandiri"]),
    origin=st.sampled_from(Origin),
    stance=st.sampled_from(Stance),
    elicited=st.sampled_from(Elicited),
    uncertain=st.booleans(),
    memo=st.text(max_size=5),
)


@given(st.lists(CODINGS, max_size=8))
def test_codings_held_as_columns_come_back_the_same(codings: list[Coding]) -> None:
    columns = Codings(codings)

    assert codings == list(columns) == [columns[i] for i in range(len(codings))]
    assert tuple(codings[1:3]) == columns[1:3]
    assert Codings(codings) == columns


def test_values_can_be_members_of_a_set() -> None:
    person = Informant(A, "informan-01", attributes={"usia": 44})

    assert {TRANSCRIPT, person, Codebook("x")} == {TRANSCRIPT, person, Codebook("x")}

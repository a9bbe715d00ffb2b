"""Every segmenter, over every transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import NotFoundError
from qualcode.model import Role, Segment, Span, Transcript, Turn
from qualcode.segmenters import get, names, segment
from qualcode.testing.segmenters import SegmenterContract, check_segments

ASKS, VOICE, OTHER = Role.INTERVIEWER, Role.INFORMANT, Role.BYSTANDER
SPEECH = st.lists(
    st.sampled_from(["sepi", "Ya", "😀", "dr.", ".", "?", "…", '"', "\n", "\n\n", " ", "\u2028", "e\u0301"]),
    max_size=12,
).map("".join)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Return a transcript with or without turns, some of them blank, with words between them that belong to none."""
    text, turns = draw(SPEECH), []
    for role, words in draw(st.lists(st.tuples(st.sampled_from([ASKS, VOICE, OTHER]), SPEECH), max_size=6)):
        text += "\nN : "
        if words:
            turns.append(Turn(Span(len(text), len(text) + len(words)), "N", role))
        text += words
    return Transcript("t" * 32, "r" * 32, "a", text, turns=tuple(turns))


@pytest.mark.parametrize("by", names())
@given(transcripts())
def test_every_segmenter_keeps_the_contract(by: str, transcript: Transcript) -> None:
    """Whatever is said, by whom, and what stands between the turns."""
    check_segments(get(by)(), transcript)


for _name in names():
    globals()[f"Test{_name.capitalize()}"] = type(_name, (SegmenterContract,), {"segmenter": get(_name)})


@pytest.mark.parametrize("by", ["turn", "sentence", "paragraph"])
@given(transcripts())
def test_small_segments_stay_in_their_turn(by: str, transcript: Transcript) -> None:
    """Only answers run over several turns."""
    for each in segment(transcript, by=by):
        if transcript.turns:
            (number,) = each.turns
            assert transcript.turn(number).span.covers(each.span)


@given(transcripts())
def test_answers_hold_no_question(transcript: Transcript) -> None:
    """No turn of the asking side is in an answer, and its question stands just before it."""
    for each in segment(transcript, by="answer"):
        for number in each.turns:
            assert not transcript.turn(number).role.asks
        assert each.question is None or each.question.end <= each.span.start


def made(*speech: tuple[Role, str]) -> Transcript:
    text, turns = "", []
    for role, words in speech:
        text += "X: "
        turns.append(Turn(Span(len(text), len(text) + len(words)), "X", role))
        text += words + "\n"
    return Transcript("t" * 32, "r" * 32, "a", text, turns=tuple(turns))


INTERVIEW = made(
    (VOICE, "Eh, masuk."),
    (ASKS, "Makasih."),
    (ASKS, "Jualan apa?"),
    (VOICE, "Soto. Dari dulu."),
    (OTHER, "Enak sotonya!"),
    (VOICE, "Satu porsi\nyang kecil.\nGitu."),
    (ASKS, "Oh."),
)


def words(by: str, transcript: Transcript = INTERVIEW) -> list[str]:
    return [each.span.of(transcript.text) for each in segment(transcript, by=by)]


def test_turn_segments_are_turns() -> None:
    """All turns, the asking side's too."""
    assert words("turn") == [turn.span.of(INTERVIEW.text) for turn in INTERVIEW.turns]
    assert [each.turns for each in segment(INTERVIEW)] == [(1,), (2,), (3,), (4,), (5,), (6,), (7,)]


def test_sentence_segments_are_sentences_of_turns() -> None:
    """A wrapped line ends no sentence."""
    assert words("sentence")[3:7] == ["Soto.", "Dari dulu.", "Enak sotonya!", "Satu porsi\nyang kecil."]


def test_paragraph_segments_end_after_an_end_mark_or_an_empty_line() -> None:
    """A wrapped line ends no paragraph either."""
    assert words("paragraph")[-3:] == ["Satu porsi\nyang kecil.", "Gitu.", "Oh."]


def test_answer_segments_know_their_question() -> None:
    """From the first to the last turn between two questions; several asking turns are one question."""
    first, second = segment(INTERVIEW, by="answer")
    text = INTERVIEW.text

    assert (first.span.of(text), first.question, first.turns) == ("Eh, masuk.", None, (1,))
    assert (second.span.start, second.span.end, second.turns) == (
        text.index("Soto"),
        text.index("Gitu.") + 5,
        (4, 5, 6),
    )
    assert second.question is not None
    assert second.question.of(text) == "Makasih.\nX: Jualan apa?"


@pytest.mark.parametrize("by", ["turn", "answer", "paragraph"])
def test_without_turns_there_are_paragraphs(by: str) -> None:
    """A field note falls into paragraphs, and says so."""
    note = Transcript("t" * 32, "r" * 32, "a", "Pagi.\nLapak buka.\n\nSiang sepi,\norang lewat saja.\n")

    assert segment(note, by=by) == (
        Segment("t" * 32, Span(0, 5), "paragraph"),
        Segment("t" * 32, Span(6, 17), "paragraph"),
        Segment("t" * 32, Span(19, 48), "paragraph"),
    )


def test_unknown_segmenter_offers_near_names() -> None:
    """A slip is recognised."""
    with pytest.raises(NotFoundError) as caught:
        segment(INTERVIEW, by="sentense")

    assert caught.value.nearest == ("sentence",)

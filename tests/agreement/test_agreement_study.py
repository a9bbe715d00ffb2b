"""Agreement between the coders of a study: which units count, and what is said when none do."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qualcode.agreement import Agreement, agree
from qualcode.errors import InputError, NotFoundError
from qualcode.model import (
    Code,
    Codebook,
    Coder,
    Coding,
    Codings,
    Corpus,
    Origin,
    Reading,
    Role,
    Segment,
    Span,
    Transcript,
    Turn,
)

AT = datetime(2025, 5, 2, tzinfo=UTC)
ids = (f"{n:032x}" for n in itertools.count(1))
LINES = (
    "Bagaimana hari ini?",
    "Sepi, hujan terus.",
    "Lalu?",
    "Ya utang dulu.",
    "Ibu ikut arisan?",
    "Ikut, tiap bulan.",
)


def transcript(name: str = "informan-01", lines: tuple[str, ...] = LINES) -> Transcript:
    """Return an interview whose odd lines ask and whose even lines answer."""
    text, turns, at = "", [], 0
    for number, line in enumerate(lines):
        role = Role.INFORMANT if number % 2 else Role.INTERVIEWER
        label = "N: " if number % 2 else "P: "
        at = len(text) + len(label)
        text += f"{label}{line}\n"
        turns.append(Turn(Span(at, at + len(line)), label[0], role))
    return Transcript(name * 2, f"rev-{name}", name, text, turns=tuple(turns))


ONE = transcript()
BOOK = Codebook("b", (Code("utang"), Code("cuaca"), Code("arisan"), Code("mati", active=False)))


def coded(coder: str, turn: int, code: str, source: Transcript = ONE, round: str = "", revision: str = "") -> Coding:
    return Coding(
        next(ids), source.guid, revision or source.revision, source.turn(turn).span, code, coder, AT, round=round
    )


def read(coder: str, first: int, last: int, source: Transcript = ONE) -> Reading:
    span = Span(source.turn(first).span.start, source.turn(last).span.end)
    return Reading(next(ids), source.guid, source.revision, span, coder, AT)


def corpus(*things: Coding | Reading, transcripts: tuple[Transcript, ...] = (ONE,), **more: object) -> Corpus:
    return Corpus(
        transcripts=transcripts,
        codebook=BOOK,
        coders=(Coder("a" * 32, "rani"), Coder("b" * 32, "dewi")),
        codings=Codings(t for t in things if isinstance(t, Coding)),
        readings=tuple(t for t in things if isinstance(t, Reading)),
    ).with_(**more)


def of(found: Agreement, code: str) -> Agreement:
    return next(one for one in found.per_code if one.code == code)


PAIR = ["rani", "dewi"]


def test_the_informants_turns_are_the_units() -> None:
    """Interviewer's turns, which nobody codes, do not raise the figure."""
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca")), coders=PAIR, measure="percent")

    assert (found.value, found.unit, found.n_units) == (1, "turn", 3)


def test_alpha_over_sets_and_per_code() -> None:
    found = agree(
        corpus(
            coded("rani", 2, "cuaca"),
            coded("rani", 4, "utang"),
            coded("rani", 6, "arisan"),
            coded("dewi", 2, "cuaca"),
            coded("dewi", 4, "utang"),
            coded("dewi", 4, "arisan"),
        ),
        coders=PAIR,
    )

    assert found.level == "masi"
    assert of(found, "cuaca").value == of(found, "utang").value == 1
    # three units, arisan 0/0, 0/1, 1/0: Do = 2/3, De = 2·2·4/(6·5)
    assert of(found, "arisan").value == pytest.approx(1 - (2 / 3) / (16 / 30))
    assert of(found, "arisan").marked == (1, 1)
    assert of(found, "arisan").together == 0
    assert [one.code for one in found.per_code] == ["utang", "cuaca", "arisan"]
    # sets {cuaca},{cuaca} · {utang},{utang,arisan} · {arisan},{}: MASI distances 0, 2/3, 1
    assert agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca")), coders=PAIR).level == "masi"
    assert found.value is not None
    assert 0 < found.value < 1


def test_a_code_that_nobody_used_is_undefined_for_every_measure() -> None:
    study = corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"))

    for measure in ("alpha", "percent"):
        one = of(agree(study, coders=PAIR, measure=measure), "utang")
        assert one.value is None
        assert "none of these coders used the code" in one.undefined


def test_unread_is_missing_and_read_is_nothing() -> None:
    """Dewi read to turn 4 and coded nothing there: two units compare, the third is left out."""
    found = agree(
        corpus(coded("rani", 2, "cuaca"), coded("rani", 6, "arisan"), read("dewi", 1, 4)),
        coders=PAIR,
        measure="percent",
    )

    assert (found.n_units, found.n_left_out, found.value) == (2, 1, 0.5)


def test_turns_read_one_by_one_cover_an_answer_that_spans_them() -> None:
    """Labels between the turns need no reading."""
    segment = Segment(ONE.guid, Span(ONE.turn(1).span.start, ONE.turn(2).span.end), "answer", (1, 2))
    study = corpus(coded("rani", 2, "cuaca"), read("dewi", 1, 1), read("dewi", 2, 2), segments=(segment,))

    assert agree(study, coders=PAIR, measure="percent").n_units == 1
    assert agree(study, coders=PAIR).unit == "answer"
    assert agree(study, coders=PAIR, by="turn").unit == "turn"


def test_a_unit_half_read_is_not_read() -> None:
    span = ONE.turn(2).span
    half = Reading(next(ids), ONE.guid, ONE.revision, Span(span.start, span.end - 4), "dewi", AT)

    assert agree(corpus(coded("rani", 2, "cuaca"), half), coders=PAIR).n_units == 0


def test_a_transcript_coded_without_readings_counts_as_read_and_says_so() -> None:
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 4, "utang")), coders=PAIR)

    assert found.n_units == 3
    assert [f.parameters["coder"] for f in found.findings if "counts as read whole" in f.message] == PAIR


def test_a_transcript_that_one_coder_never_opened_is_left_out() -> None:
    two = transcript("informan-02")
    found = agree(
        corpus(
            coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"), coded("rani", 2, "cuaca", two), transcripts=(ONE, two)
        ),
        coders=PAIR,
        measure="percent",
    )

    assert (found.n_units, found.n_left_out) == (3, 3)


@pytest.mark.parametrize(
    "coders", [["rani", "siapa"], ["rani"], ["rani", "rani"], [], ["siapa", "entah"], ["rani", "dewi"]]
)
def test_coders_who_did_nothing_give_a_reason_not_an_error(coders: list[str]) -> None:
    found = agree(corpus(coded("rani", 2, "cuaca")), coders=coders)

    assert found.value is None
    assert found.undefined
    assert all(one.value is None and one.undefined for one in found.per_code)


def test_an_empty_corpus_is_undefined() -> None:
    found = agree(Corpus(), coders=PAIR)

    assert found.value is None
    assert found.undefined


def test_codings_on_an_earlier_text_are_left_out_and_counted() -> None:
    old = coded("dewi", 4, "utang", revision="rev-old")
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"), old), coders=PAIR)

    assert [f.parameters["n"] for f in found.findings if "earlier revision" in f.message] == [1]
    assert of(found, "utang").value is None


def test_codings_of_a_question_are_left_out_and_counted() -> None:
    found = agree(corpus(coded("rani", 1, "cuaca"), coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca")), coders=PAIR)

    assert [f.parameters["n"] for f in found.findings if "touch no unit" in f.message] == [1]


def test_codings_made_on_suggestions_are_counted() -> None:
    """A reviewer asks whether the coders were influenced by the machine."""
    helped = replace(coded("dewi", 4, "utang"), origin=Origin.ACCEPTED)
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"), helped), coders=PAIR)

    assert [dict(f.parameters) for f in found.findings if "suggestions" in f.message] == [{"coder": "dewi", "n": 1}]


def test_a_round_is_measured_alone() -> None:
    study = corpus(
        coded("rani", 2, "cuaca", round="mandiri"),
        coded("dewi", 4, "cuaca", round="mandiri"),
        coded("dewi", 2, "cuaca", round="sesudah"),
    )

    assert agree(study, coders=PAIR, code="cuaca", round="mandiri", measure="percent").value == pytest.approx(1 / 3)
    assert agree(study, coders=PAIR, code="cuaca", measure="percent").value == pytest.approx(2 / 3)


def test_a_coding_over_two_turns_marks_both() -> None:
    span = Span(ONE.turn(2).span.start, ONE.turn(4).span.end)
    wide = Coding(next(ids), ONE.guid, ONE.revision, span, "utang", "rani", AT)
    found = agree(corpus(wide, coded("dewi", 2, "utang"), coded("dewi", 4, "utang")), coders=PAIR, code="utang")

    assert (found.value, found.marked, found.together) == (1, (2, 2), 2)


def test_overlapping_segments_are_refused_with_a_reason() -> None:
    a, b = (Segment(ONE.guid, Span(*edges), "x") for edges in ((26, 40), (30, 50)))
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"), segments=(a, b)), coders=PAIR)

    assert found.value is None
    assert "overlap" in found.undefined


def test_a_guid_names_a_coder_too_and_everyone_is_the_default() -> None:
    study = corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca"))

    assert agree(study, coders=["a" * 32, "b" * 32]) == agree(study, coders=PAIR) == agree(study)


def test_wrong_arguments_are_refused() -> None:
    study = corpus(coded("rani", 2, "cuaca"))

    with pytest.raises(InputError, match="list of ids"):
        agree(study, coders="rani")
    with pytest.raises(InputError, match="no measure called 'kappa'"):
        agree(study, coders=PAIR, measure="kappa")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="segment or turn"):
        agree(study, coders=PAIR, by="word")
    with pytest.raises(NotFoundError, match="no code 'utag'"):
        agree(study, coders=PAIR, code="utag")


def test_rows_begin_with_the_whole_and_go_on_with_each_code() -> None:
    found = agree(corpus(coded("rani", 2, "cuaca"), coded("dewi", 2, "cuaca")), coders=PAIR)
    rows = found.to_rows()

    assert [row["code"] for row in rows] == ["", "utang", "cuaca", "arisan"]
    assert found.to_frame()["value"].isna().tolist() == [False, True, False, True]

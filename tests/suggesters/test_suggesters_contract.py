"""What holds for every suggester, and what the built-in ones promise."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from qualcode import suggesters
from qualcode.errors import NotFoundError, StateError
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Corpus,
    Decision,
    Informant,
    Origin,
    Reading,
    Role,
    Segment,
    Span,
    Suggestion,
    Transcript,
    Turn,
    Verdict,
)
from qualcode.suggesters._training import training_set
from qualcode.suggesters.classifier import ClassifierSuggester
from qualcode.suggesters.rules import RulesSuggester

AT = datetime(2025, 5, 2, tzinfo=UTC)
BOOK = Codebook(
    "kerja",
    (
        Code("utang", keywords=("utang",)),
        Code("cuaca"),
        Code("hujan", parent="cuaca"),
        Code("serikat"),
        Code("mati", keywords=("sekolah",), active=False),
    ),
)
RAIN = (
    "hujan terus, sepi",
    "kalau hujan nggak ada yang beli",
    "deras hujannya",
    "hujan ya pulang",
    "musim hujan susah",
)
DEBT = ("utang ke warung", "bayar utang dulu", "ya utang koperasi", "utangnya numpuk", "ada utang sama tetangga")
PLAIN = ("anak sekolah", "jualan dari pagi", "ya begitu", "dari Tegal", "sudah lama", "masak di rumah")
LINES = RAIN + DEBT + PLAIN
ids = (f"{n:032x}" for n in itertools.count(1))


def interview(number: int, lines: Iterable[str] = LINES) -> Transcript:
    """Return an interview in which each line answers a question that speaks of debt."""
    text, turns, person = "", [], f"{number:032x}"
    for line in lines:
        for label, words, role in (("P: ", "Ada utang?", Role.INTERVIEWER), ("N: ", line, Role.INFORMANT)):
            start = len(text) + len(label)
            text += f"{label}{words}\n"
            turns.append(
                Turn(Span(start, start + len(words)), label[0], role, person if role is Role.INFORMANT else None)
            )
    return Transcript(
        f"a{number:031x}",
        f"b{number:031x}",
        f"informan-{number}",
        text,
        turns=tuple(turns),
        informants=(person,),
        metadata=MappingProxyType({"tempat": "warung"}),
    )


TALKS = tuple(interview(number) for number in range(1, 4))
PEOPLE = tuple(Informant(t.informants[0], t.name) for t in TALKS)


def answer(talk: Transcript, line: int) -> Span:
    """Return where answer *line* (from 0) stands."""
    return talk.turns[2 * line + 1].span


def coding(talk: Transcript, line: int, code: str, *, origin: Origin = Origin.HUMAN, coder: str = "rani") -> Coding:
    return Coding(next(ids), talk.guid, talk.revision, answer(talk, line), code, coder, AT, origin=origin)


def reading(talk: Transcript, first: int, last: int, coder: str = "rani") -> Reading:
    span = Span(answer(talk, first).start, answer(talk, last).end)
    return Reading(next(ids), talk.guid, talk.revision, span, coder, AT)


def decision(talk: Transcript, line: int, code: str, verdict: Verdict, coder: str = "rani") -> Decision:
    return Decision(next(ids), next(ids), talk.guid, talk.revision, answer(talk, line), code, verdict, coder, AT)


def corpus(*things: Coding | Reading | Decision, talks: tuple[Transcript, ...] = TALKS, **more: object) -> Corpus:
    return Corpus(
        transcripts=talks,
        informants=PEOPLE,
        codebook=BOOK,
        codings=Codings(t for t in things if isinstance(t, Coding)),
        readings=tuple(t for t in things if isinstance(t, Reading)),
        decisions=tuple(t for t in things if isinstance(t, Decision)),
    ).with_(**more)


def coded(*talks: Transcript) -> list[Coding | Reading]:
    """Return all of *talks* read, rain and debt coded."""
    return [
        *(reading(talk, 0, len(LINES) - 1) for talk in talks),
        *(coding(talk, line, "cuaca") for talk in talks for line in range(5)),
        *(coding(talk, line, "utang") for talk in talks for line in range(5, 10)),
    ]


def words(found: Iterable[Suggestion]) -> list[str]:
    return [one.quote for one in found]


STUDY = corpus(*coded(*TALKS[:2]))
every = pytest.mark.parametrize("name", suggesters.builtins())


@every
def test_the_same_seed_gives_the_same_suggestions(name: str) -> None:
    first, second = (suggesters.get(name)(seed=7).fit(STUDY).suggest(STUDY) for _ in range(2))

    assert repr(first) == repr(second)
    assert first
    assert len({one.guid for one in first}) == len(first)


@every
@pytest.mark.parametrize("of", [Corpus(), corpus(), corpus(talks=TALKS[:1], segments=())])
def test_a_study_without_anything_coded_is_no_error(name: str, of: Corpus) -> None:
    for one in suggesters.get(name)().fit(of).suggest(of, n=3):
        assert one.code in BOOK


@every
def test_suggestions_are_informants_words_with_evidence_in_its_place(name: str) -> None:
    for one in suggesters.get(name)().fit(STUDY).suggest(STUDY):
        talk = STUDY.transcript(one.transcript)

        assert one.quote in LINES
        assert one.quote == STUDY.quote(one)
        assert one.recipe == suggesters.get(name).recipe
        assert one.evidence
        for why in one.evidence:
            assert why.span is None or (why.span.of(talk.text) == why.text and one.span.covers(why.span))


@every
def test_what_is_coded_or_settled_is_not_suggested_again(name: str) -> None:
    before = suggesters.get(name)().fit(STUDY).suggest(STUDY, code="utang")
    settled = [
        decision(STUDY.transcript(one.transcript), LINES.index(one.quote), "utang", verdict)
        for one, verdict in zip(before, [Verdict.REJECTED, Verdict.ACCEPTED, Verdict.CORRECTED], strict=False)
    ]
    study = STUDY.with_(decisions=tuple(settled))
    after = suggesters.get(name)().fit(STUDY).suggest(study, code="utang")

    assert len(settled) == 3
    assert not {one.span for one in before} & {c.span for c in STUDY.codings if c.transcript == TALKS[2].guid}
    assert {one.guid for one in after} == {one.guid for one in before[3:]}
    assert suggesters.get(name)().fit(STUDY).suggest(study, code="utang", coder="dewi")


@every
def test_what_was_skipped_comes_back_until_it_is_settled(name: str) -> None:
    fitted = suggesters.get(name)().fit(STUDY)
    before = fitted.suggest(STUDY, code="utang")
    talk, line = STUDY.transcript(before[0].transcript), LINES.index(before[0].quote)
    skipped = decision(talk, line, "utang", Verdict.SKIPPED)
    rejected = decision(talk, line, "utang", Verdict.REJECTED)

    assert repr(fitted.suggest(STUDY.with_(decisions=(skipped,)), code="utang", coder="rani")) == repr(before)
    assert repr(fitted.suggest(STUDY.with_(decisions=(skipped, rejected)), code="utang")) == repr(before[1:])


@every
def test_n_cuts_and_an_unknown_code_is_named(name: str) -> None:
    fitted = suggesters.get(name)().fit(STUDY)

    assert repr(fitted.suggest(STUDY, n=2)) == repr(fitted.suggest(STUDY)[:2])
    assert len(fitted.suggest(STUDY, n=2)) == 2
    with pytest.raises(NotFoundError, match="'utagn'"):
        fitted.suggest(STUDY, code="utagn")


@every
def test_a_guid_is_the_same_in_another_copy_of_the_study(name: str) -> None:
    less = STUDY.with_(
        transcripts=TALKS[1:], codings=Codings(c for c in STUDY.codings if c.transcript != TALKS[0].guid)
    )
    whole, part = (
        {(s.revision, s.span, s.code): s.guid for s in suggesters.get(name)().fit(STUDY).suggest(of)}
        for of in (STUDY, less)
    )

    assert part
    assert all(whole[key] == guid for key, guid in part.items())
    assert all(len(guid) == 32 and int(guid, 16) >= 0 for guid in part.values())


def test_rules_have_no_score_and_come_in_order_of_speech() -> None:
    fitted = RulesSuggester().fit(corpus())
    found = fitted.suggest(corpus())

    assert words(found) == [line for _ in TALKS for line in LINES if "utang" in line]
    assert all(math.isnan(one.score) for one in found)
    assert {why.rule for one in found for why in one.evidence} == {"utang"}
    assert fitted.silent == {"cuaca", "hujan", "serikat"}
    assert "no keyword rules" in fitted.reasons["cuaca"]


def test_an_answer_segment_is_suggested_without_its_question() -> None:
    talk = TALKS[0]
    segment = Segment(talk.guid, Span(0, answer(talk, 5).end), "answer")
    study = corpus(segments=(segment,))
    (found,) = RulesSuggester().fit(study).suggest(study)

    assert found.span == Span(answer(talk, 0).start, answer(talk, 5).end)
    assert [why.span for why in found.evidence] == [Span(answer(talk, 5).start, answer(talk, 5).start + 5)]


def test_the_classifier_finds_what_was_coded_elsewhere() -> None:
    fitted = ClassifierSuggester().fit(STUDY)
    found = fitted.suggest(STUDY)

    assert {(one.code, one.quote) for one in found} == {
        *(("cuaca", line) for line in RAIN),
        *(("utang", line) for line in DEBT),
    }
    assert {one.transcript for one in found} == {TALKS[2].guid}
    assert all(0.5 < one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert dict(fitted.reasons).keys() == fitted.silent == {"hujan", "serikat"}


def test_the_classifier_is_silent_below_five_examples() -> None:
    some = [c for c in coded(TALKS[0]) if not (isinstance(c, Coding) and c.code == "utang")]
    study = corpus(*some, *(coding(TALKS[0], line, "utang") for line in range(5, 9)))
    fitted = ClassifierSuggester().fit(study)

    assert "too few examples" in fitted.reasons["utang"]
    assert fitted.suggest(study, code="utang") == ()
    assert ClassifierSuggester(examples=4).fit(study).suggest(study, code="utang")


def test_the_classifier_says_when_all_examples_are_one_informants() -> None:
    study = corpus(*coded(TALKS[0]))
    fitted = ClassifierSuggester().fit(study)

    assert "one informant" in fitted.reasons["cuaca"]
    assert "cuaca" not in fitted.silent
    assert fitted.suggest(study, code="cuaca")


def test_the_classifier_is_silent_where_it_only_guesses() -> None:
    """The same words are coded in one interview and read without a code in the other."""
    study = corpus(
        *(reading(talk, 0, len(LINES) - 1) for talk in TALKS[:2]),
        *(coding(TALKS[0], line, "serikat") for line in (0, 3, 6, 9, 12, 15)),
        *(coding(TALKS[1], line, "serikat") for line in (1, 4, 7, 10, 13, 14)),
    )
    fitted = ClassifierSuggester().fit(study)

    assert "no better than guessing" in fitted.reasons["serikat"]
    assert fitted.suggest(study, code="serikat") == ()


def test_the_classifier_needs_something_outside_the_code() -> None:
    study = corpus(*(coding(talk, line, "cuaca") for talk in TALKS[:2] for line in range(5)))

    assert "nothing is known to lie outside" in ClassifierSuggester().fit(study).reasons["cuaca"]


def test_the_classifier_before_fit_says_so() -> None:
    with pytest.raises(StateError, match="has not learnt"):
        ClassifierSuggester().suggest(STUDY)


def label(study: Corpus, line: int, code: str, talk: Transcript = TALKS[0]) -> int | None:
    """Return what the training set says of an answer and a code, None where it knows nothing of the answer."""
    known = training_set(study)
    column = [one.key for one in BOOK.active].index(code)
    for row, unit in enumerate(known.units):
        if unit.transcript is talk and unit.span == answer(talk, line):
            return int(known.labels[row, column])
    return None


def test_unread_text_is_no_negative() -> None:
    study = corpus(reading(TALKS[0], 0, 2), coding(TALKS[0], 1, "cuaca"))

    assert [label(study, line, "cuaca") for line in (0, 1, 2, 3)] == [0, 1, 0, None]
    assert label(study, 0, "cuaca", TALKS[1]) is None


def test_without_readings_the_stretch_worked_through_is_read() -> None:
    study = corpus(coding(TALKS[0], 2, "cuaca"), coding(TALKS[0], 5, "utang"))

    assert [label(study, line, "cuaca") for line in (1, 2, 3, 5, 6)] == [None, 1, 0, 0, None]


def test_an_accepted_suggestion_tells_nothing_of_other_codes_and_places() -> None:
    study = corpus(
        coding(TALKS[0], 2, "cuaca", origin=Origin.ACCEPTED), coding(TALKS[0], 5, "cuaca", origin=Origin.ACCEPTED)
    )

    assert [label(study, line, "cuaca") for line in (2, 3, 5)] == [1, None, 1]
    assert label(study, 2, "utang") == -1


def test_a_rejection_is_a_negative_unless_someone_coded_it() -> None:
    study = corpus(
        decision(TALKS[0], 2, "cuaca", Verdict.REJECTED),
        decision(TALKS[0], 3, "cuaca", Verdict.SKIPPED),
        decision(TALKS[0], 4, "cuaca", Verdict.REJECTED, "dewi"),
        coding(TALKS[0], 4, "cuaca", origin=Origin.ACCEPTED),
    )

    assert [label(study, line, "cuaca") for line in (2, 3, 4)] == [0, None, 1]
    assert label(study, 2, "utang") == -1


def test_a_parent_and_a_child_do_not_contradict_each_other() -> None:
    study = corpus(reading(TALKS[0], 0, 5), coding(TALKS[0], 0, "hujan"), coding(TALKS[0], 1, "cuaca"))

    assert (label(study, 0, "cuaca"), label(study, 1, "hujan"), label(study, 2, "hujan")) == (-1, -1, 0)


def test_turns_read_one_by_one_join() -> None:
    study = corpus(reading(TALKS[0], 0, 0), reading(TALKS[0], 1, 1), reading(TALKS[0], 3, 3))

    assert [label(study, line, "utang") for line in range(5)] == [0, 0, None, 0, None]

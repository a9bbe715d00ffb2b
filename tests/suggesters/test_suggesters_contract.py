"""What the built-in suggesters promise, each of which keeps the contract of all."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest

from qualcode import suggesters
from qualcode.errors import StateError
from qualcode.model import Coding, Corpus, Origin, Segment, Span, Suggestion, Transcript, Verdict
from qualcode.suggesters._training import training_set
from qualcode.suggesters.classifier import MISLED, ClassifierSuggester
from qualcode.suggesters.rules import RulesSuggester
from qualcode.testing.example import (
    BOOK,
    DEBT,
    LINES,
    RAIN,
    STUDY,
    TALKS,
    answer,
    coded,
    coding,
    corpus,
    decision,
    reading,
)
from qualcode.testing.suggesters import SuggesterContract

NEEDS_MORE = {"wordgroups"}
"""Suggests only what people took over from `qualcode explore`: tests/suggesters/test_suggesters_explore.py."""

for _name in sorted(set(suggesters.builtins()) - NEEDS_MORE):
    globals()[f"Test{_name.capitalize()}"] = type(_name, (SuggesterContract,), {"suggester": suggesters.get(_name)})


def words(found: Iterable[Suggestion]) -> list[str]:
    return [one.quote for one in found]


def test_rules_have_no_score_and_come_in_order_of_speech() -> None:
    fitted = RulesSuggester().fit(corpus())
    found = fitted.suggest(corpus())

    assert words(found) == [line for _ in TALKS for line in LINES if "utang" in line]
    assert all(math.isnan(one.score) for one in found)
    assert {why.rule for one in found for why in one.evidence} == {"utang"}
    assert fitted.silent == {"cuaca", "hujan", "serikat"}
    assert "no keyword rules" in fitted.reasons["cuaca"]


def test_an_answer_segment_is_suggested_without_what_others_say_in_it() -> None:
    talk = TALKS[0]
    segment = Segment(talk.guid, Span(0, answer(talk, 5).end), "answer")
    study = corpus(segments=(segment,))
    (found,) = RulesSuggester().fit(study).suggest(study)

    assert found.span == answer(talk, 5)
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


def test_keywords_without_which_codings_are_told_better_are_no_evidence_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = {why.rule for one in ClassifierSuggester().fit(STUDY).suggest(STUDY, code="utang") for why in one.evidence}
    monkeypatch.setattr("qualcode.suggesters._engine.MISLEADS", -math.inf)  # whatever the codebook is worth
    fitted = ClassifierSuggester().fit(STUDY)
    found = fitted.suggest(STUDY, code="utang")

    assert "utang" in heard
    assert fitted.reasons["utang"] == MISLED
    assert "utang" not in fitted.silent
    assert found
    assert {why.rule for one in found for why in one.evidence} == {""}


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

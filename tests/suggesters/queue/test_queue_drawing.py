"""What comes before a coder, and in which order."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from qualcode.errors import NotFoundError
from qualcode.model import Codebook, Corpus, Span, Suggestion, Verdict
from qualcode.suggesters._units import units
from qualcode.suggesters.classifier import ONE_GROUP
from qualcode.suggesters.queue import DOUBTED, MATCHED, OVERSIGHT, RARE, REST, UNTAUGHT
from qualcode.suggesters.queue.drawing import draw
from qualcode.suggesters.queue.orders import UNLIKE, UNSURE, in_turn
from qualcode.testing.example import (
    DEBT,
    LINES,
    STUDY,
    TALKS,
    coded,
    coding,
    corpus,
    decision,
    interview,
    reading,
)

READ = {talk.guid for talk in TALKS[:2]}


def words(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.quote for one in found]


def place(one: Suggestion) -> tuple[str, Span]:
    return one.transcript, one.span


@pytest.mark.parametrize("by", ["score", "rest", "learning", "rare", "disagreement"])
def test_the_same_study_gives_the_same_order(by: str) -> None:
    assert repr(draw(STUDY, STUDY, by=by)) == repr(draw(STUDY, STUDY, by=by))  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["score", "rest", "learning", "rare"])
def test_what_was_read_is_not_asked_again(by: str) -> None:
    found = draw(STUDY, STUDY, by=by).suggestions  # type: ignore[arg-type]

    assert found
    assert not [one for one in found if one.transcript in READ]


def test_best_first_brings_the_nearest_coded_passages() -> None:
    found = [one for one in draw(STUDY, STUDY, code="utang").suggestions if not math.isnan(one.score)]
    by_guid = {one.guid: one for one in STUDY.codings}

    assert found == sorted(found, key=lambda one: -one.score)
    for one in found:
        assert 1 <= len(one.near) <= 2
        assert {by_guid[each.coding].code for each in one.near} == {"utang"}
        assert [each.likeness for each in one.near] == sorted((each.likeness for each in one.near), reverse=True)
    twin = next(one for one in found if one.quote == DEBT[0])
    assert STUDY.quote(by_guid[twin.near[0].coding]) == DEBT[0]
    assert twin.near[0].likeness == pytest.approx(1, abs=0.01)


def test_to_learn_most_comes_without_a_code_and_far_apart_while_little_is_read() -> None:
    found = draw(STUDY, STUDY, by="learning", n=4).suggestions

    assert [one.why for one in found] == [UNLIKE] * 4
    assert {one.code for one in found} == {""}
    assert not any(one.evidence or one.near for one in found)
    assert len({place(one) for one in found}) == 4


def test_short_answers_are_left_out_while_there_are_others() -> None:
    found = draw(STUDY, STUDY, by="learning", n=2).suggestions

    assert all(len(one.quote.split()) >= 4 for one in found)


def test_to_learn_most_asks_where_it_is_unsure_once_enough_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.suggesters.queue import orders

    monkeypatch.setattr(orders, "FIRST", 20)
    found = draw(STUDY, STUDY, by="learning", n=3).suggestions

    assert {one.why for one in found} == {UNSURE}


def test_rare_codes_are_looked_for_below_their_threshold() -> None:
    every = draw(STUDY, STUDY, by="rare", code="utang", n=40, recipe="classifier").suggestions
    best = draw(STUDY, STUDY, by="score", code="utang", recipe="classifier").suggestions

    assert {one.why for one in every} == {RARE}
    assert {place(one) for one in best} <= {place(one) for one in every}


def test_the_rest_comes_after_what_is_suggested_and_says_that_it_is_not() -> None:
    suggested = draw(STUDY, STUDY, code="utang", recipe="classifier").suggestions
    every = draw(STUDY, STUDY, by="rest", code="utang", n=None).suggestions
    unread = [unit for unit in units(STUDY) if unit.transcript.guid not in READ]

    assert len({place(one) for one in every}) == len(every) == len(unread)
    assert [one.score for one in every] == sorted((one.score for one in every), reverse=True)
    assert [place(one) for one in every if not one.why] == [place(one) for one in suggested]
    assert [one.guid for one in every[: len(suggested)]] == [one.guid for one in suggested]
    assert {one.why for one in every[len(suggested) :]} == {REST}


def test_a_silent_code_has_a_rest_and_no_suggestions() -> None:
    found = draw(STUDY, STUDY, by="rest", code="serikat", n=5)

    assert "serikat" in found.silent
    assert [one.why for one in found.suggestions] == [UNTAUGHT] * 5


def test_codes_take_turns_in_the_rest() -> None:
    found = [one.code for one in draw(STUDY, STUDY, by="rest", n=8).suggestions]

    assert len(set(found)) == 4
    assert found[:4] == found[4:]


def test_an_oversight_and_a_coding_that_stands_alone_are_asked_about() -> None:
    talk = TALKS[0]
    forgot = next(
        c for c in STUDY.codings if STUDY.quote(c) == DEBT[1] and c.transcript == talk.guid and c.code == "utang"
    )
    wrong = coding(talk, LINES.index("masak di rumah"), "utang")
    study = STUDY.with_(codings=type(STUDY.codings)([*(c for c in STUDY.codings if c != forgot), wrong]))

    found = draw(study, study, by="disagreement", code="utang").suggestions

    oversight = next(one for one in found if one.why == OVERSIGHT)
    doubted = next(one for one in found if one.why == DOUBTED)
    assert (oversight.transcript, oversight.quote, oversight.coding) == (talk.guid, DEBT[1], "")
    assert (doubted.quote, doubted.coding) == ("masak di rumah", wrong.guid)
    assert wrong.guid not in {each.coding for each in doubted.near}


def test_what_was_decided_is_not_asked_about_again() -> None:
    talk = TALKS[0]
    wrong = coding(talk, LINES.index("masak di rumah"), "utang")
    study = STUDY.with_(codings=type(STUDY.codings)([*STUDY.codings, wrong]))
    (first, *_) = [one for one in draw(study, study, by="disagreement").suggestions if one.coding == wrong.guid]
    kept = decision(talk, LINES.index("masak di rumah"), "utang", Verdict.ACCEPTED)

    found = draw(study.with_(decisions=(kept,)), study, by="disagreement").suggestions

    assert first.guid not in {one.guid for one in found}


def test_what_was_skipped_comes_last() -> None:
    first, *_ = draw(STUDY, STUDY, by="learning", n=4).suggestions
    skipped = decision(STUDY.transcript(first.transcript), 0, "utang", Verdict.SKIPPED)
    study = STUDY.with_(decisions=(replace(skipped, suggestion=first.guid),))
    found = draw(study, STUDY, by="learning", n=None).suggestions

    assert found[-1].guid == first.guid


def test_a_rule_of_a_silent_code_that_matches_what_was_read_without_it_is_an_oversight() -> None:
    talk = TALKS[0]
    study = corpus(reading(talk, 0, len(LINES) - 1))

    found = draw(study, study, by="disagreement").suggestions

    assert words(found) == [line for line in LINES if "utang" in line]
    assert {one.why for one in found} == {MATCHED}
    assert all(math.isnan(one.score) for one in found)


def test_unknown_orders_and_recipes_are_refused() -> None:
    with pytest.raises(NotFoundError, match="no order"):
        draw(STUDY, STUDY, by="skor")  # type: ignore[arg-type]
    with pytest.raises(NotFoundError, match="no suggester"):
        draw(STUDY, STUDY, recipe="clasifier")
    with pytest.raises(NotFoundError, match="goes by the classifier"):
        draw(STUDY, STUDY, recipe="rules", by="rare")


def test_an_empty_study_has_nothing_to_show() -> None:
    empty = Corpus(codebook=STUDY.codebook)

    for by in ("score", "learning", "rare", "disagreement"):
        assert draw(empty, empty, by=by).suggestions == ()  # type: ignore[arg-type]


def test_lines_are_taken_in_turn() -> None:
    assert in_turn([[1, 2, 3], [], [4]]) == [1, 4, 2, 3]
    assert in_turn([]) == []


def test_the_interviewers_words_are_in_no_order() -> None:
    for by in ("score", "learning", "rare", "disagreement"):
        for one in draw(STUDY, STUDY, by=by).suggestions:  # type: ignore[arg-type]
            assert one.quote in LINES


def test_rules_are_read_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.rules import Tagger
    from qualcode.suggesters import _marks
    from qualcode.suggesters._index import Index

    made: list[Tagger] = []

    def counted(codebook: Codebook) -> Tagger:
        made.append(Tagger(codebook))
        return made[-1]

    monkeypatch.setattr(_marks, "Tagger", counted)
    index = Index()
    first = draw(STUDY, STUDY, index=index)
    assert repr(draw(STUDY, STUDY, index=index)) == repr(first)
    assert len(made) == 1

    other = STUDY.with_(codebook=replace(STUDY.codebook, title="lain"))
    draw(other, other, index=index)
    assert len(made) == 2


def test_of_a_nearest_passage_the_sentence_that_speaks_for_the_code_is_known() -> None:
    long = "Dari Tegal saya, ikut kakak. Utang ke warung numpuk. Sudah lama di sini."
    talks = tuple(interview(number, [line.replace(DEBT[0], long) for line in LINES]) for number in (1, 2, 3))
    study = corpus(*coded(*talks[:2]), talks=talks)
    by_guid = {one.guid: one for one in study.codings}
    found = [near for one in draw(study, study, code="utang").suggestions for near in one.near]
    of_long = [near for near in found if study.quote(by_guid[near.coding]) == long]

    assert of_long
    assert all(near.span is not None and by_guid[near.coding].span.covers(near.span) for near in found)
    for near in of_long:
        assert near.span is not None
        assert near.span.of(study.transcript(by_guid[near.coding].transcript).text) == "Utang ke warung numpuk."


def test_examples_of_one_informant_are_a_reservation_that_is_said() -> None:
    things = [
        thing
        for thing in coded(*TALKS[:2])
        if not (getattr(thing, "code", "") == "utang" and thing.transcript == TALKS[1].guid)
    ]
    study = corpus(*things)
    found = draw(study, study)

    assert dict(found.reserved) == {"utang": ONE_GROUP}
    assert "utang" not in found.silent
    assert draw(STUDY, STUDY).reserved == {}

"""What a rule catches and misses is counted over the passages that people have read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import NotFoundError
from qualcode.rules import RuleError
from qualcode.suggesters.patterns import RuleEffect, Share, rule_effects
from qualcode.testing.example import BOOK, LINES, STUDY, TALKS, coded, coding, corpus, reading


def one(rule: str, code: str = "cuaca", study: object = STUDY) -> RuleEffect:
    return rule_effects(study, code, rules=[rule])[0]  # type: ignore[arg-type]


def test_a_rule_is_held_against_what_was_read() -> None:
    """All five answers on rain in each of two interviews; the third has been read by nobody."""
    found = one("hujan")

    assert len(found.catches) == 15
    assert found.precision == Share(10, 10)
    assert found.recall == Share(10, 10)
    assert (found.informants, found.missed, found.undefined) == (3, (), "")
    assert [catch.label for catch in found.catches] == [1] * 10 + [-1] * 5


def test_wrong_and_missed_passages_are_named() -> None:
    """*ya* stands in one answer on rain, one on debt and one on nothing, in each interview."""
    found = one("ya")

    assert found.precision == Share(2, 6)
    assert [unit.text for unit in found.missed] == [line for line in LINES[:5] if " ya " not in line] * 2
    assert found.coded == 10
    assert [
        catch.evidence[0].span.of(catch.unit.transcript.text) for catch in found.catches if catch.evidence[0].span
    ] == ["ya"] * 9


def test_all_rules_together_catch_each_passage_once() -> None:
    effects = rule_effects(STUDY, "cuaca", rules=["hujan", "musim", "hujan"])

    assert [effect.rule for effect in effects] == ["hujan", "musim", ""]
    assert [len(effect.catches) for effect in effects] == [15, 3, 15]
    assert {len(catch.evidence) for catch in effects[-1].catches} == {1, 2}


def test_two_rules_that_find_the_same_words_are_both_counted() -> None:
    """Within one code a tagger would name only the first of them."""
    assert [len(effect.catches) for effect in rule_effects(STUDY, "cuaca", rules=["utang", "utang*"])] == [15, 15, 15]


def test_without_a_code_each_code_has_one_row() -> None:
    found = rule_effects(STUDY)

    assert [(effect.code, effect.rule, len(effect.catches)) for effect in found] == [
        ("utang", "", 15), ("cuaca", "", 0), ("hujan", "", 0), ("serikat", "", 0),
    ]  # fmt: skip


def test_a_code_out_of_use_is_looked_at_all_the_same() -> None:
    effect = rule_effects(STUDY, "mati")[0]

    assert (effect.rule, len(effect.catches), effect.coded) == ("sekolah", 3, 0)


def test_precision_is_undefined_where_nothing_caught_was_read() -> None:
    effect = one("hujan", study=corpus(reading(TALKS[0], 5, 9), coding(TALKS[0], 5, "utang")))

    assert len(effect.catches) == 15
    assert effect.precision == Share(0, 0)
    assert effect.precision.value is None
    assert effect.precision.interval is None
    assert "read" in effect.undefined


def test_all_coded_leaves_nothing_missed_and_nothing_coded_no_recall() -> None:
    everything = corpus(*(coding(talk, line, "serikat") for talk in TALKS for line in range(len(LINES))))

    assert one("utang", "serikat", everything).precision == Share(15, 15)
    assert one("utang", "serikat", corpus()).recall.value is None


def test_an_empty_study_and_one_word_answers_are_counted() -> None:
    assert one("hujan", study=corpus(talks=(), informants=())).catches == ()
    assert len(one("sepi", study=corpus(*coded(TALKS[0]))).catches) == 3


def test_unknown_code_and_unreadable_rule_are_said() -> None:
    with pytest.raises(NotFoundError, match="cuacaa"):
        rule_effects(STUDY, "cuacaa")
    with pytest.raises(RuleError, match="column 12"):
        one("hujan NEAR ")


def test_macros_of_the_codebook_are_known_to_a_rule_that_is_tried() -> None:
    study = STUDY.with_(codebook=replace(BOOK, macros={"BASAH": "hujan | deras"}))

    assert len(one("BASAH", study=study).catches) == 15


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share(k: int, more: int) -> None:
    share = Share(k, k + more)
    if share.interval is None:
        assert share.value is None
    else:
        low, high = share.interval
        assert 0 <= low <= k / (k + more) + 1e-12
        assert k / (k + more) - 1e-12 <= high <= 1

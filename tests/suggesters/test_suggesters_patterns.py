"""Rules that codings teach: counted honestly, none by chance, decided by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csc_matrix, csr_matrix

from qualcode.errors import NotFoundError
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Corpus,
    Informant,
    Reading,
    RuleDecision,
    RuleVerdict,
    Transcript,
)
from qualcode.suggesters.evaluation._measures import wilson
from qualcode.suggesters.patterns import LearntRules, Share, learn_rules, rule_effects
from qualcode.suggesters.patterns.candidates import Field, halves, ranked
from qualcode.suggesters.patterns.chances import Counts, estimate, improbable, limit, passing
from qualcode.suggesters.patterns.counting import Terms, count_terms
from qualcode.suggesters.patterns.narrowing import _bar
from qualcode.suggesters.patterns.proposals import _again
from qualcode.suggesters.patterns.signature import signature
from qualcode.suggesters.patterns.spoken import content
from qualcode.testing.example import coding, interview, reading

HEAVY = (
    "iurannya berat banget",
    "iuran itu ya berat",
    "berat di iuran",
    "iuran saya rasa berat",
)
OTHER = (
    "iuran sampah tiap bulan",
    "iuran sampah lancar",
    "berat badan turun",
    "angkat beras berat",
    "jualan dari pagi",
    "anak sudah sekolah",
    "dari Tegal ke sini",
    "masak sendiri di rumah",
    "pasar buka subuh",
    "warung tetangga ramai",
    "motor dipakai suami",
    "gorengan laku siang",
)
LINES = (*HEAVY, *OTHER)
BOOK = Codebook("kerja", (Code("jaminan"), Code("lain"), Code("mati", active=False)))
TALKS = tuple(interview(number, LINES) for number in range(1, 5))


def of(talks: tuple[Transcript, ...], things: Sequence[Coding | Reading], **more: object) -> Corpus:
    """Return a corpus of *talks* in which *things* were done."""
    return Corpus(
        transcripts=talks,
        informants=tuple(Informant(talk.informants[0], talk.name) for talk in talks),
        codebook=BOOK,
        codings=Codings(thing for thing in things if isinstance(thing, Coding)),
        readings=tuple(thing for thing in things if isinstance(thing, Reading)),
    ).with_(**more)


def study(*, coded: int = 4, book: Codebook = BOOK, talks: tuple[Transcript, ...] = TALKS, **more: object) -> Corpus:
    """Return four interviews, all but the last read, in which a heavy contribution is coded."""
    read = talks[:coded]
    things: list[Coding | Reading] = [
        *(reading(talk, 0, len(LINES) - 1) for talk in read),
        *(coding(talk, line, "jaminan") for talk in read for line in range(len(HEAVY))),
    ]
    return of(talks, things, codebook=book, **more)


def decision(rule: str, verdict: RuleVerdict, code: str = "jaminan") -> RuleDecision:
    return RuleDecision("f" * 32, code, rule, verdict, "rani", datetime(2025, 5, 2, tzinfo=UTC))


def rules(found: LearntRules) -> list[str]:
    return [proposal.rule for proposal in found.proposals]


def test_a_pair_that_tells_more_than_its_words_is_proposed_with_what_it_was_learnt_from() -> None:
    found = learn_rules(study(coded=3))
    (proposal, *_) = found.proposals

    assert proposal.rule == "iuran NEAR/4 berat"
    assert proposal.code == "jaminan"
    assert proposal.seen == Share(12, 12)
    assert proposal.informants == 3
    assert proposal.adds == 12
    assert proposal.unread == 4
    assert proposal.unseen == 1.0
    assert proposal.again == Share(20, 20) or proposal.again.k >= 10
    assert 0.8 < proposal.estimate < 1


def test_figures_are_those_of_the_tagger() -> None:
    """What is proposed catches what it says, once it is tried."""
    for proposal in learn_rules(study(coded=3)).proposals:
        effect = rule_effects(study(coded=3), proposal.code, rules=[proposal.rule])[0]

        assert effect.precision == proposal.seen
        assert sum(catch.label == -1 for catch in effect.catches) == proposal.unread


def test_other_codes_say_why_they_have_none() -> None:
    assert learn_rules(study()).silent == {"lain": "fewer than three passages are coded so"}


def test_one_informant_teaches_no_rule() -> None:
    assert "one informant" in learn_rules(study(coded=1)).silent["jaminan"]


def test_no_codings_and_all_coded_are_said() -> None:
    everything = of(TALKS, [coding(talk, line, "jaminan") for talk in TALKS for line in range(len(LINES))])

    assert set(learn_rules(study(coded=0)).silent) == {"jaminan", "lain"}
    assert "nothing to tell the code from" in learn_rules(everything).silent["jaminan"]
    assert learn_rules(Corpus()).proposals == ()


def test_labels_without_sense_teach_nothing() -> None:
    """Six hundred words and pairs are looked at: without a correction some would always look good."""
    chance = np.random.default_rng(3)
    words = [f"{a}{b}{c}a" for a in "bdgjk" for b in "aiu" for c in "lmnrs"]
    talks = tuple(interview(number, [" ".join(chance.choice(words, 12)) for _ in range(40)]) for number in range(1, 7))
    proposed = 0
    for _ in range(5):
        things: list[Coding | Reading] = [
            *(reading(talk, 0, 39) for talk in talks),
            *(coding(talk, int(line), "jaminan") for talk in talks for line in chance.choice(40, 8, replace=False)),
        ]
        proposed += len(learn_rules(of(talks, things)).proposals)

    assert proposed <= 1


def test_what_the_code_has_already_is_not_proposed() -> None:
    book = replace(BOOK, codes=(Code("jaminan", keywords=("berat ~8 iuran",)), *BOOK.codes[1:]))
    found = learn_rules(study(book=book))

    assert "iuran NEAR/4 berat" not in rules(found)
    assert "caught by the code's rules already" in found.silent["jaminan"]


def test_forbidden_rules_are_never_proposed_again_in_whatever_form() -> None:
    for said in ("iuran NEAR/4 berat", "berat ~9 iuran", "(iuran) berat"):
        told = study(rule_decisions=(decision(said, RuleVerdict.FORBIDDEN),))

        assert ("iuran NEAR/4 berat" in rules(learn_rules(told))) == (said == "(iuran) berat")

    elsewhere = study(rule_decisions=(decision("iuran NEAR/4 berat", RuleVerdict.FORBIDDEN, "lain"),))
    assert "iuran NEAR/4 berat" in rules(learn_rules(elsewhere))


WRONG = tuple(f"iuran sampah {word}" for word in ("lancar", "naik", "telat", "bulanan", "wajib", "murah"))
RIGHT = tuple(f"iuran {word}" for word in ("nunggak", "mahal", "macet", "kelas tiga", "terpaksa", "dobel"))


def narrow(**more: object) -> Corpus:
    """Return a study whose rule *iuran* is wrong wherever *sampah* stands beside it."""
    lines = (*RIGHT, *WRONG, *OTHER[4:])
    talks = tuple(interview(number, lines) for number in range(1, 4))
    things: list[Coding | Reading] = [
        *(reading(talk, 0, len(lines) - 1) for talk in talks),
        *(coding(talk, line, "jaminan") for talk in talks for line in range(len(RIGHT))),
    ]
    book = replace(BOOK, codes=(Code("jaminan", keywords=("iuran",)), *BOOK.codes[1:]))
    return of(talks, things, codebook=book, **more)


def test_a_rule_that_is_often_wrong_is_narrowed() -> None:
    (proposal,) = learn_rules(narrow()).proposals

    assert (proposal.rule, proposal.instead_of) == ("(iuran) NOT/5 sampah", "iuran")
    assert (proposal.seen, proposal.adds) == (Share(18, 18), 18)


def test_a_locked_rule_stays_as_it_is() -> None:
    assert learn_rules(narrow(rule_decisions=(decision("iuran", RuleVerdict.LOCKED),))).proposals == ()


def test_unknown_code_is_said() -> None:
    with pytest.raises(NotFoundError, match="jaminann"):
        learn_rules(study(), codes=["jaminann"])


def test_the_same_study_teaches_the_same() -> None:
    assert learn_rules(study()) == learn_rules(study())


def test_words_of_the_interviewer_and_of_marks_teach_nothing() -> None:
    """Every question says *utang*; nobody answers with it."""
    units = rule_effects(study(), "jaminan", rules=["iuran"])[0].catches
    terms = count_terms([catch.unit for catch in units], {})

    assert ("iuran",) in terms.names
    assert not [name for name in terms.names if "utang" in name]


@pytest.mark.parametrize(
    ("spelling", "word"),
    [("iurannya", "iuran"), ("wasap", "whatsapp"), ("sih", ""), ("tujuh", ""), ("12rb", ""), ("wis", ""), ("di", "")],
)
def test_words_that_say_something(spelling: str, word: str) -> None:
    assert content(spelling) == word


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("iuran ~4 berat", "berat NEAR/9 iuran", True),
        ("iuran > 4 berat", "berat > 4 iuran", False),
        ("a NOT b", "a !9 b", True),
        ("a NOT b", "b NOT a", False),
        ("nggak", "tidak", True),
        ("tanya: a jawab: b", "tanya: a jawab: c", False),
        ("BUKANMAKRO", "BUKANMAKRO", True),
    ],
)
def test_rules_that_are_the_same_to_a_person(one: str, two: str, same: bool) -> None:
    assert (signature(one, {}) == signature(two, {})) == same


def counts(*rows: tuple[float, float, float]) -> Counts:
    coded, read, voices = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return Counts(coded, read, voices, 20, 200)


def test_few_passages_weigh_less_than_many() -> None:
    three, twelve = estimate(np.array([3.0, 12.0]), np.array([3.0, 14.0]), 0.1)

    assert three < 0.7 < twelve


def test_chance_is_the_binomial_tail() -> None:
    from scipy.stats import binom

    (chance,) = improbable(counts((5, 7, 3)))

    assert chance == pytest.approx(binom.sf(4, 7, 0.1))
    assert improbable(counts((0, 4, 0)))[0] == 1


def test_more_looked_at_asks_for_more() -> None:
    """Benjamini & Hochberg's own table (1995, section 3.2), at their level: four of fifteen pass."""
    table = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    halved = np.array(table) * 2  # they control at .05, we at .1

    assert limit(halved, 15) == pytest.approx(0.0190)
    assert limit(np.array([0.5]), 10) == -1
    assert passing(counts((3, 4, 3)), 1).tolist() == [True]
    assert passing(counts((3, 4, 3)), 100).tolist() == [False]
    assert passing(counts((9, 9, 1)), 1).tolist() == [False]


def field(rows: Sequence[tuple[str, ...]], labels: Sequence[int]) -> Field:
    """Return passages with these words, those side by side being pairs, each of another informant."""
    words = sorted({(word,) for row in rows for word in row})
    pairs = sorted({pair for row in rows for pair in pairwise(row)})
    names = (*words, *pairs)
    table = np.array([[name in pairwise(row) if len(name) == 2 else name[0] in row for name in names] for row in rows])
    terms = Terms(names, csc_matrix(table.astype(float)), {name: number for number, name in enumerate(names)})
    return Field(terms, np.array(labels), np.arange(len(rows)))


def found_in(rows: Sequence[tuple[str, ...]], labels: Sequence[int]) -> list[str]:
    made = field(rows, labels)
    return [made.candidates[number].rule for number in ranked(made)]


@pytest.mark.parametrize(("wrong", "told"), [(1, False), (2, True)])
def test_a_pair_must_tell_clearly_more_than_its_word(wrong: int, told: bool) -> None:
    """*iuran berat* is right 20 times of 20, *iuran* 20 of 21 or of 22: the estimate is .04 or .08 lower, and .05 must be gained."""
    rows = [("iuran", "berat")] * 20 + [("iuran", "lancar")] * wrong + [("berat",)] * 25 + [("jualan",)] * 55
    rules_ = found_in(rows, [1] * 20 + [0] * (wrong + 80))

    assert "iuran" in rules_
    assert ("iuran NEAR/4 berat" in rules_) == told


@pytest.mark.parametrize(("lost", "told"), [(1, True), (2, False)])
def test_a_word_that_must_not_stand_near_may_cost_a_tenth(lost: int, told: bool) -> None:
    """*iuran* is coded ten times, *lost* of them beside *sampah*, which stands in ten wrong ones."""
    rows = [("iuran", "mahal")] * (10 - lost) + [("iuran", "sampah")] * (lost + 10) + [("jualan",)] * 80
    rules_ = found_in(rows, [1] * 10 + [0] * 90)

    assert ("iuran NOT/5 sampah" in rules_) == told


def test_what_halves_say_is_counted_in_the_others() -> None:
    """Two informants for whom the word is always right, two for whom it never is: what holds in one half does not in the other."""
    rows = [("iuran",), ("jualan",)] * 40
    labels = np.array([1, 0] * 20 + [0, 0] * 20)
    groups = np.repeat([0, 1, 2, 3], 20)
    table = csr_matrix([[float("iuran" in row)] for row in rows])
    ((held, unseen),) = _again(table, labels, groups)
    makes, coded, read = 0, 0, 0
    for half in halves(groups):
        here, there = set(groups[half]), set(groups[~half])
        if {0, 1} <= here:  # both right ones: two voices, 20 of 20 coded
            makes += 1
            coded += 10 * len(there & {0, 1})
            read += 10 * len(there)

    assert held == Share(makes, 20)
    assert 0 < makes < 20
    assert unseen == coded / read == 0


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_wilsons(k: int, n: int, low: float, high: float) -> None:
    """Examples of table I of Newcombe (1998), Two-sided confidence intervals for the single proportion, method 3."""
    assert Share(k, n).interval == pytest.approx((low, high), abs=1e-4)
    assert wilson(k, n) == pytest.approx((low, high), abs=1e-4)


def near_of(right: Sequence[str], wrong: Sequence[str]) -> str:
    """Return the word that narrows a rule with these words near it, a passage each."""
    every = [*right, *wrong]
    labels = np.array([1] * len(right) + [0] * len(wrong))
    return _bar({number: frozenset(words.split()) for number, words in enumerate(every)}, labels, len(wrong))


def test_a_rule_is_narrowed_by_what_costs_little_and_is_not_chance() -> None:
    assert near_of(["mahal"] * 20, ["sampah"] * 12) == "sampah"
    assert near_of(["mahal"] * 18 + ["sampah"] * 2, ["sampah"] * 20) == "sampah"  # a tenth of the right ones is lost
    assert near_of(["mahal"] * 17 + ["sampah"] * 3, ["sampah"] * 20) == ""
    assert near_of(["mahal"] * 3, ["sampah"] * 3 + ["lain"] * 3) == ""  # of so few, chance
    # Three of three wrong ones have a chance of an eighth cubed to pass alone, and do not among so many words looked at.
    many = [" ".join(f"kata{n}" for n in range(40))]
    assert near_of(["mahal"] * 80, ["sampah"] * 3 + ["lain"] * 17) == "lain"
    assert near_of(["mahal"] * 49 + many, ["sampah"] * 3 + ["satu", "dua", "tiga", "empat"]) == "sampah"
    assert near_of(["mahal"] * 9 + many, ["sampah"] * 3 + ["satu", "dua", "tiga"]) == ""

"""How good suggestions are for people not learnt from: against known figures, and with nothing leaking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from corpora import coding, corpus, guid, transcript
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from qualcode.agreement import agree
from qualcode.errors import StateError
from qualcode.model import Codings, Corpus, Reading, Span
from qualcode.suggesters._bench import Bench
from qualcode.suggesters._truth import truth
from qualcode.suggesters.effort import RECIPES, replay
from qualcode.suggesters.evaluation import Evaluation, Fold, evaluation, hold_out, lesson, lessons_of
from qualcode.suggesters.evaluation._evaluation import ONE_INFORMANT
from qualcode.suggesters.evaluation._humans import NOTHING_SHARED, ONE_CODER, second_coder
from qualcode.suggesters.evaluation._measures import (
    FEW,
    NEITHER,
    NO_SCORE,
    NOTHING_BEARS,
    NOTHING_SUGGESTED,
    UNSTABLE,
    average_precision,
    bins,
    calibration_error,
    f1_of,
    macro_f1,
    quality,
    wilson,
)

SAID = {
    "jaminan": ("nggak punya BPJS sama sekali", "BPJS belum pernah punya saya", "soal BPJS ya belum punya"),
    "teknologi": ("pakai aplikasi ojek di HP", "aplikasi di HP bantu pesanan", "order lewat aplikasi HP"),
    "": ("ya begitulah mbak", "anak saya dua orang", "tinggal di sini sudah lama", "istri jualan kue"),
}


def made(people: int, coders: dict[str, set[str]]) -> Corpus:
    """Return a study of people who say the same kinds of things; each coder gives only these codes."""
    sources, codings, readings = [], [], []
    for person in range(people):
        lines = [(code, f"{said} {person}") for code, each in SAID.items() for said in each]
        source = transcript(f"N-{person:02}", "".join(f"N: {said}\n" for _, said in lines))
        sources.append(source)
        for coder, codes in coders.items():
            mine = [coding(source, turn, code, coder) for turn, (code, _) in enumerate(lines, 1) if code in codes]
            codings += mine
            whole = Span(0, len(source.text))
            name = guid(f"r{person}{coder}")
            readings.append(Reading(name, source.guid, source.revision, whole, coder, mine[0].at))
    return corpus(sources, codings).with_(readings=tuple(readings))


BOTH = {"jaminan", "teknologi"}


def evaluated(study: Corpus, coder: str = "rani", second: str | None = None) -> Evaluation:
    true = truth(study, [coder])
    bench = Bench(true)
    folds = [hold_out(bench, group) for group in range(len(true.informants))] if len(true.informants) > 1 else []
    return evaluation(study, true, bench.hits, folds, [], second=second or second_coder(study, [coder]))


labels = st.lists(st.integers(0, 1), min_size=1, max_size=40)


@given(st.data(), labels)
def test_figures_are_those_of_scikit_learn(data: st.DataObject, bears: list[int]) -> None:
    n = len(bears)
    said = data.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))
    scores = data.draw(st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.9]), min_size=n, max_size=n))
    true, found = np.array(bears), np.array(said)
    precision, recall, f1, ap = quality(true, found, np.array(scores), np.zeros(n, dtype=int))

    assert precision.value == (pytest.approx(precision_score(true, found)) if any(said) else None)
    assert recall.value == (pytest.approx(recall_score(true, found)) if any(bears) else None)
    assert f1.value == (pytest.approx(f1_score(true, found)) if any(said) or any(bears) else None)
    assert ap.value == (pytest.approx(average_precision_score(true, scores)) if any(bears) else None)


def test_what_is_undefined_says_why() -> None:
    nothing = np.zeros(6, dtype=int)
    one = np.array([1, 0, 0, 0, 0, 0])
    groups = np.arange(6)

    precision, recall, f1, ap = quality(nothing, nothing, np.full(6, 0.5), groups)
    assert [figure.value for figure in (precision, recall, f1, ap)] == [None] * 4
    assert [precision.undefined, recall.undefined, f1.undefined, ap.undefined] == [
        NOTHING_SUGGESTED, NOTHING_BEARS, NEITHER, NOTHING_BEARS,
    ]  # fmt: skip
    assert quality(one, one, None, groups)[3].undefined == NO_SCORE
    assert quality(one, one, None, groups % 4)[1].interval_undefined == FEW


@given(st.integers(0, 2**32 - 1))
def test_intervals_hold_their_figure_when_informants_are_alike(seed: int) -> None:
    """Ten informants with the same hits and misses: no resample differs."""
    random = np.random.default_rng(seed)
    bears, said = random.integers(0, 2, 12), random.integers(0, 2, 12)
    if not (bears & said).any():
        return
    groups = np.repeat(np.arange(10), 12)
    found = quality(np.tile(bears, 10), np.tile(said, 10), np.tile(said * 0.5, 10), groups)

    for figure in found:
        assert figure.value is not None
        assert figure.interval == pytest.approx((figure.value, figure.value))


def test_intervals_are_wider_when_informants_differ() -> None:
    groups = np.repeat(np.arange(10), 10)
    bears = np.ones(100, dtype=int)
    alike = quality(bears, np.tile([1, 0], 50), None, groups)[1]
    apart = quality(bears, np.repeat([1, 0], 50), None, groups)[1]

    assert alike.value == apart.value == 0.5
    assert alike.interval == pytest.approx((0.5, 0.5))
    assert apart.interval is not None
    assert apart.interval[1] - apart.interval[0] > 0.4


def resampled(groups: NDArray[np.int64], figures: Callable[[NDArray[np.int64]], list[float]]) -> NDArray[np.float64]:
    """Return the 95 % percentiles of *figures* over the rows of informants drawn with replacement, as many as there are."""
    random = np.random.default_rng(99)
    names = np.unique(groups)
    rows = {name: np.flatnonzero(groups == name) for name in names}
    found = [figures(np.concatenate([rows[n] for n in random.choice(names, len(names))])) for _ in range(2_000)]
    return np.asarray(np.nanpercentile(np.array(found), [2.5, 97.5], axis=0).T, dtype=np.float64)


def test_intervals_are_those_of_informants_drawn_whole() -> None:
    """Informants of unlike length and unlike in what is found of them, drawn row by row."""
    random = np.random.default_rng(4)
    groups = np.repeat(np.arange(14), random.integers(3, 30, 14))
    bears = (random.random(len(groups)) < 0.4).astype(int)
    right = random.random(14)[groups]
    scores = np.where(random.random(len(groups)) < right, bears, random.random(len(groups))).astype(np.float64).round(1)
    said = (scores > 0.5).astype(int)

    def figures(rows: NDArray[np.int64]) -> list[float]:
        true, found = bears[rows], said[rows]
        hits = (true & found).sum()
        ap = average_precision(true, scores[rows])  # that of scikit-learn, see above
        return [hits / found.sum(), hits / true.sum(), 2 * hits / (found.sum() + true.sum()), ap or 0.0]

    expected = resampled(groups, figures)
    for figure, interval in zip(quality(bears, said, scores, groups), expected, strict=True):
        assert figure.interval == pytest.approx(tuple(interval), abs=0.02)
        assert interval[1] - interval[0] > 0.1


def test_the_interval_of_the_mean_f1_is_of_the_codes_that_a_resample_has() -> None:
    """The first code is one informant's alone and the second is not known of three of them."""
    random = np.random.default_rng(5)
    groups = np.repeat(np.arange(9), 12)
    true = random.integers(0, 2, (108, 3))
    said = np.where(random.random((108, 3)) < 0.3, 1 - true, true)
    true[groups > 0, 0] = said[groups > 0, 0] = 0
    true[groups > 5, 1] = -1

    def mean(rows: NDArray[np.int64]) -> list[float]:
        each = [f1_of(true[rows, code], (said[rows, code] == 1) & (true[rows, code] >= 0)) for code in range(3)]
        return [float(np.mean([one for one in each if one is not None]))]

    figure = macro_f1(true, said, groups)
    assert figure.value == pytest.approx(mean(np.arange(108))[0])
    assert figure.interval == pytest.approx(tuple(resampled(groups, mean)[0]), abs=0.02)


def test_a_code_of_one_informant_has_no_interval() -> None:
    """A third of the resamples of six informants is without that one: (5/6)^6."""
    groups = np.repeat(np.arange(6), 10)
    bears = (groups == 0).astype(int)

    assert quality(bears, bears, None, groups)[1].interval_undefined == UNSTABLE
    assert macro_f1(bears[:, None], bears[:, None], groups).interval_undefined == UNSTABLE
    assert macro_f1(bears[:, None], bears[:, None], groups).value == 1


def test_mean_f1_is_that_of_scikit_learn_over_codes_in_use() -> None:
    random = np.random.default_rng(3)
    true, said = random.integers(0, 2, (60, 4)), random.integers(0, 2, (60, 4))
    true[:, 3] = 0
    figure = macro_f1(true, said, np.repeat(np.arange(6), 10))

    assert figure.value == pytest.approx(f1_score(true[:, :3], said[:, :3], average="macro"))
    assert figure.interval is not None
    assert figure.interval[0] <= figure.value <= figure.interval[1]


def test_average_precision_of_nothing_is_undefined() -> None:
    assert average_precision(np.zeros(3, dtype=int), np.array([0.1, 0.2, 0.3])) is None


@given(st.integers(0, 30), st.integers(1, 30))
def test_wilson_holds_the_share(k: int, n: int) -> None:
    k = min(k, n)
    low, high = wilson(k, n)

    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=60), st.integers(1, 20))
def test_joined_bins_hold_enough_and_lose_nothing(drawn: list[tuple[float, int]], least: int) -> None:
    scores, true = np.array([p for p, _ in drawn]), np.array([y for _, y in drawn])
    table = bins(true, scores, least=least)

    assert sum(one.n for one in table) == len(drawn)
    assert sum(round(one.share * one.n) for one in table) == true.sum()
    assert all(one.n >= least for one in table) or len(table) == 1
    assert all(one.low <= one.mean <= one.high for one in table)
    assert all(one.high <= other.low for one, other in pairwise(table))
    assert all(0 <= one.interval[0] <= one.share <= one.interval[1] <= 1 for one in table)


def test_each_code_has_a_calibration_of_its_own() -> None:
    found = evaluated(made(5, {"rani": BOTH}))

    assert [one.code for one in found.code_calibrations][:2] == [one.code for one in found.qualities if one.code][:4:2]
    for one in found.code_calibrations:
        assert sum(each.n for each in one.bins) == 50
        assert all(each.n >= 10 for each in one.bins)
        assert one.error == calibration_error(one.bins)


def test_what_is_not_known_is_in_no_calibration_and_one_match_of_a_rule_suggests() -> None:
    """Two units of ten are not known for the first code; the rules match the others once, twice or not at all."""
    study = made(2, {"rani": BOTH})
    true = truth(study, ["rani"])
    labels = true.labels.copy()
    labels[:2, 0] = -1
    folds = [
        Fold(group, ((0.25,) * len(true.keys),) * 10, ((0,) * len(true.keys),) * 10, (0,) * len(true.keys))
        for group in (0, 1)
    ]
    hits = np.zeros((20, len(true.keys)), dtype=int)
    hits[:10, 0] = np.arange(10) % 3
    found = evaluation(study, replace(true, labels=labels), hits, folds, [], second=None)
    rules = next(one for one in found.qualities if (one.code, one.recipe) == (true.keys[0], "rules"))

    assert sum(one.n for one in found.calibration) == 20 * len(true.keys) - 2
    assert sum(one.n for one in found.code_calibrations[0].bins) == 18
    assert rules.n_suggested == 5  # of 6, one is not known
    assert found.calibration_error == pytest.approx(abs(0.25 - (labels == 1).sum() / (labels != -1).sum()))


def test_calibration_of_probabilities_that_hold_is_nought() -> None:
    scores = np.repeat([0.25, 0.75], 100)
    true = np.concatenate([np.tile([1, 0, 0, 0], 25), np.tile([1, 1, 1, 0], 25)])
    table = bins(true, scores)

    assert [one.n for one in table] == [100, 100]
    assert calibration_error(table) == pytest.approx(0)
    assert calibration_error(bins(1 - true, scores)) == pytest.approx(0.5)
    assert calibration_error(()) is None
    assert bins(np.array([1]), np.array([1.0]))[0].high == 1  # the last bin holds its end


def test_words_that_always_go_with_a_code_are_learnt_from_others() -> None:
    found = evaluated(made(6, {"rani": BOTH}))
    machine = next(one for one in found.qualities if (one.code, one.recipe) == ("jaminan", "classifier"))

    assert machine.recall.value == pytest.approx(1)
    assert (machine.n_bearing, machine.n_informants, machine.silent) == (18, 6, 0)
    assert machine.precision.interval is not None


def test_what_one_informant_alone_says_cannot_be_known_of_them() -> None:
    """A code that only one person bears has no positive label among the others: nothing of it may leak."""
    study = made(6, {"rani": {"jaminan"}})
    alone = coding(study.transcripts[0], 4, "nilai")
    found = evaluated(study.with_(codings=Codings([*study.codings, alone])))
    one = next(one for one in found.qualities if (one.code, one.recipe) == ("nilai", "classifier"))

    assert one.n_bearing == 1
    assert one.recall.value == 0


def test_an_informant_left_out_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(truth(made(4, {"rani": BOTH}), ["rani"]))
    seen: list[set[int]] = []
    learn = Bench.learn

    def spy(self: Bench, shown: np.ndarray) -> object:
        seen.append(set(bench.truth.groups[shown.any(axis=1)].tolist()))
        return learn(self, shown)

    monkeypatch.setattr(Bench, "learn", spy)
    fold = hold_out(bench, 2)
    lesson(bench, 2, 0)

    assert seen[0] == {0, 1, 3}
    assert len(seen[1]) == 2
    assert len(fold.probabilities) == 10
    assert Fold.of_json(2, fold.to_json()) == fold


def test_the_learning_curve_grows_by_informants() -> None:
    bench = Bench(truth(made(6, {"rani": BOTH}), ["rani"]))

    assert [size for size, draw in lessons_of(bench.truth) if draw == 0] == [1, 2, 3]
    assert lesson(bench, 2, 0).n_units == 20
    assert lesson(bench, 3, 0) == lesson(bench, 3, 0)
    assert lesson(bench, 3, 0).n_codes == 2


def test_a_code_put_anywhere_would_have_been_silent() -> None:
    """Everybody says the same ten things, and each time something else is coded: what is learnt of others is worth nothing."""
    study = made(6, {"rani": {"jaminan"}})
    anywhere = [
        coding(source, (3 * n + at) % 10 + 1, "nilai") for n, source in enumerate(study.transcripts) for at in (0, 4)
    ]
    true = truth(study.with_(codings=Codings([*study.codings, *anywhere])), ["rani"])
    fold = hold_out(Bench(true), 0)

    assert fold.silent[true.keys.index("nilai")] == 1
    assert fold.silent[true.keys.index("jaminan")] == 0
    assert fold.silent[true.keys.index("teknologi")] == 1  # without an example


def test_one_informant_says_why_not_and_still_tests_the_rules() -> None:
    found = evaluated(made(1, {"rani": BOTH}))

    assert found.undefined == ONE_INFORMANT
    assert found.humans_undefined == ONE_INFORMANT
    assert {one.recipe for one in found.qualities} == {"rules"}
    assert found.calibration == ()
    assert found.calibration_error is None


def test_people_agree_as_the_agreement_room_says() -> None:
    study = made(5, {"rani": BOTH, "dewi": {"jaminan"}})
    found = evaluated(study)
    people = {one.code: one for one in found.humans if one.pair == ("rani", "dewi")}

    for code in ("", "jaminan", "teknologi"):
        expected = agree(study, coders=["rani", "dewi"], code=code or None)
        assert people[code].alpha == expected.value
        assert people[code].n_units == expected.n_units == 50
    assert {one.pair for one in found.humans} == {("rani", "dewi"), ("rani", "machine"), ("dewi", "machine")}
    assert len({one.n_units for one in found.humans}) == 1


def test_the_machine_agrees_with_whom_it_learnt_from() -> None:
    found = evaluated(made(5, {"rani": BOTH, "dewi": {"jaminan"}}))
    percent = {one.pair: one.percent for one in found.humans if one.code == "teknologi"}

    assert percent["rani", "machine"] == 1
    assert percent["dewi", "machine"] == percent["rani", "dewi"] == pytest.approx(0.7)


def test_without_a_second_coder_the_comparison_says_why() -> None:
    found = evaluated(made(3, {"rani": BOTH}))

    assert found.humans == ()
    assert found.humans_undefined == ONE_CODER


def test_coders_who_read_other_passages_cannot_be_compared() -> None:
    study = made(4, {"rani": BOTH, "dewi": BOTH})
    early, late = ({t.guid for t in study.transcripts[part]} for part in (slice(0, 2), slice(2, 4)))
    half = study.with_(
        codings=Codings(c for c in study.codings if c.transcript in (early if c.coder == "rani" else late)),
        readings=tuple(r for r in study.readings if r.transcript in (early if r.coder == "rani" else late)),
    )

    assert evaluated(half).humans_undefined == NOTHING_SHARED


HOSTILE = {
    "every passage bears the code": (["satu dua", "tiga empat", "lima enam"], {1, 2, 3}),
    "one word each": (["ya", "nggak", "ya"], {1}),
    "the same words with and without the code": (["ya begitu", "ya begitu", "ya begitu"], {2}),
    "signs and smiles": (["😀😀", "…", "(tertawa)"], {1}),
    "one passage each": (["halo"], {1}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_studies_are_tested_or_say_why_not(name: str) -> None:
    lines, bearing = HOSTILE[name]
    sources = [transcript(f"N-{n}", "".join(f"N: {line}\n" for line in lines)) for n in range(3)]
    codings = [coding(source, turn, "jaminan") for source in sources for turn in sorted(bearing)]
    whole = tuple(
        Reading(guid(f"r{n}"), source.guid, source.revision, Span(0, len(source.text)), "rani", codings[0].at)
        for n, source in enumerate(sources)
    )
    study = corpus(sources, codings).with_(readings=whole)
    found = evaluated(study)
    bench = Bench(truth(study, ["rani"]))
    runs = [replay(bench, recipe, 0) for recipe in RECIPES]

    assert found.n_informants == 3
    assert all(0 <= value <= 1 for row in found.to_rows() if isinstance(value := row["f1"], float))
    assert {len(run.orders["jaminan"]) for run in runs} == {2 * len(lines)}


def test_contradictory_coders_leave_nothing_agreed_and_are_tested_on_the_rest() -> None:
    study = made(3, {"rani": {"jaminan"}, "dewi": {"teknologi"}})
    true = truth(study, ["rani", "dewi"])
    bench = Bench(true)
    found = evaluation(study, true, bench.hits, [hold_out(bench, n) for n in range(3)], [], second="dewi")
    one = next(one for one in found.qualities if (one.code, one.recipe) == ("jaminan", "classifier"))

    assert one.n_bearing == 0
    assert one.recall.undefined == NOTHING_BEARS


def test_without_a_code_in_use_there_is_nothing_to_test() -> None:
    study = made(2, {"rani": BOTH})
    none = replace(study.codebook, codes=tuple(replace(code, active=False) for code in study.codebook.codes))

    with pytest.raises(StateError, match="in use"):
        truth(study.with_(codebook=none), ["rani"])

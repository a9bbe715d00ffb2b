"""The formulas of the classifier, each beside the same written out densely, by another library or by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.stats import norm
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

from qualcode.suggesters import ProcessClassifier, _process
from qualcode.suggesters._calibration import PRIOR_MEAN, PRIOR_SD, calibrate, chance, log_odds, logistic
from qualcode.suggesters._clauses import MIX_MEAN, MIX_SD, mix, mixed
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._columns import Columns, Spread, prior
from qualcode.suggesters._exclusion import CERTAINTY_SD, Exclusion
from qualcode.suggesters._features import COARSE, FINE, LONG, Features
from qualcode.suggesters._learnt import Learnt
from qualcode.suggesters._numeric import SD
from qualcode.suggesters._process import NOISE, Exact, Landmarks, WithColumns, posterior, precision
from qualcode.suggesters._table import QUESTION, VIEW, WORD_PIECES, WORDS, Table
from qualcode.suggesters._trust import MOST, TRUST_SD, trust
from qualcode.suggesters._words import forms, pieces

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def rows(n: int = 60, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Return features of which the product is the likeness, columns beside them, and labels."""
    random = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(n), random.random(n) < 0.3, random.normal(size=n)]).astype(float)
    return random.normal(size=(n, 30)) / 5, columns, (random.random(n) < 0.4).astype(float)


MEAN, SDS = np.array([0.1, 0.4, 0.2]), np.array([0.3, 0.5, 0.0])


def sparse(x: Floats, landmarks: Ints) -> tuple[Floats, Floats]:
    """Return what landmarks tell of the covariance of all rows, and that of the labels (Snelson & Ghahramani 2006, equation 9: FITC)."""
    likeness = x @ x.T
    among = likeness[np.ix_(landmarks, landmarks)] + 1e-6 * np.eye(len(landmarks))
    told = likeness[:, landmarks] @ np.linalg.solve(among, likeness[landmarks])
    return told, told + np.diag(np.diag(likeness) - np.diag(told) + NOISE)


def test_landmarks_are_the_sparse_approximation_written_out() -> None:
    """Fewer landmarks than the likeness has directions, so that they do not tell all: mean, groups and folds left out."""
    x, z, y = rows()
    random = np.random.default_rng(3)
    landmarks = np.sort(random.permutation(60)[:12])
    groups, folds = random.integers(0, 7, 60), random.integers(-1, 5, 60)
    new = random.normal(size=(9, 30)) / 5 @ x.T
    told, covariance = sparse(x, landmarks)
    covariance = covariance + (z * SDS**2) @ z.T
    among = told[np.ix_(landmarks, landmarks)]

    def without(out: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
        """Return mean at *out*, mean of the process at new rows, and coefficients, from the other rows."""
        kept = ~out
        weights = np.linalg.solve(covariance[np.ix_(kept, kept)], (y - z @ MEAN)[kept])
        beta = MEAN + SDS**2 * (z[kept].T @ weights)
        at_new = new[:, landmarks] @ np.linalg.solve(among, told[np.ix_(landmarks, np.flatnonzero(kept))] @ weights)
        return told[np.ix_(out, kept)] @ weights + z[out] @ beta, at_new, beta

    inverse = Landmarks((x @ x.T)[:, landmarks].copy(), np.diag(x @ x.T).copy(), landmarks)
    found = posterior(WithColumns(inverse, z, SDS), y, MEAN, groups, folds, 5)
    _, at_new, beta = without(np.zeros(60, dtype=bool))

    assert np.linalg.matrix_rank(told) == 12
    assert new @ found.weights == pytest.approx(at_new, abs=1e-4)
    assert found.beta == pytest.approx(beta, abs=1e-6)
    for group in range(7):
        assert found.unseen[groups == group] == pytest.approx(without(groups == group)[0], abs=1e-4)
    for fold in range(5):
        _, at_new, beta = without(folds == fold)
        assert new @ found.outside[:, fold] == pytest.approx(at_new, abs=1e-4)
        assert found.beta_outside[:, fold] == pytest.approx(beta, abs=1e-6)


def test_many_rows_are_learnt_from_by_landmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above `MOST` rows the inverse is that of the sparse approximation by `LANDMARKS` of them; up to it, the whole."""
    monkeypatch.setattr(_process, "MOST", 40)
    monkeypatch.setattr(_process, "LANDMARKS", 12)
    x, _, _ = rows()
    table = Table(csr_matrix(x[:, :10], dtype=np.float32), x[:, 10:])
    chosen = np.sort(np.random.RandomState(5).permutation(60)[:12])

    assert precision(table, 5).diagonal() == pytest.approx(np.diag(np.linalg.inv(sparse(x, chosen)[1])), abs=1e-4)
    few = np.linalg.inv(x[:40] @ x[:40].T + NOISE * np.eye(40))
    assert precision(table.rows(slice(0, 40)), 5).diagonal() == pytest.approx(np.diag(few), abs=1e-4)


def test_calibration_is_the_most_probable_line_under_its_prior() -> None:
    """Platt 1999 with a normal prior: the same minimum by SciPy."""
    random = np.random.default_rng(0)
    scores = random.normal(0.4, 0.5, 40)
    y = (random.random(40) < 1 / (1 + np.exp(2 - 4 * scores))).astype(np.int64)

    def surprise(line: Floats) -> float:
        odds = line[0] * scores + line[1]
        return float(np.logaddexp(0, odds).sum() - odds @ y + (((line - PRIOR_MEAN) / PRIOR_SD) ** 2).sum() / 2)

    expected = minimize(surprise, PRIOR_MEAN, method="BFGS", options={"gtol": 1e-8}).x
    assert calibrate(scores, y) == pytest.approx(expected, abs=1e-4)


def test_where_scores_are_worth_nothing_the_share_of_positives_is_left() -> None:
    y = (np.arange(400) % 10 == 0).astype(np.int64)
    slope, intercept = calibrate(1.0 - y, y)
    alone = logistic(np.ones((400, 1)), y, PRIOR_MEAN[1:], PRIOR_SD[1:])

    assert slope == 0
    assert intercept == pytest.approx(alone[0])
    assert intercept == pytest.approx(np.log(0.1 / 0.9), abs=0.1)


@pytest.mark.parametrize(("positive", "negative"), [(5, 2), (5, 40), (30, 300)])
def test_chance_is_the_normal_limit_of_the_rank_sum(positive: int, negative: int) -> None:
    """Mann & Whitney 1947: U, which is the area times both numbers, has the variance P N (P + N + 1) / 12."""
    y = np.repeat([1, 0], [positive, negative])
    deviation = np.sqrt(positive * negative * (positive + negative + 1) / 12) / (positive * negative)

    assert chance(y) == pytest.approx(0.5 + norm.ppf(0.95) * deviation, abs=1e-4)


def test_nothing_is_more_certain_than_one_in_a_million() -> None:
    assert log_odds(np.array([0.0, 0.5, 1.0])) == pytest.approx([-13.8155, 0, 13.8155], abs=1e-4)


def test_likeness_to_texts_with_a_hit_is_ridge_regression_on_the_hits_rescaled() -> None:
    random = np.random.default_rng(0)
    fine = random.normal(size=(50, 6))
    hit = fine[:, 0] + random.normal(size=50) > 0.8
    found = Spread.learn(fine, hit)
    new = random.normal(size=(7, 6))
    ridge = Ridge(alpha=1.0).fit(fine, hit.astype(float))
    raw, zero = ridge.predict(fine), ridge.predict(fine)[~hit].mean()

    assert found.of(fine)[hit].mean() == pytest.approx(1)
    assert found.of(fine)[~hit].mean() == pytest.approx(0)
    assert found.of(new) == pytest.approx((ridge.predict(new) - zero) / (raw[hit].mean() - zero), abs=1e-5)
    for nothing in (np.zeros(50, dtype=bool), np.ones(50, dtype=bool)):
        assert not Spread.learn(fine, nothing).of(new).any()


def test_columns_say_what_the_codebook_and_the_other_codes_say() -> None:
    """Three codes, of which the third is the parent of the first: it is no other of it. The second text has two clauses, in one of which both codes hit."""
    hits = np.array([[2, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]])
    rules = np.array([[1, 0], [0, 1], [0, 0], [0, 0]], dtype=np.int8)
    roots = np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0], [1, 0, 0]])
    parts = Clues(
        np.array([[2, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]]), np.zeros((5, 3), dtype=int),
        np.zeros((5, 2), dtype=np.int8), np.array([0, 1]),
    )  # fmt: skip
    clues = Clues(hits, roots, rules, np.array([0, 1]), parts, np.array([0, 1, 3, 4, 5]))
    apart = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
    labels = np.array([[1, -1, 0], [0, 1, -1]])
    columns = Columns(clues, np.zeros((4, 0)), labels, apart)
    own = columns.own(clues, np.zeros((4, 0)))
    probable = np.array([[0.1, 0.2, 0.5], [0.3, 0.4, 0.5], [0.5, 0.5, 0.5], [0.0, 1.0, 0.0]])

    assert own[0].tolist() == [
        [1, 1, 1, 0, 0, 1, 1],
        [1, 1, 0, 0, 0, 1, 0],
        [1, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 1, 0, 0],
    ]
    assert own[1].tolist() == [
        [1, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 1],
        [1, 0, 0, 0, 1, 0, 0],
        [1, 0, 0, 0, 0, 0, 0],
    ]
    assert columns.first(own)[0].tolist() == [[0, 0], [1, 1], [0, 0], [0, 0]]
    assert columns.first(own)[1].tolist() == [[1, 0], [1, 1], [1, 0], [0, 0]]
    second = columns.second(own, probable)
    assert second[1] == pytest.approx(np.array([[0.45, 0], [0.35, 0.35], [0.25, 0], [1, 0]]))
    assert second[0][:, 0] == pytest.approx([0.8, 0.6, 0.5, 0.0])


@pytest.mark.parametrize("always", [False, True])
def test_codes_that_shut_each_other_out_share_as_bayes_says(always: bool) -> None:
    """Every combination of three independent codes, those that cannot be left out."""
    p = np.array([0.3, 0.6, 0.2])
    found, whole = np.zeros(3), 0.0
    for there in np.array(list(product([0, 1], repeat=3))):
        if there.sum() <= 1 and (there.any() or not always):
            chance_of = float(np.prod(np.where(there, p, 1 - p)))
            whole += chance_of
            found += chance_of * there

    assert Exclusion(~np.eye(3, dtype=bool), always, 1.0, np.ones(3)).applied(p[None])[0] == pytest.approx(
        found / whole, abs=1e-6
    )


def test_the_power_of_the_odds_is_the_most_probable_one() -> None:
    """Around 1 with a deviation of `CERTAINTY_SD`; tried one by one on codes that are surer than they should be."""
    random = np.random.default_rng(1)
    code = random.integers(0, 3, 90)
    labels = np.eye(3, dtype=np.int64)[code]
    p = np.where(random.random((90, 3)) < 0.25, 1 - labels, labels) * 0.9 + 0.05
    apart, ones = ~np.eye(3, dtype=bool), np.ones(3)

    def surprise(power: float) -> float:
        odds = (p / (1 - p)) ** power
        shared = odds / odds.sum(axis=1, keepdims=True)
        right = np.where(labels == 1, shared, 1 - shared)
        return float(-np.log(right).sum() + ((power - 1) / CERTAINTY_SD) ** 2 / 2)

    tried = np.linspace(0.1, 2, 1901)
    found = Exclusion.learn(labels, apart, p)
    assert found.always
    assert found.power == pytest.approx(tried[np.argmin([surprise(one) for one in tried])], abs=2e-3)
    assert found.power < 0.9
    odds = (p[:1] / (1 - p[:1])) ** 0.5
    assert Exclusion(apart, False, 0.5, ones).applied(p[:1]) == pytest.approx(odds / (1 + odds.sum()), abs=1e-6)


@pytest.mark.parametrize(("rows_", "always"), [(19, False), (20, True)])
def test_that_there_always_is_a_code_takes_twenty_texts(rows_: int, always: bool) -> None:
    labels = np.eye(3, dtype=np.int64)[np.arange(rows_) % 3]
    found = Exclusion.learn(labels, ~np.eye(3, dtype=bool), np.full((rows_, 3), 1 / 3))

    assert found.others.any()
    assert found.always == always


def codes_with_rules(right: float) -> list[tuple[WithColumns, Ints]]:
    """Return four codes whose rules are right as often as that, otherwise no more than chance."""
    random = np.random.default_rng(0)
    found = []
    for _ in range(4):
        x, hit = random.normal(size=(30, 5)) / 2, random.random(30) < 0.4
        columns = np.column_stack([np.ones(30), hit, hit, random.random((30, 6))]).astype(float)
        y = np.where(random.random(30) < right, hit, random.random(30) < 0.3).astype(np.int64)
        found.append((WithColumns(Exact(x @ x.T), columns, prior(9)[1]), y))
    return found


def test_trust_is_the_most_probable_that_all_codes_share() -> None:
    """The labels of a code are normal around the constant and t times what its rules say; t is normal around 1 (by SciPy)."""
    codes = codes_with_rules(0.4)

    def surprise(t: Floats) -> float:
        total = ((t[0] - 1) / TRUST_SD) ** 2 / 2
        for inverse, y in codes:
            mean = prior(9)[0] * np.array([1, *[t[0]] * 8])
            total += (y - inverse.columns @ mean) @ inverse.times(y - inverse.columns @ mean) / 2
        return float(total)

    expected = minimize(surprise, np.ones(1), method="BFGS", options={"gtol": 1e-8}).x[0]
    assert 0.1 < expected < 0.9
    assert trust(codes) == pytest.approx(expected, abs=1e-4)
    assert trust([]) == 1


def test_trust_has_its_limits() -> None:
    assert trust([(inverse, 3 * y) for inverse, y in codes_with_rules(1.0)]) == MOST
    assert trust([(inverse, -3 * y) for inverse, y in codes_with_rules(1.0)]) == 0


def test_a_text_and_its_best_clause_are_mixed_by_the_most_probable_weights() -> None:
    """Their log-odds, of clauses less the shift, by SciPy; rows in no fold teach nothing and keep what the whole text says."""
    random = np.random.default_rng(0)
    whole, best = random.random((60, 1)), random.random((60, 1))
    labels = (random.random((60, 1)) < 0.3 + 0.4 * whole * best).astype(np.int64)
    labels[:5] = -1
    fold = np.where(np.arange(60) < 45, np.arange(60) % 5, -1)
    nothing = np.zeros(0)
    one = Learnt(
        nothing,
        nothing,
        nothing,
        1.0,
        0.0,
        np.where(labels[:, 0] < 0, np.nan, whole[:, 0]),
        0.5,
        0.6,
        True,
        np.array([1.0, 0, 0]),
    )
    (found,) = mixed((one,), labels, best, np.array([0.7]), fold)
    tested = np.arange(5, 45)
    columns = np.column_stack([log_odds(whole[:, 0]), log_odds(best[:, 0]) - 0.7, np.ones(60)])[tested]

    def surprise(worth: Floats) -> float:
        odds = columns @ worth
        return float(
            np.logaddexp(0, odds).sum() - odds @ labels[tested, 0] + (((worth - MIX_MEAN) / MIX_SD) ** 2).sum() / 2
        )

    worth = minimize(surprise, MIX_MEAN, method="BFGS", options={"gtol": 1e-8}).x
    assert found.mix == pytest.approx(worth - [0, 0, 0.7 * worth[1]], abs=1e-4)
    assert mix(whole, best, (found,))[tested, 0] == pytest.approx(found.unseen[tested], abs=2e-6)
    assert found.unseen[45:] == pytest.approx(whole[45:, 0])
    assert np.isnan(found.unseen[:5]).all()
    assert found.skill == pytest.approx(roc_auc_score(labels[5:, 0], found.unseen[5:]))


def test_the_numeric_step_is_kernel_ridge_regression_around_a_constant() -> None:
    """The likeness of a row with itself is `weight` on average; the constant is 0 with a deviation of `SD`."""
    random = np.random.default_rng(0)
    x, y = random.normal(size=(40, 3)) * [1, 5, 2] + 7, random.integers(0, 2, 40)
    centred = x - x.mean(axis=0)
    kernel = 3 * centred @ centred.T / (centred**2).sum(axis=1).mean() + SD[0] ** 2
    expected = KernelRidge(kernel="precomputed", alpha=NOISE).fit(kernel, y).predict(kernel)
    model = ProcessClassifier(weight=3).fit(x, y)
    direction, base, slope, start = model._learnt[1]
    scores = centred * (3 / (centred**2).sum(axis=1).mean()) ** 0.5 @ direction + base
    each = [1 / (1 + np.exp(-(m * s + c))) for s, (_, _, m, c) in zip((1 - scores, scores), model._learnt, strict=True)]

    assert np.trace(kernel - SD[0] ** 2) == pytest.approx(3 * 40)
    assert scores == pytest.approx(expected, abs=1e-6)
    assert slope > 0 > start
    assert model.predict_proba(x)[:, 1] == pytest.approx(each[1] / (each[0] + each[1]), abs=0.02)


TEXTS = [
    "ada utang di warung, hujan lagi",
    "hujan hujan terus ya",
    "sepi pembeli",
    "utang ke warung tetangga belum dibayar, anak sakit, hujan terus sepi",
    "anak sekolah",
    "utang lagi utang lagi",
]
ASKED = ["", "soal utang?", "", "apa kabar soal hujan", "", "soal utang?"]


def weighed(terms: list[list[str]], least: int = 1) -> list[dict[str, float]]:
    """Return tf-idf of terms, text by text, of length 1: (1 + ln t)(1 + ln((1 + n) / (1 + df)))."""
    held = Counter(term for each in terms for term in set(each))
    found = []
    for each in terms:
        row = {
            term: (1 + np.log(times)) * (1 + np.log((1 + len(terms)) / (1 + held[term])))
            for term, times in Counter(each).items()
            if held[term] >= least
        }
        length = np.sqrt(sum(value**2 for value in row.values()))
        found.append({term: value / length for term, value in row.items()} if length else {})
    return found


def dense(weights: list[dict[str, float]]) -> Floats:
    names = sorted(set().union(*weights))
    return np.array([[each.get(name, 0.0) for name in names] for each in weights])


def test_likeness_is_the_weighted_sum_of_cosines_written_out() -> None:
    """Words and pairs, pieces, the question, and the coarse and the fine view of the topics."""
    said = [forms(text) for text in TEXTS]
    pairs = [[f"{one} {two}" for one, two in pairwise(each)] for each in said]
    cut = [[piece for word in each for piece in pieces(word)] for each in said]
    spoken = dense(weighed([one + two for one, two in zip(said, pairs, strict=True)]))
    alone, parts, before = dense(weighed(said)), dense(weighed(cut)), dense(weighed([forms(one) for one in ASKED]))
    distinct = np.array([len(set(each)) for each in said])
    long = (distinct / np.median(distinct)) ** LONG
    expected = np.outer(long, long) * (WORDS * spoken @ spoken.T + WORD_PIECES * parts @ parts.T)
    expected += QUESTION * before @ before.T
    _, _, directions = np.linalg.svd(np.hstack([alone, parts]), full_matrices=False)
    placed = np.hstack([alone, parts]) @ directions[: min(FINE, len(TEXTS) - 1)].T
    for view in (placed[:, :COARSE], placed):
        unit = view / np.linalg.norm(view, axis=1, keepdims=True)
        expected += VIEW**2 * unit @ unit.T
    table = Features().fit(TEXTS, ASKED)

    assert table.likeness(table) == pytest.approx(expected, abs=1e-4)


def test_a_clause_has_its_words_for_their_pieces_too_and_its_place_among_the_topics() -> None:
    """A text that is one clause: its words count as much as words and pieces together, and it lies where the text lies."""
    features = Features()
    table = features.fit(TEXTS, ASKED)
    assert table.clauses is not None
    assert table.ends is not None
    alone = [row for row, n in enumerate(np.diff(table.ends)) if n == 1]
    spoken, before = dense(weighed([forms(text) for text in TEXTS])), dense(weighed([forms(one) for one in ASKED]))
    distinct = np.array([len(set(forms(text))) for text in TEXTS])
    counts = (distinct / np.median(distinct)) ** LONG * (WORDS + WORD_PIECES) / WORDS**0.5
    clauses = table.clauses.rows(table.ends[alone])

    assert len(alone) == 4
    assert (clauses.terms @ clauses.terms.T).toarray() == pytest.approx(
        QUESTION * before[alone] @ before[alone].T + np.outer(counts, counts)[np.ix_(alone, alone)] * (spoken @ spoken.T)[np.ix_(alone, alone)],
        abs=1e-4,
    )  # fmt: skip
    assert clauses.topics == pytest.approx(table.topics[alone], abs=0.02)


@pytest.mark.parametrize("text", [*TEXTS, "kucing hujan hujan utang utang lagi", "kucing", ""])
def test_words_shares_add_up_to_the_product_with_any_weights(text: str) -> None:
    features = Features()
    table = features.fit(TEXTS, ASKED)
    random = np.random.default_rng(2)
    terms = random.normal(size=table.terms.shape[1])
    topics = np.asarray(random.normal(size=table.topics.shape[1]))
    row = features.transform([text], [""])
    found = features.shares(text, terms, topics)

    assert set(found) == set(forms(text))
    assert sum(found.values()) == pytest.approx(float((row.terms @ terms + row.topics @ topics)[0]), abs=1e-5)


def test_the_coarse_view_has_fewer_topics_and_rare_pieces_are_left_out() -> None:
    """With many texts: the views differ, and of pairs and pieces only those count that two texts hold."""
    random = np.random.default_rng(0)
    words = [f"{a}{b}{c}" for a in "bdgkmprst" for b in "aeiou" for c in ("ti", "lo")]
    texts = [" ".join(random.choice(words, random.integers(2, 6))) for _ in range(110)]
    said = [forms(text) for text in texts]
    cut = [[piece for word in each for piece in pieces(word)] for each in said]
    held = Counter(piece for each in cut for piece in set(each))
    pairs = Counter(pair for each in said for pair in set(pairwise(each)))
    features = Features()
    table = features.fit(texts, [""] * 110)

    assert set(features.pieces) == {piece for piece, times in held.items() if times >= 2}
    assert len(features.pairs) == sum(times >= 2 for times in pairs.values())
    assert table.fine_at == COARSE
    assert table.topics.shape[1] == COARSE + FINE
    parts = dense(weighed(cut, 2))
    alone = dense(weighed(said))
    _, values, _ = np.linalg.svd(np.hstack([alone, parts]), full_matrices=False)
    kept = np.linalg.norm(np.hstack([alone, parts]) @ np.linalg.qr(features._basis)[0][_order(features, said, cut)])
    assert kept**2 >= 0.99 * (values[:FINE] ** 2).sum()


def _order(features: Features, said: list[list[str]], cut: list[list[str]]) -> list[int]:
    """Return the rows of the topics' basis in the order of the dense columns above."""
    spoken = sorted({word for each in said for word in each})
    parts = sorted({piece for each in cut for piece in each} & set(features.pieces))
    return [features.words[word] for word in spoken] + [len(features.words) + features.pieces[one] for one in parts]

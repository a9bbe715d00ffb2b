"""The numbers of the classifier, without a text in sight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from qualcode.suggesters._calibration import (
    PRIOR_MEAN,
    PRIOR_SD,
    calibrate,
    chance,
    expected_f1_threshold,
    logistic,
    skill,
)
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._engine import Engine
from qualcode.suggesters._features import Table
from qualcode.suggesters._process import NOISE, Exact, Landmarks, WithColumns, posterior

Floats = NDArray[np.float64]


def study(n: int = 40, seed: int = 0) -> tuple[Floats, Floats, Floats]:
    """Return features of which the product is the likeness, columns, and labels."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, 5)) / 2
    columns = np.column_stack([np.ones(n), random.random(n) < 0.3]).astype(float)
    return x, columns, (x[:, 0] + columns[:, 1] + random.normal(size=n) > 0.5).astype(float)


MEAN, SD = np.array([0.1, 0.4]), np.array([0.3, 0.5])


def test_the_mean_is_kernel_ridge_regression_with_the_columns_in_the_kernel() -> None:
    """Rasmussen & Williams 2006, section 2.7: an explicit basis with a normal prior is a term of the covariance."""
    x, z, y = study()
    found = posterior(WithColumns(Exact(x @ x.T), z, SD), y, MEAN)
    kernel = x @ x.T + (z * SD**2) @ z.T
    expected = KernelRidge(kernel="precomputed", alpha=NOISE).fit(kernel, y - z @ MEAN).predict(kernel) + z @ MEAN

    assert x @ x.T @ found.weights + z @ found.beta == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("groups", [None, np.arange(40) % 7])
def test_what_is_said_of_rows_left_out_is_what_a_fit_without_them_says(groups: NDArray[np.int64] | None) -> None:
    x, z, y = study()
    found = posterior(WithColumns(Exact(x @ x.T), z, SD), y, MEAN, groups)
    for group in range(7):
        out = np.arange(40) == group if groups is None else groups == group
        part = posterior(WithColumns(Exact(x[~out] @ x[~out].T), z[~out], SD), y[~out], MEAN)

        assert found.unseen[out] == pytest.approx(x[out] @ x[~out].T @ part.weights + z[out] @ part.beta, abs=1e-9)


def test_a_coefficient_without_doubt_is_held() -> None:
    x, z, y = study()
    held = posterior(WithColumns(Exact(x @ x.T), z, np.array([0.3, 0.0])), y, MEAN)

    assert held.beta[1] == MEAN[1]
    assert held.beta[0] != MEAN[0]


def test_landmarks_that_are_all_rows_are_exact() -> None:
    x, z, y = study()
    likeness = x @ x.T
    every = Landmarks(likeness.copy(), np.diag(likeness).copy(), np.arange(40))
    groups = np.arange(40) % 7
    few, exact = (
        posterior(WithColumns(every, z, SD), y, MEAN, groups),
        posterior(WithColumns(Exact(likeness), z, SD), y, MEAN, groups),
    )

    assert likeness @ few.weights == pytest.approx(likeness @ exact.weights, abs=1e-3)
    assert few.beta == pytest.approx(exact.beta, abs=1e-3)
    assert few.unseen == pytest.approx(exact.unseen, abs=1e-3)


def test_a_few_landmarks_say_nearly_the_same_and_only_they_carry_weight() -> None:
    x, z, y = study(400, seed=1)
    likeness = x @ x.T
    chosen = np.arange(0, 400, 8)
    few = posterior(WithColumns(Landmarks(likeness[:, chosen], np.diag(likeness).copy(), chosen), z, SD), y, MEAN)
    exact = posterior(WithColumns(Exact(likeness), z, SD), y, MEAN)

    assert set(np.flatnonzero(few.weights)) <= set(chosen.tolist())
    assert likeness @ few.weights == pytest.approx(likeness @ exact.weights, abs=0.05)
    assert few.unseen == pytest.approx(exact.unseen, abs=0.05)


def test_logistic_with_a_prior_is_ridge_logistic_regression_when_the_prior_is_zero() -> None:
    """With mean 0 and sd 1 it is scikit-learn's, C = 1, without a free intercept."""
    random = np.random.default_rng(0)
    columns = random.normal(size=(80, 3))
    y = (columns @ [1.0, -2.0, 0.5] + random.normal(size=80) > 0).astype(np.int64)
    expected = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-10).fit(columns, y).coef_[0]

    assert logistic(columns, y, np.zeros(3), np.ones(3)) == pytest.approx(expected, abs=1e-4)


def test_without_rows_the_prior_calibrates() -> None:
    assert logistic(np.zeros((0, 2)), np.zeros(0, dtype=np.int64), PRIOR_MEAN, PRIOR_SD).tolist() == PRIOR_MEAN.tolist()
    assert calibrate(np.zeros(0), np.zeros(0, dtype=np.int64)) == tuple(PRIOR_MEAN)


def test_scores_that_speak_against_the_labels_have_no_say() -> None:
    y = np.tile([0, 1], 100)
    slope, intercept = calibrate(1.0 - y, y)

    assert slope == 0
    assert intercept == pytest.approx(0, abs=0.1)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=9))
def test_the_threshold_has_the_highest_expected_f1_of_all(probabilities: list[float]) -> None:
    p = np.array(probabilities)

    def expected(threshold: float) -> float:
        chosen = p >= threshold
        return float(2 * p[chosen].sum() / (chosen.sum() + p.sum()))

    assert expected(expected_f1_threshold(p)) == pytest.approx(max(expected(one) for one in p))


def test_skill_is_the_area_under_the_roc_curve_and_guessing_rarely_beats_chance() -> None:
    random = np.random.default_rng(2)
    y = (np.arange(60) % 3 == 0).astype(np.int64)
    scores = random.random(60).round(1)
    better = [skill(random.random(60), y) > chance(y) for _ in range(400)]

    assert skill(scores, y) == pytest.approx(roc_auc_score(y, scores))
    assert 0.02 <= np.mean(better) <= 0.09
    assert np.isnan(skill(scores[:2], y[:2]))
    assert np.isnan(chance(y[:2]))


def learnt(
    x: Floats,
    y: NDArray[np.int64],
    *,
    hits: NDArray[np.int64] | None = None,
    groups: NDArray[np.int64] | None = None,
    known: int | None = None,
) -> Engine:
    """Return an engine that learnt one code from rows of features."""
    n = len(x)
    nothing = Clues.none(n, 1)
    clues = nothing if hits is None else Clues(hits[:, None], nothing.roots, nothing.rules, nothing.owner)
    table = Table(csr_matrix(x, dtype=np.float32), np.zeros((n, 0)))
    labels = y[: n if known is None else known, None]
    return Engine().learn(table, clues, labels, groups)


def test_what_only_tells_groups_apart_is_no_skill_when_groups_stay_whole() -> None:
    """Each group has its own words and its own rate of the code: across groups the words say nothing."""
    groups = np.repeat(np.arange(6), 10)
    y = np.concatenate([np.r_[np.ones(k), np.zeros(10 - k)] for k in (9, 9, 9, 1, 1, 1)]).astype(np.int64)
    whole, torn = (learnt(np.eye(6)[groups], y, groups=each).learnt[0] for each in (groups, None))

    assert whole.grouped
    assert not torn.grouped
    assert torn.skill > torn.chance
    assert not whole.skill > whole.chance


def test_one_group_cannot_be_tested_in_groups() -> None:
    y = (np.arange(30) % 3 == 0).astype(np.int64)

    assert not learnt(np.eye(30), y, groups=np.zeros(30, dtype=np.int64)).learnt[0].grouped


@pytest.mark.parametrize("y", [[], [1], [0], [1, 0], [1, 1, 1], [0, 0, 0], [1, 0, 0, 0]])
def test_too_little_to_test_is_said_and_leaves_the_rules(y: list[int]) -> None:
    n = len(y)
    labels = np.array([*y, 0, 0], dtype=np.int64)
    found = learnt(np.zeros((n + 2, 3)), labels, hits=np.array([*[0] * n, 0, 1]), known=n)
    without, with_hit = found.pool[-2:, 0]

    assert np.isnan(found.learnt[0].skill)
    assert 0 < without < with_hit < 1


def test_hits_that_mislead_lose_their_say() -> None:
    hits = np.tile([1, 0], 40)
    found = learnt(np.zeros((80, 2)), (1 - hits).astype(np.int64), hits=hits)

    assert found.pool[0, 0] < 0.1
    assert found.pool[1, 0] > 0.9


def test_probabilities_are_calibrated_on_rows_left_out() -> None:
    random = np.random.default_rng(5)
    n = 1200
    x = random.normal(size=(n, 1))
    y = (random.random(n) < 1 / (1 + np.exp(-2 * x[:, 0] + 1))).astype(np.int64)
    found = learnt(x, y, known=600).pool[600:, 0]
    rest = y[600:]

    assert found.mean() == pytest.approx(rest.mean(), abs=0.05)
    assert found[found > 0.7].mean() == pytest.approx(rest[found > 0.7].mean(), abs=0.1)


def test_a_code_that_lives_where_no_other_speaks_learns_so() -> None:
    """The last code is borne by exactly the texts that bear no other: its words tell nothing, the others do."""
    random = np.random.default_rng(3)
    kinds = random.integers(0, 3, size=300)
    x = np.eye(3)[kinds] * (kinds < 2)[:, None]
    y = np.column_stack([kinds == 0, kinds == 1, kinds == 2]).astype(np.int64)
    table = Table(csr_matrix(x, dtype=np.float32), np.zeros((300, 0)))
    found = Engine().learn(table, Clues.none(300, 3), y[:60]).pool[60:]

    assert (found.argmax(axis=1) == kinds[60:]).all()

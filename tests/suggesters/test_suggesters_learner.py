"""The numbers of the classifier, without a text in sight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from qualcode.suggesters._learner import PRIOR_MEAN, PRIOR_SD, expected_f1_threshold, learn, logistic


def test_logistic_with_a_prior_is_ridge_logistic_regression_when_the_prior_is_zero() -> None:
    """With mean 0 and sd 1 it is scikit-learn's, C = 1, without a free intercept."""
    random = np.random.default_rng(0)
    columns = random.normal(size=(80, 3))
    y = (columns @ [1.0, -2.0, 0.5] + random.normal(size=80) > 0).astype(np.int64)
    expected = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-10).fit(columns, y).coef_[0]

    assert logistic(columns, y, np.zeros(3), np.ones(3)) == pytest.approx(expected, abs=1e-4)


def test_logistic_without_rows_is_the_prior() -> None:
    found = logistic(np.zeros((0, 4)), np.zeros(0, dtype=np.int64), PRIOR_MEAN, PRIOR_SD)

    assert found.tolist() == PRIOR_MEAN.tolist()


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=9))
def test_the_threshold_has_the_highest_expected_f1_of_all(probabilities: list[float]) -> None:
    p = np.array(probabilities)

    def expected(threshold: float) -> float:
        chosen = p >= threshold
        return float(2 * p[chosen].sum() / (chosen.sum() + p.sum()))

    assert expected(expected_f1_threshold(p)) == pytest.approx(max(expected(one) for one in p))


def rows(n: int, *, signal: bool, seed: int = 0) -> tuple[csr_matrix, np.ndarray]:
    random = np.random.default_rng(seed)
    y = (np.arange(n) % 3 == 0).astype(np.int64)
    x = random.normal(size=(n, 6))
    x[:, 0] += 4 * y * signal
    return csr_matrix(x), y


def test_a_signal_is_learnt_and_noise_is_not_taken_for_skill() -> None:
    none = np.zeros(60, dtype=np.int64)
    found = learn(*rows(60, signal=True)[:1], none, rows(60, signal=True)[1], None, 0)
    noise = [learn(rows(60, signal=False, seed=s)[0], none, rows(60, signal=False)[1], None, 0) for s in range(20)]

    assert found.skill > 0.95 > found.chance
    assert sum(one.skill > one.chance for one in noise) <= 3


def test_what_only_tells_groups_apart_is_no_skill_when_groups_stay_whole() -> None:
    """Each group has its own words and its own rate of the code: across groups the words say nothing."""
    groups = np.repeat(np.arange(6), 10)
    y = np.concatenate([np.r_[np.ones(k), np.zeros(10 - k)] for k in (9, 9, 9, 1, 1, 1)]).astype(np.int64)
    features = csr_matrix(np.eye(6)[groups])
    none = np.zeros(60, dtype=np.int64)
    whole, torn = learn(features, none, y, groups, 0), learn(features, none, y, None, 0)

    assert whole.grouped
    assert not torn.grouped
    assert torn.skill > torn.chance
    assert not whole.skill > whole.chance


def test_one_group_cannot_be_tested_in_groups() -> None:
    features, y = rows(30, signal=True)

    assert not learn(features, np.zeros(30, dtype=np.int64), y, np.zeros(30, dtype=np.int64), 0).grouped


@pytest.mark.parametrize("y", [[], [1], [0], [1, 0], [1, 1, 1], [0, 0, 0], [1, 0, 0, 0]])
def test_too_little_to_test_is_said_and_leaves_the_rules(y: list[int]) -> None:
    n = len(y)
    found = learn(csr_matrix((n, 3)), np.zeros(n, dtype=np.int64), np.array(y, dtype=np.int64), None, 0)
    without, with_hit = found.probability(csr_matrix((2, 3)), np.array([0, 1]))

    assert np.isnan(found.skill)
    assert 0 < without < with_hit < 1


def test_hits_that_mislead_lose_their_say() -> None:
    hits = np.tile([1, 0], 40)
    y = (1 - hits).astype(np.int64)
    found = learn(csr_matrix((80, 2)), hits, y, None, 0)
    without, with_hit = found.probability(csr_matrix((2, 2)), np.array([0, 1]))

    assert with_hit < 0.3
    assert without > 0.6


def test_probabilities_are_calibrated_on_rows_held_out() -> None:
    random = np.random.default_rng(5)
    n = 600
    x = random.normal(size=(n, 1))
    y = (random.random(n) < 1 / (1 + np.exp(-2 * x[:, 0] + 1))).astype(np.int64)
    found = learn(csr_matrix(x[:300]), np.zeros(300, dtype=np.int64), y[:300], None, 0)
    p = found.probability(csr_matrix(x[300:]), np.zeros(300, dtype=np.int64))

    assert p.mean() == pytest.approx(y[300:].mean(), abs=0.06)
    assert p[p > 0.7].mean() == pytest.approx(y[300:][p > 0.7].mean(), abs=0.12)

"""Codes that shut each other out, and how frequent each of them is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import dirichlet_multinomial, norm

from qualcode.suggesters._calibration import log_odds
from qualcode.suggesters._exclusion import ALIKE, ALIKE_SD, Exclusion

APART = ~np.eye(3, dtype=bool)


def one_each(n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Return labels of which each row has one, and probabilities of each code by itself."""
    labels = np.eye(3, dtype=np.int64)[np.arange(n) % 3]
    return labels, np.where(labels == 1, 0.6, 0.3)


def test_codes_that_are_never_together_share_what_is_probable() -> None:
    labels, p = one_each()
    always = Exclusion.learn(labels, APART, p)
    at_most = Exclusion.learn(np.vstack([labels, np.zeros((30, 3), dtype=np.int64)]), APART, np.vstack([p, p[:30]]))

    assert always.always
    assert always.applied(p).sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert not at_most.always
    assert (at_most.applied(p).sum(axis=1) < 1).all()
    odds = np.exp(log_odds(p[0]) * always.power)
    assert always.weights == pytest.approx(1, abs=1e-5)  # each as frequent as the others
    assert always.applied(p)[0] == pytest.approx(odds / odds.sum(), abs=1e-5)


@pytest.mark.parametrize(
    "labels",
    [
        np.vstack([one_each()[0], [[1, 1, 0]]]),
        one_each(6)[0],
        np.full((60, 3), -1),
        np.zeros((0, 3), dtype=np.int64),
        np.zeros((60, 3), dtype=np.int64),
    ],
    ids=["two at once", "too few to tell", "nothing known", "nothing", "no code"],
)
def test_nothing_is_shared_without_a_reason(labels: np.ndarray) -> None:
    p = np.full(labels.shape, 0.4)

    assert Exclusion.learn(labels, APART, p).applied(p) is p


def test_a_parent_does_not_shut_out_its_child() -> None:
    labels, p = one_each()
    apart = APART.copy()
    apart[0, 1] = apart[1, 0] = False
    labels[labels[:, 0] == 1, 1] = 1  # the child is always there where the parent is

    found = Exclusion.learn(labels, apart, p)
    assert found.others.tolist() == [[False, False, True], [False, False, True], [True, True, False]]
    assert found.weights.tolist() == [1, 1, 1]


def test_a_pair_that_nobody_could_see_is_no_reason() -> None:
    labels = np.full((100, 2), -1)
    labels[:50, 0] = labels[50:, 1] = np.arange(50) % 2  # the two are never known of one text
    p = np.full((100, 2), 0.5)

    assert Exclusion.learn(labels, APART[:2, :2], p).applied(p) is p


def test_there_is_not_always_one_where_no_text_is_known_whole() -> None:
    random = np.random.default_rng(0)
    code = random.integers(0, 4, 200)  # the fourth is none
    labels = np.eye(4, dtype=np.int64)[code][:, :3]
    for row, one in enumerate(code):
        labels[row, random.choice([c for c in range(3) if c != one])] = -1

    found = Exclusion.learn(labels, APART, np.full((200, 3), 0.25))
    assert found.others.any()
    assert not found.always
    assert found.applied(np.full((1, 3), 0.05)).sum() < 0.9


def counted(*counts: int) -> Exclusion:
    """Return what is learnt from so many texts of each code, by probabilities as frequent as these."""
    labels = np.repeat(np.eye(3, dtype=np.int64), counts, axis=0)
    share = labels.mean(axis=0)
    return Exclusion.learn(labels, APART, np.tile(share, (len(labels), 1)))


@pytest.mark.parametrize("counts", [(14, 8, 3), (60, 30, 10), (60, 4, 2), (300, 250, 200)])
def test_shares_are_those_expected_of_alike_codes(counts: tuple[int, ...]) -> None:
    """How alike, by trying many (scipy's own Dirichlet-multinomial)."""
    a = np.exp(np.linspace(-3, 6, 20_001))
    likelihood = np.array([dirichlet_multinomial.logpmf(counts, np.full(3, one), sum(counts)) for one in a])
    best = a[np.argmax(likelihood + norm.logpdf(np.log(a), np.log(ALIKE), ALIKE_SD))]

    found = counted(*counts)
    learnt = np.exp(
        log_odds(np.array(counts) / sum(counts)) * found.power
    )  # what the probabilities tell once they are shared
    learnt /= learnt.sum()
    assert found.weights == pytest.approx((sum(counts) * learnt + best) / (sum(counts) + 3 * best) / learnt, rel=1e-3)


def test_few_labels_tell_less_of_how_frequent_codes_are_than_many() -> None:
    few, many = counted(14, 8, 3), counted(1_400, 800, 300)

    assert few.weights[0] < 1 < few.weights[2]
    assert few.weights[2] > 1.5
    assert many.weights == pytest.approx(1, abs=0.08)


def test_a_code_that_is_clearly_rare_is_left_rare() -> None:
    rare, alike = counted(80, 80, 2), counted(54, 54, 54)

    share = rare.applied(np.array([[80, 80, 2]]) / 162)[0]
    assert share[2] < 0.05
    assert alike.weights == pytest.approx(1, abs=1e-6)


def test_shares_smoothed_so_are_nearer_the_truth_on_average() -> None:
    random = np.random.default_rng(0)
    gain = []
    for _ in range(200):
        truth = random.dirichlet(np.full(3, 10.0))
        counts = random.multinomial(25, truth)
        if (counts > 0).sum() < 2:
            continue
        found = counted(*counts)
        raw = counts / counts.sum()
        smooth = found.applied(raw[None])[0]
        gain.append(np.abs(raw - truth).sum() - np.abs(smooth - truth).sum())
    assert np.mean(gain) > 2 * np.std(gain) / len(gain) ** 0.5

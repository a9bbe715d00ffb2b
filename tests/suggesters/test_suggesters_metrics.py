"""Measures of an order of reading, and what is still missing: published values, bounds, and the test's own promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from qualcode.errors import InputError
from qualcode.suggesters.effort._hypergeometric import most_missing, p_below, p_missing
from qualcode.suggesters.effort._metrics import (
    NOTHING_TO_FIND,
    NOTHING_TO_READ,
    NOTHING_TO_SPARE,
    discovery,
    effort,
    loss,
    recall_at,
    recall_curve,
    true_negative_rate,
    wss,
)

mixed = st.lists(st.integers(0, 1), min_size=2, max_size=60).filter(lambda labels: 0 < sum(labels) < len(labels))


@pytest.mark.parametrize(
    ("labels", "expected"), [([1, 0], 0), ([0, 1], 1), ([1, 1, 0, 0, 0], 0), ([0, 0, 0, 1, 1], 1), ([1, 0, 1], 0.5)]
)
def test_loss_is_that_of_asreview_insights(labels: list[int], expected: float) -> None:
    """Cases of its tests/test_metrics.py."""
    assert loss(labels) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [([0, 0, 0], NOTHING_TO_FIND), ([0], NOTHING_TO_FIND), ([1], NOTHING_TO_SPARE), ([], NOTHING_TO_READ)],
)
def test_what_cannot_be_measured_says_why(labels: list[int], reason: str) -> None:
    found = effort(labels)

    assert found.undefined == reason
    assert (found.loss, found.atd, found.wss95, found.tnr95) == (None, None, None, None)


def test_recall_is_that_of_asreview_insights() -> None:
    assert recall_at([1, 1, 1, 0], 0.5) == pytest.approx(2 / 3)
    assert recall_at([1, 1, 1, 0], 1) == 1


def test_work_saved_is_that_of_asreview_insights() -> None:
    """The table of its README: 2,000 records, 100 relevant, 95 of them found when 1,100 are read."""
    labels = [1] * 94 + [0] * 1005 + [1] + [0] * 895 + [1] * 5

    assert wss(labels) == pytest.approx(0.40)
    assert true_negative_rate(labels) == pytest.approx(0.4711, abs=1e-4)


def test_time_to_discovery_is_that_of_asreview_insights() -> None:
    assert discovery([1, 1, 0, 1], [3, 2, 0, 1]) == ((3, 1), (2, 2), (1, 4))
    assert effort([1, 1, 0, 1]).atd == pytest.approx((1 + 2 + 4) / 3 / 4)


def test_something_other_than_one_and_nought_is_refused() -> None:
    with pytest.raises(InputError):
        loss([1, 0, 2])


@given(mixed)
def test_measures_stay_in_their_bounds(labels: list[int]) -> None:
    found = effort(labels)
    curve = recall_curve(labels)

    assert curve is not None
    assert curve[-1] == 1
    assert (np.diff(curve) >= 0).all()
    assert 0 <= (found.loss or 0) <= 1
    assert 0 < (found.atd or 0) <= 1
    assert -0.05 - 1e-9 <= (found.wss95 or 0) <= 0.95
    assert 0 <= (found.tnr95 or 0) <= 1


@given(mixed)
def test_the_best_order_loses_nothing_and_the_worst_all(labels: list[int]) -> None:
    best = sorted(labels, reverse=True)

    assert loss(best) == pytest.approx(0)
    assert true_negative_rate(best) == 1
    assert loss(best[::-1]) == pytest.approx(1)
    assert loss(labels) == pytest.approx(1 - (loss(labels[::-1]) or 0))


@given(mixed)
def test_average_time_to_discovery_never_beats_the_best_order(labels: list[int]) -> None:
    assert (effort(labels).atd or 0) >= (effort(sorted(labels, reverse=True)).atd or 0) - 1e-12


def test_stopping_is_that_of_buscarpy() -> None:
    """Values of its reference code, for Callaghan & Müller-Hansen (2020)."""
    assert p_below([1, 1, 0, 1, 0, 1] + [0] * 60, 100) == pytest.approx(0.361702, abs=1e-6)
    assert p_below([1, 1, 0, 1, 0, 1] + [0] * 94, 100) == 0


@given(mixed, st.integers(1, 80), st.integers(1, 12))
def test_only_urns_behind_a_bearing_unit_matter(labels: list[int], unread: int, missing: int) -> None:
    """The smallest p over every urn is the smallest over those tried."""
    every = [
        hypergeom.cdf(sum(labels[i:]), len(labels) - i + unread, sum(labels[i:]) + missing, len(labels) - i)
        for i in range(len(labels))
    ]

    assert p_missing(labels, unread, missing) == pytest.approx(min(every) if missing <= unread else 0)


@given(mixed, st.integers(0, 80), st.sampled_from([0.5, 0.95]))
def test_what_may_be_missing_is_what_the_test_does_not_reject(labels: list[int], unread: int, sure: float) -> None:
    most = most_missing(labels, unread, sure)

    assert 0 <= most <= unread
    assert most == 0 or p_missing(labels, unread, most) >= 1 - sure
    assert most == unread or p_missing(labels, unread, most + 1) < 1 - sure


def test_random_reading_keeps_the_promise() -> None:
    """Of random orders, the share with more missing than the largest number with 95 % is small; the paper's own heuristic adds a little."""
    random = np.random.default_rng(7)
    broken = 0
    for _ in range(400):
        order = random.permutation(np.repeat([1, 0], [20, 180]))
        broken += order[120:].sum() > most_missing(order[:120], 80, 0.95)
    assert broken / 400 < 0.20

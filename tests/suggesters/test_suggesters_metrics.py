"""Measures of an order of reading, and what is still missing: published values, bounds, and the test's own promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from qualcode.errors import InputError
from qualcode.suggesters.effort._hypergeometric import (
    least_missing,
    most_missing,
    needed_without,
    p_below,
    p_missing,
    probably_missing,
)
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
from qualcode.suggesters.effort._stopping import SURE

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
    assert wss([1, 0, 1, 0, 0, 1, 0, 0, 1, 1], 0.6) == pytest.approx(
        0.4 - 0.4
    )  # three of five are found at the sixth of ten
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


@pytest.mark.parametrize(("units", "bearing"), [(200, 6), (200, 20), (400, 100)])
def test_random_reading_keeps_the_promise(units: int, bearing: int) -> None:
    """The worst queue there is: in 95 of 100 random orders no more is missing than is said, within the doubt of 400 draws.

    At a nominal 95 % it is 79 to 95 of 100: of many urns the one that says most is taken.
    """
    random = np.random.default_rng(7)
    read = units * 6 // 10
    kept = 0
    for _ in range(400):
        order = random.permutation(np.repeat([1, 0], [bearing, units - bearing]))
        kept += p_missing(order[:read], units - read, int(order[read:].sum())) >= 1 - SURE

    assert kept / 400 >= 0.93


@given(mixed, st.integers(0, 60), st.integers(1, 9), st.sampled_from([0.01, 0.05]))
def test_needed_is_the_fewest_that_do(labels: list[int], unread: int, missing: int, level: float) -> None:
    more = needed_without(labels, unread, missing, level)
    ps = [p_missing([*labels, *[0] * n], unread - n, missing) for n in range(more + 1)]

    assert all(p >= level for p in ps[:-1])
    assert ps[-1] < level or more == max(unread - missing + 1, 0)


def test_even_odds_are_of_the_last_half_read() -> None:
    """By hand: none of the last 2 of 5 bears it, 3 unread; P(none of 2 of 5, m bear it) = 1, .6, .3 for m = 0, 1, 2."""
    assert probably_missing([1, 1, 0, 0], 3) == 1
    assert probably_missing([0, 0, 1, 1], 3) == 3
    assert probably_missing([1, 1, 1, 0, 0, 0], 2) == 0  # none of 3 of 5, one of which bears it: .4
    assert probably_missing([], 3) == 3


@pytest.mark.parametrize(
    ("found", "target", "least"), [(0, 0.95, 1), (18, 0.95, 1), (19, 0.95, 2), (95, 0.95, 6), (4, 0.8, 2)]
)
def test_the_least_that_must_be_missing_is_the_fewest_below_the_target(found: int, target: float, least: int) -> None:
    """95 found of a recall of 95 % need six missing: the example in buscarpy's documentation."""
    assert least_missing(found, target) == least

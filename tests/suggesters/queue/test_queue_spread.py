"""Spreading passages over the topics, and how unsure a learner is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualcode.suggesters.queue.spread import entropy, k_centre

POINTS = arrays(np.float64, st.tuples(st.integers(1, 12), st.just(3)), elements=st.floats(-1, 1, width=32))


@given(points=POINTS, n=st.integers(0, 15), known=st.integers(0, 3))
def test_each_is_chosen_once_and_is_the_farthest_then(points: np.ndarray, n: int, known: int) -> None:
    centres = points[:known]
    chosen = k_centre(points, n, centres)

    assert len(chosen) == len(set(chosen)) == min(n, len(points))
    assert chosen == k_centre(points.copy(), n, centres.copy())
    for step, one in enumerate(chosen):
        if step == 0 and not known:
            continue
        so_far = np.vstack([centres, points[chosen[:step]]])
        far = np.linalg.norm(points[:, None] - so_far[None], axis=2).min(axis=1)
        rest = [row for row in range(len(points)) if row not in chosen[:step]]
        assert far[one] == pytest.approx(far[rest].max(), abs=1e-4)


def test_without_a_centre_the_first_is_typical() -> None:
    points = np.array([[5.0, 0], [1, 1], [0, 0], [0.5, 1.5]])

    assert k_centre(points, 2, points[:0]) == [1, 0]


def test_of_no_points_none_is_chosen() -> None:
    assert k_centre(np.zeros((0, 4)), 3, np.zeros((0, 4))) == []


def test_passages_without_topics_are_chosen_in_their_order() -> None:
    assert k_centre(np.zeros((4, 0)), 3, np.zeros((0, 0))) == [0, 1, 2]


def test_many_centres_are_compared_in_parts() -> None:
    centres = np.vstack([np.zeros((700, 2)), [[9.0, 9.0]]])

    assert k_centre(np.array([[9.0, 9.0], [0, 1], [0, 0]]), 1, centres) == [1]


def test_doubt_is_in_bits() -> None:
    assert entropy(np.array([[0.5, 0.5], [0.5, 1.0], [0.0, 1.0]])) == pytest.approx([2.0, 1.0, 0.0], abs=1e-9)

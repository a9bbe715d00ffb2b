"""The orders themselves, on labels and probabilities made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from qualcode.suggesters._units import units
from qualcode.suggesters._view import View
from qualcode.suggesters.queue import DOUBTED, OVERSIGHT
from qualcode.suggesters.queue.orders import UNLIKE, UNSURE, disagreement, learning, rare
from qualcode.testing.example import corpus, interview


def view(labels: ArrayLike, pool: ArrayLike, *, thresholds: Sequence[float], points: ArrayLike | None = None) -> View:
    """Return what is known of as many units, each of four words; what did not know a label says what *pool* says."""
    known, chances = np.asarray(labels, dtype=np.int64), np.asarray(pool, dtype=np.float64)
    n, codes = known.shape
    talk = interview(1, [f"saya cerita nomor {row}" for row in range(n)])
    return View(
        units=units(corpus().with_(transcripts=(talk,)))[:n],
        keys=tuple(f"k{code}" for code in range(codes)),
        labels=known,
        pool=chances,
        unseen=np.where(known == -1, np.nan, chances),
        thresholds=np.array(thresholds),
        points=np.zeros((n, 1)) if points is None else np.asarray(points, dtype=np.float64),
        speaking=np.ones(codes, dtype=bool),
        evidence=lambda unit, code: (),
    )


def test_from_the_fiftieth_on_the_most_doubtful_are_asked_far_apart() -> None:
    """48 read: two more are spread, then one of the ten most doubtful of 60, the farthest from all that is known."""
    labels = np.full((108, 1), -1)
    labels[:48] = 0
    pool = np.full((108, 1), 0.01)
    pool[60:70] = 0.5
    pool[100] = 0.9
    points = np.zeros((108, 2))
    points[[50, 51]] = [[9, 0], [-9, 0]]
    points[65], points[100] = [0, 3], [0, 5]
    picks = learning(view(labels, pool, thresholds=[0.5], points=points), 3, np.ones(108, dtype=bool))

    assert [(one.row, one.why) for one in picks[:2]] == [(50, UNLIKE), (51, UNLIKE)]
    assert [(one.row, one.why) for one in picks[2:]] == [(65, UNSURE)]


def test_codes_up_to_the_median_are_rare_and_asked_where_they_are_more_probable_than_frequent() -> None:
    """Given to 1, 2 and 6 of ten read: the third is not rare; .1 and .2 must be passed."""
    labels = np.full((14, 3), -1)
    labels[:10] = 0
    labels[:1, 0] = labels[:2, 1] = labels[:6, 2] = 1
    pool = np.zeros((14, 3))
    pool[10:, 0] = [0.1, 0.3, 0.15, 0.05]
    pool[10:, 1] = [0.2, 0.25, 0.1, 0.9]
    pool[10:, 2] = 0.99
    found = rare(view(labels, pool, thresholds=[0.5] * 3), 9, np.ones((14, 3), dtype=bool), [0, 1, 2])

    assert [(one.row, one.column) for one in found] == [(11, 0), (13, 1), (12, 0), (11, 1)]


def test_what_was_read_and_what_others_say_part_above_the_threshold_and_below_even_odds() -> None:
    labels = [[0], [0], [1], [1], [1], [-1]]
    pool = [[0.8], [0.6], [0.65], [0.45], [0.1], [0.99]]
    found = disagreement(view(labels, pool, thresholds=[0.7]), np.ones((6, 1), dtype=bool), [0])
    low = disagreement(view(labels, pool, thresholds=[0.3]), np.ones((6, 1), dtype=bool), [0])

    assert [(one.row, one.why) for one in found] == [(0, OVERSIGHT), (4, DOUBTED), (3, DOUBTED)]
    assert [(one.row, one.why) for one in low] == [(0, OVERSIGHT), (4, DOUBTED), (1, OVERSIGHT)]

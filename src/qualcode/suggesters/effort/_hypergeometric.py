"""How many may still be missing, from what was read last.

Whatever was read from some moment on is taken as an urn drawn from itself and all that is unread. A queue that shows the likeliest first
finds *more* than a blind draw would, so that finding little speaks all the more for little being left (Callaghan & Müller-Hansen 2020).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import hypergeom

__all__ = ["least_missing", "most_missing", "needed_without", "p_below", "p_missing", "probably_missing"]


def p_missing(labels: ArrayLike, n_unread: int, missing: int) -> float:
    """Return how probable it is to have found as little as lately if *missing* (or more) of the unread bear the code.

    The smallest over all urns that end with the last unit read: P(X ≤ k), where X is hypergeometric, m the units of the urn and k those
    of them that bear the code, drawn from m + *n_unread* units of which k + *missing* bear it (Callaghan & Müller-Hansen 2020, whose K is k +
    *missing*). Of the urns with one k the largest gives the smallest p, so only those that begin behind a unit that bears the code, and
    the whole, are tried. That is 1 where nothing was read or nothing is missing, 0 where more are missing than are unread.

    Parameters
    ----------
    labels : array of 1 and 0, shape (n_read,)
        In the order read.
    n_unread : int
        Units not read.
    missing : int
        How many of them bear the code by hypothesis.
    """
    if missing <= 0:
        return 1.0
    if missing > n_unread:
        return 0.0
    order = np.asarray(labels, dtype=np.int64)
    starts = np.concatenate([[0], np.flatnonzero(order) + 1])
    sizes = len(order) - starts
    found = order.sum() - np.concatenate([[0], np.cumsum(order)])[starts]
    drawn = sizes > 0
    if not drawn.any():
        return 1.0
    sizes, found = sizes[drawn], found[drawn]
    return float(hypergeom.cdf(found, sizes + n_unread, found + missing, sizes).min())


def p_below(labels: ArrayLike, n_units: int, target: float = 0.95) -> float:
    """Return the p of the hypothesis that less than *target* of what bears the code is found (Callaghan & Müller-Hansen 2020).

    Parameters
    ----------
    labels : array of 1 and 0, shape (n_read,)
        In the order read; at least one is 1.
    n_units : int
        All units, read or not.
    target : float
        Recall.
    """
    order = np.asarray(labels, dtype=np.int64)
    found = int(order.sum())
    return p_missing(order, n_units - len(order), least_missing(found, target))


def least_missing(found: int, target: float) -> int:
    """Return how few must be missing for *found* to be less than *target* of all."""
    return math.floor(found / target + 1e-9) + 1 - found


def most_missing(labels: ArrayLike, n_unread: int, confidence: float) -> int:
    """Return the largest number of unread units that may bear the code, with *confidence*: more would have shown themselves.

    The inversion of the test: the largest number that it does not reject at 1 − *confidence*. p falls with the number, so halving finds it.
    """
    low, high = 0, n_unread
    while low < high:
        middle = (low + high + 1) // 2
        if p_missing(labels, n_unread, middle) >= 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def needed_without(labels: ArrayLike, n_unread: int, missing: int, level: float) -> int:
    """Return how many more units, none of them bearing the code, must be read until p for *missing* is below *level*; 0 where it is.

    Each such unit lowers p, and with fewer than *missing* unread p is 0, so halving finds the number.

    Parameters
    ----------
    labels : array of 1 and 0, shape (n_read,)
        In the order read.
    n_unread, missing : int
        Units not read; how many of them bear the code by hypothesis.
    level : float
        What p must fall below.
    """
    order = np.asarray(labels, dtype=np.int64)
    low, high = 0, max(n_unread - missing + 1, 0)
    while low < high:
        middle = (low + high) // 2
        more = np.concatenate([order, np.zeros(middle, dtype=np.int64)])
        if p_missing(more, n_unread - middle, missing) < level:
            high = middle
        else:
            low = middle + 1
    return low


def probably_missing(labels: ArrayLike, n_unread: int) -> int:
    """Return the largest number of unread units that may bear the code at even odds, from the last half of what was read.

    One urn chosen beforehand, not the one that says most: the median of a single test is not shifted by having looked for it.
    """
    order = np.asarray(labels, dtype=np.int64)
    urn = order[len(order) // 2 :]
    if not len(urn):
        return n_unread
    missing = np.arange(n_unread + 1)
    found = int(urn.sum())
    odds = hypergeom.cdf(found, len(urn) + n_unread, found + missing, len(urn))
    return int(missing[odds >= 0.5][-1])

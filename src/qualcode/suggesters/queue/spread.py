"""Passages that lie far from each other and from what is known: what a learner gains most from at first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["entropy", "k_centre"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHUNK = 500
"""So many centres are compared at once, so that memory stays small."""


def k_centre(points: Floats, n: int, centres: Floats) -> list[int]:
    """Return up to *n* rows of *points*, each the farthest from all centres so far, which it then joins (Gonzalez 1985).

    For learning from few labels this spreads them over the topics (Sener & Savarese 2018). Equal distances: the first row. Without a
    centre the first is the row nearest to the mean: a typical passage.

    Parameters
    ----------
    points : array, shape (n_points, n_topics)
        Where the passages lie.
    n : int
        How many to choose.
    centres : array, shape (n_centres, n_topics)
        Where those lie that are known already.
    """
    wanted = min(n, len(points))
    if wanted <= 0:
        return []
    chosen: list[int] = []
    if len(centres):
        far = np.full(len(points), np.inf)
        for start in range(0, len(centres), CHUNK):
            far = np.minimum(far, _squared(points, centres[start : start + CHUNK]).min(axis=1))
    else:
        first = int(np.argmin(_squared(points, points.mean(axis=0, keepdims=True))[:, 0]))
        chosen.append(first)
        far = _squared(points, points[[first]])[:, 0]
        far[first] = -1.0
    while len(chosen) < wanted:
        best = int(np.argmax(far))
        chosen.append(best)
        far = np.minimum(far, _squared(points, points[[best]])[:, 0])
        far[chosen] = -1.0
    return chosen


def entropy(probabilities: Floats) -> Floats:
    """Return how unsure each row is, in bits, the codes being taken as independent, of shape (n_rows,).

    −Σ (p log₂ p + (1 − p) log₂ (1 − p)) over the codes (Shannon 1948).

    Parameters
    ----------
    probabilities : array, shape (n_rows, n_codes)
        Of each code for each row.
    """
    p = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)).sum(axis=1), dtype=np.float64)


def _squared(points: Floats, centres: Floats) -> Floats:
    """Return squared distances, rounded: their last bits depend on where in memory a row lies, and ties go by them."""
    inner = points @ centres.T
    own, other = np.einsum("ij,ij->i", points, points), np.einsum("ij,ij->i", centres, centres)
    return np.asarray(np.round(np.maximum(own[:, None] + other[None, :] - 2 * inner, 0.0), 9), dtype=np.float64)

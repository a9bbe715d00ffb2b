"""Non-negative matrix factorisation of passages by words, and how stable its factors are."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

__all__ = ["TYPICAL", "Factors", "choose", "factorise"]

Floats = NDArray[np.float64]

RUNS = 5
"""Times the factors are sought anew."""
PART = 0.8
"""Share of the passages each time."""
TYPICAL = 10
"""Words by which a factor is known."""
SAMPLE = 2_000
"""At most so many passages decide how many factors there are; all of them then make the factors."""


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """How much of each factor is in each passage, how much each word counts in each factor, and how stable each is.

    Attributes
    ----------
    passages : ndarray, shape (n_units, n_factors)
    words : ndarray, shape (n_factors, n_words)
    stability : ndarray, shape (n_factors,)
        Mean likeness (Jaccard) of the `TYPICAL` words of a factor to those of its counterpart in runs on other parts of the passages.
    """

    passages: Floats
    words: Floats
    stability: Floats


def factorise(matrix: csr_matrix, n: int) -> Factors:
    """Return *n* factors of *matrix* (tf-idf of passages by words), the same each time.

    Lee & Seung (1999), by scikit-learn's coordinate descent from the singular vectors (Boutsidis & Gallopoulos 2008). Stability after
    Greene, O'Callaghan & Cunningham (2014): `RUNS` runs on `PART` of the passages each, from random beginnings of fixed seeds.
    """
    with threadpool_limits(limits=1):
        passages, words = _nmf(matrix, n, "nndsvda", 0)
        known = [_typical(row) for row in words]
        likeness = np.zeros(n)
        for seed in range(RUNS):
            part = np.sort(
                np.random.default_rng(seed).permutation(matrix.shape[0])[: max(n, round(PART * matrix.shape[0]))]
            )
            _, others = _nmf(csr_matrix(matrix[part]), n, "random", seed)
            table = np.array([[_jaccard(one, _typical(other)) for other in others] for one in known])
            mine, theirs = linear_sum_assignment(-table)
            likeness[mine] += table[mine, theirs]
    return Factors(passages, words, likeness / RUNS)


def choose(
    matrix: csr_matrix, numbers: Sequence[int], step: Callable[[int, int, str], None] | None = None
) -> dict[int, float]:
    """Return the mean stability for each of *numbers* of factors; on a part of the passages, where there are many."""
    chosen = np.sort(np.random.default_rng(0).permutation(matrix.shape[0])[:SAMPLE])
    sample = csr_matrix(matrix[chosen])
    found = {}
    for done, n in enumerate(numbers):
        if step is not None:
            step(done, len(numbers) + 1, str(n))
        found[n] = float(factorise(sample, n).stability.mean())
    return found


def _nmf(matrix: csr_matrix, n: int, start: str, seed: int) -> tuple[Floats, Floats]:
    model = NMF(n_components=n, init=start, random_state=seed, max_iter=300, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # near enough: its words no longer change
        passages = model.fit_transform(matrix)
    return np.asarray(passages, dtype=np.float64), np.asarray(model.components_, dtype=np.float64)


def _typical(row: Floats) -> frozenset[int]:
    order = np.argsort(-row, kind="stable")[:TYPICAL]
    return frozenset(order[row[order] > 0].tolist())


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    either = one | other
    return len(one & other) / len(either) if either else 0.0

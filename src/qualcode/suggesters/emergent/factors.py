"""Non-negative matrix factorisation of passages by words, and how stable its factors are."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

__all__ = ["TYPICAL", "Factors", "Tried", "by_chance", "choose", "factorise", "strewn", "typical", "weighted"]

Floats = NDArray[np.float64]

RUNS = 5
"""Times the factors are sought anew."""
PART = 0.8
"""Share of the passages each time."""
TYPICAL = 10
"""Words by which a factor is known, at most."""
WEIGHTY = 0.01
"""Such a part of the weight of a factor's first word a typical one has: where a factor has fewer words, chance would fill up the ten."""
STREWN = 3
"""Times the words are strewn at random over the passages, which tells how stable factors are of which nothing speaks."""
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


class Tried(NamedTuple):
    """How stable so many factors are on average, and so many factors of words strewn at random."""

    stability: float
    by_chance: float


def factorise(matrix: csr_matrix, n: int) -> Factors:
    """Return *n* factors of *matrix* (tf-idf of passages by words), the same each time.

    Lee & Seung (1999), by scikit-learn's coordinate descent from the singular vectors (Boutsidis & Gallopoulos 2008). Stability after
    Greene, O'Callaghan & Cunningham (2014): `RUNS` runs on `PART` of the passages each, from random beginnings of fixed seeds.
    """
    with threadpool_limits(limits=1):
        passages, words = _nmf(matrix, n, "nndsvda", 0)
        known = [typical(row) for row in words]
        likeness = np.zeros(n)
        for seed in range(RUNS):
            part = np.sort(
                np.random.default_rng(seed).permutation(matrix.shape[0])[: max(n, round(PART * matrix.shape[0]))]
            )
            _, others = _nmf(csr_matrix(matrix[part]), n, "random", seed)
            table = np.array([[_jaccard(one, typical(other)) for other in others] for one in known])
            mine, theirs = linear_sum_assignment(-table)
            likeness[mine] += table[mine, theirs]
    return Factors(passages, words, likeness / RUNS)


def by_chance(counts: csr_matrix, n: int) -> Floats:
    """Return how stable *n* factors are when the words are strewn at random: parts of the same passages are never quite unlike.

    A permutation test (Good 2005): `STREWN` times *n* values of the stability that factors have where no words go together.

    Parameters
    ----------
    counts : sparse matrix, shape (n_units, n_words)
        How often each word stands in each passage.
    """
    return np.concatenate([factorise(weighted(strewn(counts, seed)), n).stability for seed in range(STREWN)])


def strewn(counts: csr_matrix, seed: int) -> csr_matrix:
    """Return *counts* with the words dealt out anew: a passage says as much as before, a word is said about as often."""
    dealt = np.random.default_rng(seed).permutation(counts.indices)
    found = csr_matrix((counts.data.copy(), dealt, counts.indptr.copy()), shape=counts.shape)
    found.sum_duplicates()
    return found


def weighted(counts: csr_matrix) -> csr_matrix:
    """Return tf-idf of *counts*, each row of length 1; a word said often in a passage counts less than so many words."""
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(counts))


def choose(
    counts: csr_matrix, numbers: Sequence[int], step: Callable[[int, int, str], None] | None = None
) -> dict[int, Tried]:
    """Return the mean stability for each of *numbers* of factors, and that by chance; on a part of the passages, where there are many."""
    chosen = np.sort(np.random.default_rng(0).permutation(counts.shape[0])[:SAMPLE])
    sample = csr_matrix(counts[chosen])
    found = {}
    for done, n in enumerate(numbers):
        if step is not None:
            step(done, len(numbers) + 1, str(n))
        found[n] = Tried(float(factorise(weighted(sample), n).stability.mean()), float(by_chance(sample, n).mean()))
    return found


def _nmf(matrix: csr_matrix, n: int, start: str, seed: int) -> tuple[Floats, Floats]:
    model = NMF(n_components=n, init=start, random_state=seed, max_iter=300, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # near enough: its words no longer change
        passages = model.fit_transform(matrix)
    return np.asarray(passages, dtype=np.float64), np.asarray(model.components_, dtype=np.float64)


def typical(row: Floats) -> tuple[int, ...]:
    """Return the numbers of the words by which a factor is known, the weightiest first."""
    order = np.argsort(-row, kind="stable")[:TYPICAL]
    return tuple(order[row[order] > WEIGHTY * row.max()].tolist())


def _jaccard(one: Collection[int], other: Collection[int]) -> float:
    either = {*one, *other}
    return len({*one} & {*other}) / len(either) if either else 0.0

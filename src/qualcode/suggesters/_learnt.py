"""What is known of one code once its labels have been learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesters._calibration import probability
from qualcode.suggesters._columns import OTHERS
from qualcode.suggesters._table import Table

__all__ = ["Learnt", "Outside", "Scorer", "with_unseen"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Outside(NamedTuple):
    """Weights of words and topics, and coefficients, had the rows of a fold not been known: a column a fold."""

    words: NDArray[np.float32]
    topics: Floats
    beta: Floats


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of one code in one pass.

    `terms`, `topics` and `beta` give a score, `slope` and `intercept` its log-odds; `mix` tells what these are worth beside those of
    the clause that speaks most for the code, and the constant. `unseen` is the probability of each labelled row (NaN
    where its label is not known) from what did not know it, `skill` the area under the ROC curve of these before codes that shut each other out share what is
    probable, `chance` what guessing stays under nineteen times of twenty; both NaN where it was not tested. `grouped` tells that whole groups were left out.
    """

    terms: Floats
    topics: Floats
    beta: Floats
    slope: float
    intercept: float
    unseen: Floats
    skill: float
    chance: float
    grouped: bool
    mix: Floats
    outside: Outside | None = None


class Scorer:
    """Gives probabilities of rows: the weights of all codes stand side by side, once for many parts of a table.

    Parameters
    ----------
    learnt : sequence of Learnt
        Code by code.
    """

    def __init__(self, learnt: Sequence[Learnt]) -> None:
        self._learnt = learnt
        if learnt:
            self._terms = np.ascontiguousarray(np.array([one.terms for one in learnt], dtype=np.float32).T)
            self._topics = np.array([one.topics for one in learnt]).T

    def of(self, table: Table, own: list[Floats], more: list[Floats]) -> Floats:
        """Return the probability of each code for each row, or clause, with its columns."""
        if not self._learnt:
            return np.zeros((table.terms.shape[0], 0))
        scores = np.asarray(table.terms @ self._terms[: table.terms.shape[1]], dtype=np.float64)
        scores += table.topics @ self._topics.astype(table.topics.dtype, copy=False)
        for code, one in enumerate(self._learnt):
            said = own[code] @ one.beta[:-OTHERS] + more[code] @ one.beta[-OTHERS:]
            scores[:, code] = one.slope * (scores[:, code] + said) + one.intercept
        return probability(scores)


def with_unseen(probabilities: Floats, learnt: Sequence[Learnt], labels: Ints) -> Floats:
    """Return *probabilities*, those of labelled rows by what did not know their labels."""
    found = probabilities.copy()
    for code, one in enumerate(learnt):
        rows = np.flatnonzero(labels[:, code] != -1)
        found[rows, code] = one.unseen[rows]
    return found

"""The classifier on a bench: texts made into features once, learnt from again and again while labels are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qualcode.suggesters._clues import Finder
from qualcode.suggesters._engine import UNLABELLED, Engine, Rows
from qualcode.suggesters._marks import Marks
from qualcode.suggesters._table import Table
from qualcode.suggesters._truth import Truth
from qualcode.suggesters.classifier import _apart as apart

__all__ = ["Bench"]

MOST = 12_000
"""Units up to which their likeness is kept (0.6 GB): with more it is found anew whenever it is learnt from."""
AT_ONCE = 500
"""Rows whose likeness to all is found at once: sparse products are made dense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared(Table):
    """A table whose rows have been compared with each other: learning again and again from ever more of them asks for the same likeness.

    Attributes
    ----------
    known : ndarray, shape (n_all, n_all)
        Likeness of the rows of the whole table.
    which : ndarray of int, shape (n_texts,)
        Which of them these are.
    """

    known: NDArray[np.float32]
    which: NDArray[np.int64]

    def rows(self, which: Any) -> Table:
        """Return these rows."""
        return _compare(Table.rows(self, which), self.known, self.which[which])

    def likeness(self, other: Table) -> NDArray[np.float64]:
        """Return the likeness of each text to each of *other*, looked up where both are known."""
        if isinstance(other, _Compared) and other.known is self.known and self._inside() and other._inside():
            return np.asarray(self.known[np.ix_(self.which, other.which)], dtype=np.float64)
        return Table.likeness(self, other)

    def _inside(self) -> bool:
        return not len(self.which) or int(self.which.max()) < len(self.known)


def _compare(table: Table, known: NDArray[np.float32], which: NDArray[np.int64]) -> Table:
    return _Compared(table.terms, table.topics, table.fine_at, table.clauses, table.ends, known=known, which=which)


def _compared(table: Table, n: int) -> Table:
    """Return *table* with the likeness of its first *n* rows, where they are few enough to keep it."""
    if n > MOST:
        return table
    whole = table.rows(slice(0, n))
    known = np.empty((n, n), dtype=np.float32)
    for start in range(0, n, AT_ONCE):
        known[start : start + AT_ONCE] = whole.rows(slice(start, start + AT_ONCE)).likeness(whole)
    return _compare(table, known, np.arange(table.terms.shape[0]))


class Bench:
    """What does not change while labels are hidden and shown.

    Parameters
    ----------
    truth : Truth
        The units and what is true of them.
    seed : int
        Of the topics.

    Attributes
    ----------
    hits : ndarray of int, shape (n_units, n_codes)
        How many stretches of each unit the rules of each code match.
    """

    def __init__(self, truth: Truth, seed: int = 0) -> None:
        self.truth = truth
        self._seed = seed
        every = (*truth.units, *truth.others)
        texts = [unit.text for unit in every]
        marks = Marks(truth.codebook)
        clues = Finder(truth.codebook, truth.keys).clues(texts, (marks.of(unit) for unit in every))
        self._rows = Rows(texts, [unit.question for unit in every], clues)
        with threadpool_limits(1, user_api="blas"):
            self._table = _compared(Engine(seed).features.fit(texts, self._rows.questions), len(truth.units))
        self._apart = apart(truth.codebook, truth.keys)
        self.hits: NDArray[np.int64] = clues.hits[: len(truth.units)]

    def learn(self, shown: NDArray[np.bool_]) -> Engine:
        """Return an engine that learnt from the labels that are *shown*, of shape (n_units, n_codes); the others it never sees.

        The texts themselves are known to it, as they are to a coder's machine: they tell which words go together.
        """
        truth = self.truth
        labels = np.where(shown, truth.labels, UNLABELLED)
        with threadpool_limits(1, user_api="blas"):
            engine = Engine(self._seed)
            engine.learn(self._table, self._rows.clues, labels, truth.groups, apart=self._apart)
            return engine

"""The classifier on a bench: texts made into features once, learnt from again and again while labels are hidden."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qualcode.suggesters._clues import Finder
from qualcode.suggesters._engine import UNLABELLED, Engine, Rows
from qualcode.suggesters._marks import Marks
from qualcode.suggesters._truth import Truth
from qualcode.suggesters.classifier import _apart as apart

__all__ = ["Bench"]


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
            self._table = Engine(seed).features.fit(texts, self._rows.questions)
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

"""The columns beside the process: what the codebook, and other codes, say of a row."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesters._clues import Clues

__all__ = ["OTHERS", "Columns", "prior"]

MOST_RULES = 60
"""The most rules of a code that get a say of their own."""

# What the codebook is worth a priori, on labels of 0 and 1; labels soon know better. Chosen on train and valid of
# benchmarks/suggest.py. Columns: constant, any hit, two or more, likeness to texts with a hit, root of a keyword, a clause with
# a hit of this code alone.
CLUE_MEAN = np.array([0.05, 0.40, 0.10, 0.25, 0.35, 0.10])
CLUE_SD = np.array([0.30, 0.35, 0.35, 0.35, 0.30, 0.20])
RULE_SD = 0.3
OTHERS = 2
"""Columns on other codes, which come last."""
OTHERS_SD = 0.6
"""Of what it means that no other code speaks: codes such as *lain-lain* live by it."""
RIDGE = 1.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a code's hits spread over the topics: likeness to texts with a hit, 1 on average where there is one and 0 elsewhere."""

    direction: Floats
    zero: float
    scale: float

    @classmethod
    def learn(cls, fine: Floats, hit: NDArray[np.bool_]) -> Spread:
        """Return it by ridge regression."""
        width = fine.shape[1]
        if not width or not hit.any() or hit.all():
            return cls(np.zeros(width + 1), 0.0, 1.0)
        with_one = np.column_stack([fine, np.ones(len(fine))])
        inner = with_one.T @ with_one + np.diag([*np.full(width, RIDGE), 1e-6])
        direction = np.linalg.solve(inner, with_one.T @ hit)
        raw = with_one @ direction
        zero = float(raw[~hit].mean())
        return cls(direction, zero, max(float(raw[hit].mean()) - zero, 1e-6))

    def of(self, fine: Floats) -> Floats:
        """Return it for rows, by their place among the topics."""
        if not self.direction.any():
            return np.zeros(len(fine))
        return np.asarray((fine @ self.direction[:-1] + self.direction[-1] - self.zero) / self.scale, dtype=np.float64)


class Columns:
    """Makes the columns of rows for each code.

    Parameters
    ----------
    clues : Clues
        Of all rows.
    fine : array, shape (n_rows, n_topics)
        Their places among the topics.
    labels : array of int, shape (n_labelled, n_codes)
        Of the first of them; rules that match none of these get no column.
    apart : array of bool, shape (n_codes, n_codes)
        Which codes are others of which.
    """

    def __init__(self, clues: Clues, fine: Floats, labels: Ints, apart: NDArray[np.bool_]) -> None:
        self.spreads = [Spread.learn(fine, hits > 0) for hits in clues.hits.T]
        self._rules = [_rules(clues, code, labels) for code in range(labels.shape[1])]
        self._apart = apart
        self._heard = np.ones(labels.shape[1], dtype=bool)

    def without(self, codes: NDArray[np.bool_]) -> Columns:
        """Return the same without what the codebook says of *codes*, of shape (n_codes,): of its columns they keep the constant alone."""
        found = copy(self)
        found._heard = self._heard & ~codes
        nothing = Spread(np.zeros(1), 0.0, 1.0)
        found.spreads = [one if yes else nothing for one, yes in zip(self.spreads, found._heard, strict=True)]
        return found

    def own(self, clues: Clues, fine: Floats) -> list[Floats]:
        """Return for each code what the codebook says of rows, or of clauses: the columns of `CLUE_MEAN`, then one a rule."""
        found = []
        for code, spread in enumerate(self.spreads):
            hits = clues.hits[:, code]
            if not self._heard[code]:
                alone = np.zeros((len(hits), len(CLUE_MEAN)))
                alone[:, 0] = 1
                found.append(alone)
                continue
            rows: list[NDArray[Any]] = [
                np.ones(len(hits)),
                hits > 0,
                hits > 1,
                spread.of(fine),
                clues.roots[:, code],
                self._alone(clues, code),
                *clues.rules[:, self._rules[code]].T,
            ]
            found.append(np.array(rows, dtype=np.float64).T)
        return found

    def _alone(self, clues: Clues, code: int) -> NDArray[np.bool_]:
        """Return where a clause has a hit of the code and of no other; rows without clauses are taken for one."""
        said = clues if clues.clauses is None else clues.clauses
        alone = (said.hits[:, code] > 0) & ~said.hits[:, self._apart[code]].any(axis=1)
        if clues.clauses is None or clues.ends is None or not len(clues):
            return alone
        return np.asarray(np.logical_or.reduceat(alone, clues.ends[:-1]))

    def first(self, own: list[Floats]) -> list[Floats]:
        """Return the last columns in the first pass: whether any other code has a hit, and whether this one has one beside it."""
        found = []
        for code, each in enumerate(own):
            others = [own[other][:, 1] for other in np.flatnonzero(self._apart[code])]
            any_other = np.max(others, axis=0) if others else np.zeros(len(each))
            found.append(np.array([any_other, each[:, 1] * any_other]).T)
        return found

    def second(self, own: list[Floats], before: Floats) -> list[Floats]:
        """Return the last columns in the second pass: how probably no other code speaks, and the same where this one has a hit.

        Parameters
        ----------
        own : list of array
            As made above.
        before : array, shape (n_rows, n_codes)
            Probabilities after the first pass.
        """
        found = []
        for code, each in enumerate(own):
            none = np.prod(1 - before[:, self._apart[code]], axis=1)
            found.append(np.array([none, each[:, 1] * none]).T)
        return found


def prior(width: int, trust: float = 1.0) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the coefficients of *width* columns, if what the codebook says is worth *trust* of the usual."""
    rules = width - len(CLUE_MEAN) - OTHERS
    mean = np.concatenate([CLUE_MEAN[:1], trust * CLUE_MEAN[1:], np.zeros(rules + OTHERS)])
    return mean, np.concatenate([CLUE_SD, np.full(rules, RULE_SD), np.full(OTHERS, OTHERS_SD)])


def _rules(clues: Clues, code: int, labels: Ints) -> Ints:
    """Return the code's rules that match a row whose label is known, the most frequent where there are many."""
    own = np.flatnonzero(clues.owner == code)
    known = np.flatnonzero(labels[:, code] != -1)
    times = clues.rules[np.ix_(known, own)].sum(axis=0, dtype=np.int64)
    order = np.argsort(-times, kind="stable")[:MOST_RULES]
    return np.sort(own[order[times[order] > 0]])

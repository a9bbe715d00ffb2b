"""Codes that shut each other out: where one is there, the others are not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from qualcode.suggesters._calibration import log_odds

__all__ = ["Exclusion"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOGETHER = 5.0
"""Pairs that chance would have made. If there is none though so many were to be expected, the codes shut each other out: it is chance
in one study of 150 (Poisson)."""
CERTAINTY_SD = 0.3
"""Of the power of the odds, around 1."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What follows for probabilities, each of which was found by itself, where at most one code of a text can be right.

    If codes were independent, and it is then learnt that no two are there at once, the odds o of each give it the probability
    o / (1 + Σ o); if it is also known that one always is, o / Σ o (Bayes' rule). As codes learnt from the same words are not
    independent, the odds are raised to a power that is learnt.

    Attributes
    ----------
    others : ndarray of bool, shape (n_codes, n_codes)
        Which codes shut out which; nothing where none do.
    always : bool
        Whether there always is one.
    power : float
        Of the odds.
    """

    others: NDArray[np.bool_]
    always: bool = False
    power: float = 1.0

    @classmethod
    def learn(cls, labels: Ints, apart: NDArray[np.bool_], probabilities: Floats) -> Exclusion:
        """Return what labels say of it.

        Parameters
        ----------
        labels : array of int, shape (n_rows, n_codes)
            1, 0, or −1 where nobody knows.
        apart : array of bool, shape (n_codes, n_codes)
            Which codes are others of which: a code and its parent are not.
        probabilities : array, shape (n_rows, n_codes)
            Of these rows, by what did not know their labels.
        """
        others = apart & apart.T
        if not _never_together(labels, others):
            return cls(np.zeros_like(others))
        known = labels != -1
        always = bool(((labels == 1).any(axis=1) | ~known.all(axis=1)).all())

        def surprise(power: float) -> float:
            p = cls(others, always, power).applied(probabilities)
            right = np.where(labels == 1, p, 1 - p)[known]
            return float(((power - 1) / CERTAINTY_SD) ** 2 / 2 - np.log(np.clip(right, 1e-6, 1)).sum())

        return cls(others, always, float(minimize_scalar(surprise, bounds=(0.1, 2.0), method="bounded").x))

    def applied(self, found: Floats) -> Floats:
        """Return probabilities of shape (n_rows, n_codes) from those of each code by itself."""
        if not self.others.any():
            return found
        odds = np.exp(log_odds(found) * self.power)
        every = odds + odds @ self.others + (0.0 if self.always else 1.0)
        coupled = np.round(odds / np.maximum(every, 1e-12), 6)
        return np.asarray(np.where(self.others.any(axis=0), coupled, found), dtype=np.float64)


def _never_together(labels: Ints, others: NDArray[np.bool_]) -> bool:
    """Return whether no two codes are ever there at once though chance would have put some together."""
    pairs = np.triu(others, 1)
    yes = (labels == 1).astype(float)
    share = yes.sum(axis=0) / np.maximum((labels != -1).sum(axis=0), 1)
    expected = len(labels) * np.outer(share, share)
    return bool(expected[pairs].sum() >= TOGETHER and not (yes.T @ yes)[pairs].any())

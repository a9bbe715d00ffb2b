"""Codes that shut each other out: where one is there, the others are not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from qualcode.suggesters._calibration import log_odds

__all__ = ["Exclusion"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOGETHER = 5.0
"""Pairs that chance would have made. If there is none though so many were to be expected, the codes shut each other out: it is chance
in one study of 150 (Poisson)."""
WHOLE = 20
"""Rows of which all codes are known, each with one, that tell that there always is one: with fewer, one text of seven could be without (95 %)."""
CERTAINTY_SD = 0.3
"""Of the power of the odds, around 1."""
ALIKE = 10.0
"""As many texts of each code as, before any is read, stand for codes being about equally frequent; chosen on train and valid."""
ALIKE_SD = 1.0
"""Of the logarithm of how many these are."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What follows for probabilities, each of which was found by itself, where at most one code of a text can be right.

    If codes were independent, and it is then learnt that no two are there at once, the odds o of each give it the probability
    o / (1 + Σ o); if it is also known that one always is, o / Σ o (Bayes' rule). As codes learnt from the same words are not
    independent, the odds are raised to a power that is learnt, and as few labels tell badly how frequent each code is, they are
    multiplied by what its share most probably is, as a part of the share that was learnt (`_weights`).

    Attributes
    ----------
    others : ndarray of bool, shape (n_codes, n_codes)
        Which codes shut out which; nothing where none do.
    always : bool
        Whether there always is one.
    power : float
        Of the odds.
    weights : ndarray, shape (n_codes,)
        By which the odds are multiplied after that.
    """

    others: NDArray[np.bool_]
    always: bool
    power: float
    weights: Floats

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
        even = np.ones(labels.shape[1])
        if not _never_together(labels, others):
            return cls(np.zeros_like(others), False, 1.0, even)
        known = labels != -1
        whole = labels[known.all(axis=1)]
        always = len(whole) >= WHOLE and bool((whole == 1).any(axis=1).all())

        def surprise(power: float) -> float:
            p = cls(others, always, power, even).applied(probabilities)
            right = np.where(labels == 1, p, 1 - p)[known]
            return float(((power - 1) / CERTAINTY_SD) ** 2 / 2 - np.log(np.clip(right, 1e-6, 1)).sum())

        power = float(minimize_scalar(surprise, bounds=(0.1, 2.0), method="bounded").x)
        found = cls(others, always, power, even)
        if others.sum() < others.size - len(others):
            return found  # a code and its parent may both be there: shares that do not add up to 1
        return replace(found, weights=_weights(labels, found.applied(probabilities)))

    def applied(self, found: Floats) -> Floats:
        """Return probabilities of shape (n_rows, n_codes) from those of each code by itself."""
        if not self.others.any():
            return found
        odds = np.exp(log_odds(found) * self.power) * self.weights
        every = odds + odds @ self.others + (0.0 if self.always else 1.0)
        coupled = np.round(odds / np.maximum(every, 1e-12), 6)
        return np.asarray(np.where(self.others.any(axis=0), coupled, found), dtype=np.float64)


def _never_together(labels: Ints, others: NDArray[np.bool_]) -> bool:
    """Return whether no two codes are ever there at once though chance would have put some together."""
    pairs = np.triu(others, 1)
    yes, known = (labels == 1).astype(float), (labels != -1).astype(float)
    share = yes.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    expected = (known.T @ known) * np.outer(share, share)  # a pair can be seen only where both are known
    return bool(expected[pairs].sum() >= TOGETHER and not (yes.T @ yes)[pairs].any())


def _weights(labels: Ints, probabilities: Floats) -> Floats:
    """Return by what the odds of each code are to be multiplied, as its share is known from few labels only.

    Let the shares of K codes among texts with one of them be Dirichlet(a, …, a). Of n such texts they are then expected to be
    (n m + a) / (n + K a), m being those that the probabilities tell, and odds that were found with shares m are to be multiplied by
    these over m (Saerens, Latinne & Decaestecker 2002). How alike shares are, a, is learnt from the counts, which are then
    Dirichlet-multinomial (Minka 2000); a itself is log-normal around `ALIKE`.

    Parameters
    ----------
    labels : array of int, shape (n_rows, n_codes)
        1, 0, or −1; one 1 a row at most.
    probabilities : array, shape (n_rows, n_codes)
        Of these rows, by what did not know their labels.
    """
    counts = (labels == 1).sum(axis=0)
    n, codes = counts.sum(), len(counts)

    def surprise(log_a: float) -> float:
        a = np.exp(log_a)
        likelihood = gammaln(codes * a) - gammaln(n + codes * a) + (gammaln(counts + a) - gammaln(a)).sum()
        return float(((log_a - np.log(ALIKE)) / ALIKE_SD) ** 2 / 2 - likelihood)

    a = np.exp(minimize_scalar(surprise, bounds=(np.log(0.05), np.log(400.0)), method="bounded").x)
    found = np.maximum(probabilities.mean(axis=0), 1e-6)
    found /= found.sum()
    return np.asarray((n * found + a) / (n + codes * a) / found, dtype=np.float64)

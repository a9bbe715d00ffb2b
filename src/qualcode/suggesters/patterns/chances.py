"""Whether a word goes with a code more than chance and looking at many words explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

__all__ = [
    "FALSE",
    "LIKELY",
    "PRIOR",
    "SUPPORT",
    "VOICES",
    "Counts",
    "estimate",
    "improbable",
    "limit",
    "making",
    "passing",
]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SUPPORT = 3
"""Passages coded so that a rule must catch."""
VOICES = 2
"""Informants whose passages these must be: a word of one person alone is their way of speaking."""
LIKELY = 0.5
"""What the estimate must reach: more often right than wrong."""
PRIOR = 2.0
"""Passages that the share of the code among all passages weighs in the estimate."""
FALSE = 0.1
"""Of the rules that pass, how many may be chance (false discovery rate)."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What stands beside a code, all of shape (n_terms,): passages coded so, passages read, informants with passages coded so.

    `positives` of `total` passages read are coded so at all.
    """

    coded: Floats
    read: Floats
    voices: Floats
    positives: int
    total: int

    @property
    def share(self) -> float:
        """The share of the code among all passages read."""
        return self.positives / self.total if self.total else 0.0


def estimate(coded: Floats, read: Floats, share: float) -> Floats:
    """Return how probable the code is where the term stands, drawn towards its *share* among all passages.

    The m-estimate (Cestnik 1990; Džeroski, Cestnik & Petrovski 1993, for rules): (coded + m · share) / (read + m), with m = `PRIOR`. Of three
    passages all coded so it makes less than of twelve of fourteen.

    Examples
    --------
    >>> [round(float(p), 2) for p in estimate(np.array([3.0, 12.0]), np.array([3.0, 14.0]), 0.1)]
    [0.64, 0.76]
    """
    return np.asarray((coded + PRIOR * share) / (read + PRIOR), dtype=np.float64)


def improbable(counts: Counts) -> Floats:
    """Return the probability of as many passages coded so, or more, if the term said nothing of the code: a binomial tail.

    P(X ≥ coded), X binomial of *read* draws with the code's share among all passages; 1 where none is coded so.
    It is rather too high, since passages are not put back; and too low in that those of one informant are alike, for which `VOICES` and the
    count over unseen informants stand.
    """
    found = betainc(np.maximum(counts.coded, 1.0), counts.read - counts.coded + 1.0, counts.share)
    return np.asarray(np.where(counts.coded > 0, found, 1.0), dtype=np.float64)


def limit(chances: Floats, looked_at: int) -> float:
    """Return how improbable a term must be for as many as were *looked_at*: Benjamini & Hochberg (1995), at `FALSE`; −1 where none is.

    The largest p₍ᵢ₎ ≤ `FALSE` · i / *looked_at*, p₍ᵢ₎ being the i-th smallest of *chances*. These may leave out terms: that only makes it
    smaller, and leaves it as it is where their chance is above it.
    """
    order = np.sort(chances)
    below = np.flatnonzero(order <= FALSE * np.arange(1, len(order) + 1) / max(looked_at, 1))
    return float(order[below[-1]]) if len(below) else -1.0


def making(counts: Counts, most: float, support: int = SUPPORT) -> Mask:
    """Return which terms make a rule where none may be more probable by chance than *most*.

    At least *support* passages coded so, of `VOICES` informants, and an `estimate` of `LIKELY` and more.
    """
    enough = (counts.coded >= support) & (counts.voices >= VOICES)
    likely = estimate(counts.coded, counts.read, counts.share) >= LIKELY
    return np.asarray(enough & likely & (improbable(counts) <= most))


def passing(counts: Counts, looked_at: int) -> Mask:
    """Return which terms make a rule, of as many as were *looked_at*."""
    return making(counts, limit(improbable(counts)[counts.coded >= SUPPORT], looked_at))

"""How far a codebook's rules are to be trusted, by what all codes tell together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesters._columns import prior
from qualcode.suggesters._process import WithColumns

__all__ = ["trust"]

Ints = NDArray[np.int64]

TRUST_SD = 0.5
"""Of the trust, around 1."""
MOST = 1.5


def trust(known: Iterable[tuple[WithColumns, Ints]]) -> float:
    """Return what the rules of a codebook are worth, as a part of what those of other codebooks were (`prior`).

    Few labels of one code tell little of its rules, but where the rules of many codes mislead, those of the next will too. So the
    coefficients of each code are normal around t·m a priori, and t, which all codes share, is normal around 1 (a hierarchical linear
    model: Lindley & Smith 1972). Given the labels of all, its mean is, by generalised least squares,
    (1/s² + Σ uᵀA⁻¹(y − c)) / (1/s² + Σ uᵀA⁻¹u): u = Z m, c the constant's part, A the covariance of the labels, s the sd of t; the sums are
    over codes. What is said of rows left out knows t, and so a little of their labels; without any signal it passes for skill no oftener.

    Parameters
    ----------
    known : iterable of (WithColumns, array of int, shape (n_rows,))
        Code by code, A⁻¹ of the rows whose label is known, with their columns, and the labels, 1 or 0.

    Returns
    -------
    float
        From 0 to `MOST`; 1 where there are no labels, or no rules.
    """
    above = below = TRUST_SD**-2.0
    for inverse, y in known:
        width = inverse.columns.shape[1]
        constant, _ = prior(width, 0.0)
        said = inverse.columns @ (prior(width)[0] - constant)
        weights = inverse.times(said)
        above += float(weights @ (y - inverse.columns @ constant))
        below += float(weights @ said)
    return float(np.clip(above / below, 0.0, MOST))

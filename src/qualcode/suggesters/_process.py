"""Gaussian process regression with a linear mean, and what it would have said of rows it did not know.

The labels of a code are y = f + z·β + noise: f a Gaussian process whose covariance is the likeness of texts, z a few columns (what the
codebook says of each text), β normal a priori (Rasmussen & Williams 2006, section 2.7). So A, the covariance of y, is K + Z S Zᵀ + noise,
and all that is wanted follows from its inverse: the weights A⁻¹(y − Z m), the coefficients m + S Zᵀ A⁻¹(y − Z m), and, for
any rows G left out together, the prediction from the others, y_G − (A⁻¹_GG)⁻¹ (A⁻¹(y − Z m))_G (their equation 5.12, for blocks).

K + noise is inverted once for all codes that know the same rows. From `MOST` rows on it is replaced by what `LANDMARKS` of
them, drawn at random, tell of all, plus the variance that they do not (the sparse approximation of Snelson & Ghahramani 2006).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, lapack, solve_triangular

from qualcode.suggesters._table import Table

__all__ = ["NOISE", "Exact", "Landmarks", "Posterior", "Precision", "WithColumns", "posterior", "precision"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOISE = 0.2
"""Variance of a label around what the texts explain; chosen on train and valid of benchmarks/suggest.py."""
MOST = 5_000
LANDMARKS = 800
AT_ONCE = 500
"""Rows mirrored at once."""


class Precision(ABC):
    """The inverse of a covariance of rows that are known."""

    @abstractmethod
    def times(self, columns: Floats) -> Floats:
        """Return the product with *columns*, of shape (n_rows, n_columns) or (n_rows,)."""

    @abstractmethod
    def diagonal(self) -> Floats:
        """Return the diagonal, of shape (n_rows,)."""

    @abstractmethod
    def block(self, rows: Ints) -> Floats:
        """Return the block of *rows*, of shape (n_rows, n_rows)."""

    @abstractmethod
    def on_rows(self, weights: Floats) -> Floats:
        """Return by what each row is multiplied so that likeness to the rows, so weighted, is the process's mean."""


class Exact(Precision):
    """The inverse itself.

    Parameters
    ----------
    likeness : array, shape (n_rows, n_rows)
        Of each row to each.
    noise : float
        Variance of a label.
    """

    def __init__(self, likeness: Floats, noise: float = NOISE) -> None:
        n = len(likeness)
        if not n:
            self._inverse = likeness
            return
        # Worked on in place, as LAPACK wants it: a matrix of this size is much memory.
        full = np.array(likeness, order="F")
        full[np.diag_indices(n)] += noise
        root, _ = cho_factor(full, lower=True, overwrite_a=True)
        self._inverse, _ = lapack.dpotri(root, lower=1, overwrite_c=1)  # half the work of solving for the unit matrix
        for start in range(0, n, AT_ONCE):  # it fills the lower half
            end = start + AT_ONCE
            corner = self._inverse[start:end, start:end]
            corner[:] = np.tril(corner) + np.tril(corner, -1).T
            self._inverse[start:end, end:] = self._inverse[end:, start:end].T

    def times(self, columns: Floats) -> Floats:
        """Return the product with *columns*."""
        return np.asarray(self._inverse @ columns, dtype=np.float64)

    def diagonal(self) -> Floats:
        """Return the diagonal."""
        return np.asarray(np.diag(self._inverse), dtype=np.float64)

    def block(self, rows: Ints) -> Floats:
        """Return the block of *rows*."""
        return np.asarray(self._inverse[np.ix_(rows, rows)], dtype=np.float64)

    def on_rows(self, weights: Floats) -> Floats:
        """Return the weights themselves."""
        return weights


class Landmarks(Precision):
    """The inverse of Φ Φᵀ + D by that of a matrix as small as there are landmarks (Woodbury 1950).

    Parameters
    ----------
    likeness : array, shape (n_rows, n_landmarks)
        Of each row to each landmark; it is written over.
    own : array, shape (n_rows,)
        Likeness of each row to itself.
    landmarks : array of int, shape (n_landmarks,)
        Which rows they are.
    noise : float
        Variance of a label.
    """

    def __init__(self, likeness: Floats, own: Floats, landmarks: Ints, noise: float = NOISE) -> None:
        m = len(landmarks)
        among = likeness[landmarks]
        self._root = np.linalg.cholesky((among + among.T) / 2 + 1e-6 * np.eye(m))
        self._seen = np.asarray(
            solve_triangular(self._root, likeness.T, lower=True, overwrite_b=True).T, dtype=np.float64
        )
        self._landmarks = landmarks
        unseen = np.maximum(own - np.einsum("ij,ij->i", self._seen, self._seen), 0.0)
        self._apart = 1.0 / (noise + unseen)
        scaled = self._seen * self._apart[:, None]
        inner = np.linalg.cholesky(np.eye(m) + self._seen.T @ scaled)
        self._half = np.asarray(solve_triangular(inner, scaled.T, lower=True, overwrite_b=True).T, dtype=np.float64)

    def times(self, columns: Floats) -> Floats:
        """Return the product with *columns*."""
        own = self._apart[:, None] * columns if columns.ndim == 2 else self._apart * columns
        return np.asarray(own - self._half @ (self._half.T @ columns), dtype=np.float64)

    def diagonal(self) -> Floats:
        """Return the diagonal."""
        return np.asarray(self._apart - np.einsum("ij,ij->i", self._half, self._half), dtype=np.float64)

    def block(self, rows: Ints) -> Floats:
        """Return the block of *rows*."""
        return np.asarray(np.diag(self._apart[rows]) - self._half[rows] @ self._half[rows].T, dtype=np.float64)

    def on_rows(self, weights: Floats) -> Floats:
        """Return what the landmarks are multiplied by; all other rows by nothing."""
        found = np.zeros(weights.shape)
        found[self._landmarks] = solve_triangular(self._root, self._seen.T @ weights, lower=True, trans="T")
        return found


class WithColumns(Precision):
    """The inverse of K + Z S Zᵀ + noise, from that of K + noise (Woodbury 1950).

    Parameters
    ----------
    inverse : Precision
        Of K + noise.
    columns : array, shape (n_rows, n_columns)
        Z.
    sd : array, shape (n_columns,)
        Roots of the diagonal of S; 0 holds a coefficient fast.
    """

    def __init__(self, inverse: Precision, columns: Floats, sd: Floats) -> None:
        self.columns, self._sd, self._inverse = columns, sd, inverse
        self._used = columns * sd
        reach = inverse.times(self._used)
        inner = np.linalg.cholesky(np.eye(len(sd)) + self._used.T @ reach)
        self._half = np.asarray(solve_triangular(inner, reach.T, lower=True).T, dtype=np.float64)

    def times(self, columns: Floats) -> Floats:
        """Return the product with *columns*."""
        return np.asarray(self._inverse.times(columns) - self._half @ (self._half.T @ columns), dtype=np.float64)

    def diagonal(self) -> Floats:
        """Return the diagonal."""
        return np.asarray(self._inverse.diagonal() - np.einsum("ij,ij->i", self._half, self._half), dtype=np.float64)

    def block(self, rows: Ints) -> Floats:
        """Return the block of *rows*."""
        return np.asarray(self._inverse.block(rows) - self._half[rows] @ self._half[rows].T, dtype=np.float64)

    def on_rows(self, weights: Floats) -> Floats:
        """Return by what each row is multiplied for the process alone."""
        return self._inverse.on_rows(weights)

    def learnt(self, weights: Floats) -> Floats:
        """Return by how much *weights* of rows, of shape (n_rows,) or (n_rows, n), move the coefficients from their mean."""
        return np.asarray(((self._used * self._sd).T @ weights), dtype=np.float64)


def precision(table: Table, random_state: int) -> Precision:
    """Return the inverse of likeness and noise of the rows of *table*: exact, or by landmarks where there are many."""
    n = table.terms.shape[0]
    if n <= MOST:
        return Exact(table.likeness(table))
    landmarks = np.sort(np.random.RandomState(random_state).permutation(n)[:LANDMARKS])
    return Landmarks(table.likeness(table.rows(landmarks)), table.own_likeness(), landmarks)


@dataclass(frozen=True, slots=True)
class Posterior:
    """What rows teach: by what each is weighted in the process, the coefficients of the columns, and the prediction for each row from others.

    `outside` and `beta_outside` are weights and coefficients, a column a fold, had the rows of that fold not been known.
    """

    weights: Floats
    beta: Floats
    unseen: Floats
    outside: Floats
    beta_outside: Floats


def posterior(
    inverse: WithColumns,
    y: Floats,
    mean: Floats,
    groups: Ints | None = None,
    folds: Ints | None = None,
    n_folds: int = 0,
) -> Posterior:
    """Return what labels teach.

    Parameters
    ----------
    inverse : WithColumns
        Of the rows, with their columns: A⁻¹ above.
    y : array, shape (n_rows,)
        Labels.
    mean : array, shape (n_columns,)
        Of β a priori.
    groups : array of int, shape (n_rows,), optional
        Rows of one group are left out together; by default each row is left out alone.
    folds : array of int, shape (n_rows,), optional
        To which of *n_folds* folds, counted from 0, each row belongs; others to none.
    """
    weights = inverse.times(y - inverse.columns @ mean)
    if groups is None:
        unseen = y - weights / inverse.diagonal()
    else:
        unseen = np.empty(len(y))
        for group in np.unique(groups):
            rows = np.flatnonzero(groups == group)
            unseen[rows] = y[rows] - np.linalg.solve(inverse.block(rows), weights[rows])
    # What is learnt without rows G has the weights A⁻¹(y − Z m) − A⁻¹ u, u being (A⁻¹_GG)⁻¹ (A⁻¹(y − Z m))_G in G and 0 elsewhere.
    left = np.zeros((len(y), n_folds))
    for fold in range(n_folds):
        rows = np.flatnonzero(folds == fold)
        left[rows, fold] = np.linalg.solve(inverse.block(rows), weights[rows])
    outside = weights[:, None] - inverse.times(left)
    beta_outside = mean[:, None] + inverse.learnt(outside)
    if n_folds:
        outside = inverse.on_rows(outside)
    return Posterior(inverse.on_rows(weights), mean + inverse.learnt(weights), unseen, outside, beta_outside)

"""The numbers of the classifier: one code at a time, from features to a probability that was tested.

Nothing here knows of texts. A code's features give a score by class-balanced logistic regression; scores of rows the regression has not
seen (cross-validation, groups kept whole) and the codebook's rule hits give the probability by a second, small
logistic regression with a prior (Platt 1999, with a prior as in any Bayesian regression), so that few examples move it little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from scipy.stats import rankdata

__all__ = ["Learnt", "expected_f1_threshold", "learn", "logistic"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 5
C = 10.0

# Constant, any rule hit, two or more, score in standard deviations. A choice made before measuring: without a label a code's
# probability is .08, and .69 where a rule hits; a handful of labels moves both.
PRIOR_MEAN = np.array([-2.4, 3.2, 0.0, 1.0])
PRIOR_SD = np.array([1.0, 1.5, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of one code.

    `weights` (n_features,) and `intercept` give a score, `centre` and `spread` its scale, `beta` (4,) the probability. `unseen` (n_rows,) is
    the probability of each training row from fits that did not know it. `skill` is the area under the ROC curve of
    `unseen`, `chance` what guessing stays under nineteen times of twenty; both NaN where it was not tested. `grouped` tells that no group stood
    on both sides of the test.
    """

    weights: Floats
    intercept: float
    centre: float
    spread: float
    beta: Floats
    unseen: Floats
    skill: float = np.nan
    chance: float = np.nan
    grouped: bool = False

    def score(self, features: csr_matrix) -> Floats:
        """Return scores in standard deviations, of shape (n_rows,)."""
        return np.asarray((features @ self.weights + self.intercept - self.centre) / self.spread, dtype=np.float64)

    def probability(self, features: csr_matrix, hits: Ints) -> Floats:
        """Return the probability of the code for rows of features and their rule hits, of shape (n_rows,)."""
        return _probability(_columns(hits, self.score(features)), self.beta)

    @property
    def word_weights(self) -> Floats:
        """What a unit of each feature adds to the log-odds, of shape (n_features,)."""
        return self.weights * float(self.beta[3] / self.spread)


def learn(features: csr_matrix, hits: Ints, y: Ints, groups: Ints | None, random_state: int) -> Learnt:
    """Return what rows of features, rule hits and labels teach about one code.

    Parameters
    ----------
    features : sparse matrix, shape (n_rows, n_features)
        Labelled rows only.
    hits : array of int, shape (n_rows,)
        How often the codebook's rules hit.
    y : array of int, shape (n_rows,)
        1 or 0.
    groups : array of int, shape (n_rows,), optional
        Rows of one group stay together in cross-validation where the code stands in two groups or more.
    random_state : int
        Of the folds.
    """
    positive, negative = int(y.sum()), int((1 - y).sum())
    blank = np.zeros(features.shape[1])
    if min(positive, negative) < 2:
        beta = logistic(_columns(hits, np.zeros(len(y))), y, PRIOR_MEAN, PRIOR_SD) if len(y) else PRIOR_MEAN
        return Learnt(blank, 0.0, 0.0, 1.0, beta, _probability(_columns(hits, np.zeros(len(y))), beta))
    grouped = groups is not None and len(np.unique(groups[y == 1])) > 1 and len(np.unique(groups[y == 0])) > 1
    folds = _folds(y, groups if grouped else None, random_state)
    raw = np.zeros(len(y))
    for fold in range(int(np.max(folds)) + 1):
        train, test = folds != fold, folds == fold
        if len(np.unique(y[train])) > 1:
            weights, intercept = _fit(features[train], y[train])
            raw[test] = features[test] @ weights + intercept
    centre, spread = float(raw.mean()), float(raw.std()) or 1.0
    columns = _columns(hits, (raw - centre) / spread)
    unseen = np.zeros(len(y))
    for fold in range(int(np.max(folds)) + 1):
        train, test = folds != fold, folds == fold
        unseen[test] = _probability(columns[test], _calibrate(columns[train], y[train]))
    skill = (rankdata(unseen)[y == 1].mean() - (positive + 1) / 2) / negative
    chance = 0.5 + 1.645 * np.sqrt((positive + negative + 1) / (12 * positive * negative))
    weights, intercept = _fit(features, y)
    return Learnt(
        weights, intercept, centre, spread, _calibrate(columns, y), unseen, float(skill), float(chance), grouped
    )


def logistic(columns: Floats, y: Ints, mean: Floats, sd: Floats) -> Floats:
    """Return the most probable coefficients of a logistic regression whose coefficients are normal a priori.

    Newton's method on a strictly concave function: it has one maximum.

    Parameters
    ----------
    columns : array, shape (n_rows, n_columns)
        With the constant among them.
    y : array of int, shape (n_rows,)
        1 or 0.
    mean, sd : array, shape (n_columns,)
        Of the prior.
    """
    beta = mean.copy()
    precision = np.diag(sd**-2.0)

    def loss(at: Floats) -> float:
        z = columns @ at
        return float(np.logaddexp(0, z).sum() - z @ y + (at - mean) @ precision @ (at - mean) / 2)

    for _ in range(100):
        p = expit(columns @ beta)
        slope = columns.T @ (p - y) + precision @ (beta - mean)
        bend = columns.T @ (columns * (p * (1 - p))[:, None]) + precision
        step = np.linalg.solve(bend, slope)
        length = 1.0
        while loss(beta - length * step) > loss(beta) and length > 1e-6:
            length /= 2
        beta = beta - length * step
        if np.abs(length * step).max() < 1e-9:
            break
    return np.asarray(beta, dtype=np.float64)


def expected_f1_threshold(probabilities: Floats) -> float:
    """Return the probability from which to say yes so that the expected F1 is highest, given calibrated probabilities.

    With k of n rows chosen, the expected F1 is about 2·Σ chosen p / (k + Σ p) (Lipton, Elkan & Naryanaswamy 2014).
    """
    if not len(probabilities):
        return 0.5
    ordered = np.sort(probabilities)[::-1]
    gain = 2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())
    return float(ordered[int(gain.argmax())])


def _columns(hits: Ints, score: Floats) -> Floats:
    """Return the columns of the second regression: constant, any hit, two or more, score."""
    return np.column_stack([np.ones(len(hits)), hits > 0, hits > 1, score]).astype(np.float64)


def _probability(columns: Floats, beta: Floats) -> Floats:
    """Return probabilities, rounded: their last bits depend on where in memory a row lies, and a threshold is some row's own."""
    return np.asarray(np.round(expit(columns @ beta), 9), dtype=np.float64)


def _calibrate(columns: Floats, y: Ints) -> Floats:
    """Return the second regression's coefficients; a score that speaks against what it should speak for is not used."""
    beta = logistic(columns, y, PRIOR_MEAN, PRIOR_SD)
    if beta[3] > 0:
        return beta
    return np.append(logistic(columns[:, :3], y, PRIOR_MEAN[:3], PRIOR_SD[:3]), 0.0)


def _fit(features: csr_matrix, y: Ints) -> tuple[Floats, float]:
    """Return weights and intercept of a class-balanced logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=C, class_weight="balanced", max_iter=1000).fit(features, y)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


def _folds(y: Ints, groups: Ints | None, random_state: int) -> Ints:
    """Return each row's fold, groups whole where given, positives spread evenly."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    most = min(FOLDS, int(y.sum()), int((1 - y).sum()))
    splitter: Any
    if groups is None:
        splitter = StratifiedKFold(most, shuffle=True, random_state=random_state)
    else:
        most = min(most, len(np.unique(groups[y == 1])))
        splitter = StratifiedGroupKFold(most, shuffle=True, random_state=random_state)
    folds = np.zeros(len(y), dtype=np.int64)
    parts: Iterator[tuple[Ints, Ints]] = splitter.split(np.zeros((len(y), 1)), y, groups)
    for number, (_, test) in enumerate(parts):
        folds[test] = number
    return folds

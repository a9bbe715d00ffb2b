"""From scores to probabilities, thresholds and skill.

Nothing here knows of texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import rankdata

__all__ = [
    "calibrate",
    "chance",
    "expected_f1_threshold",
    "log_likelihood",
    "log_odds",
    "logistic",
    "probability",
    "skill",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Slope and intercept of the log-odds over the score. A score of .5 is even odds, as if labels were read off with half a point of doubt.
PRIOR_MEAN = np.array([7.0, -3.4])
PRIOR_SD = np.array([2.0, 1.0])


def probability(log_odds: Floats) -> Floats:
    """Return probabilities, rounded: their last bits depend on where in memory a row lies, and a threshold is some row's own."""
    return np.asarray(np.round(expit(log_odds), 6), dtype=np.float64)


def log_odds(probabilities: Floats) -> Floats:
    """Return log-odds, those of what is as good as certain at most 13.8."""
    return np.asarray(logit(np.clip(probabilities, 1e-6, 1 - 1e-6)), dtype=np.float64)


def log_likelihood(probabilities: Floats, y: Ints) -> float:
    """Return the natural logarithm of how probable labels *y*, 1 or 0, are; nothing is more certain than in `log_odds`."""
    return float(np.log(np.clip(np.where(y == 1, probabilities, 1 - probabilities), 1e-6, 1.0)).sum())


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


def calibrate(scores: Floats, y: Ints) -> tuple[float, float]:
    """Return slope and intercept that make log-odds of scores (Platt 1999), with a prior, so that few labels move them little.

    Parameters
    ----------
    scores : array, shape (n_rows,)
        Of rows by what did not know them.
    y : array of int, shape (n_rows,)
        1 or 0.
    """
    slope, intercept = logistic(np.column_stack([scores, np.ones(len(scores))]), y, PRIOR_MEAN, PRIOR_SD)
    if slope > 0:
        return float(slope), float(intercept)
    # Scores that speak against what they should speak for are worth nothing: the share of positives is all that is known.
    only = logistic(np.ones((len(scores), 1)), y, PRIOR_MEAN[1:], PRIOR_SD[1:])
    return 0.0, float(only[0])


def expected_f1_threshold(probabilities: Floats) -> float:
    """Return the probability from which to say yes so that the expected F1 is highest, given calibrated probabilities.

    With k of n rows chosen, the expected F1 is about 2·Σ chosen p / (k + Σ p) (Lipton, Elkan & Naryanaswamy 2014).
    """
    if not len(probabilities):
        return 0.5
    ordered = np.sort(probabilities)[::-1]
    gain = 2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())
    return float(ordered[int(gain.argmax())])


def skill(scores: Floats, y: Ints) -> float:
    """Return the area under the ROC curve; NaN with fewer than two positives or two negatives."""
    positive, negative = int(y.sum()), int((1 - y).sum())
    if min(positive, negative) < 2:
        return float("nan")
    return float((rankdata(scores)[y == 1].mean() - (positive + 1) / 2) / negative)


def chance(y: Ints) -> float:
    """Return what the area under the ROC curve stays under nineteen times of twenty by guessing (Mann & Whitney 1947); NaN as `skill`.

    It is the normal limit for scores that know nothing of the labels. Scores of rows left out know those of other rows: in simulations
    without any signal they passed in 2 to 12 of 100 draws.
    """
    positive, negative = int(y.sum()), int((1 - y).sum())
    if min(positive, negative) < 2:
        return float("nan")
    return float(0.5 + 1.645 * np.sqrt((positive + negative + 1) / (12 * positive * negative)))

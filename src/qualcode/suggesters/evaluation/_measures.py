"""Precision, recall, F1, average precision and calibration, each with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_

__all__ = ["Bin", "Figure", "average_precision", "bins", "calibration_error", "f1_of", "macro_f1", "quality", "wilson"]

RESAMPLES = 1_000
FEW_INFORMANTS = 5
"""With fewer, resampling them says nothing."""

NOTHING_SUGGESTED = N_("nothing was suggested, so there is no precision")
NOTHING_BEARS = N_("no unit bears the code")
NEITHER = N_("no unit bears the code, and nothing was suggested")
NO_SCORE = N_("rules give no probability to rank by")
FEW = N_("fewer than five informants: too few to resample")
UNSTABLE = N_("in too many resamples of informants the figure is undefined")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A share from 0 to 1, or why there is none; and its 95 % interval, or why there is none (English message ids)."""

    value: float | None
    undefined: str = ""
    interval: tuple[float, float] | None = None
    interval_undefined: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """Units whose probability lies between `low` and `high`: how many, their mean probability, and the share that bears the code.

    `interval` is that share's Wilson interval at 95 %, as if units were independent: those of one informant are not, so it is rather too narrow.
    """

    low: float
    high: float
    n: int
    mean: float
    share: float
    interval: tuple[float, float]


def quality(
    truth: Ints, suggested: Ints, scores: Floats | None, groups: Ints, *, seed: int = 0
) -> tuple[Figure, Figure, Figure, Figure]:
    """Return precision, recall, F1 and average precision of one code.

    Precision is hits / suggested, recall hits / bearing, F1 2 · hits / (suggested + bearing), hits being units that both are; average
    precision see below. Intervals are percentiles over 1,000 resamples of informants, drawn whole with replacement, as many as there are
    (the cluster bootstrap, Davison & Hinkley 1997): what one person says is not independent.

    Parameters
    ----------
    truth, suggested : array of 1 and 0, shape (n_units,)
        What bears the code, and what was suggested.
    scores : array, shape (n_units,), optional
        Probabilities to rank by.
    groups : array of int, shape (n_units,)
        Whose words each unit is.
    seed : int
        Of the resampling.
    """
    hit, false, missed = _counts(truth, suggested, groups)
    weights = _weights(len(hit), seed)
    figures = [
        _figure(hit, hit + false, weights, NOTHING_SUGGESTED),
        _figure(hit, hit + missed, weights, NOTHING_BEARS),
        _figure(2 * hit, 2 * hit + false + missed, weights, NEITHER),
    ]
    if scores is None:
        figures.append(Figure(None, NO_SCORE, None, NO_SCORE))
    elif not truth.any():
        figures.append(Figure(None, NOTHING_BEARS, None, NOTHING_BEARS))
    else:
        found = None
        if weights is not None:
            rows = np.unique(groups, return_inverse=True)[1]
            found = np.array([_average_precision(truth, scores, one[rows]) for one in weights])
        figures.append(_with_interval(average_precision(truth, scores), found))
    return figures[0], figures[1], figures[2], figures[3]


def macro_f1(truth: Ints, suggested: Ints, groups: Ints, *, seed: int = 0) -> Figure:
    """Return the mean F1 of the codes that a unit bears; the codes are those of the whole, also in the resamples.

    *truth* and *suggested* have the shape (n_units, n_codes); −1 in *truth* is not known.
    """
    rows = np.unique(groups, return_inverse=True)[1]
    counted = []
    for code in range(truth.shape[1]):
        known = truth[:, code] != -1
        if (truth[:, code] == 1).any():
            # Informants by the numbers of the whole: a code may be known of some of them only.
            counted.append(_counts(truth[known, code], suggested[known, code], rows[known], int(rows.max()) + 1))
    if not counted:
        return Figure(None, NOTHING_BEARS, None, NOTHING_BEARS)
    value = float(np.mean([2 * h.sum() / (2 * h.sum() + f.sum() + m.sum()) for h, f, m in counted]))
    weights = _weights(int(rows.max()) + 1, seed)
    if weights is None:
        return Figure(value, "", None, FEW)
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.array([2 * (weights @ h) / (weights @ (2 * h + f + m)) for h, f, m in counted])
    # A code that no resampled informant bears or is suggested for has no F1 there: the mean is of the others.
    defined = ~np.isnan(each)
    found = np.where(defined, each, 0).sum(axis=0) / np.maximum(defined.sum(axis=0), 1)
    found[~defined.any(axis=0)] = np.nan
    return _with_interval(value, found)


def f1_of(truth: Ints, suggested: NDArray[np.bool_]) -> float | None:
    """Return F1, 2·hits over what bears the code plus what was suggested; ``None`` where both are nothing."""
    whole = int((truth == 1).sum() + suggested.sum())
    return float(2 * ((truth == 1) & suggested).sum() / whole) if whole else None


def average_precision(truth: Ints, scores: Floats) -> float | None:
    """Return the mean precision over all levels of recall; ``None`` where nothing bears the code.

    Σ (Rₙ − Rₙ₋₁) Pₙ, Rₙ and Pₙ being recall and precision of what scores at least the n-th greatest of the different scores: as in
    scikit-learn, without interpolation, ties taken together.
    """
    return _average_precision(truth, scores, np.ones(len(truth))) if (truth == 1).any() else None


def bins(truth: Ints, scores: Floats, n: int = 10, *, least: int = 1) -> tuple[Bin, ...]:
    """Return the calibration table: *n* bins of equal width, without the empty ones. Both arrays have one entry a unit and code.

    Neighbouring bins are joined, from the highest down, until each holds at least *least* entries (fewer only where there are no more).
    """
    place = np.minimum((scores * n).astype(int), n - 1)
    runs: list[tuple[int, int]] = []
    top = 0
    for number in sorted(np.unique(place).tolist(), reverse=True):
        top = top or number + 1
        if ((place >= number) & (place < top)).sum() >= least:
            runs.append((number, top))
            top = 0
    if top:  # too few are left at the bottom: they join the run above, where there is one
        bottom = int(place.min())
        runs = [*runs[:-1], (bottom, runs[-1][1])] if runs else [(bottom, top)]
    found = []
    for low, high in reversed(runs):
        mine = (place >= low) & (place < high)
        bearing, count = int((truth[mine] == 1).sum()), int(mine.sum())
        found.append(Bin(low / n, high / n, count, float(scores[mine].mean()), bearing / count, wilson(bearing, count)))
    return tuple(found)


def calibration_error(table: Sequence[Bin]) -> float | None:
    """Return the expected calibration error (Naeini, Cooper & Hauskrecht 2015): Σ n |share − mean| / Σ n over the bins; ``None`` without any.

    The fewer units a bin has, the farther its share lies from its mean by chance alone: of few units the error is rather too high.
    """
    whole = sum(one.n for one in table)
    return sum(one.n * abs(one.share - one.mean) for one in table) / whole if whole else None


def wilson(k: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's (1927) interval of a share *k* of *n* (at least one), at 95 %.

    (k + z²/2 ± z √(k (n − k) / n + z²/4)) / (n + z²), z being the normal deviate.

    Examples
    --------
    >>> tuple(round(end, 3) for end in wilson(7, 10))
    (0.397, 0.892)
    """
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * (k * (n - k) / n + z * z / 4) ** 0.5
    # Of none and of all the end is exact, which sums of floats need not be.
    return (0.0 if k == 0 else max(0.0, middle - half)), (1.0 if k == n else min(1.0, middle + half))


def _counts(truth: Ints, suggested: Ints, groups: Ints, n: int | None = None) -> tuple[Floats, Floats, Floats]:
    """Return hits, false suggestions and misses by informant; groups are numbered anew where *n* is not given."""
    rows = np.unique(groups, return_inverse=True)[1] if n is None else groups
    size = (int(rows.max()) + 1 if len(rows) else 0) if n is None else n
    bears, said = truth == 1, suggested == 1

    def by_group(which: NDArray[np.bool_]) -> Floats:
        return np.bincount(rows, weights=which, minlength=size).astype(np.float64)

    return by_group(bears & said), by_group(~bears & said), by_group(bears & ~said)


def _weights(n_groups: int, seed: int) -> Floats | None:
    """Return how often each informant is in each resample, of shape (resamples, n_groups); ``None`` with few informants."""
    if n_groups < FEW_INFORMANTS:
        return None
    random = np.random.default_rng(seed)
    return random.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=RESAMPLES).astype(np.float64)


def _figure(part: Floats, whole: Floats, weights: Floats | None, reason: str) -> Figure:
    """Return the share *part* of *whole*, both by informant, with its interval."""
    if not whole.sum():
        return Figure(None, reason, None, reason)
    if weights is None:
        return Figure(float(part.sum() / whole.sum()), "", None, FEW)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (weights @ part) / (weights @ whole)
    return _with_interval(float(part.sum() / whole.sum()), found)


def _with_interval(value: float | None, found: Floats | None) -> Figure:
    """Return a figure with the interval of its resamples; NaN is one in which it is undefined."""
    if found is None:
        return Figure(value, "", None, FEW)
    defined = found[~np.isnan(found)]
    if len(defined) < 0.95 * len(found):
        return Figure(value, "", None, UNSTABLE)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Figure(value, "", (float(low), float(high)))


def _average_precision(truth: Ints, scores: Floats, weights: Floats) -> float:
    """Return average precision of weighted units; NaN where no weight is on one that bears the code."""
    order = np.argsort(-scores, kind="stable")
    ranked, weight = scores[order], weights[order]
    hits = np.cumsum(weight * (truth[order] == 1))
    read = np.cumsum(weight)
    last = np.append(ranked[1:] != ranked[:-1], True)
    hits, read = hits[last], read[last]
    if not hits[-1]:
        return float("nan")
    precision = np.divide(hits, read, out=np.zeros_like(hits), where=read > 0)
    return float((np.diff(np.concatenate([[0.0], hits])) * precision).sum() / hits[-1])

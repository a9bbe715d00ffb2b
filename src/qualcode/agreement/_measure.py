"""The coefficients themselves, on numbers alone.

A table of shape (n_units, n_coders) holds the number of a value in each cell, −1 where a coder did not see the unit; a
matrix of shape (n_values, n_values) holds how far two values are apart, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_, InputError, nearest

__all__ = ["FEW_BLOCKS", "MEASURES", "MISSING", "Measure", "Measured", "check_measure", "masi", "measure", "nominal"]

Measure = Literal["alpha", "percent"]
MEASURES: tuple[str, ...] = get_args(Measure)
MISSING = -1
FEW_BLOCKS = 5
"""With fewer transcripts than this, resampling them says nothing."""

NO_PAIRS = N_("no unit was seen by two of these coders")
ONE_VALUE = N_("every coder gave every unit the same value: without variation chance agreement is complete")
NOT_ASKED = N_("not asked for: the informants of a purposive sample are no random draw")
FEW_TRANSCRIPTS = N_("fewer than five transcripts: too few to resample")
UNSTABLE = N_("too many resamples have no variation")


@dataclass(frozen=True, slots=True)
class Measured:
    """A coefficient or why there is none, and the units it rests on."""

    value: float | None
    undefined: str
    n_units: int
    interval: tuple[float, float] | None = None
    interval_undefined: str = NOT_ASKED


def check_measure(name: str) -> None:
    """Refuse a measure that does not exist.

    Raises
    ------
    InputError
        With the measures there are.
    """
    if name not in MEASURES:
        near = nearest(str(name), MEASURES, n=1)
        raise InputError(
            N_("no measure called {name!r}"),
            hint=N_("did you mean: {nearest}?") if near else N_("choose one of: {known}"),
            name=name,
            nearest=", ".join(near),
            known=", ".join(MEASURES),
        )


def nominal(n_values: int) -> NDArray[np.float64]:
    """Return the distance of same (0) or different (1) for *n_values* values."""
    return 1.0 - np.eye(n_values)


def masi(sets: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """Return the distance 1 − J·M between sets of codes (Passonneau 2006), of shape (n_sets, n_sets).

    J is the Jaccard index; M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they only overlap, 0 where
    they share nothing. Two empty sets ("both found nothing") are equal. Where no set holds more than one code the distance is nominal.

    Examples
    --------
    >>> masi([frozenset("ab"), frozenset("abcd")])[0, 1].round(4)
    np.float64(0.6667)
    """
    codes = sorted(frozenset().union(*sets))
    member = np.array([[code in one for code in codes] for one in sets], dtype=float).reshape(len(sets), len(codes))
    shared = member @ member.T
    size = member.sum(axis=1)
    union = size[:, None] + size[None, :] - shared
    jaccard = np.divide(shared, union, out=np.ones_like(shared), where=union > 0)
    smaller, larger = np.minimum(size[:, None], size[None, :]), np.maximum(size[:, None], size[None, :])
    monotonic = np.select([shared == larger, shared == smaller, shared > 0], [1.0, 2 / 3, 1 / 3], default=0.0)
    # An empty set lies inside every set, but shares nothing with one that is not empty: J is 0 there, so M is moot.
    return np.asarray(1.0 - jaccard * monotonic, dtype=np.float64)


def measure(
    table: NDArray[np.int64],
    distance: NDArray[np.float64],
    name: str,
    *,
    blocks: NDArray[np.int64] | None = None,
    resamples: int = 0,
    seed: int = 0,
) -> Measured:
    """Return a coefficient over *table*.

    Both figures come from D_o, the mean distance between two coders' values of one unit, each unit weighing as many
    values as it has: percent is 1 − D_o, alpha 1 − D_o / D_e, where D_e is the mean distance of any two of all
    pairable values (Krippendorff 2004, Content Analysis, ch. 11; Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).

    Parameters
    ----------
    table : array of int, shape (n_units, n_coders)
        Numbers of values, −1 for missing. A unit with fewer than two values counts for nothing.
    distance : array, shape (n_values, n_values)
        Symmetric, 0 on the diagonal.
    name : {"alpha", "percent"}
        Which coefficient.
    blocks : array of int, shape (n_units,), optional
        What each unit belongs to (its transcript): blocks are resampled whole, because the units of one are not independent.
    resamples : int
        How many; 0 for no interval.
    seed : int
        Of the resampling.
    """
    present = table != MISSING
    seen = present.sum(axis=1)
    kept = seen >= 2
    n_units = int(kept.sum())
    if n_units == 0:
        return Measured(None, NO_PAIRS, 0)
    table, seen = table[kept], seen[kept]
    present = present[kept]
    apart = np.zeros(n_units)  # per unit: distances of all ordered pairs of its values, over one less than their number
    for one, other in combinations(range(table.shape[1]), 2):
        both = present[:, one] & present[:, other]
        apart[both] += 2 * distance[table[both, one], table[both, other]]
    apart /= seen - 1
    rows = np.zeros(n_units, dtype=np.int64)
    if blocks is not None:
        _, rows = np.unique(blocks[kept], return_inverse=True)
    n_blocks = int(np.max(rows)) + 1
    counts = np.zeros((n_blocks, len(distance)))
    np.add.at(counts, (np.broadcast_to(rows[:, None], table.shape)[present], table[present]), 1)
    sums = np.bincount(rows, weights=apart, minlength=n_blocks).astype(np.float64)
    value = _coefficient(sums.sum(), counts.sum(axis=0), distance, name)
    if value is None:
        return Measured(None, ONE_VALUE, n_units)
    interval, reason = _interval(sums, counts, distance, name, resamples, seed) if resamples else (None, NOT_ASKED)
    return Measured(value, "", n_units, interval, reason)


def _coefficient(apart: float, counts: NDArray[np.float64], distance: NDArray[np.float64], name: str) -> float | None:
    """Return the coefficient from summed distances and the counts of values, or None where nothing varies."""
    n = counts.sum()
    observed = apart / n
    if name == "percent":
        return float(1.0 - observed)
    expected = counts @ distance @ counts / (n * (n - 1))
    return float(1.0 - observed / expected) if expected > 0 else None


def _interval(
    sums: NDArray[np.float64],
    counts: NDArray[np.float64],
    distance: NDArray[np.float64],
    name: str,
    resamples: int,
    seed: int,
) -> tuple[tuple[float, float] | None, str]:
    """Return the 95 % percentile interval over resampled blocks, or why there is none."""
    n_blocks = len(sums)
    if n_blocks < FEW_BLOCKS:
        return None, FEW_TRANSCRIPTS
    random = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        weights = np.bincount(random.integers(n_blocks, size=n_blocks), minlength=n_blocks)
        value = _coefficient(float(weights @ sums), weights @ counts, distance, name)
        if value is not None:
            found.append(value)
    if len(found) < 0.95 * resamples:
        return None, UNSTABLE
    low, high = np.percentile(found, [2.5, 97.5])
    return (float(low), float(high)), ""

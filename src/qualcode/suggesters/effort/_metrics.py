"""How well an order of reading finds what bears a code.

An order is an array of 1 (the unit bears the code) and 0, in the order read; n is how many there are, r how many are 1. Every measure is
undefined, ``None``, where no unit or every unit bears the code: there is nothing to find, or nothing to spare.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qualcode.errors import N_, InputError

__all__ = [
    "Effort",
    "discovery",
    "effort",
    "loss",
    "recall_at",
    "recall_curve",
    "true_negative_rate",
    "undefined",
    "wss",
]

NOTHING_TO_READ = N_("there is nothing to read")
NOTHING_TO_FIND = N_("no unit bears the code: there is nothing to find")
NOTHING_TO_SPARE = N_("every unit bears the code: no order of reading spares any")

TARGET = 0.95
"""Recall up to which work is counted."""
SHARES = (0.1, 0.25, 0.5)
"""Shares of the units read at which recall is told."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What an order of reading is worth.

    Attributes
    ----------
    n_units, n_bearing : int
        Units read, and those that bear the code.
    loss : float or None
        0 for the best order there is, 1 for the worst, about 0.5 for chance; see `loss`.
    atd : float or None
        Average time to discovery (Ferdinands et al. 2023): mean place of a bearing unit in the order, from 1, over n (0 to 1).
    wss95 : float or None
        Work saved over sampling at a recall of 95 %, as a share of the units; see `wss`.
    tnr95 : float or None
        Share of the units without the code that need not be read to reach a recall of 95 %.
    needed95 : int or None
        After how many units 95 % of those that bear the code are found.
    recalls : tuple of (float, float or None)
        Share of the units read, and the recall then reached.
    undefined : str
        Why the figures are ``None``: an English message id without parameters. Empty where they are defined.
    """

    n_units: int
    n_bearing: int
    loss: float | None
    atd: float | None
    wss95: float | None
    tnr95: float | None
    needed95: int | None
    recalls: tuple[tuple[float, float | None], ...]
    undefined: str = ""


def effort(labels: ArrayLike) -> Effort:
    """Return all measures of an order of reading; see the functions of this module for each."""
    order = _order(labels)
    places = np.flatnonzero(order) + 1
    reason = undefined(order)
    return Effort(
        len(order),
        len(places),
        loss(order),
        None if reason else float(places.mean() / len(order)),
        wss(order),
        true_negative_rate(order),
        None if reason else needed(order),
        tuple((share, recall_at(order, share)) for share in SHARES),
        reason,
    )


def undefined(labels: ArrayLike) -> str:
    """Return why an order cannot be measured: an English message id; empty where it can."""
    order = _order(labels)
    if not len(order):
        return NOTHING_TO_READ
    if not order.any():
        return NOTHING_TO_FIND
    return NOTHING_TO_SPARE if order.all() else ""


def recall_curve(labels: ArrayLike) -> NDArray[np.float64] | None:
    """Return the recall after each unit read, of shape (n_units,); ``None`` where no unit bears the code."""
    order = _order(labels)
    return np.cumsum(order) / order.sum() if order.any() else None


def recall_at(labels: ArrayLike, share: float) -> float | None:
    """Return the recall when *share* (0 to 1) of the units is read, whole units only; ``None`` where no unit bears the code.

    Examples
    --------
    >>> round(recall_at([1, 1, 1, 0], 0.5), 3)
    0.667
    """
    order = _order(labels)
    read = math.floor(share * len(order) + 1e-9)
    return float(order[:read].sum() / order.sum()) if order.any() else None


def loss(labels: ArrayLike) -> float | None:
    """Return how much of what lies between the best and the worst order is lost: 0 for the best, 1 for the worst.

    The area between the recall curve and the best there could be, over that between the best and the worst, as in ASReview Insights:
    (r (n − (r − 1) / 2) − Σ found) / (r (n − r)), found being how many were found after each unit. The mean over all orders is 0.5.

    Examples
    --------
    >>> loss([1, 0, 1])
    0.5
    """
    order = _order(labels)
    if undefined(order):
        return None
    n, bearing = len(order), int(order.sum())
    best = bearing * (n - (bearing - 1) / 2)
    return float((best - np.cumsum(order).sum()) / (bearing * (n - bearing)))


def discovery(labels: ArrayLike, units: Sequence[int] | None = None) -> tuple[tuple[int, int], ...]:
    """Return each bearing unit with its time to discovery: how many units were read when it was found, itself included.

    Parameters
    ----------
    labels : array of 1 and 0, shape (n_units,)
        In the order read.
    units : sequence of int, optional
        What the units are called; by their place in the order, from 0, without it.
    """
    order = _order(labels)
    names = range(len(order)) if units is None else units
    return tuple((names[place], place + 1) for place in np.flatnonzero(order).tolist())


def needed(labels: ArrayLike, target: float = TARGET) -> int | None:
    """Return after how many units at least *target* of those that bear the code are found; ``None`` where none does."""
    order = _order(labels)
    if not order.any():
        return None
    wanted = math.ceil(target * order.sum() - 1e-9)
    return int(np.flatnonzero(order)[max(wanted, 1) - 1]) + 1


def wss(labels: ArrayLike, target: float = TARGET) -> float | None:
    """Return the work saved over sampling: the share not read when *target* is found, less what chance would spare (Cohen et al. 2006).

    (TN + FN) / n − (1 − *target*), TN and FN being the units left unread without the code and with it, when *target* · r are first found.
    With fewer than twenty bearing units 95 % of them are all of them, and the figure hangs on the last one.

    Examples
    --------
    >>> round(wss([1] * 95 + [0] * 1005 + [1] * 5 + [0] * 895, 0.95), 2)
    0.9
    """
    order = _order(labels)
    if undefined(order):
        return None
    return float(1 - (needed(order, target) or 0) / len(order) - (1 - target))


def true_negative_rate(labels: ArrayLike, target: float = TARGET) -> float | None:
    """Return the share of the units without the code that are not read when *target* is found: work saved, normalised (Kusa et al. 2023).

    TN / (n − r), TN as in `wss`.
    """
    order = _order(labels)
    if undefined(order):
        return None
    unread = order[needed(order, target) :]
    return float((unread == 0).sum() / (order == 0).sum())


def _order(labels: ArrayLike) -> NDArray[np.int64]:
    """Return *labels* as an array, checked.

    Raises
    ------
    InputError
        If it holds something other than 1 and 0.
    """
    order = np.asarray(labels)
    if order.size == 0:
        return np.zeros(0, dtype=np.int64)
    if order.ndim != 1 or not np.isin(order, (0, 1)).all():
        raise InputError(N_("an order of reading holds something other than 1 and 0"))
    return order.astype(np.int64)

"""What a fitted classifier knows of every unit, as a queue reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Evidence
from qualcode.suggesters._units import Unit

__all__ = ["View"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """Every unit of a corpus with what people said of it and what the classifier says.

    Attributes
    ----------
    units : tuple of Unit
        In order of the text.
    keys : tuple of str
        The codes in use; the columns of the arrays.
    labels : ndarray of int, shape (n_units, n_codes)
        1, 0, or −1 where nobody knows.
    pool : ndarray, shape (n_units, n_codes)
        Probabilities.
    unseen : ndarray, shape (n_units, n_codes)
        Probabilities of labelled units by what did not know their labels; NaN for the others.
    thresholds : ndarray, shape (n_codes,)
        From which probability a code is suggested.
    points : ndarray, shape (n_units, n_topics)
        Where each unit lies among the topics.
    speaking : ndarray of bool, shape (n_codes,)
        Which codes are suggested at all.
    evidence : callable
        From a unit and a column to what speaks for the code there.
    """

    units: tuple[Unit, ...]
    keys: tuple[str, ...]
    labels: NDArray[np.int64]
    pool: Floats
    unseen: Floats
    thresholds: Floats
    points: Floats
    speaking: NDArray[np.bool_]
    evidence: Callable[[Unit, int], tuple[Evidence, ...]]

    @property
    def positives(self) -> NDArray[np.int64]:
        """How many units bear each code, of shape (n_codes,)."""
        return np.asarray((self.labels == 1).sum(axis=0), dtype=np.int64)

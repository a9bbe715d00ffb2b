"""The units of a study as numbers, kept from one fit to the next: coding a passage changes no text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qualcode.model import Codebook, Span
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._engine import Rows
from qualcode.suggesters._features import Features
from qualcode.suggesters._marks import Marks
from qualcode.suggesters._table import Table
from qualcode.suggesters._units import Unit

__all__ = ["Index"]

NEW = 0.2
"""From this share of new units on, words and topics are learnt again from all; fewer are placed among those that are known."""


class Index:
    """Features and clues of units, made once.

    Parameters
    ----------
    seed : int
        Of the topics.
    """

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.features = Features(seed)
        self._codebook: Codebook | None = None
        self._rows: dict[tuple[str, tuple[Span, ...], str], int] = {}
        self._table: Table | None = None
        self._clues: Clues | None = None
        self._marks: tuple[Codebook, Marks] | None = None

    def marks(self, codebook: Codebook) -> Marks:
        """Return what the rules of *codebook* match, read once for all who ask and kept while the codebook stays the same.

        Raises
        ------
        RuleError
            If a rule cannot be read.
        """
        if self._marks is None or self._marks[0] != codebook:
            self._marks = codebook, Marks(codebook)
        return self._marks[1]

    def of(
        self, codebook: Codebook, units: Sequence[Unit], rows: Callable[[Sequence[Unit]], Rows]
    ) -> tuple[Table, Clues]:
        """Return table and clues of *units*, in this order.

        Parameters
        ----------
        codebook : Codebook
            Whose clues: with another one everything is made again.
        units : sequence of Unit
            Every unit that is to be known; others are forgotten when words are learnt again.
        rows : callable
            Makes rows of units that are not known yet.
        """
        names = [(unit.transcript.revision, unit.pieces, unit.question) for unit in units]
        new = [number for number, name in enumerate(names) if name not in self._rows]
        with threadpool_limits(1, user_api="blas"):
            if self._table is None or self._clues is None or codebook != self._codebook or len(new) > NEW * len(units):
                # In the order of their words: the topics are the same whichever coder's work comes first, and when the files are imported again.
                sorted_ = sorted(range(len(units)), key=lambda number: (units[number].text, names[number]))
                given = rows([units[number] for number in sorted_])
                self.features = Features(self.seed)
                self._table, self._clues = self.features.fit(given.texts, given.questions), given.clues
                self._rows = {names[number]: at for at, number in enumerate(sorted_)}
                self._codebook = codebook
            elif new:
                given = rows([units[number] for number in new])
                more = self.features.transform(given.texts, given.questions)
                self._rows.update((names[number], len(self._table.topics) + at) for at, number in enumerate(new))
                self._table = self._table.with_(more)
                self._clues = self._clues.with_(given.clues)
        order: NDArray[np.int64] = np.array([self._rows[name] for name in names], dtype=np.int64)
        return self._table.rows(order), self._clues.rows(order)

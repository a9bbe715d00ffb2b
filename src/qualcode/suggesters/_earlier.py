"""What people coded in an earlier study, taught to the classifier of this one.

Codings of the same codebook in other interviews are labelled passages like any others: what tells a code there tells it here, as
far as people talk alike. They are learnt from, and never shown, counted or suggested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Corpus
from qualcode.suggesters._training import training_set
from qualcode.suggesters._units import Unit
from qualcode.suggesters.classifier import ClassifierSuggester

if TYPE_CHECKING:
    from qualcode.suggesters._index import Index

__all__ = ["TaughtBefore", "carried"]


def carried(earlier: Sequence[Corpus], keys: Sequence[str]) -> tuple[tuple[Unit, ...], NDArray[np.int64]]:
    """Return the units of *earlier* studies of which something is known for the codes *keys*, and their labels.

    Codes are matched by key. Labels are of shape (n_units, n_keys): 1, 0, or −1 where nobody knows, as for every code that the
    earlier study did not have.
    """
    units: list[Unit] = []
    labels = [np.empty((0, len(keys)), dtype=np.int64)]
    for corpus in earlier:
        known = training_set(corpus)
        column = {code.key: number for number, code in enumerate(corpus.codebook.active)}
        here = np.full((len(known.units), len(keys)), -1, dtype=np.int64)
        for number, key in enumerate(keys):
            if key in column:
                here[:, number] = known.labels[:, column[key]]
        told = (here != -1).any(axis=1)
        units += [unit for unit, yes in zip(known.units, told, strict=True) if yes]
        labels.append(here[told])
    return tuple(units), np.vstack(labels)


class TaughtBefore(ClassifierSuggester):
    """The classifier, having learnt from earlier studies besides; its recipe says so."""

    recipe: ClassVar[str] = f"{ClassifierSuggester.recipe}+earlier"

    def __init__(self, earlier: Sequence[Corpus], *, index: Index | None = None) -> None:
        super().__init__(index=index)
        self._earlier = tuple(earlier)

    def _carried(self) -> tuple[tuple[Unit, ...], NDArray[np.int64]]:
        return carried(self._earlier, self._keys)

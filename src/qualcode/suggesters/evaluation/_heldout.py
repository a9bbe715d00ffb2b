"""What the classifier says of informants whose labels it never saw.

The engine's closed form leaves an informant out of the scores, but its slope, its threshold and its silence are found with that informant
among the rest. So each informant is left out for good here, and the classifier learns anew from the others: what is tested is
all that a coder would be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesters._bench import Bench
from qualcode.suggesters._engine import Engine
from qualcode.suggesters._truth import Truth
from qualcode.suggesters.classifier import FEW
from qualcode.suggesters.evaluation._measures import average_precision, f1_of

__all__ = ["DRAWS", "Fold", "Lesson", "hold_out", "lesson", "lessons_of"]

DRAWS = 5
"""Draws of informants for each size on the learning curve."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fold:
    """What the classifier says of one informant's units after learning from the others.

    Attributes
    ----------
    group : int
        Number of the informant in `Truth.informants`.
    probabilities : tuple of tuple of float
        Unit by unit (in the order of `Truth.units`), code by code.
    suggested : tuple of tuple of int
        1 where the probability reaches the code's threshold.
    silent : tuple of int
        Code by code: 1 where the classifier would not have suggested the code at all.
    """

    group: int
    probabilities: tuple[tuple[float, ...], ...]
    suggested: tuple[tuple[int, ...], ...]
    silent: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        return {"probabilities": self.probabilities, "suggested": self.suggested, "silent": self.silent}

    @classmethod
    def of_json(cls, group: int, value: Mapping[str, Any]) -> Self:
        """Return a fold as it was written."""
        return cls(
            group,
            tuple(tuple(row) for row in value["probabilities"]),
            tuple(tuple(row) for row in value["suggested"]),
            tuple(value["silent"]),
        )


@dataclass(frozen=True, slots=True)
class Lesson:
    """One point of the learning curve: what was learnt from so many informants, tested on all the others.

    `n_units` are those learnt from. `f1` and `ap` are means over the `n_codes` codes that a tested unit bears; ``None`` where none does.
    """

    n_informants: int
    draw: int
    n_units: int
    n_codes: int
    f1: float | None
    ap: float | None


def hold_out(bench: Bench, group: int) -> Fold:
    """Return what the classifier says of the informant number *group* after learning from all the others."""
    truth = bench.truth
    mine = truth.groups == group
    shown = (truth.labels != -1) & ~mine[:, None]
    engine = bench.learn(shown)
    pool = engine.pool[: len(truth.units)][mine]
    return Fold(
        group,
        tuple(tuple(row) for row in pool.tolist()),
        tuple(tuple(row) for row in (pool >= engine.thresholds).astype(int).tolist()),
        tuple(int(_silent(truth, engine, shown, code)) for code in range(len(truth.keys))),
    )


def lessons_of(truth: Truth) -> tuple[tuple[int, int], ...]:
    """Return the points of the learning curve as (number of informants, draw): 1, 2, 3, 5, 8 … of them, two fewer than there are at most."""
    sizes, after = [], (1, 2)
    while after[0] < len(truth.informants) - 1:
        sizes.append(after[0])
        after = after[1], sum(after)
    return tuple((size, draw) for size in sizes for draw in range(min(DRAWS, len(truth.informants))))


def lesson(bench: Bench, n_informants: int, draw: int) -> Lesson:
    """Return how well the classifier does after learning from *n_informants*, drawn at random, on all the others.

    Each draw begins with another informant; those of a larger size hold those of a smaller.
    """
    truth = bench.truth
    taught = np.isin(truth.groups, _drawn(len(truth.informants), draw)[:n_informants])
    engine = bench.learn((truth.labels != -1) & taught[:, None])
    pool = engine.pool[: len(truth.units)][~taught]
    found = [
        (f1_of(labels[known], scores[known] >= threshold), average_precision(labels[known], scores[known]))
        for labels, scores, threshold in zip(truth.labels[~taught].T, pool.T, engine.thresholds, strict=True)
        if (known := labels != -1).any() and (labels == 1).any()
    ]
    return Lesson(
        n_informants,
        draw,
        int(taught.sum()),
        len(found),
        _mean([f1 for f1, _ in found]),
        _mean([ap for _, ap in found]),
    )


def _drawn(n: int, draw: int) -> NDArray[np.int64]:
    """Return the informants in the order in which a draw teaches them."""
    first = np.random.default_rng(0).permutation(n)[draw % n]
    others = np.random.default_rng(draw + 1).permutation(n)
    return np.concatenate([[first], others[others != first]])


def _mean(values: Sequence[float | None]) -> float | None:
    defined = [value for value in values if value is not None]
    return float(np.mean(defined)) if defined else None


def _silent(truth: Truth, engine: Engine, shown: Bools, code: int) -> bool:
    """Tell whether the classifier would keep silent about a code: see `ClassifierSuggester`."""
    labels = truth.labels[shown[:, code], code]
    learnt = engine.learnt[code]
    return bool((labels == 1).sum() < FEW or (labels == 0).sum() < 2 or not learnt.skill > learnt.chance)

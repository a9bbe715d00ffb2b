"""A coded study read again, in the order in which a recipe would have shown it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_, InputError
from qualcode.suggesters._bench import Bench
from qualcode.suggesters.effort import RECIPES

__all__ = ["BATCH", "Run", "boundaries", "check_replay", "replay"]

BATCH = 10
"""Units read before the classifier learns again, at first."""
GROWTH = 0.25
"""A batch is at least this share of what was read: a large study would learn thousands of times for nothing. With a tenth instead,
a replay took two to three times as long, and the loss was the same (0.221 and 0.222 on 2,000 passages, 0.095 and 0.096 on the sample study)."""
MANY, LATER = 1_500, 0.5
"""From so many units read on, at least this share: one more fit among thousands of labels takes long and changes little."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Step = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One replay: for each code (by key) the labels of its units in the order read, and what was read before.

    Attributes
    ----------
    recipe : str
        What chose the order.
    seed : int
        Of the informant read first, and of chance.
    start : int
        Number of that informant, −1 where there is only one and the first units of the text were read first.
    orders : mapping of str to str
        ``0`` and ``1`` for each unit, in the order read.
    before : mapping of str to int
        Units that bear the code among those read first.
    """

    recipe: str
    seed: int
    start: int
    orders: Mapping[str, str]
    before: Mapping[str, int]

    def labels(self, code: str) -> Ints:
        """Return the order of one code as numbers."""
        return np.array([int(one) for one in self.orders[code]], dtype=np.int64)

    def to_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        return {"start": self.start, "orders": dict(self.orders), "before": dict(self.before)}

    @classmethod
    def of_json(cls, recipe: str, seed: int, value: Mapping[str, Any]) -> Self:
        """Return a run as it was written."""
        return cls(recipe, seed, value["start"], value["orders"], value["before"])


def replay(bench: Bench, recipe: str, seed: int, *, batch: int = BATCH, step: Step | None = None) -> Run:
    """Read the units again, one queue for each code, and return in which order.

    First all units of one informant are read, whom *seed* chooses, as a coder codes a first interview; then, code by code, batches of the
    units that the recipe puts first. Whether a unit bears the code is known when it is read and not before, and only for
    that code. The queues of all codes go on side by side.

    Parameters
    ----------
    bench : Bench
        The study.
    recipe : str
        One of `RECIPES`.
    seed : int
        From 0. The same seed begins with the same informant in every recipe, so that recipes can be compared pair by pair.
    batch : int
        Units read before the classifier learns again; later batches are larger.
    step : callable, optional
        Is told what share of the units is read.

    Raises
    ------
    InputError
        If there is no such recipe, or the batch is empty.
    """
    check_replay(recipe, batch)
    truth = bench.truth
    start, first = _start(bench, seed, batch)
    shown = first[:, None] & (truth.labels != -1)
    before = {key: int(((truth.labels[:, code] == 1) & first).sum()) for code, key in enumerate(truth.keys)}
    queues = _learning(bench, shown, batch, step) if recipe == "classifier" else _fixed(bench, shown, recipe, seed)
    orders = {
        key: "".join(str(one) for one in truth.labels[queue, code])
        for code, (key, queue) in enumerate(zip(truth.keys, queues, strict=True))
    }
    return Run(recipe, seed, start, orders, before)


def check_replay(recipe: str, batch: int, seeds: int = 1) -> None:
    """Refuse what cannot be replayed.

    Raises
    ------
    InputError
        If there is no such recipe, or a number is below 1.
    """
    if recipe not in RECIPES:
        raise InputError(N_("no recipe called {name!r}; there are {names}"), name=recipe, names=", ".join(RECIPES))
    if batch < 1:
        raise InputError(N_("a batch holds at least one unit"))
    if seeds < 1:
        raise InputError(N_("at least one replay is needed"))


def boundaries(n: int, batch: int) -> Iterator[int]:
    """Yield after how many units of *n* a batch ends."""
    read = 0
    while read < n:
        growth = GROWTH if read < MANY else LATER
        read = min(n, read + max(batch, math.ceil(growth * read)))
        yield read


def _start(bench: Bench, seed: int, batch: int) -> tuple[int, Bools]:
    """Return the number of the informant who is read first, and which units that are."""
    groups = bench.truth.groups
    n = len(bench.truth.informants)
    if n < 2:
        return -1, np.arange(len(groups)) < batch
    start = int(np.random.default_rng(0).permutation(n)[seed % n])
    return start, groups == start


def _fixed(bench: Bench, shown: Bools, recipe: str, seed: int) -> list[Ints]:
    """Return the queue of each code for a recipe that does not learn."""
    truth = bench.truth
    n = len(truth.units)
    place = np.random.default_rng(seed + 1).permutation(n) if recipe == "random" else np.arange(n)
    queues = []
    for code in range(len(truth.keys)):
        first = -bench.hits[:, code] if recipe == "rules" else np.zeros(n, dtype=np.int64)
        order = np.lexsort([place, first])
        queues.append(order[(truth.labels[order, code] != -1) & ~shown[order, code]])
    return queues


def _learning(bench: Bench, shown: Bools, batch: int, step: Step | None) -> list[Ints]:
    """Return the queue of each code for the classifier, which learns again after each batch."""
    truth = bench.truth
    shown = shown.copy()
    queues: list[list[int]] = [[] for _ in truth.keys]
    longest = int(((truth.labels != -1) & ~shown).sum(axis=0).max())
    read = 0
    for end in boundaries(longest, batch):
        pool = bench.learn(shown).pool
        for code, queue in enumerate(queues):
            unread = np.flatnonzero((truth.labels[:, code] != -1) & ~shown[:, code])
            best = unread[np.argsort(-pool[unread, code], kind="stable")][: end - read]
            queue += best.tolist()
            shown[best, code] = True
        read = end
        if step is not None:
            step(read / longest)
    return [np.array(queue, dtype=np.int64) for queue in queues]

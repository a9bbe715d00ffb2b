"""What reading on would bring: how well a queue finds the passages of a code, and how many are probably found.

`effort` measures an order of reading, `stopping` says what share of a code's passages is probably found, `replay` reads a coded
study again in the order a recipe would have shown it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.suggesters.effort._metrics import Effort, effort
    from qualcode.suggesters.effort._pace import Pace, pace
    from qualcode.suggesters.effort._replay import Run, replay
    from qualcode.suggesters.effort._simulation import Simulation, simulation
    from qualcode.suggesters.effort._stopping import Stopping, stopping

__all__ = [
    "RECIPES",
    "Effort",
    "Pace",
    "Run",
    "Simulation",
    "Stopping",
    "effort",
    "pace",
    "replay",
    "simulation",
    "stopping",
]

RECIPES = ("classifier", "rules", "random", "text")
"""What may choose the next units of a replay: probability, number of rule hits, chance, or nobody (the order of the text)."""

_HOMES = {
    "Effort": "_metrics",
    "effort": "_metrics",
    "Pace": "_pace",
    "pace": "_pace",
    "Run": "_replay",
    "replay": "_replay",
    "Simulation": "_simulation",
    "simulation": "_simulation",
    "Stopping": "_stopping",
    "stopping": "_stopping",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: NumPy and SciPy are too slow to load for those who do not measure."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

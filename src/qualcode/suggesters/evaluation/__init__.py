"""How good suggestions are for informants they did not learn from, beside the keyword rules and beside a second coder."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.suggesters.evaluation._evaluation import Evaluation, evaluation
    from qualcode.suggesters.evaluation._heldout import Fold, Lesson, hold_out, lesson, lessons_of

__all__ = ["Evaluation", "Fold", "Lesson", "evaluation", "hold_out", "lesson", "lessons_of"]

_HOMES = {
    "Evaluation": "_evaluation",
    "evaluation": "_evaluation",
    "Fold": "_heldout",
    "Lesson": "_heldout",
    "hold_out": "_heldout",
    "lesson": "_heldout",
    "lessons_of": "_heldout",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: NumPy and SciPy are too slow to load for those who do not measure."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

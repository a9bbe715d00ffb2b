"""Coders × units → coefficients. `agree` compares the coders of a study, `agreement_from_frame` those of any table."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.agreement._frame import agreement_from_frame
    from qualcode.agreement._measure import MEASURES, Measure
    from qualcode.agreement._result import Agreement
    from qualcode.agreement._study import agree

__all__ = ["MEASURES", "Agreement", "Measure", "agree", "agreement_from_frame"]

_HOMES = {
    "MEASURES": "_measure",
    "Measure": "_measure",
    "Agreement": "_result",
    "agree": "_study",
    "agreement_from_frame": "_frame",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: NumPy is too slow to load for those who do not measure."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

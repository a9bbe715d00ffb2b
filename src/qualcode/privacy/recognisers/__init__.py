"""One file a recogniser."""

from __future__ import annotations

from functools import cache

from qualcode.plugins import Registry
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["Recogniser", "recognisers"]


@cache
def recognisers() -> tuple[Recogniser, ...]:
    """Return one of each recogniser, built-in or from another package."""
    registry = Registry("qualcode.privacy.recognisers", Recogniser)  # type: ignore[type-abstract]
    return tuple(registry.get(name)() for name in registry.names)

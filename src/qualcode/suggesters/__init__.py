"""Corpus → suggestions: one module a recipe. A suggestion is a proposal to a person, never a coding.

A new recipe is one module here with one public subclass of `Suggester`; nobody keeps a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.plugins import Registry
from qualcode.suggesters._base import Suggester

if TYPE_CHECKING:
    from qualcode.suggesters._estimator import CodeSuggester

__all__ = ["CodeSuggester", "Suggester", "builtins", "get", "names"]

_REGISTRY: Registry[Suggester] = Registry("qualcode.suggesters", Suggester)  # type: ignore[type-abstract]


def builtins() -> tuple[str, ...]:
    """Return the names of the suggesters that come with qualcode."""
    return _REGISTRY.builtins


def names() -> tuple[str, ...]:
    """Return the names of all suggesters, other packages' too."""
    return _REGISTRY.names


def get(name: str) -> type[Suggester]:
    """Return the suggester called *name*.

    Raises
    ------
    NotFoundError
        With the nearest names, if there is none.
    """
    return _REGISTRY.get(name)


def __getattr__(name: str) -> Any:
    """Import the estimator when it is asked for: scikit-learn takes most of a second to load."""
    if name != "CodeSuggester":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from qualcode.suggesters._estimator import CodeSuggester

    return CodeSuggester

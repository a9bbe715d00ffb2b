"""Corpus → suggestions: one module a recipe. A suggestion is a proposal to a person, never a coding.

A new recipe is one module here with one public subclass of `Suggester`; nobody keeps a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.plugins import Registry
from qualcode.suggesters._base import Suggester

if TYPE_CHECKING:
    from qualcode.suggesters._estimator import CodeSuggester
    from qualcode.suggesters._numeric import ProcessClassifier

__all__ = ["CodeSuggester", "ProcessClassifier", "Suggester", "builtins", "get", "names"]

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
    """Import the estimators when they are asked for: scikit-learn takes most of a second to load."""
    if name == "CodeSuggester":
        from qualcode.suggesters._estimator import CodeSuggester

        return CodeSuggester
    if name == "ProcessClassifier":
        from qualcode.suggesters._numeric import ProcessClassifier

        return ProcessClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

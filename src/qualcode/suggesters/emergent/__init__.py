"""Groups of words in what nobody has coded: candidates for codes, to read, never findings. `groups` finds them; docs/explore.md describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.suggesters.emergent.groups import Explored, GroupPassage, WordGroup, explore

__all__ = ["Explored", "GroupPassage", "WordGroup", "explore"]


def __getattr__(name: str) -> Any:
    """Import the module of a public name when it is asked for: scikit-learn takes most of a second to load."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from qualcode.suggesters.emergent import groups

    return getattr(groups, name)

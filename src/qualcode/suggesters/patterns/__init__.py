"""Keyword rules beside the learner: what each catches and misses of what people coded, and rules that the codings teach.

`effects` counts what rules do, `proposals` proposes new ones; docs/rules.md and docs/patterns.md describe both for researchers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.suggesters.patterns.effects import Catch, RuleEffect, rule_effects
    from qualcode.suggesters.patterns.proposals import LearntRules, ProposedRule, learn_rules
    from qualcode.suggesters.patterns.share import Share

__all__ = ["Catch", "LearntRules", "ProposedRule", "RuleEffect", "Share", "learn_rules", "rule_effects"]

_HOMES = {
    "Catch": "effects",
    "LearntRules": "proposals",
    "ProposedRule": "proposals",
    "RuleEffect": "effects",
    "Share": "share",
    "learn_rules": "proposals",
    "rule_effects": "effects",
}


def __getattr__(name: str) -> Any:
    """Import the module of a public name when it is asked for: NumPy and SciPy take long to load."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

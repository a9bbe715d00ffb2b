"""The rule language that tags, suggests and searches.

A code's keywords are rules: words, ``(a | b)`` alternatives, ``dagang*`` prefixes, ``a ~5 b`` nearness, ``a & b``, guards ``a ! b`` that act within four
words, macros such as ``NEG`` and ``UANG``, ``"exact"``, ``lemma:kata``, and ``tanya: (…) jawab: (…)``, which reads the question and marks the
answer. docs/rules.md describes them for researchers, `qualcode.rules.parser` has the grammar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.rules.frame import tag
    from qualcode.rules.nodes import Rule
    from qualcode.rules.parser import RuleError, parse
    from qualcode.rules.tagger import Hit, Tagger

__all__ = ["Hit", "Rule", "RuleError", "Tagger", "parse", "tag"]

_HOMES = {
    "Hit": "tagger",
    "Rule": "nodes",
    "RuleError": "parser",
    "Tagger": "tagger",
    "parse": "parser",
    "tag": "frame",
}


def __getattr__(name: str) -> Any:
    """Import the module of a public name when it is asked for: spaCy loads this package for every pipeline."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""When two rules are the same to a person: whatever the order and distance of their words."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.rules import RuleError, parse
from qualcode.rules.nodes import Any, Guard, Near, Node, Phrase

__all__ = ["Signature", "signature"]

Signature = object
"""Something to compare; equal for rules that are the same to a person."""


def signature(rule: str, macros: Mapping[str, str]) -> Signature:
    """Return what *rule* asks for, without order and distance of words that are near each other; of one that cannot be read, its text.

    Examples
    --------
    >>> signature("iuran NEAR/4 berat", {}) == signature("berat ~9 (iuran)", {})
    True
    >>> signature("iuran berat", {}) == signature("iuran", {})
    False
    """
    try:
        read = parse(rule, macros)
    except RuleError:  # of a codebook whose macros were changed since
        return rule
    return _of(read.answer), None if read.question is None else _of(read.question)


def _of(node: Node) -> Signature:
    match node:
        case Near(left=left, right=right, ordered=ordered):
            sides = _of(left), _of(right)
            return ("near", sides) if ordered else ("near", frozenset(sides))
        case Guard(body=body, bar=bar):
            return ("not", _of(body), _of(bar))
        case Any(choices=choices):
            return ("or", frozenset(map(_of, choices)))
        case Phrase(parts=parts):
            return ("row", tuple(map(_of, parts)))
    return node

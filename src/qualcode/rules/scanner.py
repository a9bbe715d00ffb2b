"""The words and signs of a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "scan"]

TOKEN = re.compile(
    r"""\s*(?:
      (?P<keyword>(?:tanya|jawab)\s*:)
    | (?P<lemma>lemma:[^\s()|&!~><"{}*]*)
    | (?P<near>[~>]\s*\d*)
    | (?P<guard>!\s*\d*)
    | (?P<quoted>"[^"]*"?)
    | (?P<braced>\{[^}]*\}?)
    | (?P<symbol>[()|&])
    | (?P<macro>[A-Z][A-Z0-9_]+(?![^\s()|&!~><"{}]))
    | (?P<word>[^\s()|&!~><"{}]+)
    | (?P<other>\S)
    | (?P<end>$)
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or sign of a rule: what it is, its text, and where it begins."""

    kind: str
    text: str
    at: int


def scan(source: str) -> Iterator[Token]:
    """Yield the tokens of *source*; the last is of the kind ``end``."""
    for found in TOKEN.finditer(source):  # without gaps: the last two alternatives match anything
        kind = str(found.lastgroup)
        yield Token(kind, found[kind], found.start(kind))

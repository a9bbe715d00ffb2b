"""The words and signs of a rule."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

__all__ = ["NEAR_WORDS", "Token", "scan"]

NEAR_WORDS = 10
"""Words between two that are near each other, where ``NEAR`` has no number; as in searching."""

SIGNS = {"AND": "&", "DAN": "&", "OR": "|", "ATAU": "|", "NOT": "!", "BUKAN": "!", "NEAR": "~", "DEKAT": "~"}
KINDS = {"&": "symbol", "|": "symbol", "!": "guard", "~": "near"}

TOKEN = re.compile(
    r"""\s*(?:
      (?P<keyword>(?:tanya|jawab)\s*:)
    | (?P<lemma>lemma:[^\s()|&!~><"{}*]*)
    | (?P<near>[~>]\s*\d*)
    | (?P<guard>!\s*\d*)
    | (?P<quoted>"[^"]*"?)
    | (?P<braced>\{[^}]*\}?)
    | (?P<symbol>[()|&])
    | (?P<sign>(?:AND|DAN|OR|ATAU|(?:NOT|BUKAN|NEAR|DEKAT)(?:/\d+)?)(?![^\s()|&!~><"{}]))
    | (?P<macro>[A-Z][A-Z0-9_]+(?![^\s()|&!~><"{}]))
    | (?P<word>[^\s()|&!~><"{}]+)
    | (?P<other>\S)
    | (?P<end>$)
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or sign of a rule: what it is, its text, where it begins, and how it is written where its text is that of a sign."""

    kind: str
    text: str
    at: int
    written: str = ""


def scan(source: str, macros: Container[str] = ()) -> Iterator[Token]:
    """Yield the tokens of *source*; the last is of the kind ``end``.

    ``AND``, ``OR``, ``NOT/8`` and ``NEAR/5`` come as the signs they stand for, unless a codebook has *macros* of these names.
    """
    for found in TOKEN.finditer(source):  # without gaps: the last two alternatives match anything
        kind = str(found.lastgroup)
        text, at = found[kind], found.start(kind)
        if kind != "sign":
            yield Token(kind, text, at)
        elif text in macros:
            yield Token("macro", text, at)
        else:
            word, _, number = text.partition("/")
            sign = SIGNS[word]
            yield Token(KINDS[sign], sign + (number or (str(NEAR_WORDS) if sign == "~" else "")), at, text)

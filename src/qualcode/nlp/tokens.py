"""Text → tokens and words, each with its exact code points.

A *token* is what a linguist counts and what the spaCy pipeline holds: ``anak-anak``, ``jajan2`` and ``BPJS-nya`` are one token
each. A *word* is what rules match and count distances in: a reduplication is two (``pindah-pindah``, ``pindah pindah`` and
``pindah2`` are the same to a rule), a prefix or clitic joined by a hyphen belongs to its word (``di-PHK``, ``BPJS-nya``).
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["parts", "tokenize"]

# Soft hyphens and zero-width characters come from PDF and web pages; combining accents from decomposed text.
INSIDE = "\u00ad\u200b\u200c\u200d\u2060\u0300-\u036f"
LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{INSIDE}])*"

TOKEN = re.compile(
    rf"""
    https?://\S+ | www\.\S+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | [Rr][Pp](?=\.?\s?\d)                                  # Rp3.000
    | \d+(?:[.,:]\d+)*                                      # 3.000  1,5  16.30
    | {LETTERS}(?:['’`]{LETTERS})*(?:-{LETTERS}(?:['’`]{LETTERS})*)*(?:[2²](?!\d)(?:{LETTERS}|-(?:nya|ku|mu|an|in))?|\d+)?
    | \.{{2,}} | [?!]+
    | \S
    """,
    re.VERBOSE,
)

HYPHEN_PREFIXES = frozenset(
    ["di", "ke", "se", "me", "mem", "men", "meng", "ber", "ter", "per", "pe", "nge", "ng", "ny", "non", "anti"]
)
HYPHEN_SUFFIXES = frozenset(["nya", "ku", "mu", "lah", "kah", "pun", "an", "in", "i", "kan"])
DOUBLED = re.compile(rf"({LETTERS})([2²])(.*)", re.DOTALL)
ENOUGH_FOR_DOUBLING = 3
"""Letters before a 2 that means "twice"; S2 and P2 are names."""


def tokenize(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) code points of each token of *text*, without white space.

    Examples
    --------
    >>> text = "Anak2nya 😀 jajan Rp3.000–4.000"
    >>> [text[start:end] for start, end in tokenize(text)]
    ['Anak2nya', '😀', 'jajan', 'Rp', '3.000', '–', '4.000']
    """
    return [found.span() for found in TOKEN.finditer(text)]


@lru_cache(maxsize=1 << 16)
def parts(token: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of one *token* as (start, end, spelling), positions counted from the token's start.

    A token without a letter or digit has none, but ``%`` is read as *persen*.

    Examples
    --------
    >>> parts("pindah2")
    ((0, 6, 'pindah'), (6, 7, 'pindah'))
    >>> parts("di-PHK-nya")
    ((0, 10, 'di-PHK-nya'),)
    """
    if token == "%":  # noqa: S105 - a percent sign, not a secret
        return ((0, 1, "persen"),)
    if not any(character.isalnum() for character in token):
        return ()
    doubled = DOUBLED.fullmatch(token)
    if doubled and len(doubled[1]) >= ENOUGH_FOR_DOUBLING:
        at = doubled.end(1)
        return ((0, at, doubled[1]), (at, len(token), doubled[1] + doubled[3]))
    if "-" not in token or not token[0].isalpha():
        return ((0, len(token), token),)
    return _hyphenated(token)


def _hyphenated(token: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a token with hyphens: affixes stay with their word, other pieces stand alone."""
    words: list[tuple[int, int]] = []
    open_prefix = False
    position = 0
    for piece in token.split("-"):
        start, end = position, position + len(piece)
        position = end + 1
        low = piece.casefold()
        if words and (open_prefix or low in HYPHEN_SUFFIXES):
            words[-1] = (words[-1][0], end)
        else:
            words.append((start, end))
        open_prefix = low in HYPHEN_PREFIXES or len(piece) == 1
    return tuple((start, end, token[start:end]) for start, end in words)

"""Text → words, pieces of words and clauses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from qualcode.nlp.marks import marks

__all__ = ["Word", "clauses", "forms", "pieces", "words"]

WORD = re.compile("[\\w\u0300-\u036f]+(?:[-'’][\\w\u0300-\u036f]+)*")
PIECES = (3, 4, 5)
BREAK = re.compile(
    r"[.,;:!?()\n]+|\b(?:dan|serta|tapi|tp|tetapi|namun|cuma|cuman|hanya|karena|sedangkan|walaupun|meskipun)\b",
    re.IGNORECASE,
)
"""What ends a clause, or begins the next."""


class Word(NamedTuple):
    """A word of a text in normal form (NFC, lower case), and where it stands: code points, half-open."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of *text*, without those of transcription marks; a reduplication is one word.

    Each word is made normal by itself, because normalising the text would move what follows.

    Examples
    --------
    >>> [w.form for w in words("Utangnya (tertawa) jajan-jajan 😀 ya")]
    ['utangnya', 'jajan-jajan', 'ya']
    """
    spoken: list[Word] = []
    at = 0
    for start, end in (*((mark.start, mark.end) for mark in marks(text)), (len(text), len(text))):
        spoken.extend(Word(normal(found[0]), *found.span()) for found in WORD.finditer(text, at, start))
        at = end
    return spoken


def forms(text: str) -> list[str]:
    """Return the forms of the `words` of *text*, which is all that features need."""
    found: list[str] = []
    at = 0
    for mark in marks(text):
        found += WORD.findall(text, at, mark.start)
        at = mark.end
    return [normal(word) for word in chain(found, WORD.findall(text, at))]


def clauses(text: str) -> list[str]:
    """Return the clauses of *text*, cut at marks and conjunctions; one of a single word goes with the one before it.

    Examples
    --------
    >>> clauses("kamarnya bersih, tapi handuknya bau. sayang")
    ['kamarnya bersih,', ' tapi handuknya bau. sayang']
    """
    ends = [found.end() for found in BREAK.finditer(text)]
    found: list[str] = []
    for start, end in pairwise([0, *ends, len(text)]):
        part = text[start:end]
        if found and (len(part.split()) < 2 or len(found[-1].split()) < 2):
            found[-1] += part
        else:
            found.append(part)
    return found


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Return *word* in NFC and lower case."""
    return unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the runs of three to five characters of *word* with a blank at each end."""
    padded = f" {word} "
    return tuple(padded[start : start + n] for n in PIECES for start in range(len(padded) - n + 1))

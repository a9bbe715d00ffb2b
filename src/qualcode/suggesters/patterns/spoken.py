"""The words of a passage as rules read them, and which of them say something."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qualcode.nlp import is_filler, is_stop_word, marks, parts, tokenize
from qualcode.nlp.amounts import kind
from qualcode.nlp.forms import canonical
from qualcode.nlp.words import pieces
from qualcode.rules.regional import REGIONAL
from qualcode.suggesters._units import Unit

__all__ = ["SpokenWord", "content", "words_of"]

SHORTEST = 3


class SpokenWord(NamedTuple):
    """A word in small letters, and where it stands in its transcript: code points, half-open."""

    text: str
    start: int
    end: int


def words_of(unit: Unit, piece: int) -> Iterator[SpokenWord]:
    """Yield the words of a piece of *unit* (by number from 0) as rules read them: in parts, without transcription marks."""
    at = unit.pieces[piece].start
    text = unit.pieces[piece].of(unit.transcript.text)
    skipped = [(mark.start, mark.end) for mark in marks(text, spoken=bool(unit.transcript.turns))]
    for start, end in tokenize(text):
        if skipped and any(first <= start < last for first, last in skipped):
            continue
        for first, last, word in parts(text[start:end]):
            yield SpokenWord(word.lower(), at + start + first, at + start + last)


@lru_cache(maxsize=1 << 16)
def content(spelling: str) -> str:
    """Return the word under which *spelling* is counted, standard and without clitics; nothing for one that says nothing.

    Fillers, numbers, words of one or two letters and the shortest stop words say nothing.

    Examples
    --------
    >>> content("iurannya"), content("wasap"), content("sih"), content("tujuh")
    ('iuran', 'whatsapp', '', '')
    """
    cut = pieces(spelling)
    base = canonical(spelling[cut.base[0] : cut.base[1]])
    if len(base) < SHORTEST or not base.isalpha() or not base.isascii() or is_filler(base) or is_filler(spelling):
        return ""
    if kind(base) not in ".j" or any(map(is_stop_word, REGIONAL.get(base, ()))):
        return ""
    return base if len(base) > SHORTEST or not is_stop_word(base) else ""

"""Where words that somebody copied stand in a transcript: exactly, nearly, with gaps, or about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qualcode.model import Span, Transcript

__all__ = ["Found", "How", "find_quote"]

How = Literal["exact", "tolerant", "shortened", "fuzzy"]

_GAP = re.compile(r"\s*(?:[\[(]\s*(?:…|\.{2,})\s*[\])]|…|\.{3,}|\[[^\]\n]{0,80}\])\s*")
_LABEL = re.compile(r"^\s*[^\W\d_][\w .'’-]{0,24}?\s*[:：]\s*")
_TAIL = re.compile(r"\s*[(\[][^()\[\]]*\d[^()\[\]]*[)\]]\W*$")
_ENDS = ".,?!…;:"

APART = 2_000
"""How far apart the pieces of a shortened quote may stand, in characters without signs."""
LIKELY = (88.0, 80.0)
"""From which likeness on (0 to 100, `rapidfuzz.fuzz.partial_ratio`) words that differ are taken for the same passage: few words, many."""
MANY = 40
"""From how many letters on a quote has many words."""
CLEAR = 3.0
"""By how much the likeliest passage must be more like the quote than any other."""
_REACH = 40
_TRIED = 5
SHORT = 15
"""Fewer letters than this are not looked for by likeness: they are like too much."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a quote stands: how it was found, and for *fuzzy* how alike, from 0 to 100."""

    transcript: Transcript
    span: Span
    how: How
    score: float = 100.0


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as its words in small letters without marks, one space between, and where each letter stands in the text."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where the letters from *start* to *end* stand."""
        return Span(self.places[start], self.places[end - 1] + 1)


def _fold(text: str) -> _Folded:
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if character.isascii():
            plain = character.lower() if character.isalnum() else ""
        else:
            plain = "".join(c for c in unicodedata.normalize("NFKD", character.casefold()) if c.isalnum())
            if not plain and (unicodedata.combining(character) or character in "\u200b\u200c\u200d\u00ad\ufeff"):
                continue  # an accent, or a sign that nobody sees: no border of a word
        if plain:
            letters += plain
            places += [at] * len(plain)
        elif letters and letters[-1] != " ":
            letters.append(" ")
            places.append(at)
    return _Folded("".join(letters), tuple(places))


@lru_cache(maxsize=256)
def _folded(text: str) -> _Folded:
    return _fold(text)


def find_quote(quote: str, transcripts: Iterable[Transcript]) -> tuple[Found, ...]:
    """Return where *quote* stands in *transcripts*: all places of the surest kind there is, best first.

    Looked for, one after the other: the very words, white space aside; the same letters, whatever case, signs and accents, also without
    the label before or the reference behind them; the pieces between ``…`` or ``[…]`` in their order; words that are mostly alike. Of the
    last kind the likeliest is returned, with others only where they are about as likely.
    """
    texts = list(transcripts)
    if exact := [Found(t, span, "exact") for t in texts for span in _exact(t.text, quote)]:
        return tuple(exact)
    for form in _forms(quote):
        folded = _fold(form).text.strip()
        if folded and (near := [Found(t, s, "tolerant") for t in texts for s in _letters(t.text, folded, form)]):
            return tuple(near)
    pieces = [piece for part in _GAP.split(_bare(quote)) if (piece := _fold(part).text.strip())]
    if len(pieces) > 1 and (gaps := [Found(t, span, "shortened") for t in texts for span in _pieces(t.text, pieces)]):
        return tuple(gaps)
    return _alike(_fold(_bare(quote)).text.strip(), texts)


def _exact(text: str, quote: str) -> Iterator[Span]:
    words = quote.split()
    if words:
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
        yield from (Span(*match.span()) for match in pattern.finditer(text))


def _bare(quote: str) -> str:
    return _TAIL.sub("", _LABEL.sub("", quote.strip().strip("\"“”„‟'‘’«»"))).strip("\"“”„‟'‘’«» ")


def _forms(quote: str) -> tuple[str, ...]:
    bare = quote.strip()
    return tuple(dict.fromkeys([bare, _TAIL.sub("", bare), _LABEL.sub("", bare), _bare(quote)]))


def _letters(text: str, words: str, quote: str) -> Iterator[Span]:
    """Yield where the folded *words* stand in *text*, with the sign that ends *quote* if it stands there too."""
    folded = _folded(text)
    padded = f" {folded.text} "
    at = padded.find(f" {words} ")
    while at >= 0:
        span = folded.span(at, at + len(words))
        last = quote.rstrip("\"“”'‘’ ")[-1:]
        if last in _ENDS and text[span.end : span.end + 1] == last:
            span = Span(span.start, span.end + 1)
        yield span
        at = padded.find(f" {words} ", at + 1)


def _pieces(text: str, pieces: list[str]) -> Iterator[Span]:
    """Yield the stretches of *text* in which the folded *pieces* follow one another, none too far from the one before."""
    folded = _folded(text)
    padded = f" {folded.text} "
    start = padded.find(f" {pieces[0]} ")
    while start >= 0:
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            at = padded.find(f" {piece} ", end)
            if at < 0 or at - end > APART:
                break
            end = at + len(piece)
        else:
            yield folded.span(start, end)
        start = padded.find(f" {pieces[0]} ", start + 1)


def _alike(words: str, texts: Iterable[Transcript]) -> tuple[Found, ...]:
    """Return the passage that is most like the folded *words*, and others that are about as much."""
    if len(words) < SHORT:
        return ()
    from rapidfuzz import fuzz

    likely = LIKELY[len(words) >= MANY]
    found: list[Found] = []
    for transcript in texts:
        folded = _folded(transcript.text)
        left = folded.text
        for _ in range(2):  # twice: one that is nearly as good makes the first doubtful
            best = fuzz.partial_ratio_alignment(words, left, score_cutoff=likely)
            if best is None or len(left) < len(words) or best.dest_end <= best.dest_start:
                break
            start, end = _best_words(folded.text, words, best.dest_start, best.dest_end)
            found.append(Found(transcript, folded.span(start, end), "fuzzy", best.score))
            left = left[: best.dest_start] + "\0" * (best.dest_end - best.dest_start) + left[best.dest_end :]
    found.sort(key=lambda each: -each.score)
    return tuple(each for each in found if each.score > found[0].score - CLEAR)


def _best_words(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole words about the range from *start* to *end* that are most like *words*.

    The range is as long as *words*, and its ends may lie within a word or a word too far in.
    """
    from rapidfuzz import fuzz

    borders = [
        at
        for at in range(max(start - _REACH, 0), min(end + _REACH, len(text)) + 1)
        if at in {0, len(text)} or text[at - 1 : at + 1].count(" ")
    ]
    firsts = sorted((at for at in borders if at == len(text) or text[at] != " "), key=lambda at: abs(at - start))[
        :_TRIED
    ]
    lasts = sorted((at for at in borders if at == 0 or text[at - 1] != " "), key=lambda at: abs(at - end))[:_TRIED]
    ranges = [(first, last) for first in firsts for last in lasts if first < last]
    return max(ranges, key=lambda each: (fuzz.ratio(words, text[each[0] : each[1]]), -each[0]), default=(start, end))

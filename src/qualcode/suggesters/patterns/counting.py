"""Which words, and which pairs of words near each other, stand in which passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, hstack

from qualcode.nlp import is_stop_word
from qualcode.nlp.forms import forms, plain
from qualcode.rules.nodes import Word
from qualcode.rules.parser import parse
from qualcode.rules.regional import indonesian
from qualcode.rules.trees import leaves_of
from qualcode.suggesters._units import Unit
from qualcode.suggesters.patterns.spoken import content, words_of

__all__ = ["APART", "LEAST", "NEGATION", "Term", "Terms", "count_terms"]

Ints = NDArray[np.int64]

APART = 5
"""Two words make a pair when the second is among the next five of the first: ``~4``, and within reach of ``!5``."""
LEAST = 3
"""A word or pair in fewer passages is not looked at."""
NEGATION = "NEG"
"""The name under which all negations are one word."""

Term = tuple[str, ...]
"""A word, or two."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Words and pairs, and the passages they stand in.

    Attributes
    ----------
    names : tuple of Term
        Words first, then pairs, each pair in the order of its words' numbers.
    table : sparse matrix of 0 and 1, by columns, shape (n_units, n_terms)
    numbers : mapping of Term to int
        The column of each term.
    """

    names: tuple[Term, ...]
    table: csc_matrix
    numbers: Mapping[Term, int]


def count_terms(units: Sequence[Unit], macros: Mapping[str, str]) -> Terms:
    """Return the terms of *units* that stand in at least `LEAST` of them.

    A word is counted wherever a rule of that word would find it: under its spellings, clitics, colloquial prefixes and regional words. Fillers,
    numbers and transcription marks are none. Negations are one word, which stands in pairs only; so do stop words, beside a negation: *nggak tentu*.
    """
    vocabulary = _Vocabulary(macros)
    spoken = [
        [vocabulary.take(word.text) for word in words_of(unit, piece)]
        for unit in units
        for piece in range(len(unit.pieces))
    ]
    owner = np.repeat(
        np.arange(len(units)), [sum(map(len, spoken[a:b])) for a, b in _stretches(units)] if units else []
    ).astype(np.int64)
    tokens = np.fromiter((number for piece in spoken for number in piece), dtype=np.int64, count=len(owner))
    stretch = np.repeat(np.arange(len(spoken)), [len(piece) for piece in spoken]).astype(np.int64)
    vocabulary.close()
    at, word = vocabulary.entries(tokens)
    weak = vocabulary.weak
    single = (word >= 1) & ~weak[word]
    words = _table(owner[at][single], word[single] - 1, len(units), len(vocabulary.names) - 1)
    kept = np.flatnonzero(np.asarray(words.sum(axis=0)).ravel() >= LEAST)
    near = np.isin(word, np.concatenate((kept + 1, [0], np.flatnonzero(weak))))
    pairs, couples = _pairs(at[near], word[near], owner, stretch, len(units), weak)
    said = tuple((vocabulary.names[number + 1],) for number in kept.tolist())
    paired = tuple((vocabulary.names[a], vocabulary.names[b]) for a, b in couples)
    names: tuple[Term, ...] = (*said, *paired)
    return Terms(
        names,
        csc_matrix(hstack((words[:, kept], pairs), format="csc")),
        {name: number for number, name in enumerate(names)},
    )


class _Vocabulary:
    """Spellings as they stand in the texts, and the words that a rule would find each under; word 0 is the negation."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        leaves = leaves_of(parse(NEGATION, macros).answer)
        self._negations = frozenset(leaf.form for leaf in leaves if isinstance(leaf, Word))
        self._spellings: dict[str, int] = {}
        self._bases: list[str] = []
        self.names: list[str] = [NEGATION]
        self.weak: NDArray[np.bool_] = np.zeros(1, dtype=np.bool_)
        self._found: list[tuple[int, ...]] = []

    def take(self, spelling: str) -> int:
        """Return the number of a spelling, a new one being taken in."""
        return self._spellings.setdefault(spelling, len(self._spellings))

    def close(self) -> None:
        """Find the words of all spellings, now that every word of the texts is known."""
        bases = [content(spelling) for spelling in self._spellings]
        numbers: dict[str, int] = {}
        for base in bases:
            if base and base not in numbers:
                numbers[base] = len(self.names)
                self.names.append(base)
        for spelling, base in zip(self._spellings, bases, strict=True):
            under = forms(spelling)
            if not self._negations.isdisjoint(under):
                self._found.append((0,))
            elif base:
                every = (base, *under, *indonesian(plain(spelling), numbers))
                self._found.append(tuple(dict.fromkeys(numbers[form] for form in every if form in numbers)))
            else:
                self._found.append(())
        self.weak = np.array([False, *map(is_stop_word, self.names[1:])])

    def entries(self, tokens: Ints) -> tuple[Ints, Ints]:
        """Return for each word that a token may be found under the token's place and the word's number, in order of place."""
        lengths = np.array([len(found) for found in self._found], dtype=np.int64)
        flat = np.array([number for found in self._found for number in found], dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
        many = lengths[tokens]
        at = np.repeat(np.arange(len(tokens)), many)
        within = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
        return at, flat[np.repeat(starts[tokens], many) + within] if len(at) else at


def _stretches(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield from which to which piece, of all in a row, each unit has its own."""
    first = 0
    for unit in units:
        yield first, first + len(unit.pieces)
        first += len(unit.pieces)


def _pairs(
    at: Ints, word: Ints, owner: Ints, stretch: Ints, n_units: int, weak: NDArray[np.bool_]
) -> tuple[csr_matrix, list[tuple[int, int]]]:
    """Return which units hold which pairs, of those in `LEAST` units and more, and the pairs' words."""
    n_words = len(weak)
    found: list[Ints] = []
    for ahead in range(1, APART + 1):
        first = np.searchsorted(at, at + ahead, side="left")
        last = np.searchsorted(at, at + ahead, side="right")
        many = last - first
        left = np.repeat(np.arange(len(at)), many)
        within = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
        right = np.repeat(first, many) + within
        together = (stretch[at[left]] == stretch[at[right]]) & (word[left] != word[right])
        left, right = left[together], right[together]
        low, high = np.minimum(word[left], word[right]), np.maximum(word[left], word[right])
        strong = (low == 0) | ~(weak[low] | weak[high])
        left, low, high = left[strong], low[strong], high[strong]
        found.append((owner[at[left]] * n_words + low) * n_words + high)
    every = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    unit, pair = np.divmod(every, n_words * n_words)
    names, number, times = np.unique(pair, return_inverse=True, return_counts=True)
    kept = np.flatnonzero(times >= LEAST)
    place = np.full(len(names), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    column = place[number.ravel()]
    table = _table(unit[column >= 0], column[column >= 0], n_units, len(kept))
    return table, [(int(a), int(b)) for a, b in zip(*np.divmod(names[kept], n_words), strict=True)]


def _table(rows: Ints, columns: Ints, n_rows: int, n_columns: int) -> csr_matrix:
    """Return a table with 1 where something stands, however often."""
    found = csr_matrix((np.ones(len(rows), dtype=np.float64), (rows, columns)), shape=(n_rows, n_columns))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found

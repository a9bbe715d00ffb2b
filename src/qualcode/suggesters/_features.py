"""Text → numbers: words, pairs of words and pieces of words, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from qualcode.nlp.marks import marks

__all__ = ["Features", "Word", "words"]

WORD = re.compile("[\\w\u0300-\u036f]+(?:[-'’][\\w\u0300-\u036f]+)*")
PIECES = (3, 4, 5)
QUESTION = 0.5


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


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Return *word* in NFC and lower case."""
    return unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the runs of three to five characters of *word* with a blank at each end."""
    padded = f" {word} "
    return tuple(padded[start : start + n] for n in PIECES for start in range(len(padded) - n + 1))


def word_terms(text: str) -> list[str]:
    """Return the words of *text* and its pairs of neighbouring words."""
    forms = [word.form for word in words(text)]
    return forms + [f"{one} {two}" for one, two in pairwise(forms)]


def piece_terms(text: str) -> list[str]:
    """Return the pieces of all words of *text*."""
    return [piece for word in words(text) for piece in pieces(word.form)]


def question_terms(text: str) -> list[str]:
    """Return the words of a question."""
    return [word.form for word in words(text)]


class Features:
    """Tf-idf of words and pairs, of word pieces, and of the words of the question; each row of each of length 1.

    The question comes last and counts half: it tells what a short answer is about, but it is not the informant's.
    """

    def __init__(self) -> None:
        self.parts = tuple(
            TfidfVectorizer(analyzer=terms, sublinear_tf=True, dtype=np.float64)
            for terms in (word_terms, piece_terms, question_terms)
        )
        self.used: tuple[bool, ...] = ()

    def fit_transform(self, texts: Sequence[str], questions: Sequence[str]) -> csr_matrix:
        """Learn the terms of *texts* and *questions* and how rare each is, and return `transform` of them."""
        given = (texts, texts, questions)
        # scikit-learn refuses to learn from texts without a single word
        self.used = tuple(any(words(text) for text in each) for each in given)
        return self._joined(
            [part.fit_transform(each) for part, each, yes in zip(self.parts, given, self.used, strict=True) if yes],
            len(texts),
        )

    def transform(self, texts: Sequence[str], questions: Sequence[str]) -> csr_matrix:
        """Return texts, each with the question before it, as a sparse matrix of shape (n_texts, n_terms)."""
        given = (texts, texts, questions)
        if not texts:  # scikit-learn refuses to transform nothing
            given = ([""], [""], [""])
        blocks = [part.transform(each) for part, each, yes in zip(self.parts, given, self.used, strict=True) if yes]
        return self._joined(blocks, max(len(texts), 1))[: len(texts)]

    def _joined(self, blocks: list[csr_matrix], n: int) -> csr_matrix:
        """Return the parts beside each other; one empty column where no part has a term."""
        if blocks and self.used[-1]:
            blocks[-1] = blocks[-1] * QUESTION
        return csr_matrix(hstack(blocks)) if blocks else csr_matrix((n, 1))

    def by_word(self, text: str, weights: NDArray[np.float64]) -> dict[str, float]:
        """Return how much each word of *text* adds to its features' product with *weights*, of shape (n_terms,).

        A pair is shared by its two words, a piece belongs to its word, so that the words' sum is the whole.
        """
        if not self.used[0]:
            return {}
        row = self.transform([text], [""])
        adds = dict(zip(row.indices.tolist(), (row.data * weights[row.indices]).tolist(), strict=True))
        first, second = (part.vocabulary_ for part in self.parts[:2])
        forms = [word.form for word in words(text)]
        times = Counter(word_terms(text)), Counter(piece_terms(text))

        def share(term: str, vocabulary: dict[str, int], offset: int, counted: Counter[str]) -> float:
            number = vocabulary.get(term)
            return 0.0 if number is None else adds.get(number + offset, 0.0) / counted[term]

        found: dict[str, float] = dict.fromkeys(forms, 0.0)
        for form in forms:
            found[form] += share(form, first, 0, times[0])
            found[form] += sum(share(piece, second, len(first), times[1]) for piece in pieces(form))
        for one, two in pairwise(forms):
            half = share(f"{one} {two}", first, 0, times[0]) / 2
            found[one] += half
            found[two] += half
        return found

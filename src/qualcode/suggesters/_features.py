"""Text → numbers: words, pairs of words, pieces of words and topics, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.utils.extmath import randomized_svd

from qualcode.nlp.marks import marks

__all__ = ["VIEW", "Features", "Table", "Word", "forms", "words"]

Floats = NDArray[np.float64]

WORD = re.compile("[\\w\u0300-\u036f]+(?:[-'’][\\w\u0300-\u036f]+)*")
PIECES = (3, 4, 5)

# What each part counts in the likeness of two texts; chosen on train and valid of benchmarks/suggest.py.
WORDS, WORD_PIECES, TOPICS, QUESTION = 0.15, 0.35, 0.50, 0.08

VIEW = (TOPICS / 2) ** 0.5
"""Length of a text in each of the two views of the topics."""
COARSE, FINE = 25, 100
"""Topics of the coarse and of the fine view; each counts half. 25 serve few labels best, 100 many."""
SAMPLE = 3_000
"""At most so many texts teach the topics; all texts are then placed among them."""
ENOUGH = 50
"""From so many texts on, a pair or a piece that stands in only one text is left out."""
LONG = 0.25
"""A text weighs by this power of its number of different words: of length 1 like all others, a long one would have each thing said less."""


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


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Return *word* in NFC and lower case."""
    return unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the runs of three to five characters of *word* with a blank at each end."""
    padded = f" {word} "
    return tuple(padded[start : start + n] for n in PIECES for start in range(len(padded) - n + 1))


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as numbers: the likeness of two is the product of their rows of `terms` plus that of their rows of `topics`.

    Attributes
    ----------
    terms : sparse matrix, shape (n_texts, n_terms)
        Words and pairs, pieces, words of the question before.
    topics : ndarray, shape (n_texts, n_topics)
        Coarse view, then fine view, each of length `VIEW`; no column where the texts are too few for topics.
    """

    terms: csr_matrix
    topics: Floats

    def rows(self, which: Any) -> Table:
        """Return these rows."""
        return Table(self.terms[which], self.topics[which])

    def likeness(self, other: Table) -> Floats:
        """Return the likeness of each text to each of *other*, of shape (n_texts, n_others)."""
        lexical = (self.terms @ other.terms.T).toarray()
        return np.asarray(lexical + self.topics @ other.topics.T, dtype=np.float64)

    @property
    def fine(self) -> Floats:
        """The fine view, each text of length 1 (or 0)."""
        n = self.topics.shape[1]
        found: Floats = self.topics[:, min(COARSE, n // 2) :] / VIEW
        return found


class Vocabulary(dict[str, int]):
    """Terms and their numbers; while it learns, a new term gets the next number."""

    def learn(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of *terms*, new ones being taken in."""
        return [self.setdefault(term, len(self)) for term in terms]

    def known(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of those of *terms* that are known."""
        return [self[term] for term in terms if term in self]

    def keep(self, which: NDArray[np.int64]) -> None:
        """Keep the terms numbered *which*, in this order, numbered anew."""
        names = list(self)
        self.clear()
        self.update((names[old], new) for new, old in enumerate(which.tolist()))


class Features:
    """Tf-idf of words and pairs, of word pieces and of the words of the question, and topics.

    Topics are the directions in which the words and pieces of all texts vary most (latent semantic analysis, Deerwester et al.
    1990), by a randomized singular value decomposition (Halko, Martinsson & Tropp 2011); singular values are kept.
    The question counts little: it tells what a short answer is about, but it is not the informant's.

    Parameters
    ----------
    random_state : int
        Of the sample and of the decomposition.
    """

    def __init__(self, random_state: int = 0) -> None:
        self.random_state = random_state
        self.words, self.pairs, self.pieces, self.asked = (Vocabulary() for _ in range(4))
        self._idf: list[TfidfTransformer] = []
        self._basis: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._typical = 1.0

    def fit(self, texts: Sequence[str], questions: Sequence[str]) -> Table:
        """Learn the terms of *texts* and *questions*, how rare each is, and the topics; return `transform` of them."""
        said = [forms(text) for text in texts]
        asked = [forms(question) for question in questions]
        least = 2 if len(texts) >= ENOUGH else 1
        spoken = _counts([self.words.learn(one) for one in said], self.words)
        pairs = _counts([self.pairs.learn(map(" ".join, pairwise(one))) for one in said], self.pairs)
        parts = _product(spoken, [self.pieces.learn(pieces(word)) for word in self.words], self.pieces)
        pairs = _frequent(pairs, self.pairs, least)
        parts = _frequent(parts, self.pieces, least)
        question = _counts([self.asked.learn(one) for one in asked], self.asked)
        counts = (spoken, pairs, parts, question)
        self._idf = [TfidfTransformer(sublinear_tf=True, norm=None) for _ in counts]
        for idf, one in zip(self._idf, counts, strict=True):
            if one.shape[1]:
                idf.fit(one)
        self._typical = float(np.median(_lengths(spoken))) if len(texts) else 1.0
        weighted = self._weighted(counts)
        self._learn_topics(_joined((weighted[0], weighted[2])))
        return self._table(weighted, spoken)

    def transform(self, texts: Sequence[str], questions: Sequence[str]) -> Table:
        """Return *texts*, each with the question before it, as numbers."""
        said = [forms(text) for text in texts]
        spoken = _counts([self.words.known(one) for one in said], self.words)
        every = Vocabulary()
        raw = _counts([every.learn(one) for one in said], every)
        counts = (
            spoken,
            _counts([self.pairs.known(map(" ".join, pairwise(one))) for one in said], self.pairs),
            _product(raw, [self.pieces.known(pieces(word)) for word in every], self.pieces),
            _counts([self.asked.known(forms(question)) for question in questions], self.asked),
        )
        return self._table(self._weighted(counts), raw)

    def _weighted(self, counts: tuple[csr_matrix, ...]) -> list[csr_matrix]:
        """Return counts weighted by how rare each term is."""
        return [
            csr_matrix(idf.transform(one)) if one.shape[1] and one.shape[0] else one
            for idf, one in zip(self._idf, counts, strict=True)
        ]

    def _learn_topics(self, matrix: csr_matrix) -> None:
        """Learn the directions of the topics from words and pieces."""
        n, terms = matrix.shape
        size = min(FINE, n - 1, terms - 1)
        if size < 2:
            self._basis = np.zeros((terms, 0), dtype=np.float32)
            return
        chosen = np.sort(np.random.RandomState(self.random_state).permutation(n)[:SAMPLE])
        _, _, directions = randomized_svd(matrix[chosen], size, n_iter=2, random_state=self.random_state)
        self._basis = np.ascontiguousarray(directions.T, dtype=np.float32)

    def _table(self, weighted: list[csr_matrix], spoken: csr_matrix) -> Table:
        """Return the table of weighted counts."""
        said, pairs, parts, asked = weighted
        more = (np.maximum(_lengths(spoken), 1) / max(self._typical, 1)) ** LONG
        own = [_unit(hstack((said, pairs), format="csr")) * WORDS**0.5, _unit(parts) * WORD_PIECES**0.5]
        scaled = [_scaled(one, more) for one in own]
        terms = hstack([*scaled, _unit(asked) * QUESTION**0.5], format="csr")
        placed = np.asarray(_joined((said, parts)) @ self._basis, dtype=np.float64)
        coarse = placed[:, : min(COARSE, placed.shape[1])]
        topics = np.hstack([_even(coarse), _even(placed)]) * VIEW
        return Table(csr_matrix(terms, dtype=np.float32), topics)

    def shares(self, text: str, terms: Floats, topics: Floats) -> dict[str, float]:
        """Return how much each word of *text* adds to its row's product with weights: their sum is the product.

        A pair is shared by its two words, a piece belongs to its word, a topic to the words and pieces that lead to it.

        Parameters
        ----------
        text : str
            Without a question.
        terms, topics : array, shapes (n_terms,) and (n_topics,)
            What a unit of each column adds.
        """
        said = forms(text)
        table = self.transform([text], [""])
        adds = np.zeros(table.terms.shape[1])
        adds[table.terms.indices] = table.terms.data * terms[table.terms.indices]
        first, second = len(self.words), len(self.words) + len(self.pairs)
        spoken, paired, cut = adds[:first], adds[first:second], adds[second : second + len(self.pieces)]
        leading = self._leading(said, topics)
        spoken = spoken + leading[: len(self.words)]
        cut = cut + leading[len(self.words) :]
        times = Counter(said), Counter(map(" ".join, pairwise(said))), Counter(p for one in said for p in pieces(one))

        def share(term: str, vocabulary: Vocabulary, values: Floats, counted: Counter[str]) -> float:
            number = vocabulary.get(term)
            return 0.0 if number is None else float(values[number]) / counted[term]

        found: dict[str, float] = dict.fromkeys(said, 0.0)
        for form in said:
            found[form] += share(form, self.words, spoken, times[0])
            found[form] += sum(share(piece, self.pieces, cut, times[2]) for piece in pieces(form))
        for one, two in pairwise(said):
            half = share(f"{one} {two}", self.pairs, paired, times[1]) / 2
            found[one] += half
            found[two] += half
        return found

    def _leading(self, said: list[str], topics: Floats) -> Floats:
        """Return what each word and piece adds by the topics it leads to, of shape (n_words + n_pieces,)."""
        width = self._basis.shape[1]
        found = np.zeros(len(self.words) + len(self.pieces))
        if not width:
            return found
        spoken = _counts([self.words.known(said)], self.words)
        parts = _counts([self.pieces.known(p for one in said for p in pieces(one))], self.pieces)
        empty = csr_matrix((1, 0))
        weighted = self._weighted(
            (
                spoken,
                csr_matrix((1, len(self.pairs))),
                parts,
                csr_matrix((1, len(self.asked))) if len(self.asked) else empty,
            )
        )
        row = _joined((weighted[0], weighted[2]))
        placed = np.asarray(row @ self._basis, dtype=np.float64)[0]
        near = min(COARSE, width)
        direction = np.zeros(width)
        for part, weights in ((slice(0, near), topics[:near]), (slice(0, width), topics[near:])):
            length = float(np.linalg.norm(placed[part]))
            if length:
                direction[part] += weights / length * VIEW
        found[row.indices] = row.data * (self._basis[row.indices] @ direction)
        return found


def _counts(numbers: Sequence[list[int]], vocabulary: Vocabulary) -> csr_matrix:
    """Return how often each text holds each term, of shape (n_texts, n_terms)."""
    ends = np.cumsum([0, *map(len, numbers)])
    columns = np.fromiter(chain.from_iterable(numbers), dtype=np.int32, count=int(ends[-1]))
    found = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(numbers), len(vocabulary)))
    found.sum_duplicates()
    return found


def _product(spoken: csr_matrix, parts: list[list[int]], vocabulary: Vocabulary) -> csr_matrix:
    """Return how often each text holds each piece, by its words: far fewer words than texts have words are cut."""
    found = csr_matrix(spoken @ _counts(parts, vocabulary))
    found.sort_indices()
    return found


def _frequent(counts: csr_matrix, vocabulary: Vocabulary, least: int) -> csr_matrix:
    """Return the columns of terms that stand in at least so many texts; the others leave the vocabulary."""
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= least)
    vocabulary.keep(kept)
    return csr_matrix(counts[:, kept])


def _lengths(spoken: csr_matrix) -> Floats:
    """Return how many different words each text has."""
    return np.asarray(np.diff(spoken.indptr), dtype=np.float64)


def _unit(matrix: csr_matrix) -> csr_matrix:
    """Return rows of length 1; one without a term stays empty."""
    lengths = np.sqrt(np.bincount(_rows_of(matrix), matrix.data.astype(np.float64) ** 2, minlength=matrix.shape[0]))
    return _scaled(matrix, np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0))


def _scaled(matrix: csr_matrix, by: Floats) -> csr_matrix:
    """Return each row multiplied by its number."""
    return csr_matrix((matrix.data * by[_rows_of(matrix)], matrix.indices, matrix.indptr), shape=matrix.shape)


def _rows_of(matrix: csr_matrix) -> NDArray[np.int64]:
    """Return the row of each entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _even(rows: Floats) -> Floats:
    """Return rows of length 1; one of nothing stays nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0), dtype=np.float64)


def _joined(parts: Sequence[csr_matrix]) -> csr_matrix:
    """Return parts side by side, each row of each of length 1."""
    return csr_matrix(hstack([_unit(part) for part in parts], format="csr"), dtype=np.float32)

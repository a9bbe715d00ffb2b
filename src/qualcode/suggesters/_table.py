"""Texts as numbers, and how alike they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from qualcode.suggesters._counting import members

__all__ = ["ENCODED", "QUESTION", "VIEW", "WORDS", "WORD_PIECES", "Table"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What each part counts in the likeness of two texts; chosen on train and valid of benchmarks/suggest.py.
WORDS, WORD_PIECES, TOPICS, QUESTION, ENCODED = 0.15, 0.35, 0.50, 0.20, 0.50

VIEW = (TOPICS / 2) ** 0.5
"""Length of a text in each of the two views of the topics."""


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as numbers: the likeness of two is the product of their rows of `terms` plus that of their rows of `topics`.

    Attributes
    ----------
    terms : sparse matrix, shape (n_texts, n_terms)
        Words of the question before, words and pairs, pieces.
    topics : ndarray, shape (n_texts, n_columns)
        What an encoder made, then the coarse view of the topics, then from column `fine_at` on the fine one, each view of length
        `VIEW`; no column where the texts are too few for topics and there is no encoder.
    fine_at : int
        See above.
    clauses : Table, optional
        Of the clauses of all texts, one after the other, without clauses of their own. Their terms are the words of the
        question and their own, which stand for their pieces as well, and their topics have half precision: there are many of them.
    ends : ndarray of int, shape (n_texts + 1,), optional
        Where the clauses of each text end, from 0.
    """

    terms: csr_matrix
    topics: NDArray[Any]
    fine_at: int = 0
    clauses: Table | None = None
    ends: Ints | None = None

    def rows(self, which: Any) -> Table:
        """Return these rows."""
        if self.clauses is None or self.ends is None:
            return self.bare(which)
        numbers, ends = members(self.ends, np.arange(len(self.topics))[which])
        return Table(self.terms[which], self.topics[which], self.fine_at, self.clauses.bare(numbers), ends)

    def bare(self, which: Any) -> Table:
        """Return these rows without their clauses."""
        return Table(self.terms[which], self.topics[which], self.fine_at)

    def single(self) -> Table:
        """Return these rows with topics that are fit to be multiplied: clauses keep them in half the room."""
        topics = self.topics.astype(np.float32) if self.topics.dtype == np.float16 else self.topics
        return Table(self.terms, topics, self.fine_at)

    def with_(self, others: Table) -> Table:
        """Return these rows, then those of *others*, made by the same features."""
        terms = csr_matrix(vstack((self.terms, others.terms), format="csr"))
        topics = np.vstack((self.topics, others.topics))
        if self.clauses is None or self.ends is None or others.clauses is None or others.ends is None:
            return Table(terms, topics, self.fine_at)
        ends = np.concatenate((self.ends, self.ends[-1] + others.ends[1:]))
        return Table(terms, topics, self.fine_at, self.clauses.with_(others.clauses), ends)

    def likeness(self, other: Table) -> Floats:
        """Return the likeness of each text to each of *other*, of shape (n_texts, n_others)."""
        lexical = (self.terms @ other.terms.T).toarray()
        return np.asarray(lexical + self.topics @ other.topics.T, dtype=np.float64)

    def own_likeness(self) -> Floats:
        """Return the likeness of each text to itself: long ones have more than short ones."""
        lexical = np.asarray(self.terms.multiply(self.terms).sum(axis=1), dtype=np.float64).ravel()
        return np.asarray(lexical + np.einsum("ij,ij->i", self.topics, self.topics), dtype=np.float64)

    @property
    def fine(self) -> Floats:
        """The fine view, each text of length 1 (or 0)."""
        found: Floats = self.topics[:, self.fine_at :] / VIEW
        return found

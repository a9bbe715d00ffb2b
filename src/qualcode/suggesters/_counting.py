"""Counting terms in many texts, in sparse matrices of one row a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

__all__ = [
    "Said",
    "by_words",
    "chosen",
    "counted",
    "counts",
    "document_frequency",
    "in_parts",
    "joined",
    "lengths",
    "members",
    "of_length_one",
    "rows_of_length_one",
    "scaled",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PART = 5_000
"""Texts made into terms at a time."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of texts one after the other, by number (-1: not known), and where each text ends; `forms` are their distinct words."""

    numbers: Ints
    ends: Ints
    forms: list[str]
    local: Ints
    """Each word by its number among `forms`."""

    def part(self, first: int, last: int) -> Said:
        """Return texts number *first* to before *last*."""
        start, end = self.ends[first], self.ends[last]
        return Said(self.numbers[start:end], self.ends[first : last + 1] - start, self.forms, self.local[start:end])

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.ends) - 1


def in_parts(said: Said) -> Iterator[Said]:
    """Yield the texts in parts of at most `PART`; one empty part where there is no text."""
    for start in range(0, max(len(said), 1), PART):
        yield said.part(start, min(start + PART, len(said)))


def chosen(said: Said, which: Ints) -> Said:
    """Return the texts numbered *which*."""
    places = [np.arange(said.ends[one], said.ends[one + 1]) for one in which.tolist()]
    every = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return Said(said.numbers[every], np.cumsum([0, *map(len, places)]), said.forms, said.local[every])


def members(ends: Ints, which: Ints) -> tuple[Ints, Ints]:
    """Return the numbers of what belongs to *which* of those that *ends* parts, one after the other, and where each now ends."""
    lengths = np.diff(ends)[which]
    new = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return np.arange(new[-1]) + np.repeat(ends[:-1][which] - new[:-1], lengths), new


def counts(numbers: Sequence[list[int]], width: int) -> csr_matrix:
    """Return how often each text holds each term, of shape (n_texts, width), leaving out -1."""
    ends = np.cumsum([0, *map(len, numbers)])
    return counted(np.fromiter(chain.from_iterable(numbers), dtype=np.int64, count=int(ends[-1])), ends, width)


def counted(numbers: Ints, ends: Ints, width: int) -> csr_matrix:
    """Return how often each text holds each term, leaving out -1."""
    known = numbers >= 0
    before = np.concatenate([[0], np.cumsum(known)])
    columns = numbers[known].astype(np.int32)
    found = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, before[ends]), shape=(len(ends) - 1, width))
    found.sum_duplicates()
    return found


def by_words(said: Said, cut: csr_matrix) -> csr_matrix:
    """Return how often each text holds each piece, by its words: there are far fewer different words than words."""
    found = csr_matrix(counted(said.local, said.ends, len(said.forms)) @ cut)
    found.sort_indices()
    return found


def document_frequency(counts: csr_matrix) -> Ints:
    """Return in how many texts each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int64)


def lengths(spoken: csr_matrix) -> Floats:
    """Return how many different words each text has."""
    return np.asarray(np.diff(spoken.indptr), dtype=np.float64)


def of_length_one(matrix: csr_matrix) -> csr_matrix:
    """Return rows of length 1; one without a term stays empty."""
    lengths = np.sqrt(np.bincount(rows_of(matrix), matrix.data.astype(np.float64) ** 2, minlength=matrix.shape[0]))
    return scaled(matrix, np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0))


def scaled(matrix: csr_matrix, by: Floats) -> csr_matrix:
    """Return each row multiplied by its number."""
    return csr_matrix(
        (matrix.data * by[rows_of(matrix)].astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def rows_of(matrix: csr_matrix) -> NDArray[np.int64]:
    """Return the row of each entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def rows_of_length_one(rows: Floats) -> Floats:
    """Return rows of length 1; one of nothing stays nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0), dtype=np.float64)


def joined(parts: Sequence[csr_matrix]) -> csr_matrix:
    """Return parts side by side, each row of each of length 1."""
    return csr_matrix(hstack([of_length_one(part) for part in parts], format="csr"))

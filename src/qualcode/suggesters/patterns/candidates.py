"""Candidates for rules of one code: words, pairs, and words without one that stands beside them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from qualcode.suggesters.patterns.chances import LIKELY, SUPPORT, Counts, estimate, passing
from qualcode.suggesters.patterns.counting import APART, Term, Terms

__all__ = ["Candidate", "Field", "counted", "halves", "ranked"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPLITS = 10
"""Ways to part the informants in halves."""
LOST = 0.1
"""At most such a share of the passages coded so may a NOT lose."""
BETTER = 0.05
"""So much more probable a pair must make the code than either of its words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that may be proposed; `bar` is the word that must not stand near."""

    term: Term
    bar: str = ""

    @property
    def rule(self) -> str:
        """The candidate in the language of rules."""
        body = f" NEAR/{APART - 1} ".join(self.term)
        return f"{body} NOT/{APART} {self.bar}" if self.bar else body


class Field:
    """All units with one code in mind, and where each candidate stands among them.

    Parameters
    ----------
    terms : Terms
        Of all units; its table by columns is shared by all codes.
    labels : ndarray of int, shape (n_units,)
        1 coded so, 0 read without the code, −1 not known.
    groups : ndarray of int, shape (n_units,)
        Whose words a unit holds.
    """

    def __init__(self, terms: Terms, labels: Ints, groups: Ints) -> None:
        self._terms, self._labels, self._groups = terms, labels, groups
        self._coded = np.asarray(terms.table.T @ (labels == 1).astype(np.float64))
        self._read = np.asarray(terms.table.T @ (labels >= 0).astype(np.float64))
        self.candidates: list[Candidate] = [Candidate(name) for name in terms.names]
        self._barred = self._without()
        for place, _, bar in self._barred:
            self.candidates.append(Candidate(terms.names[place], bar))
        words = np.array([place for place, _, _ in self._barred], dtype=np.int64)
        pairs = np.array([pair for _, pair, _ in self._barred], dtype=np.int64)
        # A pair stands only where its words stand, so that what is left of a word is a difference.
        self._coded = np.concatenate((self._coded, self._coded[words] - self._coded[pairs]))
        self._read = np.concatenate((self._read, self._read[words] - self._read[pairs]))

    @property
    def looked_at(self) -> int:
        """How many candidates could have made a rule: they stand in as many passages as it takes."""
        return int((self._read >= SUPPORT).sum())

    def counts(self) -> Counts:
        """Return what stands beside the code; informants are counted only where passages are enough and likely enough."""
        voices = np.zeros(len(self.candidates))
        positives, total = int((self._labels == 1).sum()), int((self._labels >= 0).sum())
        counts = Counts(self._coded, self._read, voices, positives, total)
        likely = estimate(self._coded, self._read, counts.share) >= LIKELY
        for column in np.flatnonzero((self._coded >= SUPPORT) & likely).tolist():
            voices[column] = len(set(self._groups[self._rows(column)].tolist()))
        return counts

    def coded(self, column: int) -> frozenset[int]:
        """Return the numbers of the units that candidate *column* catches and that are coded so."""
        return frozenset(self._rows(column).tolist())

    def _rows(self, column: int) -> Ints:
        n_terms = len(self._terms.names)
        if column >= n_terms:
            place, pair, _ = self._barred[column - n_terms]
            return np.setdiff1d(self._rows(place), self._rows(pair), assume_unique=True)
        table = self._terms.table
        rows = table.indices[table.indptr[column] : table.indptr[column + 1]].astype(np.int64)
        return np.asarray(rows[self._labels[rows] == 1])

    def _without(self) -> list[tuple[int, int, str]]:
        """Return the candidates with NOT, as word, pair and bar: a word that is often wrong, where what stands beside it tells when."""
        wrong = self._read - self._coded
        number = self._terms.numbers
        found: list[tuple[int, int, str]] = []
        for column in np.flatnonzero(wrong >= 2).tolist():
            term = self._terms.names[column]
            if len(term) != 2:
                continue
            for word, bar in (term, term[::-1]):
                place = number.get((word,))
                if (
                    place is not None
                    and self._coded[place] >= SUPPORT
                    and self._coded[column] <= LOST * self._coded[place]
                ):
                    found.append((place, column, bar))
        return found


def counted(table: csr_matrix, labels: Ints, groups: Ints, rows: NDArray[np.bool_] | None = None) -> Counts:
    """Return what stands beside the code in the *rows* of *table* that are True; in all of them where none are given."""
    if rows is not None:
        table, labels, groups = csr_matrix(table[rows]), labels[rows], groups[rows]
    coded = csr_matrix(table[labels == 1])
    names, number = np.unique(groups[labels == 1], return_inverse=True)
    whose = csr_matrix(
        (np.ones(len(number)), (number.ravel(), np.arange(len(number)))), shape=(len(names), coded.shape[0])
    )
    voices = csr_matrix(whose @ coded)
    return Counts(
        np.asarray(coded.sum(axis=0), dtype=np.float64).ravel(),
        np.asarray(table.sum(axis=0), dtype=np.float64).ravel(),
        np.bincount(voices.indices, minlength=table.shape[1]).astype(np.float64),
        int((labels == 1).sum()),
        len(labels),
    )


def halves(groups: Ints) -> Iterator[NDArray[np.bool_]]:
    """Yield which passages are those of one half of the informants, then of the other half, of `SPLITS` ways to part them; always the same ways."""
    names = np.unique(groups)
    chance = np.random.default_rng(0)
    for _ in range(SPLITS if len(names) > 1 else 0):
        first = np.isin(groups, chance.permutation(names)[: len(names) // 2])
        yield first
        yield ~first


def ranked(field: Field) -> Sequence[int]:
    """Return the candidates that pass, the most probable first, without those that a simpler one makes needless."""
    counts = field.counts()
    likely = estimate(counts.coded, counts.read, counts.share)
    good = np.flatnonzero(passing(counts, field.looked_at))
    place = {candidate: number for number, candidate in enumerate(field.candidates)}
    kept = []
    for number in good.tolist():
        candidate = field.candidates[number]
        simpler = [Candidate((word,)) for word in candidate.term if len(candidate.term) > 1 or candidate.bar]
        if all(
            likely[number] >= likely[place[one]] + BETTER
            for one in simpler
            if one in place and not _weak(one, good, place)
        ):
            kept.append(number)
    return sorted(
        kept,
        key=lambda n: (
            -likely[n],
            -counts.coded[n],
            field.candidates[n].bar != "",
            len(field.candidates[n].term),
            field.candidates[n].rule,
        ),
    )


def _weak(candidate: Candidate, good: Ints, place: dict[Candidate, int]) -> bool:
    """Tell whether a candidate makes no rule itself, so that nothing can be needless beside it."""
    return place[candidate] not in good

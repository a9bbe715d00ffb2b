"""Candidates for rules of one code: words, pairs, and words without one that stands beside them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, hstack

from qualcode.suggesters.patterns.chances import SUPPORT, Counts, estimate, passing
from qualcode.suggesters.patterns.counting import APART, NEGATION, Term, Terms

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
    """The passages read with one code in mind, and where each candidate stands among them.

    Parameters
    ----------
    terms : Terms
        Of all units.
    labels : ndarray of int, shape (n_units,)
        1 coded so, 0 read without the code, −1 not known.
    groups : ndarray of int, shape (n_units,)
        Whose words a unit holds.
    """

    def __init__(self, terms: Terms, labels: Ints, groups: Ints) -> None:
        known = np.flatnonzero(labels >= 0)
        self.labels = labels[known]
        self.groups = groups[known]
        self.table: csc_matrix = csc_matrix(terms.table[known])
        self.candidates: list[Candidate] = [Candidate(name) for name in terms.names]
        self._number = terms.numbers()
        self._without()

    @property
    def looked_at(self) -> int:
        """How many candidates could have made a rule: they stand in as many passages as it takes."""
        return int((np.asarray(self.table.sum(axis=0)).ravel() >= SUPPORT).sum())

    def counts(self, rows: NDArray[np.bool_] | None = None, columns: Ints | None = None) -> Counts:
        """Return what stands beside the code, over all passages read or some of them, of all candidates or some."""
        table = self.table if columns is None else self.table[:, columns]
        return counted(csr_matrix(table), self.labels, self.groups, rows)

    def coded(self, column: int) -> frozenset[int]:
        """Return the passages read, by number among them, that candidate *column* catches and that are coded so."""
        rows = self.table.indices[self.table.indptr[column] : self.table.indptr[column + 1]]
        return frozenset(rows[self.labels[rows] == 1].tolist())

    def _without(self) -> None:
        """Add the candidates with NOT: a word that is often wrong, where what stands beside it tells when."""
        counts = self.counts()
        wrong = counts.read - counts.coded
        found: list[tuple[int, int, str]] = []
        for column, candidate in enumerate(self.candidates):
            if len(candidate.term) != 2 or counts.read[column] < 2:
                continue
            one, two = candidate.term
            for word, bar in ((one, two), (two, one)):
                place = self._number.get((word,))
                if place is None or word == NEGATION or wrong[place] < 2 or counts.coded[place] < SUPPORT:
                    continue
                if wrong[column] >= 2 and counts.coded[column] <= LOST * counts.coded[place]:
                    found.append((place, column, bar))
        if found:
            words, pairs = np.array([f[0] for f in found]), np.array([f[1] for f in found])
            kept = self.table[:, words] - self.table[:, words].multiply(self.table[:, pairs])
            self.table = csc_matrix(hstack((self.table, kept), format="csc"))
            self.table.eliminate_zeros()
            self.candidates += [Candidate(self.candidates[place].term, bar) for place, _, bar in found]


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

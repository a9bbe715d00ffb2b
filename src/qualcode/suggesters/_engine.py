"""All codes at once: texts, the questions before them and the codebook's clues in, probabilities and reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qualcode.model import Evidence, Span
from qualcode.suggesters._calibration import (
    calibrate,
    chance,
    expected_f1_threshold,
    log_likelihood,
    log_odds,
    probability,
    skill,
)
from qualcode.suggesters._clauses import FOLDS, folds, mix, mixed, most, outside
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._columns import CLUE_MEAN, CLUE_SD, Columns, prior
from qualcode.suggesters._exclusion import Exclusion
from qualcode.suggesters._features import Encoder, Features
from qualcode.suggesters._learnt import Learnt, Outside, Scorer, with_unseen
from qualcode.suggesters._process import Posterior, Precision, WithColumns, posterior, precision
from qualcode.suggesters._table import VIEW, Table
from qualcode.suggesters._trust import trust
from qualcode.suggesters._words import clauses, words

__all__ = ["UNLABELLED", "Engine", "Learnt", "Rows"]

UNLABELLED = -1
REASONS = 5
"""The most words that explain a suggestion."""
MISLEADS = 3.0
"""Difference of log-likelihoods from which on a codebook is left out: 20 to 1 against it."""
NEVER = 2.0
"""A threshold that no probability reaches."""
MOST_TAUGHT = 2_000
"""Labelled rows that the process knows, at most: what it costs grows with their cube."""
FEW = 20
"""Of a code with fewer texts that bear it, all are among them."""
AT_ONCE = 5_000
"""Rows scored at once: the columns of all clauses of a study would take much room."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts, what was asked before each (empty where nothing was), and what the codebook says of each."""

    texts: Sequence[str]
    questions: Sequence[str]
    clues: Clues


class Engine:
    """What was learnt of every code.

    Each code is a Gaussian process over the likeness of texts, around what the codebook says (`_process`). It is learnt twice: the second
    time each code also knows whether any other code speaks for a text. Then the clause that speaks most for a code gets a say
    (`_clauses`), and codes that shut each other out share what is probable (`_exclusion`).

    Parameters
    ----------
    random_state : int
        Of the topics, the folds, and the rows that are learnt from where there are more than `MOST_TAUGHT`.
    encoder : callable, optional
        Texts to vectors that join the likeness.

    Attributes
    ----------
    learnt : tuple of Learnt
        Code by code, in the second pass.
    thresholds : ndarray, shape (n_codes,)
        From which probability to say yes: where the expected F1 over all rows seen in fit is highest.
    pool : ndarray, shape (n_rows, n_codes)
        Probabilities of the rows seen in fit.
    topics : ndarray, shape (n_rows, n_topics)
        Where the rows seen in fit lie among the topics.
    left_out : ndarray of bool, shape (n_codes,)
        Whose rules have no say, as labels are told better without the codebook.
    """

    def __init__(self, random_state: int = 0, encoder: Encoder | None = None) -> None:
        self.random_state = random_state
        self.features = Features(random_state, encoder)
        self.learnt: tuple[Learnt, ...] = ()

    def fit(
        self, rows: Rows, labels: Ints, groups: Ints | None = None, *, apart: NDArray[np.bool_] | None = None
    ) -> Engine:
        """Learn from *labels* of the first rows, and return the engine.

        Parameters
        ----------
        rows : Rows
            The labelled ones first. The others tell which words are rare and what goes with what, and enter the thresholds.
        labels : array of int, shape (n_labelled, n_codes)
            1, 0, or −1 where nobody knows.
        groups : array of int, shape (n_labelled,), optional
            Rows of one group (one informant's) stay together when rows are left out.
        apart : array of bool, shape (n_codes, n_codes), optional
            Which codes count as others of which; by default all others.
        """
        with threadpool_limits(1, user_api="blas"):
            table = self.features.fit(rows.texts, rows.questions)
        return self.learn(table, rows.clues, labels, groups, apart=apart)

    def learn(
        self,
        table: Table,
        clues: Clues,
        labels: Ints,
        groups: Ints | None = None,
        *,
        apart: NDArray[np.bool_] | None = None,
    ) -> Engine:
        """Learn from a table that the features have made already; see `fit`."""
        with threadpool_limits(1, user_api="blas"):  # twenty times faster than with threads, on matrices of this size
            return self._learn_codes(table, clues, labels, groups, apart)

    def _learn_codes(
        self, table: Table, clues: Clues, labels: Ints, groups: Ints | None, apart: NDArray[np.bool_] | None
    ) -> Engine:
        n, codes = labels.shape
        separate = ~np.eye(codes, dtype=bool) if apart is None else apart
        self._columns = Columns(clues, table.fine, labels, separate)
        self._kept: dict[bytes, Precision] = {}
        fold = folds(n, groups, self.random_state)
        labelled = table.rows(slice(0, n))
        self._known = replace(labelled, clauses=None, ends=None)
        taught = _taught(labels, self.random_state)
        self._labels, self.topics = taught, table.topics
        self._n_heard = table.clauses.terms.shape[1] if table.clauses is not None else 0
        own, first = self._first_pass(clues, table.fine, groups, fold)
        columns = self._columns
        before = Scorer(self._before).of(table, own, first)
        told = columns.second(own, with_unseen(before, self._before, taught))
        self.learnt = self._learn_pass(self._with_columns(own, told), groups, fold)
        self._kept = {}
        pool = Scorer(self.learnt).of(table, own, columns.second(own, before))
        if table.clauses is not None:
            best = self._best(table, clues)
            shift = np.mean(log_odds(best) - log_odds(pool), axis=0) if len(pool) else np.zeros(codes)
            unseen = self._best_unseen(labelled, clues.rows(np.arange(n)), fold, best[:n])
            self.learnt = mixed(self.learnt, taught, unseen, shift, fold)
            pool = mix(pool, best, self.learnt)
        expected = with_unseen(pool, self.learnt, taught)
        self._exclusion = Exclusion.learn(labels, separate, expected[:n])
        self.pool, expected = self._exclusion.applied(pool), self._exclusion.applied(expected)
        self.learnt = tuple(
            replace(one, unseen=np.where(labels[:, code] == UNLABELLED, np.nan, expected[:n, code]))
            for code, one in enumerate(self.learnt)
        )
        self._labels = labels
        knows = (labels == 1).any(axis=0) | clues.hits.any(axis=0)
        self.thresholds = np.array(
            [expected_f1_threshold(expected[:, code]) if knows[code] else NEVER for code in range(codes)]
        )
        return self

    def _first_pass(
        self, clues: Clues, fine: Floats, groups: Ints | None, fold: Ints
    ) -> tuple[list[Floats], list[Floats]]:
        """Learn what each code says by itself, without a codebook that misleads, and return the columns of all rows."""
        own = self._columns.own(clues, fine)
        first = self._columns.first(own)
        asked = self._with_columns(own, first)
        self._trust = trust((each, self._labels[rows, code]) for code, (each, rows) in enumerate(asked))
        self._before = self._learn_pass(asked, groups, fold)
        self.left_out = self._misled(asked, groups) if clues.hits.any() else np.zeros(len(asked), dtype=bool)
        if self.left_out.any():
            self._columns = self._columns.without(self.left_out)
            own = self._columns.own(clues, fine)
            first = self._columns.first(own)
            self._before = self._learn_pass(self._with_columns(own, first), groups, fold)
        return own, first

    def _misled(self, asked: list[tuple[WithColumns, Ints]], groups: Ints | None) -> NDArray[np.bool_]:
        """Return the codes that are learnt better without the codebook: all that can be tested, or none.

        What is compared is the likelihood of labels by what did not know them (Geisser & Eddy 1979), over all codes. A code by itself has
        too few labels to tell; one that has none of either kind keeps its rules.
        """
        tested, gain = np.zeros(len(asked), dtype=bool), 0.0
        for code, (inverse, rows) in enumerate(asked):
            truth = self._labels[rows, code]
            if len(np.unique(truth)) < 2:
                continue
            tested[code] = True
            constant = WithColumns(self._inverse(rows), inverse.columns[:, :1], CLUE_SD[:1])
            found = posterior(constant, truth.astype(float), CLUE_MEAN[:1], _whose(groups, rows, truth))
            slope, intercept = calibrate(found.unseen, truth)
            without = probability(slope * found.unseen + intercept)
            gain += log_likelihood(self._before[code].unseen[rows], truth) - log_likelihood(without, truth)
        return tested & (gain < -MISLEADS)

    def probabilities(self, rows: Rows) -> Floats:
        """Return the probability of each code for each row, of shape (n_rows, n_codes)."""
        with threadpool_limits(1, user_api="blas"):
            return self.of_table(self.features.transform(rows.texts, rows.questions), rows.clues)

    def of_table(self, table: Table, clues: Clues) -> Floats:
        """Return the probabilities of rows that are a table already."""
        found = self._passes(table, clues)
        if table.clauses is not None:
            found = mix(found, self._best(table, clues), self.learnt)
        return self._exclusion.applied(found)

    def _passes(self, table: Table, clues: Clues) -> Floats:
        """Return the probabilities of rows, or of clauses, after both passes."""
        found = np.zeros((len(table.topics), len(self.learnt)))
        before, after = Scorer(self._before), Scorer(self.learnt)
        for start in range(0, len(found), AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, len(found)))
            part, said = table.bare(rows).single(), clues.rows(rows)
            own = self._columns.own(said, part.fine)
            first = before.of(part, own, self._columns.first(own))
            found[rows] = after.of(part, own, self._columns.second(own, first))
        return found

    def _best(self, table: Table, clues: Clues) -> Floats:
        """Return the probability of the clause of each row that speaks most for each code."""
        if table.clauses is None or table.ends is None:
            return self._passes(table, clues)
        return most(self._passes(table.clauses, clues.of_clauses(len(table.clauses.topics))), table.ends)

    def _best_unseen(self, labelled: Table, clues: Clues, fold: Ints, best: Floats) -> Floats:
        """Return *best* of labelled rows by what did not know their fold, where they have one."""
        tested = np.flatnonzero(fold >= 0)
        rows, said = labelled.rows(tested), clues.rows(tested)
        if rows.clauses is None or rows.ends is None or not len(tested):
            return best
        parts = rows.clauses.single()
        of_clause = np.repeat(fold[tested], np.diff(rows.ends))
        own = self._columns.own(said.of_clauses(len(parts.topics)), parts.fine)
        first = self._columns.first(own)
        before = outside(parts, own, first, self._before, of_clause)
        after = outside(parts, own, self._columns.second(own, before), self.learnt, of_clause)
        found = best.copy()
        found[tested] = np.where(self._labels[tested] != UNLABELLED, most(after, rows.ends), best[tested])
        return found

    def nearest(self, rows: Rows, code: int, n: int) -> list[list[tuple[int, float]]]:
        """Return for each row the *n* labelled rows that bear code number *code* and are most like it, with their likeness.

        Likeness is the process's own, of each text to itself taken as 1: 1 is the same words after the same question, 0 nothing in
        common, or less. The most like first; equal ones in the order in which they were given. Fewer than *n* where fewer bear the code.
        """
        bearing = np.flatnonzero(self._labels[:, code] == 1)
        if not len(bearing) or not len(rows.texts):
            return [[] for _ in rows.texts]
        with threadpool_limits(1, user_api="blas"):
            table, others = self.features.transform(rows.texts, rows.questions), self._known.rows(bearing)
            scale = np.sqrt(np.outer(table.own_likeness(), others.own_likeness()))
            likeness = table.likeness(others) / np.maximum(scale, 1e-12)
        order = np.argsort(-np.round(likeness, 6), axis=1, kind="stable")[:, :n]
        return [
            [(int(bearing[one]), min(max(float(row[one]), 0.0), 1.0)) for one in best]
            for row, best in zip(likeness, order, strict=True)
        ]

    def reasons(self, text: str, code: int) -> tuple[Evidence, ...]:
        """Return the words of *text* that speak most for code number *code*, the strongest first.

        A word's weight is what it adds to the log-odds, its pieces, pairs and topics included, in the whole text and in the clause that
        speaks most; the span is its first place in the text.
        """
        places = {word.form: word for word in reversed(words(text))}
        best = sorted(
            (-weight, places[form].start, places[form].end)
            for form, weight in self.shares(text, code).items()
            if weight > 1e-6
        )
        return tuple(Evidence(text[i:j], Span(i, j), weight=-negative) for negative, i, j in best[:REASONS])

    def shares(self, text: str, code: int) -> dict[str, float]:
        """Return what each word of *text* adds to the log-odds of code number *code*: by its likeness to coded texts and to texts with hits."""
        one, spread = self.learnt[code], self._columns.spreads[code]
        topics = one.topics.copy()
        width = len(spread.direction) - 1
        if width:
            topics[-width:] += one.beta[3] * spread.direction[:-1] / spread.scale / VIEW
        found = self.features.shares(text, one.slope * one.mix[0] * one.terms, one.slope * one.mix[0] * topics)
        parts = self.features.transform([text], [""]).clauses
        if parts is not None and one.mix[1]:
            scores = parts.terms @ one.terms[: parts.terms.shape[1]] + parts.topics.astype(np.float64) @ topics
            best = clauses(text)[int(scores.argmax())]
            weight = one.slope * one.mix[1]
            for form, share in self.features.shares(best, weight * one.terms, weight * topics).items():
                found[form] += share
        return found

    def _with_columns(self, own: list[Floats], more: list[Floats]) -> list[tuple[WithColumns, Ints]]:
        """Return for each code the rows whose label is known, with their columns, and which rows these are."""
        found = []
        for one, other, y in zip(own, more, self._labels.T, strict=True):
            rows = np.flatnonzero(y != UNLABELLED)
            columns = np.hstack([one[rows], other[rows]])
            found.append((WithColumns(self._inverse(rows), columns, prior(columns.shape[1])[1]), rows))
        return found

    def _learn_pass(self, known: list[tuple[WithColumns, Ints]], groups: Ints | None, fold: Ints) -> tuple[Learnt, ...]:
        """Return what the labels of each code teach, given the columns of all rows."""
        return tuple(self._learn(*each, code, groups, fold) for code, each in enumerate(known))

    def _learn(self, inverse: WithColumns, rows: Ints, code: int, groups: Ints | None, fold: Ints) -> Learnt:
        """Return what the labels of one code teach."""
        truth = self._labels[rows, code]
        among = _whose(groups, rows, truth)
        mean, _ = prior(inverse.columns.shape[1], self._trust)
        part = self._known.rows(rows)
        found = posterior(inverse, truth.astype(float), mean, among, fold[rows], FOLDS)
        terms = np.asarray(part.terms.T @ found.weights.astype(np.float32), dtype=np.float64)
        topics = np.asarray(part.topics.T @ found.weights, dtype=np.float64)
        slope, intercept = calibrate(found.unseen, truth)
        unseen = np.full(len(self._labels), np.nan)
        unseen[rows] = probability(slope * found.unseen + intercept)
        tested = skill(found.unseen, truth), chance(truth), among is not None
        without = self._without(part, found) if self._n_heard else None
        return Learnt(terms, topics, found.beta, slope, intercept, unseen, *tested, np.array([1.0, 0.0, 0.0]), without)

    def _without(self, part: Table, found: Posterior) -> Outside:
        """Return the weights that score clauses of labelled rows by what did not know their fold."""
        weighing = np.flatnonzero(found.outside.any(axis=1))
        weights = found.outside[weighing].astype(np.float32)
        spoken = part.terms[weighing][:, : self._n_heard]
        return Outside(spoken.T @ weights, part.topics[weighing].T @ weights, found.beta_outside)

    def _inverse(self, rows: Ints) -> Precision:
        """Return the inverse for *rows*, kept because many codes know the same rows."""
        key = rows.tobytes()
        if key not in self._kept:
            self._kept[key] = precision(self._known.rows(rows), self.random_state)
        return self._kept[key]


def _taught(labels: Ints, random_state: int) -> Ints:
    """Return *labels*, of no more than `MOST_TAUGHT` rows; the others are as if nobody knew them.

    Rows are drawn at random, those first that bear a code of which there are few. What is said of the others did not know them.
    """
    known = np.flatnonzero((labels != UNLABELLED).any(axis=1))
    if len(known) <= MOST_TAUGHT:
        return labels
    order = known[np.random.RandomState(random_state).permutation(len(known))]
    rare = (labels == 1)[:, (labels == 1).sum(axis=0) < FEW].any(axis=1)
    left = order[np.argsort(~rare[order], kind="stable")][MOST_TAUGHT:]
    found = labels.copy()
    found[left] = UNLABELLED
    return found


def _whose(groups: Ints | None, rows: Ints, truth: Ints) -> Ints | None:
    """Return the groups of *rows* where no group has all of those that bear the code, or all others; None where they cannot be left out."""
    if groups is None or not all(len(np.unique(groups[rows][truth == value])) > 1 for value in (0, 1)):
        return None
    return groups[rows]

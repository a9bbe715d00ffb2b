"""All codes at once: texts, the questions before them and the codebook's clues in, probabilities and reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

from qualcode.model import Evidence, Span
from qualcode.suggesters._calibration import calibrate, chance, expected_f1_threshold, skill
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._features import VIEW, Encoder, Features, Table, words
from qualcode.suggesters._process import Posterior, Precision, posterior, precision

__all__ = ["UNLABELLED", "Engine", "Learnt", "Rows"]

UNLABELLED = -1
REASONS = 5
"""The most words that explain a suggestion."""
NEVER = 2.0
"""A threshold that no probability reaches."""
MOST_RULES = 60
"""The most rules of a code that get a say of their own."""

# What the codebook is worth a priori, on labels of 0 and 1; labels soon know better. Chosen on train and valid of
# benchmarks/suggest.py. Columns: constant, any hit, two or more, likeness to texts with a hit, root of a keyword.
CLUE_MEAN = np.array([0.05, 0.40, 0.10, 0.25, 0.35])
CLUE_SD = np.array([0.30, 0.35, 0.35, 0.35, 0.30])
RULE_SD = 0.3
OTHERS_SD = 0.6
"""Of what it means that no other code speaks: codes such as *lain-lain* live by it."""
RIDGE = 1.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts, what was asked before each (empty where nothing was), and what the codebook says of each."""

    texts: Sequence[str]
    questions: Sequence[str]
    clues: Clues


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of one code in one pass.

    `terms`, `topics` and `beta` give a score, `slope` and `intercept` its log-odds. `unseen` is the probability of each labelled row (NaN
    where its label is not known) from what did not know it, `skill` the area under the ROC curve of these, `chance` what guessing
    stays under nineteen times of twenty; both NaN where it was not tested. `grouped` tells that whole groups were left out.
    """

    terms: Floats
    topics: Floats
    beta: Floats
    slope: float
    intercept: float
    unseen: Floats
    skill: float
    chance: float
    grouped: bool


@dataclass(frozen=True, slots=True)
class _Spread:
    """How a code's hits spread over the topics: likeness to texts with a hit, 1 on average where there is one and 0 elsewhere."""

    direction: Floats
    zero: float
    scale: float

    def of(self, fine: Floats) -> Floats:
        return np.asarray((fine @ self.direction[:-1] + self.direction[-1] - self.zero) / self.scale, dtype=np.float64)


class Engine:
    """What was learnt of every code.

    Each code is a Gaussian process over the likeness of texts, around what the codebook says (`_process`). It is learnt twice: the second
    time each code also knows whether any other code speaks for a text.

    Parameters
    ----------
    random_state : int
        Of the topics and the landmarks.
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
        self._apart = ~np.eye(codes, dtype=bool) if apart is None else apart
        fine = table.fine
        self._spreads = [_spread(fine, clues.hits[:, code] > 0) for code in range(codes)]
        self._rules = [_rules(clues, code, labels) for code in range(codes)]
        own = [self._columns(clues, fine, code) for code in range(codes)]
        known = table.rows(slice(0, n))
        self._kept: dict[bytes, Precision] = {}
        first = tuple(self._learn(known, self._first(own, code), labels, code, groups) for code in range(codes))
        before = self._probabilities(table, [self._first(own, code) for code in range(codes)], first)
        told = _with_unseen(before, first, labels)
        second = [self._second(own, told, code) for code in range(codes)]
        self.learnt = tuple(self._learn(known, second[code], labels, code, groups) for code in range(codes))
        self._before = first
        self._kept = {}
        self._known, self._labels, self.topics = known, labels, table.topics
        self.pool = self._probabilities(table, [self._second(own, before, code) for code in range(codes)], self.learnt)
        expected = _with_unseen(self.pool, self.learnt, labels)
        knows = (labels == 1).any(axis=0) | clues.hits.any(axis=0)
        self.thresholds = np.array(
            [expected_f1_threshold(expected[:, code]) if knows[code] else NEVER for code in range(codes)]
        )
        return self

    def probabilities(self, rows: Rows) -> Floats:
        """Return the probability of each code for each row, of shape (n_rows, n_codes)."""
        with threadpool_limits(1, user_api="blas"):
            return self.of_table(self.features.transform(rows.texts, rows.questions), rows.clues)

    def of_table(self, table: Table, clues: Clues) -> Floats:
        """Return the probabilities of rows that are a table already."""
        codes = range(len(self.learnt))
        own = [self._columns(clues, table.fine, code) for code in codes]
        before = self._probabilities(table, [self._first(own, code) for code in codes], self._before)
        return self._probabilities(table, [self._second(own, before, code) for code in codes], self.learnt)

    def nearest(self, rows: Rows, code: int, n: int) -> list[list[tuple[int, float]]]:
        """Return for each row the *n* labelled rows that bear code number *code* and are most like it, with their likeness.

        Likeness is the process's own, at most 1: the same words after the same question; 0 is nothing in common. The most like first;
        equal ones in the order in which they were given. Fewer than *n* where fewer bear the code.
        """
        bearing = np.flatnonzero(self._labels[:, code] == 1)
        if not len(bearing) or not len(rows.texts):
            return [[] for _ in rows.texts]
        with threadpool_limits(1, user_api="blas"):
            table = self.features.transform(rows.texts, rows.questions)
            likeness = table.likeness(self._known.rows(bearing))
        order = np.argsort(-np.round(likeness, 6), axis=1, kind="stable")[:, :n]
        return [
            [(int(bearing[one]), min(float(row[one]), 1.0)) for one in best]
            for row, best in zip(likeness, order, strict=True)
        ]

    def reasons(self, text: str, code: int) -> tuple[Evidence, ...]:
        """Return the words of *text* that speak most for code number *code*, the strongest first.

        A word's weight is what it adds to the log-odds, its pieces, pairs and topics included; the span is its first place in the text.
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
        one, spread = self.learnt[code], self._spreads[code]
        topics = one.topics.copy()
        width = len(spread.direction) - 1
        if width:
            topics[-width:] += one.beta[3] * spread.direction[:-1] / spread.scale / VIEW
        return self.features.shares(text, one.slope * one.terms, one.slope * topics)

    def _columns(self, clues: Clues, fine: Floats, code: int) -> Floats:
        """Return what the codebook says of rows about a code: the columns of `CLUE_MEAN`, then a column a rule."""
        hits = clues.hits[:, code]
        return np.column_stack(
            [
                np.ones(len(hits)),
                hits > 0,
                hits > 1,
                self._spreads[code].of(fine),
                clues.roots[:, code],
                clues.rules[:, self._rules[code]],
            ]
        ).astype(np.float64)

    def _first(self, own: list[Floats], code: int) -> Floats:
        """Return the columns of the first pass: whether any other code has a hit, and whether this one has one beside it."""
        others = [own[other][:, 1] for other in np.flatnonzero(self._apart[code])]
        any_other = np.max(others, axis=0) if others else np.zeros(len(own[code]))
        return np.column_stack([own[code], any_other, own[code][:, 1] * any_other])

    def _second(self, own: list[Floats], before: Floats, code: int) -> Floats:
        """Return the columns of the second pass: how probably no other code speaks, and the same where this one has a hit."""
        none = np.prod(1 - before[:, self._apart[code]], axis=1)
        return np.column_stack([own[code], none, own[code][:, 1] * none])

    def _learn(self, known: Table, columns: Floats, labels: Ints, code: int, groups: Ints | None) -> Learnt:
        """Return what the labels of one code teach."""
        y = labels[:, code]
        rows = np.flatnonzero(y != UNLABELLED)
        truth = y[rows]
        among = groups[rows] if groups is not None else None
        grouped = among is not None and all(len(np.unique(among[truth == value])) > 1 for value in (0, 1))
        mean = np.concatenate([CLUE_MEAN, np.zeros(columns.shape[1] - len(CLUE_MEAN))])
        sd = np.concatenate([CLUE_SD, np.full(len(self._rules[code]), RULE_SD), [OTHERS_SD, OTHERS_SD]])
        unseen = np.full(len(y), np.nan)
        if len(rows):
            part = known.rows(rows)
            found = posterior(
                self._inverse(known, rows), columns[rows], truth.astype(float), mean, sd, among if grouped else None
            )
            terms = np.asarray(part.terms.T @ found.weights.astype(np.float32), dtype=np.float64)
            topics = np.asarray(part.topics.T @ found.weights, dtype=np.float64)
        else:
            nothing = np.zeros(0)
            found = Posterior(nothing, mean, nothing)
            terms, topics = np.zeros(known.terms.shape[1]), np.zeros(known.topics.shape[1])
        slope, intercept = calibrate(found.unseen, truth)
        unseen[rows] = _probability(slope * found.unseen + intercept)
        return Learnt(
            terms, topics, found.beta, slope, intercept, unseen, skill(found.unseen, truth), chance(truth), grouped
        )

    def _inverse(self, known: Table, rows: Ints) -> Precision:
        """Return the inverse for *rows*, kept because many codes know the same rows."""
        key = rows.tobytes()
        if key not in self._kept:
            self._kept[key] = precision(known.rows(rows), self.random_state)
        return self._kept[key]

    def _probabilities(self, table: Table, columns: list[Floats], learnt: Sequence[Learnt]) -> Floats:
        """Return the probability of each code for each row of a table with its columns."""
        if not learnt:
            return np.zeros((table.terms.shape[0], 0))
        terms = np.column_stack([one.terms for one in learnt]).astype(np.float32)
        scores = np.asarray(table.terms @ terms, dtype=np.float64)
        scores += table.topics @ np.column_stack([one.topics for one in learnt])
        for code, one in enumerate(learnt):
            scores[:, code] = one.slope * (scores[:, code] + columns[code] @ one.beta) + one.intercept
        return _probability(scores)


def _probability(log_odds: Floats) -> Floats:
    """Return probabilities, rounded: their last bits depend on where in memory a row lies, and a threshold is some row's own."""
    return np.asarray(np.round(expit(log_odds), 6), dtype=np.float64)


def _with_unseen(probabilities: Floats, learnt: Sequence[Learnt], labels: Ints) -> Floats:
    """Return *probabilities*, those of labelled rows by what did not know their labels."""
    found = probabilities.copy()
    for code, one in enumerate(learnt):
        rows = np.flatnonzero(labels[:, code] != UNLABELLED)
        found[rows, code] = one.unseen[rows]
    return found


def _spread(fine: Floats, hit: NDArray[np.bool_]) -> _Spread:
    """Return how hits spread over the topics, by ridge regression."""
    width = fine.shape[1]
    if not width or not hit.any() or hit.all():
        return _Spread(np.zeros(width + 1), 0.0, 1.0)
    with_one = np.column_stack([fine, np.ones(len(fine))])
    inner = with_one.T @ with_one + np.diag([*np.full(width, RIDGE), 1e-6])
    direction = np.linalg.solve(inner, with_one.T @ hit)
    raw = with_one @ direction
    zero = float(raw[~hit].mean())
    return _Spread(direction, zero, max(float(raw[hit].mean()) - zero, 1e-6))


def _rules(clues: Clues, code: int, labels: Ints) -> Ints:
    """Return the code's rules that match a row whose label is known, the most frequent where there are many."""
    own = np.flatnonzero(clues.owner == code)
    known = np.flatnonzero(labels[:, code] != UNLABELLED)
    times = clues.rules[np.ix_(known, own)].sum(axis=0, dtype=np.int64)
    order = np.argsort(-times, kind="stable")[:MOST_RULES]
    return np.sort(own[order[times[order] > 0]])

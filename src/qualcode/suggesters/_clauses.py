"""What a text's clauses say beside the whole: one that speaks clearly for a code is not drowned by the others.

A text speaks for a code if one of its clauses does (multiple-instance learning, Dietterich, Lathrop & Lozano-Pérez 1997). What was
learnt from whole texts scores clauses too; the log-odds of the clause that speaks most for a code are mixed with those of the
whole text. Labelled rows take part by what is learnt from the rows outside their fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesters._calibration import log_odds, logistic, probability, skill
from qualcode.suggesters._columns import OTHERS
from qualcode.suggesters._learnt import Learnt
from qualcode.suggesters._table import Table

__all__ = ["FOLDS", "folds", "mix", "mixed", "most", "outside"]

FOLDS = 5
CHECKED = 500
"""Labelled rows that are put into folds, at most: more would take long and tell nothing new of the mixture."""
# What the log-odds of the whole text and of the clause that speaks most are worth a priori, and the constant. Chosen on train and
# valid of benchmarks/suggest.py.
MIX_MEAN = np.array([0.68, 0.32, 0.0])
MIX_SD = np.array([0.10, 0.10, 0.25])

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def folds(n: int, groups: Ints | None, random_state: int) -> Ints:
    """Return the fold of each of *n* rows, no group being in two; -1 for those of groups that would be too many.

    What did not know these tells their probability by the whole text alone.
    """
    number = np.arange(n) if groups is None else np.unique(groups, return_inverse=True)[1]
    sizes = np.bincount(number)
    order = np.random.RandomState(random_state).permutation(len(sizes))
    taken = order[np.cumsum(sizes[order]) <= CHECKED] if n > CHECKED else np.arange(len(sizes))
    fold = np.full(len(sizes), -1)
    fold[taken] = np.arange(len(taken)) % FOLDS
    return fold[number].astype(np.int64)


def most(of_clauses: Floats, ends: Ints) -> Floats:
    """Return the greatest of the clauses of each row, of shape (n_rows, n_codes)."""
    if len(ends) < 2:
        return np.zeros((0, of_clauses.shape[1]))
    return np.asarray(np.maximum.reduceat(of_clauses, ends[:-1], axis=0), dtype=np.float64)


def outside(clauses: Table, own: list[Floats], more: list[Floats], learnt: Sequence[Learnt], fold: Ints) -> Floats:
    """Return the probabilities of clauses by what is learnt from rows outside their fold.

    Parameters
    ----------
    clauses : Table
        Of labelled rows.
    own, more : list of array
        Their columns, code by code.
    learnt : sequence of Learnt
        Code by code.
    fold : array of int, shape (n_clauses,)
        Of the row of each.
    """
    found = np.zeros((len(fold), len(learnt)))
    place = np.arange(len(fold)), fold
    for code, one in enumerate(learnt):
        if one.outside is None:
            continue
        terms, topics, beta = one.outside
        scores = np.asarray(clauses.terms @ terms + clauses.topics @ topics, dtype=np.float64)
        scores += own[code] @ beta[:-OTHERS] + more[code] @ beta[-OTHERS:]
        found[:, code] = probability(one.slope * scores[place] + one.intercept)
    return found


def mixed(learnt: Sequence[Learnt], labels: Ints, best: Floats, shift: Floats, fold: Ints) -> tuple[Learnt, ...]:
    """Return what was learnt, with what whole texts and their best clauses are worth (by logistic regression with a prior).

    Parameters
    ----------
    learnt : sequence of Learnt
        Code by code.
    labels : array of int, shape (n_labelled, n_codes)
        1, 0, or −1.
    best : array, shape (n_labelled, n_codes)
        Probability of the clause that speaks most for the code, by what did not know the row; of rows in no fold it is not used.
    shift : array, shape (n_codes,)
        By how much log-odds of best clauses exceed those of whole texts on average: the best of many is high by chance.
    fold : array of int, shape (n_labelled,)
        -1 for rows whose clauses were not scored by others.
    """
    found = []
    for code, one in enumerate(learnt):
        rows = np.flatnonzero(labels[:, code] != -1)
        y = labels[rows, code]
        columns = np.column_stack(
            [log_odds(one.unseen[rows]), log_odds(best[rows, code]) - shift[code], np.ones(len(rows))]
        )
        tested = fold[rows] >= 0
        worth = logistic(columns[tested], y[tested], MIX_MEAN, MIX_SD)
        unseen = one.unseen.copy()
        unseen[rows[tested]] = probability(columns[tested] @ worth)  # the others' clauses were scored by what knew them
        worth[2] -= worth[1] * shift[code]
        found.append(replace(one, mix=worth, unseen=unseen, skill=skill(unseen[rows], y)))
    return tuple(found)


def mix(whole: Floats, best: Floats, learnt: Sequence[Learnt]) -> Floats:
    """Return probabilities of texts from those of whole texts and of the clauses that speak most for each code."""
    if not learnt:
        return whole
    worth = np.column_stack([one.mix for one in learnt])
    return probability(log_odds(whole) * worth[0] + log_odds(best) * worth[1] + worth[2])

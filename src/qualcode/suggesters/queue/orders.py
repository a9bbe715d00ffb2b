"""The orders themselves: from what a classifier knows of every unit to which unit and code come next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qualcode.errors import N_
from qualcode.suggesters._features import forms
from qualcode.suggesters._view import View
from qualcode.suggesters.queue import DOUBTED, OVERSIGHT, RARE, REST, UNTAUGHT
from qualcode.suggesters.queue.spread import entropy, k_centre

__all__ = [
    "UNLIKE",
    "UNSURE",
    "Pick",
    "disagreement",
    "in_turn",
    "learning",
    "rare",
    "rest",
]

UNLIKE = N_("unlike what has been read so far")
UNSURE = N_("the machine is least sure here")

FIRST = 50
"""So many read units are spread over the topics before doubt is asked for: before that, doubt is noise."""
FEW_WORDS = 4
"""Shorter answers (*Iya, Bu*) tell a learner nothing, and lie far from everything."""
DOUBTFUL = 10
"""Among so many times the wanted ones, the most doubtful, those are chosen that lie far apart."""

T = TypeVar("T")
Mask = NDArray[np.bool_]


class Pick(NamedTuple):
    """A unit's row, a code's column (−1: read it, no code is proposed), the probability, and why it is asked."""

    row: int
    column: int
    score: float
    why: str


def learning(view: View, n: int, unread: Mask) -> list[Pick]:
    """Return *n* unread units from which most is learnt: spread over the topics, from the `FIRST` on among the most doubtful.

    Parameters
    ----------
    view : View
        What is known.
    n : int
        How many.
    unread : array of bool, shape (n_units,)
        Which may be asked.
    """
    known = np.flatnonzero((view.labels != -1).any(axis=1))
    may = np.flatnonzero(unread & ~(view.labels != -1).any(axis=1))
    telling = np.array([row for row in may if len(forms(view.units[row].text)) >= FEW_WORDS], dtype=np.int64)
    may = telling if len(telling) >= n else may
    spread = max(0, min(n, FIRST - len(known))) if view.speaking.any() else n
    with threadpool_limits(1, user_api="blas"):
        first = [int(may[i]) for i in k_centre(view.points[may], spread, view.points[known])]
        picks = [Pick(row, -1, np.nan, UNLIKE) for row in first]
        rest = np.setdiff1d(may, first)
        wanted = n - len(first)
        if wanted and len(rest):
            doubt = np.round(entropy(view.pool[rest][:, view.speaking]), 6)
            doubtful = np.sort(rest[np.argsort(-doubt, kind="stable")[: DOUBTFUL * wanted]])
            centres = view.points[np.concatenate([known, np.array(first, dtype=np.int64)])]
            picks += [
                Pick(int(doubtful[i]), -1, np.nan, UNSURE) for i in k_centre(view.points[doubtful], wanted, centres)
            ]
    return picks


def rare(view: View, n: int, may: Mask, columns: Sequence[int]) -> list[Pick]:
    """Return *n* units to check for the codes that people gave least, the rarest code first and then in turn.

    Codes given to no more units than the median code are rare; of one code asked for alone, all is returned. A unit need not reach the code's
    threshold, but must be more probable than the code is frequent.

    Parameters
    ----------
    may : array of bool, shape (n_units, n_codes)
        Which may be asked for which code.
    columns : sequence of int
        The codes asked for.
    """
    given = view.positives
    speaking = [column for column in columns if view.speaking[column]]
    if len(speaking) > 1:
        middle = float(np.median([given[column] for column in speaking]))
        speaking = [column for column in speaking if given[column] <= middle]
    lines = []
    for column in sorted(speaking, key=lambda column: (given[column], column)):
        read = int((view.labels[:, column] != -1).sum())
        share = given[column] / read if read else 0.0
        rows = np.flatnonzero(may[:, column] & (view.labels[:, column] == -1) & (view.pool[:, column] > share))
        best = rows[np.argsort(-view.pool[rows, column], kind="stable")]
        lines.append([Pick(int(row), column, float(view.pool[row, column]), RARE) for row in best[:n]])
    return in_turn(lines)[:n]


def rest(view: View, n: int, may: Mask, columns: Sequence[int]) -> list[Pick]:
    """Return *n* units that may still bear a code, the most probable first, also those in which it is not suggested; codes in turn.

    Who stops where suggestions end has only seen likely passages, and cannot tell how many unlikely ones are left: the stopping
    test draws from all of them.

    Parameters
    ----------
    may : array of bool, shape (n_units, n_codes)
        Which may be asked for which code.
    columns : sequence of int
        The codes asked for, also those of which the classifier is silent.
    """
    lines = []
    for column in columns:
        rows = np.flatnonzero(may[:, column] & (view.labels[:, column] == -1))
        best = rows[np.argsort(-view.pool[rows, column], kind="stable")]
        scores = [float(view.pool[row, column]) for row in best[:n]]
        below = REST if view.speaking[column] else UNTAUGHT
        enough = view.thresholds[column] if view.speaking[column] else np.inf
        lines.append(
            [
                Pick(int(row), column, score, "" if score >= enough else below)
                for row, score in zip(best, scores, strict=False)
            ]
        )
    return in_turn(lines)[:n]


def disagreement(view: View, may: Mask, columns: Sequence[int]) -> list[Pick]:
    """Return where what a person decided and what the others' labels say of it part.

    Units read without the code to which those that did not know it would give it, and units with the code to which they would not, in
    turn, of each the widest apart first.

    Parameters
    ----------
    may : array of bool, shape (n_units, n_codes)
        Which may be asked for which code.
    columns : sequence of int
        The codes asked for; of the silent ones nothing is said.
    """
    oversights: list[Pick] = []
    doubted: list[Pick] = []
    for column in columns:
        if not view.speaking[column]:
            continue
        for row in np.flatnonzero(may[:, column] & (view.labels[:, column] != -1)):
            score = float(view.unseen[row, column])
            if view.labels[row, column] == 0 and score >= view.thresholds[column]:
                oversights.append(Pick(int(row), column, score, OVERSIGHT))
            elif view.labels[row, column] == 1 and score < min(view.thresholds[column], 0.5):
                doubted.append(Pick(int(row), column, score, DOUBTED))
    oversights.sort(key=lambda pick: (-pick.score, pick.row, pick.column))
    doubted.sort(key=lambda pick: (pick.score, pick.row, pick.column))
    return in_turn([oversights, doubted])


def in_turn(lines: Sequence[Sequence[T]]) -> list[T]:
    """Return the first of each line, then the second of each, until all are through."""
    longest = max(map(len, lines), default=0)
    return [one for turn in range(longest) for line in lines for one in line[turn : turn + 1]]

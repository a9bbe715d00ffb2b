"""All codes at once: texts, the questions before them and rule hits in, probabilities and reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from qualcode.model import Evidence, Span
from qualcode.suggesters._features import Features, words
from qualcode.suggesters._learner import Learnt, expected_f1_threshold, learn

__all__ = ["UNLABELLED", "Engine", "Rows", "stretches"]

UNLABELLED = -1
REASONS = 5
"""The most words that explain a suggestion."""
NEVER = 2.0
"""A threshold that no probability reaches."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts, what was asked before each (empty where nothing was), and rule hits of shape (n_texts, n_codes)."""

    texts: Sequence[str]
    questions: Sequence[str]
    hits: Ints


class Engine:
    """What was learnt of every code.

    Attributes
    ----------
    learnt : list of Learnt
        Code by code.
    thresholds : ndarray, shape (n_codes,)
        From which probability to say yes: where the expected F1 over all rows seen in fit is highest.
    pool : ndarray, shape (n_rows, n_codes)
        Probabilities of the rows seen in fit.
    """

    def fit(self, rows: Rows, labels: Ints, groups: Ints | None, random_state: int) -> Engine:
        """Learn from *labels* of the first rows, of shape (n_labelled, n_codes) in 1, 0, −1, and return the engine.

        The other rows tell which words are rare, and enter the thresholds.
        """
        self.features = Features()
        with threadpool_limits(1, user_api="blas"):  # twenty times faster than with threads, on matrices of this size
            matrix = self.features.fit_transform(rows.texts, rows.questions)
            self.learnt: list[Learnt] = []
            for code, y in enumerate(labels.T):
                known = np.flatnonzero(y != UNLABELLED)
                among = groups[known] if groups is not None else None
                self.learnt.append(learn(matrix[known], rows.hits[known, code], y[known], among, random_state))
            self.pool = self._probabilities(matrix, rows.hits)
        expected = self.pool.copy()
        for code, one in enumerate(self.learnt):
            expected[np.flatnonzero(labels[:, code] != UNLABELLED), code] = one.unseen
        knows = (labels == 1).any(axis=0) | rows.hits.any(axis=0)
        self.thresholds = np.array(
            [expected_f1_threshold(expected[:, code]) if knows[code] else NEVER for code in range(len(self.learnt))]
        )
        return self

    def probabilities(self, rows: Rows) -> Floats:
        """Return the probability of each code for each row, of shape (n_rows, n_codes)."""
        with threadpool_limits(1, user_api="blas"):
            return self._probabilities(self.features.transform(rows.texts, rows.questions), rows.hits)

    def _probabilities(self, matrix: csr_matrix, hits: Ints) -> Floats:
        columns = [one.probability(matrix, hits[:, code]) for code, one in enumerate(self.learnt)]
        return np.column_stack(columns) if columns else np.zeros((len(hits), 0))

    def reasons(self, text: str, code: int) -> tuple[Evidence, ...]:
        """Return the words of *text* that speak most for code number *code*, the strongest first.

        A word's weight is what it adds to the log-odds, its pieces and pairs included; the span is its first place in the text.
        """
        places = {word.form: word for word in reversed(words(text))}
        weights = self.features.by_word(text, self.learnt[code].word_weights)
        best = sorted(
            (-weight, places[form].start, places[form].end) for form, weight in weights.items() if weight > 1e-6
        )
        return tuple(Evidence(text[i:j], Span(i, j), weight=-negative) for negative, i, j in best[:REASONS])


def stretches(evidence: Iterable[Evidence]) -> int:
    """Return how many different stretches of an answer rules match."""
    return len({one.text.lower() for one in evidence if one.source == "answer"})

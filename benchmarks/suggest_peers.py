"""What `suggest.py` compares with: plain and codebook-fed logistic regression, self-training, label spreading, small-text, and the prototype.

Each peer is a function of texts, labels, pool, unseen texts and codebook hits to probabilities and thresholds. The prototype is the
method of the bold row in ``../shared/data/README.md``, written again from its description.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import expit
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.semi_supervised import LabelSpreading, SelfTrainingClassifier

from qualcode.suggesters._calibration import expected_f1_threshold, logistic

Floats = np.ndarray


class Task(NamedTuple):
    """What every method is given: the first ``len(labels)`` texts of the pool are labelled; hits are of shape (n, n_codes)."""

    pool: list[str]
    labels: np.ndarray
    unseen: list[str]
    pool_hits: np.ndarray
    unseen_hits: np.ndarray
    truth: np.ndarray
    """Labels of the whole pool, for a method that chooses which to ask for."""


class Made(NamedTuple):
    """Features of a pool and of unseen texts, made once a draw-independent pool."""

    words: csr_matrix
    pieces: csr_matrix
    unseen_words: csr_matrix
    unseen_pieces: csr_matrix
    topics: Floats
    unseen_topics: Floats
    fine: Floats
    unseen_fine: Floats


def make(pool: list[str], unseen: list[str]) -> Made:
    """Return tf-idf of words and pairs, of pieces, and LSA of 50 and 100 topics, fitted on the pool."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(pool)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(pool)
    single = TfidfVectorizer(sublinear_tf=True, min_df=2).fit(pool)
    topics = TruncatedSVD(100, random_state=0).fit(single.transform(pool))
    near, far = topics.transform(single.transform(pool)), topics.transform(single.transform(unseen))
    return Made(
        words.transform(pool),
        pieces.transform(pool),
        words.transform(unseen),
        pieces.transform(unseen),
        normalize(near[:, :50]),
        normalize(far[:, :50]),
        normalize(near),
        normalize(far),
    )


Found = tuple[Floats, Floats]
"""Probabilities of shape (n_unseen, n_codes) and thresholds of shape (n_codes,)."""


def _each(task: Task, learn: Callable[[int, np.ndarray], Floats]) -> Found:
    columns = []
    for code, y in enumerate(task.labels.T):
        columns.append(np.full(len(task.unseen), float(y[0])) if len(set(y)) == 1 else learn(code, y))
    return np.column_stack(columns), np.full(task.labels.shape[1], 0.5)


def regression(task: Task, made: Made, *, balanced: bool = False) -> Found:
    """Return one-vs-rest logistic regression on tf-idf."""
    near, far = (
        csr_matrix(hstack((made.words, made.pieces))),
        csr_matrix(hstack((made.unseen_words, made.unseen_pieces))),
    )
    n = len(task.labels)

    def learn(_: int, y: np.ndarray) -> Floats:
        model = LogisticRegression(C=10, class_weight="balanced" if balanced else None, max_iter=1000)
        return np.asarray(model.fit(near[:n], y).predict_proba(far)[:, 1])

    return _each(task, learn)


def regression_with_hits(task: Task, made: Made) -> Found:
    """Return class-balanced logistic regression on tf-idf and the codebook's hits (any, two or more), each code seeing its own."""
    near, far = (
        csr_matrix(hstack((made.words, made.pieces))),
        csr_matrix(hstack((made.unseen_words, made.unseen_pieces))),
    )
    n = len(task.labels)

    def learn(code: int, y: np.ndarray) -> Floats:
        a, b = (np.column_stack([h[:, code] > 0, h[:, code] > 1]) for h in (task.pool_hits[:n], task.unseen_hits))
        model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(hstack((near[:n], a)).tocsr(), y)
        return np.asarray(model.predict_proba(hstack((far, b)).tocsr())[:, 1])

    return _each(task, learn)


def self_training(task: Task, made: Made) -> Found:
    """Return scikit-learn's SelfTrainingClassifier around logistic regression."""
    near, far = (
        csr_matrix(hstack((made.words, made.pieces))),
        csr_matrix(hstack((made.unseen_words, made.unseen_pieces))),
    )
    rest = near.shape[0] - len(task.labels)

    def learn(_: int, y: np.ndarray) -> Floats:
        model = SelfTrainingClassifier(LogisticRegression(C=10, max_iter=1000), threshold=0.9, max_iter=5)
        return np.asarray(model.fit(near, np.concatenate([y, np.full(rest, -1)])).predict_proba(far)[:, 1])

    return _each(task, learn)


def spreading(task: Task, made: Made) -> Found:
    """Return scikit-learn's LabelSpreading over LSA, thresholds by the share of positives among the labels (class-mass)."""
    rest = len(task.pool) - len(task.labels)
    thresholds = []

    def learn(_: int, y: np.ndarray) -> Floats:
        model = LabelSpreading(kernel="knn", n_neighbors=15, alpha=0.5, max_iter=50, tol=1e-3)
        # Where no label arrives it divides nothing by nothing: the share of positives is all that is known there.
        with np.errstate(invalid="ignore"):
            p = model.fit(made.topics, np.concatenate([y, np.full(rest, -1)])).predict_proba(made.unseen_topics)[:, 1]
        p = np.where(np.isnan(p), y.mean(), p)
        thresholds.append(float(np.quantile(p, 1 - y.mean())))
        return np.asarray(p)

    found, _ = _each(task, learn)
    varied = iter(thresholds)
    return found, np.array([0.5 if len(set(y)) == 1 else max(next(varied), 1e-9) for y in task.labels.T])


def hits_alone(task: Task, made: Made) -> Found:
    """Return 1 where any keyword of the code stands."""
    del made
    return (task.unseen_hits > 0).astype(float), np.full(task.labels.shape[1], 0.5)


def small_text(task: Task, made: Made) -> Found | None:
    """Return small-text's linear classifier on labels that its own query strategy chose; None where it is not installed.

    It is given what the others get at random as its first 25 labels and asks for the rest itself, so that it knows more than they.
    """
    if find_spec("small_text") is None:
        return None
    from small_text import (  # type: ignore[import-not-found,unused-ignore]
        ConfidenceEnhancedLinearSVC,
        PoolBasedActiveLearner,
        PredictionEntropy,
        SklearnClassifierFactory,
        SklearnDataset,
    )

    near, far = (
        csr_matrix(hstack((made.words, made.pieces))),
        csr_matrix(hstack((made.unseen_words, made.unseen_pieces))),
    )
    n, codes = task.labels.shape
    truth = csr_matrix(task.truth)
    data = SklearnDataset(near, csr_matrix((near.shape[0], codes), dtype=int), target_labels=np.arange(codes))
    factory = SklearnClassifierFactory(ConfidenceEnhancedLinearSVC(), codes, kwargs={"multi_label": True})
    learner = PoolBasedActiveLearner(factory, PredictionEntropy(), data)
    known = np.arange(min(n, 25))
    learner.initialize_data(known, truth[known])
    while len(known) < n:
        asked = learner.query(num_samples=min(25, n - len(known)))
        learner.update(truth[asked])
        known = np.concatenate([known, asked])
    found = learner.classifier.predict_proba(SklearnDataset(far, csr_matrix((far.shape[0], codes), dtype=int)))
    return np.asarray(found, dtype=float), np.full(codes, 0.5)


def prototype(task: Task, made: Made) -> Found:
    """Return the prototype: a Gaussian process with the codebook's hits as mean function, expansion by LSA, expected-F1 thresholds."""
    n = len(task.labels)
    every = vstack((made.words, made.unseen_words)).tocsr(), vstack((made.pieces, made.unseen_pieces)).tocsr()
    topics, fine = np.vstack((made.topics, made.unseen_topics)), np.vstack((made.fine, made.unseen_fine))
    likeness = (
        (every[0] @ every[0][:n].T).toarray() / 4
        + (every[1] @ every[1][:n].T).toarray() / 4
        + topics @ topics[:n].T / 2
    )
    inverse = cho_solve(cho_factor(likeness[:n] + 0.3 * np.eye(n), lower=True), np.eye(n))
    hits = np.vstack((task.pool_hits, task.unseen_hits))
    pool = len(task.pool)
    mean, sd = np.array([0.05, 0.4, 0.0, 0.2]), np.array([0.3, 0.35, 0.35, 0.35])
    found, thresholds = [], []
    for code, y in enumerate(task.labels.T):
        hit = hits[:, code] > 0
        with_one = np.column_stack([fine, np.ones(len(fine))])
        inner = with_one[:pool].T @ with_one[:pool] + np.diag([*np.ones(fine.shape[1]), 1e-6])
        raw = with_one @ np.linalg.solve(inner, with_one[:pool].T @ hit[:pool])
        low, high = raw[:pool][~hit[:pool]].mean(), raw[:pool][hit[:pool]].mean() if hit[:pool].any() else 1.0
        z = np.column_stack([np.ones(len(hit)), hit, hits[:, code] > 1, (raw - low) / max(high - low, 1e-6)])
        reach = inverse @ z[:n]
        whole = inverse - reach @ np.linalg.inv(np.diag(sd**-2.0) + z[:n].T @ reach) @ reach.T
        weights = whole @ (y - z[:n] @ mean)
        score = likeness @ weights + z @ (mean + sd**2 * (z[:n].T @ weights))
        unseen = y - weights / np.diag(whole)
        slope, intercept = logistic(
            np.column_stack([unseen, np.ones(n)]), y, np.array([6.0, -3.0]), np.array([2.0, 1.0])
        )
        p = expit(slope * score + intercept)
        expected = np.concatenate([expit(slope * unseen + intercept), p[n:pool]])
        thresholds.append(expected_f1_threshold(expected))
        found.append(p[pool:])
    return np.column_stack(found), np.array(thresholds)


CLITICS = "(?:nya|ku|mu|lah|kah|pun|an)?"


def count_hits(texts: list[str], keywords: list[list[str]]) -> np.ndarray:
    """Return how many different keywords of each code stand in each text, with clitics, of shape (n_texts, n_codes)."""
    found = np.zeros((len(texts), len(keywords)), dtype=int)
    for code, each in enumerate(keywords):
        patterns = [re.compile(rf"(?<!\w){re.escape(word)}{CLITICS}(?!\w)") for word in each]
        found[:, code] = [sum(pattern.search(text) is not None for pattern in patterns) for text in texts]
    return found

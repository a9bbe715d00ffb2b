"""All of the classifier at once beside the same put together slowly: refitted for each group and fold, with dense matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal

from qualcode import CodeSuggester
from qualcode.model import Code, Codebook
from qualcode.suggesters._calibration import calibrate, chance, expected_f1_threshold, log_odds, probability, skill
from qualcode.suggesters._clauses import folds, mix, mixed
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._columns import Columns, Spread, prior
from qualcode.suggesters._engine import FEW, MOST_TAUGHT, Engine, _taught
from qualcode.suggesters._exclusion import Exclusion
from qualcode.suggesters._learnt import Learnt
from qualcode.suggesters._process import NOISE
from qualcode.suggesters._table import Table
from qualcode.suggesters._trust import TRUST_SD
from qualcode.suggesters._words import clauses

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ABOUT = {
    "utang": ("utang ke warung menumpuk", "ada utang di koperasi", "bayar utang tiap minggu", "pinjam uang tetangga"),
    "hujan": ("hujan terus sepi", "kalau hujan tidak jualan", "musim hujan susah", "banjir di pasar"),
    "anak": ("anak masih sekolah", "biaya anak sekolah mahal", "anak ikut jualan", "rapor belum diambil"),
}
BOOK = Codebook("kerja", tuple(Code(key, keywords=(key,)) for key in ABOUT))


def made(n: int, *, alone: bool = False) -> tuple[list[str], Ints, Ints]:
    """Return texts of one or two clauses on debts, rain and children, the labels (some not known) and whose words they are."""
    random = np.random.default_rng(4)
    keys = list(ABOUT)
    texts, labels = [], np.zeros((n, 3), dtype=np.int64)
    for row in range(n):
        about = random.choice(3, 1 if alone else random.integers(1, 3), replace=False)
        said = [str(random.choice(ABOUT[keys[code]])) for code in about]
        texts.append(", ".join([*said, *(["ya begitu saja mbak"] if random.random() < 0.3 else [])]))
        labels[row, about] = 1
    wrong = random.random((n, 3)) < (0 if alone else 0.1)
    labels = np.where(wrong, 1 - labels, labels)
    if not alone:
        labels[random.random((n, 3)) < 0.1] = -1
    return texts, labels, random.integers(0, 6, n)


@dataclass
class Fit:
    """What the labels of one code teach of rows, with what a text is like and the columns beside it."""

    weights: Floats
    beta: Floats

    @classmethod
    def of(cls, likeness: Floats, columns: Floats, y: Ints, trust: float) -> Fit:
        mean, sd = prior(columns.shape[1], trust)
        covariance = likeness + (columns * sd**2) @ columns.T + NOISE * np.eye(len(y))
        weights = np.asarray(np.linalg.solve(covariance, y - columns @ mean), dtype=np.float64)
        return cls(weights, mean + sd**2 * (columns.T @ weights))

    def at(self, likeness: Floats, columns: Floats) -> Floats:
        return np.asarray(likeness @ self.weights + columns @ self.beta)


def trusted(likeness: Floats, columns: list[Floats], labels: Ints) -> float:
    """Return the most probable trust that all codes share, by trying."""

    def surprise(trust: float) -> float:
        total = ((trust - 1) / TRUST_SD) ** 2 / 2
        for each, y in zip(columns, labels.T, strict=True):
            known = np.flatnonzero(y != -1)
            mean, sd = prior(each.shape[1], trust)
            covariance = likeness[np.ix_(known, known)] + (each[known] * sd**2) @ each[known].T
            total -= multivariate_normal.logpdf(y[known], each[known] @ mean, covariance + NOISE * np.eye(len(known)))
        return float(total)

    return float(minimize_scalar(surprise, bounds=(0, 1.5), method="bounded", options={"xatol": 1e-6}).x)


class Slowly:
    """The classifier in the order of its documentation, each step by refitting."""

    def __init__(self, table: Table, clues: Clues, labels: Ints, groups: Ints | None) -> None:
        n, codes = labels.shape
        assert table.clauses is not None
        assert table.ends is not None
        self.labels, self.groups, self.fold = labels, groups, folds(n, groups, 0)
        self.ends = table.ends
        parts = table.clauses.single()
        width = parts.terms.shape[1]
        self.whole = table.likeness(table)[:, :n]
        self.parts = (parts.terms @ table.terms[:n, :width].T).toarray() + parts.topics @ table.topics[:n].T
        apart = ~np.eye(codes, dtype=bool)
        self.columns = columns = Columns(clues, table.fine, labels, apart)
        own = columns.own(clues, table.fine)
        said = columns.own(clues.of_clauses(len(parts.topics)), parts.fine)

        asked = [np.hstack([one[:n], other[:n]]) for one, other in zip(own, columns.first(own), strict=True)]
        self.trust = trusted(self.whole[:n], asked, labels)
        first, before, at_clauses, outside = self.passed(
            own, columns.first(own), said, columns.first(said), columns.first(said)
        )
        told = before.copy()
        told[:n] = np.where(labels != -1, first, before[:n])
        second, pool, best, best_outside = self.passed(
            own, columns.second(own, told), said, columns.second(said, at_clauses), columns.second(said, outside),
            columns.second(own, before),
        )  # fmt: skip
        of_row = [slice(start, end) for start, end in zip(self.ends[:-1], self.ends[1:], strict=True)]
        best = np.array([best[part].max(axis=0) for part in of_row])
        unseen = np.array([best_outside[part].max(axis=0) for part in of_row[:n]])
        shift = (log_odds(best) - log_odds(pool)).mean(axis=0)
        nothing = np.zeros(0)
        self.learnt = mixed(
            [Learnt(nothing, nothing, nothing, 1.0, 0.0, second[:, code], 0.0, 0.0, True, nothing) for code in range(codes)],
            labels, unseen, shift, self.fold,
        )  # fmt: skip
        pool = mix(pool, best, self.learnt)
        expected = pool.copy()
        expected[:n] = np.where(labels != -1, np.column_stack([one.unseen for one in self.learnt]), pool[:n])
        self.exclusion = Exclusion.learn(labels, apart, expected[:n])
        self.pool, expected = self.exclusion.applied(pool), self.exclusion.applied(expected)
        self.unseen = np.where(labels != -1, expected[:n], np.nan)
        self.thresholds = np.array([expected_f1_threshold(each) for each in expected.T])

    def passed(
        self, own: list[Floats], more: list[Floats], said: list[Floats], said_more: list[Floats],
        said_outside: list[Floats], more_asked: list[Floats] | None = None,
    ) -> tuple[Floats, Floats, Floats, Floats]:  # fmt: skip
        """Return probabilities of labelled rows left out, of all rows, of clauses, and of clauses outside their row's fold."""
        n, codes = self.labels.shape
        left, rows, parts, outside = (
            np.full((size, codes), np.nan) for size in (n, len(self.whole), len(self.parts), len(self.parts))
        )
        fold_of_clause = np.repeat(self.fold, np.diff(self.ends)[:n])
        for code in range(codes):
            y = self.labels[:, code]
            known = np.flatnonzero(y != -1)
            columns = np.hstack([own[code], more[code]])
            asked = columns if more_asked is None else np.hstack([own[code], more_asked[code]])

            def fit(which: Ints, columns: Floats = columns, y: Ints = y) -> Fit:
                return Fit.of(self.whole[np.ix_(which, which)], columns[which], y[which], self.trust)

            groups = np.arange(n) if self.groups is None else self.groups
            if not all(len(set(groups[known][y[known] == value])) > 1 for value in (0, 1)):
                groups = np.arange(n)
            scores = np.empty(n)
            for group in np.unique(groups):
                rest, out = known[groups[known] != group], np.flatnonzero(groups == group)
                scores[out] = fit(rest).at(self.whole[np.ix_(out, rest)], columns[out])
            slope, start = calibrate(scores[known], y[known])
            left[known, code] = probability(slope * scores[known] + start)
            found = fit(known)
            rows[:, code] = probability(slope * found.at(self.whole[:, known], asked) + start)
            of_clauses = np.hstack([said[code], said_more[code]])
            parts[:, code] = probability(slope * found.at(self.parts[:, known], of_clauses) + start)
            of_clauses = np.hstack([said[code], said_outside[code]])
            for fold in range(5):
                rest, out = known[self.fold[known] != fold], np.flatnonzero(fold_of_clause == fold)
                outside[out, code] = probability(
                    slope * fit(rest).at(self.parts[np.ix_(out, rest)], of_clauses[out]) + start
                )
        return left, rows, parts, outside


@pytest.mark.parametrize(("alone", "grouped"), [(False, True), (False, False), (True, True)])
def test_the_classifier_is_what_its_parts_make_slowly(alone: bool, grouped: bool) -> None:
    """Whole texts, clauses, other codes, calibration on what is left out, the mixture, codes that shut each other out, thresholds."""
    texts, labels, whose = made(60, alone=alone)
    model = CodeSuggester(BOOK).fit(
        texts[:40], labels[:40], texts[40:], groups=whose[:40].tolist() if grouped else None
    )
    engine: Engine = model._engine
    table, clues = engine.features.transform(texts, [""] * 60), model._rows(texts).clues
    slowly = Slowly(table, clues, labels[:40], whose[:40] if grouped else None)

    assert engine.pool == pytest.approx(slowly.pool, abs=2e-3)
    assert model.predict_proba(texts) == pytest.approx(slowly.pool, abs=2e-3)
    assert model.thresholds_ == pytest.approx(slowly.thresholds, abs=2e-3)
    for code, one in enumerate(engine.learnt):
        known = labels[:40, code] != -1
        assert one.unseen[known] == pytest.approx(slowly.unseen[known, code], abs=2e-3)
        assert one.mix == pytest.approx(slowly.learnt[code].mix, abs=2e-3)
        assert one.chance == chance(labels[:40, code][known])
        assert one.grouped == grouped
        if not alone:
            assert one.skill == pytest.approx(skill(slowly.unseen[known, code], labels[:40, code][known]), abs=0.01)
    assert slowly.exclusion.others.any() == alone


@pytest.mark.parametrize(
    "text", ["utang ke warung menumpuk, ya begitu saja mbak", "hujan terus sepi", "anak sakit, ada utang di koperasi"]
)
def test_words_shares_are_what_they_add_to_the_log_odds_of_the_text_and_of_its_best_clause(text: str) -> None:
    """By likeness to coded texts and to texts with hits; rules themselves are no words' shares."""
    texts, labels, _ = made(60)
    model = CodeSuggester(BOOK).fit(texts[:40], labels[:40], texts[40:])
    engine: Engine = model._engine
    for code, one in enumerate(engine.learnt):
        spread = engine._columns.spreads[code]

        def said(table: Table, one: Learnt = one, spread: Spread = spread) -> Floats:
            """Return the score that words make of each row."""
            likeness = table.terms @ one.terms[: table.terms.shape[1]] + table.topics.astype(float) @ one.topics
            return np.asarray(
                likeness + one.beta[3] * (table.fine.astype(float) @ spread.direction[:-1]) / spread.scale
            )

        whole = engine.features.transform([text], [""])
        assert whole.clauses is not None
        best = clauses(text)[int(said(whole.clauses).argmax())]
        expected = one.slope * (one.mix[0] * said(whole) + one.mix[1] * said(engine.features.transform([best], [""])))
        found = engine.shares(text, code)

        assert spread.direction.any()
        assert one.beta[3] > 0.01
        assert sum(found.values()) == pytest.approx(float(expected[0]), abs=1e-4)
        assert [e.weight for e in engine.reasons(text, code)] == sorted(
            (w for w in found.values() if w > 1e-6), reverse=True
        )[:5]


def test_the_same_words_are_wholly_alike_however_long_and_nothing_is_more_so() -> None:
    long = "utang ke warung menumpuk, hujan terus sepi, biaya anak sekolah mahal sekali, pinjam uang tetangga lagi"
    texts = ["utang lagi", long, *made(38)[0]]
    labels = np.zeros((40, 3), dtype=np.int64)
    labels[:, 0] = 1
    model = CodeSuggester(BOOK).fit(texts, labels)

    for text, row in (("utang lagi", 0), (long, 1)):
        (found,) = model._engine.nearest(model._rows([text]), 0, 40)
        assert found[0][0] == row
        assert found[0][1] == pytest.approx(1)
        assert all(0 <= likeness < 0.999 for other, likeness in found[1:] if texts[other] != text)
        assert [round(one, 6) for _, one in found] == sorted((round(one, 6) for _, one in found), reverse=True)


def test_of_very_many_rows_so_many_are_learnt_from_and_all_of_a_rare_code() -> None:
    random = np.random.default_rng(3)
    labels = (random.random((MOST_TAUGHT + 900, 3)) < (0.5, 0.1, 0)).astype(np.int64)
    labels[random.permutation(len(labels))[: FEW - 1], 2] = 1
    labels[:300] = -1
    labels[:, 0] = np.where(random.random(len(labels)) < 0.1, -1, labels[:, 0])
    found = _taught(labels, 0)
    known, before = (found != -1).any(axis=1), (labels != -1).any(axis=1)

    assert known.sum() == MOST_TAUGHT
    assert (found[known] == labels[known]).all()
    assert (found[labels[:, 2] == 1, 2] == 1).all()
    assert not (known & ~before).any()
    few = labels[:MOST_TAUGHT]
    assert _taught(few, 0) is few
    assert (_taught(labels, 0) == found).all()


def test_what_is_not_learnt_from_is_told_by_what_did_not_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, labels, _ = made(60)
    monkeypatch.setattr("qualcode.suggesters._engine.MOST_TAUGHT", 30)
    engine = CodeSuggester(BOOK).fit(texts[:50], labels[:50], texts[50:])._engine
    taught = _taught(labels[:50], 0)
    alone = CodeSuggester(BOOK).fit(texts[:50], taught, texts[50:])._engine

    left = (taught == -1) & (labels[:50] != -1)
    assert left.sum() > 40
    for code, one in enumerate(engine.learnt):
        assert (np.isnan(one.unseen) == (labels[:50, code] == -1)).all()
        assert one.unseen[left[:, code]] == pytest.approx(alone.pool[:50][left[:, code], code], abs=0.05)
    rows = CodeSuggester(BOOK).fit(texts[:50], labels[:50])._rows(["utang"])
    assert len(engine.nearest(rows, 0, 50)[0]) == (labels[:50, 0] == 1).sum()  # nearest are of all that people coded

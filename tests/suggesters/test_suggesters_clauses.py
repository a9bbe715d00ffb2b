"""Clauses of texts, and what they say beside the whole."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from qualcode import CodeSuggester
from qualcode.model import Code, Codebook
from qualcode.suggesters._calibration import skill
from qualcode.suggesters._clauses import FOLDS, folds
from qualcode.suggesters._clues import Clues
from qualcode.suggesters._counting import members
from qualcode.suggesters._engine import Engine
from qualcode.suggesters._features import Features
from qualcode.suggesters._process import Exact, WithColumns, posterior
from qualcode.suggesters._table import Table
from qualcode.suggesters._words import clauses

BOOK = Codebook("kerja", (Code("utang", keywords=("utang",)), Code("umum", keywords=("bagus",))))


@given(st.text(st.sampled_from("ab .,;\n?dantpi"), max_size=60))
def test_clauses_are_the_text_and_none_is_a_single_word_unless_it_is_all(text: str) -> None:
    found = clauses(text)

    assert "".join(found) == text
    assert found
    assert len(found) == 1 or all(len(part.split()) > 1 for part in found)


def test_clauses_are_cut_at_marks_and_conjunctions() -> None:
    assert clauses("kamarnya bersih tapi handuknya bau. ACnya dingin, sayang") == [
        "kamarnya bersih tapi",
        " handuknya bau.",
        " ACnya dingin, sayang",
    ]


def test_what_belongs_to_some_is_found_in_their_order() -> None:
    numbers, ends = members(np.array([0, 2, 2, 5]), np.array([2, 1, 0]))

    assert numbers.tolist() == [2, 3, 4, 0, 1]
    assert ends.tolist() == [0, 3, 3, 5]


def test_a_table_keeps_the_clauses_of_its_rows() -> None:
    texts = ["ada utang, hujan lagi. sepi sekali", "hujan terus", "sepi pembeli, banyak utang"]
    features = Features()
    table = features.fit(texts, [""] * 3)
    alone = features.transform([texts[2]], [""])
    chosen = table.rows(np.array([2, 0]))

    assert chosen.ends is not None
    assert chosen.clauses is not None
    assert alone.clauses is not None
    assert chosen.ends.tolist() == [0, 2, 5]
    assert chosen.clauses.topics[:2] == pytest.approx(alone.clauses.topics, abs=1e-3)
    both = alone.with_(table.rows(slice(0, 1)))
    assert both.ends is not None
    assert both.ends.tolist() == [0, 2, 5]
    assert both.clauses is not None
    assert (both.clauses.terms != chosen.clauses.terms).nnz == 0


def test_a_hit_is_a_clue_of_its_clause_alone() -> None:
    model = CodeSuggester(BOOK).fit(["banyak utang, warungnya bagus sekali", "utang bagus"])
    found = model._rows(["banyak utang, warungnya bagus sekali", "utang bagus"]).clues

    assert found.clauses is not None
    assert found.clauses.hits.tolist() == [[1, 0], [0, 1], [1, 1]]
    assert found.ends is not None
    assert found.ends.tolist() == [0, 2, 3]


def test_what_is_learnt_outside_a_fold_is_what_a_fit_without_it_says() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(30, 4))
    z = np.column_stack([np.ones(30), random.random(30)])
    y = (x[:, 0] > 0).astype(float)
    mean, sd = np.array([0.1, 0.2]), np.array([0.3, 0.4])
    fold = np.arange(30) % 3
    found = posterior(WithColumns(Exact(x @ x.T), z, sd), y, mean, folds=fold, n_folds=3)
    for number in range(3):
        rest = fold != number
        part = posterior(WithColumns(Exact(x[rest] @ x[rest].T), z[rest], sd), y[rest], mean)

        assert found.outside[~rest, number] == pytest.approx(0, abs=1e-9)
        assert found.outside[rest, number] == pytest.approx(part.weights, abs=1e-9)
        assert found.beta_outside[:, number] == pytest.approx(part.beta, abs=1e-9)


def test_no_group_is_in_two_folds_and_too_many_rows_are_in_none() -> None:
    groups = np.repeat(np.arange(40), 30)
    found = folds(1200, groups, 0)

    assert all(len(set(found[groups == group])) == 1 for group in range(40))
    assert 0 < (found >= 0).sum() <= 500
    assert set(found) == {-1, *range(FOLDS)}


def test_what_is_in_no_fold_is_not_told_by_what_knew_it() -> None:
    random = np.random.default_rng(1)
    words = [f"kata{n}" for n in range(400)]
    texts = [", ".join(" ".join(random.choice(words, 4)) for _ in range(random.integers(1, 6))) for _ in range(1_200)]
    y = (random.random((1_200, 1)) < 0.3).astype(int)  # whatever the texts say

    learnt = CodeSuggester().fit(texts, y)._engine.learnt[0]
    left = folds(len(y), None, 0) < 0
    assert left.sum() == 700
    assert skill(learnt.unseen[left], y[left, 0]) < 0.55  # .57 to .61 by what knew these rows


def test_a_clause_is_heard_in_a_long_text() -> None:
    """One clause on debts among twenty on other things: with clauses the text is suggested more surely than without."""
    random = np.random.default_rng(0)
    others = [f"cerita {word} panjang" for word in ("hujan", "pasar", "anak", "jalan", "sekolah", "motor", "dapur")]

    def text(bears: bool) -> str:
        told = [others[n] for n in random.integers(0, len(others), size=random.integers(2, 20))]
        return ", ".join([*told, "utang menumpuk terus"] if bears else told)

    y = np.tile([1, 0, 0], 40)
    texts = [text(bool(one)) for one in y]
    engine = Engine()
    table = engine.features.fit(texts, [""] * len(texts))
    nothing = Clues.none(len(texts), 1)
    bare = Table(table.terms, table.topics, table.fine_at)
    loss = []
    for each in (table, bare):
        p = Engine().learn(each, nothing, y[:60, None]).pool[60:, 0]
        loss.append(-np.log(np.where(y[60:] == 1, p, 1 - p).clip(1e-6)).mean())

    assert loss[0] < loss[1]


def test_probabilities_of_the_pool_are_those_of_the_same_texts_asked_again() -> None:
    texts = [
        f"{a}, {b}" for a in ("ada utang", "hujan lagi", "sepi pembeli") for b in ("bagus sekali", "anak sakit")
    ] * 8
    y = np.array([[int("utang" in text), int("bagus" in text)] for text in texts])
    model = CodeSuggester(BOOK).fit(texts[:30], y[:30], texts[30:])

    assert model.predict_proba(texts[30:]) == pytest.approx(model._engine.pool[30:], abs=1e-4)


def test_rows_without_clauses_are_learnt_from_all_the_same() -> None:
    x = np.eye(3)[np.arange(30) % 3]
    table = Table(csr_matrix(x, dtype=np.float32), np.zeros((30, 0)))
    found = Engine().learn(table, Clues.none(30, 1), (x[:20, :1] == 1).astype(np.int64))

    assert found.pool[21, 0] > found.pool[22, 0]


def test_a_clause_is_said_after_the_question_of_its_text() -> None:
    features = Features(0)
    texts = ["nggak punya, belum daftar", "nggak punya, belum daftar", "tiap hari jualan"]
    table = features.fit(texts, ["Punya BPJS?", "Ikut serikat?", ""])
    asked = len(features.asked)
    assert asked == 4
    assert table.clauses is not None
    assert table.ends is not None
    for row in range(len(texts)):
        own = table.clauses.terms[table.ends[row] : table.ends[row + 1], :asked].toarray()
        assert len(own)
        assert (own == table.terms[row, :asked].toarray()).all()
    assert not table.terms[2, :asked].nnz


def test_a_long_turn_that_says_a_keyword_in_every_clause_is_read_in_time() -> None:
    turn = "utang lagi ya, " * 10_000
    began = time.process_time()
    model = CodeSuggester(BOOK).fit(["ada utang", "bagus sekali", turn], [[1, 0], [0, 1], [1, 0]])

    assert model.predict([turn]).tolist() == [[1, 0]]
    assert time.process_time() - began < 20

"""What the rules of a codebook are worth, by what all codes tell together."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode import CodeSuggester
from qualcode.model import Code, Codebook
from qualcode.suggesters._columns import CLUE_MEAN, OTHERS
from qualcode.suggesters._process import Exact, WithColumns
from qualcode.suggesters._trust import MOST, TRUST_SD, trust

WIDTH = len(CLUE_MEAN) + OTHERS
WORDS = {
    "utang": "pinjaman",
    "hujan": "banjir",
    "anak": "sekolah",
    "sakit": "obat",
    "pasar": "pembeli",
    "jalan": "macet",
}
TEXTS = [f"kemarin soal {word} lagi, cerita {n % 7}" for n in range(20) for word in WORDS.values()]


def columns(random: np.random.Generator, n: int) -> np.ndarray:
    """Return columns of *n* rows, a third of them with a hit."""
    found = np.zeros((n, WIDTH))
    found[:, 0] = 1
    found[:, 1] = found[:, 5] = random.random(n) < 1 / 3
    found[:, 3] = found[:, 1] + random.normal(0, 0.3, n)
    return found


def test_nothing_known_leaves_the_usual_trust() -> None:
    some = columns(np.random.default_rng(0), 5)
    no_rules = np.hstack([np.ones((5, 1)), np.zeros((5, WIDTH - 1))])
    sd = np.full(WIDTH, 0.3)

    assert trust([]) == 1
    assert trust([(WithColumns(Exact(np.zeros((0, 0))), some[:0], sd), np.zeros(0, dtype=np.int64))]) == 1
    assert trust([(WithColumns(Exact(np.eye(5)), no_rules, sd), np.array([1, 0, 0, 1, 0]))]) == 1


def test_trust_is_a_coefficient_that_all_codes_share() -> None:
    """One regression of the labels of three codes on what the usual trust would say, with the columns' own coefficients beside it."""
    random = np.random.default_rng(1)
    sd = np.full(WIDTH, 0.3)
    known, said, rest, covariances = [], [], [], []
    for n in (30, 20, 10):
        each, place = columns(random, n), random.normal(size=(n, 4))
        y = (random.random(n) < 0.1 + 0.5 * each[:, 1]).astype(np.int64)
        likeness = place @ place.T / 4
        known.append((WithColumns(Exact(likeness), each, sd), y))
        said.append(each[:, 1 : len(CLUE_MEAN)] @ CLUE_MEAN[1:])
        rest.append(y - CLUE_MEAN[0])
        covariances.append(likeness + 0.2 * np.eye(n) + (each * sd**2) @ each.T)
    inverse = np.zeros((60, 60))
    for end, each in zip((30, 50, 60), covariances, strict=True):
        inverse[end - len(each) : end, end - len(each) : end] = np.linalg.inv(each)
    u, v = np.concatenate(said), np.concatenate(rest)

    expected = (TRUST_SD**-2 + u @ inverse @ v) / (TRUST_SD**-2 + u @ inverse @ u)
    assert trust(known) == pytest.approx(expected)
    assert 0 < expected < MOST


def learnt_with(words: dict[str, str]) -> CodeSuggester:
    """Return what is learnt from texts of which each speaks of one thing, with these keywords for it."""
    book = Codebook("kerja", tuple(Code(key, keywords=(word,)) for key, word in words.items()))
    y = np.array([[int(word in text) for word in WORDS.values()] for text in TEXTS])
    return CodeSuggester(book).fit(TEXTS[:60], y[:60], TEXTS[60:])


def test_rules_that_mislead_everywhere_are_not_believed_where_nobody_looked() -> None:
    turned = dict(zip(WORDS, [*list(WORDS.values())[1:], "pinjaman"], strict=True))
    new = "besok baru soal pajak", "besok ada rapat"

    def believed(words: dict[str, str]) -> float:
        book = Codebook(
            "kerja", tuple(Code(key, keywords=(word,)) for key, word in {**words, "pajak": "pajak"}.items())
        )
        y = np.array([[*(int(word in text) for word in WORDS.values()), -1] for text in TEXTS])
        model = CodeSuggester(book).fit(TEXTS[:60], y[:60], [*TEXTS[60:], *new])
        return float(model.predict_proba(new)[0, -1])

    assert 1 - believed(turned) > 10 * (1 - believed(WORDS))
    assert learnt_with(WORDS)._engine._trust > 0.9
    assert learnt_with(turned)._engine._trust < 0.6


def long_texts(n: int) -> tuple[list[str], np.ndarray]:
    """Return texts of many words about one to three of five things, and which: what they are full of tells nothing."""
    random = np.random.default_rng(2)
    about = np.array(
        [["utang", "pinjaman"], ["hujan", "banjir"], ["anak", "sekolah"], ["sakit", "obat"], ["jalan", "macet"]]
    )
    texts, labels = [], np.zeros((n, 5), dtype=np.int64)
    for row in range(n):
        of = random.choice(5, random.integers(1, 4), replace=False)
        labels[row, of] = 1
        said = [
            *about[of].ravel(),
            *random.choice(FILLED, 12),
            *(f"kata{number}" for number in random.integers(0, 400, 20)),
        ]
        texts.append(" ".join(random.permutation(said)))
    return texts, labels


FILLED = [f"isi{number}" for number in range(20)]


def full_of(labels: np.ndarray, texts: list[str]) -> list[np.ndarray]:
    """Return the probabilities of texts that nobody labelled, with keywords that tell nothing, and without any."""
    book = Codebook(
        "kerja", tuple(Code(f"k{code}", keywords=tuple(FILLED[4 * code : 4 * code + 4])) for code in range(5))
    )
    n = 100
    models = [CodeSuggester(one).fit(texts[:n], labels[:n], texts[n:]) for one in (book, None)]
    return [model.predict_proba(texts[n:]) for model in models]


def test_a_codebook_without_which_labels_are_told_better_is_left_out() -> None:
    texts, labels = long_texts(400)
    with_words, without = full_of(labels, texts)

    assert with_words == pytest.approx(without, abs=1e-6)


def test_rules_that_have_no_say_are_no_reason() -> None:
    texts, labels = long_texts(400)
    book = Codebook(
        "kerja", tuple(Code(f"k{code}", keywords=tuple(FILLED[4 * code : 4 * code + 4])) for code in range(5))
    )
    model = CodeSuggester(book).fit(texts[:100], labels[:100], texts[100:])

    assert model.left_out_.all()
    assert [one for one in model.explain("isi0 lagi, utang pinjaman", "k0") if one.rule] == []
    assert not learnt_with(WORDS).left_out_.any()
    assert [one.rule for one in learnt_with(WORDS).explain("ada pinjaman", "utang") if one.rule] == ["pinjaman"]


def test_a_codebook_that_helps_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    y = np.array([[int(word in text) for word in WORDS.values()] for text in TEXTS])
    model = learnt_with(WORDS)
    monkeypatch.setattr("qualcode.suggesters._engine.MISLEADS", -np.inf)  # whatever it is worth
    left_out = learnt_with(WORDS)

    told = [
        np.where(y[60:] == 1, one.predict_proba(TEXTS[60:]), 1 - one.predict_proba(TEXTS[60:]))
        for one in (model, left_out)
    ]
    assert np.log(told[0]).sum() > np.log(told[1]).sum()
    assert left_out.left_out_.all()


def test_a_code_without_labels_keeps_its_rules_where_the_codebook_is_left_out() -> None:
    texts, labels = long_texts(400)
    words = {f"k{code}": tuple(FILLED[4 * code : 4 * code + 4]) for code in range(5)}
    book = Codebook("kerja", tuple(Code(key, keywords=each) for key, each in {**words, "pajak": ("pajak",)}.items()))
    y = np.hstack([labels[:100], np.full((100, 1), -1)])
    model = CodeSuggester(book).fit(texts[:100], y, [*texts[100:], "besok bayar pajak", "besok ada rapat"])

    assert model.left_out_.tolist() == [True] * 5 + [False]
    told = model.predict_proba(["besok bayar pajak", "besok ada rapat"])[:, -1]
    assert told[0] > told[1] + 0.2

"""CodeSuggester keeps scikit-learn's contract and says what it cannot learn from."""

from __future__ import annotations

import pickle
import unicodedata
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.model_selection import GridSearchCV, KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Code, Codebook
from qualcode.suggesters import CodeSuggester
from qualcode.suggesters._features import Features, pieces, words

BOOK = Codebook(
    "kerja",
    (
        Code("utang", keywords=("utang", "pinjam*")),
        Code("cuaca", keywords=("hujan", "panas")),
        Code("serikat"),
        Code("mati", active=False),
    ),
)
RAIN = [
    "hujan terus, sepi",
    "kalau hujan nggak ada yang beli",
    "panas sama hujan",
    "hujan ya pulang",
    "musim hujan susah",
]
DEBT = ["utang ke warung", "bayar utang dulu", "pinjam ke koperasi", "utangnya numpuk", "ada utang sama tetangga"]
PLAIN = ["anak sekolah", "jualan dari pagi", "ya begitu", "dari Tegal", "sudah lama", "masak di rumah"]
TEXTS = RAIN + DEBT + PLAIN
Y = [[0, 1, -1]] * 5 + [[1, 0, -1]] * 5 + [[0, 0, -1]] * 6


def test_columns_follow_the_codes_in_use() -> None:
    model = CodeSuggester(BOOK).fit(TEXTS, Y)

    assert model.classes_.tolist() == ["utang", "cuaca", "serikat"]
    assert model.predict_proba(TEXTS).shape == (16, 3)
    assert model.predict(["kemarin hujan deras", "masih ada utang"]).tolist() == [[0, 1, 0], [1, 0, 0]]


@pytest.mark.parametrize("book", [None, BOOK])
def test_the_classifier_learns_without_a_codebook_too(book: Codebook | None) -> None:
    model = CodeSuggester(book).fit(TEXTS, Y)
    p = model.predict_proba(["hujan lagi", "utang lagi"])

    assert p[0, 1] > p[1, 1]
    assert p[1, 0] > p[0, 0]
    assert ((p > 0) & (p < 1)).all()


@pytest.mark.parametrize("labels", [None, [[-1, -1, -1]] * 16])
def test_without_any_label_the_rules_speak(labels: Any) -> None:
    model = CodeSuggester(BOOK).fit(TEXTS, labels)

    assert model.predict(TEXTS).tolist() == [[0, 1, 0]] * 5 + [[1, 0, 0]] * 5 + [[0, 0, 0]] * 6
    assert np.isnan(model.skill_).all()
    without, with_hit = model.predict_proba(["anak", "utang"])[:, 0]
    assert without < 0.1
    assert with_hit > 0.5


def test_without_label_and_codebook_nothing_is_suggested() -> None:
    model = CodeSuggester().fit(TEXTS, [[-1, -1]] * 16)

    assert model.predict(TEXTS).sum() == 0
    assert model.classes_.tolist() == ["0", "1"]
    assert CodeSuggester().fit(TEXTS).predict_proba(TEXTS).shape == (16, 0)


def test_a_code_without_a_positive_is_never_predicted() -> None:
    model = CodeSuggester().fit(TEXTS, [[*row[:2], 0] for row in Y])

    assert model.predict(TEXTS)[:, 2].sum() == 0
    assert model.predict_proba(TEXTS)[:, 2].max() < 0.5


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_few_texts_are_enough_to_answer(n: int) -> None:
    for book in (None, BOOK):
        model = CodeSuggester(book).fit(TEXTS[:n], np.array(Y[:n]).reshape(n, 3))

        assert np.isfinite(model.predict_proba(["hujan", ""])).all()


def test_texts_without_words_are_texts() -> None:
    model = CodeSuggester().fit(["", "…", "😀", "!"], [[1], [0], [1], [0]])

    assert model.predict_proba(["", "halo"]).shape == (2, 1)
    assert model.explain("", "0") == ()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["a", None], "text number 1 .* is NoneType"),
        (["a", float("nan")], "text number 1 .* is NaN"),
        (pd.Series(["a", None]), "text number 1"),
        ("a", "one text"),
        (pd.DataFrame({"teks": ["a", "b"]}), "texts is a table"),
        (None, "texts is NoneType"),
        (5, "texts is int"),
    ],
)
def test_what_is_no_text_is_named(texts: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        CodeSuggester().fit(texts, [[1], [0]])
    with pytest.raises(InputError, match=said):
        CodeSuggester().fit(TEXTS, Y).predict_proba(texts)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([[1, 0, 0]], "shape"),
        ([1] * 16, "shape"),
        ([[2, 0, 0]] * 16, "other than 1, 0 and -1"),
        ([[float("nan"), 0, 0]] * 16, "other than 1, 0 and -1"),
        ([["ya", 0, 0]] * 16, "other than 1, 0 and -1"),
        ([[1, 0]] * 16, "2 columns, the codebook 3"),
        (["utang"] * 16, "other than 1, 0 and -1"),
        (pd.DataFrame([[1, 0]] * 16, columns=["utang", "utang"]), "two columns 'utang'"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        CodeSuggester(BOOK).fit(TEXTS, labels)


@pytest.mark.parametrize("labels", [[1] * 16, ["utang"] * 16, pd.Series([1] * 16)])
def test_who_gives_classes_instead_of_columns_is_told_how_to_make_them(labels: Any) -> None:
    with pytest.raises(InputError) as caught:
        CodeSuggester(BOOK).fit(TEXTS, labels)

    assert "get_dummies" in str(caught.value.hint)


def test_groups_must_fit_the_texts() -> None:
    with pytest.raises(InputError, match="2 groups for 16 texts"):
        CodeSuggester().fit(TEXTS, Y, groups=["a", "b"])


def test_a_frame_names_its_codes() -> None:
    frame = pd.DataFrame([[row[1], row[0]] for row in Y], columns=["cuaca", "utang"])

    assert CodeSuggester(BOOK).fit(TEXTS, frame).classes_.tolist() == ["utang", "cuaca"]
    assert CodeSuggester().fit(TEXTS, frame).classes_.tolist() == ["cuaca", "utang"]
    assert CodeSuggester(BOOK).fit(TEXTS, frame).predict(["utang"]).tolist() == [[1, 0]]
    with pytest.raises(NotFoundError, match="'utagn'"):
        CodeSuggester(BOOK).fit(TEXTS, frame.rename(columns={"utang": "utagn"}))


def test_a_column_for_every_code_may_be_given() -> None:
    model = CodeSuggester(BOOK).fit(TEXTS, [[*row, -1] for row in Y])

    assert model.classes_.tolist() == ["utang", "cuaca", "serikat", "mati"]


def test_the_same_seed_gives_the_same_numbers() -> None:
    first, second = (CodeSuggester(BOOK, random_state=3).fit(TEXTS, Y).predict_proba(TEXTS) for _ in range(2))

    assert (first == second).all()


def test_a_random_state_is_drawn_from_as_scikit_learn_does() -> None:
    first, second = (
        CodeSuggester(BOOK, random_state=np.random.RandomState(3)).fit(TEXTS, Y).predict_proba(TEXTS) for _ in range(2)
    )

    assert (first == second).all()
    assert CodeSuggester(BOOK, random_state=None).fit(TEXTS, Y).predict(["bayar utang"]).tolist() == [[1, 0, 0]]


def test_scikit_learn_is_told_that_texts_come_in_and_several_codes_out() -> None:
    tags = CodeSuggester().__sklearn_tags__()

    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert tags.target_tags.multi_output
    assert tags.classifier_tags.multi_label
    with pytest.warns(SkipTestWarning, match="string=True"):  # its checks are of numbers
        check_estimator(CodeSuggester(BOOK))


def test_it_stands_in_searches_and_pipelines() -> None:
    labels = np.array([[row[0], row[1], 0] for row in Y])
    lower = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    search = GridSearchCV(
        make_pipeline(lower, CodeSuggester()),
        {"codesuggester__codebook": [None, BOOK]},
        scoring="f1_micro",
        cv=KFold(2),
    )

    assert search.fit(TEXTS, labels).predict(["BAYAR UTANG", "hujan"]).tolist() == [[1, 0, 0], [0, 1, 0]]
    found = cross_val_predict(CodeSuggester(BOOK), TEXTS, labels, cv=KFold(2), method="predict_proba")
    assert found.shape == (16, 3)


def test_clone_and_pickle() -> None:
    model = CodeSuggester(BOOK, random_state=3).fit(TEXTS, Y)
    copied = clone(model)

    assert (copied.codebook, copied.random_state) == (BOOK, 3)
    assert not hasattr(copied, "classes_")
    assert (pickle.loads(pickle.dumps(model)).predict_proba(TEXTS) == model.predict_proba(TEXTS)).all()


def test_before_fit_it_says_so() -> None:
    with pytest.raises(NotFittedError):
        CodeSuggester().predict_proba(["a"])


def test_unlabelled_texts_enter_the_thresholds() -> None:
    alone = CodeSuggester(BOOK).fit(TEXTS, Y)
    among = CodeSuggester(BOOK).fit(TEXTS, Y, unlabelled=PLAIN * 10)

    assert (alone.thresholds_ != among.thresholds_).any()


def test_evidence_is_rules_then_words_at_their_exact_place() -> None:
    model = CodeSuggester(BOOK).fit(TEXTS, Y)
    text = "Kemarin 😀 HUJAN, ya pulang."
    evidence = model.explain(text, "cuaca")

    assert (evidence[0].rule, evidence[0].text) == ("hujan", "HUJAN")
    assert all(one.span is not None and one.span.of(text) == one.text for one in evidence)
    assert [one.weight for one in evidence[1:]] == sorted((one.weight for one in evidence[1:]), reverse=True)
    assert evidence[1].text == "HUJAN"
    assert evidence[1].weight > 0
    with pytest.raises(NotFoundError, match="'cuac'"):
        model.explain(text, "cuac")


@given(st.text(st.sampled_from("aeu\u0301İßﬁé-’ 😀\n.hjn"), max_size=30))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert unicodedata.normalize("NFC", text[word.start : word.end]).lower() == word.form


@given(st.text(st.sampled_from("hujan utang.-"), max_size=40))
def test_the_words_shares_add_up_to_the_score(text: str) -> None:
    features = Features()
    table = features.fit(TEXTS, [""] * len(TEXTS))
    n_terms, n_topics = table.terms.shape[1], table.topics.shape[1]
    random = np.random.default_rng(1)
    terms, topics = random.normal(size=(n_terms,)), random.normal(size=(n_topics,))
    row = features.transform([text], [""])

    assert n_topics > 0
    assert sum(features.shares(text, terms, topics).values()) == pytest.approx(
        float((row.terms @ terms + row.topics @ topics)[0]), abs=1e-5
    )


def test_pieces_keep_to_their_word() -> None:
    assert pieces("ya") == (" ya", "ya ", " ya ")
    assert pieces("ku-") == (" ku", "ku-", "u- ", " ku-", "ku- ", " ku- ")
    assert [w.form for w in words("Jajan-jajan, nggak e\u0301nak ’75")] == ["jajan-jajan", "nggak", "énak", "75"]


def test_an_encoder_joins_what_the_words_say() -> None:
    """Words that no labelled text holds are told apart by what the encoder knows of them."""
    wet = {"hujan", "banjir", "gerimis", "basah"}

    def encoder(texts: list[str]) -> Any:
        return np.array([[any(w in text for w in wet), not any(w in text for w in wet)] for text in texts], dtype=float)

    labels = [[0, 1]] * 5 + [[1, 0]] * 5 + [[0, 0]] * 6
    plain, knowing = (CodeSuggester(encoder=each).fit(TEXTS, labels) for each in (None, encoder))
    unknown = ["gerimis", "xyz"]

    assert abs(np.subtract(*plain.predict_proba(unknown)[:, 1])) < 0.05
    assert knowing.predict_proba(unknown)[0, 1] > knowing.predict_proba(unknown)[1, 1] + 0.2
    assert {one.text for one in knowing.explain("hujan deras", "1")} <= {"hujan", "deras"}


@pytest.mark.parametrize(
    "encoder", [lambda texts: [[1.0]], lambda texts: [1.0] * len(texts), lambda texts: [[float("nan")]] * len(texts), lambda texts: [["a"]] * len(texts)]
)  # fmt: skip
def test_an_encoder_that_does_not_fit_is_refused(encoder: Any) -> None:
    with pytest.raises(InputError, match="encoder"):
        CodeSuggester(encoder=encoder).fit(TEXTS, Y)

"""Words and passages of other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import language_of, languages, passages
from qualcode.nlp.languages import FALSE_FRIENDS, NEGATIONS


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("mboten", "jv"),
        ("Durung", "jv"),
        ("kumaha", "su"),
        ("henteu", "su"),
        ("encing", "bew"),
        ("pegimane", "bew"),
        ("payment", "en"),
        ("customer", "en"),
        ("overwhelmingly", "en"),
        ("teh", "id"),
        ("lembur", "id"),
        ("larang", "id"),
        ("main", "id"),
        ("gerobak", "id"),
        ("😀", "id"),
    ],
)
def test_a_word_alone_tells_its_language_only_if_no_other_has_it(word: str, language: str) -> None:
    """What Indonesian has too is Indonesian by itself."""
    assert language_of(word) == language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Abdi teh icalan, dulu minum teh.", [("Abdi", "su"), ("teh", "su"), ("icalan", "su")]),
        ("larang banget saiki", [("larang", "jv"), ("saiki", "jv")]),
        ("dilarang masuk, lembur terus", []),
        ("Saiki. Larang merokok", [("Saiki", "jv")]),
        ("", []),
    ],
)
def test_a_shared_word_is_marked_beside_words_of_its_language(text: str, found: list[tuple[str, str]]) -> None:
    """False friends are told apart by what stands near them in the clause."""
    assert found == [(text[start:end], name) for start, end, name in languages(text)]


def test_passages_are_runs_of_one_language() -> None:
    """Two words of a language with at most one other between them; a single loanword is no passage."""
    text = "Ya gitu. Gusti Allah mboten sare, Mbak. I really enjoy my job, online aja."

    assert [(text[item.start : item.end], item.language, item.n_words) for item in passages(text)] == [
        ("Gusti Allah mboten sare", "jv", 3),
        ("I really enjoy my job", "en", 5),
    ]


@given(
    st.lists(
        st.sampled_from(["saya", "ora", "ono", "teh", "abdi", "henteu", "the", "job", ".", ",", "\n", "😀", "é"]),
        max_size=12,
    ).map(" ".join)
)
def test_places_are_code_points_in_order(text: str) -> None:
    """Marks and passages lie in the text, one after the other."""
    for places in (
        [(start, end) for start, end, _ in languages(text)],
        [(item.start, item.end) for item in passages(text)],
    ):
        position = 0
        for start, end in places:
            assert position <= start < end <= len(text)
            position = end


def test_false_friends_and_negations_are_told() -> None:
    """The lists that codebook checks and rules read."""
    assert FALSE_FRIENDS["lembur"] == {"su": "kampung"}
    assert FALSE_FRIENDS["urang"].keys() == {"su", "jv"}
    assert {"ora", "mboten", "dudu", "durung"} <= set(NEGATIONS["jv"])
    assert {"teu", "henteu", "moal", "acan"} <= set(NEGATIONS["su"])

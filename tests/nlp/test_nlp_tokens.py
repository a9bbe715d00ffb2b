"""Tokens and words keep the code points of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import blank, parts, tokenize

PIECES = [
    "😀",
    "👩‍🌾",
    "e\u0301",
    "\u00ad",
    "\u200d",
    "–",
    "Rp",
    "3.000",
    "nya",
    "-",
    "2",
    "²",
    ". ",
    ", ",
    "(",
    ")",
    "\n",
    "\t",
    " ",
    "  ",
]
SPOKEN = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from("aiueonmkg'"), st.characters(exclude_categories=("Cs",))),
    max_size=40,
).map("".join)


@given(SPOKEN)
def test_tokens_are_ordered_disjoint_and_leave_only_white_space(text: str) -> None:
    """Whatever is no white space is in exactly one token."""
    position = 0
    for start, end in tokenize(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end

    assert not text[position:].strip()


@given(SPOKEN)
def test_pipeline_gives_back_the_text_and_the_same_tokens(text: str) -> None:
    """The spaCy document is exactly the text, its tokens those of tokenize, emoji and all."""
    doc = blank()(text)

    assert text == doc.text
    assert [text[start:end] for start, end in tokenize(text)] == [t.text for t in doc if not t.is_space]
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(SPOKEN)
def test_words_lie_in_their_token(text: str) -> None:
    """Every word has a place of its own inside its token."""
    for start, end in tokenize(text):
        position = 0
        for first, last, word in parts(text[start:end]):
            assert position <= first < last <= end - start
            assert word
            position = last


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Baik 😀 saja, Bu.", ["Baik", "😀", "saja", ",", "Bu", "."]),
        ("anak-anaknya jajan2 di-PHK", ["anak-anaknya", "jajan2", "di-PHK"]),
        ("Rp3.000–4.000, 700rb, 1,5 juta", ["Rp", "3.000", "–", "4.000", ",", "700", "rb", ",", "1,5", "juta"]),
        ("Jum'at... eh? 2²", ["Jum'at", "...", "eh", "?", "2", "²"]),
        ("lihat https://contoh.id/a?b=1 ya", ["lihat", "https://contoh.id/a?b=1", "ya"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_tokenize_splits_speech(text: str, tokens: list[str]) -> None:
    """Reduplication and hyphenated affixes are one token, amounts fall into number and unit."""
    assert tokens == [text[start:end] for start, end in tokenize(text)]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("pindah-pindah", ["pindah", "pindah"]),
        ("jajan2", ["jajan", "jajan"]),
        ("anak2nya", ["anak", "anaknya"]),
        ("jajan²", ["jajan", "jajan"]),
        ("S2", ["S2"]),
        ("BPJS-nya", ["BPJS-nya"]),
        ("di-PHK", ["di-PHK"]),
        ("wi-fi", ["wi", "fi"]),
        ("e-wallet", ["e-wallet"]),
        ("%", ["persen"]),
        ("😀", []),
        (",", []),
    ],
)
def test_parts_are_what_rules_count(token: str, words: list[str]) -> None:
    """A reduplication is two words, an affix belongs to its word, a sign is none."""
    assert words == [word for _, _, word in parts(token)]


def test_blank_is_built_once() -> None:
    """Everybody shares one pipeline, whose norm is the standard spelling."""
    assert blank() is blank()
    assert [token.norm_ for token in blank()("Kalo nggak ada")] == ["kalau", "tidak", "ada"]


def test_pipeline_survives_saving_and_loading() -> None:
    """A document's bytes and the tokenizer's (which has no state) come back."""
    from spacy.tokens import Doc

    nlp = blank()
    doc = nlp("Duitnya 😀  abis\n\nlagi")

    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).text == doc.text
    assert nlp.tokenizer.from_bytes(nlp.tokenizer.to_bytes())("a b").text == "a b"

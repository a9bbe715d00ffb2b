"""Stop words, fillers, clitics and doubling."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import is_filler, is_stop_word
from qualcode.nlp.words import pieces


@pytest.mark.parametrize("word", ["anu", "Eh", "eeeh", "hmmm", "gitu", "kan", "sih", "atuh", "gituuu"])
def test_fillers(word: str) -> None:
    """Also stretched; they are stop words too."""
    assert is_filler(word)
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["iya", "nggak", "bukan", "kandang", "uang"])
def test_answers_and_words_are_no_fillers(word: str) -> None:
    """Yes and no are answers."""
    assert not is_filler(word)


def test_stop_words_are_found_in_informal_spelling() -> None:
    """The word yg is yang."""
    assert is_stop_word("yang")
    assert is_stop_word("yg")
    assert not is_stop_word("gerobak")


@pytest.mark.parametrize(
    ("word", "base", "clitics"),
    [
        ("duitnya", "duit", ["nya"]),
        ("duitnyalah", "duit", ["nya", "lah"]),
        ("BPJS-nya", "BPJS", ["nya"]),
        ("hpnya", "hp", ["nya"]),
        ("kubeli", "beli", ["ku"]),
        ("apakah", "apa", ["kah"]),
        ("sekolah", "sekolah", []),
        ("bangku", "bangku", []),
        ("adalah", "adalah", []),
        ("kuliah", "kuliah", []),
        ("123", "123", []),
    ],
)
def test_clitics_have_places(word: str, base: str, clitics: list[str]) -> None:
    """Words that only look as if they had one keep their end."""
    found = pieces(word)

    assert word[found.base[0] : found.base[1]] == base
    assert [clitic for _, _, clitic in found.clitics] == clitics
    assert all(word[start:end].casefold() == clitic for start, end, clitic in found.clitics)


@pytest.mark.parametrize(
    ("word", "is_doubled"),
    [
        ("anak-anak", True),
        ("jajan2", True),
        ("jajan²", True),
        ("anak2nya", True),
        ("bermain-main", True),
        ("wi-fi", False),
        ("S2", False),
    ],
)
def test_reduplication(word: str, is_doubled: bool) -> None:
    """Written in full, with a 2, or in part."""
    assert pieces(word).is_doubled is is_doubled


@given(st.text(max_size=20))
def test_pieces_lie_in_the_word(word: str) -> None:
    """Base and clitics do not overlap, whatever the word."""
    found = pieces(word)
    places = sorted([found.base, *((start, end) for start, end, _ in found.clitics)])

    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert places[-1][1] <= len(word)

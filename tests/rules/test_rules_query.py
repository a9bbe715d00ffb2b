"""What one types to search: understood as meant, or refused with what to write instead."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.rules.query import indexed, parse_query, words_of

TURNS = (
    "Iurannya berat, Mbak. Nggak kebayar.",
    "Saya bayar tiap bulan, pembayarannya lewat HP.",
    "Sepi, ujan terus. Anyep pokoknya.",
    "Di kontrakan itu nggak ada air panas.",
    "Nggak ada kontrak, cuma omongan. 😀 Makasih ya.",
    "Yang berat itu bukan iuran sampah; anak-anak sekolahnya.",
)


def found(query: str) -> list[int]:
    """Return which of the turns an index of them finds, counted from 0."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(stem, form, content='', tokenize='ascii')")
    db.executemany(
        "INSERT INTO t (rowid, stem, form) VALUES (?, ?, ?)", ((n, *indexed(x)) for n, x in enumerate(TURNS))
    )
    rows = [n for (n,) in db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (parse_query(query).match,))]
    db.close()
    return rows


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in parse_query(query).spans(list(words_of(text)))]


@pytest.mark.parametrize(
    ("query", "turns"),
    [
        ("iuran", [0, 5]),
        ("IURAN", [0, 5]),
        ("bayar", [0, 1]),
        ("pembayaran", [0, 1]),
        ("=bayar", [1]),
        ("kontrak", [4]),
        ("kontrak*", [3, 4]),
        ('"air panas"', [3]),
        ('"panas air"', []),
        ("tidak ada", [3, 4]),
        ('"nggak ada"', [3, 4]),
        ("iuran NOT sampah", [0]),
        ("iuran BUKAN sampah", [0]),
        ("sepi OR anyep OR panas", [2, 3]),
        ("(sepi ATAU panas) NOT hujan", [3]),
        ("hujan", [2]),
        ("iuran AND berat", [0, 5]),
        ("iuran NEAR/1 berat", [0]),
        ("iuran NEAR/3 berat", [0, 5]),
        ("terima kasih", [4]),
        ("anak", [5]),
        ("and", []),
        ("berat AND NOT sampah", [0]),
    ],
)
def test_a_query_finds_what_it_says(query: str, turns: list[int]) -> None:
    assert found(query) == turns


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "(sepi",
        "sepi)",
        '"air',
        "AND sepi",
        "sepi OR",
        "NOT sepi",
        "!!!",
        "(a OR b) NEAR c",
        "=a NEAR b",
        "NEAR/5",
    ],
)
def test_a_query_that_says_nothing_is_refused(query: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_query(query)

    assert caught.value.hint


def test_hits_are_marked_where_they_stand() -> None:
    assert marked("bayar", TURNS[1]) == ["bayar", "pembayarannya"]
    assert marked('"nggak ada"', TURNS[4]) == ["Nggak ada"]
    assert marked("iuran NOT sampah", TURNS[0]) == ["Iurannya"]
    assert marked("anak", TURNS[5]) == ["anak", "anak"]
    assert marked("kontrak*", TURNS[3]) == ["kontrakan"]


@given(st.text(max_size=40))
def test_any_query_is_understood_or_refused(query: str) -> None:
    """Never an error of the database, whatever is typed."""
    with contextlib.suppress(InputError):
        found(query)


@given(st.text(max_size=60))
def test_words_stand_in_the_text(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.form == text[word.start : word.end].casefold()

"""The forms under which words are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import canonical, forms


@pytest.mark.parametrize(
    "word", ["nggak", "Ngga", "ENGGAK", "gak", "ga", "gk", "kagak", "kaga", "ndak", "nda", "tdk", "tak", "enggaaak"]
)
def test_negations_have_one_spelling(word: str) -> None:
    """All the ways to say no are one word to a rule."""
    assert canonical(word) == "tidak"


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("kalo", "kalau"),
        ("karna", "karena"),
        ("udah", "sudah"),
        ("dah", "sudah"),
        ("bangeeet", "banget"),
        ("Jum'at", "jumat"),
        ("séceng", "seceng"),
        ("se\u0301ceng", "seceng"),
        ("ker\u00adja", "kerja"),
        ("maaf", "maaf"),
        ("1000", "1000"),
    ],
)
def test_canonical_gives_the_standard_spelling(word: str, standard: str) -> None:
    """Colloquial spellings, stretched letters, accents and invisible characters are levelled, numbers are not."""
    assert standard == canonical(word)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("duitnya", "duit"),
        ("bajuku", "baju"),
        ("orangnyapun", "orang"),
        ("apakah", "apa"),
        ("BPJS-nya", "bpjs"),
        ("hpnya", "hp"),
        ("nyari", "cari"),
        ("nyapu", "sapu"),
        ("ngojek", "ojek"),
        ("ngirim", "kirim"),
        ("ngebon", "bon"),
        ("nge-grab", "grab"),
        ("nabung", "tabung"),
        ("njual", "jual"),
        ("minjem", "pinjam"),
        ("mbayar", "bayar"),
        ("mikirnya", "pikir"),
        ("make", "pakai"),
        ("dapetnya", "dapat"),
    ],
)
def test_forms_hold_the_word_without_clitic_or_nasal(word: str, form: str) -> None:
    """Clitics and colloquial nasal prefixes are taken off as another form."""
    assert form in forms(word)
    assert canonical(word) == forms(word)[0]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("kontrakan", "kontrak"),
        ("bayarin", "bayar"),
        ("langgani", "langgan"),
        ("masalah", "masa"),
        ("bangku", "bang"),
        ("adalah", "ada"),
        ("punya", "pu"),
        ("mas", "pas"),
        ("mak", "pak"),
        ("maling", "paling"),
        ("masak", "pasak"),
        ("nol", "tol"),
        ("tabung", "nabung"),
    ],
)
def test_forms_leave_other_words_alone(word: str, other: str) -> None:
    """-an, -in and -i make other words, and some words only look as if they had an affix."""
    assert other not in forms(word)


@given(st.text(min_size=1, max_size=20))
def test_forms_of_any_text_are_never_empty_and_start_with_the_standard(word: str) -> None:
    """No string breaks the normaliser, and it is stable: the standard of a standard is itself."""
    assert forms(word)[0] == canonical(word)
    assert canonical(canonical(word)) == canonical(word)

"""Standard forms of informal words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import normalise, standard
from qualcode.nlp.standards import spelled


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Nggak", "tidak"),
        ("ngikutin", "mengikuti"),
        ("nabung", "menabung"),
        ("nyari", "mencari"),
        ("nyapu", "menyapu"),
        ("ngirim", "mengirim"),
        ("ngebayar", "membayar"),
        ("mbayar", "membayar"),
        ("mesen", "memesan"),
        ("ngumpulin", "mengumpulkan"),
        ("dapetin", "dapatkan"),
        ("dibeliin", "dibelikan"),
        ("dipinjemin", "dipinjamkan"),
        ("kepotong", "terpotong"),
        ("seneng", "senang"),
        ("rame", "ramai"),
        ("ancur", "hancur"),
        ("bangeeet", "sekali"),
        ("mauuu", "mau"),
        ("gakk", "tidak"),
        ("jajan2", "jajan-jajan"),
        ("anak2nya", "anak-anaknya"),
        ("temen-temen", "teman-teman"),
        ("dapetnya", "dapatnya"),
        ("dimana", "di mana"),
        ("makasih", "terima kasih"),
        ("gatau", "tidak tahu"),
    ],
)
def test_informal_words_have_a_standard_form(word: str, form: str) -> None:
    """From the lists or by rule."""
    assert standard(word) == form


@pytest.mark.parametrize(
    "word",
    [
        "makan",
        "main",
        "malam",
        "mereka",
        "keluarga",
        "kesiangan",
        "masuk",
        "mangkal",
        "gerobak",
        "massa",
        "kalla",
        "mboten",
        "abdi",
        "kumaha",
        "payment",
        "online",
        "12",
        "xxx",
        "xxxnumberxxx",
        "SMP",
        "SM",
        "sekolah",
        "kontrakan",
        "😀",
        "-",
    ],
)
def test_standard_and_foreign_words_stay(word: str) -> None:
    """Standard words, other languages, initialisms, numbers and marks are not touched; synonyms are not exchanged."""
    assert standard(word) == word.casefold()


@pytest.mark.parametrize(
    ("word", "form", "spelling"),
    [("duitnya", "uangnya", "duitnya"), ("bangeeet", "sekali", "banget"), ("Gue", "saya", "saya")],
)
def test_colloquial_words_are_exchanged_only_in_the_standard_form(word: str, form: str, spelling: str) -> None:
    """A standard spelling, of which lemmas and stems are taken, is the same word."""
    assert (standard(word), spelled(word)) == (form, spelling)


def test_words_of_another_language_are_left_alone_where_they_stand_among_others_of_it() -> None:
    """Javanese yo is no ayo; a negation of ours is read in any company."""
    text = "Lha yo ora ono sing tuku. yo udah. aye kagak punya, bareng-bareng"

    assert [(text[item.start : item.end], item.text) for item in normalise(text)] == [
        ("yo", "ayo"),
        ("udah", "sudah"),
        ("kagak", "tidak"),
        ("bareng-bareng", "bersama-sama"),
    ]


def test_minimum_is_no_administrator() -> None:
    """What a word means in chats does not count beside a number."""
    assert [item.text for item in normalise("pagi min, beli min 5 ya")] == ["admin"]


def test_normalise_gives_places_of_the_untouched_text() -> None:
    """Positions are code points of the original; exact amounts are numbers, ambiguous ones stay."""
    text = "😀 Aku ngikutin aja, dapet 700rb, kadang gocap. Sepi."

    found = [(text[item.start : item.end], item.text) for item in normalise(text)]

    assert found == [("ngikutin", "mengikuti"), ("aja", "saja"), ("dapet", "dapat"), ("700rb", "700000")]


@given(
    st.lists(
        st.sampled_from(
            ["Aku", "nggak", "ngikutin", "700rb", "jajan2", "😀", "mboten", ",", ".", "\n", "gocap", "é", "xxx"]
        ),
        max_size=10,
    ).map(" ".join)
)
def test_normalised_words_are_ordered_and_disjoint(text: str) -> None:
    """Each change lies in the text, after the one before."""
    position = 0
    for item in normalise(text):
        assert position <= item.start < item.end <= len(text)
        assert item.text != text[item.start : item.end].casefold()
        position = item.end


@given(st.text(max_size=45))
def test_any_string_has_a_standard_form(word: str) -> None:
    """No string breaks the normaliser, and it never returns nothing."""
    assert bool(standard(word)) == bool(word)

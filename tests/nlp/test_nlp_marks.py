"""Transcription marks: kinds, counts, and what is no mark."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp.marks import NAMES, count_marks, marks, n_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Iya (tertawa) deh", [("(tertawa)", "laughter")]),
        ("Iya [tertawa kecil] deh", [("[tertawa kecil]", "laughter")]),
        ("ya (menangis) gitu", [("(menangis)", "crying")]),
        (
            "(jeda) (3 dtk) (diam sejenak) (0.5)",
            [("(jeda)", "pause"), ("(3 dtk)", "pause"), ("(diam sejenak)", "pause"), ("(0.5)", "pause")],
        ),
        ("itu [tidak jelas] ya xxx gitu", [("[tidak jelas]", "unclear"), ("xxx", "unclear")]),
        ("tahun 80 (?) lah", [("(?)", "uncertain")]),
        ("(sambil melayani pembeli) dua ya", [("(sambil melayani pembeli)", "gesture")]),
        ("(suara motor lewat)", [("(suara motor lewat)", "sound")]),
        ("si [nama anak] sekolah", [("[nama anak]", "withheld")]),
        ("((informan tampak ragu)) iya", [("((informan tampak ragu))", "comment")]),
        ("titip ke warung (1a), lewat WA (2b, 3c)", [("(1a)", "code"), ("(2b, 3c)", "code")]),
        (
            "sepi (S1.W2.120) sekali (W/I-3/12-03-2025)",
            [("(S1.W2.120)", "reference"), ("(W/I-3/12-03-2025)", "reference")],
        ),
        ("sepi S1.W2.120-125 sekali", [("S1.W2.120-125", "reference")]),
        ("iya #00:12:31-5# lalu [00:12:40] ya", [("#00:12:31-5#", "time"), ("[00:12:40]", "time")]),
        ("mau… eh --- nggak // iya = betul", [("…", "pause"), ("---", "cut"), ("//", "overlap"), ("=", "latching")]),
        ("itu *mahal* sekali", [("*mahal*", "stress")]),
        ("nrimo (artinya menerima)", [("(artinya menerima)", "gloss")]),
        ("(pembeli datang)", [("(pembeli datang)", "other")]),
        ("(berbisik) takut", [("(berbisik)", "voice")]),
        ("iya (memotong) nggak", [("(memotong)", "overlap")]),
    ],
)
def test_kinds_of_marks(text: str, found: list[tuple[str, str]]) -> None:
    """Each mark is found with its kind, where it stands."""
    assert [(text[m.start : m.end], m.kind) for m in marks(text, spoken=True, signs=True)] == found


@pytest.mark.parametrize(
    "text",
    [
        "https://contoh.example//a",
        "dua = 2",
        "2*3*4",
        "a==b",
        "anak-anak, kerja - tidur",
        "jam 7.30, Rp3.000.000",
        "XXL dan PT. X",
        "(terlalu mahal buat saya yang cuma kuli",
        "RT.05/RW.03",
        "A.1 itu",
        "**tebal**",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    """Addresses, sums, doubled words, amounts and house numbers are words."""
    assert marks(text, spoken=False, signs=True) == []


def test_words_in_writing_stay() -> None:
    """In writing a parenthesis that does not describe is part of the sentence."""
    assert marks("mahal (terlalu mahal)") == []
    assert [m.kind for m in marks("mahal (terlalu mahal)", spoken=True)] == ["other"]


def test_count() -> None:
    """Each kind that occurs is counted, in a fixed order."""
    text = "(tertawa) ya (ketawa) … [tidak jelas] (1a) *itu*"

    assert list(count_marks(text).items()) == [
        ("laughter", 2),
        ("pause", 1),
        ("unclear", 1),
        ("stress", 1),
        ("code", 1),
    ]
    assert count_marks("Jualan di pasar.") == {}
    assert set(count_marks(text)) <= set(NAMES)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("Iya.", 1),
        ("(tertawa) iya, *mahal* … xxx [tidak jelas]", 2),
        ("anak-anak – ya", 2),
        ("ke(tertawa)rja", 2),
        ("...", 0),
    ],
)
def test_words_that_were_said(text: str, n: int) -> None:
    """Marks, signs and dashes are no words; a stressed word is one."""
    assert n_words(text) == n


@given(st.text(st.sampled_from("ab (1)[]*x…-/=.#:?\n "), max_size=120), st.booleans())
def test_marks_are_ordered_disjoint_and_not_blank(text: str, spoken: bool) -> None:
    """Whatever the text, marks are in order, apart from each other, and hold something."""
    end = 0
    for mark in marks(text, spoken=spoken, signs=True):
        assert end <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end].strip()
        end = mark.end


@pytest.mark.parametrize("piece", ["(", "[", "((", "x", "*a", "A1.", "#1:11", "- ", "="])
def test_no_text_takes_long(piece: str) -> None:
    """A megabyte of what begins a mark and never ends one is read in seconds."""
    start = time.perf_counter()
    marks(piece * (1_000_000 // len(piece)), spoken=True, signs=True)

    assert time.perf_counter() - start < 5

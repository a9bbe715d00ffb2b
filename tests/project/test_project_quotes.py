"""Words that somebody copied are found again, however they were copied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.model import Transcript
from qualcode.project.quotes import find_quote

TEXT = (
    "P: Gimana, Bu?\nN: Saya “jualan” nasi uduk, kalo ujan ya sepi. Nggak nentu! Terus anak sekolah (tertawa) gitu 😀.\n"
    "P: Oh.\nN: Nggak nentu lagi. Café-nya tutup, jadi saya mangkal\ndi depan stasiun dari subuh sampai siang.\n"
)


def transcript(text: str = TEXT, name: str = "informan-01") -> Transcript:
    return Transcript(name.rjust(32, "0").replace("-", "a"), "b" * 32, name, text)


@pytest.mark.parametrize(
    ("quote", "how", "words"),
    [
        ("kalo ujan ya sepi", "exact", "kalo ujan ya sepi"),
        ("saya  mangkal di depan", "exact", "saya mangkal\ndi depan"),
        ("kalo\u00a0ujan ya sepi", "exact", "kalo ujan ya sepi"),
        ('SAYA "jualan" nasi uduk', "tolerant", "Saya “jualan” nasi uduk"),
        ("“kalo ujan, ya sepi.”", "tolerant", "kalo ujan ya sepi."),
        ("cafe nya tutup", "tolerant", "Café-nya tutup"),
        ("N: kalo ujan ya sepi (Informan 3, 12/03/2025)", "tolerant", "kalo ujan ya sepi"),
        ("Terus anak sekolah tertawa gitu", "tolerant", "Terus anak sekolah (tertawa) gitu"),
        (
            "Saya jualan … anak sekolah",
            "shortened",
            "Saya “jualan” nasi uduk, kalo ujan ya sepi. Nggak nentu! Terus anak sekolah",
        ),
        ("…kalo ujan [...] anak sekolah...", "shortened", "kalo ujan ya sepi. Nggak nentu! Terus anak sekolah"),
        ("jualan [dagangan] kalo ujan", "shortened", "jualan” nasi uduk, kalo ujan"),
        (
            "saya mangkal didepan stasiun dr subuh sampe siang",
            "fuzzy",
            "saya mangkal\ndi depan stasiun dari subuh sampai siang",
        ),
    ],
)
def test_a_quote_is_found_as_surely_as_it_can_be(quote: str, how: str, words: str) -> None:
    """Exact before tolerant before shortened before alike; the span is of the transcript's own words."""
    (found,) = find_quote(quote, [transcript()])

    assert (found.how, found.span.of(TEXT)) == (how, words)


def test_what_is_not_there_or_too_short_is_not_found() -> None:
    """Nothing is guessed."""
    for quote in ("", "…", "tidak pernah ada yang bilang begini di mana pun", "nentu lagii", "😀", "[...]"):
        assert find_quote(quote, [transcript()]) == () or quote == "😀"


def test_all_places_are_returned() -> None:
    """Whoever asked decides what to do with several."""
    found = find_quote("nggak nentu", [transcript(), transcript(name="informan-02")])

    assert len(found) == 4
    assert {each.how for each in found} == {"tolerant"}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.data())
def test_any_part_of_any_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    """Whatever the characters, spans lie in the text, and a copied part is found with the same words."""
    text = text.replace("\r", " ").lstrip("\ufeff")
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : start + data.draw(st.integers(0, 40))]

    found = find_quote(quote, [transcript(text)])

    assert all(each.span.end <= len(text) for each in found)
    if quote.split():
        assert any(each.span.of(text).split() == quote.split() for each in found)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=60))
def test_any_quote_is_looked_for_without_breaking(text: str, quote: str) -> None:
    """No quote and no text makes the search fail or leave the text."""
    text = text.replace("\r", " ").lstrip("\ufeff")
    for each in find_quote(quote, [transcript(text)]):
        assert 0 <= each.span.start < each.span.end <= len(text)

"""Guarding and escaping lose nothing and let nothing through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.files.cells import CELL, escape, guard, shorten_cell, unescape, unguard, width

hostile = st.text(st.sampled_from("=+-@＝\t\r\n '\"a1_xX0DBF\u200b\ufeff😀\x00"), max_size=12) | st.text(max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+62",
        "-- lalu",
        "@ibu",
        "\tx",
        "\rx",
        " =1",
        "\n=1",
        "'=1",
        "  '@",
        "＝1",
        "\ufeff=1",
        "\u200b=1",
        "\u00a0=1",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "utang", "'teks'", "a=1", "12-13", "… lalu", " spasi", "\nbaris"])
def test_plain_text_stays(text: str) -> None:
    assert guard(text) == text


@given(hostile)
def test_unguard_gives_back_what_guard_was_given(text: str) -> None:
    assert unguard(guard(text)) == text


@given(hostile)
def test_guarded_text_never_begins_like_a_formula(text: str) -> None:
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


@given(hostile | st.text(st.sampled_from("_x0041FDabg"), max_size=14))
def test_unescape_gives_back_what_escape_was_given(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.integers(CELL - 5, CELL + 5), st.sampled_from(["a", "😀", "a😀"]))
def test_a_shortened_cell_fits_and_ends_as_told(n: int, unit: str) -> None:
    short = shorten_cell(unit * n, "… [cut]")

    assert width(short) <= CELL
    assert width(short) >= CELL - 2
    assert short.endswith("… [cut]")
    assert (unit * n).startswith(short.removesuffix("… [cut]"))

"""What a person points at is found exactly, or said not to be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.model import Role, Span, Transcript, Turn
from qualcode.project.passages import locate

TEXT = "P: Hujan, Bu?\nN: Ya 😀 sepi. Ya  sepi\nbanget kalo ujan."
TRANSCRIPT = Transcript(
    "a" * 32,
    "b" * 32,
    "informan-01",
    TEXT,
    turns=(Turn(Span(3, 13), "P", Role.INTERVIEWER), Turn(Span(17, len(TEXT)), "N")),
)


def test_locate_takes_the_whole_turn_without_a_quote() -> None:
    assert "Hujan, Bu?" == locate(TRANSCRIPT, turn=1).of(TEXT)


def test_locate_counts_an_emoji_as_one() -> None:
    assert "😀 sepi." == locate(TRANSCRIPT, turn=2, quote="😀 sepi.").of(TEXT)


def test_locate_lets_white_space_differ() -> None:
    assert "sepi\nbanget kalo" == locate(TRANSCRIPT, quote="sepi banget   kalo").of(TEXT)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"turn": 3}, "its turns are 1 to 2"),
        ({"turn": 1, "quote": "kalo ujan"}, "do not stand in informan-01:1"),
        ({"quote": "sepi"}, "stand 2 times"),
        ({"span": Span(0, 999)}, "ends at"),
        ({}, "name the passage"),
    ],
)
def test_locate_says_what_is_missing(wanted: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        locate(TRANSCRIPT, **wanted)  # type: ignore[arg-type]


@given(st.integers(17, len(TEXT) - 1), st.integers(1, 30))
def test_locate_finds_any_words_that_stand_once(start: int, length: int) -> None:
    words = TEXT[start : start + length].split()
    quote = " ".join(words)
    if not words or TEXT.count(words[0]) > 1 or "  " in TEXT[start : start + length].strip():
        return

    assert quote.split() == locate(TRANSCRIPT, quote=quote).of(TEXT).split()

"""Spans mark what they say they mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Span

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXT, st.data())
def test_span_of_is_the_slice_by_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert "".join(list(text)[start:end]) == Span(start, end).of(text)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_span_overlap_is_sharing_a_code_point(a: int, m: int, b: int, n: int) -> None:
    first, second = Span(a, a + m), Span(b, b + n)

    assert bool(set(range(a, a + m)) & set(range(b, b + n))) == first.overlaps(second) == second.overlaps(first)
    assert (set(range(b, b + n)) <= set(range(a, a + m))) == first.covers(second)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_span_refuses_what_is_no_range(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


def test_span_counts_an_emoji_as_one() -> None:
    assert "saja" == Span(7, 11).of("Baik 😀 saja, Bu.")

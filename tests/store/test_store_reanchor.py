"""Spans of one text found again in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Span
from qualcode.store.reanchor import Anchors

WORDS = st.lists(
    st.sampled_from(["ya", "nggak", "saya", "jual", "bakso", "😀", "hujan", ",", "\n", "e\u0301"]), max_size=60
)


@given(WORDS, WORDS, WORDS, st.data())
def test_what_moves_exactly_is_word_for_word_the_same(
    head: list[str], shared: list[str], tail: list[str], data: st.DataObject
) -> None:
    old, new = " ".join([*head, *shared, *tail]), " ".join([*tail, *shared, *head])
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    anchors = Anchors(old, new)
    exact, near = anchors.exact(span), anchors.near(span)

    if exact is not None:
        assert exact.of(new) == span.of(old)
        assert near == exact
    if near is not None:
        assert near.end <= len(new)


@given(WORDS, st.text(max_size=20), st.data())
def test_text_put_before_moves_every_span_exactly(words: list[str], prefix: str, data: st.DataObject) -> None:
    old = "\n".join(words)
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    found = Anchors(old, f"{prefix}\n\n{old}").near(span)

    assert found is not None
    assert Anchors(old, old).exact(span) == span


def test_a_word_that_went_is_doubtful_and_what_is_left_is_proposed() -> None:
    anchors = Anchors("saya jual bakso tiap hari", "saya jual tiap hari")

    assert anchors.exact(Span(0, 15)) is None
    assert anchors.near(Span(0, 15)) == Span(0, 9)
    assert anchors.near(Span(10, 15)) is None
    assert anchors.exact(Span(16, 25)) == Span(10, 19)


def test_a_long_text_whose_lines_repeat_is_still_compared_whole() -> None:
    lines = [f"N: ya begitu saja {n % 7}" for n in range(3000)]
    old = "\n".join(lines)
    lines[1500] = "N: bukan begitu"
    anchors = Anchors(old, "\n".join(lines))
    at = old.index("\n", len(old) * 3 // 4)

    assert anchors.exact(Span(10, 500)) == Span(10, 500)
    assert anchors.exact(Span(at, at + 300)) is not None

"""Replacing words keeps everything else on the same words, to the code point."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Role, Span, Transcript, Turn
from qualcode.privacy.masking import Replacement, mask, moved, replaced_in
from qualcode.privacy.rewriting import rewritten

ALPHABET = "aS é\u0301😀👩‍🦰\n:.ñ"


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    """A text and disjoint replacements in it, some of them touching."""
    text = draw(st.text(ALPHABET, min_size=1, max_size=60))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    found = []
    for start, end in itertools.pairwise(edges):
        if start < end and draw(st.booleans()):
            found.append(Replacement(Span(start, end), draw(st.text(ALPHABET, min_size=1, max_size=5))))
    return text, found


@given(cut_texts())
def test_blocks_hold_the_same_words_in_both_texts(made: tuple[str, list[Replacement]]) -> None:
    text, replacements = made
    masked = mask(Transcript("t", "r1", "a", text), replacements, revision="r2")
    new = masked.transcript.text

    assert len(masked.blocks) == len(replacements) + 1
    for old, at, length in masked.blocks:
        assert text[old : old + length] == new[at : at + length]
    assert [span.of(new) for span in masked.replaced] == [r.text for r in sorted(replacements, key=lambda r: r.span)]
    assert masked.blocks[0][:2] == (0, 0)
    assert (masked.blocks[-1][0] + masked.blocks[-1][2], masked.blocks[-1][1] + masked.blocks[-1][2]) == (
        len(text),
        len(new),
    )


@given(cut_texts(), st.data())
def test_a_span_stands_on_the_same_words_or_on_the_whole_replacement(
    made: tuple[str, list[Replacement]], data: st.DataObject
) -> None:
    text, replacements = made
    masked = mask(Transcript("t", "r1", "a", text), replacements, revision="r2")
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    ordered = sorted(replacements, key=lambda each: each.span)

    expected, at = [], span.start
    for each in ordered:
        if each.span.overlaps(span):
            expected += [text[at : max(at, each.span.start)], each.text]
            at = each.span.end
    expected.append(text[at : max(at, span.end)])

    assert masked.moved(span).of(masked.transcript.text) == "".join(expected)


@given(cut_texts())
def test_masking_twice_moves_as_the_two_moves_together(made: tuple[str, list[Replacement]]) -> None:
    text, replacements = made
    first = mask(Transcript("t", "r1", "a", text), replacements, revision="r2")
    second = mask(first.transcript, [Replacement(span, "X") for span in first.replaced], revision="r3")
    whole = Span(0, len(text))

    assert second.moved(first.moved(whole)) == Span(0, len(second.transcript.text))
    assert all(span.of(second.transcript.text) == "X" for span in second.replaced)


@given(cut_texts(), st.data())
def test_turns_keep_their_words(made: tuple[str, list[Replacement]], data: st.DataObject) -> None:
    text, replacements = made
    edges = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    turns = tuple(Turn(Span(a, b), "", time=float(a)) for a, b in zip(edges[::2], edges[1::2], strict=False))
    inside = [
        each
        for each in replacements
        if not any(
            each.span.start < edge < each.span.end for turn in turns for edge in (turn.span.start, turn.span.end)
        )
    ]
    talk = Transcript("t", "r1", "a", text, turns=turns)
    masked = mask(talk, inside, revision="r2")

    assert [turn.time for turn in masked.transcript.turns] == [turn.time for turn in turns]
    for old, new in zip(turns, masked.transcript.turns, strict=True):
        alone = mask(
            Transcript("t", "r", "a", old.span.of(text)),
            [Replacement(r.span.shifted(-old.span.start), r.text) for r in inside if old.span.covers(r.span)],
            revision="r",
        )
        assert new.span.of(masked.transcript.text) == alone.transcript.text


def test_labels_in_the_text_and_those_told_otherwise() -> None:
    text = "Sari: satu\nP: dua Sari\nSari: tiga"
    turns = (
        Turn(Span(6, 10), "Sari", Role.INFORMANT, "i1"),
        Turn(Span(14, 22), "P", Role.INTERVIEWER),
        Turn(Span(29, 33), "Sari", Role.INFORMANT, "i1"),
    )
    names = [Replacement(Span(0, 4), "Ibu S"), Replacement(Span(18, 22), "Ibu S"), Replacement(Span(23, 27), "Ibu S")]
    masked = mask(Transcript("t", "r1", "a", text, turns=turns), names, revision="r2").transcript

    assert masked.text == "Ibu S: satu\nP: dua Ibu S\nIbu S: tiga"
    assert [(turn.speaker, turn.role, turn.informant) for turn in masked.turns] == [
        ("Ibu S", Role.INFORMANT, "i1"),
        ("P", Role.INTERVIEWER, None),
        ("Ibu S", Role.INFORMANT, "i1"),
    ]
    beside = Transcript("t", "r1", "a", "dua Sari", turns=(Turn(Span(0, 8), "Bu Sari"),))
    assert mask(beside, [Replacement(Span(4, 8), "Wulan")], revision="r2").transcript.turns[0].speaker == "Bu Wulan"


@pytest.mark.parametrize(
    "spans", [[Span(0, 4), Span(3, 5)], [Span(30, 40)], [Span(3, 7)]], ids=["overlap", "outside", "over a turn's edge"]
)
def test_what_cannot_be_replaced_is_refused(spans: list[Span]) -> None:
    talk = Transcript("t", "r1", "a", "Sari: satu dua", turns=(Turn(Span(6, 14), "Sari"),))
    with pytest.raises(ValueError):
        mask(talk, [Replacement(span, "X") for span in spans], revision="r2")
    with pytest.raises(ValueError):
        Replacement(Span(0, 1), "")


def test_blocks_alone_say_where_things_stand() -> None:
    blocks = ((0, 0, 0), (4, 5, 0), (8, 7, 3))
    assert replaced_in(blocks) == (Span(0, 5), Span(5, 7))
    assert [moved(blocks, Span(a, b)) for a, b in [(0, 4), (4, 8), (2, 5), (8, 9), (0, 11)]] == [
        Span(0, 5),
        Span(5, 7),
        Span(0, 7),
        Span(7, 8),
        Span(0, 10),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bu Sari-nya, Sarinya", "Bu Wulan-nya, Wulannya"),
        ("02_sari_dewi.docx", "02_wulan_ratna.docx"),
        ("SARI dan Sarinah dan sarikaya", "Wulan dan Sarinah dan sarikaya"),
        ("nomor 0812-3456 dan 10812-3456", "nomor [nomor] dan 10812-3456"),
        ("sandi (tidak ada)", "sandi (tidak ada)"),
    ],
)
def test_the_same_words_elsewhere(text: str, expected: str) -> None:
    words = {"Sari": "Wulan", "Dewi": "Ratna", "Sari Dewi": "Wulan Ratna", "0812-3456": "[nomor]"}
    assert rewritten(text, words) == expected

"""Putting other words in the place of some of a transcript's, and knowing exactly where all else then stands."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.model import Span, Transcript
from qualcode.privacy.rewriting import rewritten

__all__ = ["Block", "Masked", "Replacement", "mask", "moved", "replaced_in"]

Block = tuple[int, int, int]
"""Where text that stayed began, where it begins now, and how many code points it has; none where two replacements touch."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of a text and the words that come in its place.

    Raises
    ------
    ValueError
        If there are no words, or they would not be text of a transcript.
    """

    span: Span
    text: str

    def __post_init__(self) -> None:
        if not self.text or "\r" in self.text or self.text.startswith("\ufeff"):
            raise ValueError("a replacement needs words, with \\n line ends and no BOM")


@dataclass(frozen=True, slots=True)
class Masked:
    """A transcript with other words, and what of its text stayed.

    `blocks` are in order, one more than there are replacements: the first begins at the start of both texts, the last ends at their
    ends, and what lies between two is one replacement. Some may be empty.
    """

    transcript: Transcript
    blocks: tuple[Block, ...]

    def moved(self, span: Span) -> Span:
        """Return where *span* of the text that was stands now; what begins or ends inside a replacement holds all of it."""
        return moved(self.blocks, span)

    @property
    def replaced(self) -> tuple[Span, ...]:
        """Where words stand that came in the place of others."""
        return replaced_in(self.blocks)


def mask(transcript: Transcript, replacements: Sequence[Replacement], *, revision: str) -> Masked:
    """Return *transcript* with its words replaced, as the revision of that guid.

    Turns, their labels and times move along. A label that stands in the text is what its place says now, in all turns that bear it; one
    that does not is told by the words that were replaced.

    Parameters
    ----------
    transcript : Transcript
        The text that is; it stays as it was.
    replacements : sequence of Replacement
        In any order, in code points of that text.
    revision : str
        Guid of the new text.

    Raises
    ------
    ValueError
        If replacements overlap, leave the text, or cross the edge of a turn.

    Examples
    --------
    >>> from qualcode.model import Turn
    >>> talk = Transcript("t", "r1", "a", "Sari: Saya 😀 Sari.", turns=(Turn(Span(6, 18), "Sari"),))
    >>> masked = mask(talk, [Replacement(Span(0, 4), "Wulan"), Replacement(Span(13, 17), "Wulan")], revision="r2")
    >>> masked.transcript.text, masked.transcript.turns[0].speaker, masked.moved(Span(6, 10)).of(masked.transcript.text)
    ('Wulan: Saya 😀 Wulan.', 'Wulan', 'Saya')
    """
    ordered = sorted(replacements, key=lambda each: each.span)
    _require_apart(transcript, ordered)
    blocks: list[Block] = []
    pieces: list[str] = []
    old = new = 0
    for each in ordered:
        length = each.span.start - old
        blocks.append((old, new, length))
        pieces += (transcript.text[old : each.span.start], each.text)
        old, new = each.span.end, new + length + len(each.text)
    blocks.append((old, new, len(transcript.text) - old))
    text = "".join((*pieces, transcript.text[old:]))
    labels = _labels(transcript, ordered, text, blocks)
    turns = tuple(
        replace(turn, span=moved(blocks, turn.span), speaker=labels.get(turn.speaker, turn.speaker))
        for turn in transcript.turns
    )
    made = replace(transcript, revision=revision, text=text, turns=turns, sha256="")
    return Masked(made, tuple(blocks))


def moved(blocks: Sequence[Block], span: Span) -> Span:
    """Return where *span* of the text that was stands now, exactly; what begins or ends inside a replacement holds all of it.

    Parameters
    ----------
    blocks : sequence of (int, int, int)
        As `Masked` has them.
    """
    # The last block that begins at or before the place; of empty ones at one place, the last, which lies behind the replacement.
    at = bisect_right(blocks, span.start, key=lambda block: block[0]) - 1
    old, new, length = blocks[at]
    start = new + min(span.start - old, length)
    # Likewise the first block that reaches the end: those before it begin before the end.
    at = bisect_right(blocks, span.end - 1, key=lambda block: block[0]) - 1
    old, new, length = blocks[at]
    end = new + span.end - old if span.end <= old + length else blocks[at + 1][1]
    return Span(start, end)


def replaced_in(blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Return where words stand in the new text that came in the place of others."""
    return tuple(Span(new + length, after) for (_, new, length), (_, after, _) in itertools.pairwise(blocks))


def _require_apart(transcript: Transcript, ordered: Sequence[Replacement]) -> None:
    """Refuse replacements that overlap, leave the text or cross the edge of a turn."""
    edges = sorted({edge for turn in transcript.turns for edge in (turn.span.start, turn.span.end)})
    end = 0
    for each in ordered:
        if each.span.start < end:
            raise ValueError(f"replacements are disjoint: one starts at {each.span.start} before {end}")
        end = each.span.end
        following = bisect_right(edges, each.span.start)
        if following < len(edges) and edges[following] < each.span.end:
            raise ValueError(f"a replacement crosses the edge of a turn at {edges[following]}")
    if end > len(transcript.text):
        raise ValueError(f"a replacement ends at {end}, the text at {len(transcript.text)}")


def _labels(
    transcript: Transcript, ordered: Sequence[Replacement], text: str, blocks: Sequence[Block]
) -> dict[str, str]:
    """Return what each label has become."""
    starts = [each.span.start for each in ordered]
    found: dict[str, str] = {}
    unseen: set[str] = set()
    end = 0
    for turn in transcript.turns:
        label = turn.speaker
        gap, end = (end, turn.span.start), turn.span.end
        if not label or label in found:
            continue
        place = transcript.text.rfind(label, *gap)
        if place < 0:
            unseen.add(label)
            continue
        unseen.discard(label)
        span = Span(place, place + len(label))
        last = bisect_right(starts, span.end - 1) - 1
        if last >= 0 and ordered[last].span.overlaps(span):
            found[label] = moved(blocks, span).of(text)
    words: dict[str, str] = {}
    for each in ordered:
        words.setdefault(each.span.of(transcript.text), each.text)
    return found | {label: rewritten(label, words) for label in unseen - found.keys()}

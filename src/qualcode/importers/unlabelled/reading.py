"""A talk without labels before and after it was read: its paragraphs, and the words of either side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from qualcode.importers._words import SECTION
from qualcode.importers.unlabelled.asking import is_prompt, sounds_asking, sounds_spoken
from qualcode.importers.unlabelled.set_apart import Paragraph
from qualcode.model import Span

__all__ = ["Piece", "Reading", "Talk", "as_turns", "is_heading"]


@dataclass(frozen=True, slots=True)
class Talk:
    """Paragraphs that may be a talk.

    `headings` are where lines begin that the format calls headings; `labelled` is the side that has labels, if one has, by the start
    of its paragraphs: where its words begin, the label, whether it asks. `told` says that the head of the text speaks of an interview,
    `sure` that the user does.
    """

    text: str
    paragraphs: Sequence[Paragraph]
    headings: Collection[int] = ()
    labelled: Mapping[int, tuple[int, str, bool]] = ()  # type: ignore[assignment]
    told: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one side: `start` is where what stands before them begins, `end` where what closes them ends.

    `goes_on` says that they go on with the piece above, `unclear` that it might be the other side.
    """

    start: int
    words: Span
    end: int
    asks: bool
    goes_on: bool = False
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A talk as it was read: its pieces, where passages begin that belong to nobody, the rule, and whether that is certain."""

    pieces: tuple[Piece, ...]
    loose: tuple[int, ...]
    rule: str
    sure: bool


def as_turns(talk: Talk, sides: Sequence[bool], rule: str, *, sure: bool, loose: Sequence[int] = ()) -> Reading:
    """Return the paragraphs as pieces; those of one side below each other are one turn."""
    pieces: list[Piece] = []
    empty: list[int] = []
    broken = True
    for p, side in zip(talk.paragraphs, sides, strict=True):
        if p.span.start in loose:
            broken = True
            continue
        begin = talk.labelled[p.span.start][0] if talk.labelled and p.span.start in talk.labelled else p.words.start
        if begin >= p.words.end:  # a label without words
            empty.append(p.span.start)
            continue
        goes_on = bool(pieces) and pieces[-1].asks == side and not broken
        pieces.append(Piece(p.span.start, Span(begin, p.words.end), p.span.end, side, goes_on=goes_on))
        broken = False
    return Reading(tuple(pieces), (*loose, *empty), rule, sure and talk.told)


def is_heading(talk: Talk, at: int) -> bool:
    """Tell whether a paragraph is a heading among the turns."""
    p = talk.paragraphs[at]
    words = p.words.of(talk.text)
    if p.span.start in talk.headings or p.span.of(talk.text).startswith("#"):
        return not sounds_asking(words)
    if len(words) > 70 or not words or words[-1] in '.?!,;…"”)' or p.opens or p.closes:
        return False
    if sounds_asking(words) or is_prompt(words) or sounds_spoken(words):
        return False
    few = words.count(" ") < 7 and words[:1].isupper()
    return few and (SECTION.match(words) is not None or "bold" in p.looks or "capitals" in p.looks or words[-1] == ":")

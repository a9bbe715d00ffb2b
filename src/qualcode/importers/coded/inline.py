"""Codes written out behind the words they are on: ``(Kode: upah rendah)``, on a line below, or ``[upah rendah]`` in bold letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.files.document import Format
from qualcode.importers.coded.codes import labels_in
from qualcode.importers.coded.columns import LEVELS
from qualcode.importers.coded.marks import marked_passages
from qualcode.importers.coded.passages import Marked
from qualcode.importers.unlabelled.blocks import Block, blocks_in
from qualcode.model import Span
from qualcode.nlp.marks import kind_of

__all__ = ["codes_below_quotes", "codes_in_brackets", "may_hold_codes"]

_STATED = re.compile(
    r"[(\[{]\s*(?:kode|koding|coding|code|label|konsep)\s*[:=]\s*(?P<labels>[^()\[\]{}\n]{2,120})[)\]}]", re.IGNORECASE
)
_LINE = re.compile(
    r"^[ \t]*(?:(?:[-=–—]*>+|[→➔➜⇒»*])[ \t]*)?(?:kode|koding|coding|codes?|konsep)[ \t]*[:=][ \t]*(?P<labels>[^\n?]{2,120})$",
    re.IGNORECASE | re.MULTILINE,
)
"""The same on a line below what the code is on."""
_TAGS = re.compile(r"(?:[ \t]#[^\W\d][\w-]*)+[ \t.]*$")
"""Codes as hashtags behind an answer."""
_BRACKET = re.compile(r"[\[{](?P<labels>[^()\[\]{}\n:?!]{3,80})[\]}]")
_FEWEST = 3
"""So many brackets in letters that look different are no accident."""
_WORDS = 8


def may_hold_codes(text: str) -> bool:
    """Tell whether it is worth looking for codes in brackets."""
    square = text.count("[") + text.count("{")
    if _LINE.search(text) is not None or text.count(" #") >= _FEWEST:
        return True
    if not square and "(" not in text:
        return False
    return _STATED.search(text) is not None or (square >= _FEWEST and len(_BRACKET.findall(text)) >= _FEWEST)


def codes_below_quotes(text: str, turns: Sequence[Span]) -> list[tuple[Marked, Span]]:
    """Return the codes that stand below quotes, as `blocks_in` finds them, with the quotes; each of these is one of *turns*."""
    starts = {turn.start: turn for turn in turns}
    found: list[tuple[Marked, Span]] = []
    for block in blocks_in(text):
        if (turn := starts.get(block.start)) is not None:
            paths = _paths(block)
            marks = [span for span in block.beside if span.start > block.end and text[span.start] != "("]
            found += [(Marked(turn, paths if at == 0 else ()), mark) for at, mark in enumerate(marks)]
    return found


def _paths(block: Block) -> tuple[tuple[str, ...], ...]:
    """Return the codes of a block, each with what stands above it; where several stand above, they are codes themselves."""
    labels = {name: [x for level, said in block.levels if level == name for x in labels_in(said)] for name in LEVELS}
    filled = [labels[name] for name in LEVELS if labels[name]]
    if not filled:
        return ()
    above = tuple(wide[0] for wide in reversed(filled[1:]) if len(wide) == 1)
    loose = [(label,) for wide in filled[1:] if len(wide) > 1 for label in wide]
    return tuple(dict.fromkeys([*((*above, label) for label in filled[0]), *loose]))


def codes_in_brackets(text: str, turns: Sequence[Span], formats: Sequence[Format]) -> list[tuple[Marked, Span]]:
    """Return the codes that stand in brackets in *turns* of *text*, with the words in front of them, and where the brackets stand.

    They say that they are codes, or are in bold or underlined letters which the words in front are not. What a transcriber
    remarks, such as ``[tertawa]``, is none. *formats* lie in *text*.
    """
    tagged = [
        (Span(*match.span()), "; ".join(match[0].replace("_", " ").rstrip(" \t.").split("#")[1:]))
        for turn in turns
        if (match := _TAGS.search(text, turn.start, turn.end)) is not None and match.start() > turn.start
    ]
    stated = [(span, labels) for turn in turns for span, labels in _stated(text, turn)]
    stated += tagged if len(tagged) >= _FEWEST else []
    distinct = [
        (span, labels)
        for turn in turns
        for span, labels in _set_apart(text, turn, formats)
        if (span, labels) not in stated
    ]
    found = [*stated, *(distinct if len(distinct) >= _FEWEST else [])]
    if not found:
        return []
    marks = [(str(number), span) for number, (span, _) in enumerate(found)]
    labels = {str(number): labels for number, (_, labels) in enumerate(found)}
    passages = marked_passages(text, turns, labels, (), marks)
    return [
        (Marked(each.span, tuple((label,) for label in labels_in(labels[each.mark].replace(",", ";")))), each.at)
        for each in passages
        if each.mark in labels and (each.mark, each.at) in marks
    ]  # fmt: skip


def _stated(text: str, turn: Span) -> Iterator[tuple[Span, str]]:
    for match in _STATED.finditer(text, turn.start, turn.end):
        yield Span(*match.span()), match["labels"]
    for match in _LINE.finditer(text, turn.start, turn.end):
        if match.start() > turn.start:  # below something that is said
            yield Span(*match.span()), match["labels"]


def _set_apart(text: str, turn: Span, formats: Sequence[Format]) -> Iterator[tuple[Span, str]]:
    """Yield what stands in brackets whose letters are bold or underlined, which those before are not."""
    for match in _BRACKET.finditer(text, turn.start, turn.end):
        start, end = match.start("labels"), match.end("labels")
        here = [f for f in formats if (f.bold or f.underlined) and f.start <= start and f.end >= end]
        alone = any(f.start >= match.start() - 2 for f in here)
        if alone and len(match["labels"].split()) <= _WORDS and kind_of(f"[{match['labels']}]") == "other":
            yield Span(*match.span()), match["labels"]

"""Where the spans of one text stand in another: a text diff that only moves what stays word for word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from qualcode.model import Span

__all__ = ["Anchors"]

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class _Block(NamedTuple):
    """A stretch that both texts share."""

    old: int
    new: int
    length: int


class Anchors:
    r"""The stretches that two texts share, found by lines first and by words within the lines that changed.

    Linear in the texts while changes are few; a change costs the square of the lines, then of the words, that it touches.

    Examples
    --------
    >>> anchors = Anchors("P: ya\nN: saya jual bakso", "P: ya, Bu\nN: saya jual bakso")
    >>> anchors.exact(Span(9, 24))
    Span(start=13, end=28)
    >>> anchors.exact(Span(0, 8)) is None
    True
    """

    def __init__(self, old: str, new: str) -> None:
        self._blocks = _joined(_blocks(old, new))
        self._starts = [block.old for block in self._blocks]
        self._new_length = len(new)

    def exact(self, span: Span) -> Span | None:
        """Return where *span* of the old text stands in the new one, if the words and what is between them stayed as they were."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        block = self._blocks[at]
        return span.shifted(block.new - block.old) if span.end <= block.old + block.length else None

    def near(self, span: Span) -> Span | None:
        """Return the stretch of the new text that best stands for *span*, for a person to judge; None where nothing of it is left."""
        kept = [block for block in self._blocks if block.old < span.end and span.start < block.old + block.length]
        if not kept:
            return None
        first, last = kept[0], kept[-1]
        start = first.new + max(0, span.start - first.old)
        end = last.new + min(last.length, span.end - last.old)
        return Span(start, end) if start < end else None


def _blocks(old: str, new: str) -> Iterator[_Block]:
    """Yield the shared stretches in order."""
    lines_old, lines_new = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts_old, starts_new = _offsets(lines_old), _offsets(lines_new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, lines_old, lines_new, autojunk=False).get_opcodes():
        a, b = starts_old[i1], starts_new[j1]
        if tag == "equal":
            yield _Block(a, b, starts_old[i2] - a)
        elif tag == "replace":
            words_old, words_new = TOKEN.findall(old[a : starts_old[i2]]), TOKEN.findall(new[b : starts_new[j2]])
            at_old, at_new = _offsets(words_old), _offsets(words_new)
            for x, y, n in SequenceMatcher(None, words_old, words_new, autojunk=False).get_matching_blocks():
                if n:
                    yield _Block(a + at_old[x], b + at_new[y], at_old[x + n] - at_old[x])


def _offsets(parts: Sequence[str]) -> list[int]:
    """Return where each part begins, and where the last one ends."""
    found, at = [0], 0
    for part in parts:
        at += len(part)
        found.append(at)
    return found


def _joined(blocks: Iterator[_Block]) -> list[_Block]:
    """Return *blocks* with those that continue each other in both texts made one."""
    found: list[_Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and last.old + last.length == block.old and last.new + last.length == block.new:
            found[-1] = _Block(last.old, last.new, last.length + block.length)
        else:
            found.append(block)
    return found

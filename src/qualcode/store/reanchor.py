"""Where the spans of one text stand in another: a text diff that only moves what stays word for word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from qualcode.model import Span

__all__ = ["Anchors"]

TOKEN = re.compile(r"\w+|\W")


PHRASE = 12
"""Tokens in a phrase that anchors: some six words with what stands between them."""

MANY = 4_000_000
"""From so many pairs of parts on, comparing all of them takes seconds."""


class _Block(NamedTuple):
    """A stretch that both texts share."""

    old: int
    new: int
    length: int


class Anchors:
    r"""The stretches that two texts share, word for word.

    Linear in the texts; what lies between two shared phrases costs the square of its words.

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
        self._new = new

    @property
    def blocks(self) -> tuple[tuple[int, int, int], ...]:
        """The shared stretches in order: where each begins in the old text, in the new one, and how long it is."""
        return tuple((block.old, block.new, block.length) for block in self._blocks)

    def exact(self, span: Span) -> Span | None:
        """Return where *span* of the old text stands in the new one, if the words and what is between them stayed as they were."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        block = self._blocks[at]
        return span.shifted(block.new - block.old) if span.end <= block.old + block.length else None

    def near(self, span: Span) -> Span | None:
        """Return what stands in the place of *span* in the new text, for a person to judge; None where nothing does."""
        if (exact := self.exact(span)) is not None:
            return exact
        start, end = self._start(span.start), self._end(span.end)
        while start < end and self._new[start].isspace():
            start += 1
        while start < end and self._new[end - 1].isspace():
            end -= 1
        return Span(start, end) if start < end else None

    def _start(self, at: int) -> int:
        """Return where what began at *at* begins now: words put in the place of others begin where those did."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return 0
        block = self._blocks[number]
        return block.new + min(at - block.old, block.length)

    def _end(self, at: int) -> int:
        """Return where what ended at *at* ends now."""
        number = bisect_left(self._starts, at) - 1
        if number >= 0 and at <= self._blocks[number].old + self._blocks[number].length:
            return self._blocks[number].new + at - self._blocks[number].old
        following = number + 1
        return self._blocks[following].new if following < len(self._blocks) else len(self._new)


def _blocks(old: str, new: str) -> Iterator[_Block]:
    """Yield the shared stretches in order."""
    words_old, words_new = TOKEN.findall(old), TOKEN.findall(new)
    at_old, at_new = _offsets(words_old), _offsets(words_new)
    for i, j, n in _runs(words_old, words_new):
        yield _Block(at_old[i], at_new[j], at_old[i + n] - at_old[i])


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (place in *old*, place in *new*, length) of the shared runs of tokens, in order.

    Phrases that stand once in each text anchor the rest; only what lies between them is compared token by token.
    """
    x = y = 0
    for i, j in [(0, 0), *_anchors(old, new), (len(old), len(new))]:
        if i < x or j < y:
            continue  # inside the run before it
        while i > x and j > y and old[i - 1] == new[j - 1]:
            i, j = i - 1, j - 1
        for a, b, n in _matcher(old[x:i], new[y:j]).get_matching_blocks():
            if n:
                yield x + a, y + b, n
        n = 0
        while i + n < len(old) and j + n < len(new) and old[i + n] == new[j + n]:
            n += 1
        if n:
            yield i, j, n
        x, y = i + n, j + n


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the phrases that stand once in each text begin, as many as stand in the same order in both (patience diff)."""
    there = _once(new)
    pairs = sorted((i, there[phrase]) for phrase, i in _once(old).items() if phrase in there)
    tops: list[int] = []  # the least end of an ordered series of each length, and the pair that ends it
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [j]
        ends[at : at + 1] = [number]
    found, number = [], ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _once(tokens: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the phrases of `PHRASE` tokens that stand once in *tokens*, and where."""
    found: dict[tuple[str, ...], int] = {}
    for i in range(len(tokens) - PHRASE + 1):
        phrase = tuple(tokens[i : i + PHRASE])
        found[phrase] = -1 if phrase in found else i
    return {phrase: i for phrase, i in found.items() if i >= 0}


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Return a matcher that, where the parts are very many, does not begin a match at one that stands everywhere (a space, "ya")."""
    return SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > MANY)


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

"""A text as the recognisers see it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.model import Span

__all__ = ["Label", "Page"]

CAPITAL = re.compile(r"(?<![^\W_])(?<![@/\\])[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’][^\W\d_]+)?")
SMALL = re.compile(r"(?<![^\W_])[a-z][^\W\d_]{1,}")
OPENING = frozenset(".!?…:;\"“”‘(['—–-*_>•|/\n\t=")
"""Signs after which a capital says nothing."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a speaker's label stands."""

    span: Span


@dataclass(frozen=True)
class Page:
    """A text, its speakers' labels, and the names that the user gave.

    Everything derived is made once: `small` holds the words that stand somewhere in small letters, `capitals` where
    words with a capital stand, in order.
    """

    text: str
    labels: tuple[Label, ...] = ()
    talk: tuple[Span, ...] = ()
    names: Sequence[str] = ()
    _lines: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that stand somewhere in small letters."""
        return frozenset(SMALL.findall(self.text))

    @cached_property
    def capitals(self) -> tuple[tuple[int, int], ...]:
        """Where words with a capital stand."""
        return tuple(match.span() for match in CAPITAL.finditer(self.text))

    @cached_property
    def is_lower(self) -> bool:
        """Whether the text is typed in small letters, so that a missing capital says nothing."""
        return len(self.capitals) < 0.012 * max(60, self.text.count(" "))

    def is_talk(self, at: int) -> bool:
        """Tell whether *at* lies in what somebody says, not in a header or a label."""
        number = bisect.bisect_right(self._starts, at) - 1
        return number >= 0 and at < self.talk[number].end

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.talk]

    def begins(self, at: int) -> bool:
        """Tell whether the word at *at* stands where any word has a capital: the start of a line, a sentence, a quotation."""
        before = at - 1
        while before >= 0 and self.text[before] in " \u00a0":
            before -= 1
        return before < 0 or self.text[before] in OPENING

    def writing(self, at: int) -> str:
        """Return how the line that holds *at* is written: ``upper``, ``title`` or ``plain``."""
        start = self.text.rfind("\n", 0, at) + 1
        if start not in self._lines:
            end = self.text.find("\n", at)
            self._lines[start] = _writing(self.text[start : end if end >= 0 else len(self.text)])
        return self._lines[start]

    def sentence_writing(self, at: int) -> str:
        """Return how the sentence around *at* is written; lines may hold a whole turn."""
        start = max(self.text.rfind(sign, max(0, at - 300), at) for sign in ".?!\n:") + 1
        ends = [end for end in (self.text.find(sign, at, at + 300) for sign in ".?!\n") if end >= 0]
        return _writing(self.text[start : min(ends, default=min(len(self.text), at + 300))])


def _writing(line: str) -> str:
    words = re.findall(r"[^\W\d_]{2,}", line)
    if len(words) < 3:
        return "plain"
    upper = sum(word.isupper() for word in words)
    if upper >= 0.7 * len(words):
        return "upper"
    capital = sum(word[0].isupper() for word in words)
    return "title" if len(words) >= 4 and capital >= 0.75 * len(words) else "plain"

"""A text as the recognisers see it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.model import Span

__all__ = ["Label", "Page"]

CAPITAL = re.compile(r"(?<![^\W_])(?<![@/\\])[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’][^\W\d_]+)?")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d(?:[ .\-()/_]{0,3}\d)*")
SMALL = re.compile(r"(?<![^\W_])[a-z][^\W\d_]{1,}")
OPENING = frozenset(".!?…:;\"“”‘([)]'—–-*_>•|/\n\t=#")
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
    def _places(self) -> dict[str, list[int]]:
        """Word in small letters → where it begins; looking words up is many times faster than patterns over the whole text."""
        found: dict[str, list[int]] = {}
        for match in WORD.finditer(self.text):
            found.setdefault(match[0].lower(), []).append(match.start())
        return found

    def starts(self, words: Iterable[str]) -> list[int]:
        """Return where any of *words* (in small letters, one word each) begins, in order."""
        places = self._places
        return sorted(at for word in words for at in places.get(word, ()))

    def matches(self, pattern: re.Pattern[str], words: Iterable[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of *pattern* that begin with one of *words*, in order and without overlaps."""
        end = -1
        for at in self.starts(words):
            if at >= end and (match := pattern.match(self.text, at)):
                end = match.end()
                yield match

    def windows(self, starts: Iterable[int], before: int, after: int) -> Iterator[tuple[int, int]]:
        """Yield stretches of text around *starts*, joined where they overlap."""
        held: tuple[int, int] | None = None
        for at in starts:
            start, end = max(0, at - before), min(len(self.text), at + after)
            if held and start <= held[1]:
                held = held[0], max(held[1], end)
                continue
            if held:
                yield held
            held = start, end
        if held:
            yield held

    @cached_property
    def words(self) -> Collection[str]:
        """All words of the text, in small letters."""
        return self._places.keys()

    @cached_property
    def numbers(self) -> tuple[tuple[int, int, int], ...]:
        """Where figures stand, with what parts groups of them, and how many digits they hold."""
        return tuple(
            (match.start(), match.end(), sum(map(str.isdecimal, match[0]))) for match in NUMBER.finditer(self.text)
        )

    def figures(self, pattern: re.Pattern[str], fewest: int) -> Iterator[re.Match[str]]:
        """Yield the matches of *pattern* around figures of *fewest* digits or more."""
        for start, end, digits in self.numbers:
            if digits >= fewest:
                yield from pattern.finditer(self.text, max(0, start - 6), min(len(self.text), end + 4))

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
        least = max(0, at - 300)
        start = max(least, *(self.text.rfind(sign, least, at) + 1 for sign in ".?!\n:"))
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

"""Where a text repeats words that somebody said elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["LEAST", "Echoes"]

LEAST = 5
"""As many words in a row as somebody else said are a quote, whether or not it is marked as one."""
LEAST_QUOTED = 3
"""As many, where they stand in quotation marks."""
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[“”\"„«‟]([^“”\"„«»‟\n]{1,2000})[”“\"»‟]")


class _Word(NamedTuple):
    start: int
    end: int
    word: str


@dataclass(slots=True)
class Echoes:
    """Talk, remembered as runs of words, to find what repeats it; capitals, punctuation and line ends make no difference.

    Examples
    --------
    >>> echoes = Echoes()
    >>> echoes.learn("Kalo ujan ya nol, Mbak, beneran nol.")
    >>> echoes.find("Ia bilang: kalo ujan ya nol Mbak! Titik.")
    [(11, 32)]
    >>> echoes.find("Menurutnya “ujan ya nol”, begitu."), echoes.find("ujan ya nol")
    ([(12, 23)], [])
    """

    _runs: set[int] = field(default_factory=set)
    _short: set[int] = field(default_factory=set)

    def learn(self, talk: str) -> None:
        """Remember what was said in one go."""
        words = [word.word for word in _words(talk)]
        self._runs.update(_hashes(words, LEAST))
        self._short.update(_hashes(words, LEAST_QUOTED))

    def spare(self, texts: Iterable[str]) -> None:
        """Forget runs of words that stand in *texts*: they are not the speaker's own, as where a question is repeated."""
        for text in texts:
            words = [word.word for word in _words(text)]
            self._runs.difference_update(_hashes(words, LEAST))
            self._short.difference_update(_hashes(words, LEAST_QUOTED))

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where *text* repeats talk, as disjoint code-point ranges in order."""
        if not self._runs and not self._short:
            return []
        found = list(self._repeated(list(_words(text)), self._runs, LEAST))
        for quote in _QUOTED.finditer(text):
            inside = [_Word(quote.start(1) + w.start, quote.start(1) + w.end, w.word) for w in _words(quote[1])]
            found += self._repeated(inside, self._short, LEAST_QUOTED)
        return _joined(found)

    @staticmethod
    def _repeated(words: list[_Word], runs: set[int], length: int) -> Iterator[tuple[int, int]]:
        for at, run in enumerate(_hashes([word.word for word in words], length)):
            if run in runs:
                yield words[at].start, words[at + length - 1].end


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        yield _Word(match.start(), match.end(), match[0].casefold())


def _hashes(words: list[str], length: int) -> Iterator[int]:
    return (hash(tuple(words[at : at + length])) for at in range(len(words) - length + 1))


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *ranges* with those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

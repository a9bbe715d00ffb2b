"""Lines that a page, not a speaker, ended: joined again, with hyphens at their ends undone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Joined", "join_lines"]

_CUT = re.compile(r"(?P<left>[^\W\d_]{2,})[-\u2010\u00ad]$")
_NEXT = re.compile(r"(?P<right>[^\W\d_]+)")
_VOWELS = re.compile(r"[aeiou]+")


@dataclass(frozen=True, slots=True)
class Joined:
    """Lines made one, how many there were, and how many hyphens at line ends were undone."""

    text: str
    lines: int
    hyphens: int


def join_lines(lines: Iterable[str]) -> Joined:
    """Return *lines* as one line; a word that was parted at a line end is whole again.

    Examples
    --------
    >>> join_lines(["dibantu sauda-", "ra saya, anak-", "anak juga"]).text
    'dibantu saudara saya, anak-anak juga'
    """
    whole: list[str] = []
    n = hyphens = 0
    for line in map(str.strip, lines):
        if not line:
            continue
        n += 1
        cut = _CUT.search(whole[-1]) if whole else None
        following = _NEXT.match(line)
        if cut is None or following is None or not line[0].islower():
            whole.extend((" ", line) if whole else (line,))
        elif _is_doubled(cut["left"].casefold(), following["right"].casefold()):
            whole.append(line)
        else:
            whole[-1] = whole[-1][:-1]
            whole.append(line)
            hyphens += 1
    return Joined("".join(whole), n, hyphens)


def _is_doubled(left: str, right: str) -> bool:
    """Tell whether two words are one said twice, alike (``anak-anak``), with other vowels (``bolak-balik``) or rhyming (``sayur-mayur``)."""
    if min(len(left), len(right)) < 3:
        return False
    if left == right or right.startswith(left) or left.endswith(right):
        return True
    same_consonants = _VOWELS.sub("a", left) == _VOWELS.sub("a", right)
    rhyme = len(left) == len(right) and left[1:] == right[1:]
    return same_consonants or rhyme

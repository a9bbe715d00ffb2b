"""What kind of word a word is: stop word, filler, with clitics, doubled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qualcode.nlp._dictionary import LEXICAL, is_known, table
from qualcode.nlp._lexicon import NOT_CLITIC
from qualcode.nlp.forms import plain
from qualcode.nlp.standards import spelled

__all__ = ["FILLERS", "Pieces", "is_filler", "is_stop_word", "pieces"]

# Particles and sounds that hold the floor or colour what is said. Yes and no are answers, no fillers.
FILLERS = frozenset(
    """anu eh ehm e ee em emm hm hmm mm nah oh ooh o ah ih uh lho loh lha sih deh dong kok tuh nih mah atuh euy toh duh aduh wah wih
    halah lah kan gitu gitulah begitu gini begini ya yah ye kek pokoknya istilahnya ibaratnya apalah""".split()  # noqa: SIM905
)
ENCLITICS = re.compile(r"(?P<base>.{2,}?)-?(?P<pronoun>nya|ku|mu)?-?(?P<particle>lah|kah|pun|tah)?")
PROCLITIC = re.compile(r"(?:ku|kau)(?=[^\W\d_]{3,})")
DOUBLED = re.compile(r"(?P<once>[^\W\d_]{3,})[2²].{0,3}|(?P<first>[^\W\d_]{2,})-(?P<second>[^\W\d_]{2,})")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A word cut: *base*, and each clitic as (start, end, clitic) counted from the word's start; whether the word is doubled."""

    base: tuple[int, int]
    clitics: tuple[tuple[int, int, str], ...]
    is_doubled: bool


@lru_cache(maxsize=1 << 16)
def is_stop_word(word: str) -> bool:
    """Tell whether *word*, or its standard form, is in the list of stop words (stopwords-iso), or a filler."""
    low = word.casefold()
    return low in table("stopwords") or spelled(word) in table("stopwords") or is_filler(word)


def is_filler(word: str) -> bool:
    """Tell whether *word* is one of `FILLERS`, stretched or not: eeeh, hmmm, gituuu.

    Examples
    --------
    >>> [is_filler(word) for word in ("Anu", "eeeh", "kan", "bukan")]
    [True, True, True, False]
    """
    return word.casefold() in FILLERS or plain(word) in FILLERS


@lru_cache(maxsize=1 << 16)
def pieces(word: str) -> Pieces:
    """Return *word* cut into its base and clitics.

    Examples
    --------
    >>> pieces("duitnyalah")
    Pieces(base=(0, 4), clitics=((4, 7, 'nya'), (7, 10, 'lah')), is_doubled=False)
    >>> pieces("sekolah").clitics, pieces("anak2nya").is_doubled
    ((), True)
    """
    low = word.casefold()
    start, end = 0, len(word)
    found: list[tuple[int, int, str]] = []
    if len(low) == len(word) and not _is_whole(low):
        cut = ENCLITICS.fullmatch(low)
        if cut and (cut["pronoun"] or cut["particle"]) and _may_carry(cut["base"], low):
            end = cut.end("base")
            found = [(*cut.span(name), cut[name]) for name in ("pronoun", "particle") if cut[name]]
        before = PROCLITIC.match(low)
        if before and not found and is_known(low[before.end() : end]):
            start = before.end()
            found.insert(0, (0, start, low[:start]))
    return Pieces((start, end), tuple(found), _is_doubled(low[start:end]))


def _is_whole(low: str) -> bool:
    """Tell whether *low* only looks as if it had a clitic."""
    return low in NOT_CLITIC or low in LEXICAL or not low[:1].isalpha()


def _may_carry(base: str, low: str) -> bool:
    """Tell whether *base* is long enough, or hyphenated or without vowels as initialisms are (hpnya, PT-nya)."""
    return len(base) > 2 or "-" in low or not set(base) & set("aeiou")


def _is_doubled(low: str) -> bool:
    found = DOUBLED.fullmatch(low)
    if found is None:
        return False
    return bool(found["once"]) or found["second"].startswith(found["first"]) or found["first"].endswith(found["second"])

"""The forms under which a word is found: standard spelling, without clitics, without a colloquial nasal prefix.

Lemmas are not among them. The usual lemmatizers give *dapat, pendapat, pendapatan* one lemma, or *kontrakan* (a rented room)
that of *kontrak* (a contract), and leave *nabung, ngontrak, nggak* alone. So ``-an``, ``-in`` and ``-i`` are not
stripped: they make other words, which a rule lists one by one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from qualcode.nlp._lexicon import NOT_CLITIC, NOT_NASAL, VARIANTS

__all__ = ["canonical", "forms", "plain"]

IGNORED = re.compile("[\u00ad\u200b\u200c\u200d\u2060'’`´-]")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
VOWELS = "aeiou"
CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
SHORTEST_STEM = 3
SHORTEST_NASAL = 5
SHORT_NASALS = {"make": "pake", "moto": "foto", "mesen": "pesen"}


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Return *word* in small letters without accents, hyphens, apostrophes, invisible characters or stretched letters.

    Examples
    --------
    >>> plain("Bangeeet"), plain("Jum'at"), plain("di-PHK")
    ('banget', 'jumat', 'diphk')
    """
    low = unicodedata.normalize("NFKD", word).casefold()
    if not low.isascii():
        low = "".join(character for character in low if not unicodedata.combining(character))
    return STRETCHED.sub(r"\1", IGNORED.sub("", low))


@lru_cache(maxsize=1 << 16)
def canonical(word: str) -> str:
    """Return the standard spelling of *word*, in small letters; an unknown word keeps its own.

    Examples
    --------
    >>> [canonical(word) for word in ("Kalo", "nggak", "udaaah", "karna", "bakso")]
    ['kalau', 'tidak', 'sudah', 'karena', 'bakso']
    """
    low = plain(word)
    return VARIANTS.get(low, low)


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, ...]:
    """Return every form under which *word* may be found, its standard spelling first.

    Examples
    --------
    >>> forms("duitnya")
    ('duitnya', 'duit')
    >>> "tabung" in forms("nabung"), "kontrak" in forms("kontrakan")
    (True, False)
    """
    low = plain(word)
    found = dict.fromkeys((VARIANTS.get(low, low), low))
    stem = low
    for _ in range(2):  # orang-nya-pun
        stem = _without_clitic(stem, word)
        if not stem:
            break
        found[VARIANTS.get(stem, stem)] = None
        found[stem] = None
    for form in tuple(found):
        for root in _without_nasal(form):
            found[VARIANTS.get(root, root)] = None
            found[root] = None
    return tuple(found)


def _without_clitic(low: str, word: str) -> str:
    """Return *low* without its last clitic, or nothing if it has none."""
    if low in NOT_CLITIC:
        return ""
    for clitic in CLITICS:
        stem = low.removesuffix(clitic)
        if stem == low:
            continue
        is_initialism = len(stem) == 2 and (f"-{clitic}" in word.casefold() or not set(stem) & set(VOWELS))
        return stem if len(stem) >= SHORTEST_STEM or is_initialism else ""
    return ""


def _without_nasal(low: str) -> tuple[str, ...]:
    """Return what may stand under a colloquial nasal prefix: nyari → cari, sari; nabung → tabung; ngojek → ojek, kojek."""
    if low in SHORT_NASALS:
        return (SHORT_NASALS[low],)
    if len(low) < SHORTEST_NASAL or low[0] not in "nm" or low in NOT_NASAL:
        return ()
    second = low[2:3]
    if low.startswith("nge"):
        return (low[3:], low[2:], "k" + low[2:])
    if low.startswith("ng"):
        return (low[2:], "k" + low[2:]) if second in VOWELS else (low[2:],)
    if low.startswith("ny"):
        return ("c" + low[2:], "s" + low[2:])
    if low[1] in VOWELS:
        return (("t" if low[0] == "n" else "p") + low[1:],)
    if low[1] in ("cdjt" if low[0] == "n" else "bp"):
        return (low[1:],)
    return ()

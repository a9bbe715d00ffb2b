"""The lemma of a word: the word it is made from, as the Indonesian treebanks count it (*pertanyaan, bertanya → tanya*).

First our lists, then simplemma's dictionary, then the affixes that may be taken off (`qualcode.nlp._affixes`) until a listed word is left,
then, for words in no list, the outer affixes alone if they come as a pair. Colloquial words are lemmatised
under their standard spelling (*nanya, ditanyain → tanya*); regional and English words are left alone. Words whose
root means something else keep it: *pendapatan, kontrakan*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qualcode.nlp._affixes import peeled
from qualcode.nlp._dictionary import entry, table
from qualcode.nlp._lexicon import NOT_NASAL, VARIANTS
from qualcode.nlp.forms import plain
from qualcode.nlp.languages import language_of
from qualcode.nlp.standards import spelled

__all__ = ["lemma", "stem"]

SHORTEST = 4
"""Letters of a root found by affixes alone; shorter ones need two affixes, or half the words end in one."""

PAIRED = re.compile(
    r"""(?:memper|diper|meng|mem(?=[bfp])|men(?=[cdjt])|peng(?=[ghaeiou])|pem(?=[bfp])|pen(?=[cdjt])|di|ber|ter|ke|per)
    (?P<root>[a-z]{4,}?)(?:kan|an|(?<!s)i)
    | (?:di|nge)(?P<spoken>[a-z]{4,}?)(?:in|kan)""",
    re.VERBOSE,
)
CLITIC = re.compile(r"(?P<root>[a-z]{4,}?)(?:nya|(?<!l)lah|kah|pun)")
PREPOSITIONS = frozenset(["di", "ke", "dari"])
LONGEST = 40
"""Letters of the longest word looked at; longer ones are no words."""


@lru_cache(maxsize=1 << 17)
def lemma(word: str) -> str:
    """Return the lemma of *word*, in small letters; what is no Indonesian word stays as it is.

    Examples
    --------
    >>> [lemma(word) for word in ("pertanyaan", "makanan", "anak-anaknya", "mempekerjakan", "pendapatan", "Jakarta")]
    ['tanya', 'makan', 'anak', 'kerja', 'pendapatan', 'jakarta']
    """
    low = word.casefold()
    if len(low) > LONGEST or not low[:1].isalpha():
        return low
    found = entry(low)
    if found is not None and low not in table("informal"):
        return found
    if language_of(low) != "id" or (low in NOT_NASAL and low not in VARIANTS):
        return low
    form = spelled(word)
    if " " in form:
        first, _, last = form.rpartition(" ")
        return lemma(last) if first in PREPOSITIONS else form
    if "-" in form:
        return _hyphenated(form)
    return entry(form) or _derived(form) or _outer(form) or form


def _derived(low: str) -> str | None:
    """Return the lemma of the longest listed word that is left when affixes are taken off *low*."""
    for rest, before, after in peeled(low):
        found = entry(rest)
        if found is None or (len(rest) < SHORTEST and not (before and after) and rest not in SHORT):
            continue
        if not before and low == rest + "i" and (len(rest) == SHORTEST or rest[-1] == "s"):
            continue  # kutai, akademisi
        return found
    return None


SHORT = frozenset(
    "ada adu aku api apa bom cap cat cek doa dua foto gas ibu ini isi isu itu jam jas las lem lap mau pel rem sah tak tas tes tua uji uap usia wa".split()  # noqa: SIM905
)


def _outer(low: str) -> str | None:
    """Return *low* without a prefix and suffix that belong together, or without a clitic; None if it has neither."""
    bare = CLITIC.fullmatch(low)
    stem = bare["root"] if bare else low
    pair = PAIRED.fullmatch(stem)
    if pair:
        return pair["root"] or pair["spoken"]
    return stem if bare else None


def _hyphenated(low: str) -> str:
    """Return the lemma of a reduplication (anak-anaknya → anak, bermain-main → main) or of a word with a hyphenated affix."""
    first, _, second = low.partition("-")
    if not first or not second:
        return lemma(first or second) if first or second else low
    left, right = lemma(first), lemma(second)
    if left == right or second.startswith(first):
        return left
    if right in left and len(right) >= SHORTEST:  # diiris-iris
        return right
    if left in right and len(left) >= SHORTEST:  # besar-besaran
        return left
    if (
        first in {"di", "ke", "se", "ber", "ter", "me", "mem", "men", "meng", "nge", "per", "pe"}
        and second[0].isalpha()
    ):
        return right
    if second in {"nya", "ku", "mu", "lah", "kah", "pun", "an", "in", "kan", "i"}:
        return left
    return low


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the one form under which an index finds *word* and all that is made from it, without white space or capitals.

    It is the lemma, but of initialisms and names too, so that capitals make no difference: search must find what was typed in small letters.

    Examples
    --------
    >>> {stem(word) for word in ("pertanyaan", "bertanya", "Nanya", "ditanyain", "NANYAIN")}
    {'tanya'}
    >>> [stem(word) for word in ("jalanan", "berjalan", "kontrakan", "makasih")]
    ['jalan', 'jalan', 'kontrakan', 'terima-kasih']
    """
    return lemma(plain(word) if "-" not in word else word.casefold()).replace(" ", "-")

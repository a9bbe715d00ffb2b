"""The words of many rules in one table: from a word of the text straight to the leaves of the trees that it is."""

from __future__ import annotations

import re
from bisect import bisect_right

from qualcode.nlp.amounts import kind
from qualcode.nlp.forms import forms, plain
from qualcode.nlp.tokens import parts
from qualcode.rules.nodes import Exact, Leaf, Prefix, Root, Word
from qualcode.rules.regional import indonesian

__all__ = ["Lexicon", "WordEntry"]

WordEntry = tuple[int, int, tuple[Leaf, ...], str, bool]
"""Start and end within the token, the leaves this word is, its class in an amount, whether it is a negation."""

MOST_CACHED = 200_000

_PREFIXES = "(?:(?:di|ke|se|ku|kau)?(?:me|pe|ber|ter|per|mem|men|meng|meny|pem|pen|peng|peny|bel|pel|nge|ng|ny|n|m|memper|diper|menge|penge|keber|keter|be|te)?)"
_SUFFIXES = "(?:kan|an|i|in|ne|e|ke)?(?:nya|ku|mu)?(?:lah|kah|pun)?"
_MUTATED = {"p": "m", "t": "n", "s": "ny", "k": "ng", "c": "ny"}


def derivations(root: str) -> re.Pattern[str]:
    """Return a pattern for *root* with Indonesian and colloquial affixes: bayar → bayarin, ngebayar, pembayaran, dibayarkan.

    The last *a* may be the *e* of Jakarta: pinjam → dipinjemin.
    """
    found = rf"{_PREFIXES}{_spoken(root)}"
    if root[0] in _MUTATED:
        found += rf"|(?:me|pe|se)*{_spoken(_MUTATED[root[0]] + root[1:])}"
    return re.compile(f"(?:{found}){_SUFFIXES}")


def _spoken(root: str) -> str:
    before, last, after = root.rpartition("a")
    return re.escape(before) + ("[ae]" if last else "") + re.escape(after)


class Lexicon:
    """Every leaf of a codebook's rules, looked up by the spelling of a token.

    Parameters
    ----------
    leaves : set of Leaf
        What the rules ask for; `Amount` is not among what single words are.
    negations : frozenset of str
        Standard spellings after which a comma ends the negation: *Nggak, ada kok*.
    """

    def __init__(self, leaves: set[Leaf], negations: frozenset[str]) -> None:
        self._words = {leaf.form: leaf for leaf in leaves if isinstance(leaf, Word)}
        self._exact: dict[str, list[Exact]] = {}
        for leaf in leaves:
            if isinstance(leaf, Exact):
                self._exact.setdefault(leaf.spelling.casefold(), []).append(leaf)
        self._prefixes = {leaf.stem: leaf for leaf in leaves if isinstance(leaf, Prefix)}
        self._stems = sorted(self._prefixes)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._roots = [(derivations(leaf.root), leaf) for leaf in leaves if isinstance(leaf, Root)]
        self._negations = negations
        self._cache: dict[str, tuple[WordEntry, ...]] = {}

    def entries(self, token: str) -> tuple[WordEntry, ...]:
        """Return the words of *token*, and remember them."""
        if len(self._cache) > MOST_CACHED:
            self._cache.clear()
        found = tuple(
            (start, end, self._leaves(word), kind(word), forms(word)[0] in self._negations)
            for start, end, word in parts(token)
        )
        self._cache[token] = found
        return found

    @property
    def cache(self) -> dict[str, tuple[WordEntry, ...]]:
        """What `entries` has found so far, by token."""
        return self._cache

    def _leaves(self, word: str) -> tuple[Leaf, ...]:
        keys = tuple(dict.fromkeys((*forms(word), *indonesian(plain(word), self._words))))
        found: dict[Leaf, None] = {}
        for key in keys:
            if key in self._words:
                found[self._words[key]] = None
            for length in self._lengths[: bisect_right(self._lengths, len(key))]:
                if key[:length] in self._prefixes:
                    found[self._prefixes[key[:length]]] = None
        for exact in self._exact.get(word.casefold(), ()):
            if exact.spelling in {word, word.casefold()}:
                found[exact] = None
        if self._roots:
            for pattern, leaf in self._roots:
                if any(map(pattern.fullmatch, keys)):
                    found[leaf] = None
        return tuple(found)

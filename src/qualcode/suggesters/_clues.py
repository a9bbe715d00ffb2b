"""What a codebook says of texts before anybody coded one: its rules' hits, and words with the same root as its keywords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Code, Codebook, Evidence
from qualcode.nlp import stem
from qualcode.rules.nodes import Any as AnyOf
from qualcode.rules.nodes import Node, Word
from qualcode.rules.parser import parse
from qualcode.suggesters._counting import members
from qualcode.suggesters._words import clauses, forms

__all__ = ["Clues", "Finder", "stretches"]

Ints = NDArray[np.int64]
SHORTEST = 4
"""Letters from which on a word is worth its root: shorter ones are ambiguous."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a codebook says of texts.

    Attributes
    ----------
    hits : ndarray of int, shape (n_texts, n_codes)
        How many different stretches of the text the code's rules match.
    roots : ndarray of int, shape (n_texts, n_codes)
        1 where no rule matches but a word has the root of one of the code's keywords: *berbau* for *bau*.
    rules : ndarray of int, shape (n_texts, n_rules)
        1 where this rule matches.
    owner : ndarray of int, shape (n_rules,)
        The number of each rule's code.
    clauses : Clues, optional
        Of the clauses of all texts, one after the other.
    ends : ndarray of int, shape (n_texts + 1,), optional
        Where the clauses of each text end, from 0.
    """

    hits: NDArray[np.signedinteger]
    roots: NDArray[np.signedinteger]
    rules: NDArray[np.int8]
    owner: Ints
    clauses: Clues | None = None
    ends: Ints | None = None

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.hits)

    def rows(self, which: Ints) -> Clues:
        """Return those of these texts."""
        kept = Clues(self.hits[which], self.roots[which], self.rules[which], self.owner)
        if self.clauses is None or self.ends is None:
            return kept
        numbers, ends = members(self.ends, which)
        return replace(kept, clauses=self.clauses.rows(numbers), ends=ends)

    def of_clauses(self, n: int) -> Clues:
        """Return those of the *n* clauses of these texts."""
        if self.clauses is not None:
            return self.clauses
        nothing = np.zeros((n, self.hits.shape[1]), dtype=np.int8)
        return Clues(nothing, nothing, np.zeros((n, self.rules.shape[1]), dtype=np.int8), self.owner)

    def with_(self, others: Clues) -> Clues:
        """Return those of these texts, then of *others*, by the same codebook."""
        both = Clues(
            np.concatenate((self.hits, others.hits)),
            np.concatenate((self.roots, others.roots)),
            np.concatenate((self.rules, others.rules)),
            self.owner,
        )
        if self.clauses is None or self.ends is None or others.clauses is None or others.ends is None:
            return both
        ends = np.concatenate((self.ends, self.ends[-1] + others.ends[1:]))
        return replace(both, clauses=self.clauses.with_(others.clauses), ends=ends)

    @classmethod
    def none(cls, n_texts: int, n_codes: int) -> Clues:
        """Return what no codebook says."""
        nothing = np.zeros((n_texts, n_codes), dtype=np.int64)
        return cls(nothing, nothing, np.zeros((n_texts, 0), dtype=np.int8), np.zeros(0, dtype=np.int64))


class Finder:
    """Finds the clues of a codebook's codes, in the order of *keys*."""

    def __init__(self, codebook: Codebook, keys: Sequence[str]) -> None:
        self._keys = {key: number for number, key in enumerate(keys)}
        codes = [code for code in codebook if code.key in self._keys]
        every = [(code.key, source) for code in codes for source in dict.fromkeys(code.keywords)]
        self._rules = {name: number for number, name in enumerate(every)}
        self._owner = np.array([self._keys[key] for key, _ in every], dtype=np.int64)
        self._codes_of_root: dict[str, set[int]] = {}
        for code in codes:
            for root in _roots(code, codebook):
                self._codes_of_root.setdefault(root, set()).add(self._keys[code.key])
        self._of_word: dict[str, tuple[int, ...]] = {}

    def clues(self, texts: Sequence[str], evidence: Iterable[Mapping[str, Sequence[Evidence]]]) -> Clues:
        """Return the clues of *texts* and of their clauses, given what rules found in each text, by code key."""
        cut = [clauses(text) for text in texts]
        parts, found = [], []
        every = list(evidence)
        for each, marked in zip(cut, every, strict=True):
            parts += each
            found += _shared_out(each, marked)
        ends = np.cumsum([0, *map(len, cut)])
        return replace(self._clues(texts, every), clauses=self._clues(parts, found), ends=ends)

    def _clues(self, texts: Sequence[str], evidence: Iterable[Mapping[str, Sequence[Evidence]]]) -> Clues:
        """Return the clues of *texts* alone."""
        hits = np.zeros((len(texts), len(self._keys)), dtype=np.int64)
        roots = np.zeros_like(hits)
        rules = np.zeros((len(texts), len(self._rules)), dtype=np.int8)
        for row, (text, found) in enumerate(zip(texts, evidence, strict=True)):
            for key, each in found.items():
                if key in self._keys:
                    hits[row, self._keys[key]] = stretches(each)
                    rules[row, [self._rules[key, one.rule] for one in each if (key, one.rule) in self._rules]] = 1
            for word in forms(text) if self._codes_of_root else ():
                for code in self._of_root(word):
                    roots[row, code] = 1
        return Clues(hits, roots * (hits == 0), rules, self._owner)

    def _of_root(self, word: str) -> tuple[int, ...]:
        """Return the codes with a keyword of the root of *word*."""
        if word not in self._of_word:
            found = self._codes_of_root.get(stem(word), ()) if len(word) >= SHORTEST else ()
            self._of_word[word] = tuple(found)
        return self._of_word[word]


def _shared_out(parts: Sequence[str], found: Mapping[str, Sequence[Evidence]]) -> list[dict[str, list[Evidence]]]:
    """Return what rules found in a text by the clause in which the words stand that they match."""
    shared: list[dict[str, list[Evidence]]] = [{} for _ in parts]
    if not any(found.values()):
        return shared
    spoken = [f" {' '.join(forms(part))} " for part in parts]
    for key, each in found.items():
        # The same words by the same rule count once: a word said in every clause of a long turn would be sought in all of them each time.
        for one in {(one.text.lower(), one.rule): one for one in each if one.source == "answer"}.values():
            sought = f" {' '.join(forms(one.text))} "
            for place, words in zip(shared, spoken, strict=True):
                if sought in words:
                    place.setdefault(key, []).append(one)
    return shared


def stretches(evidence: Iterable[Evidence]) -> int:
    """Return how many different stretches of an answer rules match."""
    return len({one.text.lower() for one in evidence if one.source == "answer"})


def _roots(code: Code, codebook: Codebook) -> set[str]:
    """Return the roots of the keywords that are single words, and of the words of the code's name that is one word."""
    found: set[str] = set()
    for keyword in code.keywords:
        rule = parse(keyword, codebook.macros)
        if rule.question is None:
            found.update(stem(word.form) for word in _alone(rule.answer))
    if code.keywords and code.name.isalpha():
        found.add(stem(code.name.lower()))
    return {root for root in found if len(root) > 2}


def _alone(node: Node) -> Iterable[Word]:
    """Yield the words each of which is all that a rule asks for."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, AnyOf):
        for choice in node.choices:
            yield from _alone(choice)

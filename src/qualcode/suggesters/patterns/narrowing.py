"""Rules of a code that are often wrong, narrowed: unless a word stands near that tells when they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Evidence
from qualcode.rules.parser import parse
from qualcode.suggesters._units import Unit
from qualcode.suggesters.patterns.candidates import LOST
from qualcode.suggesters.patterns.chances import Counts, improbable, limit
from qualcode.suggesters.patterns.counting import APART
from qualcode.suggesters.patterns.spoken import content, words_of

__all__ = ["WRONG", "Narrowed", "narrowed"]

WRONG = 3
"""Passages that a rule must catch wrongly before it is narrowed, and that the narrower one must leave out."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A rule, and the narrower one that would take its place."""

    rule: str
    narrower: str


def narrowed(
    rules: Sequence[str],
    hits: Sequence[Mapping[int, tuple[Evidence, ...]]],
    units: Sequence[Unit],
    labels: NDArray[np.int64],
    macros: Mapping[str, str],
) -> tuple[Narrowed, ...]:
    """Return the narrower rules that what was coded speaks for: one for each rule at most, of those that ask for no question.

    A word makes one when it stands within reach of a NOT in `WRONG` or more of the passages that the rule catches wrongly, in hardly any of
    those caught rightly (`LOST`), and more often in the wrong ones than chance and looking at many words explain.

    Parameters
    ----------
    hits : sequence of mappings
        For each rule the numbers of the units that it catches, with the evidence.
    labels : ndarray of int, shape (n_units,)
        1 coded so, 0 read without the code, −1 not known.
    """
    found: list[Narrowed] = []
    for rule, each in zip(rules, hits, strict=True):
        read = {number: evidence for number, evidence in each.items() if labels[number] >= 0}
        wrong = sum(1 for number in read if labels[number] == 0)
        if wrong < WRONG or parse(rule, macros).question is not None:
            continue
        bar = _bar({n: _near(units[n], evidence) for n, evidence in read.items()}, labels, wrong)
        if bar:
            found.append(Narrowed(rule, f"({rule}) NOT/{APART} {bar}"))
    return tuple(found)


def _bar(near: Mapping[int, frozenset[str]], labels: NDArray[np.int64], wrong: int) -> str:
    """Return the word that tells best when a rule is wrong, given the words near it in each passage; nothing where none does."""
    right = len(near) - wrong
    in_wrong = Counter(word for number, words in near.items() for word in words if labels[number] == 0)
    in_right = Counter(word for number, words in near.items() for word in words if labels[number] == 1)
    words = sorted(word for word, times in in_wrong.items() if times >= WRONG)
    if not words:
        return ""
    times = np.array([in_wrong[word] for word in words], dtype=np.float64)
    both = times + np.array([in_right[word] for word in words], dtype=np.float64)
    chances = improbable(Counts(times, both, times, wrong, len(near)))
    most = limit(chances, len(in_wrong.keys() | in_right.keys()))
    good = [
        (-times[at], word) for at, word in enumerate(words) if chances[at] <= most and in_right[word] <= LOST * right
    ]
    return min(good)[1] if good else ""


def _near(unit: Unit, evidence: Sequence[Evidence]) -> frozenset[str]:
    """Return the words that stand within `APART` words of what a rule matched, without what it matched."""
    found: set[str] = set()
    for number, piece in enumerate(unit.pieces):
        words = list(words_of(unit, number))
        for one in evidence:
            if one.span is None or one.source != "answer" or not piece.overlaps(one.span):
                continue
            inside = [at for at, word in enumerate(words) if word.start < one.span.end and one.span.start < word.end]
            if inside:
                around = (
                    *words[max(0, inside[0] - APART) : inside[0]],
                    *words[inside[-1] + 1 : inside[-1] + 1 + APART],
                )
                found.update(base for word in around if (base := content(word.text)))
    return frozenset(found)

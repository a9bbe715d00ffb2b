"""Groups of words in what nobody has coded, each with passages to read."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_matrix

from qualcode.errors import N_, InputError
from qualcode.model import Corpus, Evidence, Span, Suggestion
from qualcode.suggesters._units import Unit, units
from qualcode.suggesters.emergent.factors import (
    TYPICAL,
    Factors,
    Tried,
    by_chance,
    choose,
    factorise,
    typical,
    weighted,
)
from qualcode.suggesters.emergent.vocabulary import Vocabulary, key_of, vocabulary
from qualcode.suggesters.patterns.spoken import words_of

__all__ = ["RECIPE", "Explored", "GroupPassage", "WordGroup", "explore"]

RECIPE = "wordgroups-1"
FEWEST = 30
"""Uncoded passages with words enough below which no groups are sought."""
WORDS = 3
"""Words that a passage must have to say what it is about."""
PER_GROUP = 8
"""Passages there must be for each group."""
MOST_GROUPS = 12
OWN = 0.5
"""Share of a passage's groups from which on it is one of the group's."""

TOO_LITTLE = N_("fewer than 30 uncoded passages have three words that say something: too little to part")
ALL_CODED = N_("every passage is coded")
NO_VOICE = N_("there is nothing that informants say")


@dataclass(frozen=True, slots=True, eq=False)
class GroupPassage:
    """A passage in which a group's words stand, how much of the passage's groups it is, and which of its words stand where."""

    unit: Unit
    share: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WordGroup:
    """Words that go together in what nobody has coded: a candidate for a code, to read, no theme and no finding.

    Attributes
    ----------
    id : str
        Six hex digits of its words: while they are the same, so is the group.
    words : tuple of str
        The most typical first, each in its most frequent spelling.
    stability : float
        From 0 to 1: how alike the words are when groups are sought among other parts of the passages.
    by_chance : float
        The most stable of as many groups when the words are strewn at random over the passages (`factors.by_chance`).
    passages : tuple of GroupPassage
        Those of which at least half is this group's, the most typical first.
    """

    id: str
    words: tuple[str, ...]
    stability: float
    by_chance: float
    passages: tuple[GroupPassage, ...]

    @property
    def informants(self) -> int:
        """How many informants (or groups that speak as one) say its passages."""
        return len({passage.unit.group for passage in self.passages})

    @property
    def is_stable(self) -> bool:
        """Whether its words stay more the same, when other passages are looked at, than those of any group of words strewn at random."""
        return self.stability > self.by_chance

    def suggestions(self, code: str) -> tuple[Suggestion, ...]:
        """Return its passages as suggestions of *code*, without a score: nobody has tested what they are worth."""
        return tuple(
            Suggestion(
                guid=hashlib.sha256(
                    f"{RECIPE}|{p.unit.transcript.revision}|{p.unit.span.start}|{p.unit.span.end}|{code}".encode()
                ).hexdigest()[:32],
                transcript=p.unit.transcript.guid,
                revision=p.unit.transcript.revision,
                span=p.unit.span,
                code=code,
                recipe=RECIPE,
                score=math.nan,
                evidence=p.evidence,
                quote=p.unit.span.of(p.unit.transcript.text),
            )
            for p in self.passages
        )


@dataclass(frozen=True, slots=True, eq=False)
class Explored:
    """Groups of words, those with most passages first; or why there are none.

    `passages` were looked at; `tried` says how stable each number of groups was, and by chance, where the number was not given.
    """

    groups: tuple[WordGroup, ...] = ()
    silent: str = ""
    passages: int = 0
    tried: Mapping[int, Tried] = field(default_factory=lambda: MappingProxyType({}))


def explore(
    corpus: Corpus, *, n: int | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Explored:
    """Return groups of words in the passages of *corpus* that bear no coding.

    Words count by stem and how rare they are (tf-idf); groups are the factors of `factors.factorise`. Their number is the one at which
    they are most stable beyond chance on average, where none is given. The same corpus gives the same groups.

    Parameters
    ----------
    n : int, optional
        How many groups, from 2 to 12.
    progress : callable, optional
        Called with what is done, of how much, and the number of groups tried.

    Raises
    ------
    InputError
        If *n* is out of range, or there are too few passages for so many groups.
    """
    if n is not None and not 2 <= n <= MOST_GROUPS:
        raise InputError(N_("from 2 to {most} groups of words can be sought, not {n}"), most=MOST_GROUPS, n=n)
    every = units(corpus)
    free = _uncoded(corpus, every)
    known = vocabulary(free)
    enough = np.flatnonzero(np.diff(known.counts.indptr) >= WORDS)
    if len(enough) < FEWEST or len(known.stems) <= TYPICAL:
        return Explored(silent=TOO_LITTLE if free else ALL_CODED if every else NO_VOICE, passages=len(enough))
    most = min(MOST_GROUPS, len(enough) // PER_GROUP)
    if n is not None and n > most:
        raise InputError(N_("{passages} passages are too few for {n} groups of words"), passages=len(enough), n=n)
    said = [free[number] for number in enough.tolist()]
    counts = csr_matrix(known.counts[enough])
    tried = {} if n is not None else choose(counts, range(2, most + 1), progress)
    number = n if n is not None else _number(tried)
    factors = factorise(weighted(counts), number)
    chance = float(by_chance(counts, number).max())
    groups = (_group(factors, chance, known, said, at) for at in range(number))
    order = sorted((group for group in groups if group.passages), key=lambda g: (-len(g.passages), g.id))
    return Explored(tuple(order), "", len(enough), MappingProxyType(tried))


def _number(tried: Mapping[int, Tried]) -> int:
    """Return the number of groups that are farthest more stable on average than by chance: few groups are always rather stable."""
    return max(tried, key=lambda n: (round(tried[n].stability - tried[n].by_chance, 6), n))


def _uncoded(corpus: Corpus, every: Sequence[Unit]) -> list[Unit]:
    """Return the units that share no text with a coding."""
    spans: dict[str, list[Span]] = {}
    for coding in corpus.codings:
        spans.setdefault(coding.revision, []).append(coding.span)
    return [
        unit
        for unit in every
        if not any(piece.overlaps(span) for span in spans.get(unit.transcript.revision, ()) for piece in unit.pieces)
    ]


def _group(factors: Factors, chance: float, known: Vocabulary, said: Sequence[Unit], at: int) -> WordGroup:
    order = typical(factors.words[at])
    stems = [known.stems[number] for number in order]
    amounts = factors.passages * np.linalg.norm(factors.words, axis=1)  # factors are of unlike length
    total = amounts.sum(axis=1)
    shares = np.divide(amounts[:, at], total, out=np.zeros(len(total)), where=total > 0)
    own = sorted(np.flatnonzero(shares >= OWN).tolist(), key=lambda row: (-amounts[row, at], row))
    passages = []
    for row in own:
        evidence = _evidence(said[row], frozenset(stems))
        if evidence:
            passages.append(GroupPassage(said[row], float(shares[row]), evidence))
    words = tuple(known.shown[number] for number in order)
    return WordGroup(
        hashlib.sha256(" ".join(sorted(stems)).encode()).hexdigest()[:6],
        words,
        float(factors.stability[at]),
        chance,
        tuple(passages),
    )


def _evidence(unit: Unit, stems: frozenset[str]) -> tuple[Evidence, ...]:
    """Return where the group's words stand in *unit*."""
    text = unit.transcript.text
    return tuple(
        Evidence(text[word.start : word.end], Span(word.start, word.end))
        for piece in range(len(unit.pieces))
        for word in words_of(unit, piece)
        if key_of(word.text) in stems
    )

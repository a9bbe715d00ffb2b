"""Rules that the codings teach: words and pairs that stand where people gave a code, and hardly elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from qualcode.errors import N_
from qualcode.model import Codebook, Corpus, Evidence, RuleDecision, RuleVerdict
from qualcode.suggesters.patterns.candidates import Field, counted, halves, ranked
from qualcode.suggesters.patterns.chances import SUPPORT, VOICES, estimate, making
from qualcode.suggesters.patterns.counting import Term, Terms, count_terms
from qualcode.suggesters.patterns.effects import Labelled, catches_of, labelled
from qualcode.suggesters.patterns.narrowing import narrowed
from qualcode.suggesters.patterns.share import Share
from qualcode.suggesters.patterns.signature import Signature, signature

__all__ = ["RECIPE", "LearntRules", "ProposedRule", "learn_rules"]

RECIPE = "patterns-1"
FEW = 5
"""Passages read below which it is said how few they are."""
SPARE = 2
"""For one rule wanted, so many are looked at closely: what a rule catches in full may be other than what its words promised."""

Hits = dict[int, tuple[Evidence, ...]]
"""The numbers of the units that a rule catches, and by what."""

RETIRED = N_("the code is out of use")
UNCODED = N_("fewer than three passages are coded so")
ONE_VOICE = N_(
    "the passages coded so are of one informant: what is the code's and what is their way of speaking cannot be told apart"
)
NO_OTHERS = N_("no passage was read that is not coded so: nothing to tell the code from")
NOTHING = N_("no word and no pair stands where the code was given more than chance explains")
KNOWN = N_("what stands out is caught by the code's rules already, or was decided about")


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A rule that the codings of a code teach; never one of its rules until a person accepts it.

    Attributes
    ----------
    instead_of : str
        The rule of the code that it would take the place of, by narrowing it; empty for a new one.
    seen : Share
        Of the passages read that it catches, how many are coded so: the passages it was learnt from, so rather too good.
    informants : int
        Whose passages coded so it catches.
    estimate : float
        How probable the code is where it catches: `seen` drawn towards the code's share (`chances.estimate`).
    again : Share
        In how many halves of the informants it holds, too: two passages coded so, of two informants, and as likely (after Meinshausen & Bühlmann 2010, stability
        selection).
    unseen : float or None
        The share coded so of what it catches in the other halves, of those together; None where it holds in none. Nearer the truth than
        `seen`, but the rule was found among the passages of all: of few passages it is too good still (simulated, where the truth is .5: of six
        passages .88 where `seen` is .92, of twelve .64 and .71), of twenty slightly too strict, as a half with more than its due leaves less.
    adds : int
        Passages coded so that no rule of the code catches yet; for a narrower rule, the wrong ones that it leaves out.
    unread : int
        Passages that nobody has read which it would catch.
    """

    code: str
    rule: str
    seen: Share
    informants: int
    estimate: float
    again: Share
    unseen: float | None
    adds: int
    unread: int
    instead_of: str = ""

    @property
    def is_few(self) -> bool:
        """Whether it rests on so few passages that this must be said."""
        return self.seen.n < FEW

    @property
    def shown(self) -> str:
        """The figures in short, as they are kept with a decision."""
        unseen = "–" if self.unseen is None else f"{self.unseen:.2f}"
        return f"{RECIPE}: {self.seen}, {self.informants} informants, again {self.again}, unseen {unseen}, adds {self.adds}"


@dataclass(frozen=True, slots=True)
class LearntRules:
    """Proposed rules, by code in codebook order and best first; why codes have none; how many words and pairs were looked at for each."""

    proposals: tuple[ProposedRule, ...] = ()
    silent: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    looked_at: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)


def learn_rules(corpus: Corpus, *, codes: Sequence[str] | None = None, n: int = 5) -> LearntRules:
    """Return up to *n* rules for each of *codes* (all in use, where none are named) that the codings teach.

    Words and pairs of words near each other, and words that must not stand near, are looked at in the passages read. What makes a rule
    says `chances.passing`. Of those that catch the same passages the most probable is kept. What is proposed is then counted as the
    tagger finds it.

    Raises
    ------
    NotFoundError
        If the codebook has no such code.
    """
    known = labelled(corpus)
    keys = [key for key in known.keys if codes is None or key in codes]
    names = {name: number for number, name in enumerate(sorted({unit.group for unit in known.units}))}
    groups = np.array([names[unit.group] for unit in known.units], dtype=np.int64)
    silent = {key: RETIRED for key in codes or () if not corpus.codebook.code(key).active}
    ready = []
    for key in keys:
        reason = _silent(known.of(key), groups)
        if reason:
            silent[key] = reason
        else:
            ready.append(key)
    if not ready:
        return LearntRules((), MappingProxyType(silent))
    terms = count_terms(known.units, corpus.codebook.macros)
    caught = _caught_already(corpus.codebook, ready, known)
    learners = {key: _Learner(corpus, key, known, terms, groups, caught[key]) for key in ready}
    wanted = [(key, rule) for key, learner in learners.items() for rule in learner.wanted(SPARE * n)]
    hits = catches_of(
        [rule for _, rule in wanted], corpus.codebook, known.units, _holding(wanted, learners, terms, known)
    )
    proposals: list[ProposedRule] = []
    looked_at = {}
    for key, learner in learners.items():
        mine = [(rule, each) for (owner, rule), each in zip(wanted, hits, strict=True) if owner == key]
        found = learner.counted([rule for rule, _ in mine], [each for _, each in mine])[:n]
        proposals += found
        looked_at[key] = learner.looked_at
        if not found:
            silent[key] = learner.reason
    return LearntRules(tuple(proposals), MappingProxyType(silent), MappingProxyType(looked_at))


def _silent(labels: NDArray[np.int64], groups: NDArray[np.int64]) -> str:
    """Return why nothing can be learnt for a code: an English message id, or empty."""
    if (labels == 1).sum() < SUPPORT:
        return UNCODED
    if len(np.unique(groups[labels == 1])) < VOICES:
        return ONE_VOICE
    return "" if (labels == 0).any() else NO_OTHERS


def _caught_already(book: Codebook, keys: Iterable[str], known: Labelled) -> dict[str, dict[str, Hits]]:
    """Return for each of *keys* what each rule of the code catches: the numbers of units, with the evidence."""
    wanted = [(key, rule) for key in keys for rule in dict.fromkeys(book.code(key).keywords)]
    found: dict[str, dict[str, Hits]] = {key: {} for key in keys}
    for (key, rule), hits in zip(wanted, catches_of([rule for _, rule in wanted], book, known.units), strict=True):
        found[key][rule] = hits
    return found


def _holding(
    wanted: Sequence[tuple[str, str]], learners: Mapping[str, _Learner], terms: Terms, known: Labelled
) -> set[int]:
    """Return the numbers of the units in which a wanted rule may be found at all: the others need not be read by the tagger."""
    numbers = terms.numbers
    table = terms.table
    found: set[int] = set()
    for key, rule in wanted:
        if rule in learners[key].narrower:
            found.update(number for number in learners[key].caught_by(learners[key].narrower[rule]))
        else:
            column = numbers[learners[key].terms[rule]]
            found.update(table.indices[table.indptr[column] : table.indptr[column + 1]].tolist())
    return found


class _Learner:
    """Learns the rules of one code."""

    def __init__(
        self,
        corpus: Corpus,
        key: str,
        known: Labelled,
        terms: Terms,
        groups: NDArray[np.int64],
        existing: Mapping[str, Hits],
    ) -> None:
        self._corpus, self._key, self._known, self._existing = corpus, key, known, existing
        self._caught = frozenset(number for hits in existing.values() for number in hits)
        self._labels = known.of(key)
        self._groups = groups
        self._field = Field(terms, self._labels, groups)
        self.looked_at = self._field.looked_at
        self.reason = NOTHING
        self.terms: dict[str, Term] = {}
        self.narrower: dict[str, str] = {}

    def wanted(self, n: int) -> list[str]:
        """Return up to *n* new rules to be counted closely, and the narrower ones."""
        order = ranked(self._field)
        closed = self._closed()
        macros = self._corpus.codebook.macros
        open_ = [c for c in order if signature(self._field.candidates[c].rule, macros) not in closed]
        chosen = [self._field.candidates[number] for number in self._apart(open_, n)]
        self.terms = {one.rule: one.term for one in chosen}
        self.narrower = self._narrower(closed)
        if order:
            self.reason = KNOWN
        return [*self.terms, *self.narrower]

    def caught_by(self, rule: str) -> Iterable[int]:
        """Return the numbers of the units that a rule of the code catches."""
        return self._existing[rule]

    def _narrower(self, closed: set[Signature]) -> dict[str, str]:
        """Return narrower rules, and the rule of the code that each would take the place of; locked rules stay."""
        macros = self._corpus.codebook.macros
        locked = {signature(d.rule, macros) for d in self._decided(RuleVerdict.LOCKED)}
        rules = [rule for rule in self._existing if signature(rule, macros) not in locked]
        found = narrowed(rules, [self._existing[rule] for rule in rules], self._known.units, self._labels, macros)
        return {one.narrower: one.rule for one in found if signature(one.narrower, macros) not in closed}

    def _decided(self, verdict: RuleVerdict) -> list[RuleDecision]:
        return [d for d in self._corpus.rule_decisions if d.code == self._key and d.verdict is verdict]

    def _closed(self) -> set[Signature]:
        """Return the rules that are not proposed: those the code has, and those that were decided about."""
        macros = self._corpus.codebook.macros
        forbidden = [decision.rule for decision in self._decided(RuleVerdict.FORBIDDEN)]
        return {signature(rule, macros) for rule in (*self._existing, *forbidden)}

    def _apart(self, order: Sequence[int], n: int) -> list[int]:
        """Return the first *n* of *order* each of which catches a passage coded so that the ones before it and the code's rules do not."""
        covered = set(self._caught)
        chosen: list[int] = []
        for column in order:
            coded = self._field.coded(column)
            if len(chosen) < n and not coded <= covered:
                chosen.append(column)
                covered |= coded
        return chosen

    def counted(self, rules: Sequence[str], hits: Sequence[Hits]) -> list[ProposedRule]:
        """Return *rules* with what they really catch, those that still make a rule, best first."""
        if not rules:
            return []
        read = np.flatnonzero(self._labels >= 0)
        place = {number: row for row, number in enumerate(read.tolist())}
        pairs = [(place[number], column) for column, each in enumerate(hits) for number in each if number in place]
        table = csr_matrix(
            (np.ones(len(pairs)), ([row for row, _ in pairs], [column for _, column in pairs])),
            shape=(len(read), len(rules)),
        )
        counts = counted(table, self._labels[read], self._groups[read])
        likely = estimate(counts.coded, counts.read, counts.share)
        good = making(counts, 1.0)
        again = _again(table, self._labels[read], self._groups[read])
        found = []
        for column, rule in enumerate(rules):
            adds = self._adds(hits[column], self.narrower.get(rule, ""))
            if adds and (good[column] or rule in self.narrower):
                seen = Share(int(counts.coded[column]), int(counts.read[column]))
                unread = sum(1 for number in hits[column] if self._labels[number] == -1)
                found.append(
                    ProposedRule(
                        self._key, rule, seen, int(counts.voices[column]), float(likely[column]), *again[column], adds, unread,
                        self.narrower.get(rule, ""),
                    )
                )  # fmt: skip
        return sorted(found, key=lambda p: (-p.estimate, -p.seen.k, p.rule))

    def _adds(self, hits: Hits, instead_of: str) -> int:
        """Return how many passages coded so a rule adds to those caught; of a narrower one, how many wrong ones it leaves out."""
        if instead_of:
            return sum(1 for number in self._existing[instead_of] if self._labels[number] == 0 and number not in hits)
        return sum(1 for number in hits if self._labels[number] == 1 and number not in self._caught)


def _again(table: csr_matrix, labels: NDArray[np.int64], groups: NDArray[np.int64]) -> list[tuple[Share, float | None]]:
    """Return for each rule (a column) in how many halves of the informants it holds, and how right it is in the others."""
    makes, coded, read = (np.zeros(table.shape[1]) for _ in range(3))
    n = 0
    for half in halves(groups):
        here = making(counted(table, labels, groups, half), 1.0, VOICES)
        there = counted(table, labels, groups, ~half)
        makes += here
        coded += np.where(here, there.coded, 0)
        read += np.where(here, there.read, 0)
        n += 1
    return [(Share(int(times), n), float(k / m) if m else None) for times, k, m in zip(makes, coded, read, strict=True)]

"""What keyword rules catch and miss of what people coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_
from qualcode.model import Code, Codebook, Corpus, Evidence
from qualcode.suggesters._marks import Marks
from qualcode.suggesters._training import training_set
from qualcode.suggesters._units import Unit
from qualcode.suggesters.patterns.share import Share

__all__ = ["NONE_READ", "Catch", "Labelled", "RuleEffect", "catches_of", "labelled", "rule_effects"]

NONE_READ = N_("none of the passages it catches has been read")


@dataclass(frozen=True, slots=True, eq=False)
class Catch:
    """A passage that a rule catches, by what, and whether people coded it so: 1 coded so, 0 read without, −1 not known."""

    unit: Unit
    evidence: tuple[Evidence, ...]
    label: int


@dataclass(frozen=True, slots=True, eq=False)
class RuleEffect:
    """What one rule of a code does; with an empty `rule`, what all its rules do together.

    A passage is a unit of suggesting: what informants say in one segment of the study. `missed` are passages coded so that
    the rule does not catch, `coded` how many were coded so at all.
    """

    code: str
    rule: str
    catches: tuple[Catch, ...]
    missed: tuple[Unit, ...]
    coded: int

    @property
    def precision(self) -> Share:
        """How many of the passages caught that people have read they coded so."""
        known = [catch.label for catch in self.catches if catch.label >= 0]
        return Share(sum(known), len(known))

    @property
    def recall(self) -> Share:
        """How many of the passages coded so the rule catches."""
        return Share(self.coded - len(self.missed), self.coded)

    @property
    def informants(self) -> int:
        """How many informants (or groups that speak as one) say what the rule catches."""
        return len({catch.unit.group for catch in self.catches})

    @property
    def undefined(self) -> str:
        """Why there is no precision: an English message id, or empty."""
        return "" if self.precision.n else NONE_READ


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """All units in order of the text, with what people's work says of each code: 1, 0, −1, of shape (n_units, n_codes)."""

    units: tuple[Unit, ...]
    labels: NDArray[np.int64]
    keys: tuple[str, ...]

    def of(self, key: str) -> NDArray[np.int64]:
        """Return the labels of the code *key*, of shape (n_units,)."""
        return np.asarray(self.labels[:, self.keys.index(key)])


def labelled(corpus: Corpus) -> Labelled:
    """Return the units of *corpus* and what is known of each for each code in use."""
    found = training_set(corpus)
    units = (*found.units, *found.others)
    labels = np.full((len(units), found.labels.shape[1]), -1, dtype=np.int64)
    labels[: len(found.units)] = found.labels
    place = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    order = sorted(range(len(units)), key=lambda n: (place[units[n].transcript.guid], units[n].span))
    return Labelled(tuple(units[n] for n in order), labels[order], tuple(c.key for c in corpus.codebook.active))


def rule_effects(
    corpus: Corpus, code: str | None = None, *, rules: Sequence[str] | None = None
) -> tuple[RuleEffect, ...]:
    """Return what each rule of *code* catches and misses, then what they do together; of every code, where none is named, the latter alone.

    Parameters
    ----------
    corpus : Corpus
        Only what it shows counts: of one coder's work, give their corpus.
    code : str, optional
        Key of a code; one that is out of use is looked at as if it were in use.
    rules : sequence of str, optional
        Rules to try in the place of those that the code has.

    Raises
    ------
    NotFoundError
        If the codebook has no such *code*.
    RuleError
        If a rule cannot be read; with the column.
    """
    book = corpus.codebook
    if code is not None and not book.code(code).active:
        book = replace(book, codes=tuple(replace(c, active=True) if c.key == code else c for c in book.codes))
    known = labelled(corpus.with_(codebook=book))
    keys = [c.key for c in book.active if code is None or c.key == code]
    every = {key: tuple(dict.fromkeys(book.code(key).keywords if rules is None else rules)) for key in keys}
    wanted = [(key, rule) for key, each in every.items() for rule in each]
    caught = catches_of([rule for _, rule in wanted], book, known.units)
    found: list[RuleEffect] = []
    for key in keys:
        mine = [(rule, hits) for (owner, rule), hits in zip(wanted, caught, strict=True) if owner == key]
        labels = known.of(key)
        if code is not None:
            found += (_effect(key, rule, hits, known, labels) for rule, hits in mine)
        together: dict[int, tuple[Evidence, ...]] = {}
        for _, hits in mine:
            for number, evidence in hits.items():
                together[number] = tuple(dict.fromkeys((*together.get(number, ()), *evidence)))
        found.append(_effect(key, "", together, known, labels))
    return tuple(found)


def catches_of(
    rules: Sequence[str], book: Codebook, units: Sequence[Unit], among: Iterable[int] | None = None
) -> tuple[dict[int, tuple[Evidence, ...]], ...]:
    """Return for each of *rules* the numbers of the *units* that it catches, in order, with what matched; only *among* these numbers, if given.

    Each rule is looked for as a code of its own: beside others of one code, it would not be said which of two found the same words.
    """
    codes = tuple(Code(f"r{number}", keywords=(rule,)) for number, rule in enumerate(dict.fromkeys(rules)))
    marks = Marks(Codebook("uji", codes, macros=book.macros))
    found: dict[str, dict[int, tuple[Evidence, ...]]] = {code.key: {} for code in codes}
    for number in (range(len(units)) if among is None else sorted(among)) if rules else ():
        for key, evidence in marks.of(units[number]).items():
            found[key][number] = evidence
    of_rule = {code.keywords[0]: found[code.key] for code in codes}
    return tuple(of_rule[rule] for rule in rules)


def _effect(
    key: str, rule: str, hits: dict[int, tuple[Evidence, ...]], known: Labelled, labels: NDArray[np.int64]
) -> RuleEffect:
    coded = np.flatnonzero(labels == 1).tolist()
    return RuleEffect(
        key,
        rule,
        tuple(Catch(known.units[number], hits[number], int(labels[number])) for number in sorted(hits)),
        tuple(known.units[number] for number in coded if number not in hits),
        len(coded),
    )

"""What is taken as true when suggestions are tested: units read, whose they are, and the codes they bear by one coder or by several who agree."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_, InputError, NotFoundError, StateError
from qualcode.model import Codebook, Codings, Corpus, Finding, Origin
from qualcode.suggesters._training import training_set
from qualcode.suggesters._units import Unit

__all__ = ["Truth", "coders_by_work", "truth", "work_of"]

ASSISTED = N_("{coder} made {n} codings on suggestions by the machine: figures for what suggested them are too good")
DIFFER = N_(
    "the coders differ on {n} of {all} pairs of passage and code, which are left out: the hard ones, so figures are better than in practice"
)
NOBODY = N_("nobody has coded anything in this study yet")
NO_CODES = N_("no code of the codebook is in use")
NOT_BOTH = N_("no unit was read by all of these coders: {coders}")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Units that were read, in order of the text, and what is true of them.

    Attributes
    ----------
    units, others : tuple of Unit
        Those of which something is known, and the rest.
    labels : ndarray of int, shape (n_units, n_codes)
        1 bears the code, 0 does not, −1 not known (or the coders differ).
    keys : tuple of str
        The codes in use, in codebook order.
    groups : ndarray of int, shape (n_units,)
        Number of the informant in `informants`; people who speak in one unit are one.
    informants : tuple of str
        What they are called.
    coders : tuple of str
        Whose codings; with several, where they agree.
    """

    codebook: Codebook
    units: tuple[Unit, ...]
    others: tuple[Unit, ...]
    labels: Ints
    keys: tuple[str, ...]
    groups: Ints
    informants: tuple[str, ...]
    coders: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    def state(self, *more: object) -> str:
        """Return 32 hex digits that change with whatever a test of suggestions rests on; *more* is hashed with it."""
        units = [
            [unit.transcript.revision, [[piece.start, piece.end] for piece in unit.pieces], unit.question]
            for unit in (*self.units, *self.others)
        ]
        known = [self.keys, self.groups.tolist(), self.labels.tolist(), self.coders]
        text = json.dumps([self.codebook.label, units, known, more], ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def coders_by_work(corpus: Corpus) -> tuple[str, ...]:
    """Return the ids of those who coded, who coded most first."""
    return tuple(name for name, _ in Counter(coding.coder for coding in corpus.codings).most_common())


def work_of(corpus: Corpus, coder: str | None) -> Corpus:
    """Return *corpus* with the codings, readings and decisions of *coder* alone; everyone's where None."""
    if coder is None:
        return corpus
    return corpus.with_(
        codings=Codings(one for one in corpus.codings if one.coder == coder),
        readings=tuple(one for one in corpus.readings if one.coder == coder),
        decisions=tuple(one for one in corpus.decisions if one.coder == coder),
    )


def truth(corpus: Corpus, coders: Sequence[str]) -> Truth:
    """Return what *coders* (ids) made of the units they read; of several, what all of them agree on.

    Raises
    ------
    NotFoundError
        If one of them coded nothing.
    StateError
        If nothing is coded, no code is in use, or no unit was read by all of them.
    InputError
        If no coder is named.
    """
    worked = coders_by_work(corpus)
    if not worked:
        raise StateError(NOBODY, hint=N_("code some transcripts first, or try it on the sample study: qualcode demo"))
    if not coders:
        raise InputError(N_("whose codings to take as true is not known"))
    if not corpus.codebook.active:
        raise StateError(NO_CODES)
    findings = []
    for name in coders:
        if name not in worked:
            raise NotFoundError(N_("{name!r} has coded nothing in this study"), name=name, known=worked)
        assisted = sum(c.coder == name and c.origin in {Origin.ACCEPTED, Origin.CORRECTED} for c in corpus.codings)
        if assisted:
            findings.append(Finding("note", ASSISTED, parameters={"coder": name, "n": assisted}))
    known = [training_set(work_of(corpus, name)) for name in coders]
    order = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    every = sorted((*known[0].units, *known[0].others), key=lambda unit: (order[unit.transcript.guid], unit.span))
    row = {_place(unit): number for number, unit in enumerate(every)}
    keys = tuple(code.key for code in corpus.codebook.active)
    judged = np.full((len(known), len(every), len(keys)), -1, dtype=np.int64)
    for labels, one in zip(judged, known, strict=True):
        labels[[row[_place(unit)] for unit in one.units]] = one.labels
    same = (judged == judged[0]).all(axis=0)
    judged_by_all = (judged != -1).all(axis=0)
    apart = int((~same & judged_by_all).sum())
    if apart:
        findings.append(Finding("note", DIFFER, parameters={"n": apart, "all": int(judged_by_all.sum())}))
    labels = np.where(same, judged[0], -1)
    read = (labels != -1).any(axis=1)
    if not read.any():
        raise StateError(NOT_BOTH, coders=", ".join(coders))
    units = tuple(unit for unit, yes in zip(every, read, strict=True) if yes)
    groups, informants = _groups(corpus, units)
    others = tuple(unit for unit, yes in zip(every, read, strict=True) if not yes)
    return Truth(corpus.codebook, units, others, labels[read], keys, groups, informants, tuple(coders), tuple(findings))


def _place(unit: Unit) -> tuple[str, int, int]:
    return unit.transcript.revision, unit.span.start, unit.span.end


def _groups(corpus: Corpus, units: Sequence[Unit]) -> tuple[Ints, tuple[str, ...]]:
    """Return the number of each unit's informant, and their names; people who speak in one unit are one group."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    people = [unit.group.split("+") for unit in units]
    for first, *rest in people:
        for other in (first, *rest):
            leader[find(other)] = find(first)
    roots = [find(first) for first, *_ in people]
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots))}
    names = {one.guid: one.id for one in corpus.informants} | {one.guid: one.name for one in corpus.transcripts}
    called = [" + ".join(names.get(name, name) for name in sorted(leader) if find(name) == root) for root in numbers]
    return np.array([numbers[root] for root in roots], dtype=np.int64), tuple(called)

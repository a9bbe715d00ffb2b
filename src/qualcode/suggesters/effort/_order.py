"""In which order a coder came to know of each unit whether it bears a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Coding, Corpus, Decision, Reading, Verdict
from qualcode.suggesters._training import OWN_READING, kin, training_set
from qualcode.suggesters._truth import work_of
from qualcode.suggesters._units import Unit

__all__ = ["CodeOrder", "orders"]


@dataclass(frozen=True, slots=True)
class CodeOrder:
    """What one coder did about one code.

    Attributes
    ----------
    code : str
        Its key.
    labels : ndarray of 1 and 0, shape (n_read,)
        Of the units read, in the order in which the coder came to them (of one moment: as they stand in the text).
    queued : ndarray of bool, shape (n_read,)
        Which of them the coder came to by a suggestion of the code; the others by reading on.
    n_units : int
        Units in which the code may stand, read or not.
    rejections : int
        Suggestions of the code rejected or given another code since the last one accepted.
    """

    code: str
    labels: NDArray[np.int64]
    queued: NDArray[np.bool_]
    n_units: int
    rejections: int


def orders(corpus: Corpus, coder: str | None, keys: Iterable[str]) -> tuple[CodeOrder, ...]:
    """Return the order of reading for each code of *keys*, by the work of *coder* (everyone's where None)."""
    own = work_of(corpus, coder)
    known = training_set(own)
    column = {code.key: number for number, code in enumerate(own.codebook.active)}
    related = kin(own.codebook)
    moments = _moments(own, known.units)
    place = {transcript.guid: number for number, transcript in enumerate(own.transcripts)}
    where = [(place[unit.transcript.guid], unit.span) for unit in known.units]
    found = []
    for key in keys:
        beside = [column[other] for other in related[key] if other in column]
        rows = []
        unread = len(known.others)
        for number, label in enumerate(known.labels[:, column[key]].tolist()):
            if label == -1:
                # Under a parent or child that is there it is not asked whether the code itself is: such a unit counts nowhere.
                unread += not any(known.labels[number, other] == 1 for other in beside)
                continue
            read, decided, first = moments[number]
            at, blind = decided.get(key, (None, False))
            # Decided blind, the passage was coded before its suggestion was shown, but it was the queue that led to it.
            queued = at is not None and (read is None or at <= read or blind)
            rows.append((at or read or first, where[number], label, queued))
        rows.sort()
        found.append(
            CodeOrder(
                key,
                np.array([label for _, _, label, _ in rows], dtype=np.int64),
                np.array([queued for _, _, _, queued in rows], dtype=bool),
                len(rows) + unread,
                _rejections(own.decisions, key),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Work:
    """What was done in one revision."""

    codings: list[Coding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


Moments = tuple[datetime | None, dict[str, tuple[datetime, bool]], datetime]


def _moments(corpus: Corpus, units: tuple[Unit, ...]) -> list[Moments]:
    """Return for each unit when it was read (None where only suggestions led to it), by code when one was decided on and whether blind, and the first of all."""
    work: dict[str, _Work] = defaultdict(_Work)
    for coding in corpus.codings:
        work[coding.revision].codings.append(coding)
    for reading in corpus.readings:
        work[reading.revision].readings.append(reading)
    for decision in corpus.decisions:
        if decision.verdict is not Verdict.SKIPPED:
            work[decision.revision].decisions.append(decision)
    return [_moments_of(unit, work[unit.transcript.revision]) for unit in units]


def _moments_of(unit: Unit, work: _Work) -> Moments:
    """Return the moments of one unit of which something is known."""
    span = unit.span
    decided: dict[str, tuple[datetime, bool]] = {}
    for one in sorted(work.decisions, key=lambda one: one.at):
        if one.span.overlaps(span):
            decided.setdefault(one.code, (one.at, one.blind is not None))
    coded = [one for one in work.codings if one.span.overlaps(span)]
    own = [one for one in work.codings if one.origin in OWN_READING]
    read = [one.at for one in work.readings if one.span.overlaps(span)]
    read += [one.at for one in coded if one.origin in OWN_READING]
    if not read and any(one.span.end <= span.start for one in own):  # passed over on the way to the next coding
        behind = [one for one in own if one.span.start >= span.end]
        read += [min(behind, key=lambda one: one.span).at] if behind else []
    return (
        min(read, default=None),
        decided,
        min([*read, *(at for at, _ in decided.values()), *(one.at for one in coded)]),
    )


def _rejections(decisions: Iterable[Decision], code: str) -> int:
    """Return how many suggestions of *code* were turned down in a row, up to now; skipping decides nothing.

    Passages below its threshold that a queue led to count, too; those decided before, on which machine and coder differ, do not.
    """
    run = 0
    mine = (one for one in decisions if one.code == code and one.asked != "disagreement")
    for one in sorted(mine, key=lambda one: one.at):
        if one.verdict is Verdict.ACCEPTED or (one.verdict is Verdict.CORRECTED and one.corrected in {"", code}):
            run = 0  # other words, but the same code (kept as no other code)
        elif one.verdict is not Verdict.SKIPPED:
            run += 1
    return run

"""How far people agree with each other, and with the machine, on the same passages of the same informants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement import agree
from qualcode.errors import N_
from qualcode.model import Coder, Coding, Codings, Corpus, Reading, Segment
from qualcode.suggesters._truth import Truth, coders_by_work, truth
from qualcode.suggesters._units import Unit

__all__ = ["Beside", "beside", "second_coder"]

ONE_CODER = N_("one coder alone: how far people agree with each other is not known")
NOTHING_SHARED = N_("the two coders have read no passage in common")
MACHINE = "machine"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The machine's codings exist for the comparison alone and have no time."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Agreement of two on one code, or on all (empty `code`), by percent and Krippendorff's α.

    `pair` names them; the machine is ``machine``. A figure is ``None`` where it is undefined, and `undefined` says why (an English message id).
    """

    code: str
    pair: tuple[str, str]
    n_units: int
    percent: float | None
    alpha: float | None
    undefined: str = ""


def second_coder(corpus: Corpus, first: Sequence[str]) -> str | None:
    """Return the coder who read most beside the first of *first*, or None: the second of them where there are two."""
    if len(first) > 1:
        return first[1]
    mine = {_place(one) for one in truth(corpus, first[:1]).units}
    others = [name for name in coders_by_work(corpus) if name != first[0]]
    shared = {name: len(mine & {_place(one) for one in truth(corpus, [name]).units}) for name in others}
    return max(shared, key=lambda name: shared[name], default=None)


def beside(
    corpus: Corpus, true: Truth, suggested: NDArray[np.int64], first: str, second: str
) -> tuple[Beside, ...] | str:
    """Return how far two coders agree, and each with the machine; or why that cannot be said (an English message id).

    Units are those that both coders read and the machine was tested on, so that all three pairs are compared on the same. Over all codes
    the distance of α is MASI, since a unit may bear several; see `qualcode.agree`.

    Parameters
    ----------
    corpus : Corpus
        The study.
    true : Truth
        The units tested.
    suggested : array of 1 and 0, shape (n_units, n_codes)
        What the machine suggests for units of informants it did not learn from.
    first, second : str
        Ids of the coders.
    """
    read = [{_place(one) for one in truth(corpus, [name]).units} for name in (first, second)]
    rows = [number for number, unit in enumerate(true.units) if all(_place(unit) in seen for seen in read)]
    if not rows:
        return NOTHING_SHARED
    machine = MACHINE
    while machine in {coder.id for coder in corpus.coders}:
        machine += "*"
    units = [true.units[row] for row in rows]
    codings = [
        Coding(f"{row:016x}{code:016x}", unit.transcript.guid, unit.transcript.revision, unit.span, key, machine, NEVER)
        for row, unit in zip(rows, units, strict=True)
        for code, key in enumerate(true.keys)
        if suggested[row, code]
    ]
    readings = tuple(
        Reading(f"{row:032x}", unit.transcript.guid, unit.transcript.revision, unit.span, machine, NEVER)
        for row, unit in zip(rows, units, strict=True)
    )
    compared = corpus.with_(
        coders=(*corpus.coders, Coder("0" * 32, machine)),
        codings=Codings([*corpus.codings, *codings]),
        readings=corpus.readings + readings,
        segments=tuple(Segment(unit.transcript.guid, unit.span, "unit") for unit in units),
    )
    return tuple(
        row for pair in ((first, second), (first, machine), (second, machine)) for row in _pair(compared, pair)
    )


def _pair(corpus: Corpus, pair: tuple[str, str]) -> list[Beside]:
    """Return the agreement of two, first over all codes, then code by code."""
    percent = agree(corpus, coders=pair, measure="percent")
    alpha = agree(corpus, coders=pair, measure="alpha")
    shown = (pair[0], MACHINE) if pair[1].startswith(MACHINE) and pair[1] == corpus.coders[-1].id else pair
    return [
        Beside(one.code, shown, one.n_units, one.value, other.value, other.undefined or one.undefined)
        for one, other in zip((percent, *percent.per_code), (alpha, *alpha.per_code), strict=True)
    ]


def _place(unit: Unit) -> tuple[str, int, int]:
    """Return what names a unit in every copy of the study."""
    return unit.transcript.revision, unit.span.start, unit.span.end

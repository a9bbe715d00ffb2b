"""Agreement between the coders of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement import _measure as core
from qualcode.agreement._measure import MISSING, Measure, Measured, check_measure, masi, nominal
from qualcode.agreement._result import Agreement
from qualcode.agreement._units import Units, gather
from qualcode.errors import N_, InputError
from qualcode.model import Corpus

__all__ = ["agree"]

TOO_FEW = N_("agreement needs two different coders")
IDLE = N_("fewer than two of these coders have coded or read anything in this study")
UNUSED = N_("none of these coders used the code in the units compared")
NOTHING = N_("none of these coders coded anything in the units compared")
OVERLAPPING = N_("the segments overlap, so the same words would count twice")


def agree(
    corpus: Corpus,
    *,
    coders: Sequence[str] | None = None,
    measure: Measure = "alpha",
    code: str | None = None,
    by: str = "segment",
    round: str | None = None,
    resamples: int = 0,
    seed: int = 0,
) -> Agreement:
    """Return how far coders agree on which unit bears which code.

    A unit is a segment of the corpus that holds an informant's voice, or such a turn where the corpus has no segments. It bears
    a code by a coder when one of their codings shares at least one character with it; several codings of one code
    in one unit count once. Only units seen by two coders or more count: those a coder coded in or marked as read. Where a coder coded
    in a transcript but marked nothing as read, the whole transcript counts as read, and a finding says so; a transcript
    without coding or reading is unread, not "nothing". Stance is not compared.

    A unit may bear several codes, so the figure over all codes compares *sets*: alpha with the MASI distance (Passonneau
    2006; Artstein & Poesio 2008), which is nominal alpha where no unit bears more than one code; percent is the share
    of coder pairs with exactly the same set. Each code alone is present or absent: nominal alpha, or percent.

    Parameters
    ----------
    corpus : Corpus
        The study.
    coders : sequence of str, optional
        Ids (or guids) of those to compare; everyone in the study by default.
    measure : {"alpha", "percent"}
        Krippendorff's alpha, or the share of agreeing pairs, which is not corrected for chance.
    code : str, optional
        Compare this code only.
    by : {"segment", "turn"}
        What a unit is.
    round : str, optional
        Compare the codings and readings of this round only. Figures after discussion are not independent agreement.
    resamples, seed : int
        Resample transcripts so many times for a 95 % interval. Off by default: informants chosen purposively are no random draw.

    Returns
    -------
    Agreement
        ``value`` is ``None`` and ``undefined`` says why for coders who are not in the study or did nothing, and where nothing varies.

    Raises
    ------
    InputError
        If *measure* or *by* does not exist, or *coders* is a bare string.
    NotFoundError
        If the codebook has no such *code*.
    """
    check_measure(measure)
    if by not in {"segment", "turn"}:
        raise InputError(N_("units are segment or turn, not {by!r}"), by=by)
    if isinstance(coders, str):
        raise InputError(
            N_("coders is a list of ids, not the text {coders!r}"),
            hint=N_("write it like ['rani', 'dewi']"),
            coders=coders,
        )
    if code is not None:
        corpus.codebook.code(code)
    names = _ids(corpus, coders)
    units = gather(corpus, names, by=by, round=round)
    reason = ""
    if units.overlapping:
        reason = OVERLAPPING
    elif len(names) < 2:
        reason = TOO_FEW
    elif len(units.active) < 2:
        reason = IDLE
    numbers = {key: number for number, key in enumerate(units.codes)}
    in_use = {units.codes[number] for number in np.unique(units.bears[:, 2])}

    def one(key: str | None) -> Agreement:
        table, distance, level = _sets(units) if key is None else _binary(units, numbers.get(key, MISSING))
        if measure == "percent":
            distance, level = nominal(len(distance)), "nominal"
        compared = (table != MISSING).sum(axis=1) >= 2
        found = (
            Measured(None, reason, 0)
            if reason
            else core.measure(table, distance, measure, blocks=units.transcripts, resamples=resamples, seed=seed)
        )
        if not reason and found.n_units and not (table[compared] > 0).any():
            found = Measured(None, NOTHING if key is None else UNUSED, found.n_units)
        marked = table[compared] == 1
        return Agreement(
            value=found.value,
            undefined=found.undefined,
            measure=measure,
            level=level,
            unit=units.kind,
            n_units=found.n_units,
            n_left_out=len(table) - found.n_units,
            coders=names,
            interval=found.interval,
            interval_undefined=found.interval_undefined,
            code=key or "",
            marked=() if key is None else tuple(int(n) for n in marked.sum(axis=0)),
            together=0 if key is None else int((marked | (table[compared] == MISSING)).all(axis=1).sum()),
        )

    if code is not None:
        return replace(one(code), findings=units.findings)
    per_code = tuple(one(each.key) for each in corpus.codebook if each.active or each.key in in_use)
    return replace(one(None), per_code=per_code, findings=units.findings)


def _ids(corpus: Corpus, coders: Sequence[str] | None) -> tuple[str, ...]:
    """Return the ids of *coders*, each once; an unknown one stays as it is written."""
    if coders is None:
        known = [coder.id for coder in corpus.coders]
        worked = [*corpus.codings.coders.names, *(reading.coder for reading in corpus.readings)]
        return tuple(dict.fromkeys([*(name for name in known if name in worked), *worked]))
    by_guid = {coder.guid: coder.id for coder in corpus.coders}
    return tuple(dict.fromkeys(by_guid.get(name, name) for name in coders))


def _binary(units: Units, code: int) -> tuple[NDArray[np.int64], NDArray[np.float64], str]:
    """Return a table of present (1) and absent (0) for one code."""
    table = np.where(units.seen, 0, MISSING).astype(np.int64)
    mine = units.bears[units.bears[:, 2] == code]
    table[mine[:, 0], mine[:, 1]] = 1
    return table, nominal(2), "nominal"


def _sets(units: Units) -> tuple[NDArray[np.int64], NDArray[np.float64], str]:
    """Return a table of which set of codes a unit bears, number 0 being the empty set, and how far sets are apart."""
    table = np.where(units.seen, 0, MISSING).astype(np.int64)
    borne: dict[tuple[int, int], list[str]] = {}
    for unit, coder, code in units.bears.tolist():
        borne.setdefault((unit, coder), []).append(units.codes[code])
    numbers: dict[frozenset[str], int] = {frozenset(): 0}
    for place, codes in borne.items():
        table[place] = numbers.setdefault(frozenset(codes), len(numbers))
    return table, masi(tuple(numbers)), "masi"

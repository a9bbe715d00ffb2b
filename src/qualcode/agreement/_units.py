"""A corpus as units × coders: which unit bears which code by whom, and who has seen which unit.

All transcripts lie end to end on one line, so that spans of all of them are compared by two sorted searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_
from qualcode.model import Corpus, Finding, Origin, Segment, Transcript
from qualcode.model.columns import ORIGINS

__all__ = ["Units", "gather"]

Ints = NDArray[np.int64]

ASSUMED = N_("{coder} coded in {n} transcripts without marking what was read; each counts as read whole")
ASSISTED = N_("{coder} made {n} of these codings on suggestions by the machine, so they are not independent of it")
OUTDATED = N_("{n} codings stand on an earlier revision of their text and are left out")
OUTSIDE = N_("{n} codings touch no unit (an interviewer's words, for example) and are left out")
NO_VOICE = N_("{n} transcripts have neither turns nor segments, so they hold no units")


@dataclass(frozen=True, slots=True)
class Units:
    """What coders did with each unit.

    `seen` has shape (n_units, n_coders); `bears` shape (n_marks, 3) holds unit, coder, code numbers without repetition, `codes` the
    keys; `transcripts` the number of each unit's transcript. `overlapping` tells that two units share text.
    """

    kind: str
    seen: NDArray[np.bool_]
    bears: Ints
    codes: tuple[str, ...]
    transcripts: Ints
    active: tuple[str, ...] = ()
    overlapping: bool = False
    findings: tuple[Finding, ...] = field(default=())


def voiced(transcript: Transcript) -> tuple[bool, ...]:
    """Tell of each turn whether it may be coded: an informant's, or, where no role is known, no interviewer's."""
    voices = tuple(turn.role.is_voice for turn in transcript.turns)
    return voices if any(voices) else tuple(not turn.role.asks for turn in transcript.turns)


def units_of(corpus: Corpus, by: str) -> tuple[str, tuple[Segment, ...]]:
    """Return what is compared, and its kind: the corpus's segments, or turns where it has none or turns are asked for."""
    voices = {transcript.guid: voiced(transcript) for transcript in corpus.transcripts}
    if by == "segment" and corpus.segments:
        chosen = tuple(
            segment
            for segment in corpus.segments
            if not voices.get(segment.transcript)
            or any(voices[segment.transcript][number - 1] for number, _ in corpus.turns_of(segment))
        )
        return ", ".join(sorted({segment.kind for segment in corpus.segments})), chosen
    return "turn", tuple(
        Segment(transcript.guid, turn.span, "turn", (number,))
        for transcript in corpus.transcripts
        for number, turn in enumerate(transcript.turns, 1)
        if voices[transcript.guid][number - 1]
    )


def gather(corpus: Corpus, coders: Sequence[str], *, by: str, round: str | None) -> Units:
    """Return the units of *corpus* with what each of *coders* (ids) saw in them and made of them."""
    kind, segments = units_of(corpus, by)
    order = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    lengths = np.array([len(transcript.text) + 1 for transcript in corpus.transcripts], dtype=np.int64)
    base = np.concatenate(([0], np.cumsum(lengths)))  # one position between transcripts belongs to none
    places = np.array([order[s.transcript] for s in segments], dtype=np.int64)
    starts = np.array([s.span.start for s in segments], dtype=np.int64) + base[places]
    ends = np.array([s.span.end for s in segments], dtype=np.int64) + base[places]
    sequence = np.argsort(starts, kind="stable")
    starts, ends, places = starts[sequence], ends[sequence], places[sequence]
    findings = _bare(corpus, {segment.transcript for segment in segments})
    if np.any(starts[1:] < ends[:-1]):
        return Units(
            kind, np.zeros((len(starts), len(coders)), bool), np.zeros((0, 3), np.int64), (), places, overlapping=True
        )

    (where, who, what, start, end, assisted), outdated = _codings(corpus, coders, order, round)
    low = np.searchsorted(ends, start + base[where], side="right")
    high = np.searchsorted(starts, end + base[where], side="left")
    touched = np.maximum(high - low, 0)
    row = np.repeat(np.arange(len(low)), touched)
    unit = np.arange(len(row)) - np.repeat(np.cumsum(touched) - touched, touched) + low[row]
    bears = np.unique(np.column_stack([unit, who[row], what[row]]), axis=0)

    seen = np.zeros((len(starts), len(coders)), dtype=bool)
    seen[bears[:, 0], bears[:, 1]] = True
    read = _readings(corpus, coders, order, round)
    active = []
    for number, coder in enumerate(coders):
        marked = {place for place, one in read if one == number}
        coded = set(where[who == number].tolist())
        for place in marked:
            mine = places == place
            seen[mine, number] |= _covered(
                corpus.transcripts[place], starts[mine] - base[place], ends[mine] - base[place], read[place, number]
            )
        whole = coded - marked
        seen[np.isin(places, sorted(whole)), number] = True
        if whole:
            findings.append(Finding("note", ASSUMED, parameters={"coder": coder, "n": len(whole)}))
        helped = int(assisted[who == number].sum())
        if helped:
            findings.append(Finding("note", ASSISTED, parameters={"coder": coder, "n": helped}))
        if marked or coded:
            active.append(coder)
    for template, n in ((OUTDATED, outdated), (OUTSIDE, int((touched == 0).sum()))):
        if n:
            findings.append(Finding("note", template, parameters={"n": n}))
    return Units(kind, seen, bears, tuple(corpus.codings.codes.names), places, tuple(active), False, tuple(findings))


def _bare(corpus: Corpus, with_units: set[str]) -> list[Finding]:
    """Return a note on transcripts that hold no unit because nothing divides them."""
    n = sum(1 for t in corpus.transcripts if not t.turns and t.guid not in with_units)
    return [Finding("note", NO_VOICE, parameters={"n": n})] if n else []


def _codings(
    corpus: Corpus, coders: Sequence[str], order: dict[str, int], round: str | None
) -> tuple[tuple[Ints, Ints, Ints, Ints, Ints, Ints], int]:
    """Return the coders' codings on current text, and how many are not on it.

    The arrays are transcript, coder, code, start, end, and 1 for a coding made on a suggestion.
    """
    columns = corpus.codings

    def cells(column: Sequence[int] | object) -> Ints:
        return np.asarray(column, dtype=np.int64)

    numbers = {coder: number for number, coder in enumerate(coders)}
    coder = np.array([numbers.get(name, -1) for name in columns.coders.names], dtype=np.int64)
    place = np.array([order[name] for name in columns.transcripts.names], dtype=np.int64)
    current = {transcript.revision for transcript in corpus.transcripts}
    fresh = np.array([name in current for name in columns.revisions.names], dtype=bool)
    inside = np.array([round is None or name == round for name in columns.rounds.names], dtype=bool)
    who = coder[cells(columns.coders.cells)]
    mine = (who >= 0) & inside[cells(columns.rounds.cells)]
    usable = mine & fresh[cells(columns.revisions.cells)]
    suggested = [ORIGINS.index(origin) for origin in (Origin.ACCEPTED, Origin.CORRECTED)]
    found = (
        place[cells(columns.transcripts.cells)][usable],
        who[usable],
        cells(columns.codes.cells)[usable],
        cells(columns.starts)[usable],
        cells(columns.ends)[usable],
        np.isin(cells(columns.origins), suggested)[usable].astype(np.int64),
    )
    return found, int((mine & ~usable).sum())


def _readings(
    corpus: Corpus, coders: Sequence[str], order: dict[str, int], round: str | None
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the spans read, by transcript and coder number."""
    numbers = {coder: number for number, coder in enumerate(coders)}
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for reading in corpus.readings:
        if reading.coder in numbers and corpus.is_current(reading) and round in (None, reading.round):
            found.setdefault((order[reading.transcript], numbers[reading.coder]), []).append(
                (reading.span.start, reading.span.end)
            )
    return found


def _covered(transcript: Transcript, starts: Ints, ends: Ints, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell of each unit whether all of its speech lies in *spans*; labels and blanks between turns need no reading."""
    read = np.zeros(len(transcript.text) + 1, dtype=np.int64)
    for start, end in spans:
        read[start:end] = 1
    speech = np.zeros_like(read)
    if transcript.turns:
        for turn, voice in zip(transcript.turns, voiced(transcript), strict=True):
            speech[turn.span.start : turn.span.end] = voice
    else:
        speech[: len(transcript.text)] = 1
    unread = np.concatenate(([0], np.cumsum(speech * (1 - read))))
    return np.asarray(unread[ends] == unread[starts])

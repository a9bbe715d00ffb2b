"""What people's work says of each unit and code: bears it, does not, or nobody knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Codebook, Corpus, Origin, Span, Verdict
from qualcode.suggesters._units import Unit, units

__all__ = ["TrainingSet", "kin", "training_set"]

OWN_READING = frozenset({Origin.HUMAN, Origin.IMPORTED})
"""Codings that a coder made while going through the text. One made on a suggestion tells nothing of other codes or of the text around it."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Units of which something is known, their labels of shape (n_units, n_codes) in 1, 0, −1, and the other units."""

    units: tuple[Unit, ...]
    labels: NDArray[np.int64]
    others: tuple[Unit, ...]


def training_set(corpus: Corpus) -> TrainingSet:
    """Return what is known of the units of *corpus* and its codes in use.

    A unit bears a code when a coding shares text with it. It does not when a coder read it (a reading covers it, it lies between
    their first and last own coding in the transcript, or they coded it otherwise) without putting the code, or rejected the code there
    and nobody put it. A parent or child of a code that is there is not counted against.
    """
    every = units(corpus)
    keys = [code.key for code in corpus.codebook.active]
    column = {key: number for number, key in enumerate(keys)}
    related = kin(corpus.codebook)
    codings: dict[str, list[tuple[Span, str, str, bool]]] = defaultdict(list)
    for coding in corpus.codings:
        codings[coding.revision].append((coding.span, coding.code, coding.coder, coding.origin in OWN_READING))
    worked = _worked(corpus, codings)
    against: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for decision in corpus.decisions:
        if decision.verdict in {Verdict.REJECTED, Verdict.CORRECTED}:
            against[decision.revision].append((decision.span, decision.code))

    labels = np.full((len(every), len(keys)), -1, dtype=np.int64)
    for row, unit in enumerate(every):
        revision = unit.transcript.revision
        borne: dict[str, bool] = {}
        for span, code, _, own in codings.get(revision, ()):
            if any(piece.overlaps(span) for piece in unit.pieces):
                borne[code] = borne.get(code, False) or own
        read = any(borne.values()) or any(
            all(span.covers(piece) for piece in unit.pieces) or span.covers(unit.span)
            for span in worked.get(revision, ())
        )
        if read:
            labels[row] = 0
            for code in borne:
                labels[row, [column[key] for key in related[code] if key in column]] = -1
        for span, code in against.get(revision, ()):
            if code in column and span.overlaps(unit.span):
                labels[row, column[code]] = 0
        for code in borne:
            if code in column:
                labels[row, column[code]] = 1
    known = (labels != -1).any(axis=1)
    return TrainingSet(
        tuple(unit for unit, yes in zip(every, known, strict=True) if yes),
        labels[known],
        tuple(unit for unit, yes in zip(every, known, strict=True) if not yes),
    )


def _worked(corpus: Corpus, codings: dict[str, list[tuple[Span, str, str, bool]]]) -> dict[str, list[Span]]:
    """Return the stretches that coders went through, by revision: their readings, or from first to last own coding."""
    found: dict[str, list[Span]] = defaultdict(list)
    reading: set[tuple[str, str]] = set()
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for one in corpus.readings:
        reading.add((one.revision, one.coder))
        spans[one.revision, one.coder].append(one.span)
    for (revision, _), each in spans.items():
        found[revision].extend(_joined(each, corpus, revision))
    for revision, made in codings.items():
        for coder in {coder for _, _, coder, own in made if own}:
            if (revision, coder) not in reading:
                own_spans = [span for span, _, who, own in made if own and who == coder]
                found[revision].append(Span(min(s.start for s in own_spans), max(s.end for s in own_spans)))
    return found


def _joined(spans: list[Span], corpus: Corpus, revision: str) -> list[Span]:
    """Return *spans* with neighbours joined where no voice's turn begins between them: labels and blanks need no reading."""
    transcript = next((t for t in corpus.transcripts if t.revision == revision), None)
    if transcript is None:
        return []
    found: list[Span] = []
    for span in sorted(spans):
        gap = Span(found[-1].end, span.start) if found and found[-1].end < span.start else None
        if gap and (
            any(turn.role.is_voice and turn.span.overlaps(gap) for turn in transcript.turns)
            or (not transcript.turns and gap.of(transcript.text).strip())
        ):
            found.append(span)
        elif found:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def kin(codebook: Codebook) -> dict[str, set[str]]:
    """Return each code's ancestors and descendants."""
    found: dict[str, set[str]] = {code.key: set() for code in codebook}
    for code in codebook:
        parent = code.parent
        while parent is not None:
            found[code.key].add(parent)
            found[parent].add(code.key)
            parent = codebook.code(parent).parent
    return found

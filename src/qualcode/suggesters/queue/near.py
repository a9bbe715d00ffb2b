"""The passages that people coded so and that are most like a suggested one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.model import Coding, Corpus, Near, Span, Suggestion
from qualcode.suggesters._units import Unit
from qualcode.suggesters.classifier import ClassifierSuggester

__all__ = ["coding_in", "with_near"]

NEAREST = 2


def with_near(
    corpus: Corpus, classifier: ClassifierSuggester, suggestions: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return *suggestions*, each with the nearest passages that bear its code.

    Parameters
    ----------
    corpus : Corpus
        What the classifier was fitted on: no coding of others comes in.
    """
    units = {(unit.transcript.revision, unit.span): unit for unit in classifier.view().units}
    of_revision: dict[str, list[Coding]] = {}
    for coding in corpus.codings:
        of_revision.setdefault(coding.revision, []).append(coding)
    found = []
    for one in suggestions:
        unit = units.get((one.revision, one.span))
        near: list[Near] = []
        for other, likeness in classifier.nearest(unit, one.code, NEAREST) if unit is not None and one.code else ():
            there = coding_in(other, one.code, of_revision.get(other.transcript.revision, ()))
            if there is not None and there.guid not in {each.coding for each in near}:
                near.append(Near(there.guid, round(likeness, 3)))
        found.append(replace(one, near=tuple(near)))
    return tuple(found)


def coding_in(unit: Unit, code: str, codings: Iterable[Coding]) -> Coding | None:
    """Return the coding of *code* that shares most text with *unit*, the earliest of equal ones; None where none does."""
    best: tuple[int, Coding] | None = None
    for coding in codings:
        if coding.code != code or coding.revision != unit.transcript.revision:
            continue
        shared = sum(_shared(piece, coding.span) for piece in unit.pieces)
        if shared and (best is None or shared > best[0]):
            best = shared, coding
    return best[1] if best else None


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))

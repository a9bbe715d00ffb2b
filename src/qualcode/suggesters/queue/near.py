"""The passages that people coded so and that are most like a suggested one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from qualcode.model import Coding, Corpus, Evidence, Near, Span, Suggestion
from qualcode.nlp.sentences import sentences
from qualcode.suggesters._units import Unit
from qualcode.suggesters.classifier import ClassifierSuggester

__all__ = ["coding_in", "with_near"]

NEAREST = 2
LEAST = 0.5
"""Log-odds that a rule's match is worth at least when it is asked which sentence speaks most for a code."""


def with_near(
    corpus: Corpus, classifier: ClassifierSuggester, suggestions: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return *suggestions*, each with the nearest passages that bear its code.

    Parameters
    ----------
    corpus : Corpus
        What the classifier was fitted on: no coding of others comes in.
    """
    view = classifier.view()
    column = {key: number for number, key in enumerate(view.keys)}
    units = {(unit.transcript.revision, unit.span): unit for unit in view.units}
    telling: dict[str, Span] = {}
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
                if there.guid not in telling:
                    telling[there.guid] = _telling(other, there, view.evidence(other, column[one.code]))
                near.append(Near(there.guid, round(likeness, 3), telling[there.guid]))
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


def _telling(unit: Unit, coding: Coding, evidence: Iterable[Evidence]) -> Span:
    """Return the sentence of *coding* in which most speaks for its code, the first of equal ones; *evidence* is that of its passage."""
    text = coding.span.of(unit.transcript.text)
    every = [Span(coding.span.start + start, coding.span.start + end) for start, end in sentences(text)]
    if not every:
        return coding.span
    starts, worth = [span.start for span in every], dict.fromkeys(every, 0.0)
    for one in evidence:
        if one.span is not None and one.source == "answer":
            first = max(0, bisect_right(starts, one.span.start) - 1)
            for span in every[first : bisect_left(starts, one.span.end)]:
                if span.overlaps(one.span):
                    worth[span] += max(one.weight, LEAST) if one.rule else one.weight
    return max(every, key=lambda span: (worth[span], -span.start))


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))

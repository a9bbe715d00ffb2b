"""What a machine has marked and nobody has decided on: never a coding, counted apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qualcode.analysis.voices import heard
from qualcode.model import Corpus, Suggestion, Verdict

__all__ = ["RULES", "PendingCount", "is_automatic", "pending", "pending_counts", "untouched"]

RULES = "rules"
"""What the recipe of suggestions made by keyword rules begins with."""


@dataclass(frozen=True, slots=True)
class PendingCount:
    """Undecided suggestions of one code: how many, and in the talk of how many informants.

    `outside` of the suggestions stand in nobody's words, as in a field note.
    """

    code: str
    informants: int
    suggestions: int
    outside: int = 0


def pending(corpus: Corpus) -> tuple[Suggestion, ...]:
    """Return the suggestions on current text that nobody has accepted, corrected or rejected, in order of place."""
    settled = {decision.suggestion for decision in corpus.decisions if decision.verdict is not Verdict.SKIPPED}
    place = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    order = {code.key: number for number, code in enumerate(corpus.codebook)}
    found = [s for s in corpus.suggestions if s.guid not in settled and s.transcript in place and corpus.is_current(s)]
    return tuple(sorted(found, key=lambda s: (place[s.transcript], s.span, order[s.code], s.guid)))


def pending_counts(corpus: Corpus) -> tuple[PendingCount, ...]:
    """Return the undecided suggestions of every code in the codebook's order, codes without any left out."""
    people: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    voices = heard(corpus)
    for suggestion in pending(corpus):
        speaking = voices.intersection(corpus.informants_of(suggestion))
        counts[suggestion.code] += 1
        outside[suggestion.code] += not speaking
        people.setdefault(suggestion.code, set()).update(speaking)
    return tuple(
        PendingCount(code.key, len(people[code.key]), counts[code.key], outside[code.key])
        for code in corpus.codebook
        if code.key in counts
    )


def is_automatic(corpus: Corpus) -> bool:
    """Tell whether nothing but keyword rules has marked the study: no codings, and suggestions made by rules.

    People may have read in it all the same, or decided on suggestions: see `untouched`.
    """
    return not len(corpus.codings) and any(s.recipe.startswith(RULES) for s in corpus.suggestions)


def untouched(corpus: Corpus) -> frozenset[str]:
    """Return the guids of transcripts in which nobody has coded, marked anything as read, or decided on a suggestion."""
    touched = {corpus.codings.transcripts.names[number] for number in set(corpus.codings.transcripts.cells)}
    touched.update(reading.transcript for reading in corpus.readings)
    touched.update(decision.transcript for decision in corpus.decisions)
    return frozenset(transcript.guid for transcript in corpus.transcripts) - touched

"""Suggestions from the codebook's keyword rules."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import ClassVar, Self

from qualcode.errors import N_
from qualcode.model import Corpus, Evidence, Segment, Span
from qualcode.rules import Tagger
from qualcode.suggesters._base import Proposal, Suggester
from qualcode.suggesters._units import Unit

__all__ = ["RulesSuggester"]

NO_RULES = N_("the code has no keyword rules")


class RulesSuggester(Suggester):
    """Proposes a code wherever one of its rules matches an informant's words.

    It learns nothing and knows no probability: scores are NaN, evidence is what matched and the rule that matched it.
    """

    recipe: ClassVar[str] = "rules-1"

    def fit(self, corpus: Corpus) -> Self:
        """Note which codes have rules, and return the suggester.

        Raises
        ------
        RuleError
            If a rule cannot be read.
        """
        self._tagger = Tagger(corpus.codebook)
        self._marks: dict[tuple[str, Span], dict[str, tuple[Evidence, ...]]] = {}
        self.silent = frozenset(code.key for code in corpus.codebook.active if not code.keywords)
        self.reasons = MappingProxyType(dict.fromkeys(sorted(self.silent), NO_RULES))
        return self

    def propose(self, corpus: Corpus, open_units: Mapping[str, tuple[Unit, ...]]) -> Iterator[Proposal]:
        """Yield each open unit that a rule of the code matches."""
        wanted: dict[Unit, list[str]] = {}
        for key, each in open_units.items():
            for unit in each:
                wanted.setdefault(unit, []).append(key)
        for unit, keys in wanted.items():
            marks = self._marked(unit)
            for key in keys:
                if key in marks:
                    yield Proposal(unit, key, math.nan, partial(marks.__getitem__, key))

    def _marked(self, unit: Unit) -> dict[str, tuple[Evidence, ...]]:
        """Return the evidence for each code in *unit*; kept, because codes are often asked for one by one."""
        place = unit.transcript.revision, unit.span
        if place not in self._marks:
            found: dict[str, dict[Evidence, None]] = {}
            for hit in self._tagger.mark(unit.transcript, [Segment(unit.transcript.guid, unit.span, "unit")]):
                found.setdefault(hit.code, {}).update(dict.fromkeys(hit.evidence))
            self._marks[place] = {key: tuple(evidence) for key, evidence in found.items()}
        return self._marks[place]

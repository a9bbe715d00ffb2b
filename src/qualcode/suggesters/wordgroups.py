"""Passages of a group of words that a person made a code of, to be decided on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Self

from qualcode.errors import N_
from qualcode.model import Corpus, Suggestion
from qualcode.suggesters._base import Proposal, Suggester
from qualcode.suggesters._units import Unit

__all__ = ["WordgroupsSuggester"]

NO_GROUP = N_("the code was not made of a group of words")


class WordgroupsSuggester(Suggester):
    """Proposes the passages that were kept when a group of words (`qualcode.suggesters.emergent`) became a code.

    It learns nothing and knows no probability: scores are NaN, evidence is the group's words.
    """

    recipe: ClassVar[str] = "wordgroups-1"
    suggests_read: ClassVar[bool] = True

    def fit(self, corpus: Corpus) -> Self:
        """Note which codes have such passages, and return the suggester."""
        self._kept: dict[tuple[str, str], list[Suggestion]] = {}
        for one in corpus.suggestions:
            if one.recipe == self.recipe:
                self._kept.setdefault((one.revision, one.code), []).append(one)
        made = {code for _, code in self._kept}
        self.silent = frozenset(code.key for code in corpus.codebook.active if code.key not in made)
        self.reasons = MappingProxyType(dict.fromkeys(sorted(self.silent), NO_GROUP))
        return self

    def propose(self, corpus: Corpus, open_units: Mapping[str, tuple[Unit, ...]]) -> Iterator[Proposal]:
        """Yield each open unit that shares text with a passage kept for the code: the study may be segmented otherwise since."""
        for key, each in open_units.items():
            for unit in each:
                kept = self._kept.get((unit.transcript.revision, key), ())
                evidence = tuple(
                    why
                    for one in kept
                    if unit.span.overlaps(one.span)
                    for why in one.evidence
                    if why.span is None or unit.span.covers(why.span)
                )
                if evidence:
                    yield Proposal(unit, key, math.nan, lambda evidence=evidence: evidence)  # type: ignore[misc]

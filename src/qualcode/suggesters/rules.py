"""Suggestions from the codebook's keyword rules."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.suggesters._base import Proposal, Suggester
from qualcode.suggesters._marks import Marks
from qualcode.suggesters._units import Unit

if TYPE_CHECKING:
    from qualcode.suggesters._index import Index

__all__ = ["RulesSuggester"]

NO_RULES = N_("the code has no keyword rules")


class RulesSuggester(Suggester):
    """Proposes a code wherever one of its rules matches an informant's words, the most stretches matched first.

    It learns nothing and knows no probability: scores are NaN, evidence is what matched and the rule that matched it.

    Parameters
    ----------
    seed : int
        Nothing is random in it.
    index : Index, optional
        Which keeps what the rules match, where another suggester has looked already.
    """

    recipe: ClassVar[str] = "rules-1"

    def __init__(self, *, seed: int = 0, index: Index | None = None) -> None:
        super().__init__(seed=seed)
        self._index = index

    def fit(self, corpus: Corpus) -> Self:
        """Note which codes have rules, and return the suggester.

        Raises
        ------
        RuleError
            If a rule cannot be read.
        """
        self._marks = Marks(corpus.codebook) if self._index is None else self._index.marks(corpus.codebook)
        self.silent = frozenset(code.key for code in corpus.codebook.active if not code.keywords)
        self.reasons = MappingProxyType(dict.fromkeys(sorted(self.silent), NO_RULES))
        return self

    def propose(self, corpus: Corpus, open_units: Mapping[str, tuple[Unit, ...]]) -> Iterator[Proposal]:
        """Yield each open unit that a rule of the code matches."""
        from qualcode.suggesters._clues import stretches

        wanted: dict[Unit, list[str]] = {}
        for key, each in open_units.items():
            for unit in each:
                wanted.setdefault(unit, []).append(key)
        for unit, keys in wanted.items():
            marks = self._marks.of(unit)
            for key in keys:
                if key in marks:
                    yield Proposal(unit, key, math.nan, partial(marks.__getitem__, key), stretches(marks[key]))

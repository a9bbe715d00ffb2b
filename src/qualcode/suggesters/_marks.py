"""What the codebook's rules match in each unit."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.model import Codebook, Evidence, Segment, Span
from qualcode.rules import Tagger
from qualcode.suggesters._units import Unit

__all__ = ["Marks"]


class Marks:
    """The evidence of rules, by unit and code; kept, because codes are often asked for one by one.

    Raises
    ------
    RuleError
        If a rule cannot be read.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._tagger = Tagger(codebook)
        self._kept: dict[tuple[str, Span], dict[str, tuple[Evidence, ...]]] = {}

    def of(self, unit: Unit) -> Mapping[str, tuple[Evidence, ...]]:
        """Return the evidence for each code in *unit*, with spans of the transcript; a question's words are marked as such."""
        place = unit.transcript.revision, unit.span
        if place not in self._kept:
            found: dict[str, dict[Evidence, None]] = {}
            for hit in self._tagger.mark(unit.transcript, [Segment(unit.transcript.guid, unit.span, "unit")]):
                found.setdefault(hit.code, {}).update(dict.fromkeys(hit.evidence))
            self._kept[place] = {key: tuple(evidence) for key, evidence in found.items()}
        return self._kept[place]

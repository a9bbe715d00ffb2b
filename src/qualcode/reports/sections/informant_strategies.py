"""The strategies the informant speaks of, in the order of the codebook."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._by_code import blocks_by_code


class InformantStrategies(Section):
    """The strategies the informant speaks of, in the order of the codebook."""

    page = "informant"
    order = 60
    title = N_("Strategies")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return each code's stance, counts and quotes."""
        return blocks_by_code(corpus, context, "strategy")

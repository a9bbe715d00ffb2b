"""What the informant says under codes that are neither challenge nor strategy."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._by_code import blocks_by_code


class InformantOtherCodes(Section):
    """What the informant says under codes that are neither challenge nor strategy."""

    page = "informant"
    order = 65
    title = N_("Other codes")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return each code's stance, counts and quotes."""
        return blocks_by_code(corpus, context, "")

"""Who the informant is, in the attributes the study keeps."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Definitions
from qualcode.reports.section import Context, Section


class InformantProfile(Section):
    """The informant's attributes, as they were told."""

    page = "informant"
    order = 20
    title = N_("Profile")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a row for each attribute, in the order of the study."""
        _ = context.words
        rows = tuple((_.name(key), _.value(value)) for key, value in context.informant.attributes.items())
        return [Definitions(rows)] if rows else []

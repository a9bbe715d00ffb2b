"""Who the informant is, in the attributes the study keeps."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.attributes import joined
from qualcode.reports.blocks import Block, Definitions
from qualcode.reports.section import Context, Section
from qualcode.reports.words import customary


class InformantProfile(Section):
    """The informant's attributes, as they were told."""

    page = "informant"
    order = 20
    title = N_("Profile")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a row for each attribute, in the customary order."""
        _ = context.words
        found = joined(context.informant.attributes)
        rows = tuple((_.name(key), "; ".join(_.value(value) for value in found[key])) for key in customary(found))
        return [Definitions(rows)] if rows else []

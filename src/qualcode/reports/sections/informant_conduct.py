"""How the interviews went."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Definitions, Heading
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._conduct import conduct
from qualcode.reports.words import KINDS


class InformantConduct(Section):
    """Date, place, language and whatever else the head of each transcript records."""

    page = "informant"
    order = 30
    title = N_("How the interview went")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a table for each transcript that is this informant's own."""
        _ = context.words
        blocks: list[Block] = []
        own = [t for t in context.links.sources(context.page.subject) if context.links.home(t.guid) == context.page]
        for transcript in own:
            if len(own) > 1:
                blocks.append(Heading(f"{transcript.name} ({_(KINDS[transcript.kind])})"))
            blocks.append(Definitions(conduct(corpus, context, transcript)))
        return blocks

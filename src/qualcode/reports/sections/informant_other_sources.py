"""Other sources in which the informant has a voice."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Link, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.words import KINDS


class InformantOtherSources(Section):
    """Group interviews, notes and documents that hold the informant's words."""

    page = "informant"
    order = 110
    title = N_("Other sources on this informant")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a row per source that has a page of its own."""
        _ = context.words
        person = context.page.subject
        rows = tuple(
            (
                Link(transcript.name, context.href(context.links.home(transcript.guid))),
                _(KINDS[transcript.kind]),
                _.number(sum(turn.informant == person for turn in transcript.turns)),
                _.number(sum(person in p.informants for p in context.facts.of_transcript(transcript.guid))),
            )
            for transcript in context.links.sources(person)
            if context.links.home(transcript.guid) != context.page
        )
        columns = (_("Source"), _("Kind"), _("Turns of this informant"), _("Coded passages of this informant"))
        return [Table(_("Sources with a page of their own"), columns, rows, numeric=frozenset({2, 3}))] if rows else []

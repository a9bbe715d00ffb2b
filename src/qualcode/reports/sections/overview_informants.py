"""The informants, each with a link to their page, and the sources that are nobody's alone."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Link, Paragraph, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.words import KINDS, customary

SHOWN = 6
"""The most attributes in this table; the informant's page has all."""


class OverviewInformants(Section):
    """Informants with their first attributes, then other sources."""

    page = "overview"
    order = 30
    title = N_("Informants and sources")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return one table of people and one of sources with pages of their own."""
        _ = context.words
        names = customary(dict.fromkeys(name for person in corpus.informants for name in person.attributes))
        shown = names[:SHOWN]
        blocks: list[Block] = []
        if corpus.informants:
            rows: list[tuple[Content, ...]] = [
                (
                    context.person(person.guid),
                    person.category or "–",
                    *(_.value(person.attributes.get(name)) for name in shown),
                    _.number(len(context.links.sources(person.guid))),
                )
                for person in corpus.informants
            ]
            columns = (_("Informant"), _("Category"), *(_.name(name) for name in shown), _("Sources"))
            blocks.append(Table(_("Informants"), columns, tuple(rows), numeric=frozenset({len(columns) - 1})))
            if len(names) > len(shown):
                blocks.append(Paragraph(_("The other attributes stand on each informant's page."), "note"))
        else:
            blocks.append(Paragraph(_("There are no informants in this study yet.")))
        others = [t for t in corpus.transcripts if context.links.home(t.guid).kind == "source"]
        if others:
            listed = tuple(
                (
                    Link(t.name, context.href(context.links.home(t.guid))),
                    _(KINDS[t.kind]),
                    context.people(context.links.voices(t.guid)) or "–",
                )
                for t in others
            )
            columns = (_("Source"), _("Kind"), _("Informants with a voice in it"))
            blocks.append(Table(_("Sources with a page of their own"), columns, listed))
        return blocks

"""The informants, each with a link to their page, and the sources that are nobody's alone."""

from __future__ import annotations

from collections import Counter

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.privacy.generalise import form_words
from qualcode.reports.attributes import unified
from qualcode.reports.blocks import Block, Content, Link, Paragraph, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.words import KINDS, customary

SHOWN = 6
"""The most attributes in this table, those that most informants have; the informant's page has all."""


class OverviewInformants(Section):
    """Informants with their first attributes, then other sources."""

    page = "overview"
    order = 30
    title = N_("Informants and sources")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return one table of people and one of sources with pages of their own."""
        people: list[Block] = [Paragraph(context.words(N_("There are no informants in this study yet.")))]
        shown = self._people(corpus, context) if corpus.informants else people
        return [*shown, *self._coarsened(context), *self._sources(corpus, context)]

    @staticmethod
    def _people(corpus: Corpus, context: Context) -> list[Block]:
        _ = context.words
        told = {person.guid: unified(person.attributes) for person in corpus.informants}
        given = [name for found in told.values() for name, value in found.items() if value not in {None, ""}]
        filled = Counter(given)
        shown = customary(sorted(customary(filled), key=lambda name: -filled[name])[:SHOWN])
        categories = any(person.category for person in corpus.informants)
        rows: list[tuple[Content, ...]] = [
            (
                context.person(person.guid),
                *([person.category or "–"] if categories else []),
                *(_.value(told[person.guid].get(name)) for name in shown),
                _.number(len(context.links.sources(person.guid))),
            )
            for person in corpus.informants
        ]
        columns = [
            _("Informant"),
            *([_("Category")] if categories else []),
            *(_.name(name) for name in shown),
            _("Sources"),
        ]
        blocks: list[Block] = [
            Table(_("Informants"), tuple(columns), tuple(rows), numeric=frozenset({len(columns) - 1}))
        ]
        if len(filled) > len(shown):
            blocks.append(Paragraph(_("The other attributes stand on each informant's page."), "note"))
        return blocks

    @staticmethod
    def _coarsened(context: Context) -> list[Block]:
        """Return how attributes were made coarser, where they were."""
        _ = context.words
        changed = [each for each in context.facts.coarsened if each.form != "keep"]
        if not changed:
            return []
        rows = tuple(
            (_.name(each.attribute), form_words(each.form, _, _.language), _.number(each.n), _.number(each.undefined))
            for each in changed
        )
        columns = (
            _("Attribute"),
            _("Shown as"),
            _("Informants with a value"),
            _("Of these, could not be made coarser"),
        )
        said = _(
            "Attributes are shown in a coarser form. That makes it harder to tell who somebody is, not impossible."
        )
        caption = _("How attributes were made coarser")
        return [Paragraph(said, "note"), Table(caption, columns, rows, numeric=frozenset({2, 3}))]

    @staticmethod
    def _sources(corpus: Corpus, context: Context) -> list[Block]:
        _ = context.words
        rows = tuple(
            (
                Link(t.name, context.href(context.links.home(t.guid))),
                _(KINDS[t.kind]),
                context.people(context.links.voices(t.guid)) or "–",
            )
            for t in corpus.transcripts
            if context.links.home(t.guid).kind == "source"
        )
        columns = (_("Source"), _("Kind"), _("Informants with a voice in it"))
        return [Table(_("Sources with a page of their own"), columns, rows)] if rows else []

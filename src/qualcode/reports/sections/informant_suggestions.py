"""Suggestions of the machine on what this informant says that nobody has decided on, apart from all codings."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Inline, Paragraph, Table
from qualcode.reports.section import Context, Section


class InformantSuggestions(Section):
    """Counts and places of undecided suggestions, by code."""

    page = "informant"
    order = 95
    title = N_("Suggestions of the machine, not yet read")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a row per code; nothing where all marking is automatic, which is shown as such already."""
        _ = context.words
        if context.facts.automatic:
            return []
        rows: list[tuple[Content, ...]] = []
        for code in context.facts.codes:
            hits = context.facts.hits_of_informant(context.page.subject, code)
            places: list[Inline] = []
            for hit in hits:
                places += [", "] if places else []
                places.append(context.place(hit))
            if hits:
                chip = context.chip(code, machine=True)
                rows.append(((chip, " " + context.labels[code].title), _.number(len(hits)), tuple(places)))
        if not rows:
            return []
        columns = (_("Code"), _("Suggestions"), _("Places"))
        return [
            Paragraph(_("Suggestions are no codings and are counted nowhere else in this report."), "note"),
            Table(_("Suggestions that nobody has decided on"), columns, tuple(rows), numeric=frozenset({1})),
        ]

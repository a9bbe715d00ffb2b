"""Suggestions that nobody has decided on, counted apart from all codings."""

from __future__ import annotations

from qualcode.analysis import pending_counts
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Paragraph, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._marks import marked, outside


class OverviewSuggestions(Section):
    """Undecided suggestions by code."""

    page = "overview"
    order = 95
    title = N_("Suggestions of the machine, not yet read")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return counts by code; nothing where all marking is automatic, which is shown as such already."""
        _ = context.words
        counts = pending_counts(corpus)
        if context.facts.automatic or not counts:
            return []
        names, figures = marked(context, counts, _("Suggestions"))
        rows: tuple[tuple[Content, ...], ...] = tuple(
            (
                (context.chip(c.code, machine=True), " " + context.labels[c.code].title),
                _.number(c.informants),
                *figures[c.code],
            )
            for c in counts
        )
        columns = (_("Code"), _("Informants in whose words they stand"), *names)
        return [
            Paragraph(_("Suggestions are no codings and are counted nowhere else in this report."), "note"),
            Table(_("Suggestions that nobody has decided on"), columns, rows, numeric=frozenset({1, 2, 3})),
            *outside(context, counts),
        ]

"""Which codes share turns."""

from __future__ import annotations

from qualcode.analysis import cooccurrence
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Paragraph, Table
from qualcode.reports.section import Context, Section

SHOWN = 20
"""The most pairs in the table; the export has all."""


class OverviewTogether(Section):
    """Pairs of codes by the number of turns that bear both."""

    page = "overview"
    order = 90
    title = N_("Codes that share turns")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the most frequent pairs."""
        _ = context.words
        found = cooccurrence(corpus, found=context.facts.passages)
        pairs = found.to_rows()
        if not pairs:
            return []
        rows = tuple((context.code_name(one), context.code_name(other), _.number(n)) for one, other, n in pairs[:SHOWN])
        blocks: list[Block] = [
            Table(
                _("Pairs of codes by number of shared turns"),
                (_("Code"), _("With"), _("Turns")),
                rows,
                numeric=frozenset({2}),
            )
        ]
        if len(pairs) > SHOWN:
            blocks.append(
                Paragraph(_("The {shown} most frequent of {all} pairs.", shown=SHOWN, all=len(pairs)), "note")
            )
        if found.outside:
            blocks.append(
                Paragraph(
                    _.plural(
                        "{n} passage in sources without turns is not counted here.",
                        "{n} passages in sources without turns are not counted here.",
                        found.outside,
                    ),
                    "note",
                )
            )
        return blocks

"""What did not come up, and what that does and does not mean."""

from __future__ import annotations

from qualcode.analysis import absences
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Heading, Listing, Paragraph
from qualcode.reports.section import Context, Section


class InformantAbsent(Section):
    """Codes denied, codes said of others only, and codes that no passage bears."""

    page = "informant"
    order = 90
    title = N_("What did not come up")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the kinds of absence; nothing for automatic marking, which finds only part of what is said."""
        _ = context.words
        if context.facts.automatic:
            return []
        found = absences(corpus, context.page.subject, matrix=context.facts.matrix)
        if not found.heard:
            return [
                Paragraph(_("No transcript holds words of this informant, so nothing can be called said or absent."))
            ]
        if not found.read:
            return [
                Paragraph(_("Nobody has coded or read this informant's words yet, so nothing can be called absent."))
            ]
        blocks: list[Block] = []
        for title, codes in (
            (_("Denied"), found.denied),
            (_("Said of someone else only"), found.of_others),
            (_("Marked on an earlier text only; needs review"), found.waiting),
        ):
            if codes:
                blocks += [Heading(title), Listing(tuple(context.code_name(code) for code in codes))]
        if found.not_coded:
            blocks += [
                Heading(_("No passage bears the code")),
                Listing(tuple(context.code_name(code) for code in found.not_coded)),
                Paragraph(
                    _(
                        "No passage was given these codes. That does not mean that the informant has not experienced them."
                    ),
                    "note",
                ),
                Paragraph(
                    _(
                        'Whether these matters were asked about is not recorded, so "asked but not mentioned" and "not asked" cannot be told apart here.'
                    ),
                    "note",
                ),
            ]
        return blocks

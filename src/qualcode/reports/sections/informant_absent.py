"""What did not come up, and what that does and does not mean."""

from __future__ import annotations

from qualcode.analysis import absences
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Heading, Listing, Paragraph
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import proposed


class InformantAbsent(Section):
    """Codes denied, asked about in vain, not asked about, said of others only, and codes that no passage bears."""

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
        has_guide = context.facts.has_guide
        unknown = _("No passage bears the code, and the guide does not tell whether it was asked")
        for title, codes in (
            (_("Denied"), found.denied),
            (_("Said of someone else only"), found.of_others),
            (_("Marked on an earlier text only; needs review"), found.waiting),
            (_("Asked but not mentioned"), found.asked),
            (_("Asked, but not all of the answer has been read"), found.asked_unread),
            (_("Asked of the group only; not known of this informant"), found.asked_of_group),
            (_("Not asked, as far as recognised"), found.not_asked),
            (unknown if has_guide else _("No passage bears the code"), found.not_coded),
        ):
            if codes:
                blocks += [Heading(title), Listing(tuple(context.code_name(code) for code in codes))]
        without = (*found.asked, *found.asked_unread, *found.asked_of_group, *found.not_asked, *found.not_coded)
        if without:
            said = _(
                "No passage was given these codes. That does not mean that the informant has not experienced them."
            )
            blocks.append(Paragraph(said, "note"))
            blocks.append(proposed(context) if has_guide else self._unrecorded(context))
        return blocks

    @staticmethod
    def _unrecorded(context: Context) -> Paragraph:
        said = N_(
            'Whether these matters were asked about is not recorded, so "asked but not mentioned" and "not asked" cannot be told apart here.'
        )
        return Paragraph(context.words(said), "note")

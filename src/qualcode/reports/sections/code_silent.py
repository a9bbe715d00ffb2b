"""Who does not say it of themselves."""

from __future__ import annotations

from qualcode.analysis import silence
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Definitions, Paragraph
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import proposed


class CodeSilent(Section):
    """Informants who deny it, speak only of others, are not coded with it, or have not been read."""

    page = "code"
    order = 30
    title = N_("Who does not mention it")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the lists; nothing for automatic marking, from which silence cannot be read."""
        _ = context.words
        if context.facts.automatic or not context.facts.heard:
            return []
        found = silence(corpus, context.page.subject, matrix=context.facts.matrix)
        rows: list[tuple[str, Content]] = [
            (term, context.people(names))
            for term, names in (
                (_("Denied"), found.denied),
                (_("Said of someone else only"), found.of_others),
                (_("Asked but not mentioned"), found.asked),
                (_("Asked, but not all of the answer has been read"), found.asked_unread),
                (_("Asked of the group only; not known of this informant"), found.asked_of_group),
                (_("Not asked, as far as recognised"), found.not_asked),
                (_("No passage bears the code"), found.not_coded),
                (_("Neither coded nor read yet"), found.unread),
                (_("Marked on an earlier text only; needs review"), found.waiting),
            )
            if names
        ]
        blocks: list[Block] = [Definitions(tuple(rows))] if rows else []
        named = [
            term
            for term, names in (
                (_("Asked but not mentioned"), found.asked),
                (_("Not asked, as far as recognised"), found.not_asked),
                (_("No passage bears the code"), found.not_coded),
            )
            if names
        ]
        if named:
            said = _(
                "Where it says “{list}”, that does not mean that they have not experienced it.", list="”, “".join(named)
            )
            blocks.append(Paragraph(said, "note"))
        if context.facts.has_guide and (found.asked or found.not_asked or found.asked_of_group):
            blocks.append(proposed(context))
        return blocks or [Paragraph(_("Every informant says it of themselves."))]

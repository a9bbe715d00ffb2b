"""Who does not say it of themselves."""

from __future__ import annotations

from qualcode.analysis import silence
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Definitions, Paragraph
from qualcode.reports.section import Context, Section


class CodeSilent(Section):
    """Informants who deny it, speak only of others, are not coded with it, or have not been read."""

    page = "code"
    order = 30
    title = N_("Who does not mention it")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the four lists; nothing for automatic marking, from which silence cannot be read."""
        _ = context.words
        if context.facts.automatic or not context.facts.heard:
            return []
        found = silence(corpus, context.page.subject, matrix=context.facts.matrix)
        rows: list[tuple[str, Content]] = [
            (term, context.people(names))
            for term, names in (
                (_("Denied"), found.denied),
                (_("Said of someone else only"), found.of_others),
                (_("No passage bears the code"), found.not_coded),
                (_("Neither coded nor read yet"), found.unread),
                (_("Marked on an earlier text only; needs review"), found.waiting),
            )
            if names
        ]
        blocks: list[Block] = [Definitions(tuple(rows))] if rows else []
        if found.not_coded:
            said = _(
                "Where it says “{list}”, that does not mean that they have not experienced it.",
                list=_("No passage bears the code"),
            )
            blocks.append(Paragraph(said, "note"))
        return blocks or [Paragraph(_("Every informant says it of themselves."))]

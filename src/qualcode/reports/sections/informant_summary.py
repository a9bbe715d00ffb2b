"""The case summary, by the researcher's own hand; never generated."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Box, Paragraph
from qualcode.reports.section import Context, Section


class InformantSummary(Section):
    """What the researcher wrote of the case, or a dotted box that waits for it."""

    page = "informant"
    order = 40
    title = N_("Case summary")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the summary's paragraphs and other memos on the informant."""
        _ = context.words
        facts = context.facts
        written = [
            p for memo in facts.memos("summary", context.page.subject) for p in memo.text.split("\n\n") if p.strip()
        ]
        notes = facts.memos("note", context.page.subject)
        blocks: list[Block] = [Paragraph(text) for text in written]
        if not written:
            blocks.append(
                Box(
                    _(
                        "Not yet written by the researcher (150–250 words: who this is, how they work, what they stress most)."
                    )
                )
            )
        return [*blocks, *(Paragraph((_("Memo: "), memo.text), "memo") for memo in notes)]

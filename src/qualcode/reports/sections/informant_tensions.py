"""What does not fit: contradictions within the interview, and what the researcher noted as such."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Inline, Listing, Paragraph
from qualcode.reports.section import Context, Section


class InformantTensions(Section):
    """Codes both stated and denied, codes that grew from the interviews, and memos on what does not fit."""

    page = "informant"
    order = 80
    title = N_("What does not fit")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the researcher's notes first, then what is stated and denied, then codes outside the first codebook."""
        _ = context.words
        facts = context.facts
        blocks: list[Block] = [Paragraph(memo.text, "memo") for memo in facts.memos("tension", context.page.subject)]
        found = {code: facts.of_informant(context.page.subject, code) for code in facts.codes}
        mixed = [
            code
            for code, passages in found.items()
            if any(p.affirms and not p.denies for p in passages) and any(p.denies and not p.affirms for p in passages)
        ]
        if mixed:
            blocks.append(Paragraph(_("Both stated and denied in what this informant says:")))
            blocks.append(Listing(tuple(self._both(context, code) for code in mixed)))
        differ = [p for passages in found.values() for p in passages if facts.opposed(p)]
        if differ:
            blocks.append(Paragraph(_("Coders differ: what one marked as stated, another marked as denied:")))
            blocks.append(Listing(tuple((*context.code_name(p.code), ": ", context.place(p)) for p in differ)))
        grown = [
            code for code, passages in found.items() if passages and corpus.codebook.code(code).origin == "inductive"
        ]
        if grown:
            blocks.append(Paragraph(_("Codes that grew from the interviews themselves:")))
            blocks.append(Listing(tuple(context.code_name(code) for code in grown)))
        return blocks

    @staticmethod
    def _both(context: Context, code: str) -> Content:
        shown: list[Inline] = [*context.code_name(code), ": "]
        for number, passage in enumerate(context.facts.of_informant(context.page.subject, code)):
            shown += [", "] if number else []
            shown += [context.sign(passage.stances, context.labels[code].kind), " ", context.place(passage)]
        return tuple(shown)

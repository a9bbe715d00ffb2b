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
        cells = {code: facts.matrix.cell(context.informant.id, code) for code in facts.matrix.codes}
        mixed = [code for code, cell in cells.items() if cell.states and cell.denies]
        if mixed:
            blocks.append(Paragraph(_("Both stated and denied in what this informant says:")))
            blocks.append(Listing(tuple(self._both(context, code) for code in mixed)))
        grown = [
            code for code, cell in cells.items() if cell.passages and corpus.codebook.code(code).origin == "inductive"
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

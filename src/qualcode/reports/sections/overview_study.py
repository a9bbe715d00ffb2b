"""What the study is, in the words of its researchers."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Definitions, Listing, Paragraph
from qualcode.reports.section import Context, Section


class OverviewStudy(Section):
    """The identity of the study and its research questions."""

    page = "overview"
    order = 10
    title = N_("The study")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return what the researchers recorded of their study."""
        _ = context.words
        rows = tuple((_.name(key), value) for key, value in corpus.study.identity.items())
        blocks: list[Block] = [Definitions(rows)] if rows else []
        if corpus.research_questions:
            blocks.append(Paragraph(_("Research questions:")))
            items = tuple(f"{q.number}. {q.text}" if q.number else q.text for q in corpus.research_questions)
            blocks.append(Listing(items, numbered=all(q.number for q in corpus.research_questions)))
        return blocks

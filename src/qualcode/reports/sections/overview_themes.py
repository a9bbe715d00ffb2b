"""The themes that researchers have named."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Heading, Inline, Paragraph
from qualcode.reports.section import Context, Section


class OverviewThemes(Section):
    """Each theme's claim and the codes it stands on; themes are people's, never computed."""

    page = "overview"
    order = 80
    title = N_("Themes")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a heading, the codes and the memo of each theme."""
        _ = context.words
        if context.facts.automatic:
            return []
        blocks: list[Block] = []
        for theme in corpus.themes:
            shown: list[Inline] = []
            for code in (code.key for code in corpus.codebook if code.key in theme.codes):
                shown += [", "] if shown else []
                shown += context.code_name(code)
            blocks.append(Heading(theme.statement))
            if shown:
                blocks.append(Paragraph((_("Codes: "), *shown)))
            if theme.memo:
                blocks.append(Paragraph(theme.memo, "memo"))
        return blocks

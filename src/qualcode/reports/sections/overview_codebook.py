"""The codebook in short."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Code, Corpus
from qualcode.reports.blocks import Block, Content, Paragraph, Table
from qualcode.reports.section import Context, Section


class OverviewCodebook(Section):
    """Codes with their definitions, by family."""

    page = "overview"
    order = 40
    title = N_("Codebook")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a table for each family; the rules of a code stand on its page."""
        _ = context.words
        blocks: list[Block] = []
        book = corpus.codebook
        groups: dict[str, list[Code]] = {}
        for key in context.facts.codes:
            family = book.family_of(key)
            groups.setdefault(family.key if family else "", []).append(book.code(key))
        names = {f.key: (f.name_en if _.language == "en" and f.name_en else f.name) for f in book.families}
        for key, codes in groups.items():
            name = names.get(key, key)
            rows: tuple[tuple[Content, ...], ...] = tuple(
                (context.code_name(code.key), code.definition or "–") for code in codes
            )
            caption = name or _("Codes")
            blocks.append(Table(caption, (_("Code"), _("Definition")), rows))
        if not blocks:
            return [Paragraph(_("The codebook has no codes in use."))]
        blocks += context.untranslated()
        off = len(book) - len(book.active)
        if off:
            blocks.append(
                Paragraph(
                    _.plural(
                        "{n} code of the codebook is switched off.", "{n} codes of the codebook are switched off.", off
                    ),
                    "note",
                )
            )
        return blocks

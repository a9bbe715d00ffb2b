"""What a code means and when it is used."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Definitions, Listing, Paragraph
from qualcode.reports.section import Context, Section

ORIGINS = {
    "a_priori": N_("from the codebook, before coding"),
    "inductive": N_("grew from the interviews"),
    "addition": N_("added to the codebook"),
    "suggested": N_("suggested"),
    "imported": N_("imported"),
}


class CodeDefinition(Section):
    """Definition, rules, examples and place in the codebook."""

    page = "code"
    order = 10
    title = N_("Definition and rules")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return what the codebook says of the code."""
        _ = context.words
        book = corpus.codebook
        code = book.code(context.page.subject)
        family = book.family_of(code.key)
        rows: list[tuple[str, Content]] = [(_("Key"), code.key)]
        if family:
            rows.append((_("Family"), family.name_en if _.language == "en" and family.name_en else family.name))
        if code.parent:
            rows.append((_("Part of"), context.code_name(code.parent)))
        if code.definition:
            rows.append((_("Definition"), code.definition))
        if code.include:
            rows.append((_("When to use"), code.include))
        if code.exclude:
            rows.append((_("When not to use"), code.exclude))
        rows.append((_("Origin"), _(ORIGINS[code.origin]) if code.origin in ORIGINS else code.origin))
        blocks: list[Block] = [Definitions(tuple(rows)), *context.untranslated()]
        for said, texts in (
            (_("Made-up examples:"), code.examples),
            (_("Near misses, which do not bear the code:"), code.near_misses),
        ):
            if texts:
                blocks += [Paragraph(said), Listing(texts)]
        notes = context.facts.memos("note", code.guid) if code.guid else []
        return [*blocks, *(Paragraph((_("Memo: "), memo.text), "memo") for memo in notes)]

"""Every passage that bears a code, by informant."""

from __future__ import annotations

from qualcode.analysis import Passage, WhyUnmentioned
from qualcode.errors import N_
from qualcode.model import Corpus, Stance, Suggestion
from qualcode.reports.blocks import Block, Heading, Paragraph, Quotes
from qualcode.reports.section import Context, Section


class CodeQuotes(Section):
    """All quotes, by informant and in order of speech, after a line of counts."""

    page = "code"
    order = 20
    title = N_("Quotes")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a heading and the quotes of each informant; last, those of nobody's voice."""
        _ = context.words
        facts = context.facts
        code = context.page.subject
        blocks: list[Block] = []
        names = [(person.guid, person.id) for person in corpus.informants]
        for guid, name in [*names, ("", _("No informant's voice"))]:
            if facts.automatic:
                hits = facts.hits_of_informant(guid, code)
                items = tuple(context.hit(hit, source=context.place(hit)) for hit in hits)
            else:
                items = tuple(context.quote(p, source=context.place(p)) for p in facts.of_informant(guid, code))
            if items:
                blocks += [Heading(name), Quotes(items)]
        more = self._uncounted(context, code)
        if not (blocks or more):
            return [Paragraph(_("No passage bears this code. An empty code is an ordinary result."))]
        head: list[Block] = self._withheld(context, code)
        if facts.automatic:
            return [*head, *blocks]
        head.insert(0, Paragraph(self._said(context, code), "lead"))
        if any(Stance.UNMARKED in passage.stances for passage in facts.of_code(code)):
            head.append(Paragraph(_("A coding without a stance is counted here as present."), "note"))
        return [*head, *blocks, *more]

    @staticmethod
    def _withheld(context: Context, code: str) -> list[Block]:
        """Return how many of the passages are not shown, or not wholly, where some are not."""
        facts = context.facts
        found: list[Passage | Suggestion] = [*facts.of_code(code)]
        if facts.automatic:
            found = [hit for hit in facts.pending if hit.code == code]
        n = sum(facts.is_withheld(each.transcript, each.span) for each in found)
        if not n:
            return []
        said = N_("{n} of {whole} passages are not shown, or not wholly: their speakers may not be quoted.")
        return [Paragraph(context.words(said, n=n, whole=len(found)), "note")]

    @staticmethod
    def _uncounted(context: Context, code: str) -> list[Block]:
        """Return what bears the code and is in no count: on an earlier text, or in an interviewer's words."""
        if context.facts.automatic:
            return []
        blocks: list[Block] = [context.waiting(found) for found in context.facts.waiting_of(code=code)]
        asked = [passage for passage in context.facts.unvoiced if passage.code == code]
        if asked:
            title = context.words(N_("An interviewer's or a bystander's words alone; not counted"))
            blocks += [Heading(title), Quotes(tuple(context.quote(p, source=context.place(p)) for p in asked))]
        return blocks

    @staticmethod
    def _said(context: Context, code: str) -> str:
        """Return the counts in words, informants first."""
        _ = context.words
        found = context.facts.frequency
        row = found[code]
        said = _("Said of themselves by {n} of {whole} informants", n=row.informants, whole=found.n_informants)
        how = [
            _(words, n=n)
            for n, words in ((row.spontaneous, N_("{n} unasked")), (row.prompted, N_("{n} only when asked")))
            if n
        ]
        if (
            row.informants > 1 and row.prompted == row.informants
        ):  # wishes that only a question drew out are no strategy
            how = [_("all of them only when asked")]
        more = [f"{said} ({', '.join(how)})" if how else said]
        if row.denying:
            more.append(_("{n} denying it", n=row.denying))
        if row.of_others:
            more.append(_("{n} only of someone else", n=row.of_others))
        silent = [context.facts.matrix.cell(person.id, code).why for person in context.facts.corpus.informants]
        for why, words in (
            (WhyUnmentioned.ASKED, N_("{n} asked without mentioning it")),
            (WhyUnmentioned.NOT_ASKED, N_("{n} not asked, as far as recognised")),
        ):
            if why in silent:
                more.append(_(words, n=silent.count(why)))
        passages = _.plural("{n} passage", "{n} passages", row.passages)
        return "; ".join(more) + f". {passages}."

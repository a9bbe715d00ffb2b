"""The interview guide: what each question serves, asks after, and in how many interviews it was asked."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus, Question
from qualcode.reports.blocks import Block, Content, Paragraph, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import codes_of, named, proposed


class OverviewGuide(Section):
    """The *kisi-kisi*: research question, aspect, question, code, and in how many interviews the question was asked."""

    page = "overview"
    order = 35
    title = N_("Interview guide")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the table; nothing for a study without a guide."""
        _ = context.words
        if not corpus.questions:
            return []
        rows = tuple(self._row(corpus, context, question) for question in corpus.questions)
        columns = (_("Question"), _("Research question"), _("Aspect"), _("Codes"), _("Asked in interviews"))
        blocks: list[Block] = [
            Table(_("Questions of the guide, what they serve and where they were asked"), columns, rows, wide=True)
        ]
        if corpus.research_questions:
            listed = "; ".join(f"{question.number} {question.text}" for question in corpus.research_questions)
            blocks.append(Paragraph(_("Research questions: {listed}", listed=listed), "note"))
        if not context.facts.has_guide:
            return [
                *blocks,
                Paragraph(
                    _("Nobody is heard asking in this study's sources, so it is not known what was asked."), "note"
                ),
            ]
        return [
            *blocks,
            Paragraph(_("A question put to a group counts for the group, not for each who sat in it."), "note"),
            proposed(context),
        ]

    @staticmethod
    def _row(corpus: Corpus, context: Context, question: Question) -> tuple[Content, ...]:
        _ = context.words
        asked = context.facts.asked
        serves = {problem.guid: problem.number for problem in corpus.research_questions}
        n = len(asked.interviews)
        return (
            named(question),
            serves.get(question.research_question, "–"),
            question.aspect or "–",
            codes_of(context, question),
            _("{part} of {whole}", part=len(asked.asked_in(question.guid)), whole=n) if n else "–",
        )

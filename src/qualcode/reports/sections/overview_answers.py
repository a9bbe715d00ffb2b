"""Which strategy answers which challenge, over all informants."""

from __future__ import annotations

from qualcode.analysis import Answer
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Content, Inline, Matrix, Paragraph
from qualcode.reports.section import Context, Section


class OverviewAnswers(Section):
    """Challenges × strategies: relations that people recorded and, apart from them, codes that share a turn."""

    page = "overview"
    order = 70
    title = N_("Challenge × strategy")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return one matrix of recorded relations and one of shared turns."""
        _ = context.words
        found = context.facts.answers
        if context.facts.automatic or not context.facts.passages or not (found.challenges and found.strategies):
            return []
        columns = tuple(context.chip(key) for key in found.strategies)

        def rows(cell: str) -> tuple[tuple[Content, ...], ...]:
            return tuple(
                (
                    context.code_name(challenge),
                    *(self._cell(context, found.answer(challenge, s), cell) for s in found.strategies),
                )
                for challenge in found.challenges
            )

        blocks: list[Block] = []
        if found.relations:
            caption = _(
                "Recorded by the researcher: strategy answers challenge (number of informants and who they are)"
            )
            blocks.append(Matrix(caption, _("Challenge"), columns, rows("claimed"), names=True))
        else:
            blocks.append(Paragraph(_("No strategy has been recorded as an answer to a challenge yet.")))
        if any(answer.turns for answer in found.answers):
            caption = _("Informants in whose words both codes share a turn: a place to look, not a relation")
            blocks.append(Matrix(caption, _("Challenge"), columns, rows("together")))
        return blocks

    @staticmethod
    def _cell(context: Context, answer: Answer, cell: str) -> Content:
        _ = context.words
        names = answer.claimed if cell == "claimed" else answer.together
        if cell == "together":
            return (_.number(len(names)),) if names else ""
        shown: list[Inline] = [f"{_.number(len(names))}: ", *context.people(names)] if names else []
        if answer.for_study:
            shown += [" ", _("whole study")]
        return tuple(shown) or ""

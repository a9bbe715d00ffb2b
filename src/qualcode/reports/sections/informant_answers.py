"""Which strategy answers which challenge, for this informant: the researcher's claims, and apart from them what stands together."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus, Relation
from qualcode.reports.blocks import Block, Content, Inline, Listing, Paragraph, Table
from qualcode.reports.section import Context, Section

WORKED = {"yes": N_("yes"), "no": N_("no"), "partly": N_("partly")}


class InformantAnswers(Section):
    """Challenge, strategy that answers it, quotes, and whether it worked by the informant's own account."""

    page = "informant"
    order = 70
    title = N_("What answers what")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the recorded relations and, said apart, pairs of codes that share a turn."""
        _ = context.words
        if context.facts.automatic:
            return []
        found = context.facts.answers
        person = context.informant
        if not (found.challenges and found.strategies):
            return []
        blocks: list[Block] = [Paragraph(_("No strategy has been recorded as an answer to a challenge yet."))]
        relations = [relation for relation in found.relations if relation.informant == person.guid]
        if relations:
            columns = (
                _("Challenge"),
                _("Strategy that answers it"),
                _("Quotes"),
                _("Worked, by the informant's account?"),
            )
            rows = tuple(self._row(context, relation, found.challenges) for relation in relations)
            blocks = [Table(_("Recorded by the researcher"), columns, rows)]
        together = [answer for answer in found.answers if person.id in answer.together]
        if together:
            items: list[Content] = [
                (
                    *context.code_name(answer.challenge),
                    " – ",
                    *context.code_name(answer.strategy),
                    ": " + _.plural("{n} turn", "{n} turns", answer.together[person.id]),
                )
                for answer in together
            ]
            blocks.append(Paragraph(_("Codes that share a turn. This is a place to look, not a relation:"), "note"))
            blocks.append(Listing(tuple(items)))
        return blocks

    @staticmethod
    def _row(context: Context, relation: Relation, challenges: tuple[str, ...]) -> tuple[Content, ...]:
        _ = context.words
        ends = (relation.source, relation.target)
        challenge, strategy = ends if relation.source in challenges else ends[::-1]
        quotes: list[Inline] = []
        for guid in relation.codings:
            if guid in context.facts.codings:
                quotes += [", "] if quotes else []
                quotes.append(context.place(context.facts.codings[guid]))
        worked = _(WORKED[relation.worked]) if relation.worked in WORKED else relation.worked or "–"
        memo = f" ({relation.memo})" if relation.memo else ""
        return (context.code_name(challenge), context.code_name(strategy), tuple(quotes) or "–", worked + memo)

"""Which strategy answers which challenge, for this informant: the researcher's claims, and apart from them what stands together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.errors import N_
from qualcode.model import Corpus, Relation
from qualcode.reports.blocks import Block, Content, Inline, Link, Listing, Paragraph, Table
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
        worked = _(WORKED[relation.worked]) if relation.worked in WORKED else relation.worked or "–"
        memo = f" ({relation.memo})" if relation.memo else ""
        return (
            _end(context, challenge),
            _end(context, strategy),
            _places(context, relation, (challenge, strategy)),
            worked + memo,
        )


def _end(context: Context, code: str) -> Content:
    """Return the code's name, and that none of the informant's words bear it where that is so."""
    facts, person = context.facts, context.page.subject
    if facts.of_informant(person, code) or facts.waiting_of(informant=person, code=code):
        return context.code_name(code)
    return (*context.code_name(code), " – " + context.words(N_("no words of this informant bear this code yet")))


def _places(context: Context, relation: Relation, codes: tuple[str, str]) -> Content:
    """Return links to the codings a relation rests on or, where it names none, to the places of both its codes."""
    _ = context.words
    found = [context.facts.codings[guid] for guid in relation.codings if guid in context.facts.codings]
    if found:
        corpus = context.facts.corpus
        return _listed(
            context.place(coding)
            if corpus.is_current(coding)
            else _("earlier text of {source}", source=corpus.transcript(coding.transcript).name)
            for coding in found
        )
    shown: list[Inline] = []
    for code in codes:
        places = _listed(context.place(passage) for passage in context.facts.of_informant(context.page.subject, code))
        shown += [" · ", *places] if shown and places else places
    return (_("places of these codes: "), *shown) if shown else "–"


def _listed(places: Iterable[Link | str]) -> tuple[Inline, ...]:
    """Return the places with commas between them, each once; "turn" is said before the first of a row of numbers."""
    shown: list[Inline] = []
    before = ""
    for place in dict.fromkeys(places):
        shown += [", "] if shown else []
        if isinstance(place, str):
            shown.append(place)
            before = ""
            continue
        said, _, number = place.text.rpartition(" ")
        shown.append(replace(place, text=number) if said == before else place)
        before = said
    return tuple(shown)

"""Which informant speaks of which code, and with which stance."""

from __future__ import annotations

from dataclasses import replace

from qualcode.analysis import ASKED
from qualcode.errors import N_
from qualcode.model import Corpus, Informant, Stance
from qualcode.reports.blocks import Block, Content, Inline, Matrix, Paragraph, Sign
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import proposed

WAITING = "↻"
"""The sign of codings on an earlier text."""


class OverviewMatrix(Section):
    """Informants × codes, with the symbols of the stances and the number of passages."""

    page = "overview"
    order = 60
    title = N_("Code × informant matrix")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the matrix with its legend; of automatic marks, counts without symbols."""
        _ = context.words
        facts = context.facts
        if not corpus.informants or not (facts.passages or facts.waiting or facts.automatic):
            return []
        rows = tuple(self._row(context, person) for person in corpus.informants)
        columns = tuple(context.chip(code, machine=facts.automatic) for code in facts.codes)
        if facts.automatic:
            caption = _("Automatic marks by informant and code: counts, no stances, no result")
            return [Matrix(caption, _("Informant"), columns, rows)]
        legend: list[Inline] = []
        for stances, said in (
            ({Stance.PRESENT}, _("present, or stance not marked")),
            ({Stance.PAST}, _("past or planned")),
            ({Stance.DENIED}, _("denied")),
            ({Stance.OTHER}, _("of someone else")),
        ):
            legend += [context.sign(frozenset(stances)), f" {said}; "]
        if facts.waiting:
            legend.append(f"{WAITING} {_('coded on an earlier text, to be reviewed')}; ")
        if facts.has_guide:
            legend += [Sign(ASKED, _("asked but not mentioned")), " ", _("asked, answer read, not mentioned"), "; "]
            legend.append(
                _(
                    "figure: number of passages; empty: no passage bears the code, and it was not asked, or only of the group, or the answer has not been read."
                )
            )
        else:
            legend.append(_("figure: number of passages; empty: no passage bears the code."))
        blocks: list[Block] = [
            Matrix(_("Stances and passages by informant and code"), _("Informant"), columns, rows, tuple(legend)),
            Paragraph(_("An empty cell does not mean that the informant has not experienced it."), "note"),
        ]
        if facts.has_guide:
            blocks.append(proposed(context))
        elif not corpus.questions:
            said = _(
                'The study has no interview guide, so "asked but not mentioned" and "not asked" cannot be told apart.'
            )
            blocks.append(Paragraph(said, "note"))
        if facts.unread:
            blocks.append(
                Paragraph(
                    _(
                        'Informants marked "not read" have been neither coded nor read yet; their empty cells say nothing.'
                    ),
                    "note",
                )
            )
        return blocks

    @staticmethod
    def _row(context: Context, person: Informant) -> tuple[Content, ...]:
        _ = context.words
        facts = context.facts
        name: Content = context.person(person.guid)
        if person.guid not in facts.heard:
            name = (context.person(person.guid), " " + _("(no words)"))
        elif not facts.automatic and person.guid in facts.unread:
            name = (context.person(person.guid), " " + _("(not read)"))
        cells: list[Content] = []
        for code in facts.codes:
            if facts.automatic:
                n = len(facts.hits_of_informant(person.guid, code))
                cells.append((Sign("", _("automatic marks")), _.number(n)) if n else "")
            else:
                cell = facts.matrix.cell(person.id, code)
                sign = replace(context.sign(cell.stances), symbol=cell.symbol)
                shown: list[Inline] = [sign, " " + _.number(cell.passages)] if cell.passages else []
                if cell.symbol == ASKED:
                    shown.append(Sign(ASKED, _("asked but not mentioned")))
                if facts.waiting_of(informant=person.guid, code=code):
                    shown.append(Sign(WAITING, _("coded on an earlier text, to be reviewed")))
                cells.append(tuple(shown) or "")
        return (name, *cells)

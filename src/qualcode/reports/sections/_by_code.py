"""One block per code of an informant: used by the sections on challenges, strategies and other codes."""

from __future__ import annotations

from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Heading, Paragraph, Quotes
from qualcode.reports.section import Context


def blocks_by_code(corpus: Corpus, context: Context, kind: str) -> list[Block]:
    """Return, for each code of a kind of family that the informant speaks of, its stance, counts and quotes."""
    person = context.informant
    blocks: list[Block] = []
    for code in context.facts.codes:
        if context.labels[code].kind == kind:
            blocks += (
                _automatic(context, person.guid, code)
                if context.facts.automatic
                else _coded(context, person.guid, code)
            )
    return blocks


def _heading(context: Context, code: str) -> Heading:
    return Heading(context.labels[code].title, context.chip(code))


def _coded(context: Context, person: str, code: str) -> list[Block]:
    _ = context.words
    facts = context.facts
    found = facts.of_informant(person, code)
    notes = facts.memos("cell", person, code)
    waiting = facts.waiting_of(informant=person, code=code)
    if not found and not notes and not waiting:
        return []
    blocks: list[Block] = [_heading(context, code)]
    if found:
        cell = facts.matrix.cell(context.informant.id, code)
        said = [
            context.stances(cell.stances, context.labels[code].kind),
            _.plural("{n} passage", "{n} passages", cell.passages),
        ]
        if cell.spontaneous:
            said.append(_("{n} spontaneous", n=cell.spontaneous))
        if cell.prompted:
            said.append(_("{n} prompted", n=cell.prompted))
        blocks.append(Paragraph(" · ".join(said), "lead"))
    blocks += [context.waiting(of) for of in waiting]
    blocks += [Paragraph((_("Summary by the researcher: "), note.text), "memo") for note in notes]
    chosen = [passage for passage in found if any(guid in facts.chosen for guid in passage.codings)]
    note = "" if chosen or not found else _("Quotes not chosen yet; all passages in order of speech.")
    if chosen and len(chosen) < len(found):
        note = _("{chosen} of {all} passages, chosen by the researcher.", chosen=len(chosen), all=len(found))
    items = tuple(context.quote(p, source=context.place(p)) for p in chosen or found)
    return [*blocks, Quotes(items, note)] if items else blocks


def _automatic(context: Context, person: str, code: str) -> list[Block]:
    _ = context.words
    found = context.facts.hits_of_informant(person, code)
    if not found:
        return []
    items = tuple(context.hit(hit, source=context.place(hit)) for hit in found)
    said = _.plural("{n} automatic mark, not read", "{n} automatic marks, not read", len(found))
    return [_heading(context, code), Paragraph(said, "lead"), Quotes(items)]

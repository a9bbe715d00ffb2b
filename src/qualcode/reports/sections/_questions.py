"""The questions of the guide that were put in one interview: used beside codelines and on pages of group interviews."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis import TurnLink
from qualcode.model import Question, Transcript
from qualcode.reports.blocks import Block, Content, Inline, Link, Paragraph, Table
from qualcode.reports.section import Context

__all__ = ["codes_of", "named", "proposed", "questions_asked", "turn_links"]


def questions_asked(context: Context, transcript: Transcript) -> list[Block]:
    """Return a table of the guide's questions with the turns that put them in *transcript*; nothing where none was recognised."""
    _ = context.words
    asked = context.facts.asked
    rows: list[tuple[Content, ...]] = []
    for question in asked.questions:
        links = asked.turns(transcript.guid, question.guid)
        if links:
            rows.append((named(question), codes_of(context, question), turn_links(context, links)))
    if not rows:
        return []
    left = [question.number for question in asked.questions if not asked.turns(transcript.guid, question.guid)]
    caption = _("Questions of the guide asked in {name}", name=transcript.name)
    blocks: list[Block] = [Table(caption, (_("Question"), _("Codes"), _("Asked in")), tuple(rows))]
    if left:
        blocks.append(Paragraph(_("Not asked, as far as recognised: {numbers}.", numbers=", ".join(left)), "note"))
    return [*blocks, proposed(context)]


def named(question: Question) -> str:
    """Return a question with its number before it."""
    return f"{question.number}. {question.text}"


def codes_of(context: Context, question: Question) -> Content:
    """Return the chips of the codes that a question asks after, or a dash."""
    shown: list[Inline] = []
    for code in (code.key for code in context.facts.corpus.codebook if code.key in question.codes):
        shown += [" "] if shown else []
        shown.append(context.chip(code))
    return tuple(shown) or "–"


def turn_links(context: Context, links: Sequence[TurnLink]) -> Content:
    """Return links to the turns, each with the likeness by which it was linked, or that a person linked it."""
    _ = context.words
    shown: list[Inline] = []
    for link in links:
        shown += [", "] if shown else []
        anchor = context.links.line(link.transcript, link.turn)
        href = context.href(context.links.home(link.transcript), anchor)
        shown.append(Link(_("turn {numbers}", numbers=str(link.turn)), href))
        shown.append(" " + (_("(by hand)") if link.by_hand else f"({_.decimal(link.score)})"))
    return tuple(shown)


def proposed(context: Context) -> Paragraph:
    """Return the sentence on how far the links can be trusted."""
    _ = context.words
    by_hand = sum(link.by_hand for link in context.facts.asked.links)
    said = _.plural(
        "Which turn asks which question is proposed by likeness of words (from 0 to 1) and may be wrong; {n} turn of the study was set by hand.",
        "Which turn asks which question is proposed by likeness of words (from 0 to 1) and may be wrong; {n} turns of the study were set by hand.",
        by_hand,
    )
    return Paragraph(said, "note")

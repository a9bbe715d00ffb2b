"""Where in the interview each code stands."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis import How, Passage
from qualcode.errors import N_
from qualcode.model import Corpus, Stance, Suggestion, Transcript
from qualcode.reports.blocks import Block, Content, Figure, Inline, Table
from qualcode.reports.figures import Row, Strip, Tick, codeline
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import questions_asked

TICKS = 12
"""About how many turn numbers stand below a codeline."""


class InformantCodeline(Section):
    """A line per code along each transcript, with the questions of the guide as ticks, and its tables."""

    page = "informant"
    order = 100
    title = N_("Codeline")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a drawing and a table for each transcript in which the informant's words bear codes."""
        _ = context.words
        blocks: list[Block] = []
        for transcript in context.links.sources(context.page.subject):
            rows = {code: list(self._marks(context, transcript, code)) for code in context.facts.codes}
            rows = {code: marks for code, marks in rows.items() if marks}
            if rows:
                blocks.append(
                    Figure(self._svg(context, transcript, rows), _("Codeline of {name}", name=transcript.name))
                )
                table = tuple(self._row(context, code, marks) for code, marks in rows.items())
                caption = _("Places of each code in {name}", name=transcript.name)
                blocks.append(Table(caption, (_("Code"), _("Places")), table))
                blocks += questions_asked(context, transcript)
        return blocks

    @staticmethod
    def _marks(context: Context, transcript: Transcript, code: str) -> Iterator[Passage | Suggestion]:
        facts = context.facts
        person = context.page.subject
        found = facts.hits_of_informant(person, code) if facts.automatic else facts.of_informant(person, code)
        return (mark for mark in found if mark.transcript == transcript.guid)

    @staticmethod
    def _svg(context: Context, transcript: Transcript, rows: dict[str, list[Passage | Suggestion]]) -> str:
        _ = context.words
        length = len(transcript.text)
        step = max(1, -(-len(transcript.turns) // TICKS))
        step = step if step < 5 else -(-step // 5) * 5
        ticks = [(turn.span.start / length, str(n)) for n, turn in enumerate(transcript.turns, 1) if n % step == 0]
        return codeline(
            [
                Row(
                    context.labels[code].short,
                    context.labels[code].title,
                    context.labels[code].colour,
                    tuple(
                        Strip(m.span.start / length, m.span.end / length, _form(m), context.place(m).text)
                        for m in marks
                    ),
                    tuple(_ticks(context, transcript, code)),
                )
                for code, marks in rows.items()
            ],
            ticks=ticks,
            questions=list(_ticks(context, transcript)),
            heading=_("Questions of the guide"),
            title=_("Codeline of {name}", name=transcript.name),
            description=_(
                "A line per code; each strip is a passage, placed along the text. Numbers are turns. The table below has the same places."
            )
            + (
                " " + _("Ticks above are questions of the guide; on a code's line, those about that code.")
                if context.facts.asked.of(transcript.guid)
                else ""
            ),
        )

    @staticmethod
    def _row(context: Context, code: str, marks: list[Passage | Suggestion]) -> tuple[Content, ...]:
        places: list[Inline] = []
        for mark in marks:
            places += [", "] if places else []
            places.append(context.place(mark))
            if isinstance(mark, Passage):
                places += [" ", context.sign(mark.stances, context.labels[code].kind)]
        return (context.code_name(code), tuple(places))


def _ticks(context: Context, transcript: Transcript, code: str = "") -> Iterator[Tick]:
    """Yield a tick for each turn that puts a question of the guide; with *code*, those about that code."""
    _ = context.words
    asked = context.facts.asked
    questions = {question.guid: question for question in asked.questions}
    for link in asked.of(transcript.guid):
        for guid in link.questions if link.how is How.ASKS else ():
            question = questions[guid]
            if not code or code in question.codes:
                said = _(
                    "Question {number}, turn {turn}: {text}", number=question.number, turn=link.turn, text=question.text
                )
                yield Tick(transcript.turn(link.turn).span.start / len(transcript.text), question.number, said)


def _form(mark: Passage | Suggestion) -> str:
    """Return how a strip is drawn: filled, hollow when only denied, half when only past or planned, or as a machine's."""
    if isinstance(mark, Suggestion):
        return "machine"
    if mark.stances <= {Stance.DENIED}:
        return "hollow"
    return "half" if mark.stances <= {Stance.PAST, Stance.PLANNED, Stance.OTHER} else "filled"

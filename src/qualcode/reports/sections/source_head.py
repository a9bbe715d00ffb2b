"""What a source is, who speaks in it, and how much."""

from __future__ import annotations

from collections import Counter

from qualcode.errors import N_
from qualcode.model import Corpus, Kind
from qualcode.reports.blocks import Block, Content, Definitions, Paragraph, Table
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._conduct import conduct
from qualcode.reports.words import ROLES


class SourceHead(Section):
    """The facts of a group interview, note or document, with a table of who talks how much."""

    page = "source"
    order = 10
    title = N_("About this source")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the facts, then the speakers."""
        _ = context.words
        transcript = corpus.transcript(context.page.subject)
        blocks: list[Block] = [Definitions(conduct(corpus, context, transcript))]
        turns: Counter[str] = Counter()
        words: Counter[str] = Counter()
        people: dict[str, Content] = {}
        for number, turn in enumerate(transcript.turns, 1):
            turns[turn.speaker] += 1
            words[turn.speaker] += context.facts.n_words(transcript.guid, number)
            people.setdefault(turn.speaker, context.person(turn.informant) if turn.informant else _(ROLES[turn.role]))
        if turns:
            rows = tuple((name, people[name], _.number(turns[name]), _.number(words[name])) for name in people)
            columns = (_("Speaker"), _("Who"), _("Turns"), _("Words"))
            blocks.append(Table(_("Who talks how much"), columns, rows, numeric=frozenset({2, 3})))
        if transcript.kind is Kind.GROUP:
            blocks.append(
                Paragraph(_("A group is one conversation: its members are not so many separate interviews."), "note")
            )
        return blocks

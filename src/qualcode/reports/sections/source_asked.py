"""What was asked in a group interview, and what of it nobody mentioned."""

from __future__ import annotations

from qualcode.analysis import WhyUnmentioned
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block, Heading, Listing, Paragraph
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._questions import questions_asked


class SourceAsked(Section):
    """The questions of the guide that were put in a conversation with several informants."""

    page = "source"
    order = 15
    title = N_("What was asked")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the questions with their turns, then what was asked and not mentioned; nothing without a guide."""
        _ = context.words
        facts = context.facts
        transcript = corpus.transcript(context.page.subject)
        blocks = questions_asked(context, transcript)
        said = {passage.code for passage in facts.of_transcript(transcript.guid)}
        said |= {found.code for found in facts.waiting if found.transcript == transcript.guid}
        silent = [
            code
            for code in facts.codes
            if facts.gaps.transcripts.get((transcript.guid, code)) is WhyUnmentioned.ASKED and code not in said
        ]
        if silent:
            blocks += [
                Heading(_("Asked of the group but not mentioned")),
                Listing(tuple(context.code_name(code) for code in silent)),
                Paragraph(_("It counts for the group; it is not known of each who sat in it."), "note"),
            ]
        return blocks

"""The informant's own interviews, numbered, with codes in the margin."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._transcript import transcript_blocks


class InformantTranscript(Section):
    """The numbered transcripts of interviews with this informant alone."""

    page = "informant"
    order = 120
    title = N_("Numbered transcript")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the turns of each transcript whose home is this page."""
        blocks: list[Block] = []
        for transcript in context.links.sources(context.page.subject):
            if context.links.home(transcript.guid) == context.page:
                blocks += transcript_blocks(corpus, context, transcript)
        return blocks

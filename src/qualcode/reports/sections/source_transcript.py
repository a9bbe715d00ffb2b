"""A group interview, note or document, numbered, with codes in the margin."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.reports.blocks import Block
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._transcript import transcript_blocks


class SourceTranscript(Section):
    """The numbered text of a source that belongs to more than one informant, or to none."""

    page = "source"
    order = 20
    title = N_("Numbered text")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the source's turns or lines."""
        return transcript_blocks(corpus, context, corpus.transcript(context.page.subject))

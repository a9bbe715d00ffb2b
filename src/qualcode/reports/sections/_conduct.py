"""The facts of one source: what its head records, and how much was said."""

from __future__ import annotations

from qualcode import i18n
from qualcode.model import Corpus, Transcript, turns_in
from qualcode.nlp.marks import NAMES
from qualcode.reports.blocks import Content
from qualcode.reports.section import Context
from qualcode.reports.words import KINDS, customary


def conduct(corpus: Corpus, context: Context, transcript: Transcript) -> tuple[tuple[str, Content], ...]:
    """Return term and description of what is known of how a transcript came about."""
    _ = context.words
    rows: list[tuple[str, Content]] = [
        (_("Source"), transcript.name),
        (_("Kind"), _(KINDS[transcript.kind])),
        *((_.field(key), transcript.metadata[key]) for key in customary(transcript.metadata)),
        (_("Language"), i18n.language_name(transcript.language, _.language)),
    ]
    if transcript.turns:
        rows.append((_("Turns"), _.number(len(transcript.turns))))
        rows.append((_("Words of informants"), _.number(context.facts.n_voiced(transcript.guid))))
    else:
        rows.append((_("Words"), _.number(context.facts.n_words(transcript.guid))))
    if noted := context.facts.marks(transcript.guid):
        listed = "; ".join(f"{_(NAMES[kind])}: {_.number(n)}" for kind, n in noted.items())
        rows.append((_("Transcription marks"), listed))
    if transcript.number > 1:
        rows.append((_("Version of the text"), _.number(transcript.number)))
    reading = [r for r in corpus.readings if r.transcript == transcript.guid and corpus.is_current(r)]
    if reading and transcript.turns:
        turns = {n for r in reading for n, turn in corpus.turns_of(r) if not turn.role.asks}
        turns |= {
            n
            for p in context.facts.of_transcript(transcript.guid)
            for n, turn in turns_in(transcript, p.span.start, p.span.end)
            if not turn.role.asks
        }
        whole = sum(not turn.role.asks for turn in transcript.turns)
        rows.append((_("Read by a coder"), _("{n} of {whole} turns of informants", n=len(turns), whole=whole)))
    return tuple(rows)

"""Dividing one transcript of the study into several: everything that stands on it goes to the part that holds the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from sqlalchemy import Connection, select

from qualcode.errors import N_, InputError
from qualcode.model import Informant, Span, Turn
from qualcode.store import schema as s
from qualcode.store.acts._ground import guids_of, require
from qualcode.store.acts.informants import informant_effects, require_informants
from qualcode.store.acts.revisions import MOVED, voices_in
from qualcode.store.acts.transcripts import (
    NewTranscript,
    beside_effects,
    revision_effects,
    transcript_effects,
    turn_effects,
    voices_of,
    whose,
    words_of,
)
from qualcode.store.effects import By, Effect, EventRef
from qualcode.store.log import Log
from qualcode.store.moves import closed
from qualcode.store.turns import pack

__all__ = ["divide_transcript"]


def divide_transcript(
    log: Log, by: By, whole: str, parts: Sequence[NewTranscript], informants: Sequence[Informant] = ()
) -> EventRef:
    """Make of the transcript *whole* (guid) its *parts*, in one event; return it.

    The first part is the transcript that there was, with a shorter text; the others are new. What stands on the text goes to the part that
    holds it. What reaches over the end of a part stays on the earlier text, where `doubtful` lists it. Notes stay with the first part.

    Raises
    ------
    InputError
        If the texts of the parts, joined, are not the text of the whole.
    """
    first = parts[0].transcript
    with log.writing(by) as writer:
        c = writer.connection
        prior = require(c, "transcript", whole)._mapping["current"]
        text = c.execute(select(s.text_.c.body).where(s.text_.c.revision == prior)).scalar() or ""
        if "".join(part.transcript.text for part in parts) != text:
            raise InputError(N_("the parts do not hold the words of the transcript"))
        before = guids_of(c, [prior])[prior]
        effects = [effect for informant in informants for effect in informant_effects(c, informant)]
        # Whoever withdraws from a part withdraws from the earlier text, too, so that says who speaks in it as the parts do.
        effects += turn_effects(c, before, _turns(parts))
        voices = voices_of((), _turns(parts))
        require_informants(c, (*voices, *(guid for part in parts for guid in part.transcript.informants)), informants)
        values = {"current": first.revision, "informants": list(first.informants)}
        effects += [
            Effect("set", "transcript", whole, values, tuple(dict.fromkeys((*whose(first), *voices)))),
            Effect("set", "transcript", whole, words_of(first)),
        ]
        for part in parts[1:]:
            effects += transcript_effects(part.transcript)
        texts, originals = [], []
        for number, part in enumerate(parts):
            new = part.transcript
            guid, earlier = (whole, before) if number == 0 else (new.guid, None)
            made, body, original = revision_effects(
                guid, new.revision, earlier, new.text, pack(new.turns), part.filename, part.original
            )
            begin = sum(len(part.transcript.text) for part in parts[:number])
            stayed = [before, closed([(begin, 0, len(new.text))], len(text), len(new.text))]
            effects += [*made, Effect("set", "revision", new.revision, {"stayed": stayed}, (before,))]
            texts.append(body)
            originals += [original] if original else []
        for part in parts:
            effects += beside_effects(part)
        effects += _moved(c, prior, parts)
        return writer.record("revise", effects, texts=texts, originals=originals)


def _turns(parts: Sequence[NewTranscript]) -> list[Turn]:
    """Return the turns of the parts as turns of the whole."""
    begins = accumulate((len(part.transcript.text) for part in parts), initial=0)
    return [
        replace(turn, span=turn.span.shifted(begin))
        for part, begin in zip(parts, begins, strict=False)
        for turn in part.transcript.turns
    ]


def _moved(connection: Connection, prior: int, parts: Sequence[NewTranscript]) -> list[Effect]:
    """Return the effects that move what stands in one part alone."""
    ends = list(accumulate(len(part.transcript.text) for part in parts))
    effects = []
    e = s.entity.c
    for table in MOVED:
        rows = connection.execute(
            select(e.guid, table.c.start, table.c.end)
            .join_from(table, s.entity, table.c.id == e.id)
            .where(table.c.revision == prior)
            .order_by(table.c.start, e.guid)
        )
        for guid, start, end in rows:
            for part, last in zip(parts, ends, strict=True):
                new = part.transcript
                begin = last - len(new.text)
                if begin <= start and end <= last:
                    span = Span(start - begin, end - begin)
                    place = [new.revision, span.start, span.end]
                    refs = (new.revision, *voices_in(new, span))
                    effects.append(Effect("set", table.name, guid.hex(), {"place": place}, refs))
                    break
    return effects

"""Revising a transcript's text: what stands word for word moves along, what is doubtful is listed for a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from qualcode.errors import N_, NotFoundError
from qualcode.model import Informant, Span, Transcript, Turn
from qualcode.store import schema as s
from qualcode.store.acts._ground import Places, guids_of, require
from qualcode.store.acts.informants import informant_effects, require_informants
from qualcode.store.acts.transcripts import (
    NewTranscript,
    beside_effects,
    replaced_effects,
    revision_effects,
    voices_of,
    whose,
)
from qualcode.store.effects import By, Effect, EventRef
from qualcode.store.log import Log
from qualcode.store.moves import closed
from qualcode.store.reanchor import Anchors
from qualcode.store.turns import pack

__all__ = ["MOVED", "Doubtful", "doubtful", "place_again", "revise_transcript", "voices_in"]

MOVED = (s.coding, s.reading, s.decision, s.question_link)
"""What stands on a text and moves with it, or waits. What a person kept in sight there moves too, but waits for nobody."""


class Doubtful(NamedTuple):
    """Something that stands on an earlier text of its transcript and whose words were changed there.

    `proposed` is where it would stand in the present text, for a person to judge; None where nothing of it is left.
    """

    kind: str
    guid: str
    transcript: str
    revision: str
    span: Span
    text: str
    proposed: Span | None


def revise_transcript(log: Log, by: By, item: NewTranscript, informants: Sequence[Informant] = ()) -> EventRef | None:
    """Give a transcript of the study (the one with the guid of *item*) another text, in one event; return it.

    Codings, readings and decisions on the text it had move along where their words stayed as they were, in the same event; the others stay
    on the earlier revision, where they are valid, and `doubtful` lists them. None where the text is the same.

    Raises
    ------
    NotFoundError
        If there is no such transcript.
    """
    new = item.transcript
    with log.writing(by) as writer:
        c = writer.connection
        row = require(c, "transcript", new.guid)._mapping
        prior = row["current"]
        old = c.execute(select(s.text_.c.body).where(s.text_.c.revision == prior)).scalar()
        if old is None:
            raise NotFoundError(N_("transcript {name!r} has no text"), name=new.name)
        if old == new.text:
            return None
        effects = [effect for informant in informants for effect in informant_effects(c, informant)]
        before = guids_of(c, [prior])[prior]
        require_informants(c, voices_of(new.informants, new.turns), informants)
        voices = whose(new)
        effects.append(
            Effect("set", "transcript", new.guid, {"current": new.revision, "informants": list(new.informants)}, voices)
        )
        made, text, original = revision_effects(
            new.guid, new.revision, before, new.text, pack(new.turns), item.filename, item.original
        )
        anchors = Anchors(old, new.text)
        stayed = [before, closed(anchors.blocks, len(old), len(new.text))]
        stands = item if item.replaced else replace(item, replaced=_replaced(c, prior, anchors))
        effects += [*made, *beside_effects(item), *replaced_effects(stands)]
        effects.append(Effect("set", "revision", new.revision, {"stayed": stayed}, (before,)))
        effects += _moved(c, prior, new, anchors)
        return writer.record("revise", effects, texts=[text], originals=[original] if original else [])


def _replaced(connection: Connection, prior: int, anchors: Anchors) -> tuple[Span, ...]:
    """Return where words that replaced others stand in the new text as they did in the one before."""
    stored = connection.execute(select(s.revision.c.replaced).where(s.revision.c.id == prior)).scalar()
    flat: list[int] = json.loads(stored or "[]")
    spans = (Span(start, start + length) for start, length in zip(flat[::2], flat[1::2], strict=True))
    return tuple(span for each in spans if (span := anchors.exact(each)) is not None)


def _moved(connection: Connection, prior: int, new: Transcript, anchors: Anchors) -> list[Effect]:
    """Return the effects that move codings and decisions whose words stayed, and readings."""
    effects = []
    e = s.entity.c
    for table in (*MOVED, s.kept):
        rows = connection.execute(
            select(e.guid, table.c.start, table.c.end)
            .join_from(table, s.entity, table.c.id == e.id)
            .where(table.c.revision == prior)
            .order_by(table.c.start, e.guid)
        )
        for guid, start, end in rows:
            # A reading or a link is of a passage, its corrected words included; a coding or decision is of its words.
            of_passage = table in {s.reading, s.question_link}
            span = anchors.near(Span(start, end)) if of_passage else anchors.exact(Span(start, end))
            if span is not None:
                refs = (new.revision, *voices_in(new, span))
                effects.append(
                    Effect("set", table.name, guid.hex(), {"place": [new.revision, span.start, span.end]}, refs)
                )
    return effects


def voices_in(transcript: Transcript, span: Span) -> tuple[str, ...]:
    """Return the guids of those whose voice *span* holds in a text that is only being stored."""
    turns: list[Turn] = [turn for turn in transcript.turns if turn.span.overlaps(span)]
    found = voices_of((), turns)
    if found:
        return found
    return transcript.informants if len(transcript.informants) == 1 else ()


def doubtful(connection: Connection, transcript: str | None = None) -> tuple[Doubtful, ...]:
    """Return what stands on an earlier text than its transcript now has (of *transcript*, a guid, where given), in order of speech."""
    found: list[Doubtful] = []
    anchors: dict[tuple[int, int], Anchors] = {}
    texts: dict[int, str] = {}
    for table in MOVED:
        query = (
            select(table.c.id, table.c.transcript, table.c.revision, table.c.start, table.c.end, s.transcript.c.current)
            .join_from(table, s.transcript, s.transcript.c.id == table.c.transcript)
            .where(table.c.revision != s.transcript.c.current)
            .order_by(s.transcript.c.name, table.c.start, table.c.end)
        )
        if transcript is not None:
            query = query.where(table.c.transcript == require(connection, "transcript", transcript)._mapping["id"])
        rows = connection.execute(query).all()
        guids = guids_of(connection, [id_ for row in rows for id_ in (row.id, row.transcript, row.revision)])
        for row in rows:
            pair = (row.revision, row.current)
            if pair not in anchors:
                old, now = (_text(connection, texts, revision) for revision in pair)
                anchors[pair] = Anchors(old, now)
            span = Span(row.start, row.end)
            words = span.of(texts[row.revision])
            near = anchors[pair].near(span)
            found.append(
                Doubtful(table.name, guids[row.id], guids[row.transcript], guids[row.revision], span, words, near)
            )
    return tuple(found)


def _text(connection: Connection, texts: dict[int, str], revision: int) -> str:
    if revision not in texts:
        texts[revision] = (
            connection.execute(select(s.text_.c.body).where(s.text_.c.revision == revision)).scalar() or ""
        )
    return texts[revision]


def place_again(log: Log, by: By, kind: str, guid: str, span: Span) -> EventRef:
    """Put a doubtful coding, reading or decision (*kind*, *guid*) at *span* of the text its transcript now has.

    Raises
    ------
    NotFoundError
        If it is not in the study.
    InputError
        If the span leaves the text.
    """
    with log.writing(by) as writer:
        c = writer.connection
        row = require(c, kind, guid)._mapping
        place = Places(c).of(guids_of(c, [row["transcript"]])[row["transcript"]], span)
        return writer.record("place again", [Effect("set", kind, guid, {"place": list(place.value)}, place.refs)])

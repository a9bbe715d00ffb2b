"""What erasing someone would take away, found by putting up the tombstone and taking it down again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from qualcode.store import schema as s
from qualcode.store.doom import Doomed, doomed
from qualcode.store.engine import writing
from qualcode.store.erase import Mention, mentions
from qualcode.store.facts import chunks
from qualcode.store.log import Log
from qualcode.store.turns import bounds

__all__ = ["Foreseen", "foresee"]


class Foreseen(NamedTuple):
    """What would go: how many entities of each kind; transcripts (guids) whole; turns to be blocked out in others, by transcript (guid).

    `mentions` is the free text that would stay although it speaks one of the words looked for.
    """

    counts: Mapping[str, int]
    transcripts: tuple[str, ...]
    blocked: Mapping[str, int]
    mentions: tuple[Mention, ...]


class _TakeBack(Exception):  # noqa: N818 - no error: it takes the tombstone down again
    """What was written is not to be kept."""


def foresee(log: Log, guids: Sequence[str], words: Sequence[str] = ()) -> Foreseen:
    """Return what erasing the entities with *guids* would take away, and where free text that stays speaks one of *words*."""
    found: list[Foreseen] = []
    try:
        with writing(log.engine) as connection:
            known = {bytes(what) for what in connection.execute(select(s.tombstone.c.what)).scalars()}
            before = doomed(connection)
            if new := {bytes.fromhex(guid) for guid in guids} - known:
                connection.execute(insert(s.tombstone), [{"what": what} for what in sorted(new)])
            found.append(_foreseen(connection, before, doomed(connection), words))
            raise _TakeBack
    except _TakeBack:
        return found[0]


def _foreseen(connection: Connection, before: Doomed, after: Doomed, words: Sequence[str]) -> Foreseen:
    gone = after.entities - before.entities
    counts: dict[str, int] = {}
    for kind, table in s.KIND_TABLES.items():
        here = set(connection.execute(select(table.c.id)).scalars()) if gone else set()
        if n := len(here & gone):
            counts[kind] = n
    transcripts = set(connection.execute(select(s.transcript.c.id)).scalars()) & gone
    names = _names(connection, after.effects)
    return Foreseen(
        counts,
        tuple(sorted(_guids(connection, transcripts).values())),
        _blocked(connection, after.voices),
        tuple(m for m in mentions(connection, words, whole=True) if m.effect not in names) if words else (),
    )


def _blocked(connection: Connection, voices: Mapping[int, set[int]]) -> dict[str, int]:
    """Return how many turns are dead speakers' in the present texts, by transcript (guid)."""
    t, r = s.transcript.c, s.revision.c
    found: dict[int, int] = {}
    for chunk in chunks(sorted(voices)):
        rows = connection.execute(
            select(t.id, r.id, r.turns).join_from(s.transcript, s.revision, t.current == r.id).where(r.id.in_(chunk))
        )
        for transcript, revision, turns in rows:
            n = sum(speaker in voices[revision] for _, _, speaker in bounds(json.loads(turns or "[]")))
            if n:
                found[transcript] = n
    guids = _guids(connection, found)
    return {guids[id_]: n for id_, n in found.items()}


def _guids(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    e = s.entity.c
    found: dict[int, str] = {}
    for chunk in chunks(sorted(ids)):
        found.update((id_, guid.hex()) for id_, guid in connection.execute(select(e.id, e.guid).where(e.id.in_(chunk))))
    return found


def _names(connection: Connection, effects: set[int]) -> set[str]:
    """Return the lasting names of *effects*."""
    f, e = s.effect.c, s.event.c
    found: set[str] = set()
    for chunk in chunks(sorted(effects)):
        rows = connection.execute(
            select(s.sitting.c.guid, e.seq, f.position)
            .select_from(s.effect.join(s.event).join(s.sitting))
            .where(f.id.in_(chunk))
        )
        found.update(f"{guid.hex()}/{seq}/{position}" for guid, seq, position in rows)
    return found

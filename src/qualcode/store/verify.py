"""Whether the log is whole: chains, contents and texts, in one pass; and whether replaying it gives the tables there are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, between, func, select

from qualcode.errors import N_
from qualcode.store import schema as s
from qualcode.store.chain import EffectHeader, EventHeader, chain
from qualcode.store.doom import Doomed, doomed
from qualcode.store.payloads import FORMAT, decode, digest_of
from qualcode.store.rebuild import fingerprints, rebuild

__all__ = ["Damage", "verify", "verify_projection", "verify_texts"]

STEP = 20_000
"""How many events are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the log that is not as it was written. `message` is a template; `where` the lasting name, or what it is in."""

    message: str
    where: str

    def __str__(self) -> str:
        return self.message.format(where=self.where)


def verify(connection: Connection) -> tuple[Damage, ...]:
    """Return what is damaged: events, contents, texts, originals; empty when the log is whole.

    A cut-off tail leaves a whole log: only an anchor outside the file sees that.
    """
    doom = doomed(connection)
    return (*_events(connection), *_payloads(connection, doom), *verify_texts(connection, doom))


class _Tail(NamedTuple):
    seq: int
    lamport: int
    hash: bytes


def _events(connection: Connection) -> Iterator[Damage]:
    """Follow the chain of every sitting."""
    sittings = {id_: guid.hex() for id_, guid in connection.execute(select(s.sitting.c.id, s.sitting.c.guid))}
    tails: dict[int, _Tail] = {}
    e = s.event.c
    last = connection.execute(select(func.max(e.id))).scalar() or 0
    for first in range(1, last + 1, STEP):
        step = _Step(connection, first, first + STEP - 1, sittings)
        rows = connection.execute(
            select(e.id, e.sitting, e.seq, e.lamport, e.at, e.coder, e.round, e.verb, e.undoes, e.hash)
            .where(between(e.id, first, first + STEP - 1))
            .order_by(e.id)
        )
        for id_, sitting, seq, lamport, at, coder, round_, verb, undoes, hash_ in rows:
            where = f"{sittings.get(sitting, '?')}/{seq}"
            tail = tails.get(sitting, _Tail(0, 0, bytes(32)))
            if seq != tail.seq + 1 or lamport <= tail.lamport:
                yield Damage(N_("the entries before {where} are missing or out of order"), where)
            header = EventHeader(
                sittings.get(sitting, "?"), seq, lamport, at, step.guid(coder), step.guid(round_) if round_ else None, verb,
                step.name(undoes) if undoes else None, step.seen(id_), step.effects(id_),
            )  # fmt: skip
            if chain(tail.hash, header) != hash_:
                yield Damage(N_("the entry {where} is not as it was written"), where)
            tails[sitting] = _Tail(seq, lamport, hash_)


class _Step:
    """What stands around the events of one stretch, read with a query a table."""

    def __init__(self, connection: Connection, first: int, last: int, sittings: dict[int, str]) -> None:
        self._connection = connection
        self._sittings = sittings
        f, e = s.effect.c, s.event.c
        within = between(f.event, first, last)
        self._names: dict[int, str] = {}
        self._guids: dict[int, str] = {}
        self._seen: dict[int, list[str]] = {}
        self._effects: dict[int, list[tuple[int, str, str, str, str, bytes]]] = {}
        self._replaces: dict[int, list[str]] = {}
        self._refs: dict[int, list[str]] = {}
        head = select(s.seen.c.event, e.sitting, e.seq).select_from(s.seen.join(s.event, s.seen.c.head == e.id))
        for event, sitting, seq in connection.execute(head.where(between(s.seen.c.event, first, last))):
            self._seen.setdefault(event, []).append(f"{sittings[sitting]}/{seq}")
        effects = connection.execute(
            select(f.event, f.id, s.entity.c.kind, s.entity.c.guid, f.op, f.registers, f.digest)
            .select_from(s.effect.join(s.entity, f.entity == s.entity.c.id))
            .where(within)
            .order_by(f.event, f.position)
        )
        for event, id_, kind, guid, op, registers, digest in effects:
            self._effects.setdefault(event, []).append((id_, kind, guid.hex(), op, registers, digest))
        old, its = s.effect.alias("old"), s.event.alias("its")
        replaced = connection.execute(
            select(s.replaces.c.effect, its.c.sitting, its.c.seq, old.c.position)
            .select_from(
                s.replaces.join(s.effect, s.replaces.c.effect == f.id)
                .join(old, s.replaces.c.replaced == old.c.id)
                .join(its, old.c.event == its.c.id)
            )
            .where(within)
        )
        for effect, sitting, seq, position in replaced:
            self._replaces.setdefault(effect, []).append(f"{sittings.get(sitting, '?')}/{seq}/{position}")
        refs = connection.execute(
            select(s.ref.c.effect, s.entity.c.guid)
            .select_from(s.ref.join(s.effect, s.ref.c.effect == f.id).join(s.entity, s.ref.c.target == s.entity.c.id))
            .where(within)
        )
        for effect, guid in refs:
            self._refs.setdefault(effect, []).append(guid.hex())

    def seen(self, event: int) -> tuple[str, ...]:
        """Return the names of the heads the event had seen."""
        return tuple(sorted(self._seen.get(event, ())))

    def effects(self, event: int) -> tuple[EffectHeader, ...]:
        """Return the headers of the event's effects, in order."""
        return tuple(
            EffectHeader(
                kind, guid, op, registers, tuple(sorted(self._replaces.get(id_, ()))), tuple(sorted(self._refs.get(id_, ()))), digest
            )
            for id_, kind, guid, op, registers, digest in self._effects.get(event, ())
        )  # fmt: skip

    def guid(self, entity: int) -> str:
        """Return the guid of a coder or round."""
        if entity not in self._guids:
            found = self._connection.execute(select(s.entity.c.guid).where(s.entity.c.id == entity)).scalar()
            self._guids[entity] = found.hex() if found else "?"
        return self._guids[entity]

    def name(self, event: int) -> str:
        """Return the lasting name of an event."""
        if event not in self._names:
            row = self._connection.execute(
                select(s.event.c.sitting, s.event.c.seq).where(s.event.c.id == event)
            ).first()
            self._names[event] = f"{self._sittings.get(row[0], '?')}/{row[1]}" if row else "?"
        return self._names[event]


def _payloads(connection: Connection, doom: Doomed) -> Iterator[Damage]:
    """Hold every payload against the digest the chain keeps of it."""
    f, p = s.effect.c, s.payload.c
    rows = connection.execute(
        select(f.id, f.digest, p.format, p.salt, p.body, s.sitting.c.guid, s.event.c.seq, f.position)
        .select_from(s.effect.outerjoin(s.payload).join(s.event, f.event == s.event.c.id).join(s.sitting))
        .execution_options(yield_per=5000)
    )
    for id_, digest, number, salt, body, sitting, seq, position in rows:
        where = f"{sitting.hex()}/{seq}/{position}"
        if body is None:
            if id_ not in doom.effects:
                yield Damage(N_("the contents of {where} are missing, and nobody erased them"), where)
        elif id_ in doom.effects:
            yield Damage(N_("the contents of {where} were erased and are there again"), where)
        elif number > FORMAT:
            yield Damage(N_("{where} was written by a newer qualcode"), where)
        elif digest_of(number, salt, body) != digest:
            yield Damage(N_("the contents of {where} are not as they were written"), where)


def verify_texts(connection: Connection, doom: Doomed | None = None) -> Iterator[Damage]:
    """Yield the texts and originals that are not as they were stored. A masked text has no digest left to be held against."""
    doom = doom or doomed(connection)
    f, p, t, o = s.effect.c, s.payload.c, s.text_.c, s.original.c
    rows = connection.execute(
        select(s.entity.c.id, s.entity.c.guid, p.format, p.body, t.salt, t.body, o.salt, o.body)
        .select_from(
            s.entity.join(s.effect, f.entity == s.entity.c.id)
            .join(s.payload, p.effect == f.id)
            .outerjoin(s.text_, t.revision == s.entity.c.id)
            .outerjoin(s.original, o.revision == s.entity.c.id)
        )
        .where(s.entity.c.kind == "revision", f.op == "new")
        .execution_options(yield_per=20)
    )
    for id_, guid, number, payload, salt, body, original_salt, original in rows:
        values, where = decode(number, payload), guid.hex()
        masked = id_ in doom.voices
        if body is None:
            yield Damage(N_("the text of revision {where} is missing"), where)
        elif salt is None and not masked:
            yield Damage(N_("the text of revision {where} cannot be checked, and nobody masked it"), where)
        elif salt is not None and hashlib.sha256(salt + body.encode()).hexdigest() != values["digest"]:
            yield Damage(N_("the text of revision {where} is not as it was imported"), where)
        if original is None:
            if values.get("original") and not masked:
                yield Damage(N_("the original file of revision {where} is missing"), where)
        elif hashlib.sha256(original_salt + original).hexdigest() != values.get("original"):
            yield Damage(N_("the original file of revision {where} is not as it was imported"), where)


def verify_projection(connection: Connection) -> tuple[Damage, ...]:
    """Rebuild what is derived, in the writing transaction of *connection*, and return the tables that were not what the log says.

    Roll back afterwards to keep the tables there were, or commit to keep those rebuilt.
    """
    before = fingerprints(connection)
    rebuild(connection)
    after = fingerprints(connection)
    return tuple(
        Damage(N_("the table {where} is not what the log says"), name)
        for name in sorted(before)
        if before[name] != after[name]
    )

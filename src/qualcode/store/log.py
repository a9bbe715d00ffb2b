"""Writing to the log: one event, its effects and their projection in one transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, func, insert, select, text, update

from qualcode.errors import N_, ConflictError, StateError
from qualcode.store import schema as s
from qualcode.store.chain import EffectHeader, EventHeader, chain
from qualcode.store.effects import By, Effect, EventRef, FixedOriginal, FixedText, micros
from qualcode.store.engine import reading, writing
from qualcode.store.facts import Fact, Facts, chunks
from qualcode.store.payloads import Payload, encode
from qualcode.store.projection import Known, project
from qualcode.store.voids import reconsider

__all__ = ["Log", "Tail", "Writer"]


def _top(column: ColumnElement[int]) -> ColumnElement[int]:
    """Return the greatest value of *column*, 0 in an empty table."""
    return func.coalesce(select(func.max(column)).scalar_subquery(), 0)


STANDING = select(
    _top(s.event.c.lamport).label("lamport"),
    _top(s.event.c.id).label("event"),
    _top(s.effect.c.id).label("effect"),
    _top(s.entity.c.id).label("entity"),
    _top(s.sitting.c.id).label("sitting"),
    select(s.event.c.hash)
    .where(s.event.c.sitting == bindparam("sitting"))
    .order_by(s.event.c.seq.desc())
    .limit(1)
    .scalar_subquery()
    .label("hash"),
    select(s.effect.c.id).where(s.effect.c.op == text("'end'")).limit(1).scalar_subquery().label("ended"),
    # as the partial index says it: SQLAlchemy's own "undone = 1" would scan every event
    select(s.event.c.id).where(text("event.undone")).limit(1).scalar_subquery().label("undone"),
)
"""Where the file stands: what the next event goes on from."""

NAMED = (
    select(s.entity.c.id, s.entity.c.guid, s.entity.c.kind, s.dead.c.id)
    .select_from(s.entity.outerjoin(s.dead))
    .where(s.entity.c.guid.in_(bindparam("guids", expanding=True)))
)
"""The entities with some guids, and which of them are dead."""


class Tail(NamedTuple):
    """Where a sitting stands: its private id, guid, last number and last hash."""

    sitting: int
    guid: bytes
    seq: int
    hash: bytes


class Log:
    """One opening of a study for writing: a sitting of its own, which begins with its first event.

    Threads may share it: one writes at a time.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._tail: Tail | None = None
        self._lock = threading.RLock()
        self._busy = False

    @contextmanager
    def writing(self, by: By) -> Iterator[Writer]:
        """Yield a writer inside one transaction: all that is recorded and read through it holds together, or nothing.

        Parameters
        ----------
        by : By
            Who acts, when, in which round.

        Raises
        ------
        ConflictError
            If an effect touches someone whose words were erased.
        StateError
            If the thread is inside another change.
        """
        with self._lock:
            if self._busy:  # the same thread again: waiting for itself would last for ever
                raise StateError(N_("a change cannot begin inside another one"))
            self._busy = True
            try:
                with writing(self.engine) as connection:
                    writer = Writer(connection, by, self._tail)
                    yield writer
                self._tail = writer.tail  # only once it is on the disk
            finally:
                self._busy = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state."""
        with reading(self.engine) as connection:
            yield connection

    def record(
        self,
        by: By,
        verb: str,
        effects: Sequence[Effect],
        *,
        texts: Sequence[FixedText] = (),
        originals: Sequence[FixedOriginal] = (),
    ) -> EventRef:
        """Record one event in a transaction of its own."""
        with self.writing(by) as writer:
            return writer.record(verb, effects, texts=texts, originals=originals)


class Writer:
    """What acts write through while the transaction is open. `connection` is for reading what they build on."""

    def __init__(self, connection: Connection, by: By, tail: Tail | None) -> None:
        self.connection = connection
        self.by = by
        self.tail = tail

    def record(
        self,
        verb: str,
        effects: Sequence[Effect],
        *,
        texts: Sequence[FixedText] = (),
        originals: Sequence[FixedOriginal] = (),
        undoes: int | None = None,
    ) -> EventRef:
        """Append one event with its effects and bring the projection up to date; return the event's lasting name.

        Raises
        ------
        ConflictError
            If an effect touches someone whose words were erased; the caller's transaction is then rolled back.
        """
        event, facts = _Appending(self, verb, effects, undoes).append()
        ids = facts.ids
        if texts:
            rows = [{"revision": ids[t.revision], "salt": t.salt, "body": t.body} for t in texts]
            self.connection.execute(insert(s.text_), rows)
        if originals:
            rows = [{"revision": ids[o.revision], "salt": o.salt, "body": o.body} for o in originals]
            self.connection.execute(insert(s.original), rows)
        touched = {ids[effect.guid] for effect in effects}
        voided: set[int] = set()
        if facts.undone or undoes is not None:
            voided = reconsider(self.connection, undoes if undoes is not None else event)
        known = Known(ids, facts.fresh, facts.ended)
        # a changed void takes facts away or gives them back: those loaded before it no longer hold
        project(self.connection, touched | voided, None if voided else facts.known, known)
        assert self.tail is not None  # noqa: S101 - append has just set it
        return EventRef(self.tail.guid.hex(), self.tail.seq)


class _Known(NamedTuple):
    """What is known once an event is written.

    The ids of the guids it speaks of, the facts in force of what it touches, the entities it was the first to name, and whether anything in
    the study was ever ended or is undone: while coding, mostly not, and then there is less to look at.
    """

    ids: dict[str, int]
    known: Facts
    fresh: set[int]
    ended: bool
    undone: bool


class _Prepared(NamedTuple):
    """One effect on its way into the tables."""

    id: int
    effect: Effect
    entity: int
    registers: tuple[str, ...]
    payload: Payload
    bases: list[int]


class _Appending:
    """The append of one event."""

    def __init__(self, writer: Writer, verb: str, effects: Sequence[Effect], undoes: int | None) -> None:
        self.writer = writer
        self.connection = writer.connection
        self.verb = verb
        self.effects = effects
        self.undoes = undoes

    def append(self) -> tuple[int, _Known]:
        """Write the event; return its private id and what is known after it."""
        c, tail = self.connection, self.writer.tail
        now = c.execute(STANDING, {"sitting": tail.sitting if tail else 0}).one()
        self.lamport, self.event, self.first = now.lamport + 1, now.event + 1, now.effect + 1
        self.last_entity = now.entity
        fresh = tail is None or now.hash != tail.hash
        if fresh:  # the file does not end where this process left it
            guid = secrets.token_bytes(16)
            self.writer.tail = Tail(now.sitting + 1, guid, 0, bytes(32))
            c.execute(insert(s.sitting), {"id": now.sitting + 1, "guid": guid})
        self.ids, existing = self._identify()
        self.facts = Facts()
        by_guid = {self.ids[effect.guid] for effect in self.effects}
        self.facts.load(c, sorted(by_guid & existing))
        for effect in self.effects:
            self.facts.kinds.setdefault(self.ids[effect.guid], effect.kind)
            self.facts.effects.setdefault(self.ids[effect.guid], [])
        prepared = [self._prepare(i, effect) for i, effect in enumerate(self.effects)]
        self._write(prepared, self._seen() if fresh else [])
        return self.event, _Known(
            self.ids, self.facts, set(self.ids.values()) - existing, bool(now.ended), bool(now.undone)
        )

    def _seen(self) -> list[tuple[int, str]]:
        """Return (private id, lasting name) of the heads: last events of sittings that no sitting has begun after."""
        e = s.event.c
        last = select(e.sitting, func.max(e.seq).label("seq")).group_by(e.sitting).subquery()
        rows = self.connection.execute(
            select(e.id, s.sitting.c.guid, e.seq)
            .select_from(
                s.event.join(last, (e.sitting == last.c.sitting) & (e.seq == last.c.seq)).join(
                    s.sitting, e.sitting == s.sitting.c.id
                )
            )
            .where(e.id.not_in(select(s.seen.c.head)))
        )
        return [(id_, f"{guid.hex()}/{seq}") for id_, guid, seq in rows]

    def _identify(self) -> tuple[dict[str, int], set[int]]:
        """Return the private ids of all guids spoken of, making those that are new, and which were there before."""
        kinds: dict[str, str] = {self.writer.by.coder: "?"}
        if self.writer.by.round:
            kinds[self.writer.by.round] = "?"
        for effect in self.effects:
            for guid in effect.refs:
                kinds.setdefault(guid, "?")
            kinds[effect.guid] = effect.kind
        ids: dict[str, int] = {}
        untyped = []
        for chunk in chunks(kinds):
            for id_, raw, kind, dead in self.connection.execute(
                NAMED, {"guids": [bytes.fromhex(guid) for guid in chunk]}
            ):
                if dead is not None:
                    raise ConflictError(
                        N_("this touches the words of an informant who withdrew; they were erased and stay so"),
                        hint=N_("leave that informant out"),
                    )
                guid = raw.hex()
                ids[guid] = id_
                if kind == "?" and kinds[guid] != "?":
                    untyped.append((id_, kinds[guid]))
        existing = set(ids.values())
        rows: list[dict[str, object]] = []
        number = self.last_entity
        for guid, kind in kinds.items():
            if guid not in ids:
                number += 1
                ids[guid] = number
                rows.append({"id": number, "guid": bytes.fromhex(guid), "kind": kind})
        if rows:
            self.connection.execute(insert(s.entity), rows)
        for id_, kind in untyped:
            self.connection.execute(update(s.entity).where(s.entity.c.id == id_).values(kind=kind))
        return ids, existing

    def _prepare(self, position: int, effect: Effect) -> _Prepared:
        """Return the effect with its payload and the heads it replaces, and count it among the facts."""
        entity = self.ids[effect.guid]
        registers = () if effect.op == "end" else tuple(sorted(effect.values))
        bases: set[int] = set()
        if effect.op == "new":
            if any(fact.op == "new" for fact in self.facts.effects[entity]) and entity not in self.facts.dead:
                raise ConflictError(
                    N_("{kind} {guid} is in this study already"), kind=effect.kind.replace("_", " "), guid=effect.guid
                )
        else:
            heads = self.facts.heads(entity)
            # an ending, a status and a masking name every head of the entity; any other effect the heads it replaces, and the status
            everything = effect.op == "end" or "status" in registers or "masked" in registers
            wanted = [r for r in heads if everything or r == "status" or r in registers]
            bases = {fact.id for register in wanted for fact in heads[register]}
        tail = self.writer.tail
        assert tail is not None  # noqa: S101 - append has just set it
        by = self.writer.by
        fact = Fact(
            self.first + position, entity, effect.op, registers, (self.lamport, tail.guid, tail.seq + 1), position, self.event,
            self.ids[by.coder], self.ids[by.round] if by.round else None, micros(by.at), dict(effect.values),
        )  # fmt: skip
        self.facts.add(fact, bases)
        return _Prepared(fact.id, effect, entity, registers, encode(effect.values), sorted(bases))

    def _write(self, prepared: Sequence[_Prepared], seen: Sequence[tuple[int, str]]) -> None:
        """Write the event's rows and move the tail."""
        c, by, tail = self.connection, self.writer.by, self.writer.tail
        assert tail is not None  # noqa: S101 - append has just set it
        seq, at = tail.seq + 1, micros(by.at)
        names = {fact.id: fact.ref for facts in self.facts.effects.values() for fact in facts}
        header = EventHeader(
            tail.guid.hex(), seq, self.lamport, at, by.coder, by.round or None, self.verb, self._undoes_name(),
            tuple(sorted(name for _, name in seen)),
            tuple(
                EffectHeader(
                    p.effect.kind, p.effect.guid, p.effect.op, ",".join(p.registers), tuple(sorted(names[b] for b in p.bases)),
                    tuple(sorted(set(p.effect.refs))), p.payload.digest,
                )
                for p in prepared
            ),
        )  # fmt: skip
        hash_ = chain(tail.hash, header)
        row = {
            "id": self.event, "sitting": tail.sitting, "seq": seq, "lamport": self.lamport, "at": at,
            "coder": self.ids[by.coder], "round": self.ids[by.round] if by.round else None, "verb": self.verb,
            "undoes": self.undoes, "hash": hash_, "undone": False, "void": False,
        }  # fmt: skip
        c.execute(insert(s.event), row)
        if seen:
            c.execute(insert(s.seen), [{"event": self.event, "head": head} for head, _ in seen])
        self._write_effects(prepared)
        self.writer.tail = tail._replace(seq=seq, hash=hash_)

    def _write_effects(self, prepared: Sequence[_Prepared]) -> None:
        """Write the rows of the effects, table by table."""
        if not prepared:
            return
        rows: list[dict[str, object]] = [
            {
                "id": p.id, "event": self.event, "position": i, "entity": p.entity, "op": p.effect.op,
                "registers": ",".join(p.registers), "digest": p.payload.digest,
            }
            for i, p in enumerate(prepared)
        ]  # fmt: skip
        self.connection.execute(insert(s.effect), rows)
        self.connection.execute(
            insert(s.payload),
            [
                {"effect": p.id, "format": p.payload.format, "salt": p.payload.salt, "body": p.payload.body}
                for p in prepared
            ],
        )
        if bases := [{"effect": p.id, "replaced": base} for p in prepared for base in p.bases]:
            self.connection.execute(insert(s.replaces), bases)
        if refs := [{"target": self.ids[guid], "effect": p.id} for p in prepared for guid in set(p.effect.refs)]:
            self.connection.execute(insert(s.ref), refs)

    def _undoes_name(self) -> str | None:
        """Return the lasting name of the event that this one undoes or redoes."""
        if self.undoes is None:
            return None
        e = s.event.c
        guid, seq = self.connection.execute(
            select(s.sitting.c.guid, e.seq).select_from(s.event.join(s.sitting)).where(e.id == self.undoes)
        ).one()
        return f"{guid.hex()}/{seq}"

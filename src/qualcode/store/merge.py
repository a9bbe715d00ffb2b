"""Merging two copies of a study: the union of their sittings, nothing hashed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from qualcode.errors import N_, ConflictError, StateError
from qualcode.store import schema as s
from qualcode.store.facts import chunks
from qualcode.store.payloads import FORMAT
from qualcode.store.rebuild import rebuild
from qualcode.store.verify import verify

__all__ = ["Merged", "merge"]


class Merged(NamedTuple):
    """How many events were taken over, and how many conflicts there are now."""

    events: int
    conflicts: int


def merge(connection: Connection, other: Connection) -> Merged:
    """Take over what the copy open in *other* has and this one lacks, in the writing transaction of *connection*.

    No event is written: merging is not an act, and the same whichever copy is named first. Run `sweep` after the commit: what was erased in
    one copy may have come along from the other. *other* is only read.

    Raises
    ------
    ConflictError
        If it is another study, or both have gone on writing in one sitting (a program that trusted a copied file).
    StateError
        If the other copy is damaged or was written by a newer qualcode.
    """
    _refuse(connection, other)
    taking = _Taking(connection, other)
    events = taking.events()
    stones = {bytes(what) for what in other.execute(select(s.tombstone.c.what)).scalars()}
    rebuild(connection, stones)
    conflicts = connection.execute(select(func.count()).select_from(s.conflict)).scalar() or 0
    return Merged(events, conflicts)


def _refuse(connection: Connection, other: Connection) -> None:
    """Refuse what cannot be merged, before anything is written."""
    mine, theirs = (
        c.execute(select(s.meta.c.value).where(s.meta.c.key == "study")).scalar() for c in (connection, other)
    )
    if mine != theirs:
        raise ConflictError(N_("these are two different studies, not two copies of one"))
    newest = other.execute(select(func.max(s.payload.c.format))).scalar() or 0
    if newest > FORMAT:
        raise StateError(
            N_("the other copy was written by a newer qualcode"), hint=N_("bring this qualcode up to date, then merge")
        )
    damaged = verify(other)
    if damaged:
        raise StateError(
            N_("the other copy is damaged: {damage}"), hint=N_("merge a backup of it instead"), damage=str(damaged[0])
        )
    ends = [_ends(c) for c in (connection, other)]
    for guid in ends[0].keys() & ends[1].keys():
        at = min(end[guid] for end in ends)
        if _hash_at(connection, guid, at) != _hash_at(other, guid, at):
            raise ConflictError(
                N_("both copies have gone on from one opening in different ways (sitting {sitting})"),
                hint=N_("keep both files and ask for help: neither is damaged, but they cannot be joined"),
                sitting=guid.hex(),
            )


def _ends(connection: Connection) -> dict[bytes, int]:
    """Return the last number of each sitting."""
    rows = connection.execute(
        select(s.sitting.c.guid, func.max(s.event.c.seq))
        .select_from(s.sitting.join(s.event))
        .group_by(s.sitting.c.guid)
    )
    return {bytes(guid): seq for guid, seq in rows}


def _hash_at(connection: Connection, sitting: bytes, seq: int) -> bytes | None:
    found: bytes | None = connection.execute(
        select(s.event.c.hash)
        .select_from(s.event.join(s.sitting))
        .where(s.sitting.c.guid == sitting, s.event.c.seq == seq)
    ).scalar()
    return found


class _Taking:
    """The taking over of events: their private ids become others here."""

    def __init__(self, connection: Connection, other: Connection) -> None:
        self.connection = connection
        self.other = other
        self.entities: dict[int, int] = {}
        self.effects: dict[int, int] = {}
        self.event_ids: dict[int, int] = {}

    def events(self) -> int:
        """Copy every event that is not here, with all it holds; return how many."""
        ends = _ends(self.connection)
        e, g = s.event.c, s.sitting.c.guid
        rows = self.other.execute(
            select(s.event, g.label("guid")).select_from(s.event.join(s.sitting)).order_by(e.lamport, g, e.seq)
        ).all()
        fresh = [row for row in rows if row.seq > ends.get(bytes(row.guid), 0)]
        if not fresh:
            return 0
        self._entities()
        self._known_events()
        self._copy_events(fresh)
        theirs = [row.id for row in fresh]
        self._copy_effects(theirs)
        self._copy_texts(theirs)
        return len(fresh)

    def _entities(self) -> None:
        """Learn the id here of every entity there, making those that are new."""
        e = s.entity.c
        mine = {bytes(guid): (id_, kind) for id_, guid, kind in self.connection.execute(select(e.id, e.guid, e.kind))}
        last = max((id_ for id_, _ in mine.values()), default=0)
        rows, typed = [], []
        for id_, guid, kind in self.other.execute(select(e.id, e.guid, e.kind).order_by(e.id)):
            known = mine.get(bytes(guid))
            if known is None:
                last += 1
                rows.append({"id": last, "guid": guid, "kind": kind})
                self.entities[id_] = last
            else:
                self.entities[id_] = known[0]
                if known[1] == "?" != kind:
                    typed.append((known[0], kind))
        _fill(self.connection, s.entity, rows)
        for id_, kind in typed:
            self.connection.execute(update(s.entity).where(e.id == id_).values(kind=kind))

    def _known_events(self) -> None:
        """Learn the id here of every event that both have."""
        names = select(s.event.c.id, s.sitting.c.guid, s.event.c.seq).select_from(s.event.join(s.sitting))
        mine = {(bytes(guid), seq): id_ for id_, guid, seq in self.connection.execute(names)}
        for id_, guid, seq in self.other.execute(names):
            if (found := mine.get((bytes(guid), seq))) is not None:
                self.event_ids[id_] = found

    def _copy_events(self, fresh: list[Row[Any]]) -> None:
        c = self.connection
        g = s.sitting.c
        sittings = {bytes(guid): id_ for id_, guid in c.execute(select(g.id, g.guid))}
        last_sitting = max(sittings.values(), default=0)
        last = c.execute(select(func.max(s.event.c.id))).scalar() or 0
        rows = []
        for number, row in enumerate(fresh, last + 1):
            guid = bytes(row.guid)
            if guid not in sittings:
                last_sitting += 1
                sittings[guid] = last_sitting
                c.execute(insert(s.sitting), {"id": last_sitting, "guid": guid})
            self.event_ids[row.id] = number
            rows.append(
                {
                    "id": number, "sitting": sittings[guid], "seq": row.seq, "lamport": row.lamport, "at": row.at,
                    "coder": self.entities[row.coder], "round": self.entities[row.round] if row.round else None, "verb": row.verb,
                    "undoes": self.event_ids[row.undoes] if row.undoes else None, "hash": row.hash, "undone": False, "void": False,
                }
            )  # fmt: skip
        _fill(c, s.event, rows)
        seen = self._of(select(s.seen), s.seen.c.event, [row.id for row in fresh])
        _fill(c, s.seen, ({"event": self.event_ids[row.event], "head": self.event_ids[row.head]} for row in seen))

    def _copy_effects(self, events: list[int]) -> None:
        c, f = self.connection, s.effect.c
        last = c.execute(select(func.max(f.id))).scalar() or 0
        rows = []
        for number, row in enumerate(self._of(select(s.effect), f.event, events), last + 1):
            self.effects[row.id] = number
            rows.append(
                {
                    "id": number, "event": self.event_ids[row.event], "position": row.position,
                    "entity": self.entities[row.entity], "op": row.op, "registers": row.registers, "digest": row.digest,
                }
            )  # fmt: skip
        _fill(c, s.effect, rows)
        theirs = list(self.effects)
        payloads = self._of(select(s.payload), s.payload.c.effect, theirs)
        _fill(
            c,
            s.payload,
            ({"effect": self.effects[p.effect], "format": p.format, "salt": p.salt, "body": p.body} for p in payloads),
        )
        refs = self._of(select(s.ref), s.ref.c.effect, theirs)
        _fill(c, s.ref, ({"target": self.entities[r.target], "effect": self.effects[r.effect]} for r in refs))
        bases = list(self._of(select(s.replaces), s.replaces.c.effect, theirs))
        self._known_effects({row.replaced for row in bases} - self.effects.keys())
        _fill(c, s.replaces, ({"effect": self.effects[b.effect], "replaced": self.effects[b.replaced]} for b in bases))

    def _known_effects(self, theirs: Iterable[int]) -> None:
        """Learn the id here of effects that both have."""
        f = s.effect.c
        wanted = {
            (self.event_ids[row.event], row.position): row.id
            for row in self._of(select(s.effect), f.id, sorted(theirs))
        }
        for chunk in chunks(sorted({event for event, _ in wanted})):
            for id_, event, position in self.connection.execute(
                select(f.id, f.event, f.position).where(f.event.in_(chunk))
            ):
                if (event, position) in wanted:
                    self.effects[wanted[event, position]] = id_

    def _copy_texts(self, events: list[int]) -> None:
        """Copy the texts and originals of revisions made in *events*; a text that is here stays: it may be masked."""
        f = s.effect.c
        made = {
            entity
            for chunk in chunks(events)
            for entity in self.other.execute(
                select(f.entity)
                .select_from(s.effect.join(s.entity, f.entity == s.entity.c.id))
                .where(f.event.in_(chunk), f.op == "new", s.entity.c.kind == "revision")
            ).scalars()
        }
        for table in (s.text_, s.original):
            here = set(self.connection.execute(select(table.c.revision)).scalars())
            for row in self._of(select(table), table.c.revision, sorted(made), size=20):
                if self.entities[row.revision] not in here:
                    values = dict(row._mapping) | {"revision": self.entities[row.revision]}
                    self.connection.execute(insert(table), values)

    def _of(self, query: Select[Any], column: Any, ids: list[int], size: int = 500) -> Iterator[Row[Any]]:
        """Yield the other copy's rows of *query* whose *column* is one of *ids*, a stretch at a time."""
        for chunk in chunks(ids, size):
            yield from self.other.execute(query.where(column.in_(chunk)).order_by(*query.selected_columns))


def _fill(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert *rows*, if there are any."""
    if found := list(rows):
        connection.execute(insert(table), found)

"""The log as people read it: who did what, when, what changed from what to what, and whether it still holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Subquery, func, select

from qualcode.store import schema as s
from qualcode.store.effects import from_micros
from qualcode.store.facts import chunks
from qualcode.store.payloads import decode

__all__ = ["Change", "Entry", "latest_merges", "log_entries"]


@dataclass(frozen=True, slots=True)
class Change:
    """What one effect did to one register of one entity. Values are as the log keeps them: guids, numbers, texts, lists.

    `before` is None where there was nothing; `erased` tells that the contents are gone for good.
    """

    op: str
    kind: str
    guid: str
    register: str = ""
    before: object = None
    after: object = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `number` counts from 1 in the order of the log; copies merged in may shift it. `counts` says how many entities of each kind it made, changed and ended, whatever the limit on `changes`.

    `undone` tells that replay passes over it; `suspended` that its undo waits because someone built on it; `undoes` names the event
    that an undo or redo is about. `why` is the memo or note recorded with it.
    """

    ref: str
    number: int
    at: datetime
    coder: str
    coder_guid: str
    verb: str
    round: str = ""
    undone: bool = False
    suspended: bool = False
    undoes: str = ""
    counts: Mapping[tuple[str, str], int] | None = None
    changes: tuple[Change, ...] = ()
    why: str = ""


def log_entries(
    connection: Connection,
    *,
    limit: int | None = 50,
    coder: str | None = None,
    entity: str | None = None,
    verb: str | None = None,
    changes: int = 20,
) -> tuple[Entry, ...]:
    """Return the latest events, newest first.

    Parameters
    ----------
    limit : int or None
        At most so many; None for all.
    coder, entity : str, optional
        Guids: only events by that coder; only those that touched that entity.
    verb : str, optional
        Only events of that verb.
    changes : int
        At most so many changes of each are spelled out; an import may hold thousands.
    """
    e, its, who, name, round_ = s.event.c, s.sitting.c, s.entity.alias("who"), s.coder.c.short, s.round_.c.name
    undone, undone_in = s.event.alias("undone"), s.sitting.alias("undone_in")
    places = _numbered()
    query = (
        select(
            e.id,
            its.guid,
            e.seq,
            e.at,
            who.c.guid,
            name,
            e.verb,
            round_,
            e.void,
            e.undone,
            undone_in.c.guid,
            undone.c.seq,
            places.c.number,
        )
        .select_from(
            s.event.join(s.sitting)
            .join(places, places.c.id == e.id)
            .join(who, e.coder == who.c.id)
            .outerjoin(s.coder, s.coder.c.id == e.coder)
            .outerjoin(s.round_, s.round_.c.id == e.round)
            .outerjoin(undone, e.undoes == undone.c.id)
            .outerjoin(undone_in, undone.c.sitting == undone_in.c.id)
        )
        .order_by(e.lamport.desc(), its.guid.desc(), e.seq.desc())
        .limit(limit)
    )
    if coder is not None:
        query = query.where(who.c.guid == bytes.fromhex(coder))
    if verb is not None:
        query = query.where(e.verb == verb)
    if entity is not None:
        touched = select(s.effect.c.event).join_from(s.effect, s.entity, s.effect.c.entity == s.entity.c.id)
        query = query.where(e.id.in_(touched.where(s.entity.c.guid == bytes.fromhex(entity))))
    rows = connection.execute(query).all()
    contents = _Contents(connection, [row[0] for row in rows], changes)
    return tuple(
        Entry(
            f"{row[1].hex()}/{row[2]}", row[12], from_micros(row[3]), row[5] or row[4].hex()[:8], row[4].hex(), row[6], row[7] or "",
            bool(row[8]), bool(row[9]) and not row[8], f"{row[10].hex()}/{row[11]}" if row[10] else "",
            contents.counts(row[0]), contents.changes(row[0]), contents.why(row[0]),
        )
        for row in rows
    )  # fmt: skip


def _numbered() -> Subquery:
    """Return all events with their number in the log, which is one order in every copy (see `qualcode.store.log`)."""
    e, its = s.event.c, s.sitting.c
    number = func.row_number().over(order_by=(e.lamport, its.guid, e.seq)).label("number")
    return select(e.id, number).join_from(s.event, s.sitting).subquery("numbered")


def latest_merges(connection: Connection, codes: Sequence[int]) -> Mapping[int, tuple[datetime, int]]:
    """Return when each of *codes* (private ids) was merged into another last, and the number of that event."""
    f, e, places = s.effect.c, s.event.c, _numbered()
    found: dict[int, tuple[datetime, int]] = {}
    for chunk in chunks(codes):
        rows = connection.execute(
            select(f.entity, e.at, places.c.number)
            .select_from(s.effect.join(s.event, f.event == e.id).join(places, places.c.id == e.id))
            .where(f.entity.in_(chunk), e.verb == "merge codes", ~e.void)
            .order_by(places.c.number)
        )
        found.update({row.entity: (from_micros(row.at), row.number) for row in rows})
    return found


class _Contents:
    """The effects of some events and what they replaced, read in bulk."""

    def __init__(self, connection: Connection, events: Sequence[int], limit: int) -> None:
        self._effects: dict[int, list[Any]] = {}
        self._counts: dict[int, Counter[tuple[str, str]]] = {}
        self._before: dict[int, dict[str, object]] = {}
        f, t, p = s.effect.c, s.entity.c, s.payload.c
        for chunk in chunks(events):
            made: set[tuple[int, int]] = set()
            told: set[tuple[int, str, int]] = set()
            rows = connection.execute(
                select(f.event, f.id, f.entity, f.op, t.kind, t.guid, f.registers, p.format, p.body)
                .select_from(s.effect.join(s.entity, f.entity == t.id).outerjoin(s.payload))
                .where(f.event.in_(chunk))
                .order_by(f.event, f.position)
            )
            for row in rows:
                shown = self._effects.setdefault(row.event, [])
                if len(shown) < limit:
                    shown.append(row)
                if row.op == "new":
                    made.add((row.event, row.entity))
                if (row.event, row.op, row.entity) in told:
                    continue
                told.add((row.event, row.op, row.entity))
                if row.op != "set" or (row.event, row.entity) not in made:
                    self._counts.setdefault(row.event, Counter())[row.op, row.kind] += 1
            self._load_before(connection, [row.id for event in chunk for row in self._effects.get(event, ())])

    def _load_before(self, connection: Connection, effects: Iterable[int]) -> None:
        """Learn what the registers held that *effects* replaced: the latest of the heads they named."""
        old, its, p = s.effect.alias("old"), s.event.alias("its"), s.payload.c
        for chunk in chunks(effects):
            rows = connection.execute(
                select(s.replaces.c.effect, p.format, p.body)
                .select_from(
                    s.replaces.join(old, s.replaces.c.replaced == old.c.id)
                    .join(its, old.c.event == its.c.id)
                    .join(s.sitting, its.c.sitting == s.sitting.c.id)
                    .join(s.payload, p.effect == old.c.id)
                )
                .where(s.replaces.c.effect.in_(chunk))
                .order_by(its.c.lamport, s.sitting.c.guid, its.c.seq, old.c.position)
            )
            for effect, number, body in rows:
                self._before.setdefault(effect, {}).update(decode(number, body))

    def counts(self, event: int) -> Mapping[tuple[str, str], int]:
        """Return how many entities the event touched, by (op, kind)."""
        return dict(self._counts.get(event, {}))

    def changes(self, event: int) -> tuple[Change, ...]:
        """Return the changes spelled out."""
        found: list[Change] = []
        for row in self._effects.get(event, ()):
            guid, before = row.guid.hex(), self._before.get(row.id, {})
            if row.op == "end":
                found.append(Change("end", row.kind, guid))
                continue
            values = decode(row.format, row.body) if row.body is not None else {}
            for register in row.registers.split(","):
                found.append(
                    Change(
                        row.op, row.kind, guid, register, before.get(register), values.get(register), row.body is None
                    )
                )
        return tuple(found)

    def why(self, event: int) -> str:
        """Return the memo recorded with the event, if any."""
        for row in self._effects.get(event, ()):
            if row.body is not None and row.op != "end":
                values = decode(row.format, row.body)
                text = values.get("memo") or (values.get("text") if row.kind == "memo" else None)
                if isinstance(text, str) and text:
                    return text
        return ""

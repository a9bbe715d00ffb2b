"""What two changes disagree about, with both sides: for a person to settle by an ordinary change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from qualcode.store import schema as s
from qualcode.store.effects import from_micros
from qualcode.store.payloads import decode

__all__ = ["Conflict", "Side", "load_conflicts"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the changes: whose it is, when it was made, the verb, and what it says; `value` is None where it was erased."""

    coder: str
    at: datetime
    verb: str
    value: object = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement.

    `kind` is values, ended-edited, ended-referred, key, cycle, undo-suspended or masked-edited; `register` is what the sides disagree on
    where they give it other values. `entity` and `guid` say about what; empty where it is about an act.
    """

    kind: str
    entity: str
    guid: str
    register: str
    sides: tuple[Side, ...]


def load_conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """Return every conflict there is, the same in every copy and in the same order."""
    c, e = s.conflict.c, s.entity.c
    rows = connection.execute(
        select(c.kind, c.detail, e.kind, e.guid).select_from(s.conflict.outerjoin(s.entity, c.entity == e.id))
    )
    found = []
    for kind, detail, entity, guid in rows:
        said: dict[str, Any] = json.loads(detail)
        register = said.get("register", "")
        sides = _sides(connection, (*said.get("effects", ()), *said.get("events", ())), register)
        found.append(Conflict(kind, entity or "", guid.hex() if guid else "", register, sides))
    return tuple(sorted(found, key=lambda one: (one.kind, one.entity, one.guid, one.register, repr(one.sides))))


def _sides(connection: Connection, names: Iterable[str], register: str) -> tuple[Side, ...]:
    """Return the sides called *names* (``sitting/seq`` or ``sitting/seq/position``), oldest first."""
    e, f, p = s.event.c, s.effect.c, s.payload.c
    found = []
    for name in names:
        sitting, seq, *position = name.split("/")
        query = (
            select(e.lamport, e.at, e.verb, s.coder.c.short, p.format, p.body)
            .select_from(
                s.event.join(s.sitting, e.sitting == s.sitting.c.id)
                .outerjoin(s.coder, s.coder.c.id == e.coder)
                .outerjoin(
                    s.effect, (f.event == e.id) & (f.position == int(position[0]) if position else f.id.is_(None))
                )
                .outerjoin(s.payload, p.effect == f.id)
            )
            .where(s.sitting.c.guid == bytes.fromhex(sitting), e.seq == int(seq))
        )
        row = connection.execute(query).first()
        if row is not None:
            values = decode(row.format, row.body) if row.body is not None else {}
            side = Side(row.short or "?", from_micros(row.at), row.verb, values.get(register))
            found.append((row.lamport, name, side))
    return tuple(side for *_, side in sorted(found, key=lambda one: one[:2]))

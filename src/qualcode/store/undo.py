"""Undo and redo: per coder, newest first; a redone event is newest again; both survive a restart, for they read the log."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from qualcode.errors import N_, ConflictError, StateError
from qualcode.store import schema as s
from qualcode.store.effects import MASKING, NOT_UNDONE, By, EventRef, from_micros
from qualcode.store.facts import Order
from qualcode.store.log import Log, Writer

__all__ = ["redo", "undo"]

Found = tuple[int, int, str, str]
"""Kind order, as a conflict row: entity, event, kind, detail."""


def undo(log: Log, by: By) -> EventRef:
    """Undo the coder's newest event that is not undone; return the event undone.

    Raises
    ------
    StateError
        If the coder has nothing to undo.
    ConflictError
        If a later event builds on it: the message says which, and whose it is. Nothing is changed.
    """
    with log.writing(by) as writer:
        event = _newest_done(writer)
        if event is None:
            raise StateError(N_("there is nothing to undo"))
        return _turn(writer, event, "undo")


def redo(log: Log, by: By) -> EventRef:
    """Redo the coder's latest undone event, as long as nothing new was done since; return the event redone.

    Raises
    ------
    StateError
        If the coder has nothing to redo.
    ConflictError
        If it would conflict with a later event. Nothing is changed.
    """
    with log.writing(by) as writer:
        event = _latest_undone(writer)
        if event is None:
            raise StateError(N_("there is nothing to redo"))
        return _turn(writer, event, "redo")


def _history(writer: Writer) -> Iterator[tuple[int, str, int | None, bool]]:
    """Yield the coder's events, newest first."""
    e = s.event.c
    coder = select(s.entity.c.id).where(s.entity.c.guid == bytes.fromhex(writer.by.coder)).scalar_subquery()
    rows = writer.connection.execute(
        select(e.id, e.verb, e.undoes, e.undone)
        .select_from(s.event.join(s.sitting))
        .where(e.coder == coder)
        .order_by(e.lamport.desc(), s.sitting.c.guid.desc(), e.seq.desc())
    )
    yield from (tuple(row) for row in rows)


def _newest_done(writer: Writer) -> int | None:
    """Return the event done or redone last that is neither undone nor wholly erased."""
    met: set[int] = set()
    for id_, verb, undoes, undone in _history(writer):
        if verb in NOT_UNDONE:
            continue
        if verb == MASKING:
            raise ConflictError(
                N_(
                    "masking cannot be undone: the names and numbers that were masked are in no file of this study any more"
                ),
                hint=N_("what was done since can be changed by hand"),
            )
        event = undoes if undoes is not None else id_
        if event in met:
            continue
        met.add(event)
        if verb == "undo":
            continue
        if undoes is not None:
            undone = _is_undone(writer.connection, event)
        if not undone and _has_contents(writer.connection, event):
            return event
    return None


def _latest_undone(writer: Writer) -> int | None:
    """Return the event undone last since the coder's last act of another kind."""
    met: set[int] = set()
    for _, verb, undoes, _ in _history(writer):
        if verb == "share":  # a report between undo and redo changes nothing
            continue
        if undoes is None:
            return None
        if undoes in met:
            continue
        met.add(undoes)
        if _is_undone(writer.connection, undoes) and _has_contents(writer.connection, undoes):
            return undoes
    return None


def _is_undone(connection: Connection, event: int) -> bool:
    return bool(connection.execute(select(s.event.c.undone).where(s.event.c.id == event)).scalar())


def _has_contents(connection: Connection, event: int) -> bool:
    """Tell whether any payload of *event* is left: one wholly erased can be neither undone nor redone."""
    return (
        connection.execute(
            select(s.payload.c.effect).select_from(s.payload.join(s.effect)).where(s.effect.c.event == event).limit(1)
        ).first()
        is not None
    )


def _turn(writer: Writer, event: int, verb: str) -> EventRef:
    """Record the undo or redo of *event*, unless it would raise a conflict with a later one."""
    connection = writer.connection
    e = s.event.c
    lamport, guid, seq = connection.execute(
        select(e.lamport, s.sitting.c.guid, e.seq).select_from(s.event.join(s.sitting)).where(e.id == event)
    ).one()
    before = _conflicts(connection)
    writer.record(verb, (), undoes=event)
    for conflict in sorted(_conflicts(connection) - before):
        for name in _events_in(conflict[3]):
            later = _describe(connection, name)
            if later is not None and later[0] > (lamport, guid, seq):
                raise _refusal(verb, later)
    return EventRef(guid.hex(), seq)


def _conflicts(connection: Connection) -> set[Found]:
    return {(row[0], row[1], row[2], row[3]) for row in connection.execute(select(s.conflict))}


def _events_in(detail: str) -> list[str]:
    """Return the lasting names of the events that a conflict is between."""
    found = json.loads(detail)
    return sorted({*found.get("events", ()), *(name.rpartition("/")[0] for name in found.get("effects", ()))})


def _describe(connection: Connection, name: str) -> tuple[Order, str, str, int] | None:
    """Return order, verb, coder's short name and time of the event called *name*."""
    sitting, _, seq = name.partition("/")
    e = s.event.c
    row = connection.execute(
        select(e.lamport, s.sitting.c.guid, e.seq, e.verb, s.coder.c.short, e.at)
        .select_from(s.event.join(s.sitting).outerjoin(s.coder, s.coder.c.id == e.coder))
        .where(s.sitting.c.guid == bytes.fromhex(sitting), e.seq == int(seq))
    ).first()
    return None if row is None else ((row[0], row[1], row[2]), row[3], row[4] or "?", row[5])


def _refusal(verb: str, later: tuple[Order, str, str, int]) -> ConflictError:
    """Return the error that says which later event stands in the way."""
    message = (
        N_("this cannot be undone: {coder} has since built on it ({act}, {at})")
        if verb == "undo"
        else N_("this cannot be redone: it clashes with what {coder} has done since ({act}, {at})")
    )
    return ConflictError(
        message,
        hint=N_("take that later change back first, or change it by hand"),
        coder=later[2],
        act=later[1],
        at=from_micros(later[3]),
    )

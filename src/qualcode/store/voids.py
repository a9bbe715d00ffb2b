"""Which events replay passes over: those undone, unless an event in force builds on them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from qualcode.store import schema as s
from qualcode.store.payloads import canonical

__all__ = ["SUSPENDED", "is_undone", "reconsider", "reconsider_all"]

SUSPENDED = "undo-suspended"

BUILDERS = text(
    """
    SELECT g.event FROM effect f
      JOIN replaces r ON r.replaced = f.id JOIN effect g ON g.id = r.effect JOIN event e ON e.id = g.event
      WHERE f.event = :event AND NOT e.void AND g.event <> :event
    UNION SELECT g.event FROM effect f
      JOIN ref r ON r.target = f.entity JOIN effect g ON g.id = r.effect JOIN event e ON e.id = g.event
      WHERE f.event = :event AND f.op = 'new' AND NOT e.void AND g.event <> :event
        AND NOT EXISTS (SELECT 1 FROM effect o JOIN event oe ON oe.id = o.event
                        WHERE o.entity = f.entity AND o.op = 'new' AND o.event <> :event AND NOT oe.void)
    UNION SELECT g.event FROM effect f
      JOIN effect g ON g.entity = f.entity JOIN event e ON e.id = g.event
      WHERE f.event = :event AND f.op = 'new' AND NOT e.void AND g.event <> :event
        AND NOT EXISTS (SELECT 1 FROM effect o JOIN event oe ON oe.id = o.event
                        WHERE o.entity = f.entity AND o.op = 'new' AND o.event <> :event AND NOT oe.void)
    """
)
"""Events in force that replace an effect of the event, or refer to or act on an entity that only it creates."""

GROUND = text(
    """
    SELECT p.event FROM effect f JOIN replaces r ON r.effect = f.id JOIN effect p ON p.id = r.replaced JOIN event e ON e.id = p.event
      WHERE f.event = :event AND p.event <> :event AND e.undone
    UNION SELECT p.event FROM effect f JOIN ref r ON r.effect = f.id JOIN effect p ON p.entity = r.target JOIN event e ON e.id = p.event
      WHERE f.event = :event AND p.op = 'new' AND p.event <> :event AND e.undone
    UNION SELECT p.event FROM effect f JOIN effect p ON p.entity = f.entity JOIN event e ON e.id = p.event
      WHERE f.event = :event AND p.op = 'new' AND p.event <> :event AND e.undone
    """
)
"""The undone events that the event builds on."""

LAST_WORD = text(
    """
    SELECT e.verb FROM event e JOIN sitting s ON s.id = e.sitting WHERE e.undoes = :event
    ORDER BY e.lamport DESC, s.guid DESC, e.seq DESC LIMIT 1
    """
)


def is_undone(connection: Connection, event: int) -> bool:
    """Tell whether the last undo or redo that names *event* is an undo."""
    return connection.execute(LAST_WORD, {"event": event}).scalar() == "undo"


def reconsider(connection: Connection, event: int) -> set[int]:
    """Decide anew whether *event* and, downwards, the undone events it builds on are void; return the entities touched."""
    touched: set[int] = set()
    todo = [event]
    while todo:
        now = todo.pop()
        before = connection.execute(select(s.event.c.void).where(s.event.c.id == now)).scalar()
        undone = is_undone(connection, now)
        void = undone and not _suspended(connection, now)
        if undone or before or now != event:
            touched.update(connection.execute(select(s.effect.c.entity).where(s.effect.c.event == now)).scalars())
        connection.execute(update(s.event).where(s.event.c.id == now).values(undone=undone, void=void))
        if not undone:
            connection.execute(delete(s.conflict).where(s.conflict.c.kind == SUSPENDED, s.conflict.c.event == now))
        if void != bool(before) or now == event:
            todo += connection.execute(GROUND, {"event": now}).scalars()
    return touched


def _suspended(connection: Connection, event: int) -> bool:
    """List what keeps the undone *event* in force, if anything; return whether there is something."""
    connection.execute(delete(s.conflict).where(s.conflict.c.kind == SUSPENDED, s.conflict.c.event == event))
    builders = list(connection.execute(BUILDERS, {"event": event}).scalars())
    if not builders:
        return False
    e = s.event.c
    rows = connection.execute(
        select(s.sitting.c.guid, e.seq).select_from(s.event.join(s.sitting)).where(e.id.in_(builders))
    )
    names = sorted(f"{guid.hex()}/{seq}" for guid, seq in rows)
    connection.execute(
        insert(s.conflict), {"entity": 0, "event": event, "kind": SUSPENDED, "detail": canonical({"events": names})}
    )
    return True


def reconsider_all(connection: Connection) -> None:
    """Decide for every event whether it is void: newest first, so that what builds on an event is decided before it."""
    connection.execute(delete(s.conflict).where(s.conflict.c.event != 0))
    e = s.event.c
    last: dict[int, bool] = {}
    rows = connection.execute(
        select(e.undoes, e.verb)
        .select_from(s.event.join(s.sitting))
        .where(e.undoes.is_not(None))
        .order_by(e.lamport, s.sitting.c.guid, e.seq)
    )
    for event, verb in rows:
        last[event] = verb == "undo"
    connection.execute(update(s.event).where(e.undone | e.void).values(undone=False, void=False))
    undone = [event for event, gone in last.items() if gone]
    if not undone:
        return
    connection.execute(
        update(s.event).where(e.id == bindparam("event")).values(undone=True), [{"event": event} for event in undone]
    )
    ordered = connection.execute(
        select(e.id)
        .select_from(s.event.join(s.sitting))
        .where(e.undone)
        .order_by(e.lamport.desc(), s.sitting.c.guid.desc(), e.seq.desc())
    ).scalars()
    for event in list(ordered):
        if not _suspended(connection, event):
            connection.execute(update(s.event).where(e.id == event).values(void=True))

"""The projection made anew from the log, and whether the one in the file equals it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from qualcode.store import schema as s
from qualcode.store.erase import obey
from qualcode.store.projection import project_all
from qualcode.store.voids import reconsider_all

__all__ = ["fingerprints", "rebuild"]

DERIVED: tuple[Table, ...] = (*s.KIND_TABLES.values(), s.conflict, s.dead)


def rebuild(connection: Connection, stones: Iterable[bytes] = ()) -> None:
    """Make everything derived anew, in the transaction of *connection*; tombstones (and *stones* besides) are obeyed first."""
    obey(connection, stones)
    reconsider_all(connection)
    project_all(connection)


def fingerprints(connection: Connection) -> dict[str, str]:
    """Return the SHA-256 of each derived table's rows: equal before and after a rebuild, or the projection had gone astray."""
    found = {}
    queries = {table.name: select(table).order_by(*table.primary_key.columns) for table in DERIVED}
    queries["event"] = select(s.event.c.id, s.event.c.undone, s.event.c.void).order_by(s.event.c.id)
    for name, query in queries.items():
        digest = hashlib.sha256()
        for row in connection.execute(query):
            digest.update(repr(tuple(row)).encode())
        found[name] = digest.hexdigest()
    return found

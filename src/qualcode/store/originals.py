"""The files that transcripts were read from, as they came."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from qualcode.store import schema as s
from qualcode.store.acts._ground import require

__all__ = ["count_originals", "filenames", "original_of"]


def original_of(connection: Connection, transcript: str) -> tuple[str, bytes] | None:
    """Return the name and the bytes of the file that the present text of *transcript* (guid) was read from; None if none was kept.

    Raises
    ------
    NotFoundError
        If there is no such transcript.
    """
    current = require(connection, "transcript", transcript)._mapping["current"]
    row = connection.execute(
        select(s.revision.c.filename, s.original.c.body)
        .join_from(s.original, s.revision, s.original.c.revision == s.revision.c.id)
        .where(s.revision.c.id == current)
    ).one_or_none()
    return None if row is None else (row.filename or "", row.body)


def count_originals(connection: Connection) -> int:
    """Return of how many texts, earlier ones with them, the bytes of the file they were read from are kept."""
    return connection.scalar(select(func.count()).select_from(s.original)) or 0


def filenames(connection: Connection) -> dict[str, str]:
    """Return the name of the file that the present text of each transcript (guid) was read from, where it is known."""
    rows = connection.execute(
        select(s.entity.c.guid, s.revision.c.filename)
        .join_from(s.transcript, s.revision, s.revision.c.id == s.transcript.c.current)
        .join(s.entity, s.entity.c.id == s.transcript.c.id)
        .where(s.revision.c.filename.is_not(None))
    )
    return {guid.hex(): name for guid, name in rows}

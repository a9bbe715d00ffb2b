"""What comes before a study is open: making the file, looking at it before anything could write to it, bringing it forward."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, ProjectFileError
from qualcode.store import places
from qualcode.store.engine import Journal, connect, make_engine, writing
from qualcode.store.header import APPLICATION_ID, unfinished

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["PATIENCE", "Clock", "Mode", "bring_forward", "build", "engine_of", "inspect", "refuse_read_only"]

Mode = Literal["rw", "ro"]
Clock = Callable[[], datetime]

PATIENCE = 5.0
"""Seconds that opening waits for another program to let go."""


def build(path: Path, guid: str, key: str | None = None) -> None:
    """Make an empty study at *path*, encrypted with *key*, with the classic journal, so that it is whole when this returns."""
    from sqlalchemy import insert

    from qualcode.store import schema
    from qualcode.store.migrate import create_schema

    engine = make_engine(path, journal="DELETE", key=key)
    try:
        with writing(engine) as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            create_schema(connection)
            connection.execute(insert(schema.meta).values(key="study", value=guid))
    finally:
        engine.dispose()


def refuse_read_only(path: Path) -> None:
    """Refuse to write where the file or its folder is marked as not to be written."""
    for place in (path, path.parent):
        # The marks count for an administrator too, whom the system would let through. On Windows a folder's say nothing.
        marked = not place.stat().st_mode & 0o222 and (place == path or os.name != "nt")
        if marked or not os.access(place, os.W_OK):
            what = N_("the study may be read but not written")
            raise ProjectFileError(
                what if place == path else N_("the study's folder may be read but not written"),
                hint=N_("copy it to a folder of your own, or open it for reading only"),
                file=path,
            )


def inspect(path: Path, mode: Mode) -> int:
    """Have SQLite look at the file's structure, before anything could write to it; return its schema.

    Only what a killed program left in a journal is completed, by SQLite itself, as it must be before reading.
    """
    how: Literal["rw", "ro"] = "rw" if mode == "rw" and unfinished(path) else "ro"
    with closing(connect(path, how, timeout=PATIENCE)) as db:
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            db.execute(f"PRAGMA {pragma}")
        (answer,) = db.execute("PRAGMA quick_check(1)").fetchone()
        (number,) = db.execute(
            "PRAGMA user_version"
        ).fetchone()  # the header's may be of a migration that was cut short
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if answer != "ok" or not {"meta", "event", "effect"} <= tables:
        raise ProjectFileError(
            N_("the file is damaged ({reason})"),
            hint=N_("keep it, and put a backup in its place: qualcode restore"),
            file=path,
            reason=answer if answer != "ok" else "tables are missing",
        )
    return int(number)


def bring_forward(path: Path, mode: Mode, clock: Clock) -> None:
    """Migrate an older study, or say that it must be opened for writing once."""
    if mode == "ro":
        raise ProjectFileError(
            N_("the study is of an older qualcode and must be brought up to date first"),
            hint=N_("open it for writing once; a backup is made before"),
            file=path,
        )
    from qualcode.store.migrate import migrate

    migrate(path, at=clock())


def engine_of(path: Path, mode: Mode) -> Engine:
    """Return an engine whose first connection stands, waiting for a program that is just closing the study."""
    shared = places.sync_program(path) is not None or places.network_drive(path)
    journal: Journal = "TRUNCATE" if shared else "WAL"
    engine = make_engine(path, journal=journal, read_only=mode == "ro")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with engine.connect():
                return engine
        except Exception as error:
            code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
            if code is None or code & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                engine.dispose()
                raise
            time.sleep(0.05)

"""Engines and transactions: how a study file is spoken to.

SQLAlchemy's default transactions on SQLite lose updates when two programs write (measured: 244 of 800). Here every
connection is in autocommit as far as the driver knows, and each transaction begins with an explicit ``BEGIN``;
one that writes begins with ``BEGIN IMMEDIATE``, so that what it reads cannot change before it writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from qualcode.store import cipher
from qualcode.store.handles import in_use
from qualcode.store.places import database_uri

__all__ = ["BUSY_SECONDS", "Journal", "connect", "make_engine", "reading", "writing"]

Journal = Literal["WAL", "TRUNCATE", "DELETE"]

BUSY_SECONDS = 20
"""How long a connection waits for another program's transaction."""

WRITES = "qualcode_writes"
"""Execution option of a connection whose transaction takes the write lock at once."""


def make_engine(path: Path, *, journal: Journal = "WAL", read_only: bool = False, key: str | None = None) -> Engine:
    """Return an engine for the study file at *path*.

    Parameters
    ----------
    path : Path
        The file; SQLite creates it when it is missing, unless *read_only*.
    journal : {"WAL", "TRUNCATE", "DELETE"}
        Journal mode while open: WAL unless the folder is on a network or in a synchronised folder.
    read_only : bool
        Open without the right to write, and leave the journal mode as it is.
    key : str, optional
        Makes a new file an encrypted one.
    """
    module = cipher.driver() if key is not None or cipher.is_encrypted(path) else sqlite3
    engine = create_engine(
        "sqlite://",
        module=module,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=-1,
        creator=lambda: _connect(path, "ro" if read_only else "rwc", None if read_only else journal, key),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def connect(
    path: Path, mode: Literal["ro", "rw", "rwc"], *, timeout: float = BUSY_SECONDS, key: str | None = None
) -> sqlite3.Connection:
    """Return a plain connection to the study file at *path*, in autocommit, which waits *timeout* seconds for other programs.

    With *key* (see `qualcode.store.cipher`), a file that is only made is encrypted; one that is there already is opened as what it is.
    """
    if key is not None or cipher.is_encrypted(path):
        return cipher.connect(path, mode, timeout, key)
    connection = sqlite3.connect(
        database_uri(path, mode),
        uri=True,
        isolation_level=None,
        timeout=timeout,
        check_same_thread=False,
        factory=_Held,
    )
    connection.let_go = in_use(path, connection)
    return connection


class _Held(sqlite3.Connection):
    """A connection that tells when it is closed."""

    let_go: Callable[[], object]

    def close(self) -> None:
        super().close()
        self.let_go()


def _connect(path: Path, mode: Literal["ro", "rwc"], journal: Journal | None, key: str | None) -> sqlite3.Connection:
    """Return a connection with the pragmas every study file is opened with."""
    connection = connect(path, mode, key=key)
    pragmas = [
        "trusted_schema = OFF",  # a study may come from a stranger: its schema runs no functions
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is erased is overwritten, not only unlinked
        "synchronous = FULL",  # NORMAL may lose the last commits when the power fails
    ]
    if journal is not None:
        pragmas.append(f"journal_mode = {journal}")
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection inside a transaction that holds the write lock; commit at the end, roll back on an error."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection inside a transaction that sees one unchanging state of the study."""
    with engine.connect() as connection, connection.begin():
        yield connection

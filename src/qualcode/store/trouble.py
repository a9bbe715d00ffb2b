"""SQLite's errors in the words of someone whose study it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualcode.errors import N_, ProjectFileError
from qualcode.store.cipher import database_errors

__all__ = ["explain", "explained"]

PLAIN: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        N_("the disk is full: this change was not stored; everything before it was"),
        N_("make room on the disk, then do it again"),
    ),
    sqlite3.SQLITE_BUSY: (
        N_("another program holds the study locked"),
        N_("close it there, or wait until it or the sync program is done, then try again"),
    ),
    sqlite3.SQLITE_LOCKED: (
        N_("another program holds the study locked"),
        N_("close it there, or wait until it or the sync program is done, then try again"),
    ),
    sqlite3.SQLITE_READONLY: (
        N_("the study may be read but not written"),
        N_("copy it to a folder of your own, or open it for reading only"),
    ),
    sqlite3.SQLITE_PERM: (
        N_("the study may not be opened by you"),
        N_("copy it to a folder of your own"),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        N_("the study or its folder cannot be opened"),
        N_("see that you may read and write the folder; otherwise copy the study to one of your own"),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("the disk failed while the study was read or written ({reason})"),
        N_("check the disk or stick, and keep a copy of the study before you go on"),
    ),
    sqlite3.SQLITE_CORRUPT: (
        N_("the file is damaged ({reason})"),
        N_("keep it, and put a backup in its place: qualcode restore"),
    ),
    sqlite3.SQLITE_NOTADB: (
        N_("this is not a qualcode study"),
        N_("keep it, and put a backup in its place: qualcode restore"),
    ),
}


NO_TEXT = "text that is no UTF-8"


def explain(error: BaseException, path: Path) -> ProjectFileError:
    """Return *error*, met in the study at *path*, as one that says what happened and what to do."""
    code = getattr(error, "sqlite_errorcode", None)
    reason = str(error)
    if code is None and reason.startswith("Could not decode"):  # Python's message goes on to quote the whole text
        code, reason = sqlite3.SQLITE_CORRUPT, NO_TEXT
    # The lowest byte is the kind, the rest a detail. Errors that Python itself finds bear no code.
    message, hint = PLAIN.get(
        code & 0xFF if code is not None else -1,
        (N_("the study could not be read or written ({reason})"), N_("check it with: qualcode check")),
    )
    return ProjectFileError(message, hint=hint, file=path, reason=reason)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn every SQLite error that leaves the block into a `ProjectFileError` about the study at *path*."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except database_errors() as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:  # names and messages of SQLite's own come as UTF-8, unless the file is damaged
        message, hint = PLAIN[sqlite3.SQLITE_CORRUPT]
        raise ProjectFileError(message, hint=hint, file=path, reason=NO_TEXT) from error
    except DBAPIError as error:
        if isinstance(error.orig, database_errors()):
            raise explain(error.orig, path) from error
        raise

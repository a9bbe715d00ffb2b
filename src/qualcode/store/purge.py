"""Local copies of what was erased or masked: backups are made anew without it, what killed programs left behind is removed.

A backup tells by its tombstones whether it was made anew: so whatever was interrupted, the next opening sees what is left to do.
"""

from __future__ import annotations

import contextlib
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from qualcode.errors import N_, ConflictError, QualcodeError, StateError, reason_of
from qualcode.model import Finding
from qualcode.store.backup import backup_folder, guid_of, to_disk
from qualcode.store.cipher import database_errors
from qualcode.store.doom import MASKED
from qualcode.store.engine import connect, make_engine, reading, writing
from qualcode.store.erase import sweep
from qualcode.store.merge import merge
from qualcode.store.migrate import forward
from qualcode.store.migrations import NEWEST
from qualcode.store.rebuild import rebuild
from qualcode.store.trouble import explained

__all__ = ["copies_beside", "purge_backups", "remove_leftovers", "stones_of"]

LEFTOVER = re.compile(r"\.?[0-9a-f]{32}\.tmp(?:-journal|-wal|-shm)?")
"""What a program that was killed while it wrote a copy leaves: `qualcode.store.backup` and `file` name such files so."""

LONG_AGO = 3600
"""Seconds after which a file that cannot be read is nobody's work any more."""

JOURNALS = ("-wal", "-shm", "-journal")


def stones_of(path: Path) -> frozenset[bytes]:
    """Return the tombstones that the study or backup at *path* obeys."""
    with closing(connect(path, "ro")) as db:
        return frozenset(bytes(what) for (what,) in db.execute("SELECT what FROM tombstone"))


def copies_beside(study: Path) -> tuple[Path, ...]:
    """Return other files of the same study in its folder: copies that a person or a sync program made, and that nothing reaches."""
    guid = guid_of(study)
    beside = (path for path in study.parent.glob("*.qualcode") if path.name != study.name and path.is_file())
    return tuple(sorted(path for path in beside if guid is not None and guid_of(path) == guid))


def remove_leftovers(study: Path) -> None:
    """Remove what killed programs left among the backups of *study*, and beside it as far as it is surely no program's at work."""
    guid, folder = guid_of(study), backup_folder(study)
    for path in (*(folder.iterdir() if folder.is_dir() else ()), *study.parent.iterdir()):
        if not LEFTOVER.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError):
            if path.parent == folder or guid_of(path) == guid or time.time() - path.stat().st_mtime > LONG_AGO:
                path.unlink()


def purge_backups(study: Path) -> Iterator[Finding]:
    """Make the backups of *study* anew that still hold what was erased or masked in it, each in place; yield those that could not be.

    The files that a restore put aside are backups too. One that only lacks erasings stays what the study was on its day, without them. One
    that holds a text that was masked gets all that the study holds: a masked text is nothing without what came after it.
    """
    stones = stones_of(study)
    folder, guid = backup_folder(study), guid_of(study)
    for path in sorted(folder.glob("*.qualcode")) if stones and folder.is_dir() else ():
        try:
            if guid_of(path) not in {guid, None}:
                continue
            if missing := stones - stones_of(path):
                with explained(path):
                    _remake(path, study, missing)
        except database_errors("Error", OSError, QualcodeError) as error:
            yield Finding(
                "note",
                N_(
                    "{copy} still holds what was erased and could not be made anew ({reason}): delete it, or open it elsewhere first"
                ),
                file=study.name,
                rule="purge",
                parameters={"copy": f"{folder.name}/{path.name}", "reason": _reason(error)},
            )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, QualcodeError):
        return reason_of(error)
    return str(error)


def _remake(backup: Path, study: Path, missing: frozenset[bytes]) -> None:
    """Put in the place of *backup* what it holds without what the tombstones *missing* in it doom."""
    fresh = backup.with_name(f"{uuid.uuid4().hex}.tmp")
    try:
        with closing(connect(backup, "ro")) as db:
            (schema,) = db.execute("PRAGMA user_version").fetchone()
            db.execute("VACUUM INTO ?", (str(fresh),))
        if schema < NEWEST:
            forward(fresh)
        _obey(fresh, study, missing)
        with closing(connect(fresh, "ro")) as db:
            answer = db.execute("PRAGMA integrity_check").fetchone()
        if answer != ("ok",) or missing - stones_of(fresh):
            raise StateError(N_("the new copy is not whole"))
        to_disk(fresh)
        fresh.replace(backup)
        for end in JOURNALS:
            backup.with_name(backup.name + end).unlink(missing_ok=True)
        to_disk(backup.parent)
    finally:
        for end in ("", *JOURNALS):
            with contextlib.suppress(OSError):
                fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _obey(fresh: Path, study: Path, missing: frozenset[bytes]) -> None:
    """Take out of *fresh* what is doomed; where a text was masked, bring in what *study* holds."""
    engine = make_engine(fresh, journal="DELETE")
    try:
        if any(stone.startswith(MASKED) for stone in missing if len(stone) != 16):
            other = make_engine(study, read_only=True)
            try:
                with contextlib.suppress(ConflictError), writing(engine) as connection, reading(other) as newer:
                    merge(connection, newer)
            finally:
                other.dispose()
        with writing(engine) as connection:
            rebuild(connection, missing)
        if not sweep(engine):
            raise StateError(N_("what was erased could not be swept out of the new copy"))
    finally:
        engine.dispose()

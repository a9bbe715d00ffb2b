"""Copies of a study that were opened and checked before they were called backups.

They lie in a folder beside the study, ``pekerja.cadangan`` for ``pekerja.qualcode``: one a day that it is opened for writing,
one before every migration and every merge, and those that a person asked for. Those of an earlier study of the same name stay there, untouched.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from qualcode.errors import N_, NotFoundError, ProjectFileError, QualcodeError, StateError, reason_of
from qualcode.store.anchor import forget_heads
from qualcode.store.cipher import database_errors
from qualcode.store.engine import connect
from qualcode.store.header import APPLICATION_ID, check_header, read_header
from qualcode.store.migrations import NEWEST

__all__ = [
    "Backup",
    "Reason",
    "backup_folder",
    "find_backup",
    "guid_of",
    "is_due",
    "list_backups",
    "make_backup",
    "refuse_if_open",
    "restore",
    "rotate",
    "to_disk",
]

DAYS = 7
WEEKS = 4
MIGRATIONS = 3
MERGES = 3
STAMP = "%Y-%m-%d_%H%M%S"
NAME = re.compile(r"(\d{4}-\d\d-\d\d_\d{6})(?:-\d+)?_([a-z]+)\.qualcode")


class Reason(StrEnum):
    """Why a backup was made; the value is part of its file name, in the users' language."""

    DAILY = "harian"
    MIGRATION = "migrasi"
    MERGE = "gabung"
    ASKED = "diminta"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One backup; `at` is UTC, to the second."""

    at: datetime
    path: Path
    reason: Reason


def backup_folder(study: Path) -> Path:
    """Return the folder that holds the backups of *study*; it need not exist yet."""
    return study.with_name(f"{study.stem}.cadangan")


def list_backups(study: Path) -> tuple[Backup, ...]:
    """Return the backups of *study*, newest first; also any that may be its own, being too damaged to say."""
    return _own(study, _named(study))


def _own(study: Path, backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """Return *backups* without those of another study that once had the name; all if *study* cannot be asked."""
    guid = guid_of(study) if backups else None
    if guid is None:
        return backups
    return tuple(backup for backup in backups if guid_of(backup.path) in {None, guid})


def _named(study: Path) -> tuple[Backup, ...]:
    """Return what lies in the folder under the name of a backup, newest first, without opening it."""
    folder = backup_folder(study)
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        name = NAME.fullmatch(path.name)
        if name and name[2] in set(Reason):
            at = datetime.strptime(name[1], STAMP).replace(tzinfo=UTC)
            found.append(Backup(at, path, Reason(name[2])))
    return tuple(sorted(found, reverse=True))


def make_backup(study: Path, *, at: datetime, reason: Reason = Reason.ASKED) -> Backup:
    """Copy the study at *study* as it is now, check the copy, and only then give it its name.

    Others may have the study open meanwhile; the copy holds one moment of it.

    Raises
    ------
    ProjectFileError
        If there is no room, the folder cannot be written, or the copy does not hold what the study holds.
    """
    folder = backup_folder(study)
    at = at.astimezone(UTC).replace(microsecond=0)
    fresh = folder / f"{uuid.uuid4().hex}.tmp"
    try:
        folder.mkdir(exist_ok=True)
        with closing(connect(study, "ro")) as db:
            db.execute("VACUUM INTO ?", (str(fresh),))
            held = _census(db)
        with closing(connect(fresh, "ro")) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # Another program may have added to the study between copying and counting, never taken away.
            whole = whole and all(n <= held[table] for table, n in _census(copy).items())
        if not whole or read_header(fresh).application != APPLICATION_ID:
            raise ProjectFileError(N_("the backup does not hold what the study holds; it was thrown away"), file=study)
        to_disk(fresh)
        path = _free_name(folder, at, reason)
        fresh.rename(path)
        to_disk(folder)
    except database_errors("Error", OSError) as error:
        if isinstance(error, ProjectFileError):
            raise
        raise ProjectFileError(
            N_("no backup could be made in {folder}: {reason}"),
            hint=N_("make room on the disk, and see that you may write to that folder"),
            file=study,
            folder=folder.name,
            reason=reason_of(error) if isinstance(error, OSError) else str(error),
        ) from error
    finally:
        _remove(fresh)
    return Backup(at, path, reason)


def _census(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table of the log holds: what a backup must not lose."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - names from the tuple below
        for table in ("event", "effect", "payload", "text", "original", "tombstone")
        if table in tables
    }


def _free_name(folder: Path, at: datetime, reason: Reason) -> Path:
    """Return a name that no backup has: two in one second are told apart."""
    path = folder / f"{at.strftime(STAMP)}_{reason}.qualcode"
    n = 2
    while path.exists():
        path = folder / f"{at.strftime(STAMP)}-{n}_{reason}.qualcode"
        n += 1
    return path


def to_disk(path: Path) -> None:
    """Have the system write *path* out; a folder cannot be, on Windows, and need not."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    with contextlib.suppress(OSError):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_due(study: Path, *, at: datetime) -> bool:
    """Tell whether *study* has no backup of the day of *at* yet, days counted in UTC."""
    today = at.astimezone(UTC).date()
    return not _own(study, tuple(backup for backup in _named(study) if backup.at.date() == today))


def rotate(study: Path) -> tuple[Path, ...]:
    """Remove backups that are no longer needed and return their paths.

    Kept: the newest of each of the last seven days and of each of the last four weeks that have one, the three
    newest made before migrations, the three newest made before merges, and all that a person asked for.
    """
    backups = _named(study)
    # Fewer backups never mean that fewer of them stay: only what goes by its name needs to be opened.
    if _unneeded(backups):
        # Nothing goes on the strength of its name alone, when the study cannot say which one it is.
        backups = _own(study, backups) if guid_of(study) else ()
    removed = [b.path for b in _unneeded(backups)]
    for path in removed:
        with contextlib.suppress(OSError):  # open elsewhere: it goes next time
            path.unlink()
    return tuple(path for path in removed if not path.exists())


def _unneeded(backups: tuple[Backup, ...]) -> list[Backup]:
    """Return those of *backups*, newest first, that `rotate` does not keep."""
    kept = {b for b in backups if b.reason is Reason.ASKED}
    kept.update([b for b in backups if b.reason is Reason.MIGRATION][:MIGRATIONS])
    kept.update([b for b in backups if b.reason is Reason.MERGE][:MERGES])
    daily = [b for b in backups if b.reason is Reason.DAILY]
    days = {b.at.strftime("%Y-%m-%d"): b for b in reversed(daily)}  # the newest of a day comes last and stays
    weeks = {b.at.strftime("%G-%V"): b for b in reversed(daily)}
    for groups, n in ((days, DAYS), (weeks, WEEKS)):
        kept.update(groups[key] for key in sorted(groups, reverse=True)[:n])
    return [b for b in backups if b not in kept]


def find_backup(study: Path, name: str | None = None) -> Backup:
    """Return the backup of *study* whose file name begins with *name*, or the newest.

    Raises
    ------
    NotFoundError
        If there is none; with the names there are.
    """
    backups = list_backups(study)
    for backup in backups:
        if name is None or backup.path.name.startswith(name):
            return backup
    known = [b.path.name for b in backups]
    if name is None:
        raise NotFoundError(N_("there are no backups of {name!r}"), name=study.name)
    raise NotFoundError(N_("no backup {name!r} of this study"), name=name, known=known, file=study)


def restore(study: Path, backup: Path, *, at: datetime) -> Path | None:
    """Put *backup* in the place of *study* and return where the present file was put, if there was one.

    The present file, whatever its state, is kept among the backups with all that belongs to it, and the backup stays where it is.

    Raises
    ------
    ProjectFileError
        If the backup is not a whole study, or there is no room.
    StateError
        If another program has the study open, or the backup is of another study.
    """
    guid = check_copy(backup)
    if guid_of(study) not in {None, guid}:
        raise StateError(
            N_("{backup} is a backup of another study"),
            hint=N_("choose one of this study, or put the backup under another name and open it there"),
            file=study,
            backup=backup.name,
        )
    refuse_if_open(study)
    stamp = at.astimezone(UTC).strftime(STAMP)
    fresh = study.with_name(f".{uuid.uuid4().hex}.tmp")
    aside = None
    try:
        _vacuum(backup, fresh)
        if study.exists():
            aside = _aside(study, stamp)
            for end in ("", "-wal", "-journal"):
                part = study.with_name(study.name + end)
                if part.exists():
                    shutil.copy2(part, aside.with_name(aside.name + end))
                    to_disk(aside.with_name(aside.name + end))
        # A log left beside another file would be taken for its own.
        for end in ("-wal", "-shm", "-journal"):
            study.with_name(study.name + end).unlink(missing_ok=True)
        fresh.replace(study)
        to_disk(study.parent)
        forget_heads(guid, study)
    except database_errors("Error", OSError) as error:
        raise ProjectFileError(
            N_("the backup could not be put in place: {reason}"),
            hint=N_("close other programs that have the study open, and see that there is room on the disk"),
            file=study,
            reason=reason_of(error) if isinstance(error, OSError) else str(error),
        ) from error
    finally:
        _remove(fresh)
    return aside


def _vacuum(backup: Path, fresh: Path) -> None:
    """Make *fresh* of all that *backup* holds, its write-ahead log too, as one file that is on the disk."""
    with closing(connect(backup, "ro")) as db:
        db.execute("VACUUM INTO ?", (str(fresh),))
    to_disk(fresh)


def _remove(fresh: Path) -> None:
    """Remove what an attempt left behind, if anything."""
    for leftover in (fresh, fresh.with_name(fresh.name + "-journal")):
        with contextlib.suppress(OSError):
            leftover.unlink(missing_ok=True)


def check_copy(backup: Path) -> str:
    """Return the guid of the study in *backup*, after a check of the whole file.

    Raises
    ------
    ProjectFileError
        If it is damaged or not a study.
    """
    check_header(backup, newest=NEWEST)
    guid = None
    try:
        with closing(connect(backup, "ro")) as db:
            answer = str(db.execute("PRAGMA integrity_check").fetchone()[0])
            guid = _read_guid(db)
    except database_errors() as error:
        answer = str(error)
    if answer != "ok" or guid is None:
        raise ProjectFileError(
            N_("the backup is damaged: {reason}"),
            hint=N_("choose an older one"),
            file=backup,
            reason=answer.splitlines()[0],
        )
    return guid


def _read_guid(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT value FROM meta WHERE key = 'study'").fetchone()
    return str(row[0]) if row else None


def guid_of(study: Path) -> str | None:
    """Return which study the file at *study* is; None if it is too damaged to say, or not there."""
    if not study.exists():
        return None
    try:
        with closing(connect(study, "ro", timeout=1.0)) as db:
            return _read_guid(db)
    except database_errors("Error", QualcodeError):  # or encrypted, and its passphrase not known
        return None


def refuse_if_open(study: Path) -> None:
    """Refuse to exchange *study* under another program that is at work on it."""
    if not study.exists():
        return
    try:
        with closing(connect(study, "rw", timeout=2.0)) as db:
            # Only a connection that is alone can leave the write-ahead log, or take the exclusive lock.
            db.execute("PRAGMA journal_mode=DELETE").fetchone()
            db.execute("BEGIN EXCLUSIVE")
    except database_errors("OperationalError") as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StateError(
                N_("another program has the study open"), hint=N_("close it there, then try again"), file=study
            ) from error
    except database_errors("DatabaseError"):
        return  # damaged: that is why a backup is wanted


def _aside(study: Path, stamp: str) -> Path:
    """Return a free name among the backups for the present file: a second study beside it would be in the way."""
    folder = backup_folder(study)
    folder.mkdir(exist_ok=True)
    n, aside = 2, folder / f"sebelum-dipulihkan {stamp}{study.suffix}"
    while aside.exists():
        aside = folder / f"sebelum-dipulihkan {stamp}-{n}{study.suffix}"
        n += 1
    return aside

"""Encrypting a study that is there, with its backups, and making it plain again."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from qualcode.errors import N_, ProjectFileError, StateError, reason_of
from qualcode.model import Finding
from qualcode.store import cipher
from qualcode.store.backup import backup_folder, check_copy, guid_of, refuse_if_open, to_disk
from qualcode.store.engine import connect
from qualcode.store.places import database_uri
from qualcode.store.purge import JOURNALS, remove_leftovers
from qualcode.store.trouble import explained

__all__ = ["encrypt", "make_plain"]


def encrypt(study: Path, passphrase: str) -> tuple[Finding, ...]:
    """Encrypt the study at *study* and its backups in place; return what could not be.

    Killed in between, each file is either plain or encrypted, and whole; run again, it goes on.

    Raises
    ------
    StateError
        If it is encrypted already, or another program has it open.
    InputError
        If the passphrase is too short.
    MissingExtraError
        If SQLCipher is not installed.
    ProjectFileError
        If it is no whole study, or there is no room.
    """
    cipher.new_key(passphrase)  # refused before anything is touched
    plain = [path for path in _files(study) if not cipher.is_encrypted(path)]
    if not plain:
        raise StateError(N_("the study is encrypted already"), file=study)
    return _exchange(study, plain, lambda: cipher.new_key(passphrase))


def make_plain(study: Path) -> tuple[Finding, ...]:
    """Make the encrypted study at *study*, whose passphrase was given, and its backups plain again; return what could not be.

    Raises
    ------
    StateError
        If it is not encrypted, its passphrase is not known, or another program has it open.
    InputError
        If the passphrase is not the study's.
    """
    sealed = [path for path in _files(study) if cipher.is_encrypted(path)]
    if not sealed:
        raise StateError(N_("the study is not encrypted"), file=study)
    return _exchange(study, sealed, lambda: "")


def _files(study: Path) -> list[Path]:
    """Return the study and its backups, also those of which only the passphrase could tell whose they are."""
    guid, folder = guid_of(study), backup_folder(study)
    backups = sorted(folder.glob("*.qualcode")) if folder.is_dir() else []
    return [study, *(path for path in backups if guid_of(path) in {guid, None})]


def _exchange(study: Path, files: list[Path], key: Callable[[], str]) -> tuple[Finding, ...]:
    """Write each of *files* anew with a key (empty for none); the study first, for it decides."""
    refuse_if_open(study)
    findings = []
    for path in files:
        try:
            _write_anew(path, key())
        except ProjectFileError as error:
            if path == study:
                raise
            findings.append(
                Finding(
                    "note",
                    N_("{copy} stays as it was ({reason}): delete it, or try again"),
                    file=study.name,
                    rule="sealing",
                    parameters={"copy": path.name, "reason": str(error)},
                )
            )
    remove_leftovers(study)
    return tuple(findings)


def _write_anew(path: Path, key: str) -> None:
    """Put in the place of the study or backup at *path* the same with *key*, once it is sure to be whole."""
    guid = check_copy(path)
    fresh = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        with explained(path), closing(_source(path)) as db:
            db.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), key))
            db.execute("SELECT sqlcipher_export('fresh')").fetchall()
            for pragma in ("user_version", "application_id"):  # which the export leaves out
                (number,) = db.execute(f"PRAGMA main.{pragma}").fetchone()
                db.execute(f"PRAGMA fresh.{pragma} = {int(number)}")
            tables = list(_tables(db))
            counts = [[_count(db, name, table) for table in tables] for name in ("main", "fresh")]
            db.execute("DETACH DATABASE fresh")
        if counts[0] != counts[1] or check_copy(fresh) != guid:
            raise ProjectFileError(N_("the new file does not hold what the study holds; it was thrown away"), file=path)
        to_disk(fresh)
        for end in JOURNALS:  # the source is closed: they hold nothing that is not in it
            path.with_name(path.name + end).unlink(missing_ok=True)
        fresh.replace(path)
        to_disk(path.parent)
    except OSError as error:
        if isinstance(error, ProjectFileError):
            raise
        raise ProjectFileError(
            N_("the file could not be written: {reason}"),
            hint=N_("make room on the disk, and close other programs that have it open"),
            file=path,
            reason=reason_of(error),
        ) from error
    finally:
        for end in ("", *JOURNALS):
            with contextlib.suppress(OSError):
                fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _source(path: Path) -> sqlite3.Connection:
    """Return a connection of SQLCipher's to *path*, encrypted or not."""
    if cipher.is_encrypted(path):
        return connect(path, "rw")
    plain: sqlite3.Connection = cipher.driver().connect(database_uri(path, "rw"), uri=True, isolation_level=None)
    return plain


def _tables(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables that hold rows of their own."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"):
        yield name


def _count(db: sqlite3.Connection, name: str, table: str) -> int:
    (n,) = db.execute(f'SELECT count(*) FROM {name}."{table}"').fetchone()  # noqa: S608 - names from the schema
    return int(n)

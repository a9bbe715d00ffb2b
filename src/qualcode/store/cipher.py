"""Encryption at rest: a study file, its journals and its backups as SQLCipher writes them, where the extra ``sandi`` is installed.

A file is encrypted as SQLCipher 4 does by itself, so that other programs that speak it open the study with the same passphrase. Passphrases
that were given are remembered while the program runs, for backups and copies; they are written nowhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from qualcode.errors import N_, InputError, MissingExtraError, StateError
from qualcode.store.handles import head, in_use
from qualcode.store.places import database_uri

__all__ = ["VARIABLE", "connect", "database_errors", "driver", "is_encrypted", "key_of", "new_key", "opens", "remember"]

VARIABLE = "QUALCODE_PASSPHRASE"
"""The environment variable that a passphrase is taken from when none was given."""

MAGIC = b"SQLite format 3\x00"
SALT = 16
PAGE = 4096
ROUNDS = 256_000
"""What SQLCipher 4 turns a passphrase into a key with: PBKDF2, HMAC-SHA-512."""

SHORTEST = 8
"""Characters that a passphrase has at least."""

VARIED = 200
"""So many different bytes stand in a page of ciphertext at least: of 4096 by chance, 256 almost always."""

_known: list[str] = []
_keys: dict[tuple[str, bytes], str] = {}
_fitting: set[str] = set()


def is_encrypted(path: Path) -> bool:
    """Tell whether the file at *path* looks like an encrypted study: no SQLite file to the eye, whole pages, all of them noise."""
    try:
        first = head(path, PAGE)
        return (
            len(first) == PAGE
            and path.stat().st_size % PAGE == 0
            and not first.startswith((MAGIC, b"PK\x03\x04", b"%PDF"))
            and len(set(first)) >= VARIED
        )
    except OSError:
        return False


def driver() -> ModuleType:
    """Return SQLCipher's driver.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise MissingExtraError("sqlcipher3", "sandi") from error
    return cast("ModuleType", dbapi2)


def database_errors(name: str = "Error", *others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return the error class called *name* of SQLite's driver and, where it is in use, of SQLCipher's, which is none of SQLite's; and *others*."""
    found: list[type[Exception]] = [getattr(sqlite3, name), *others]
    if _known or _keys:
        with contextlib.suppress(MissingExtraError):
            found.append(getattr(driver(), name))
    return tuple(found)


def remember(passphrase: str) -> None:
    """Let files be opened with *passphrase* while this program runs."""
    if passphrase in _known:
        _known.remove(passphrase)
    _known.insert(0, passphrase)


def _candidates() -> Iterator[str]:
    yield from _known
    if given := os.environ.get(VARIABLE):
        yield given


def key_of(passphrase: str, salt: bytes) -> str:
    """Return the key that SQLCipher makes of *passphrase* in a file with *salt*, as its ``PRAGMA key`` takes it."""
    if (passphrase, salt) not in _keys:
        made = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32)
        _keys[passphrase, salt] = f"x'{made.hex()}{salt.hex()}'"
    return _keys[passphrase, salt]


def new_key(passphrase: str) -> str:
    """Return a key for a file that is about to be made, and remember *passphrase*.

    Raises
    ------
    InputError
        If it is too short to protect anything.
    MissingExtraError
        If SQLCipher is not installed.
    """
    driver()
    if len(passphrase) < SHORTEST:
        raise InputError(
            N_("the passphrase is too short: at least {n} characters"),
            hint=N_("four or five words do well"),
            n=SHORTEST,
        )
    remember(passphrase)
    return key_of(passphrase, secrets.token_bytes(SALT))


def opens(path: Path) -> bool:
    """Tell whether the study at *path* can be opened: it is not encrypted, or one of the passphrases given is its own."""
    return not is_encrypted(path) or _key_for(path) is not None


def connect(path: Path, mode: str, timeout: float, key: str | None = None) -> sqlite3.Connection:
    """Return a connection to the encrypted file at *path*, new with *key* or opened with a passphrase that fits.

    Raises
    ------
    StateError
        If no passphrase was given.
    InputError
        If none that was given is the study's.
    MissingExtraError
        If SQLCipher is not installed.
    """
    driver()
    if key is None:
        key = _key_for(path)
    if key is None:
        if not any(_candidates()):
            raise StateError(
                N_("the study is encrypted, and its passphrase is not known"),
                hint=N_("give it when asked, or in QUALCODE_PASSPHRASE"),
                file=path,
            )
        raise InputError(
            N_("this is not the passphrase of the study (or the file is no study)"),
            hint=N_("try again; without the passphrase nobody can read the file, qualcode neither"),
            file=path,
        )
    return _open(path, mode, timeout, key)


@cache
def _held() -> type:
    """Return the class of SQLCipher's connections that tell when they are closed."""

    class Held(driver().Connection):  # type: ignore[misc]
        let_go: Callable[[], object]

        def close(self) -> None:
            super().close()
            self.let_go()

    return Held


def _key_for(path: Path) -> str | None:
    """Return the key of the file at *path*, if a passphrase that was given is its own."""
    salt = head(path, SALT)
    for passphrase in dict.fromkeys(_candidates()):
        key = key_of(passphrase, salt)
        if key in _fitting or _fits(path, key):
            return key
    return None


def _fits(path: Path, key: str) -> bool:
    """Tell whether *key* opens the file at *path*."""
    with closing(_open(path, "ro", 1.0, key)) as db:
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except database_errors() as error:
            # Any other trouble than noise is for whoever opens the file to meet.
            return getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_NOTADB
    _fitting.add(key)
    return True


def _open(path: Path, mode: str, timeout: float, key: str) -> sqlite3.Connection:
    """Return a connection with *key*; nothing is read yet."""
    connection: Any = driver().connect(
        database_uri(path, mode),
        uri=True,
        isolation_level=None,
        timeout=timeout,
        check_same_thread=False,
        factory=_held(),
    )
    connection.let_go = in_use(path, connection)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()  # it would write to the error stream
        connection.execute(f'PRAGMA key = "{key}"').fetchall()
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)

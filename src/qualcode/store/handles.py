"""Reading a file that SQLite may have open in this program, without taking its locks away.

Where locks belong to a process (POSIX), closing *any* descriptor of a file gives up all locks that the process holds on it, SQLite's, too.
Another program then takes itself for the last one, and removes the write-ahead log under the hands of whoever still writes into it: all
they save afterwards is lost (sqlite.org, *How to corrupt an SQLite database file*, 2.2). So a descriptor is kept until the last connection
to its file is closed.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["borrowed", "head", "in_use"]

Place = tuple[int, int]
"""Device and inode: the file itself, whatever its name."""

_guard = threading.RLock()
_live: dict[Place, int] = {}
_kept: dict[Place, list[int]] = {}


def in_use(path: Path, connection: object) -> Callable[[], object]:
    """Note that *connection* has the file at *path* open; return what is to be called when it is closed."""
    try:
        place = _place(path.stat())
    except OSError:
        return lambda: None
    with _guard:
        _live[place] = _live.get(place, 0) + 1
    return weakref.finalize(connection, _let_go, place)


@contextmanager
def borrowed(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """Yield a descriptor of the file at *path*; it is closed when nothing in this program has the file open any more.

    Its position is anyone's: read with `os.pread`, where there is one.

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    with _guard:
        kept = _kept.get(_place(path.stat()))
    if kept:
        yield kept[0]
        return
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        yield handle
    finally:
        place = _place(os.fstat(handle))
        with _guard:
            if place in _live and sys.platform != "win32":  # there, locks belong to handles
                _kept.setdefault(place, []).append(handle)
            else:
                os.close(handle)


def head(path: Path, length: int) -> bytes:
    """Return the first *length* bytes of the file at *path*, fewer where it is shorter.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    with borrowed(path) as handle:
        return os.pread(handle, length, 0) if hasattr(os, "pread") else os.read(handle, length)


def _let_go(place: Place) -> None:
    """Note that a connection to the file at *place* is closed; after the last one, its descriptors are."""
    with _guard:
        _live[place] = _live.get(place, 1) - 1
        if _live[place] > 0:
            return
        del _live[place]
        for handle in _kept.pop(place, ()):
            with contextlib.suppress(OSError):
                os.close(handle)


def _place(found: os.stat_result) -> Place:
    return found.st_dev, found.st_ino

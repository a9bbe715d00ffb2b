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
from collections.abc import Callable
from pathlib import Path

__all__ = ["head", "in_use"]

Place = tuple[int, int]
"""Device and inode: the file itself, whatever its name."""

_guard = threading.RLock()
_live: dict[Place, int] = {}
_kept: dict[Place, int] = {}


def in_use(path: Path, connection: object) -> Callable[[], object]:
    """Note that *connection* has the file at *path* open; return what is to be called when it is closed."""
    try:
        place = _place(path.stat())
    except OSError:
        return lambda: None
    with _guard:
        _live[place] = _live.get(place, 0) + 1
    return weakref.finalize(connection, _let_go, place)


def head(path: Path, length: int) -> bytes:
    """Return the first *length* bytes of the file at *path*, fewer where it is shorter.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    if sys.platform == "win32":  # there, locks belong to handles
        with path.open("rb") as stream:
            return stream.read(length)
    with _guard:  # lest another thread close the last connection, and the descriptor with it, meanwhile
        kept = _kept.get(_place(path.stat()))
        if kept is not None:
            return os.pread(kept, length, 0)
        handle = os.open(path, os.O_RDONLY)
        try:
            return os.pread(handle, length, 0)
        finally:
            place = _place(os.fstat(handle))
            if place in _live:
                _kept.setdefault(place, handle)
            else:
                os.close(handle)


def _let_go(place: Place) -> None:
    """Note that a connection to the file at *place* is closed; after the last one, its descriptors are."""
    with _guard:
        _live[place] = _live.get(place, 1) - 1
        if _live[place] > 0:
            return
        del _live[place]
        if place in _kept:
            with contextlib.suppress(OSError):
                os.close(_kept.pop(place))


def _place(found: os.stat_result) -> Place:
    return found.st_dev, found.st_ino

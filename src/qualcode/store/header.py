"""The first hundred bytes of a study file, read before SQLite touches it.

SQLite writes to what it opens: a journal is rolled back, a write-ahead log folded in. So what a file is gets decided
from its bytes, and a file that is not ours, or is newer than this program, stays exactly as it was.
"""

from __future__ import annotations

import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import N_, NotFoundError, ProjectFileError, reason_of
from qualcode.store.cipher import is_encrypted
from qualcode.store.engine import connect
from qualcode.store.handles import head as first_bytes
from qualcode.store.trouble import explained

__all__ = ["APPLICATION_ID", "Header", "check_header", "read_header"]

APPLICATION_ID = 0x51434F44
"""What `PRAGMA application_id` says of a study: the letters QCOD."""

MAGIC = b"SQLite format 3\x00"
LENGTH = 100


@dataclass(frozen=True, slots=True)
class Header:
    """What a SQLite file says of itself: see "The Database Header" in SQLite's file format document."""

    page_size: int
    pages: int
    schema: int
    application: int


def read_header(path: Path) -> Header:
    """Return the header of the SQLite file at *path*.

    Raises
    ------
    NotFoundError
        If there is no such file; with the studies that lie beside the place.
    ProjectFileError
        If it is a folder, may not be read, is empty, or is no SQLite file.
    """
    if not path.exists():
        beside = path.parent.glob("*.qualcode") if path.parent.is_dir() else ()
        raise NotFoundError(N_("there is no study {name!r}"), name=path.name, known=[p.name for p in beside])
    if path.is_dir():
        raise ProjectFileError(N_("this is a folder, not a study file"), file=path)
    try:
        head = first_bytes(path, LENGTH)
    except OSError as error:
        raise ProjectFileError(
            N_("the file cannot be read: {reason}"),
            hint=N_("close other programs that have it open, and see that you may read it"),
            file=path,
            reason=reason_of(error),
        ) from error
    if not head:
        raise ProjectFileError(
            N_("the file is empty"),
            hint=N_("put a backup in its place: qualcode restore; or wait until a sync program has fetched it whole"),
            file=path,
        )
    if is_encrypted(path):
        return _decrypted(path)
    if not head.startswith(MAGIC) or len(head) < LENGTH:
        raise ProjectFileError(
            N_("this is not a qualcode study"),
            hint=N_("a study is made with: qualcode new; transcripts are brought in with: qualcode import"),
            file=path,
        )
    return parse(head)


def _decrypted(path: Path) -> Header:
    """Return what an encrypted file says of itself once it is open."""
    with explained(path), closing(connect(path, "rw" if unfinished(path) else "ro")) as db:
        size, pages, schema, application = (
            int(db.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_size", "page_count", "user_version", "application_id")
        )
    return Header(size, pages, schema, application)


def parse(head: bytes) -> Header:
    """Return the header in the first hundred bytes of a SQLite file."""
    (page_size,) = struct.unpack_from(">H", head, 16)
    change, pages = struct.unpack_from(">II", head, 24)
    (schema,) = struct.unpack_from(">i", head, 60)
    (application,) = struct.unpack_from(">I", head, 68)
    (valid_for,) = struct.unpack_from(">I", head, 92)
    # The page count holds only where the change counter says so: very old programs did not keep it.
    return Header(65536 if page_size == 1 else page_size, pages if change == valid_for else 0, schema, application)


def unfinished(path: Path) -> bool:
    """Tell whether a program that was killed left a journal, from which SQLite completes the file when it opens it."""
    journals = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return any(journal.exists() and journal.stat().st_size for journal in journals)


def check_header(path: Path, *, newest: int) -> Header:
    """Return the header of the study at *path*, which is sure to be ours, whole and not newer than schema *newest*.

    Raises
    ------
    NotFoundError, ProjectFileError
        As `read_header`; and if the file is another program's, cut off, or from a newer qualcode.
    """
    header = read_header(path)
    if header.application != APPLICATION_ID:
        raise ProjectFileError(
            N_("this is a database, but not a qualcode study"),
            hint=N_("choose a file made with: qualcode new"),
            file=path,
        )
    if header.schema > newest:
        raise ProjectFileError(
            N_("this study was written by a newer qualcode (schema {schema}; this one knows {newest})"),
            hint=N_("update qualcode, then open it again; nothing was changed"),
            file=path,
            schema=header.schema,
            newest=newest,
        )
    size = path.stat().st_size
    if size < header.pages * header.page_size and not unfinished(path):
        raise ProjectFileError(
            N_("the file is cut off: {size} bytes of {whole}"),
            hint=N_("keep it, and put a backup beside it in its place: qualcode restore"),
            file=path,
            size=size,
            whole=header.pages * header.page_size,
        )
    return header

"""Taking another file of the same study into an open one."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import N_, InputError
from qualcode.store.backup import Reason, backup_folder, make_backup
from qualcode.store.conflicts import Conflict, load_conflicts
from qualcode.store.engine import connect, make_engine, reading, writing
from qualcode.store.erase import Mention
from qualcode.store.header import check_header
from qualcode.store.memory import tombstones_of
from qualcode.store.merge import merge
from qualcode.store.migrate import forward
from qualcode.store.migrations import NEWEST
from qualcode.store.opening import inspect
from qualcode.store.review import review
from qualcode.store.trouble import explained

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from qualcode.store.file import StudyFile

__all__ = ["Joined", "join"]


class Joined(NamedTuple):
    """What a merge brought: how many events and tombstones, conflicts that were not there before, and free text to be read again.

    `again` was written by someone who did not know of an erasing or masking, or the other way round: it may speak of who withdrew.
    """

    events: int
    tombstones: int
    conflicts: tuple[Conflict, ...]
    again: tuple[Mention, ...]


class _TakeBack(Exception):  # noqa: N818 - no error: it takes back what a dry run wrote
    """What was merged is not to be kept."""


def join(file: StudyFile, other: Path, *, dry_run: bool = False) -> Joined:
    """Take over what the copy at *other* has and the open study lacks; *other* is only read.

    A backup is made before. With *dry_run*, only say what would come.

    Raises
    ------
    NotFoundError, ProjectFileError
        If *other* is no whole study.
    ConflictError
        If it is another study, or both went on writing from one opening.
    InputError
        If it is the study itself.
    StateError
        If the study is open for reading only, or the other copy is damaged or newer.
    """
    other = other.absolute()
    file.require_writing()
    check_header(other, newest=NEWEST)
    if other.samefile(file.path):
        raise InputError(N_("this is the study itself, not another copy of it"), file=other)
    with _readable(other, file.path) as engine, reading(engine) as theirs, explained(file.path):
        if not dry_run:
            make_backup(file.path, at=file.clock(), reason=Reason.MERGE)
        found: list[Joined] = []
        try:
            with writing(file.engine) as connection:
                before, known = set(map(repr, load_conflicts(connection))), tombstones_of(connection)
                read = {mention.effect for mention in review(connection)}
                merged = merge(connection, theirs)
                fresh = tuple(one for one in load_conflicts(connection) if repr(one) not in before)
                again = tuple(mention for mention in review(connection) if mention.effect not in read)
                found.append(Joined(merged.events, len(tombstones_of(connection) - known), fresh, again))
                if dry_run:
                    raise _TakeBack
        except _TakeBack:
            pass
    return found[0]


@contextmanager
def _readable(other: Path, study: Path) -> Iterator[Engine]:
    """Yield an engine that reads *other*; of an older one, a copy that was brought forward, among the backups of *study* meanwhile."""
    with explained(other):
        schema = inspect(other, "ro")
    if schema == NEWEST:
        with _engine(other) as engine:
            yield engine
        return
    folder = backup_folder(study)
    fresh = folder / f"{uuid.uuid4().hex}.tmp"
    try:
        folder.mkdir(exist_ok=True)
        with explained(other), closing(connect(other, "ro")) as db:
            db.execute("VACUUM INTO ?", (str(fresh),))
        forward(fresh)
        with _engine(fresh) as engine:
            yield engine
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                fresh.with_name(fresh.name + end).unlink(missing_ok=True)


@contextmanager
def _engine(path: Path) -> Iterator[Engine]:
    engine = make_engine(path, read_only=True)
    try:
        yield engine
    finally:
        engine.dispose()

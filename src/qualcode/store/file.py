"""One study on disk: made, opened, watched over while it is open, and closed so that it is one file."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qualcode.errors import N_, ProjectFileError, QualcodeError, StateError, reason_of
from qualcode.model import Finding
from qualcode.store import backup, cipher, memory, places
from qualcode.store.cipher import database_errors
from qualcode.store.engine import connect, writing
from qualcode.store.erase import sweep
from qualcode.store.header import check_header
from qualcode.store.log import Log, Writer
from qualcode.store.lookups import Remembered
from qualcode.store.migrations import NEWEST
from qualcode.store.opening import Clock, Mode, bring_forward, build, engine_of, inspect, refuse_read_only
from qualcode.store.purge import purge_backups, remove_leftovers
from qualcode.store.rebuild import rebuild
from qualcode.store.trouble import explained

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from qualcode.store.effects import By, Effect, EventRef, FixedOriginal, FixedText

__all__ = ["Mode", "StudyFile"]

QUICK = 5_000
"""So many events are looked through at every opening, in about 0.1 s; longer logs at the first opening of a day, before the backup."""


class StudyFile:
    """A study that is open; made by `create` and `open`, and best used in a ``with`` statement.

    Attributes
    ----------
    path : Path
        The file.
    study : str
        The study's guid, the same in every copy.
    findings : tuple of Finding
        What was noticed at opening: an older file put in place, changed text, a sync folder, a backup that failed.
    log : Log
        What acts are recorded through. SQLite's errors leave it as `ProjectFileError`.
    """

    def __init__(self, path: Path, engine: Engine, *, mode: Mode, clock: Clock) -> None:
        self.path = path
        self.mode = mode
        self.clock = clock
        self.engine = engine
        self.log: Log = _WatchedLog(self)
        self.findings: tuple[Finding, ...] = ()
        self.remembered: Remembered = {}
        self._closed = False
        with self.reading() as connection:
            self.study = memory.study_guid(connection)
        self.memory = memory.Memory(self.study, path)

    # ---- making and opening ----

    @classmethod
    def create(cls, path: Path, *, clock: Clock, study_guid: str | None = None, passphrase: str = "") -> Self:
        """Make a new study at *path* and open it for writing; with a *passphrase*, encrypted with it.

        Raises
        ------
        StateError
            If there is something at *path* already; it stays as it is.
        ProjectFileError
            If the folder cannot be written.
        """
        path = Path(path).absolute()
        if not path.parent.is_dir():
            raise ProjectFileError(
                N_("there is no folder {folder}"), hint=N_("make it first"), file=path, folder=path.parent.name
            )
        key = cipher.new_key(passphrase) if passphrase else None
        # Built whole under another name: a program killed here leaves no half a study.
        fresh = path.with_name(f".{uuid.uuid4().hex}.tmp")
        try:
            with explained(path):
                build(fresh, study_guid or uuid.uuid4().hex, key)
            try:
                with path.open("xb"):
                    pass
            except FileExistsError as error:
                raise StateError(
                    N_("there is a file of this name already"),
                    hint=N_("choose another name, or open the study that is there"),
                    file=path,
                ) from error
            try:
                fresh.replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    if path.stat().st_size == 0:  # still our own mark, which would block the next try
                        path.unlink()
                raise
        except OSError as error:
            if isinstance(error, ProjectFileError):
                raise
            raise ProjectFileError(
                N_("the study cannot be made here: {reason}"),
                hint=N_("choose a folder you may write to"),
                file=path,
                reason=reason_of(error),
            ) from error
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
        return cls.open(path, clock=clock)

    @classmethod
    def open(cls, path: Path, *, mode: Mode = "rw", clock: Clock, passphrase: str = "") -> Self:
        """Open the study at *path*, after making sure that it is one, whole, and not newer than this program.

        Others may have it open too. A file that is refused is left as it was, to the byte.

        Parameters
        ----------
        path : Path
            The study file.
        mode : {"rw", "ro"}
            For writing, or for reading only.
        clock : callable
            Gives the present time, with its zone.
        passphrase : str
            Of an encrypted study; without it, one that was given before, or the environment variable QUALCODE_PASSPHRASE.

        Raises
        ------
        NotFoundError
            If there is no such file.
        StateError, InputError, MissingExtraError
            If the study is encrypted and its passphrase not known, wrong, or SQLCipher not installed.
        ProjectFileError
            If the file is damaged, foreign, newer, locked or may not be written.
        """
        path = Path(path).absolute()
        if passphrase:
            cipher.remember(passphrase)
        check_header(path, newest=NEWEST)
        if mode == "rw":
            refuse_read_only(path)
        with explained(path):
            if inspect(path, mode) < NEWEST:
                bring_forward(path, mode, clock)
            # Nothing is written, not even the journal's mode, before everything could be read.
            file = cls(path, engine_of(path, "ro"), mode="ro", clock=clock)
            try:
                file.findings = (*places.findings(path), *file._examine())
                if mode == "rw":
                    file._begin_writing()
                file.findings += tuple(file.memory.obey(file))
                with file.reading() as connection:
                    file.findings += tuple(memory.lacking_texts(connection, path))
                file.findings += tuple(file._look_after() if mode == "rw" else ())
            except BaseException:
                file.engine.dispose()
                raise
        return file

    def _examine(self) -> Iterator[Finding]:
        """Read what can be read of the study's state, and yield what is wrong with it."""
        yield from self.memory.compare(self)
        with self.reading() as connection:
            yield from memory.changed_texts(connection, self.path)
            if self.memory.counter <= QUICK or backup.is_due(self.path, at=self.clock()):
                yield from memory.log_findings(connection, self.path.name)

    def _begin_writing(self) -> None:
        """Change over to connections that may write."""
        self.engine.dispose()
        self.mode = "rw"
        self.engine = self.log.engine = engine_of(self.path, "rw")

    def _look_after(self) -> Iterator[Finding]:
        """Do what every opening for writing does, and yield what could not be done."""
        yield from self._take_out()
        if not self.memory.keep(self):
            yield Finding(
                "note",
                N_(
                    "this machine cannot remember how far the study went, so an older file in its place would go unnoticed"
                ),
                file=self.path.name,
                rule="anchor",
            )
        # A new study has nothing to lose yet.
        if self.memory.counter and backup.is_due(self.path, at=self.clock()):
            yield from self._back_up()

    def _back_up(self) -> Iterator[Finding]:
        """Make the day's backup, and room for it; yield why it could not be made."""
        try:
            backup.make_backup(self.path, at=self.clock(), reason=backup.Reason.DAILY)
        except ProjectFileError as error:
            yield Finding(
                "note",
                N_("no backup was made today: {reason}"),
                file=self.path.name,
                rule="backup",
                parameters={"reason": str(error)},
            )
            return
        # Where something is wrong or gone, an old backup may be the only one that has it.
        if not any(finding.level == "damage" for finding in self.findings) and not self.memory.missing:
            backup.rotate(self.path)

    # ---- use ----

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted."""
        return cipher.is_encrypted(self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state of the study."""
        with self.log.reading() as connection:
            yield connection

    def record(
        self,
        by: By,
        verb: str,
        effects: Sequence[Effect],
        *,
        texts: Iterable[FixedText] = (),
        originals: Iterable[FixedOriginal] = (),
    ) -> EventRef:
        """Record one event in a transaction of its own; when this returns, it is on the disk.

        Raises
        ------
        ProjectFileError
            If it could not be stored, such as on a full disk: then nothing of it is.
        """
        return self.log.record(by, verb, effects, texts=tuple(texts), originals=tuple(originals))

    def require_writing(self) -> None:
        """Refuse to go on in a study that was opened for reading.

        Raises
        ------
        StateError
            If it was.
        """
        if self.mode == "ro":
            raise StateError(N_("the study was opened for reading only"), file=self.path)

    def erase_again(self, tombstones: Iterable[str]) -> None:
        """Obey *tombstones* (guids and effect references) that this copy of the study does not know of."""
        stones = [what.encode("ascii") if "/" in what else bytes.fromhex(what) for what in tombstones]
        with explained(self.path), writing(self.engine) as connection:
            rebuild(connection, stones)
        self.sweep()

    def sweep(self) -> bool:
        """Rewrite the file without the bytes of what was erased, if that is due; tell whether none are left in it."""
        try:
            with explained(self.path):
                return sweep(self.engine)
        except ProjectFileError:  # another program is at work, or there is no room for a second file: it stays due
            return False

    def purge(self) -> tuple[Finding, ...]:
        """Take the bytes of what was erased or masked out of the file and of its local backups; return what could not be done yet.

        What is left undone is done by the next opening.
        """
        self.remembered.clear()
        found = tuple(self._take_out())
        with contextlib.suppress(Exception):  # the anchor is a help
            self.memory.keep(self)
        return found

    def _take_out(self) -> Iterator[Finding]:
        if not self.sweep():
            yield Finding(
                "note",
                N_(
                    "what was erased cannot be read any more, but its bytes are still in the file: another program has it"
                    " open, or there is no room to rewrite it; the next opening tries again"
                ),
                file=self.path.name,
                rule="sweep",
            )
        with self.reading() as connection:
            erased = bool(memory.tombstones_of(connection))
        if erased:
            remove_leftovers(self.path)
            yield from purge_backups(self.path)

    # ---- closing ----

    def close(self) -> None:
        """Let go of the file. At rest it is one file again, unless another program has it open. Never fails."""
        if self._closed:
            return
        self._closed = True
        if self.mode == "rw":
            with contextlib.suppress(Exception):  # the anchor is a help; what was recorded is on the disk
                self.memory.keep(self)
        self.engine.dispose()
        if self.mode == "rw":
            with (
                contextlib.suppress(*database_errors("Error", QualcodeError)),
                closing(connect(self.path, "rw", timeout=0)) as db,
            ):
                db.execute("PRAGMA journal_mode = TRUNCATE")  # an emptied journal goes only by way of this mode
                db.execute("PRAGMA journal_mode = DELETE")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _WatchedLog(Log):
    """A log whose errors speak of the study, and whose progress is remembered outside the file."""

    def __init__(self, file: StudyFile) -> None:
        super().__init__(file.engine)
        self._file = file

    @contextmanager
    def writing(self, by: By) -> Iterator[Writer]:
        file = self._file
        file.require_writing()
        with explained(file.path), super().writing(by) as writer:
            yield writer
        with contextlib.suppress(Exception):  # what was recorded is on the disk; the anchor is only a help
            file.memory.keep_now_and_then(file)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with explained(self._file.path), super().reading() as connection:
            yield connection

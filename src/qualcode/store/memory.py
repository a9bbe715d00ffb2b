"""An open study held against what this machine remembers of it, and against what it says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, func, select

from qualcode.errors import N_, ProjectFileError
from qualcode.model import Finding
from qualcode.store import schema
from qualcode.store.anchor import Anchor, read_anchor, withdrawn, write_anchor
from qualcode.store.verify import Damage, verify

__all__ = ["Memory", "changed_texts", "damage_finding", "heads_of", "lacking_texts", "log_findings", "study_guid"]


class OpenStudy(Protocol):
    """What is asked of an open study file here."""

    @property
    def mode(self) -> str:
        """``rw`` or ``ro``."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the present time."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that reads."""

    def erase_again(self, tombstones: Iterable[str], /) -> None:
        """Obey tombstones that the file does not know of."""


EVERY = timedelta(seconds=5)
"""How often the anchor follows the log while work goes on. An anchor that lags behind notices less, never wrongly."""


def study_guid(connection: Connection) -> str:
    """Return the study's guid.

    Raises
    ------
    ProjectFileError
        If the file does not say.
    """
    meta = schema.meta
    guid = connection.execute(select(meta.c.value).where(meta.c.key == "study")).scalar()
    if guid is None:
        raise ProjectFileError(N_("the file does not say which study it is"), hint=N_("put a backup in its place"))
    return str(guid)


def heads_of(connection: Connection) -> dict[str, str]:
    """Return the hash, in hex, of the last event of each sitting that no later sitting has seen; by ``sitting/seq``.

    Together they stand for the whole log: each hash covers what came before it in its sitting, and the sitting's first event
    names the heads it has seen.
    """
    event, sitting = schema.event, schema.sitting
    # By the index, sitting by sitting: the time does not grow with the number of events.
    within, each = event.alias(), sitting.alias()
    last = select(within.c.id).where(within.c.sitting == each.c.id).order_by(within.c.seq.desc()).limit(1)
    rows = connection.execute(
        select(sitting.c.guid, event.c.seq, event.c.hash)
        .join_from(event, sitting, sitting.c.id == event.c.sitting)
        .where(event.c.id.in_(select(last.correlate(each).scalar_subquery()).select_from(each)))
        .where(event.c.id.not_in(select(schema.seen.c.head)))
    )
    return {f"{guid.hex()}/{seq}": digest.hex() for guid, seq, digest in rows}


def _counter(connection: Connection) -> int:
    """Return the highest lamport number."""
    return connection.execute(select(func.max(schema.event.c.lamport))).scalar() or 0


def lost_heads(connection: Connection, heads: Mapping[str, str]) -> dict[str, str]:
    """Return those of *heads* that the log does not hold."""
    event, sitting = schema.event, schema.sitting
    lost = {}
    for ref, digest in heads.items():
        guid, _, seq = ref.partition("/")
        query = select(event.c.hash).join(sitting, sitting.c.id == event.c.sitting)
        found = connection.execute(query.where(sitting.c.guid == bytes.fromhex(guid), event.c.seq == int(seq))).scalar()
        if found is None or found.hex() != digest:
            lost[ref] = digest
    return lost


def tombstones_of(connection: Connection) -> set[str]:
    """Return what was erased: guids in hex, and effect references."""
    stored = connection.execute(select(schema.tombstone.c.what)).scalars()
    return {what.hex() if len(what) == 16 else what.decode("ascii") for what in stored}


def changed_texts(connection: Connection, path: Path) -> Iterator[Finding]:
    """Yield a finding for each transcript text that is not what its SHA-256 says it was."""
    text, revision, transcript = schema.text_, schema.revision, schema.transcript
    query = (
        select(text.c.body, revision.c.sha256, transcript.c.name)
        .join(revision, revision.c.id == text.c.revision)
        .join(transcript, transcript.c.id == revision.c.transcript, isouter=True)
        .where(revision.c.sha256.is_not(None))
    )
    for body, digest, name in connection.execution_options(yield_per=20).execute(query):
        if hashlib.sha256(body.encode("utf-8")).hexdigest() != digest:
            yield Finding(
                "damage",
                N_("the text of {transcript} is not the one that was stored: codings on it may point elsewhere"),
                file=path.name,
                rule="text",
                parameters={"transcript": name or "?"},
            )


def lacking_texts(connection: Connection, path: Path) -> Iterator[Finding]:
    """Yield a finding where texts were masked in a newer copy, and this one has nothing in their place yet."""
    revision = schema.revision.c
    query = select(func.count()).where(revision.transcript.is_(None), revision.masked_into.is_(None))
    if n := connection.execute(query).scalar():
        yield Finding(
            "note",
            N_(
                "{n} texts were masked in a newer copy of this study, and this one has nothing in their place: merge the newer"
                " copy into it (qualcode merge {name} NEWER)"
            ),
            file=path.name,
            rule="masked-elsewhere",
            parameters={"n": n, "name": path.name},
        )


def log_findings(connection: Connection, name: str) -> list[Finding]:
    """Return what is wrong with the log of the study in file *name*: its chains, and contents against digests."""
    try:
        return [damage_finding(damage, "log", name) for damage in verify(connection)]
    except (TypeError, ValueError, LookupError) as error:  # columns hold what no qualcode writes
        return [
            Finding(
                "damage",
                N_("the log cannot be read to its end ({reason})"),
                file=name,
                rule="log",
                parameters={"reason": str(error)},
            )
        ]


def damage_finding(damage: Damage, rule: str, name: str) -> Finding:
    """Return *damage* in the file *name* as a finding of *rule*."""
    return Finding("damage", damage.message, file=name, rule=rule, parameters={"where": damage.where})


class Memory:
    """The anchor of one open study."""

    def __init__(self, study: str, path: Path) -> None:
        self.study = study
        self.path = path
        self.anchor = read_anchor(study, path) or Anchor(study=study, place=path.name)
        self.missing: dict[str, str] = {}
        self.counter = 0
        self._kept: datetime | None = None

    def compare(self, file: OpenStudy) -> Iterator[Finding]:
        """Yield what the file lacks of what was once seen here; writes nothing."""
        with file.reading() as connection:
            self.counter = _counter(connection)
            self.missing = lost_heads(connection, {**self.anchor.missing, **self.anchor.heads})
        if self.missing:
            yield Finding(
                "note" if self.missing.keys() <= self.anchor.missing.keys() else "damage",
                N_(
                    "an older file stands in the place of a newer one: changes that were made here are not in it;"
                    " look for the newer file (a sync program's copy, a backup) and keep both"
                ),
                file=self.path.name,
                rule="rolled-back",
                parameters={"heads": len(self.missing)},
            )

    def obey(self, file: OpenStudy) -> Iterator[Finding]:
        """Apply withdrawals that the file does not know of, and yield that it was done.

        Raises
        ------
        ProjectFileError
            If the file was opened for reading only.
        """
        with file.reading() as connection:
            unknown = sorted(set(withdrawn(self.study)) - tombstones_of(connection))
        if not unknown:
            return
        if file.mode == "ro":
            raise ProjectFileError(
                N_("this older copy still holds what was erased or masked since"),
                hint=N_("open it for writing once, so that they are erased here too"),
                file=self.path,
            )
        file.erase_again(unknown)
        masked = any(stone.startswith("masked/") for stone in unknown)
        yield Finding(
            "note",
            N_("this older copy still held texts that were masked since; they were erased here, too")
            if masked
            else N_("this older copy still held words of an informant who withdrew; they were erased again"),
            file=self.path.name,
            rule="withdrawn",
            parameters={"tombstones": len(unknown)},
        )

    def keep(self, file: OpenStudy) -> bool:
        """Store how far the log goes now; tell whether it could be stored."""
        self._kept = file.clock()
        with file.reading() as connection:
            heads = heads_of(connection)
            self.counter = _counter(connection)
            tombstones = tombstones_of(connection)
            self.missing = lost_heads(connection, self.missing)
        self.anchor = self.anchor.seen(heads=heads, counter=self.counter, tombstones=tombstones, lost=self.missing)
        return write_anchor(self.anchor, self.path)

    def keep_now_and_then(self, file: OpenStudy) -> None:
        """Store how far the log goes, unless that was done a moment ago."""
        if self._kept is None or not timedelta(0) <= file.clock() - self._kept < EVERY:
            self.keep(file)

"""What acts stand on: the entities, codes and places they name, looked up inside the writing transaction."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from qualcode.errors import N_, ConflictError, InputError, NotFoundError
from qualcode.model import Span
from qualcode.store import schema as s
from qualcode.store.facts import chunks
from qualcode.store.moves import place_now
from qualcode.store.turns import Speaker, bounds

__all__ = ["Codes", "Ground", "Place", "Places", "changed", "entity_row", "guids_of", "is_visible", "require"]

GUID = re.compile(r"[0-9a-f]{32}")


class Ground(NamedTuple):
    """A code that acts may use."""

    id: int
    guid: str
    key: str
    status: str


class Place(NamedTuple):
    """A span as the log keeps it, with what it stands on: the revision and those whose voice it holds."""

    value: tuple[str, int, int]
    refs: tuple[str, ...]


def entity_row(connection: Connection, kind: str, guid: str) -> Row[tuple[object, ...]] | None:
    """Return the projection row of the entity of *kind* with *guid*, or None if there is none visible."""
    table = s.KIND_TABLES[kind]
    if not GUID.fullmatch(guid):
        return None
    return connection.execute(
        select(table).join(s.entity, s.entity.c.id == table.c.id).where(s.entity.c.guid == bytes.fromhex(guid))
    ).first()


def is_visible(connection: Connection, kind: str, guid: str) -> bool:
    """Tell whether there is a visible entity of *kind* with *guid*."""
    return entity_row(connection, kind, guid) is not None


def require(connection: Connection, kind: str, guid: str) -> Row[tuple[object, ...]]:
    """Return the projection row of the entity of *kind* with *guid*.

    Raises
    ------
    NotFoundError
        If there is none in the study.
    """
    row = entity_row(connection, kind, guid)
    if row is None:
        raise NotFoundError(N_("there is no {kind} {name!r} in this study"), name=guid, kind=kind.replace("_", " "))
    return row


def guids_of(connection: Connection, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the guid of each private id."""
    found: dict[int, str] = {}
    e = s.entity.c
    for chunk in chunks(sorted({id_ for id_ in ids if id_ is not None})):
        found.update((id_, guid.hex()) for id_, guid in connection.execute(select(e.id, e.guid).where(e.id.in_(chunk))))
    return found


def changed(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Return the registers of *new* that differ from *old*."""
    return {name: value for name, value in new.items() if name not in old or old[name] != value}


class Codes:
    """The codes of the study by guid and by shown key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Ground] = {}

    def __getitem__(self, name: str) -> Ground:
        """Return the code with guid or shown key *name*."""
        if name not in self._known:
            c = s.code.c
            query = select(c.id, s.entity.c.guid, c.shown_key, c.status).join_from(
                s.code, s.entity, s.entity.c.id == c.id
            )
            row = self._connection.execute(query.where(c.shown_key == name)).first()
            if row is None and GUID.fullmatch(name):
                row = self._connection.execute(query.where(s.entity.c.guid == bytes.fromhex(name))).first()
            if row is None:
                keys = self._connection.execute(select(c.shown_key)).scalars()
                raise NotFoundError(
                    N_("no code {name!r} in the codebook"), name=name, known=[key for key in keys if key]
                )
            self._known[name] = Ground(row[0], row[1].hex(), row[2], row[3] or "active")
        return self._known[name]

    def usable(self, name: str) -> Ground:
        """Return the code with guid or shown key *name*, if it may be coded with.

        Raises
        ------
        ConflictError
            If it was merged into another or split.
        """
        code = self[name]
        if code.status in {"merged", "split"}:
            message = (
                N_("code {key!r} was merged into another and takes no new codings")
                if code.status == "merged"
                else N_("code {key!r} was split and takes no new codings")
            )
            raise ConflictError(message, hint=N_("use the code that took its place"), key=code.key)
        return code

    def expect(self, key: str, guid: str) -> None:
        """Let *key* mean the code with *guid*, which the same event makes."""
        self._known[key] = Ground(-1, guid, key, "active")

    def is_free(self, key: str) -> bool:
        """Tell whether no code is shown with *key* or written with it."""
        c = s.code.c
        return (
            self._connection.execute(select(c.id).where((c.shown_key == key) | (c.key == key)).limit(1)).first() is None
        )

    def require_free(self, key: str) -> None:
        """Refuse a *key* that another code has.

        Raises
        ------
        ConflictError
            If a code has it.
        """
        if not self.is_free(key):
            raise ConflictError(N_("the key {key!r} is in use"), hint=N_("choose another key"), key=key)


@dataclass(slots=True)
class _Text:
    """What a place needs to know of a revision."""

    revision: str
    length: int
    turns: list[tuple[int, int, int]]
    speakers: Mapping[str, Speaker | None]
    informants: tuple[str, ...]
    name: str


ITS = s.entity.alias("its")
TEXT = (
    select(
        ITS.c.guid, s.revision.c.length, s.revision.c.turns, s.revision.c.speakers, s.transcript.c.informants, s.transcript.c.name
    )
    .select_from(
        s.entity.join(s.transcript, s.transcript.c.id == s.entity.c.id)
        .join(s.revision, s.revision.c.transcript == s.transcript.c.id)
        .join(ITS, ITS.c.id == s.revision.c.id)
    )
    .where(s.entity.c.guid == bindparam("transcript"))
)  # fmt: skip
CURRENT = TEXT.where(s.revision.c.id == s.transcript.c.current)
EARLIER = TEXT.where(ITS.c.guid == bindparam("revision"))


class Places:
    """Spans of transcripts as places, each text's turns read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts: dict[tuple[str, str], _Text] = {}
        self._standing: set[str] = set()

    def of(self, transcript: str, span: Span, revision: str = "") -> Place:
        """Return the place of *span* in the text that *transcript* (guid) now has, or in an earlier *revision* (guid).

        Where names were masked in that revision meanwhile, the place is the one it has in the masked text.

        Raises
        ------
        NotFoundError
            If there is no such transcript or revision.
        InputError
            If the span ends after the text.
        """
        if revision and revision not in self._standing:
            revision, span = self._now(revision, span)
        text = self._text(transcript, revision)
        if span.end > text.length:
            raise InputError(
                N_("the span ends at {end}, the text of {transcript!r} at {length}"),
                end=span.end,
                transcript=text.name,
                length=text.length,
            )
        return Place((text.revision, span.start, span.end), (text.revision, *self._voices(text, span)))

    def _now(self, revision: str, span: Span) -> tuple[str, Span]:
        """Return *revision* (guid) and *span*, or what took their place when names were masked."""
        row = entity_row(self._connection, "revision", revision)
        into = row._mapping["masked_into"] if row is not None else None
        if row is None or into is None:
            self._standing.add(revision)
            return revision, span
        now = place_now(self._connection, int(str(row._mapping["id"])), span.start, span.end)
        if now is None:
            return revision, span
        return guids_of(self._connection, [now[0]])[now[0]], Span(now[1], now[2])

    def _voices(self, text: _Text, span: Span) -> tuple[str, ...]:
        """Return the guids of those whose voice *span* holds; where no turn says, of the transcript's only informant."""
        found: dict[str, None] = {}
        first = bisect_right(text.turns, span.start, key=lambda turn: turn[1])
        for start, _, number in islice(text.turns, first, None):
            if start >= span.end:
                break
            speaker = text.speakers.get(str(number))
            if speaker and speaker[2]:
                found[speaker[2]] = None
        if found:
            return tuple(found)
        return text.informants if len(text.informants) == 1 else ()

    def _text(self, transcript: str, revision: str) -> _Text:
        key = (transcript, revision)
        if key not in self._texts:
            row = None
            if GUID.fullmatch(transcript) and (not revision or GUID.fullmatch(revision)):
                query, values = (EARLIER, {"revision": bytes.fromhex(revision)}) if revision else (CURRENT, {})
                row = self._connection.execute(query, {"transcript": bytes.fromhex(transcript), **values}).first()
            if row is None:
                require(self._connection, "transcript", transcript)
                raise NotFoundError(N_("there is no such text of the transcript: {name!r}"), name=revision)
            self._texts[key] = _Text(
                row.guid.hex(),
                row.length or 0,
                bounds(json.loads(row.turns or "[]")),
                json.loads(row.speakers or "{}"),
                tuple(json.loads(row.informants or "[]")),
                row.name or "",
            )
        return self._texts[key]

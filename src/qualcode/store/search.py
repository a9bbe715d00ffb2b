"""The search index: stems and written forms of every turn, in SQLite's FTS5.

It is derived from the texts and no part of the log: it may be dropped at any time, and is made again by the next search. What was erased is
dropped with it. The index holds words without their order of letters changed and no text: what is shown is read from the transcript.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from qualcode.model import Informant, Kind, Role, Span
from qualcode.store import schema as s
from qualcode.store.engine import reading, writing
from qualcode.store.facts import chunks
from qualcode.store.lookups import Lookups, from_json
from qualcode.store.turns import NOBODY, Speaker, bounds

__all__ = ["LookedUp", "Place", "Voice", "drop_index", "forget", "look_up", "missing", "refresh"]

RECIPE = "1"
"""Of what is indexed and how; another one makes the index anew."""

TABLES = ("search_text", "search_unit", "search_source")
BATCH = 20
"""Transcripts in one transaction: a program stopped in between goes on from there."""

MAKE = (
    "CREATE TABLE search_source (revision INTEGER PRIMARY KEY, digest BLOB NOT NULL)",
    "CREATE TABLE search_unit (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, number INTEGER, start INTEGER NOT NULL,"
    ' "end" INTEGER NOT NULL, speaker INTEGER)',
    "CREATE INDEX search_unit_revision ON search_unit (revision)",
    # The index alone, without the words themselves; they are folded before they come here.
    "CREATE VIRTUAL TABLE search_text USING fts5(stem, form, content='', tokenize='ascii')",
)


class Voice(NamedTuple):
    """Who speaks where: a speaker of a transcript, or, with an empty label, what stands in no turn."""

    transcript: str
    kind: Kind
    speaker: str
    role: Role
    informant: Informant | None


class Place(NamedTuple):
    """Where something was found: whose words they are, in which turn (from 1; None outside turns), and what is said there."""

    voice: Voice
    number: int | None
    span: Span
    words: str


class LookedUp(NamedTuple):
    """The first places, how many there are in all, whose they all are, and the names of the transcripts that the index lacks."""

    places: tuple[Place, ...]
    n: int
    voices: tuple[Voice, ...]
    left_out: tuple[str, ...]


Wanted = Callable[[Sequence[Informant], Sequence[str]], Callable[[Voice], bool]]
"""Gives, for the informants and the names of the transcripts there are, what tells whose words are wanted."""

Indexed = Callable[[str], tuple[str, str]]
"""Gives the stems and the written forms of a text, each joined by blanks."""


def missing(connection: Connection) -> tuple[int, ...]:
    """Return the revisions (private ids) that transcripts have now and that the index lacks or has otherwise."""
    if _known_at(connection) == _newest(connection):
        return ()  # nothing has happened since it was brought up to date
    wanted = dict(_wanted(connection))
    known = _known(connection)
    return tuple(revision for revision, digest in wanted.items() if known.get(revision) != digest)


def refresh(engine: Engine, indexed: Indexed, progress: Callable[[int, int, str], None] | None = None) -> None:
    """Bring the index up to date, as far as no other program is writing to the study; `missing` says what is left."""
    with reading(engine) as connection:
        todo = missing(connection)
    if not todo and _is_marked(engine):
        return
    done = 0
    try:
        while done < len(todo):
            if progress is not None:
                progress(done, len(todo), "")
            with writing(engine) as connection:
                _prepare(connection)
                wanted = dict(_wanted(connection))
                for revision in todo[done : done + BATCH]:
                    _take_in(connection, revision, wanted.get(revision), indexed)
            done += BATCH
    except OperationalError:
        return  # another program is writing
    with writing(engine) as connection:
        if not missing(connection):
            _prepare(connection)
            connection.exec_driver_sql("DELETE FROM search_source WHERE revision = 0")
            at = _newest(connection).to_bytes(8, "big")
            connection.exec_driver_sql("INSERT INTO search_source VALUES (0, ?)", (at,))
    if progress is not None:
        progress(len(todo), len(todo), "")


def _is_marked(engine: Engine) -> bool:
    with reading(engine) as connection:
        return _known_at(connection) == _newest(connection)


def _newest(connection: Connection) -> int:
    """Return the number of the last event: nothing that is indexed changes without one, but by erasing, which drops the index."""
    return connection.execute(select(func.max(s.event.c.id))).scalar() or 0


def _known_at(connection: Connection) -> int:
    """Return the last event that was there when the index was whole, or -1."""
    found = _known(connection).get(0) if _exists(connection) else None
    return -1 if found is None else int.from_bytes(found, "big")


def look_up(
    engine: Engine,
    match: str,
    indexed: Indexed,
    wanted: Wanted,
    *,
    n: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    may_write: bool = True,
) -> LookedUp:
    """Bring the index up to date, as far as it may be written, and return where *match* (an expression of FTS5) is found.

    The places come in the order of transcripts and of speech, at most *n*. An index that is damaged is made again: it holds nothing that the
    texts do not.
    """
    for last in (False, True):
        try:
            if may_write:
                refresh(engine, indexed, progress)
            with reading(engine) as connection:
                return _look_up(connection, match, wanted, n)
        except DatabaseError:
            if last or not may_write:
                raise
            forget(engine)
    raise AssertionError  # the second time returns or raises


FOUND = (
    " FROM search_text CROSS JOIN search_unit u ON u.id = search_text.rowid"  # CROSS: the index first, never unit by unit
    " WHERE search_text MATCH ? AND u.revision IN (SELECT current FROM transcript)"
)


def _look_up(connection: Connection, match: str, wanted: Wanted, n: int | None) -> LookedUp:
    look = Lookups(connection)
    names = dict(look.transcript_names)
    sources = {row.current: row for row in look.rows(s.transcript) if row.id in names}
    takes = wanted(look.informants, tuple(names.values()))
    left_out = set(missing(connection))
    lacking = tuple(names[row.id] for revision, row in sources.items() if revision in left_out)
    if not _exists(connection):
        return LookedUp((), 0, (), lacking)
    counts = connection.exec_driver_sql(f"SELECT u.revision, u.speaker, count(*){FOUND} GROUP BY 1, 2", (match,)).all()
    voices = _voices(connection, look, {(revision, speaker) for revision, speaker, _ in counts}, names, sources)
    taken = {key: voice for key, voice in voices.items() if takes(voice)}
    place_of = {number: at for at, number in enumerate(names)}
    order = sorted({revision for revision, _ in taken}, key=lambda revision: place_of[sources[revision].id])
    by_revision: dict[int, int] = {}
    for revision, speaker, count in counts:
        if (revision, speaker) in taken:
            by_revision[revision] = by_revision.get(revision, 0) + count
    chosen: list[int] = []
    enough = 0
    for revision in order:
        if n is not None and enough >= n:
            break
        chosen.append(revision)
        enough += by_revision[revision]
    rank = {revision: at for at, revision in enumerate(chosen)}
    shown = _places(connection, match, rank, taken)[:n]
    ranked = sorted(
        taken.items(), key=lambda item: (place_of[sources[item[0][0]].id], item[0][1] is None, item[0][1] or 0)
    )
    return LookedUp(tuple(shown), sum(by_revision.values()), tuple(voice for _, voice in ranked), lacking)


Key = tuple[int, int | None]
"""A revision and the number of a speaker in it; None outside turns."""


def _voices(
    connection: Connection, look: Lookups, keys: Set[Key], names: Mapping[int, str], sources: Mapping[int, Row[Any]]
) -> dict[Key, Voice]:
    """Return whose words those of each speaker are, as the study now has it."""
    informants = {informant.guid: informant for informant in look.informants}
    r = s.revision.c
    speakers: dict[int, dict[str, Speaker]] = {}
    for chunk in chunks(sorted({revision for revision, _ in keys})):
        for revision, packed in connection.execute(select(r.id, r.speakers).where(r.id.in_(chunk))):
            speakers[revision] = from_json(packed, {})
    found: dict[Key, Voice] = {}
    for revision, number in keys:
        row = sources[revision]
        label, role, guid = speakers[revision].get(str(number)) or NOBODY
        if number is None and not speakers[revision]:  # no turns: the words of its only informant
            alone: list[str] = from_json(row.informants, [])
            guid = alone[0] if len(alone) == 1 else None
        informant = informants.get(guid) if guid else None
        found[revision, number] = Voice(
            names[row.id], Kind(row.kind or Kind.INTERVIEW), label or "", Role(role or Role.OTHER), informant
        )
    return found


def _places(connection: Connection, match: str, rank: Mapping[int, int], taken: Mapping[Key, Voice]) -> list[Place]:
    """Return the places in the texts that *rank* orders, in order."""
    rows: list[tuple[int, int | None, int, int, int | None]] = []
    for chunk in chunks(sorted(rank)):
        marks = ", ".join("?" * len(chunk))
        # The units of a text were numbered one after the other: outside of these numbers the index need not look.
        first, last = connection.exec_driver_sql(
            f"SELECT min(id), max(id) FROM search_unit WHERE revision IN ({marks})",  # noqa: S608 - question marks alone
            tuple(chunk),
        ).one()
        found = connection.exec_driver_sql(
            f'SELECT u.revision, u.number, u.start, u."end", u.speaker{FOUND} AND u.revision IN ({marks})'
            " AND search_text.rowid BETWEEN ? AND ?",
            (match, *chunk, first, last),
        )
        rows += [(row[0], row[1], row[2], row[3], row[4]) for row in found]
    t = s.text_.c
    bodies: dict[int, str] = {}
    for chunk in chunks(sorted(rank)):
        bodies.update(
            (row.revision, row.body)
            for row in connection.execute(select(t.revision, t.body).where(t.revision.in_(chunk)))
        )
    mine = [row for row in rows if (row[0], row[4]) in taken]
    return [
        Place(taken[revision, speaker], number, Span(start, end), bodies[revision][start:end])
        for revision, number, start, end, speaker in sorted(mine, key=lambda row: (rank[row[0]], row[2]))
    ]


def forget(engine: Engine) -> None:
    """Drop the index of an open study; the next search makes it again."""
    with writing(engine) as connection:
        drop_index(connection)


def drop_index(connection: Connection) -> None:
    """Take the index away, in the transaction of *connection*."""
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def _exists(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'search_source'").scalar()
    return bool(found)


def _wanted(connection: Connection) -> Iterator[tuple[int, bytes]]:
    """Yield each revision that a transcript has now, with a digest of what is indexed of it."""
    r = s.revision.c
    rows = connection.execute(
        select(r.id, r.sha256, r.turns)
        .join_from(s.transcript, s.revision, s.transcript.c.current == r.id)
        .where(r.sha256.is_not(None))  # in an older copy, masked texts are gone before the new ones come
    )
    for revision, sha256, turns in rows:
        yield revision, hashlib.sha256(f"{RECIPE}\n{sha256}\n{turns}".encode()).digest()[:16]


def _known(connection: Connection) -> dict[int, bytes]:
    if not _exists(connection):
        return {}
    rows = connection.exec_driver_sql("SELECT revision, digest FROM search_source")
    return {revision: bytes(digest) for revision, digest in rows}


def _prepare(connection: Connection) -> None:
    """Make the tables where there are none, and make them anew where much of what they hold is of no use any more.

    The index alone cannot forget a text: what is left of a replaced one finds nothing, but takes room.
    """
    if _exists(connection):
        units = connection.exec_driver_sql("SELECT count(*), max(id) FROM search_unit").one()
        if (units[1] or 0) <= 2 * (units[0] or 0) + 1000:
            return
        drop_index(connection)
    for statement in MAKE:
        connection.exec_driver_sql(statement)


def _take_in(connection: Connection, revision: int, digest: bytes | None, indexed: Indexed) -> None:
    """Index one revision in place of what the index has of it."""
    row = connection.execute(
        select(s.revision.c.turns, s.text_.c.body)
        .join_from(s.revision, s.text_, s.text_.c.revision == s.revision.c.id)
        .where(s.revision.c.id == revision)
    ).first()
    connection.exec_driver_sql("DELETE FROM search_unit WHERE revision = ?", (revision,))
    connection.exec_driver_sql("DELETE FROM search_source WHERE revision = ?", (revision,))
    if row is None or digest is None:
        return
    # Never a number that was used before: the index still holds what it stood for.
    number = (connection.exec_driver_sql("SELECT max(id) FROM search_text_docsize").scalar() or 0) + 1
    units: list[tuple[int, int, int | None, int, int, int | None]] = []
    words: list[tuple[int, str, str]] = []
    for turn, start, end, speaker in _units(row.body, json.loads(row.turns or "[]")):
        stems, forms = indexed(row.body[start:end])
        if stems:
            units.append((number, revision, turn, start, end, speaker))
            words.append((number, stems, forms))
            number += 1
    if units:
        connection.exec_driver_sql("INSERT INTO search_unit VALUES (?, ?, ?, ?, ?, ?)", units)
        connection.exec_driver_sql("INSERT INTO search_text (rowid, stem, form) VALUES (?, ?, ?)", words)
    connection.exec_driver_sql("INSERT INTO search_source VALUES (?, ?)", (revision, digest))


def _units(body: str, packed: Sequence[int]) -> Iterator[tuple[int | None, int, int, int | None]]:
    """Yield number, start, end and speaker of each turn, and the paragraphs between turns and of a text without any; labels are none."""
    at = 0
    for number, (start, end, speaker) in enumerate(bounds(packed), 1):
        yield from _paragraphs(body, at, body.rfind("\n", at, len(body[at:start].rstrip()) + at) + 1)
        yield number, start, end, speaker
        at = end
    yield from _paragraphs(body, at, len(body))


def _paragraphs(body: str, start: int, end: int) -> Iterator[tuple[None, int, int, None]]:
    while start < end:
        stop = body.find("\n", start, end)
        stop = end if stop < 0 else stop
        if body[start:stop].strip():
            yield None, start, stop, None
        start = stop + 1

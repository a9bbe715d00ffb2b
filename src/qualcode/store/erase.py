"""Erasing at the level of the log: tombstones, and obeying them wherever something they doom turns up.

Erasing cannot be undone. A tombstone is a guid or the name of an effect; it is kept for good, in the log, the tables and the anchor outside
the file. Whoever erases an informant first looks through `mentions` for free text that speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, insert, select, update

from qualcode.errors import N_, InputError, shorten
from qualcode.store import schema as s
from qualcode.store.cipher import database_errors
from qualcode.store.doom import Doomed, doomed
from qualcode.store.effects import SEARCHED, By, Effect, EventRef, new_guid
from qualcode.store.engine import BUSY_SECONDS
from qualcode.store.facts import Facts, chunks
from qualcode.store.lives import Lives
from qualcode.store.log import Log
from qualcode.store.payloads import decode
from qualcode.store.projection import project
from qualcode.store.search import drop_index
from qualcode.store.turns import bounds

__all__ = ["Mention", "erase", "first_text", "free_texts", "mentions", "obey", "sweep", "sweep_is_due"]

SWEEP = "sweep"
PATIENCE = 2000
"""Milliseconds that a sweep waits for other programs; it can be done later."""

LETTER = r"[^\W\d_]"
"""A letter; names of files join words by other signs."""

MASK = "█"
HEX = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")  # guids and digests are no words


class Mention(NamedTuple):
    """Free text that holds a word looked for; `effect` is its lasting name, which `erase` takes.

    `standing` is False where it is not what the study shows: an earlier version, or one that was undone or erased.
    """

    effect: str
    kind: str
    guid: str
    excerpt: str
    standing: bool = True


def mentions(connection: Connection, words: Sequence[str], *, whole: bool = False) -> tuple[Mention, ...]:
    """Return all free text of the log, any version, that holds one of *words*, whatever the case of its letters.

    With *whole*, only where a word of the text begins with it: ``sari`` is found in ``Sarinya``, not in ``basari``.
    """
    wanted = re.compile("|".join(re.escape(word.casefold()) for word in words if word) or r"(?!)")
    if whole:
        wanted = re.compile(rf"(?<!{LETTER})(?:{wanted.pattern})")
    hits: dict[int, Mention] = {}
    entities: dict[int, int] = {}
    speaking: dict[int, set[str]] = {}
    f, e, p = s.effect.c, s.entity.c, s.payload.c
    rows = connection.execute(
        select(f.id, f.entity, s.sitting.c.guid, s.event.c.seq, f.position, e.kind, e.guid, p.format, p.body)
        .select_from(
            s.payload.join(s.effect)
            .join(s.event)
            .join(s.sitting, s.event.c.sitting == s.sitting.c.id)
            .join(s.entity, f.entity == e.id)
        )
        .where(e.kind.in_(sorted(SEARCHED)))
        .order_by(s.event.c.lamport, s.sitting.c.guid, s.event.c.seq, f.position)
    )
    for id_, entity, sitting, seq, position, kind, guid, number, body in rows:
        for register, value in decode(number, body).items():
            for text in _strings(value):
                if wanted.search(text.casefold()):
                    name = f"{sitting.hex()}/{seq}/{position}"
                    hits.setdefault(id_, Mention(name, kind, guid.hex(), shorten(text)))
                    entities[id_] = entity
                    speaking.setdefault(id_, set()).add(register)
                    break
    shown = _shown(connection, set(entities.values()))
    return tuple(
        hit._replace(standing=any((id_, register) in shown for register in speaking[id_])) for id_, hit in hits.items()
    )


def _shown(connection: Connection, entities: set[int]) -> set[tuple[int, str]]:
    """Return the effects that say what the study shows of *entities*, with the registers in which they do."""
    facts = Facts()
    facts.load(connection, sorted(entities))
    lives = Lives(connection, facts)
    lives.prepare(entities)
    return {
        (fact.id, register)
        for entity in entities
        if lives.life(entity)[0]
        for register, heads in facts.heads(entity).items()
        for fact in heads
    }


def free_texts(connection: Connection) -> Iterator[str]:
    """Yield all free text of the log, any version of it."""
    e, p = s.entity.c, s.payload.c
    rows = connection.execute(
        select(p.format, p.body)
        .select_from(s.payload.join(s.effect).join(s.entity, s.effect.c.entity == e.id))
        .where(e.kind.in_(sorted(SEARCHED)))
    )
    for number, body in rows:
        yield from _strings(decode(number, body))


def first_text(value: object) -> str | None:
    """Return the beginning of the longest text inside *value*, if there is any."""
    texts = list(_strings(value))
    return shorten(max(texts, key=len)) if texts else None


def _strings(value: object) -> Iterator[str]:
    """Yield every text inside *value*."""
    if isinstance(value, str):
        if not HEX.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def erase(log: Log, by: By, guids: Sequence[str], effects: Sequence[str] = ()) -> EventRef:
    """Erase the entities with *guids* (informants who withdrew) and the contents of *effects* (see `mentions`), for good.

    The bytes are gone from the file when `sweep` has run, which is done here; if the program dies in between, at the next opening.

    Raises
    ------
    InputError
        If there is nothing to erase.
    """
    if not guids and not effects:
        raise InputError(N_("nothing was named that is to be erased"))
    with log.writing(by) as writer:
        ref = writer.record("erase", [Effect("new", "tomb", new_guid(), {"what": [*guids, *effects]})])
        project(writer.connection, obey(writer.connection))
    sweep(log.engine)
    return ref


def obey(connection: Connection, stones: Iterable[bytes] = ()) -> set[int]:
    """Take away what the tombstones doom, those in the log and *stones* besides; return the entities whose projection changes.

    What was taken away may still stand in free pages of the file: the sweep is made due in the same transaction.
    """
    _raise(connection, stones)
    doom = doomed(connection)
    before = set(connection.execute(select(s.dead.c.id)).scalars())
    if doom.entities != before:
        connection.execute(delete(s.dead))
        if doom.entities:
            connection.execute(insert(s.dead), [{"id": id_} for id_ in sorted(doom.entities)])
    if not doom.effects and not doom.entities:
        return set()
    gone = _remove(connection, doom) + _mask(connection, doom)
    if gone:
        connection.execute(delete(s.suggestion))  # their evidence quotes texts; they are made again from what is left
        drop_index(connection)  # likewise
        connection.execute(delete(s.meta).where(s.meta.c.key == SWEEP))
        connection.execute(insert(s.meta), {"key": SWEEP, "value": "due"})
    hit = set(doom.entities) | set(doom.voices) | doom.masked
    for chunk in chunks(sorted(doom.effects)):
        hit.update(connection.execute(select(s.effect.c.entity).where(s.effect.c.id.in_(chunk))).scalars())
    return hit


def _raise(connection: Connection, stones: Iterable[bytes]) -> None:
    """Put up the tombstones that the log's erasing events name, and *stones*."""
    known = {bytes(what) for what in connection.execute(select(s.tombstone.c.what)).scalars()}
    wanted = set(stones)
    rows = connection.execute(
        select(s.payload.c.format, s.payload.c.body)
        .select_from(s.payload.join(s.effect).join(s.entity, s.effect.c.entity == s.entity.c.id))
        .where(s.entity.c.kind == "tomb")
    )
    for number, body in rows:
        named = decode(number, body)["what"]
        wanted.update(what.encode() if "/" in what else bytes.fromhex(what) for what in named)  # type: ignore[attr-defined]
    if new := wanted - known:
        connection.execute(insert(s.tombstone), [{"what": what} for what in sorted(new)])


def _remove(connection: Connection, doom: Doomed) -> int:
    """Delete payloads, texts and originals; return how many rows there were."""
    gone = 0
    for chunk in chunks(sorted(doom.effects)):
        gone += connection.execute(delete(s.payload).where(s.payload.c.effect.in_(chunk))).rowcount
    for chunk in chunks(sorted(doom.entities | doom.masked)):
        gone += connection.execute(delete(s.text_).where(s.text_.c.revision.in_(chunk))).rowcount
    for chunk in chunks(sorted(doom.entities | doom.masked | doom.voices.keys())):
        gone += connection.execute(delete(s.original).where(s.original.c.revision.in_(chunk))).rowcount
    return gone


def _mask(connection: Connection, doom: Doomed) -> int:
    """Mask the dead voices in texts that others' voices keep alive; return how many texts changed."""
    changed = 0
    for revision, speakers in doom.voices.items():
        body = connection.execute(select(s.text_.c.body).where(s.text_.c.revision == revision)).scalar()
        if body is None:
            continue
        masked = list(body)
        for start, end in _stretches(connection, revision, speakers, body):
            masked[start:end] = [letter if letter == "\n" else MASK for letter in masked[start:end]]
        if (text := "".join(masked)) != body:
            connection.execute(update(s.text_).where(s.text_.c.revision == revision).values(body=text, salt=None))
            changed += 1
    return changed


def _stretches(connection: Connection, revision: int, speakers: set[int], body: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the *speakers*' turns, each with its label, in any version of the turns.

    Line ends stay, so that neither positions nor lines move, and so that masking again, in whatever order, masks the same.
    """
    rows = connection.execute(
        select(s.payload.c.format, s.payload.c.body)
        .select_from(s.payload.join(s.effect))
        .where(s.effect.c.entity == revision, s.effect.c.registers.contains("turns"))
    )
    for number, payload in rows:
        turns = decode(number, payload).get("turns")
        before = 0
        for start, end, speaker in bounds(turns if isinstance(turns, list) else []):
            if speaker in speakers:
                yield max(before, body.rfind("\n", 0, start) + 1), end
            before = end


def sweep_is_due(connection: Connection) -> bool:
    """Tell whether erased bytes may still stand in free pages of the file."""
    return connection.execute(select(s.meta.c.value).where(s.meta.c.key == SWEEP)).first() is not None


def sweep(engine: Engine) -> bool:
    """Rewrite the file without its free pages if that is due; return whether nothing erased is left in it.

    A program that is reading holds the old pages fast, one that is writing the whole file: then the sweep stays due, and the next opening
    does it.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if cursor.execute("SELECT 1 FROM meta WHERE key = 'sweep'").fetchone() is None:
            return True
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                return False
            cursor.execute("DELETE FROM meta WHERE key = 'sweep'")
        except database_errors("OperationalError"):  # locked, or no room for the second file that VACUUM needs
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS}")
        return True
    finally:
        raw.close()

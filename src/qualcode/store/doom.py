"""What the tombstones doom: a function of the log alone, the same in every copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, or_, select

from qualcode.store import schema as s
from qualcode.store.effects import OWNED
from qualcode.store.facts import chunks

__all__ = ["MASKED", "Doomed", "doomed", "effect_id"]

MASKED = b"masked/"
"""How the tombstone of a revision begins whose text was masked; its guid in hex follows."""

POINTERS = ("masked", "stayed")
"""Registers of a revision that hold positions alone, by which what stood on it finds its place in another."""

SURVIVE = frozenset({"tomb", "transcript"})
"""Kinds whose effects outlive the death of someone they name, as long as they live themselves."""


@dataclass(slots=True)
class Doomed:
    """Private ids: entities without life, effects without contents, speaker numbers to be masked by revision, and revisions without text.

    Those in `masked` gave way to a text without names; what stands on them lives on, in the place that it has there.
    """

    entities: set[int] = field(default_factory=set)
    effects: set[int] = field(default_factory=set)
    voices: dict[int, set[int]] = field(default_factory=dict)
    masked: set[int] = field(default_factory=set)


def doomed(connection: Connection) -> Doomed:
    """Return what the tombstones doom.

    An entity is doomed by its own tombstone, or because it belongs to a doomed one; a transcript when all its voices are. Effects of
    doomed entities lose their contents, and so does every effect that names one. Whether an effect is undone makes no difference, nor does a
    later correction: what was ever said to be someone's voice goes with them, or copies that learn of it in another order would differ.
    """
    stones = [bytes(what) for what in connection.execute(select(s.tombstone.c.what)).scalars()]
    if not stones:
        return Doomed()
    entities = _entities(connection, {stone for stone in stones if len(stone) == 16})
    effects: set[int] = set()
    f, e = s.effect.c, s.entity.c
    for chunk in chunks(sorted(entities)):
        effects.update(connection.execute(select(f.id).where(f.entity.in_(chunk))).scalars())
        named = select(f.id, f.entity, e.kind).select_from(
            s.ref.join(s.effect, s.ref.c.effect == f.id).join(s.entity, f.entity == e.id)
        )
        for effect, entity, kind in connection.execute(named.where(s.ref.c.target.in_(chunk))):
            if kind not in SURVIVE or entity in entities:
                effects.add(effect)
    revisions: set[bytes] = set()
    for stone in stones:
        if stone.startswith(MASKED) and len(stone) > 16:
            revisions.add(bytes.fromhex(stone[len(MASKED) :].decode()))
        elif len(stone) != 16 and (found := effect_id(connection, stone.decode())) is not None:
            effects.add(found)
    masked = _masked(connection, revisions)
    for chunk in chunks(sorted(masked)):
        effects.update(
            connection.execute(select(f.id).where(f.entity.in_(chunk), f.registers.not_in(POINTERS))).scalars()
        )
    voices = _voices(connection, entities)
    for revision in _beside(connection, masked) - masked:
        voices.setdefault(revision, set())
    return Doomed(entities, effects, voices, masked)


def _masked(connection: Connection, guids: Iterable[bytes]) -> set[int]:
    """Return the revisions that were masked, and those that were made from them without knowing it; not what they were masked into."""
    e, f = s.entity.c, s.effect.c
    found: set[int] = set()
    for some in _stretches(sorted(guids)):
        found.update(connection.execute(select(e.id).where(e.guid.in_(some))).scalars())
    if not found:
        return found
    named = select(s.ref.c.target).select_from(s.ref.join(s.effect, s.ref.c.effect == f.id))
    safe = set(connection.execute(named.where(f.registers == "masked")).scalars())
    todo = set(found)
    while todo:
        made: set[int] = set()
        for chunk in chunks(sorted(todo)):
            rows = connection.execute(
                select(f.entity)
                .select_from(s.ref.join(s.effect, s.ref.c.effect == f.id).join(s.entity, f.entity == e.id))
                .where(s.ref.c.target.in_(chunk), e.kind == "revision", f.registers != "masked")
            )
            made.update(rows.scalars())
        todo = made - safe - found
        found |= todo
    return found


def _beside(connection: Connection, masked: set[int]) -> set[int]:
    """Return the revisions whose original file also holds a text that was masked."""
    e, f = s.entity.c, s.effect.c
    named = select(s.ref.c.target).select_from(s.ref.join(s.effect, s.ref.c.effect == f.id))
    transcripts: set[int] = set()
    for chunk in chunks(sorted(masked)):
        whose = named.join(s.entity, s.ref.c.target == e.id).where(f.entity.in_(chunk), e.kind == "transcript")
        transcripts.update(connection.execute(whose).scalars())
    found: set[int] = set()
    for chunk in chunks(sorted(transcripts)):
        holds = select(f.entity).select_from(s.ref.join(s.effect, s.ref.c.effect == f.id))
        found.update(connection.execute(holds.where(s.ref.c.target.in_(chunk), f.registers == "beside")).scalars())
    return found


def effect_id(connection: Connection, ref: str) -> int | None:
    """Return the private id of the effect called *ref*, ``sitting/seq/position``, if it is here."""
    sitting, seq, position = ref.split("/")
    found: int | None = connection.execute(
        select(s.effect.c.id)
        .select_from(s.effect.join(s.event).join(s.sitting))
        .where(
            s.sitting.c.guid == bytes.fromhex(sitting), s.event.c.seq == int(seq), s.effect.c.position == int(position)
        )
    ).scalar()
    return found


def _entities(connection: Connection, guids: Iterable[bytes]) -> set[int]:
    """Return the entities doomed by the tombstones of *guids*, to the last that belongs to one."""
    e, f, r = s.entity.c, s.effect.c, s.ref.c
    dead: set[int] = set()
    for some in _stretches(sorted(guids)):
        dead.update(connection.execute(select(e.id).where(e.guid.in_(some))).scalars())
    todo = set(dead)
    while todo:
        found: set[int] = set()
        transcripts: set[int] = set()
        for chunk in chunks(sorted(todo)):
            rows = connection.execute(
                select(f.entity, f.op, e.kind)
                .select_from(s.ref.join(s.effect, r.effect == f.id).join(s.entity, f.entity == e.id))
                .where(r.target.in_(chunk), e.kind.in_([*sorted(OWNED), "transcript"]))
            )
            for entity, op, kind in rows:
                if kind == "transcript":
                    transcripts.add(entity)
                elif op == "new":
                    found.add(entity)
        for transcript in transcripts:
            voices = connection.execute(
                select(r.target)
                .distinct()
                .select_from(s.ref.join(s.effect, r.effect == f.id))
                .where(f.entity == transcript)
            ).scalars()
            if set(voices) <= dead:
                found.add(transcript)
        todo = found - dead
        dead |= todo
    return dead


def _voices(connection: Connection, dead: set[int]) -> dict[int, set[int]]:
    """Return the numbers of the dead speakers of each living revision, as the registers that name them say.

    A revision whose original holds the words of the dead beside its own has no dead speakers, but is among them: the original goes.
    """
    voices: dict[int, set[int]] = {}
    f = s.effect.c
    for chunk in chunks(sorted(dead)):
        rows = connection.execute(
            select(f.entity, f.registers)
            .select_from(s.ref.join(s.effect, s.ref.c.effect == f.id))
            .where(s.ref.c.target.in_(chunk), or_(f.registers.startswith("speaker."), f.registers == "beside"))
        )
        for revision, registers in rows:
            if revision not in dead:
                names = registers.split(",") if registers != "beside" else []
                voices.setdefault(revision, set()).update(int(name[8:]) for name in names)
    return voices


def _stretches(guids: list[bytes]) -> Iterable[list[bytes]]:
    return (guids[start : start + 500] for start in range(0, len(guids), 500))

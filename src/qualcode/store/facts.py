"""The log as replay sees it: the effects in force of some entities, and which of them are heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, between, select

from qualcode.store import schema as s
from qualcode.store.payloads import decode

__all__ = ["Fact", "Facts", "Order", "Scope", "Span", "among", "chunks"]

T = TypeVar("T")

CHUNK = 500
"""How many ids one ``IN`` asks for."""

Order = tuple[int, bytes, int]
"""Lamport time, sitting and number: the total order of events, the same in every copy."""


@dataclass(frozen=True, slots=True)
class Span:
    """All entities of some kinds whose private ids lie from `first` to `last`."""

    first: int
    last: int
    kinds: frozenset[str]


Scope = Sequence[int] | Span


@dataclass(slots=True)
class Fact:
    """An effect in force. `values` is None once its payload is erased."""

    id: int
    entity: int
    op: str
    registers: tuple[str, ...]
    order: Order
    position: int
    event: int
    coder: int
    round: int | None
    at: int
    values: dict[str, object] | None

    @property
    def event_ref(self) -> str:
        """The lasting name of its event."""
        return f"{self.order[1].hex()}/{self.order[2]}"

    @property
    def ref(self) -> str:
        """Its own lasting name: the event's with its position."""
        return f"{self.event_ref}/{self.position}"


@dataclass(slots=True)
class Facts:
    """The effects in force of the entities loaded so far, and what each replaces."""

    effects: dict[int, list[Fact]] = field(default_factory=dict)
    bases: dict[int, set[int]] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    dead: set[int] = field(default_factory=set)

    def load(self, connection: Connection, scope: Scope) -> None:
        """Read what is in force of the entities in *scope* into memory."""
        if isinstance(scope, Span):
            self._load(connection, scope)
        else:
            for chunk in chunks([entity for entity in scope if entity not in self.kinds]):
                self._load(connection, chunk)

    def _load(self, connection: Connection, scope: Scope) -> None:
        for entity, kind in connection.execute(
            select(s.entity.c.id, s.entity.c.kind).where(_within(scope, s.entity.c.id))
        ):
            self.kinds[entity] = kind
            self.effects[entity] = []
        self.dead.update(
            connection.execute(
                select(s.dead.c.id).select_from(s.dead.join(s.entity)).where(_within(scope, s.dead.c.id))
            ).scalars()
        )
        f, e = s.effect.c, s.event.c
        rows = connection.execute(
            select(
                f.id, f.entity, f.op, f.registers, e.lamport, s.sitting.c.guid, e.seq, f.position, f.event,
                e.coder, e.round, e.at, s.payload.c.format, s.payload.c.body,
            )
            .select_from(s.effect.join(s.event).join(s.sitting).join(s.entity, f.entity == s.entity.c.id).outerjoin(s.payload))
            .where(_within(scope, f.entity), ~e.void)
        )  # fmt: skip
        effects = self.effects
        for id_, entity, op, registers, lamport, sitting, seq, position, event, coder, round_, at, number, body in rows:
            effects[entity].append(
                Fact(
                    id_, entity, op, tuple(registers.split(",")) if registers else (), (lamport, sitting, seq), position,
                    event, coder, round_, at, None if body is None else decode(number, body),
                )
            )  # fmt: skip
        replaced = connection.execute(
            select(s.replaces.c.effect, s.replaces.c.replaced)
            .select_from(
                s.replaces.join(s.effect, s.replaces.c.effect == f.id).join(s.entity, f.entity == s.entity.c.id)
            )
            .where(_within(scope, f.entity))
        )
        for effect, base in replaced:
            self.bases.setdefault(effect, set()).add(base)

    def add(self, fact: Fact, bases: Iterable[int]) -> None:
        """Add an effect that is being written."""
        self.effects.setdefault(fact.entity, []).append(fact)
        if found := set(bases):
            self.bases[fact.id] = found

    def heads(self, entity: int) -> dict[str, list[Fact]]:
        """Return, register by register, the effects in force that none in force replaces."""
        facts = self.effects.get(entity, [])
        if len(facts) == 1:
            return dict.fromkeys(facts[0].registers, facts)
        writers: dict[str, dict[int, Fact]] = {}
        by_id = {fact.id: fact for fact in facts}
        for fact in facts:
            for register in fact.registers:
                writers.setdefault(register, {})[fact.id] = fact
        for fact in facts:
            for base in self.bases.get(fact.id, ()):
                if base in by_id:
                    for register in set(fact.registers).intersection(by_id[base].registers):
                        writers[register].pop(base, None)
        return {register: list(found.values()) for register, found in writers.items()}

    def birth(self, entity: int) -> Fact | None:
        """Return the earliest effect in force that creates *entity*."""
        facts = self.effects[entity]
        if len(facts) == 1:
            return facts[0] if facts[0].op == "new" else None
        return min((fact for fact in facts if fact.op == "new"), key=lambda fact: fact.order, default=None)


def chunks(ids: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield *ids* in lists of at most *size*."""
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk


def among(column: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that *column* is one of *ids*."""
    return column == ids[0] if len(ids) == 1 else column.in_(ids)


def _within(scope: Scope, column: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that the entity in *column* (joined as `entity`) is in *scope*."""
    if isinstance(scope, Span):
        return between(column, scope.first, scope.last) & s.entity.c.kind.in_(sorted(scope.kinds))
    return among(column, scope)

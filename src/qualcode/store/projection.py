"""State tables as a function of the events in force; nothing in them depends on the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from qualcode.store import schema as s
from qualcode.store.codebook_projection import settle_codebook
from qualcode.store.effects import PLACED
from qualcode.store.facts import Facts, Span, chunks
from qualcode.store.lives import Lives
from qualcode.store.moves import put_in_place, settle_current, unnamed_pointers
from qualcode.store.rows import SPECS, Ids
from qualcode.store.turns import describe

__all__ = ["Known", "project", "project_all"]

SPAN = 20_000
"""How many entities a rebuild holds in memory at a time."""

FIRST = frozenset(SPECS) - PLACED


class Known(NamedTuple):
    """What the writer of an event knows already: ids of guids, entities that are new to the tables, whether any entity was ever ended."""

    ids: Mapping[str, int]
    fresh: Set[int]
    ended: bool


UNKNOWN = Known({}, frozenset(), ended=True)


def project(connection: Connection, touched: Iterable[int], facts: Facts | None = None, known: Known = UNKNOWN) -> None:
    """Bring the projection of the entities *touched* up to date; *facts* may already hold what is in force of them."""
    scope = set(touched)
    if known.ended or (facts is not None and any(f.op == "end" for e in scope for f in facts.effects.get(e, ()))):
        scope = _with_ended_targets(connection, scope)
    if not scope:
        return
    facts = facts or Facts()
    facts.load(connection, sorted(scope))
    scope = {entity for entity in scope if facts.kinds.get(entity) in SPECS}
    for chunk in chunks(sorted(scope - known.fresh)):
        for kind in {facts.kinds[entity] for entity in chunk}:
            table = s.KIND_TABLES[kind]
            connection.execute(delete(table).where(table.c.id.in_([e for e in chunk if facts.kinds[e] == kind])))
        c = s.conflict.c
        connection.execute(delete(s.conflict).where(c.entity.in_(chunk), c.kind.not_in(("key", "cycle"))))
    _fold(connection, facts, scope, Ids(connection, known.ids))
    if any(facts.kinds[entity] == "code" for entity in scope):
        settle_codebook(connection)
    if any(facts.kinds[entity] in {"transcript", "revision"} for entity in scope):
        settle_current(connection)


def project_all(connection: Connection) -> None:
    """Make the whole projection anew, a stretch of entities at a time."""
    for table in s.KIND_TABLES.values():
        connection.execute(delete(table))
    connection.execute(delete(s.conflict).where(s.conflict.c.entity != 0))
    last = connection.execute(select(func.max(s.entity.c.id))).scalar() or 0
    ids = Ids(connection)
    for kinds in (
        FIRST,
        PLACED,
    ):  # what is placed asks the revisions for their transcript, and where those that were masked went
        for span in _spans(last, kinds):
            facts = Facts()
            facts.load(connection, span)
            _fold(connection, facts, facts.kinds.keys() & facts.effects.keys(), ids)
    settle_codebook(connection)
    settle_current(connection)


def _spans(last: int, kinds: frozenset[str]) -> Iterator[Span]:
    return (Span(first, min(first + SPAN - 1, last), kinds) for first in range(1, last + 1, SPAN))


def _with_ended_targets(connection: Connection, touched: set[int]) -> set[int]:
    """Return *touched* with the ended entities they refer to: such a one stays while something living refers to it."""
    found, todo = set(touched), set(touched)
    ended = s.effect.alias("ended")
    f, r = s.effect.c, s.ref.c
    while todo:
        targets: set[int] = set()
        for chunk in chunks(todo):
            targets.update(
                connection.execute(
                    select(r.target)
                    .distinct()
                    .select_from(s.ref.join(s.effect, r.effect == f.id))
                    .where(
                        f.entity.in_(chunk),
                        select(ended.c.id).where(ended.c.entity == r.target, ended.c.op == "end").exists(),
                    )
                ).scalars()
            )
        todo = targets - found
        found |= todo
    return found


def _fold(connection: Connection, facts: Facts, entities: Iterable[int], ids: Ids) -> None:
    """Write the rows and conflicts of *entities*, whose facts are loaded."""
    todo = sorted(entities)
    lives = Lives(connection, facts)
    lives.prepare(todo)
    shown: dict[str, list[tuple[int, dict[str, object]]]] = {}
    conflicts: list[dict[str, object]] = []
    for entity in todo:
        kind = facts.kinds[entity]
        if kind not in SPECS:
            continue
        visible, found = lives.life(entity)
        if not visible:
            continue
        values, disagreed = lives.values(entity, kind)
        shown.setdefault(kind, []).append((entity, values))
        conflicts += ({"entity": entity, "event": 0, "kind": k, "detail": d} for k, d in (*found, *disagreed))
    ids.look_up(guid for kind, found_ in shown.items() for _, values in found_ for guid in SPECS[kind].guids(values))
    for kind in sorted(shown, key=lambda name: name in PLACED):
        _write(connection, kind, [SPECS[kind].row(e, v, facts.birth(e), ids) for e, v in shown[kind]])
    if conflicts:
        connection.execute(insert(s.conflict), conflicts)


def _write(connection: Connection, kind: str, rows: list[dict[str, object]]) -> None:
    """Insert the projection *rows* of one kind, with what only other tables know."""
    if kind in PLACED:
        put_in_place(connection, rows)
    if kind == "revision":
        describe(connection, rows)
        unnamed_pointers(connection, rows)
    connection.execute(insert(s.KIND_TABLES[kind]), rows)

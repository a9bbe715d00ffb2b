"""What no single code decides: unique keys, parents without rings, where a merged code leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from qualcode.store import schema as s
from qualcode.store.facts import Fact, Facts, Order
from qualcode.store.lives import detail

__all__ = ["settle_codebook"]

When = tuple[Order, int]
"""An event's place in the total order, and an effect's in its event."""


@dataclass(frozen=True, slots=True)
class _Code:
    """One visible code: its pointers as written, and when it and they were written."""

    guid: str
    key: str | None
    parent: int | None
    merged_into: int | None
    status: str | None
    born: When
    heads: Mapping[str, list[Fact]]
    latest: Mapping[str, When]


def settle_codebook(connection: Connection) -> None:
    """Show unique keys, parents and merged codes' ends; equal keys and rings become conflicts.

    The earlier-created code keeps an equal key, codes in use before those merged away; in a ring of parents or of merged codes
    the latest pointer waits.
    """
    connection.execute(delete(s.conflict).where(s.conflict.c.kind.in_(("key", "cycle"))))
    codes = _load(connection)
    if not codes:
        return
    conflicts: set[tuple[int, str, str]] = set()
    keys = _keys(codes, conflicts)
    parents = _up(codes, "parent", conflicts)
    merged = _up(codes, "status", conflicts)
    rows = []
    for entity in codes:
        end = entity
        while end in merged:
            end = merged[end]
        rows.append({"e": entity, "k": keys[entity], "p": parents.get(entity), "r": end})
    connection.execute(
        update(s.code)
        .where(s.code.c.id == bindparam("e"))
        .values(shown_key=bindparam("k"), shown_parent=bindparam("p"), resolved=bindparam("r")),
        rows,
    )
    if conflicts:
        connection.execute(
            insert(s.conflict), [{"entity": e, "event": 0, "kind": k, "detail": d} for e, k, d in sorted(conflicts)]
        )


def _load(connection: Connection) -> dict[int, _Code]:
    """Return every visible code with its facts."""
    c = s.code.c
    rows = connection.execute(
        select(c.id, s.entity.c.guid, c.key, c.parent, c.merged_into, c.status).join_from(
            s.code, s.entity, c.id == s.entity.c.id
        )
    ).all()
    facts = Facts()
    facts.load(connection, [row.id for row in rows])
    codes = {}
    for id_, guid, key, parent, merged_into, status in rows:
        birth = facts.birth(id_)
        if birth is None:
            continue
        latest: dict[str, When] = {}
        for fact in facts.effects[id_]:
            for register in fact.registers:
                when = (fact.order, fact.position)
                latest[register] = max(latest.get(register, when), when)
        codes[id_] = _Code(
            guid.hex(), key, parent, merged_into, status, (birth.order, birth.position), facts.heads(id_), latest
        )
    return codes


def _keys(codes: Mapping[int, _Code], conflicts: set[tuple[int, str, str]]) -> dict[int, str]:
    """Return the key each code is shown with."""
    raw = {code.key for code in codes.values()}
    taken: dict[str, int] = {}
    for entity, code in sorted(
        codes.items(), key=lambda item: (item[1].merged_into is not None, item[1].born, item[1].guid)
    ):
        key, number = code.key or f"kode-{code.guid[:8]}", 2
        if key in taken:
            if code.merged_into is None:
                facts = [*code.heads.get("key", ()), *codes[taken[key]].heads.get("key", ())]
                conflicts.add((entity, "key", detail(facts)))
            while f"{key}-{number}" in taken or f"{key}-{number}" in raw:
                number += 1
            key = f"{key}-{number}"
        taken[key] = entity
    return {entity: key for key, entity in taken.items()}


def _up(codes: Mapping[int, _Code], register: str, conflicts: set[tuple[int, str, str]]) -> dict[int, int]:
    """Return the pointers of *register* without rings, earliest first: the pointer that would close a ring waits."""
    up: dict[int, int] = {}
    never: When = ((0, b"", 0), 0)
    for entity, code in sorted(codes.items(), key=lambda item: (item[1].latest.get(register, never), item[1].guid)):
        target = code.parent if register == "parent" else code.merged_into
        if target is None or target not in codes:
            continue
        at: int | None = target
        ring = [entity]
        while at is not None and at != entity:
            ring.append(at)
            at = up.get(at)
        if at == entity:
            facts = [fact for member in ring for fact in codes[member].heads.get(register, ())]
            conflicts.add((entity, "cycle", detail(facts)))
        else:
            up[entity] = target
    return up

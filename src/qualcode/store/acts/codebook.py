"""A whole codebook at once: what a file says becomes the study's codebook by difference."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID, uuid5

from sqlalchemy import Connection, select

from qualcode.model import Code, Codebook
from qualcode.store import schema as s
from qualcode.store.acts._ground import changed, entity_row
from qualcode.store.acts.study import study_guid
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log, Writer

__all__ = ["codebook_guid", "put_codebook", "structure_of", "texts_of"]

HEAD = ("name", "title", "title_en", "version", "language", "description")


def put_codebook(log: Log, by: By, codebook: Codebook, *, retire: bool = True) -> EventRef | None:
    """Make *codebook* the study's, by difference and in one event; return it, or None where nothing changes.

    A code is the one with its guid, else the one with its key; new ones are added, and those the codebook lacks are set inactive
    unless *retire* is False. Codes merged away or split stay so. Codings keep their codes.
    """
    with log.writing(by) as writer:
        effects = _head(writer.connection, codebook)
        effects += _codes(writer, codebook, retire)
        return writer.record("codebook", effects) if effects else None


def codebook_guid(connection: Connection) -> str:
    """Return the guid of the study's codebook, the same in every copy of the study."""
    return uuid5(UUID(study_guid(connection)), "codebook").hex


def _head(connection: Connection, codebook: Codebook) -> list[Effect]:
    """Return the effect on the codebook's own fields."""
    guid = codebook_guid(connection)
    row = entity_row(connection, "codebook", guid)
    new: dict[str, object] = {name: getattr(codebook, name) for name in HEAD}
    new["sources"] = list(codebook.sources)
    new["families"] = [asdict(family) for family in codebook.families]
    new["macros"] = dict(codebook.macros)
    if row is None:
        return [Effect("new", "codebook", guid, new)]
    old = dict(row._mapping)
    for name in ("sources", "families", "macros"):
        old[name] = json.loads(old[name]) if old[name] else None
    values = changed(old, new)
    return [Effect("set", "codebook", guid, values)] if values else []


def structure_of(code: Code, parent: str | None, place: float) -> dict[str, object]:
    """Return the registers that say where a code stands; *parent* is a guid."""
    return {
        "key": code.key,
        "parent": parent,
        "place": place,
        "family": code.family,
        "colour": code.colour,
        "origin": code.origin,
        "stage": code.stage,
        "keywords": list(code.keywords),
    }


def texts_of(code: Code) -> dict[str, object]:
    """Return the registers that hold a code's words: they may quote an informant, so they stand in an effect of their own."""
    return {
        "name": code.name,
        "name_en": code.name_en,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "examples": list(code.examples),
        "near_misses": list(code.near_misses),
    }


def _codes(writer: Writer, codebook: Codebook, retire: bool) -> list[Effect]:
    """Return the effects on the codes."""
    connection = writer.connection
    rows = _present(connection)
    by_key = {row["shown_key"]: guid for guid, row in rows.items() if row["status"] not in {"merged", "split"}}
    guids: dict[str, str] = {}
    for code in codebook.codes:
        known = code.guid if code.guid in rows else by_key.get(code.key)
        guids[code.key] = known or code.guid or _fresh(connection, code.key)
    effects: list[Effect] = []
    places = _places([rows[guid]["place"] if (guid := guids[code.key]) in rows else None for code in codebook.codes])
    for place, code in zip(places, codebook.codes, strict=True):
        guid, parent = guids[code.key], guids[code.parent] if code.parent else None
        structure, words = structure_of(code, parent, place), texts_of(code)
        if guid not in rows:
            status = "active" if code.active else "inactive"
            effects.append(Effect("new", "code", guid, structure | {"status": status}, (parent,) if parent else ()))
            effects.append(Effect("set", "code", guid, words))
        else:
            effects += _difference(guid, rows[guid], structure, words, code.active)
    if retire:
        kept = set(guids.values())
        effects += (
            Effect("set", "code", guid, {"status": "inactive"})
            for guid, row in rows.items()
            if guid not in kept and row["status"] == "active"
        )
    return effects


def _places(known: Sequence[object]) -> list[float]:
    """Return a place for each code in order, keeping those *known* where they are in order already; None is a new code.

    Numbering all anew would change every code for one that is added, and conflict with any other copy that moved one.
    """
    kept = [place for place in known if isinstance(place, float)]
    if kept != sorted(set(kept)) or len(kept) != sum(place is not None for place in known):
        return [float(number) for number in range(len(known))]
    places: list[float] = []
    for number, place in enumerate(known):
        if isinstance(place, float):
            places.append(place)
            continue
        before = places[-1] if places else None
        after = next((later for later in known[number:] if isinstance(later, float)), None)
        if after is None:
            places.append(0.0 if before is None else before + 1)
        else:
            places.append(after - 1 if before is None else (before + after) / 2)
    return places


def _difference(
    guid: str, old: Mapping[str, object], structure: Mapping[str, object], words: Mapping[str, object], active: bool
) -> list[Effect]:
    """Return the effects that make the code with *guid* what it should be."""
    effects = []
    if values := changed(old, structure):
        parent = values.get("parent")
        effects.append(Effect("set", "code", guid, values, (parent,) if isinstance(parent, str) else ()))
    if values := changed(old, words):
        effects.append(Effect("set", "code", guid, values))
    status = "active" if active else "inactive"
    if old["status"] in {"active", "inactive"} and old["status"] != status:
        effects.append(Effect("set", "code", guid, {"status": status}))
    return effects


def _present(connection: Connection) -> dict[str, dict[str, object]]:
    """Return the registers of every visible code, by guid, in codebook order; the key is the one shown."""
    rows = connection.execute(
        select(s.code, s.entity.c.guid)
        .join_from(s.code, s.entity, s.code.c.id == s.entity.c.id)
        .order_by(s.code.c.place, s.entity.c.guid)
    ).all()
    guids = {row.id: row.guid.hex() for row in rows}
    found = {}
    for row in rows:
        registers = dict(row._mapping)
        registers["parent"] = guids.get(row.parent)
        for name in ("examples", "near_misses", "keywords"):
            registers[name] = json.loads(registers[name]) if registers[name] else None
        registers["stage"] = registers["stage"] or ""  # codes made before there were stages
        found[row.guid.hex()] = registers
    return found


def _fresh(connection: Connection, key: str) -> str:
    """Return the guid of a new code: for the same key the same in every copy of the study, so that two copies that take up one codebook agree."""
    guid = uuid5(UUID(study_guid(connection)), f"code:{key}").hex
    taken = connection.execute(select(s.entity.c.id).where(s.entity.c.guid == bytes.fromhex(guid))).first()
    return new_guid() if taken else guid

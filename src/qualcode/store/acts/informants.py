"""Informants and their attributes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from qualcode.model import Informant
from qualcode.store.acts._ground import changed, entity_row, require
from qualcode.store.effects import By, Effect, EventRef
from qualcode.store.log import Log

__all__ = ["informant_effects", "put_informants", "require_informants"]


def put_informants(log: Log, by: By, informants: Sequence[Informant]) -> EventRef | None:
    """Add *informants* or bring those with the same guids up to date, in one event; return it, or None where nothing changes.

    Each attribute is a register of its own, so that two people filling in different ones do not conflict. An attribute that is no
    longer there becomes missing (None).
    """
    with log.writing(by) as writer:
        effects = [effect for informant in informants for effect in informant_effects(writer.connection, informant)]
        return writer.record("informant", effects) if effects else None


def require_informants(connection: Connection, guids: Iterable[str], informants: Sequence[Informant] = ()) -> None:
    """Refuse a voice that is nobody's: *guids* must be informants of the study or among those that come in with the event.

    Raises
    ------
    NotFoundError
        If one is neither.
    """
    for guid in set(guids) - {informant.guid for informant in informants}:
        require(connection, "informant", guid)


def informant_effects(connection: Connection, informant: Informant) -> list[Effect]:
    """Return the effects that make the study's informant what *informant* says, if any are needed."""
    row = entity_row(connection, "informant", informant.guid)
    new: dict[str, object] = {"category": informant.category}
    new |= {f"attribute.{name}": value for name, value in informant.attributes.items()}
    if row is None:
        made = Effect("new", "informant", informant.guid, {"id": informant.id})
        return [made, Effect("set", "informant", informant.guid, new)]  # may name someone else: erased alone
    new["id"] = informant.id
    old: dict[str, object] = {"id": row._mapping["short"], "category": row._mapping["category"]}
    old |= {f"attribute.{n}": v for n, v in json.loads(str(row._mapping["attributes"] or "{}")).items()}
    gone: dict[str, object] = {name: None for name, value in old.items() if name not in new and value is not None}
    values = changed(old, new | gone)
    return [Effect("set", "informant", informant.guid, values)] if values else []

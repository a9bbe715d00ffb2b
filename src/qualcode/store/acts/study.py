"""The study itself, who works on it, and in which rounds."""

from __future__ import annotations

from sqlalchemy import Connection, select

from qualcode.errors import N_, ConflictError
from qualcode.model import Study
from qualcode.store import schema as s
from qualcode.store.acts._ground import changed, entity_row, require
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log

__all__ = ["add_coder", "add_round", "edit_coder", "edit_round", "put_study", "study_guid"]

FAMILIES = ("identity", "generalise")
"""Fields of the study that are mappings: each member is a register of its own."""


def study_guid(connection: Connection) -> str:
    """Return the guid of the study, as every copy of it has it."""
    return str(connection.execute(select(s.meta.c.value).where(s.meta.c.key == "study")).scalar_one())


def put_study(log: Log, by: By, study: Study) -> EventRef | None:
    """Write what *study* says of itself, each field a register of its own; return the event, or None where nothing changes.

    The study's guid is the file's: that of *study* is not looked at.
    """
    new: dict[str, object] = {
        "title": study.title,
        "approach": study.approach,
        "informant_label": study.informant_label,
        "segmenter": study.segmenter,
        "simulated": study.simulated,
    }
    with log.writing(by) as writer:
        c = writer.connection
        guid = study_guid(c)
        row = entity_row(c, "study", guid)
        old = _registers(c, guid)
        for family in FAMILIES:
            new |= {f"{family}.{name}": value for name, value in getattr(study, family).items()}
        gone: dict[str, object] = {
            name: "" for name in old if name.partition(".")[0] in FAMILIES and name not in new and old[name]
        }
        values = changed(old if row is not None else {}, new | gone)
        if not values:
            return None
        return writer.record(
            "create" if row is None else "settings", [Effect("new" if row is None else "set", "study", guid, values)]
        )


def _registers(connection: Connection, guid: str) -> dict[str, object]:
    """Return the study's registers as they are shown."""
    import json

    row = entity_row(connection, "study", guid)
    if row is None:
        return {}
    values = {name: value for name, value in row._mapping.items() if name not in {"id", *FAMILIES}}
    for family in FAMILIES:
        written = json.loads(str(row._mapping[family] or "{}"))
        values |= {f"{family}.{name}": value for name, value in written.items()}
    return values


def add_coder(log: Log, by: By, short: str, name: str = "", *, guid: str = "") -> str:
    """Add a coder with the short name *short*; return the guid. A coder may add themselves: then *guid* is ``by.coder``.

    Raises
    ------
    ConflictError
        If a coder of the study has that short name.
    """
    guid = guid or new_guid()
    with log.writing(by) as writer:
        if writer.connection.execute(select(s.coder.c.id).where(s.coder.c.short == short)).first():
            raise ConflictError(N_("there is a coder {name!r} in this study already"), name=short)
        writer.record("coder", [Effect("new", "coder", guid, {"id": short, "name": name})])
    return guid


def edit_coder(log: Log, by: By, coder: str, *, name: str) -> EventRef | None:
    """Change the full name of *coder* (guid)."""
    with log.writing(by) as writer:
        if require(writer.connection, "coder", coder)._mapping["name"] == name:
            return None
        return writer.record("coder", [Effect("set", "coder", coder, {"name": name})])


def add_round(log: Log, by: By, name: str, *, blind: bool = False) -> str:
    """Begin a round called *name*; return its guid.

    Raises
    ------
    ConflictError
        If the study has a round of that name.
    """
    guid = new_guid()
    with log.writing(by) as writer:
        if writer.connection.execute(select(s.round_.c.id).where(s.round_.c.name == name)).first():
            raise ConflictError(N_("there is a round {name!r} in this study already"), name=name)
        writer.record("round", [Effect("new", "round", guid, {"name": name, "blind": blind, "closed": False})])
    return guid


def edit_round(
    log: Log, by: By, round_: str, *, name: str | None = None, blind: bool | None = None, closed: bool | None = None
) -> EventRef | None:
    """Change what is given of the round (guid); closing a blind round lets its coders see each other's work."""
    with log.writing(by) as writer:
        row = require(writer.connection, "round", round_)._mapping
        given = {"name": name, "blind": blind, "closed": closed}
        values = changed(dict(row), {k: v for k, v in given.items() if v is not None})
        return writer.record("edit round", [Effect("set", "round", round_, values)]) if values else None

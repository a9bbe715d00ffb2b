"""What comes in with its codes: codes, codings, readings and notes of an imported coder, and a corrected copy, each in one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select

from qualcode.model import Code, Elicited, Stance
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, Places, changed, entity_row, require
from qualcode.store.acts.codes import _last_place, _new_code
from qualcode.store.acts.codings import NewCoding, chunks_of, coding_effects, removal
from qualcode.store.acts.readings import NewReading
from qualcode.store.effects import By, Effect, EventRef, micros, new_guid
from qualcode.store.log import Log

__all__ = ["Changed", "NewNote", "Standing", "TakenIn", "merged_names", "standing", "take_in"]

Standing = Literal["free", "there", "ended", "undone"]
"""What became of a guid: never used, in the study, taken away by somebody, or undone with the act that made it."""


@dataclass(frozen=True, slots=True)
class NewNote:
    """A memo about something in the study (or in the same event); `coder` and `at` where they are not those of the act."""

    text: str
    about: str
    coder: str = ""
    at: datetime | None = None
    voices: tuple[str, ...] = ()
    guid: str = field(default_factory=new_guid)


@dataclass(frozen=True, slots=True)
class Changed:
    """A coding (guid) that gets another code (key or guid), stance, or other mark; None where it stays."""

    coding: str
    code: str | None = None
    stance: Stance | None = None
    elicited: Elicited | None = None
    uncertain: bool | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one event takes in. Codes name their parents by key, codings their codes; both may be codes of the same event."""

    codes: Sequence[Code] = ()
    codings: Sequence[NewCoding] = ()
    readings: Sequence[NewReading] = ()
    notes: Sequence[NewNote] = ()
    changed: Sequence[Changed] = ()
    removed: Sequence[str] = ()

    def __bool__(self) -> bool:
        return any((self.codes, self.codings, self.readings, self.notes, self.changed, self.removed))


def take_in(log: Log, by: By, coming: TakenIn, *, verb: str = "import codings") -> EventRef | None:
    """Record *coming* in one event, which one undo takes back; return it, or None where there is nothing.

    Raises
    ------
    NotFoundError
        If a transcript, code or coding it names is not in the study.
    InputError
        If a span leaves its text.
    ConflictError
        If the key of a new code is in use, or a code was merged away or split.
    """
    if not coming:
        return None
    with log.writing(by) as writer:
        c = writer.connection
        codes, places = Codes(c), Places(c)
        effects: list[Effect] = []
        for number, code in enumerate(coming.codes):
            codes.require_free(code.key)
            guid = code.guid or new_guid()
            parent = codes[code.parent].guid if code.parent else None
            effects += _new_code(code, guid, parent, _last_place(writer) + 1 + number, ())
            codes.expect(code.key, guid)
        for coding in coming.codings:
            effects += coding_effects(coding, codes, places)
        for reading in coming.readings:
            place = places.of(reading.transcript, reading.span, reading.revision)
            values, refs = _made({"place": list(place.value)}, reading.coder, reading.at)
            effects.append(Effect("new", "reading", reading.guid, values, (*place.refs, *refs)))
        for note in coming.notes:
            values, refs = _made({"text": note.text, "kind": "note", "about": note.about}, note.coder, note.at)
            effects.append(Effect("new", "memo", note.guid, values, (note.about, *refs, *note.voices)))
        for change in coming.changed:
            effects += _changes(c, change, codes)
        for guid in coming.removed:
            require(c, "coding", guid)
        effects += removal(c, "coding", coming.removed)
        return writer.record(verb, effects) if effects else None


def _made(values: dict[str, object], coder: str, at: datetime | None) -> tuple[dict[str, object], tuple[str, ...]]:
    if coder:
        values["coder"] = coder
    if at is not None:
        values["at"] = micros(at)
    return values, (coder,) if coder else ()


def _changes(connection: Connection, change: Changed, codes: Codes) -> Iterable[Effect]:
    row = require(connection, "coding", change.coding)._mapping
    if change.code is not None:
        new = codes.usable(change.code)
        if new.id != row["code"]:
            yield Effect("set", "coding", change.coding, {"code": new.guid}, (new.guid,))
    shown = {"stance": row["stance"] or "", "elicited": row["elicited"] or "", "uncertain": bool(row["uncertain"])}
    marks = {"stance": change.stance, "elicited": change.elicited, "uncertain": change.uncertain}
    given = {name: v if isinstance(v, bool) else v.value for name, v in marks.items() if v is not None}
    if values := changed(shown, given):
        yield Effect("set", "coding", change.coding, values)


def standing(connection: Connection, kind: str, guids: Sequence[str]) -> dict[str, Standing]:
    """Return what became of each of *guids*, which are or would be of entities of *kind*."""
    found: dict[str, Standing] = dict.fromkeys(guids, "free")
    e, f = s.entity.c, s.effect.c
    for some in chunks_of(list(found)):
        known = e.guid.in_([bytes.fromhex(guid) for guid in some])
        rows = connection.execute(
            select(e.guid, func.max(f.op == "end"))
            .select_from(s.entity.outerjoin(s.effect.join(s.event), (f.entity == e.id) & ~s.event.c.void))
            .where(known)
            .group_by(e.guid)
        )
        for guid, ended in rows:
            name = guid.hex()
            there = entity_row(connection, kind, name) is not None
            found[name] = "there" if there else "ended" if ended else "undone"
    return found


def merged_names(connection: Connection) -> Mapping[str, str]:
    """Return the names and keys of codes that were merged away, each with the key of the code it counts as."""
    other = s.code.alias("other")
    rows = connection.execute(
        select(s.code.c.key, s.code.c.name, other.c.shown_key)
        .join_from(s.code, other, other.c.id == s.code.c.resolved)
        .where(s.code.c.id != s.code.c.resolved)
    )
    return {name: target for key, title, target in rows for name in (key, title) if name and target}

"""Codings: adding, changing, moving to another code, removing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from qualcode.model import Elicited, Origin, Span, Stance
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, Places, changed, guids_of, require
from qualcode.store.effects import By, Effect, EventRef, micros, new_guid
from qualcode.store.log import Log

__all__ = ["NewCoding", "add_codings", "coding_effects", "edit_coding", "recode", "removal", "remove_codings"]


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to be made. `transcript`, `revision`, `coder` and `round` are guids; `code` a guid or a shown key.

    `coder`, `round` and `at` are given for imported codings only; otherwise they are those of the act. `guid` is kept where given.
    """

    transcript: str
    span: Span
    code: str
    revision: str = ""
    stance: Stance = Stance.UNMARKED
    elicited: Elicited = Elicited.UNMARKED
    uncertain: bool = False
    memo: str = ""
    origin: Origin = Origin.HUMAN
    version: str = ""
    coder: str = ""
    round: str = ""
    at: datetime | None = None
    guid: str = field(default_factory=new_guid)


def add_codings(log: Log, by: By, codings: Sequence[NewCoding], *, verb: str = "coding") -> tuple[str, ...]:
    """Add *codings* in one event; return their guids.

    Raises
    ------
    NotFoundError
        If a transcript or code is not in the study.
    InputError
        If a span leaves its text.
    ConflictError
        If a code was merged away or split, or a coding with the same guid is there.
    """
    if not codings:
        return ()
    with log.writing(by) as writer:
        codes, places = Codes(writer.connection), Places(writer.connection)
        writer.record(verb, [effect for coding in codings for effect in coding_effects(coding, codes, places)])
    return tuple(coding.guid for coding in codings)


def coding_effects(coding: NewCoding, codes: Codes, places: Places, refs: Iterable[str] = ()) -> list[Effect]:
    """Return the effects that make *coding*: its memo stands in one of its own, so that it can be erased alone."""
    code = codes.usable(coding.code)
    place = places.of(coding.transcript, coding.span, coding.revision)
    values: dict[str, object] = {"place": list(place.value), "code": code.guid}
    if coding.origin != Origin.HUMAN:
        values["origin"] = coding.origin.value
    if coding.stance:
        values["stance"] = coding.stance.value
    if coding.elicited:
        values["elicited"] = coding.elicited.value
    if coding.uncertain:
        values["uncertain"] = True
    if coding.version:
        values["version"] = coding.version
    more = [*place.refs, code.guid, *refs]
    for name, guid in (("coder", coding.coder), ("round", coding.round)):
        if guid:
            values[name] = guid
            more.append(guid)
    if coding.at is not None:
        values["at"] = micros(coding.at)
    effects = [Effect("new", "coding", coding.guid, values, tuple(more))]
    if coding.memo:
        effects.append(Effect("set", "coding", coding.guid, {"memo": coding.memo}))
    return effects


def edit_coding(
    log: Log,
    by: By,
    coding: str,
    *,
    span: Span | None = None,
    code: str | None = None,
    stance: Stance | None = None,
    elicited: Elicited | None = None,
    uncertain: bool | None = None,
    memo: str | None = None,
    verb: str = "edit coding",
) -> EventRef | None:
    """Change what is given of *coding* (guid), in one event; return it, or None where nothing changes.

    A new span is counted in the text that the transcript now has.

    Raises
    ------
    NotFoundError
        If there is no such coding or code.
    InputError
        If the span leaves the text.
    ConflictError
        If the code was merged away or split.
    """
    with log.writing(by) as writer:
        c = writer.connection
        row = require(c, "coding", coding)._mapping
        effects: list[Effect] = []
        if span is not None:
            transcript = guids_of(c, [row["transcript"]])[row["transcript"]]
            place = Places(c).of(transcript, span)
            if list(place.value) != [guids_of(c, [row["revision"]]).get(row["revision"]), row["start"], row["end"]]:
                effects.append(Effect("set", "coding", coding, {"place": list(place.value)}, place.refs))
        if code is not None:
            new = Codes(c).usable(code)
            if new.id != row["code"]:
                effects.append(Effect("set", "coding", coding, {"code": new.guid}, (new.guid,)))
        shown = {"stance": row["stance"] or "", "elicited": row["elicited"] or "", "uncertain": bool(row["uncertain"])}
        marks = {"stance": stance, "elicited": elicited, "uncertain": uncertain}
        given = {name: v if isinstance(v, bool) else v.value for name, v in marks.items() if v is not None}
        values = changed(shown, given)
        if values:
            effects.append(Effect("set", "coding", coding, values))
        if memo is not None and memo != (row["memo"] or ""):
            effects.append(Effect("set", "coding", coding, {"memo": memo}))
        return writer.record(verb, effects) if effects else None


def recode(log: Log, by: By, codings: Sequence[str], code: str) -> EventRef | None:
    """Give all *codings* (guids) the other *code* in one event; return it, or None where nothing changes.

    Raises
    ------
    NotFoundError
        If one of them is not in the study.
    ConflictError
        If the code was merged away or split.
    """
    with log.writing(by) as writer:
        new = Codes(writer.connection).usable(code)
        effects = [
            Effect("set", "coding", guid, {"code": new.guid}, (new.guid,))
            for guid in dict.fromkeys(codings)
            if require(writer.connection, "coding", guid)._mapping["code"] != new.id
        ]
        return writer.record("recode", effects) if effects else None


def remove_codings(log: Log, by: By, codings: Sequence[str], *, verb: str = "uncode") -> EventRef | None:
    """Remove *codings* (guids), with the memos on them and their choice as quotes, in one event; return it.

    Raises
    ------
    NotFoundError
        If one of them is not in the study.
    """
    if not codings:
        return None
    with log.writing(by) as writer:
        for guid in codings:
            require(writer.connection, "coding", guid)
        return writer.record(verb, removal(writer.connection, "coding", codings))


def removal(connection: Connection, kind: str, guids: Sequence[str]) -> list[Effect]:
    """Return the effects that end the entities of *kind* with *guids* and the memos and quotes that are on them."""
    effects = [Effect("end", kind, guid) for guid in dict.fromkeys(guids)]
    e = s.entity.c
    for some in chunks_of(guids):
        on = select(e.id).where(e.guid.in_([bytes.fromhex(guid) for guid in some]))
        for owned, column in ((s.memo, s.memo.c.about), (s.quote, s.quote.c.coding)):
            rows = connection.execute(
                select(e.guid).join_from(owned, s.entity, owned.c.id == e.id).where(column.in_(on)).order_by(e.guid)
            )
            effects += (Effect("end", owned.name, guid.hex()) for (guid,) in rows)
    return effects


def chunks_of(guids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield *guids* in stretches that one query can ask for."""
    return (guids[start : start + 500] for start in range(0, len(guids), 500))

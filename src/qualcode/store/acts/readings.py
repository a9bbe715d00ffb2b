"""Readings: what a coder has read, so that nothing coded inside it means "nothing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qualcode.model import Span
from qualcode.store.acts._ground import Places, require
from qualcode.store.effects import By, Effect, EventRef, micros, new_guid
from qualcode.store.log import Log

__all__ = ["NewReading", "add_readings", "remove_readings"]


@dataclass(frozen=True, slots=True)
class NewReading:
    """A span read. `transcript` and `revision` are guids; `coder`, `round` (guids) and `at` are given for imported ones only."""

    transcript: str
    span: Span
    revision: str = ""
    coder: str = ""
    round: str = ""
    at: datetime | None = None
    guid: str = field(default_factory=new_guid)


def add_readings(log: Log, by: By, readings: Sequence[NewReading]) -> tuple[str, ...]:
    """Add *readings* in one event; return their guids.

    Raises
    ------
    NotFoundError
        If a transcript is not in the study.
    InputError
        If a span leaves its text.
    """
    if not readings:
        return ()
    with log.writing(by) as writer:
        places = Places(writer.connection)
        effects = []
        for reading in readings:
            place = places.of(reading.transcript, reading.span, reading.revision)
            values: dict[str, object] = {"place": list(place.value)}
            people = {name: guid for name, guid in (("coder", reading.coder), ("round", reading.round)) if guid}
            values |= people
            if reading.at is not None:
                values["at"] = micros(reading.at)
            effects.append(Effect("new", "reading", reading.guid, values, (*place.refs, *people.values())))
        writer.record("reading", effects)
    return tuple(reading.guid for reading in readings)


def remove_readings(log: Log, by: By, readings: Sequence[str]) -> EventRef | None:
    """Take *readings* (guids) back in one event.

    Raises
    ------
    NotFoundError
        If one of them is not in the study.
    """
    if not readings:
        return None
    with log.writing(by) as writer:
        for guid in readings:
            require(writer.connection, "reading", guid)
        return writer.record("unread", [Effect("end", "reading", guid) for guid in dict.fromkeys(readings)])

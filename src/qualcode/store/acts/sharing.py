"""What a person decided to keep in sight although it looks like an identifier, and what went out of the study."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model import Span
from qualcode.store.acts._ground import Places, require
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log

__all__ = ["keep", "record_sharing", "unkeep"]


def keep(log: Log, by: By, kind: str, word: str = "", place: tuple[str, Span] | None = None) -> str:
    """Write that *word* (in small letters) is no identifier of *kind* anywhere, or that nothing is at *place*; return the guid.

    *place* is a transcript (guid) and a span of the text it now has; *word* is empty then.

    Raises
    ------
    NotFoundError
        If there is no such transcript.
    InputError
        If the span leaves its text.
    """
    guid = new_guid()
    with log.writing(by) as writer:
        values: dict[str, object] = {"kind": kind, "word": word}
        refs: tuple[str, ...] = ()
        if place is not None:
            at = Places(writer.connection).of(*place)
            values["place"], refs = list(at.value), at.refs
        writer.record("keep", [Effect("new", "kept", guid, values, refs)])
    return guid


def unkeep(log: Log, by: By, guids: Sequence[str]) -> EventRef:
    """Take back what `keep` wrote, in one event; return it.

    Raises
    ------
    NotFoundError
        If one of *guids* is not in the study.
    """
    with log.writing(by) as writer:
        for guid in guids:
            require(writer.connection, "kept", guid)
        return writer.record("keep", [Effect("end", "kept", guid) for guid in guids])


def record_sharing(log: Log, by: By, what: str, name: str, allowed: Sequence[str] = ()) -> EventRef:
    """Write that *what* (``report``, ``export`` …) was made under *name*, a file's or folder's own name without its path.

    *allowed* names the kinds of identifiers and the like that were let through by a person's word.
    """
    with log.writing(by) as writer:
        values: dict[str, object] = {"what": what, "name": name, "allowed": sorted(set(allowed))}
        return writer.record("share", [Effect("new", "sharing", new_guid(), values)])

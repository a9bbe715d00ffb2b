"""Memos on anything: notes, case summaries, what does not fit, cells of a framework matrix."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from qualcode.errors import N_, NotFoundError
from qualcode.store import schema as s
from qualcode.store.acts._ground import GUID, Codes, require
from qualcode.store.acts.codings import removal
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log

__all__ = ["add_memo", "remove_memo", "rewrite_memo"]


def add_memo(
    log: Log,
    by: By,
    text: str,
    *,
    about: str = "",
    kind: str = "note",
    code: str = "",
    voices: Sequence[str] = (),
    guid: str = "",
) -> str:
    """Add a memo; return its guid.

    Parameters
    ----------
    about : str
        Guid of what it is on; empty for the study.
    kind : str
        ``note``, ``summary``, ``tension`` or ``cell``; a cell has a *code* (guid or key) too.
    voices : sequence of str
        Guids of informants whose words it quotes: it is erased with any of them.

    Raises
    ------
    NotFoundError
        If what it is about, or the code, is not in the study.
    """
    guid = guid or new_guid()
    values: dict[str, object] = {"text": text, "kind": kind, "about": about or None}
    refs = [about] if about else []
    with log.writing(by) as writer:
        if about:
            known = (
                select(s.entity.c.id).where(s.entity.c.guid == bytes.fromhex(about)) if GUID.fullmatch(about) else None
            )
            if known is None or writer.connection.execute(known).first() is None:
                raise NotFoundError(N_("what the memo is about is not in this study: {name!r}"), name=about)
        if code:
            found = Codes(writer.connection)[code].guid
            values["code"] = found
            refs.append(found)
        writer.record("memo", [Effect("new", "memo", guid, values, (*refs, *voices))])
    return guid


def rewrite_memo(log: Log, by: By, memo: str, text: str, *, voices: Sequence[str] = ()) -> EventRef | None:
    """Give *memo* (guid) another *text*; return the event, or None where it is the same.

    Raises
    ------
    NotFoundError
        If there is no such memo.
    """
    with log.writing(by) as writer:
        if require(writer.connection, "memo", memo)._mapping["text"] == text:
            return None
        return writer.record("rewrite memo", [Effect("set", "memo", memo, {"text": text}, tuple(voices))])


def remove_memo(log: Log, by: By, memo: str) -> EventRef:
    """Remove *memo* (guid), and any memo on it.

    Raises
    ------
    NotFoundError
        If there is no such memo.
    """
    with log.writing(by) as writer:
        require(writer.connection, "memo", memo)
        return writer.record("remove memo", removal(writer.connection, "memo", [memo]))

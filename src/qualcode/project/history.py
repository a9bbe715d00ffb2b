"""The log in words: names for guids, and before and after in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.errors import shorten
from qualcode.model import Corpus

if TYPE_CHECKING:
    from qualcode.store.file import StudyFile
    from qualcode.store.history import Change, Entry

__all__ = ["log_rows", "words_of"]

SPELLED = 4
"""How many changes of one event are spelled out in its line."""


def log_rows(file: StudyFile, corpus: Corpus, *, n: int | None, coder: str | None) -> list[dict[str, object]]:
    """Return the newest *n* entries of the log, newest first: when (UTC), who, what, before → after, whether undone, why."""
    from qualcode.store.history import log_entries

    names = _names(corpus)
    guid = corpus.coder(coder).guid if coder else None
    with file.reading() as connection:
        entries = log_entries(connection, limit=n, coder=guid)
        turned = {entry.undoes for entry in entries if entry.undoes}
        about = {entry.ref: entry for entry in log_entries(connection, limit=None, changes=SPELLED)} if turned else {}
    return [
        {
            "at": entry.at.isoformat(timespec="seconds"),
            "coder": entry.coder,
            "verb": entry.verb,
            "change": words_of(about[entry.undoes], names) if entry.undoes in about else words_of(entry, names),
            "undone": entry.undone,
            "why": entry.why,
            "event": entry.ref,
        }
        for entry in entries
    ]


def words_of(entry: Entry, names: Mapping[str, str]) -> str:
    """Return what an event did: how many entities of each kind, and the first changes spelled out."""
    counts = ", ".join(f"{SIGNS.get(op, op)}{number} {kind}" for (op, kind), number in (entry.counts or {}).items())
    spelled = [_change(change, names) for change in entry.changes[:SPELLED] if change.register]
    rest = "; …" if len(entry.changes) > SPELLED else ""
    return counts + (f": {'; '.join(spelled)}{rest}" if spelled else "")


SIGNS = {"new": "+", "set": "~", "end": "−"}


def _change(change: Change, names: Mapping[str, str]) -> str:
    if change.erased:
        return f"{change.register} (erased)"
    after = _value(change.after, names)
    if change.before is None:
        return f"{change.register} {after}"
    return f"{change.register} {_value(change.before, names)} → {after}"


def _value(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value) or f"“{shorten(value)}”"
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], int):
        return f"{names.get(value[0], '?')} {value[1]}–{value[2]}"  # a place: revision, start, end
    return shorten(str(value))


def _names(corpus: Corpus) -> dict[str, str]:
    """Return what people call the things that guids stand for."""
    names = {t.guid: t.name for t in corpus.transcripts} | {t.revision: t.name for t in corpus.transcripts}
    names |= {i.guid: i.id for i in corpus.informants}
    names |= {c.guid: c.key for c in corpus.codebook}
    return names | {c.guid: c.id for c in corpus.coders}

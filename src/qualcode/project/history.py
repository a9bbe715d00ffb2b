"""The log in words: names for guids, and before and after in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.errors import N_, shorten
from qualcode.model import Corpus

if TYPE_CHECKING:
    from qualcode.store.file import StudyFile
    from qualcode.store.history import Change, Entry

__all__ = ["VERBS", "log_rows", "words_of"]

SPELLED = 4
"""How many changes of one event are spelled out in its line."""


def log_rows(file: StudyFile, corpus: Corpus, *, n: int | None, coder: str | None) -> list[dict[str, object]]:
    """Return the newest *n* entries of the log, newest first: when (UTC), who, what, before → after, whether undone, why."""
    from qualcode.store.history import log_entries

    guid = corpus.coder(coder).guid if coder else None
    with file.reading() as connection:
        entries = log_entries(connection, limit=n, coder=guid)
        turned = {entry.undoes for entry in entries if entry.undoes}
        about = {entry.ref: entry for entry in log_entries(connection, limit=None, changes=SPELLED)} if turned else {}
    names = _names(corpus, [*entries, *(about[ref] for ref in turned if ref in about)])
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
    said = [change for change in entry.changes if _says_something(change)]
    spelled = [_change(change, names) for change in said[:SPELLED]]
    rest = "; …" if len(said) > SPELLED else ""
    return counts + (f": {'; '.join(spelled)}{rest}" if spelled else "")


VERBS = (
    N_("create"), N_("settings"), N_("coder"), N_("round"), N_("edit round"), N_("codebook"), N_("code"), N_("edit code"),
    N_("rekey"), N_("move"), N_("split"), N_("merge"), N_("retire"), N_("activate"), N_("import"), N_("revise"),
    N_("correct turns"), N_("edit transcript"), N_("informant"), N_("coding"), N_("import codings"), N_("edit coding"),
    N_("recode"), N_("uncode"), N_("reading"), N_("unread"), N_("place again"), N_("memo"), N_("rewrite memo"),
    N_("remove memo"), N_("quote"), N_("relation"), N_("theme"), N_("question"), N_("research question"),
    N_("decide accepted"), N_("decide corrected"), N_("decide rejected"), N_("decide skipped"),
    N_("undo"), N_("redo"), N_("erase"),
)  # fmt: skip
"""What events are called in the log, for translation; a verb that is not here is shown as it is."""

SIGNS = {"new": "+", "set": "~", "end": "−"}


def _change(change: Change, names: Mapping[str, str]) -> str:
    if change.erased:
        return f"{change.register} ✕"
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


def _says_something(change: Change) -> bool:
    """Tell whether the change is worth a word: what began empty or switched off was not decided by anyone."""
    return bool(change.register) and (change.erased or change.before is not None or change.after not in UNSAID)


UNSAID: tuple[object, ...] = (None, "", False, [], {})


def _names(corpus: Corpus, entries: Sequence[Entry]) -> dict[str, str]:
    """Return what people call the things that guids stand for; codings only those that *entries* speak of."""
    names = {t.guid: t.name for t in corpus.transcripts} | {t.revision: t.name for t in corpus.transcripts}
    names |= {i.guid: i.id for i in corpus.informants}
    names |= {c.guid: c.key for c in corpus.codebook}
    names |= {c.guid: c.id for c in corpus.coders}
    spoken = {v for e in entries for c in e.changes for v in (c.before, c.after) if isinstance(v, str) and len(v) == 32}
    if spoken - set(names):
        for coding in corpus.codings:
            if coding.guid in spoken:
                at = corpus.transcript(coding.transcript)
                names[coding.guid] = f"{coding.code} @ {at.name} {coding.span.start}–{coding.span.end}"
    return names

"""The log in words: names for guids, and before and after in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from qualcode.errors import N_, shorten
from qualcode.i18n import utc
from qualcode.model import Coding, Corpus, Decision, Reading, Role

if TYPE_CHECKING:
    from qualcode.store.file import StudyFile
    from qualcode.store.history import Change, Entry

__all__ = ["VERBS", "log_rows", "words_of"]

SPELLED = 4
"""How many changes of one event are spelled out in its line."""


Say = Callable[[str], str]
"""Turns a word of the log into the reader's language."""


def log_rows(
    file: StudyFile, corpus: Corpus, *, n: int | None, coder: str | None, say: Say = str
) -> list[dict[str, object]]:
    """Return the newest *n* entries of the log, newest first: number, when (ISO 8601, UTC), who, what, before → after, whether undone, why."""
    from qualcode.store.history import log_entries

    guid = corpus.coder(coder).guid if coder else None
    with file.reading() as connection:
        entries = log_entries(connection, limit=n, coder=guid)
        turned = {entry.undoes for entry in entries if entry.undoes}
        about = {entry.ref: entry for entry in log_entries(connection, limit=None, changes=SPELLED)} if turned else {}
    names = _names(corpus, [*entries, *(about[ref] for ref in turned if ref in about)])
    return [
        {
            "number": entry.number,
            "at": utc(entry.at),
            "coder": entry.coder,
            "verb": entry.verb,
            "change": words_of(about.get(entry.undoes, entry), names, say),
            "undone": entry.undone,
            "why": entry.why,
            "event": entry.ref,
        }
        for entry in entries
    ]


def words_of(entry: Entry, names: Mapping[str, str], say: Say = str) -> str:
    """Return what an event did: how many entities of each kind, and the first changes spelled out."""
    if entry.verb == "mask":
        return _masked(entry, say)
    if entry.verb == "erase":
        return _erased(entry, say)
    counts = ", ".join(
        f"{SIGNS.get(op, op)}{number} {say(kind.replace('_', ' '))}"
        for (op, kind), number in (entry.counts or {}).items()
    )
    said = [change for change in entry.changes if _says_something(change) and not _is_lost(change, names)]
    spelled = "; ".join(_change(change, names, say) for change in said[:SPELLED])
    rest = "; …" if len(said) > SPELLED else ""
    whose = dict.fromkeys(names[c.guid] for c in entry.changes if c.op == "set" and c.guid in names and not _merges(c))
    if len(whose) == 1 and spelled and not any(change.op == "new" for change in entry.changes):
        spelled = f"{next(iter(whose))}, {spelled}"
    return f"{counts}: {spelled}{rest}" if counts and spelled else counts or spelled + rest


def _erased(entry: Entry, say: Say) -> str:
    """Return how many informants and how many other texts were erased; which ones, nobody can say any more."""
    stones = [str(one) for c in entry.changes if c.kind == "tomb" and isinstance(c.after, list) for one in c.after]
    people, texts = sum("/" not in stone for stone in stones), sum("/" in stone for stone in stones)
    parts = [f"{people} {say(N_('informants who withdrew'))}"] if people else []
    parts += [f"{texts} {say(N_('entries of free text'))}"] if texts else []
    return ", ".join(parts)


def _masked(entry: Entry, say: Say) -> str:
    """Return how many texts a masking gave other words; what they were is gone, and what they are is no news."""
    counts = {kind: number for (op, kind), number in (entry.counts or {}).items() if op == "set"}
    texts = (entry.counts or {}).get(("new", "revision"), 0)
    rest = [
        f"{n} {say(kind.replace('_', ' '))}" for kind, n in counts.items() if kind not in {"transcript", "revision"}
    ]
    return "; ".join([f"{texts} {say('transcript')}", *rest])


def _is_lost(change: Change, names: Mapping[str, str]) -> bool:
    """Tell whether the change speaks of a place in a text that was masked since."""
    place = change.after
    return change.register == "place" and isinstance(place, list) and len(place) == 3 and str(place[0]) not in names


VERBS = (
    N_("create"), N_("settings"), N_("coder"), N_("round"), N_("edit round"), N_("codebook"), N_("code"), N_("edit code"),
    N_("rekey"), N_("move"), N_("group codes"), N_("split"), N_("merge codes"), N_("retire"), N_("activate"), N_("import"), N_("revise"),
    N_("correct turns"), N_("edit transcript"), N_("informant"), N_("consent"), N_("coding"), N_("import codings"), N_("edit coding"),
    N_("recode"), N_("uncode"), N_("reading"), N_("unread"), N_("place again"), N_("memo"), N_("rewrite memo"),
    N_("remove memo"), N_("quote"), N_("relation"), N_("theme"), N_("question"), N_("research question"),
    N_("guide"), N_("question link"), N_("mark elicited"),
    N_("decide accepted"), N_("decide corrected"), N_("decide rejected"), N_("decide skipped"),
    N_("accept rule"), N_("lock rule"), N_("forbid rule"), N_("free rule"), N_("accept group"),
    N_("undo"), N_("redo"), N_("erase"), N_("mask"), N_("keep"), N_("share"),
)  # fmt: skip
"""What events are called in the log, for translation; a verb that is not here is shown as it is."""

SIGNS = {"new": "+", "set": "~", "end": "−"}


REGISTERS = (
    N_("place"), N_("code"), N_("stance"), N_("elicited"), N_("uncertain"), N_("memo"), N_("text"), N_("about"),
    N_("kind"), N_("chosen"), N_("printable"), N_("coding"), N_("verdict"), N_("recipe"), N_("score"),
    N_("evidence"), N_("seconds"), N_("corrected"), N_("name"), N_("key"), N_("definition"), N_("keywords"),
    N_("source"), N_("target"), N_("informant"), N_("worked"), N_("version"), N_("category"), N_("title"),
    N_("revision"), N_("transcript"), N_("reading"), N_("decision"), N_("study"), N_("yes"), N_("no"),
    N_("number"), N_("aspect"), N_("codes"), N_("question"), N_("questions"), N_("research question"),
    N_("rule"), N_("accepted"), N_("locked"), N_("forbidden"),
    N_("present"), N_("denied"), N_("past"), N_("planned"), N_("spontaneous"), N_("prompted"),
    N_("origin"), N_("stage"), N_("status"), N_("language"), N_("description"), N_("segmenter"), N_("informant label"),
    N_("imported"), N_("inductive"), N_("active"), N_("inactive"), N_("merged"), N_("open"), N_("axial"), N_("selective"),
    N_("date"), N_("form"), N_("purposes"), N_("quoting"), N_("until"), N_("withdrawn"),
    N_("written"), N_("recorded"), N_("verbatim"), N_("paraphrase"), N_("none"),
    N_("speaker"), N_("informants"), N_("word"), N_("what"), N_("allowed"), N_("kept"), N_("sharing"), N_("turn"), N_("sentence"), N_("paragraph"), N_("answer"),
)  # fmt: skip
"""What is written in the log, for translation."""


def _change(change: Change, names: Mapping[str, str], say: Say) -> str:
    name = change.register
    for family in ("attribute.", "consent.", "generalise."):
        name = name.removeprefix(family)
    plain = name.replace("_", " ")
    if change.register.startswith("speaker."):
        plain = "speaker"
    if _merges(change):
        return f"{names.get(change.guid, '?')} → {names.get(cast('list[str]', change.after)[1], '?')}"
    register = say(plain) if plain in REGISTERS else name
    if change.erased:
        return f"{register} ✕"
    if _is_words(change.before) and _is_words(change.after) and change.before:
        return f"{register} {_turnover(cast('list[str]', change.before), cast('list[str]', change.after), names, say)}"
    after = _value(change.after, names, say)
    if change.before is None:
        return f"{register} {after}"
    return f"{register} {_value(change.before, names, say)} → {after}"


def _is_words(value: object) -> bool:
    """Tell whether a register holds a list of words, such as rules or examples."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _turnover(before: list[str], after: list[str], names: Mapping[str, str], say: Say) -> str:
    """Return what came into a list and what went out of it: a code may have a hundred rules."""
    came, went = [each for each in after if each not in before], [each for each in before if each not in after]
    if not came and not went:
        return f"{_value(before, names, say)} → {_value(after, names, say)}"  # only their order
    return " ".join(f"{sign}{_value(some, names, say)}" for sign, some in (("+", came), ("−", went)) if some)


def _value(value: object, names: Mapping[str, str], say: Say) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return names.get(value) or (say(value) if value in REGISTERS else f"“{shorten(value)}”")
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], int):
        return names.get(_place(value)) or f"{names.get(value[0], '?')} {value[1]}–{value[2]}"
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and value[1] in tuple(Role):
        return f"{value[0]} = {say(str(value[1]))}"  # a speaker: label, role, informant
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        known = [names.get(each, "" if len(each) == 32 else shorten(each)) for each in value]
        return ", ".join(say(each) if each in REGISTERS else each for each in known if each) or "–"
    return shorten(str(value))


def _merges(change: Change) -> bool:
    """Tell whether the change lets one code count as another: its status is then ``["merged", guid]``."""
    return change.register == "status" and isinstance(change.after, list)


def _says_something(change: Change) -> bool:
    """Tell whether the change is worth a word: what began empty or switched off was not decided by anyone."""
    return (
        bool(change.register)
        and change.kind != "tomb"
        and change.register not in UNREADABLE
        and not (change.register == "place" and isinstance(change.after, float))  # where a code stands in the list
        and (change.erased or change.before is not None or change.after not in UNSAID)
    )


UNREADABLE = frozenset(
    {
        "digest",
        "original",
        "turns",
        "times",
        "masked",
        "stayed",
        "suggestion",
        "codings",
        "families",
        "macros",
        "sources",
    }
)
"""Registers that hold no words, or too many: digests, packed positions, guids of what is derived, rules."""

UNSAID: tuple[object, ...] = (None, "", False, [], {})


def _place(value: Sequence[object]) -> str:
    """Return the name under which a place (revision, start, end) is kept."""
    return f"{value[0]} {value[1]} {value[2]}"


def _names(corpus: Corpus, entries: Sequence[Entry]) -> dict[str, str]:
    """Return what people call the things that guids stand for; codings only those that *entries* speak of."""
    names = {t.guid: t.name for t in corpus.transcripts} | {t.revision: t.name for t in corpus.transcripts}
    earlier = (coding for coding in corpus.codings if not corpus.is_current(coding))
    standing: list[Coding | Reading | Decision] = [*corpus.readings, *corpus.decisions, *earlier]
    for one in standing:
        names.setdefault(one.revision, corpus.transcript(one.transcript).name)
    names |= {i.guid: i.id for i in corpus.informants}
    names |= {c.guid: c.key for c in corpus.codebook} | {m.guid: m.key for m in corpus.codebook.merged}
    names |= {c.guid: c.id for c in corpus.coders}
    names |= {q.guid: q.number for q in corpus.questions} | {q.guid: q.number for q in corpus.research_questions}
    revisions = {t.revision: t for t in corpus.transcripts}
    for value in (v for e in entries for c in e.changes for v in (c.before, c.after)):
        if isinstance(value, list) and len(value) == 3 and isinstance(value[1], int) and value[0] in revisions:
            turn = revisions[value[0]].turn_at(value[1])
            if turn is not None:
                names[_place(value)] = f"{revisions[value[0]].name}:{turn}"
    spoken = {v for e in entries for c in e.changes for v in (c.before, c.after) if isinstance(v, str) and len(v) == 32}
    if spoken - set(names):
        for coding in corpus.codings:
            if coding.guid in spoken:
                at = corpus.transcript(coding.transcript)
                names[coding.guid] = f"{coding.code} @ {at.name} {coding.span.start}–{coding.span.end}"
    return names

"""What a researcher writes beside the codings: memos, chosen quotes, what answers what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, NotFoundError, StateError
from qualcode.model import Coding, Corpus, Quote, Relation, RelationKind, Span, Transcript
from qualcode.model.printable import check_printable

if TYPE_CHECKING:
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["choose_quote", "coding_there", "codings_at", "relate", "thing_meant", "write_memo"]

MEMO_KINDS = ("note", "summary", "tension", "cell")
WORKED = ("", "yes", "no", "partly")


def thing_meant(corpus: Corpus, name: str) -> str:
    """Return the guid of what *name* means: an informant's id, a transcript's name, a code's key, a coding's guid.

    Raises
    ------
    NotFoundError
        With the nearest names, if it means nothing; so, too, if it means two things.
    """
    found = {i.guid for i in corpus.informants if name in {i.id, i.guid}}
    if not found:
        found = {t.guid for t in corpus.transcripts if name in {t.name, t.guid}}
    if not found:
        found = {c.guid for c in corpus.codebook if name in {c.key, c.guid}}
    if not found and len(name) >= 6:
        found = {c.guid for c in corpus.codings if c.guid.startswith(name)}
    if len(found) != 1:
        known = [
            *(i.id for i in corpus.informants),
            *(t.name for t in corpus.transcripts),
            *(c.key for c in corpus.codebook),
        ]
        raise NotFoundError(
            N_("no informant, transcript, code or coding {name!r} in this study"), name=name, known=known
        )
    return found.pop()


def write_memo(log: Log, by: By, corpus: Corpus, text: str, *, about: str, kind: str, code: str) -> str:
    """Write a memo, or rewrite the summary that is there; return its guid."""
    from qualcode.store.acts.memos import add_memo, rewrite_memo

    if not text.strip():
        raise InputError(N_("a memo needs words"))
    if kind not in MEMO_KINDS:
        raise NotFoundError(N_("no kind of memo {name!r}"), name=kind, known=MEMO_KINDS)
    target = thing_meant(corpus, about) if about else ""
    if kind == "summary":
        informants = {informant.guid for informant in corpus.informants}
        if target not in informants:
            raise InputError(N_("a case summary is about an informant"), hint=N_("name one with --about"))
        old = next((m for m in corpus.memos if m.kind == "summary" and m.about == target), None)
        if old is not None:
            rewrite_memo(log, by, old.guid, text)
            return old.guid
    return add_memo(log, by, text, about=target, kind=kind, code=corpus.codebook.code(code).key if code else "")


def choose_quote(log: Log, by: By, corpus: Corpus, coding: Coding, *, chosen: bool, printable: str) -> str:
    """Choose a coding's passage, or take the choice back; return the quote's guid."""
    from qualcode.store.acts.claims import put_quote
    from qualcode.store.effects import new_guid

    if not corpus.is_current(coding):
        raise StateError(N_("the coding stands on an earlier revision; review it first"))
    if printable:
        check_printable(printable, corpus.quote(coding))
    known = next((quote for quote in corpus.quotes if quote.coding == coding.guid), None)
    quote = known or Quote(new_guid(), coding.guid)
    put_quote(log, by, replace(quote, chosen=chosen, printable=printable or quote.printable))
    return quote.guid


def relate(
    log: Log, by: By, corpus: Corpus, source: str, target: str, *, kind: str, informant: str, worked: str, memo: str
) -> str:
    """Say that one code bears on another; return the relation's guid."""
    from qualcode.store.acts.claims import put_relation
    from qualcode.store.effects import new_guid

    if worked not in WORKED:
        raise NotFoundError(N_("{name!r} is none of yes, no, partly"), name=worked, known=WORKED)
    try:
        chosen = RelationKind(kind)
    except ValueError:
        raise NotFoundError(N_("no kind of relation {name!r}"), name=kind, known=list(RelationKind)) from None
    if source == target:
        raise InputError(N_("a code does not bear on itself"))
    relation = Relation(
        new_guid(),
        corpus.codebook.code(source).key,
        corpus.codebook.code(target).key,
        kind=chosen,
        informant=corpus.informant(informant).guid if informant else "",
        worked=worked,
        memo=memo,
    )
    put_relation(log, by, relation)
    return relation.guid


def coding_there(corpus: Corpus, coder: str, transcript: Transcript, span: Span, code: str) -> Coding | None:
    """Return *coder*'s coding of exactly this span with this code, if there is one."""
    for coding in corpus.codings:
        here = coding.transcript == transcript.guid and coding.revision == transcript.revision and coding.span == span
        if here and coding.coder == coder and coding.code == code:
            return coding
    return None


def codings_at(corpus: Corpus, transcript: str, *, turn: int | None, code: str | None, coder: str) -> list[Coding]:
    """Return *coder*'s codings of a transcript, of those in a turn and with a code where given."""
    source = corpus.transcript(transcript)
    within = source.turn(turn).span if turn is not None else None
    key = corpus.codebook.code(code).key if code else None
    return [
        c
        for c in corpus.codings
        if c.transcript == source.guid
        and c.coder == coder
        and (key is None or c.code == key)
        and (within is None or (corpus.is_current(c) and within.overlaps(c.span)))
    ]

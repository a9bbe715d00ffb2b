"""Suggestions for a coder, and what becomes of them when the coder decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, StateError
from qualcode.model import Codings, Corpus, Elicited, Span, Stance, Suggestion, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.store.effects import By
    from qualcode.store.log import Log
    from qualcode.suggesters._index import Index
    from qualcode.suggesters.queue import Order
    from qualcode.suggesters.queue.drawing import Drawn, Passage

__all__ = ["blind_passages", "coded_so", "coding_there", "decide", "mark_read", "require_shared", "suggest", "taught"]


def suggest(
    corpus: Corpus,
    coder: str | None,
    *,
    code: str | None,
    n: int | None,
    recipe: str | None,
    by: Order,
    index: Index,
    earlier: Sequence[Corpus] = (),
) -> Drawn:
    """Return what comes before *coder* next, in the order *by*.

    Raises
    ------
    NotFoundError
        If the code, the recipe or the order is unknown.
    StateError
        If nobody is named while an independent round is open.
    """
    from qualcode.suggesters.queue.drawing import draw

    work = taught(corpus, coder)
    return draw(corpus, work, by=by, code=code, n=n, recipe=recipe, coder=coder, index=index, earlier=earlier)


def taught(corpus: Corpus, coder: str | None) -> Corpus:
    """Return *corpus* with the work that suggestions to *coder* are learnt from.

    One coder's codings must not steer what another is shown: it is their own work alone, until the study's independent rounds
    are closed; then everyone's.

    Raises
    ------
    StateError
        If nobody is named while an independent round is open.
    """
    independent = [one for one in corpus.rounds if one.blind]
    is_open = any(not one.closed for one in independent)
    if coder is None and is_open:
        raise StateError(
            N_("an independent round is open: suggestions are each coder's own"),
            hint=N_("name the coder: coder='rani', --coder rani, or QUALCODE_CODER"),
        )
    if coder is None or (independent and not is_open):
        return corpus
    return corpus.with_(
        codings=Codings(c for c in corpus.codings if c.coder == coder),
        readings=tuple(r for r in corpus.readings if r.coder == coder),
        decisions=tuple(d for d in corpus.decisions if d.coder == coder),
    )


def blind_passages(
    corpus: Corpus,
    coder: str | None,
    *,
    code: str | None,
    n: int,
    by: Order,
    index: Index,
    earlier: Sequence[Corpus] = (),
) -> tuple[Passage, ...]:
    """Return passages for *coder* to decide on before anything is shown."""
    from qualcode.suggesters.queue import drawing

    work = taught(corpus, coder)
    return drawing.blind_passages(corpus, work, n=n, code=code, by=by, coder=coder, index=index, earlier=earlier)


def coding_there(corpus: Corpus, suggestion: Suggestion, coder: str, *, blind: bool) -> str:
    """Return the guid of the coding that a decision on *suggestion* is about: the one it names, or the coder's own, made blind.

    Raises
    ------
    StateError
        If the coding named is another's.
    """
    if suggestion.coding:
        named = next((c for c in corpus.codings if c.guid == suggestion.coding), None)
        if named is not None and named.coder != coder:
            raise StateError(
                N_("this coding is {coder}'s; nobody takes another's codings away"),
                hint=N_("do it as that coder, with --coder"),
                coder=named.coder,
            )
        return suggestion.coding
    if not blind:
        return ""
    own = (
        c
        for c in corpus.codings
        if (c.coder, c.code, c.revision) == (coder, suggestion.code, suggestion.revision)
        and c.span.overlaps(suggestion.span)
    )
    return next((c.guid for c in own), "")


def coded_so(corpus: Corpus, suggestion: Suggestion, coder: str, code: str, span: Span) -> str:
    """Return the guid of the coding by *coder* that a decision would make once more: the same words with the same *code*; "" where there is none."""
    return next(
        (
            c.guid
            for c in corpus.codings
            if (c.coder, c.code, c.revision, c.span) == (coder, code, suggestion.revision, span)
        ),
        "",
    )


def require_shared(corpus: Corpus, earlier: Corpus, *, file: Path) -> None:
    """Refuse an earlier study from which nothing can be learnt for this one.

    Raises
    ------
    InputError
        If the two have no code in common, by key, or nobody has coded there.
    """
    shared = {code.key for code in corpus.codebook.active} & {code.key for code in earlier.codebook.active}
    if not shared:
        raise InputError(
            N_("this study and the earlier one have no code in common"),
            hint=N_("codes are matched by their keys: give both studies the same codebook"),
            file=file,
        )
    if not any(coding.code in shared for coding in earlier.codings):
        raise InputError(
            N_("the earlier study has no codings of the codes that both have: there is nothing to learn from"),
            file=file,
        )


def mark_read(log: Log, by: By, suggestion: Suggestion) -> str:
    """Mark the passage of *suggestion* as read; return the reading's guid."""
    from qualcode.store.acts.readings import NewReading, add_readings

    (guid,) = add_readings(log, by, [NewReading(suggestion.transcript, suggestion.span, suggestion.revision)])
    return guid


def decide(
    log: Log,
    by: By,
    suggestion: Suggestion,
    verdict: Verdict,
    *,
    stance: Stance,
    elicited: Elicited = Elicited.UNMARKED,
    seconds: float | None,
    corrected: str,
    span: Span | None,
    version: str,
    there: str,
    blind: Verdict | None,
    read: bool,
) -> tuple[str, str]:
    """Record a decision, and what it does to codings and readings, in one event; return its guid and the coding's ("" for none).

    Raises
    ------
    InputError
        If the suggestion proposes no code to decide on.
    """
    from qualcode.store.acts.decisions import NewDecision
    from qualcode.store.acts.decisions import decide as record
    from qualcode.suggesters.queue import asked_by

    if not suggestion.code:
        raise InputError(
            N_("this passage is proposed for reading; no code is suggested"), hint=N_("code it, or mark it as read")
        )
    return record(
        log,
        by,
        NewDecision(
            suggestion=suggestion.guid,
            transcript=suggestion.transcript,
            revision=suggestion.revision,
            span=suggestion.span,
            code=suggestion.code,
            verdict=verdict,
            recipe="/".join(filter(None, (suggestion.recipe, asked_by(suggestion.why)))),
            score=suggestion.score,
            evidence="; ".join(str(evidence) for evidence in suggestion.evidence),
            seconds=seconds,
            corrected=corrected,
            corrected_span=span,
            stance=stance,
            elicited=elicited,
            version=version,
            there=there,
            blind=blind,
            read=suggestion.span if read else None,
        ),
    )

"""Suggestions for a coder, and what becomes of them when the coder decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import N_, StateError
from qualcode.model import Codings, Corpus, Elicited, Stance, Suggestion, Verdict

if TYPE_CHECKING:
    from qualcode.store.effects import By
    from qualcode.store.log import Log
    from qualcode.suggesters.queue import Order
    from qualcode.suggesters.queue.drawing import Drawn

__all__ = ["decide", "suggest", "taught"]


def suggest(
    corpus: Corpus, coder: str | None, *, code: str | None, n: int | None, recipe: str | None, by: Order
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

    return draw(corpus, taught(corpus, coder), by=by, code=code, n=n, recipe=recipe, coder=coder)


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
    version: str,
) -> tuple[str, str]:
    """Record a decision, and the coding it makes where it makes one, in one event; return their guids ("" for no coding)."""
    from qualcode.store.acts.decisions import NewDecision
    from qualcode.store.acts.decisions import decide as record

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
            recipe=suggestion.recipe,
            score=suggestion.score,
            evidence="; ".join(str(evidence) for evidence in suggestion.evidence),
            seconds=seconds,
            corrected=corrected,
            stance=stance,
            elicited=elicited,
            version=version,
        ),
    )

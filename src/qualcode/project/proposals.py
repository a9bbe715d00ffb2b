"""Suggestions for a coder, and what becomes of them when the coder decides."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.errors import N_, NotFoundError
from qualcode.model import Codings, Corpus, Elicited, Stance, Suggestion, Verdict

if TYPE_CHECKING:
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["Proposals", "decide", "suggest"]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Suggestions, best first, and for which codes the classifier is silent and why."""

    suggestions: tuple[Suggestion, ...] = ()
    silent: Mapping[str, str] = field(default_factory=dict)


def suggest(corpus: Corpus, coder: str | None, *, code: str | None, n: int | None, recipe: str | None) -> Proposals:
    """Return what the classifier, and where it is silent the rules, suggest to *coder*.

    Raises
    ------
    NotFoundError
        If the code or the recipe is unknown.
    """
    from qualcode import suggesters

    if recipe is not None and recipe not in suggesters.names():
        raise NotFoundError(N_("no suggester called {name!r}"), name=recipe, known=suggesters.names())
    chosen = corpus.codebook.code(code).key if code else None
    skipped = {d.suggestion for d in corpus.decisions if d.verdict is Verdict.SKIPPED and coder in {None, d.coder}}
    wanted = None if n is None else n + len(skipped)  # those skipped come last, and must not crowd out the others
    keys = [chosen] if chosen else [c.key for c in corpus.codebook.active]
    found: list[Suggestion] = []
    silent: dict[str, str] = {}
    if recipe in {None, "classifier"}:
        classifier = suggesters.get("classifier")().fit(_own(corpus, coder))
        silent = {key: classifier.reasons.get(key, "") for key in keys if key in classifier.silent}
        if len(silent) < len(keys):
            found += classifier.suggest(corpus, code=chosen, n=wanted, coder=coder)
    if recipe is None:
        rules = suggesters.get("rules")().fit(corpus)
        for key in silent:
            found += rules.suggest(corpus, code=key, n=wanted, coder=coder)
    elif recipe != "classifier":
        found += suggesters.get(recipe)().fit(corpus).suggest(corpus, code=chosen, n=wanted, coder=coder)
    order = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    # By probability; what has none (rules) follows in the order of the transcripts.
    found.sort(
        key=lambda s: (
            s.guid in skipped,
            -s.score if not math.isnan(s.score) else 1.0,
            order[s.transcript],
            s.span,
            s.code,
        )
    )
    return Proposals(tuple(found[:n]), silent)


def _own(corpus: Corpus, coder: str | None) -> Corpus:
    """Return *corpus* with the work of *coder* alone: one coder's codings must not steer what another is shown."""
    if coder is None:
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

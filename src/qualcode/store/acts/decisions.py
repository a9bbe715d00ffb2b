"""Decisions on suggestions: what a person said of a proposal, with the coding it makes, changes or takes away, in one event."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from qualcode.errors import N_, InputError
from qualcode.model import Elicited, Origin, Span, Stance, Verdict
from qualcode.store.acts._ground import Codes, Places, require
from qualcode.store.acts.codings import NewCoding, coding_effects, removal
from qualcode.store.effects import By, Effect, new_guid
from qualcode.store.log import Log

__all__ = ["Decided", "NewDecision", "decide"]


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be made, with what was shown, so that it stays readable when the suggestion is gone.

    `suggestion`, `transcript` and `revision` are guids; `code` and `corrected` guids or keys. `score` is a probability, nan where there is
    none; `evidence` the reasons as shown; `seconds` how long the person took. A corrected one may have another span, `corrected_span`.
    `there` is the guid of a coding that the person has made already: accepting keeps it as it is, correcting changes it, rejecting takes
    it away. `blind` is what they had decided before the suggestion was shown. With `read`, that span was read, and nothing else is in it.
    """

    suggestion: str
    transcript: str
    span: Span
    code: str
    verdict: Verdict
    revision: str = ""
    recipe: str = ""
    score: float = math.nan
    evidence: str = ""
    seconds: float | None = None
    corrected: str = ""
    corrected_span: Span | None = None
    stance: Stance = Stance.UNMARKED
    elicited: Elicited = Elicited.UNMARKED
    uncertain: bool = False
    memo: str = ""
    version: str = ""
    there: str = ""
    blind: Verdict | None = None
    read: Span | None = None
    guid: str = field(default_factory=new_guid)


class Decided(NamedTuple):
    """Guids of a decision and of the coding it made, changed or kept; empty where there is none."""

    decision: str
    coding: str


def decide(log: Log, by: By, decision: NewDecision) -> Decided:
    """Record *decision*; accepted and corrected ones make a coding in the same event, unless one is there.

    Raises
    ------
    NotFoundError
        If the coding that is said to be there is not.
    InputError
        If a corrected one changes neither code nor span, or the span leaves the text.
    ConflictError
        If the code to code with was merged away or split.
    """
    with log.writing(by) as writer:
        codes, places = Codes(writer.connection), Places(writer.connection)
        place = places.of(decision.transcript, decision.span, decision.revision)
        code = codes[decision.code]
        refs = [*place.refs, code.guid]
        values: dict[str, object] = {
            "suggestion": decision.suggestion,
            "place": list(place.value),
            "code": code.guid,
            "verdict": decision.verdict.value,
            "recipe": decision.recipe,
            "score": None if math.isnan(decision.score) else decision.score,
            "evidence": decision.evidence,
            "seconds": decision.seconds,
        }
        if decision.corrected:
            values["corrected"] = codes[decision.corrected].guid
            refs.append(codes[decision.corrected].guid)
        if decision.blind is not None:
            values["blind"] = decision.blind.value
        effects = [Effect("new", "decision", decision.guid, values, tuple(refs))]
        coding = _coding(decision)
        if decision.there:
            effects += _change(writer.connection, decision, coding, codes, places)
        elif coding is not None:
            effects += coding_effects(coding, codes, places, [decision.guid])
        if decision.read is not None:
            read = places.of(decision.transcript, decision.read, decision.revision)
            effects.append(Effect("new", "reading", new_guid(), {"place": list(read.value)}, read.refs))
        writer.record(f"decide {decision.verdict.value}", effects)
    made = coding.guid if coding else ""
    return Decided(decision.guid, decision.there if decision.there and made else made)


def _change(
    connection: Connection, decision: NewDecision, coding: NewCoding | None, codes: Codes, places: Places
) -> list[Effect]:
    """Return what *decision* does to the coding that is there."""
    require(connection, "coding", decision.there)
    if decision.verdict is Verdict.REJECTED:
        return removal(connection, "coding", [decision.there])
    if decision.verdict is not Verdict.CORRECTED or coding is None:
        return []
    effects = []
    if decision.corrected:
        code = codes.usable(coding.code)
        effects.append(Effect("set", "coding", decision.there, {"code": code.guid}, (code.guid,)))
    if decision.corrected_span:
        place = places.of(coding.transcript, coding.span, coding.revision)
        effects.append(Effect("set", "coding", decision.there, {"place": list(place.value)}, place.refs))
    return effects


def _coding(decision: NewDecision) -> NewCoding | None:
    """Return the coding that *decision* makes, if any."""
    if decision.verdict not in {Verdict.ACCEPTED, Verdict.CORRECTED}:
        return None
    corrected = decision.verdict is Verdict.CORRECTED
    if corrected and not decision.corrected and decision.corrected_span in {None, decision.span}:
        raise InputError(N_("a correction names another code or another span"))
    return NewCoding(
        decision.transcript,
        decision.corrected_span if corrected and decision.corrected_span else decision.span,
        decision.corrected if corrected and decision.corrected else decision.code,
        revision=decision.revision,
        stance=decision.stance,
        elicited=decision.elicited,
        uncertain=decision.uncertain,
        memo=decision.memo,
        origin=Origin.CORRECTED if corrected else Origin.ACCEPTED,
        version=decision.version,
    )

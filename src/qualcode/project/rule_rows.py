"""What rules catch and miss, as rows for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.model import Corpus, Evidence, RuleDecision
    from qualcode.suggesters._units import Unit
    from qualcode.suggesters.patterns import ProposedRule, RuleEffect, Share

__all__ = ["CAUGHT", "MISSED", "decided_row", "effect_row", "passage_row", "passage_rows", "proposal_row", "voices_of"]

CAUGHT = {1: N_("coded so"), 0: N_("not coded so"), -1: N_("not read")}
MISSED = N_("missed")


def effect_row(effect: RuleEffect, number: int | None = None) -> dict[str, object]:
    """Return what a rule does in figures; `number` is its place among the code's rules, from 1, None for all together."""
    return {
        "code": effect.code,
        "number": number,
        "rule": effect.rule,
        "passages": len(effect.catches),
        "informants": effect.informants,
        **_share(effect.precision),
        "undefined": effect.undefined,
        "missed": len(effect.missed),
        "coded": effect.coded,
    }


def proposal_row(proposal: ProposedRule) -> dict[str, object]:
    """Return what speaks for a proposed rule."""
    return {
        "code": proposal.code,
        "rule": proposal.rule,
        "instead_of": proposal.instead_of,
        **_share(proposal.seen),
        "informants": proposal.informants,
        "estimate": round(proposal.estimate, 3),
        "halves_holding": proposal.again.k,
        "halves": proposal.again.n,
        "unseen": None if proposal.unseen is None else round(proposal.unseen, 3),
        "adds": proposal.adds,
        "unread": proposal.unread,
    }


def decided_row(decision: RuleDecision) -> dict[str, object]:
    """Return what somebody decided about a rule."""
    return {
        "code": decision.code,
        "rule": decision.rule,
        "decision": decision.verdict.value,
        "coder": decision.coder,
        "at": decision.at.isoformat(),
        "shown": decision.shown,
    }


def passage_rows(corpus: Corpus, effect: RuleEffect) -> Iterator[dict[str, object]]:
    """Yield the passages that a rule catches, then those coded so that it misses; `marks` are [start, end) in the quote."""
    for catch in effect.catches:
        yield passage_row(corpus, catch.unit, CAUGHT[catch.label], catch.evidence)
    for unit in effect.missed:
        yield passage_row(corpus, unit, MISSED, ())


def voices_of(corpus: Corpus, unit: Unit) -> list[str]:
    """Return the ids of the informants whose words a unit holds; those of its transcript where no turn names one."""
    guids = [t.informant for t in unit.transcript.turns if t.informant and any(p.overlaps(t.span) for p in unit.pieces)]
    return [corpus.informant(guid).id for guid in dict.fromkeys(guids or unit.transcript.informants)]


def passage_row(corpus: Corpus, unit: Unit, known: str, evidence: Iterable[Evidence]) -> dict[str, object]:
    """Return a passage with who says it, the question before it, what is *known* of it, and where *evidence* stands in its words."""
    marks: list[list[int]] = []
    for one in evidence:
        at = 0
        for piece in unit.pieces:
            if one.span is not None and one.source == "answer" and piece.overlaps(one.span):
                start, end = max(one.span.start, piece.start), min(one.span.end, piece.end)
                marks.append([at + start - piece.start, at + end - piece.start])
            at += len(piece) + 1
    return {
        "transcript": unit.transcript.name,
        "turn": unit.transcript.turn_at(unit.pieces[0].start),
        "informants": voices_of(corpus, unit),
        "question": unit.question,
        "known": known,
        "rules": list(dict.fromkeys(one.rule for one in evidence)),
        "quote": unit.text,
        "marks": sorted(marks),
    }


def _share(share: Share) -> dict[str, object]:
    interval = share.interval
    return {
        "coded_so": share.k,
        "read": share.n,
        "precision": None if share.value is None else round(share.value, 3),
        "at_least": None if interval is None else round(interval[0], 3),
        "at_most": None if interval is None else round(interval[1], 3),
    }

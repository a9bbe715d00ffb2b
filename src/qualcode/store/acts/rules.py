"""Decisions on the keyword rules of a code: taken over, to stay as they are, never to be proposed again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from qualcode.model import RuleVerdict
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, require
from qualcode.store.acts.codebook import _present
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log, Writer

__all__ = ["decide_rule", "free_rule"]

VERBS = {
    RuleVerdict.ACCEPTED: "accept rule",
    RuleVerdict.LOCKED: "lock rule",
    RuleVerdict.FORBIDDEN: "forbid rule",
}


def decide_rule(
    log: Log,
    by: By,
    code: str,
    rule: str,
    verdict: RuleVerdict,
    *,
    shown: str = "",
    keywords: Sequence[str] | None = None,
) -> str:
    """Record what a coder decided about *rule* of *code* (guid or key), and the rules that the code then has; return the decision's guid.

    Both stand in one event, so that one undo takes both back. An earlier decision on the same rule of the code ends. Where that says
    the same already and no rule of the code changes, nothing is written.

    Parameters
    ----------
    shown : str
        The figures that the coder saw.
    keywords : sequence of str, optional
        All rules of the code from now on; they stay as they are where it is None.

    Raises
    ------
    NotFoundError
        If there is no such code.
    """
    with log.writing(by) as writer:
        ground = Codes(writer.connection)[code]
        effects: list[Effect] = []
        present = _present(writer.connection)[ground.guid]
        if keywords is not None and list(keywords) != (present["keywords"] or []):
            effects.append(Effect("set", "code", ground.guid, {"keywords": list(keywords)}))
        earlier = _earlier(writer, ground.id, rule)
        if not effects and [said for _, said in earlier] == [verdict.value]:
            return earlier[0][0]
        effects += (Effect("end", "rule_decision", guid) for guid, _ in earlier)
        guid = new_guid()
        values = {"code": ground.guid, "rule": rule, "verdict": verdict.value, "shown": shown}
        effects.append(Effect("new", "rule_decision", guid, values, (ground.guid,)))
        writer.record(VERBS[verdict], effects)
    return guid


def free_rule(log: Log, by: By, decision: str) -> EventRef:
    """Take back a decision on a rule (guid), whoever made it; the code's rules stay.

    Raises
    ------
    NotFoundError
        If there is no such decision.
    """
    with log.writing(by) as writer:
        require(writer.connection, "rule_decision", decision)
        return writer.record("free rule", [Effect("end", "rule_decision", decision)])


def _earlier(writer: Writer, code: int, rule: str) -> list[tuple[str, str]]:
    """Return guid and verdict of what was decided on *rule* of the code with the private id *code*; two copies may each have one."""
    c = s.rule_decision.c
    rows = writer.connection.execute(
        select(s.entity.c.guid, c.verdict)
        .join_from(s.rule_decision, s.entity, c.id == s.entity.c.id)
        .where(c.code == code, c.rule == rule)
        .order_by(s.entity.c.guid)
    )
    return [(guid.hex(), verdict) for guid, verdict in rows]

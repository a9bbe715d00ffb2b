"""What the researcher claims: quotes chosen to print, relations between codes, themes; single questions (`guide` has the whole of them)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from qualcode.model import Question, Quote, Relation, ResearchQuestion, Theme
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, changed, entity_row, guids_of, require
from qualcode.store.acts.codings import removal
from qualcode.store.effects import By, Effect, EventRef, Op, new_guid
from qualcode.store.log import Log

__all__ = [
    "put_question",
    "put_quote",
    "put_relation",
    "put_research_question",
    "put_theme",
    "question_effects",
    "remove_claim",
]


def put_quote(log: Log, by: By, quote: Quote) -> EventRef | None:
    """Write what is to be printed of a coding, or that it is (not) chosen; a quote of that coding is brought up to date.

    Raises
    ------
    NotFoundError
        If the coding is not in the study.
    """
    with log.writing(by) as writer:
        c = writer.connection
        coding = require(c, "coding", quote.coding)
        q = s.quote.c
        present = c.execute(select(q.id).where(q.coding == coding._mapping["id"]).order_by(q.id).limit(1)).scalar()
        guid = guids_of(c, [present]).get(present) if present is not None else None
        values: dict[str, object] = {
            "chosen": quote.chosen,
            "printable": quote.printable,
            "translation": quote.translation,
            "translator": quote.translator,
            "checked": quote.checked,
        }
        if guid is None:
            new = values | {"coding": quote.coding}
            return writer.record("quote", [Effect("new", "quote", quote.guid or new_guid(), new, (quote.coding,))])
        values = changed(dict(require(c, "quote", guid)._mapping), values)
        return writer.record("quote", [Effect("set", "quote", guid, values)]) if values else None


def put_relation(log: Log, by: By, relation: Relation) -> EventRef | None:
    """Write a relation; one with the same guid is brought up to date. `source` and `target` are guids or keys.

    Each coding it rests on is a register of its own: when one is erased, the relation stays.

    Raises
    ------
    NotFoundError
        If a code, the informant or a coding is not in the study.
    """
    with log.writing(by) as writer:
        c = writer.connection
        codes = Codes(c)
        source, target = codes[relation.source], codes[relation.target]
        refs = [source.guid, target.guid]
        if relation.informant:
            require(c, "informant", relation.informant)
            refs.append(relation.informant)
        values: dict[str, object] = {
            "source": source.guid,
            "target": target.guid,
            "kind": relation.kind.value,
            "informant": relation.informant or None,
            "worked": relation.worked,
        }
        row = entity_row(c, "relation", relation.guid)
        old, resting = _relation_registers(c, row._mapping) if row is not None else ({}, set())
        values = changed(old, values)
        effects = []
        if values or row is None:
            effects.append(Effect("new" if row is None else "set", "relation", relation.guid, values, tuple(refs)))
        if relation.memo != (old.get("memo") or ""):
            effects.append(Effect("set", "relation", relation.guid, {"memo": relation.memo}))
        for coding in sorted(set(relation.codings) ^ resting):
            on = coding in relation.codings
            if on:
                require(c, "coding", coding)
            effects.append(Effect("set", "relation", relation.guid, {f"coding.{coding}": on}, (coding,)))
        return writer.record("relation", effects) if effects else None


def _relation_registers(connection: Connection, row: object) -> tuple[dict[str, object], set[str]]:
    """Return the registers of a relation as shown, and the codings it rests on."""
    old = dict(row)  # type: ignore[call-overload]
    guids = guids_of(connection, [old["source"], old["target"], old["informant"]])
    shown = old | {name: guids.get(old[name]) for name in ("source", "target", "informant")}
    return shown, set(json.loads(old["codings"] or "[]"))


def put_theme(log: Log, by: By, theme: Theme) -> EventRef | None:
    """Write a theme; one with the same guid is brought up to date. Its codes are guids or keys."""
    values: dict[str, object] = {"statement": theme.statement, "memo": theme.memo}
    return _put(log, by, "theme", theme.guid, values, theme.codes)


def put_question(log: Log, by: By, question: Question) -> EventRef | None:
    """Write a question of the interview guide; one with the same guid is brought up to date. Its codes are guids or keys."""
    with log.writing(by) as writer:
        effects = question_effects(writer.connection, question, Codes(writer.connection))
        return writer.record("question", effects) if effects else None


def question_effects(connection: Connection, question: Question, codes: Codes) -> list[Effect]:
    """Return the effects that make *question*, or bring the one with its guid up to date; none where nothing changes.

    The research question stands in an effect of its own: one that has ended is not kept by the questions that once served it.
    """
    refs = tuple(codes[code].guid for code in question.codes)
    values: dict[str, object] = {
        "number": question.number,
        "text": question.text,
        "aspect": question.aspect,
        "codes": list(refs),
    }
    row = entity_row(connection, "question", question.guid)
    old = dict(row._mapping) if row is not None else {}
    serves = guids_of(connection, [old.get("research_question")]).get(old.get("research_question") or 0, "")
    if row is not None:
        old["codes"] = json.loads(str(old["codes"] or "[]"))
    new = changed(old, values)
    effects = []
    if new:
        op: Op = "set" if row is not None else "new"
        effects.append(Effect(op, "question", question.guid, new, refs if "codes" in new else ()))
    if question.research_question != serves:
        about = (question.research_question,) if question.research_question else ()
        effects.append(
            Effect("set", "question", question.guid, {"research_question": about[0] if about else None}, about)
        )
    return effects


def put_research_question(log: Log, by: By, question: ResearchQuestion) -> EventRef | None:
    """Write a research question; one with the same guid is brought up to date."""
    return _put(log, by, "research_question", question.guid, {"number": question.number, "text": question.text})


def _put(
    log: Log, by: By, kind: str, guid: str, values: dict[str, object], codes: Sequence[str] | None = None
) -> EventRef | None:
    """Write the entity of *kind* by difference."""
    with log.writing(by) as writer:
        refs: tuple[str, ...] = ()
        if codes is not None:
            known = Codes(writer.connection)
            refs = tuple(known[code].guid for code in codes)
            values = values | {"codes": list(refs)}
        row = entity_row(writer.connection, kind, guid)
        old = dict(row._mapping) if row is not None else {}
        if "codes" in old:
            old["codes"] = json.loads(str(old["codes"] or "[]"))
        new = changed(old, values)
        if not new:
            return None
        effect = Effect("set" if row is not None else "new", kind, guid, new, refs if "codes" in new else ())
        return writer.record(kind.replace("_", " "), [effect])


def remove_claim(log: Log, by: By, kind: str, guid: str) -> EventRef:
    """Remove the quote, relation, theme, research_question or question (*kind*) with *guid*, and the memos on it.

    Raises
    ------
    NotFoundError
        If there is no such thing.
    """
    with log.writing(by) as writer:
        require(writer.connection, kind, guid)
        return writer.record(f"remove {kind.replace('_', ' ')}", removal(writer.connection, kind, [guid]))

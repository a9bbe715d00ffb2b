"""The interview guide as a whole, what turns of the interviewer ask of it by a person's word, and how codings came up."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, select

from qualcode.model import Elicited, Question, ResearchQuestion, Span
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, Places, changed, entity_row, guids_of, require
from qualcode.store.acts.claims import question_effects
from qualcode.store.acts.codings import removal
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log

__all__ = ["mark_elicited", "put_guide", "put_question_link"]


def put_guide(
    log: Log, by: By, questions: Sequence[Question], research_questions: Sequence[ResearchQuestion] = ()
) -> EventRef | None:
    """Make *questions* and *research_questions* the study's guide, in one event; return it, or None where nothing changes.

    Those with a guid of the study are brought up to date, others are new; those of the study that are not among them end, and with
    them the memos on them and what links turns to them. Codes are guids or keys.

    Raises
    ------
    NotFoundError
        If a code is not in the study.
    """
    with log.writing(by) as writer:
        c = writer.connection
        codes = Codes(c)
        effects = [effect for question in research_questions for effect in _research_effects(c, question)]
        effects += [effect for question in questions for effect in question_effects(c, question, codes)]
        ended = sorted(_guids(c, "question") - {question.guid for question in questions})
        effects += _unlinked(c, set(ended))
        effects += removal(c, "question", ended)
        gone = sorted(_guids(c, "research_question") - {question.guid for question in research_questions})
        effects += removal(c, "research_question", gone)
        return writer.record("guide", effects) if effects else None


def _research_effects(connection: Connection, question: ResearchQuestion) -> list[Effect]:
    row = entity_row(connection, "research_question", question.guid)
    old = dict(row._mapping) if row is not None else {}
    new = changed(old, {"number": question.number, "text": question.text})
    return [Effect("new" if row is None else "set", "research_question", question.guid, new)] if new else []


def _guids(connection: Connection, kind: str) -> set[str]:
    ids = connection.execute(select(s.KIND_TABLES[kind].c.id)).scalars()
    return set(guids_of(connection, ids).values())


def _unlinked(connection: Connection, ended: set[str]) -> list[Effect]:
    """Return the effects that take questions about to end out of the links; a link that names no other ends."""
    link, e = s.question_link.c, s.entity.c
    rows = connection.execute(select(e.guid, link.questions).join_from(s.question_link, s.entity, link.id == e.id))
    effects = []
    for raw, stored in rows.all() if ended else ():
        named: list[str] = json.loads(stored or "[]")
        left = [guid for guid in named if guid not in ended]
        if len(left) == len(named):
            continue
        effects.append(
            Effect("set", "question_link", raw.hex(), {"questions": left}, tuple(left))
            if left
            else Effect("end", "question_link", raw.hex())
        )
    return effects


def put_question_link(
    log: Log, by: By, transcript: str, span: Span, questions: Sequence[str] | None
) -> EventRef | None:
    """Write which questions (guids) the turn at *span* of *transcript* (guid) asks: none of them where empty.

    None as *questions* takes back what was written, so that likeness decides again. Return the event, or None where nothing changes.

    Raises
    ------
    NotFoundError
        If the transcript or a question is not in the study.
    InputError
        If the span leaves its text.
    """
    with log.writing(by) as writer:
        c = writer.connection
        place = Places(c).of(transcript, span)
        there = _links_at(c, place.value)
        if questions is None:
            ends = [Effect("end", "question_link", guid) for guid, _ in there]
            return writer.record("question link", ends) if ends else None
        for question in questions:
            require(c, "question", question)
        wanted = list(dict.fromkeys(questions))
        if len(there) == 1 and json.loads(str(there[0][1].questions or "[]")) == wanted:
            return None
        guid = there[0][0] if there else new_guid()
        effects = [] if there else [Effect("new", "question_link", guid, {"place": list(place.value)}, place.refs)]
        effects.append(Effect("set", "question_link", guid, {"questions": wanted}, tuple(wanted)))
        effects += [Effect("end", "question_link", other) for other, _ in there[1:]]
        return writer.record("question link", effects)


def _links_at(connection: Connection, place: tuple[str, int, int]) -> list[tuple[str, Row[tuple[object, ...]]]]:
    """Return guid and row of the links at *place*: more than one where copies of the study were merged."""
    revision, start, end = place
    link, its = s.question_link.c, s.entity.alias("its")
    rows = connection.execute(
        select(s.question_link)
        .join(its, its.c.id == link.revision)
        .where(its.c.guid == bytes.fromhex(revision), link.start == start, link.end == end)
    ).all()
    guids = guids_of(connection, [row.id for row in rows])
    return sorted((guids[row.id], row) for row in rows)


def mark_elicited(log: Log, by: By, codings: Sequence[str], elicited: Elicited) -> EventRef | None:
    """Mark how *codings* (guids) came up, in one event; return it, or None where nothing changes.

    Raises
    ------
    NotFoundError
        If one of them is not in the study.
    """
    with log.writing(by) as writer:
        effects = [
            Effect("set", "coding", guid, {"elicited": elicited.value})
            for guid in dict.fromkeys(codings)
            if (require(writer.connection, "coding", guid)._mapping["elicited"] or "") != elicited.value
        ]
        return writer.record("mark elicited", effects) if effects else None

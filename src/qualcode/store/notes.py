"""What people wrote and asked beside their codings: memos, quotes, relations, themes, and the interview guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Table, select

from qualcode.model import (
    Memo,
    Question,
    QuestionLink,
    Quote,
    Relation,
    RelationKind,
    ResearchQuestion,
    RuleDecision,
    RuleVerdict,
    Span,
    Theme,
)
from qualcode.store import schema
from qualcode.store.effects import from_micros
from qualcode.store.lookups import Lookups, from_json, natural

__all__ = ["Notes"]


class Notes(Lookups):
    """Reads the tables of notes and of the guide."""

    def dated(self, table: Table) -> list[Row[Any]]:
        """Return the rows of *table* in the order they were made, the same in every copy."""
        return sorted(self.rows(table), key=lambda row: (row.at or 0, self.guids[row.id]))

    def rule_decisions(self) -> Iterator[RuleDecision]:
        """Yield what people decided about rules, oldest first: like the codebook, for everyone to see."""
        for row in self.dated(schema.rule_decision):
            if row.code in self.code_keys and row.rule and row.verdict:
                yield RuleDecision(
                    guid=self.guids[row.id],
                    code=self.code_keys[row.code],
                    rule=row.rule,
                    verdict=RuleVerdict(row.verdict),
                    coder=self.coder_id(row.coder),
                    at=from_micros(row.at or 0),
                    shown=row.shown or "",
                )

    def memos(self) -> Iterator[Memo]:
        """Yield the memos, oldest first."""
        memo, entity = schema.memo, schema.entity
        query = select(memo, entity.c.guid).join(entity, entity.c.id == memo.c.about, isouter=True).order_by(memo.c.id)
        for row in sorted(self.connection.execute(query), key=lambda row: (row.at or 0, self.guids[row.id])):
            if row.text is not None and self.shows(row.coder, row.round):
                about = row.guid.hex() if row.guid else ""
                yield Memo(
                    guid=self.guids[row.id],
                    text=row.text,
                    coder=self.coder_id(row.coder),
                    at=from_micros(row.at or 0),
                    about=about,
                    kind=row.kind or "note",
                    code=self.code_keys.get(row.code, ""),
                )

    def quotes(self) -> Iterator[Quote]:
        """Yield the quotes of codings that are shown."""
        quote, coding, entity = schema.quote, schema.coding, schema.entity
        query = (
            select(quote, coding.c.coder, coding.c.round, entity.c.guid)
            .join(coding, coding.c.id == quote.c.coding)
            .join(entity, entity.c.id == coding.c.id)
            .where(coding.c.transcript.is_not(None), coding.c.start.is_not(None))
        )
        for row in sorted(self.connection.execute(query), key=lambda row: self.guids[row.id]):
            if self.shows(row.coder, row.round):
                yield Quote(
                    guid=self.guids[row.id],
                    coding=row.guid.hex(),
                    chosen=row.chosen is not False,
                    printable=row.printable or "",
                    translation=row.translation or "",
                    translator=row.translator or "",
                    checked=bool(row.checked),
                )

    def relations(self) -> Iterator[Relation]:
        """Yield the relations between codes that are in the codebook, each with the codings it rests on that are shown."""
        for row in self.dated(schema.relation):
            if row.source in self.code_keys and row.target in self.code_keys:
                yield Relation(
                    guid=self.guids[row.id],
                    source=self.code_keys[row.source],
                    target=self.code_keys[row.target],
                    kind=RelationKind(row.kind or RelationKind.ANSWERS),
                    informant=self.guids.get(row.informant, ""),
                    worked=row.worked or "",
                    memo=row.memo or "",
                    codings=self.shown(from_json(row.codings, [])),
                )

    def shown(self, guids: list[str]) -> tuple[str, ...]:
        """Return those of the codings' *guids* that are in the study and to be seen."""
        coding, entity = schema.coding, schema.entity
        found = set()
        for chunk in (guids[at : at + 500] for at in range(0, len(guids), 500)):
            query = select(entity.c.guid, coding.c.coder, coding.c.round).join(entity, entity.c.id == coding.c.id)
            query = query.where(coding.c.transcript.is_not(None), coding.c.start.is_not(None))
            for row in self.connection.execute(query.where(entity.c.guid.in_([bytes.fromhex(guid) for guid in chunk]))):
                if self.shows(row.coder, row.round):
                    found.add(row.guid.hex())
        return tuple(guid for guid in guids if guid in found)

    # ---- themes and the guide ----

    def keys(self, stored: str | None) -> tuple[str, ...]:
        """Return the keys of the codes whose guids are *stored* as JSON, each once."""
        guids = from_json(stored, [])
        return tuple(dict.fromkeys(self.keys_by_guid[guid] for guid in guids if guid in self.keys_by_guid))

    def themes(self) -> Iterator[Theme]:
        """Yield the themes, in the order they were made."""
        for row in self.dated(schema.theme):
            yield Theme(self.guids[row.id], row.statement or "", self.keys(row.codes), row.memo or "")

    def research_questions(self) -> Iterator[ResearchQuestion]:
        """Yield the research questions by number."""
        rows = self.dated(schema.research_question)
        for row in sorted(rows, key=lambda row: natural(row.number or "")):
            yield ResearchQuestion(self.guids[row.id], row.number or "", row.text or "")

    def questions(self) -> Iterator[Question]:
        """Yield the guide's questions by number."""
        serving = {row.id for row in self.rows(schema.research_question)}
        for row in sorted(self.dated(schema.question), key=lambda row: natural(row.number or "")):
            yield Question(
                guid=self.guids[row.id],
                number=row.number or "",
                text=row.text or "",
                aspect=row.aspect or "",
                codes=self.keys(row.codes),
                research_question=self.guids[row.research_question] if row.research_question in serving else "",
            )

    def question_links(self) -> Iterator[QuestionLink]:
        """Yield what people said that turns ask, oldest first; a link whose questions have all ended elsewhere says nothing."""
        known = {self.guids[row.id] for row in self.rows(schema.question)}
        transcripts = {number for number, _ in self.transcript_names}
        for row in self.dated(schema.question_link):
            named = from_json(row.questions, None)
            if row.transcript not in transcripts or row.start is None or named is None:
                continue
            asked = tuple(guid for guid in named if guid in known)
            if asked or not named:
                yield QuestionLink(
                    guid=self.guids[row.id],
                    transcript=self.guids[row.transcript],
                    revision=self.guids[row.revision],
                    span=Span(row.start, row.end),
                    questions=asked,
                    coder=self.coder_id(row.coder),
                    at=from_micros(row.at or 0),
                )

"""A study's tables as one immutable `Corpus`, and the narrow reads that need less.

A corpus is read in a few plain SELECTs inside one transaction, so it is one moment of the study. Private ids become guids,
keys and names here, and nowhere else. What erasing or a merge left without a place to stand is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Table, func, select, union

from qualcode.errors import N_, NotFoundError, ProjectFileError, shorten
from qualcode.model import (
    Coder,
    Codings,
    Corpus,
    Decision,
    IdentifierKind,
    Kept,
    Reading,
    Round,
    Sharing,
    Span,
    Study,
    Suggestion,
    Transcript,
    Verdict,
)
from qualcode.store import schema
from qualcode.store.effects import from_micros
from qualcode.store.lookups import from_json
from qualcode.store.notes import Notes
from qualcode.store.suggestions import unpack_evidence

if TYPE_CHECKING:
    from qualcode.store.file import StudyFile

__all__ = ["find_transcript", "load_coders", "load_corpus", "load_rounds", "newest_event", "transcript_names"]

CodingRow = tuple[bytes, str, str, int, int, str, str, int, str, str, str, str, str, bool, str]


def load_corpus(file: StudyFile, *, viewer: str | None = None, coders: Iterable[str] | None = None) -> Corpus:
    """Return everything the study holds, as it is now.

    Parameters
    ----------
    file : StudyFile
        The open study.
    viewer : str, optional
        Id of the coder who looks: in blind rounds that are not closed, only their own work is shown. By default all is.
    coders : iterable of str, optional
        Show the work (codings, readings, decisions, memos) of these coder ids only.

    Returns
    -------
    Corpus
        Transcripts, informants and numbers in their natural order (2 before 10), people's work oldest first: equal for equal
        sets of events, in whichever copy.
    """
    with _sound(file) as connection:
        wanted = None if coders is None else frozenset(coders)
        return _Reader(connection, viewer, wanted, file.remembered).corpus()


def load_coders(file: StudyFile) -> tuple[Coder, ...]:
    """Return the coders of the study, by id."""
    with _sound(file) as connection:
        return _Reader(connection).coders


def load_rounds(file: StudyFile) -> tuple[Round, ...]:
    """Return the rounds of the study, oldest first."""
    with _sound(file) as connection:
        return tuple(_Reader(connection).rounds.values())


def newest_event(file: StudyFile) -> int:
    """Return the private number of the newest event: while it is the same, nobody has changed anything."""
    with file.reading() as connection:
        return connection.execute(select(func.max(schema.event.c.id))).scalar() or 0


def transcript_names(file: StudyFile) -> tuple[str, ...]:
    """Return the names of the transcripts, in corpus order; no text is read."""
    with _sound(file) as connection:
        return tuple(name for _, name in _Reader(connection).transcript_names)


def find_transcript(file: StudyFile, name: str) -> Transcript:
    """Return the transcript with guid or name *name*; the others' texts are not read.

    Raises
    ------
    NotFoundError
        With the nearest names, if there is none.
    """
    with _sound(file) as connection:
        reader = _Reader(connection)
        for number, shown in reader.transcript_names:
            if name in {shown, reader.guids[number]}:
                for transcript in reader.transcripts(only=number):
                    return transcript
        known = [shown for _, shown in reader.transcript_names]
    raise NotFoundError(N_("no transcript {name!r} in this study"), name=name, known=known)


@contextmanager
def _sound(file: StudyFile) -> Iterator[Connection]:
    """Yield a connection for reading; what the tables should not be able to hold is damage, with the way out of it."""
    try:
        with file.reading() as connection:
            yield connection
    except (ValueError, TypeError, LookupError) as error:
        raise ProjectFileError(
            N_("the study's tables hold something that does not fit together ({reason})"),
            hint=N_("make them anew from the log: qualcode check --rebuild"),
            file=file.path,
            reason=shorten(str(error)),
        ) from error


class _Reader(Notes):
    """One reading of everything."""

    def corpus(self) -> Corpus:
        """Return everything that is to be seen."""
        transcripts = tuple(self.transcripts())
        self.texts = {t.revision: t.text for t in transcripts}
        return Corpus(
            study=self.study(),
            transcripts=transcripts,
            informants=self.informants,
            consents=self.consents,
            codebook=self.codebook(),
            coders=self.coders,
            rounds=tuple(round_ for round_ in self.rounds.values()),
            codings=Codings.from_rows(self.coding_rows()),
            readings=tuple(self.readings()),
            memos=tuple(self.memos()),
            suggestions=tuple(self.suggestions()),
            decisions=tuple(self.decisions()),
            rule_decisions=tuple(self.rule_decisions()),
            quotes=tuple(self.quotes()),
            relations=tuple(self.relations()),
            themes=tuple(self.themes()),
            research_questions=tuple(self.research_questions()),
            questions=tuple(self.questions()),
            question_links=tuple(self.question_links()),
            kept=tuple(self.kept()),
            sharings=tuple(self.sharings()),
            earlier_texts=self.earlier_texts(),
        )

    def earlier_texts(self) -> Mapping[str, str]:
        """Return the texts of earlier revisions on which codings, readings or decisions still stand, by guid."""
        current = select(schema.transcript.c.current).where(schema.transcript.c.current.is_not(None))
        text = schema.text_
        stood_on = union(*(select(t.c.revision) for t in (schema.coding, schema.reading, schema.decision)))
        query = select(text.c.revision, text.c.body).where(
            text.c.revision.in_(stood_on), text.c.revision.not_in(current)
        )
        return {self.guids[row.revision]: row.body for row in self.connection.execute(query)}

    # ---- what people decided ----

    def coding_rows(self) -> Iterator[CodingRow]:
        """Yield the codings as `Codings.from_rows` takes them, oldest first."""
        coding, entity = schema.coding, schema.entity
        names = (
            "transcript",
            "revision",
            "start",
            "end",
            "code",
            "coder",
            "at",
            "version",
            "round",
            "origin",
            "stance",
        )
        columns = [coding.c[name] for name in (*names, "elicited", "uncertain", "memo")]
        query = (
            select(entity.c.guid, *columns)
            .join(entity, entity.c.id == coding.c.id)
            .where(coding.c.start.is_not(None), coding.c.end.is_not(None))
            .order_by(coding.c.at, entity.c.guid)
        )
        transcripts = {number: self.guids[number] for number, _ in self.transcript_names}
        guids, codes, coder, round_ = self.guids, self.code_keys, self.coder_id, self.round_name
        visible: dict[tuple[int, int], bool] = {}
        for (
            guid,
            t,
            rev,
            start,
            end,
            c,
            who,
            at,
            version,
            r,
            origin,
            stance,
            asked,
            unsure,
            memo,
        ) in self.connection.execute(query):
            if t not in transcripts or c not in codes or rev not in guids:
                continue
            if (who, r) not in visible:
                visible[who, r] = self.shows(who, r)
            if visible[who, r]:
                yield (
                    *(guid, transcripts[t], guids[rev], start, end, codes[c], coder(who), at or 0),
                    *(version or "", round_(r), origin or "human", stance or "", asked or "", bool(unsure), memo or ""),
                )

    def placed(self, table: Table) -> Iterator[tuple[Row[Any], dict[str, Any]]]:
        """Yield the visible rows of *table* with what every placed thing has."""
        entity = schema.entity
        query = select(table, entity.c.guid).join(entity, entity.c.id == table.c.id).order_by(table.c.at, entity.c.guid)
        transcripts = {number for number, _ in self.transcript_names}
        for row in self.connection.execute(query):
            if row.transcript in transcripts and row.start is not None and self.shows(row.coder, row.round):
                yield (
                    row,
                    {
                        "guid": row.guid.hex(),
                        "transcript": self.guids[row.transcript],
                        "revision": self.guids[row.revision],
                        "span": Span(row.start, row.end),
                        "coder": self.coder_id(row.coder),
                        "at": from_micros(row.at or 0),
                    },
                )

    def readings(self) -> Iterator[Reading]:
        """Yield what was read, oldest first."""
        for row, common in self.placed(schema.reading):
            yield Reading(**common, round=self.round_name(row.round))

    def decisions(self) -> Iterator[Decision]:
        """Yield what people decided about suggestions, oldest first."""
        for row, common in self.placed(schema.decision):
            if row.code in self.code_keys:
                yield Decision(
                    **common,
                    suggestion=row.suggestion.hex() if row.suggestion else "",
                    code=self.code_keys[row.code],
                    verdict=Verdict(row.verdict or Verdict.SKIPPED),
                    recipe=row.recipe or "",
                    score=math.nan if row.score is None else row.score,
                    evidence=row.evidence or "",
                    seconds=row.seconds,
                    corrected=self.code_keys.get(row.corrected, ""),
                    blind=Verdict(row.blind) if row.blind else None,
                )

    # ---- what may be seen, and what went out ----

    def kept(self) -> Iterator[Kept]:
        """Yield what people decided to keep in sight, oldest first: like the codebook, for everyone to see."""
        yield from self._replaced()
        kinds = {str(kind) for kind in IdentifierKind}
        for row in self.dated(schema.kept):
            if row.kind not in kinds:
                continue
            place = None
            if row.revision is not None and row.start is not None:
                place = (self.guids[row.revision], Span(row.start, row.end))
            if row.word or place:
                yield Kept(
                    IdentifierKind(row.kind),
                    row.word or "",
                    place,
                    coder=self.coder_id(row.coder),
                    at=from_micros(row.at or 0),
                    guid=self.guids[row.id],
                )

    def _replaced(self) -> Iterator[Kept]:
        """Yield where words stand in the present texts that replaced others: a pseudonym names nobody."""
        table = schema.revision
        current = select(schema.transcript.c.current)
        query = select(table.c.id, table.c.replaced).where(table.c.replaced.is_not(None), table.c.id.in_(current))
        for row in self.connection.execute(query.order_by(table.c.id)):
            flat = from_json(row.replaced, [])
            for start, length in zip(flat[::2], flat[1::2], strict=True):
                yield Kept(IdentifierKind.PERSON, place=(self.guids[row.id], Span(start, start + length)))

    def sharings(self) -> Iterator[Sharing]:
        """Yield what went out of the study, oldest first."""
        for row in self.dated(schema.sharing):
            yield Sharing(
                self.guids[row.id],
                row.what or "",
                row.name or "",
                tuple(from_json(row.allowed, [])),
                coder=self.coder_id(row.coder),
                at=from_micros(row.at or 0),
            )

    # ---- what the study says of itself ----

    def study(self) -> Study:
        """Return what the study says of itself."""
        meta = schema.meta
        guid = self.connection.execute(select(meta.c.value).where(meta.c.key == "study")).scalar()
        row = self.connection.execute(select(schema.study).order_by(schema.study.c.id)).first()
        if row is None:
            return Study(guid=guid or "")
        return Study(
            guid=guid or "",
            title=row.title or "",
            approach=row.approach or "",
            informant_label=row.informant_label or "informan",
            segmenter=row.segmenter or "turn",
            simulated=bool(row.simulated),
            identity=MappingProxyType({name: value for name, value in from_json(row.identity, {}).items() if value}),
            generalise=MappingProxyType({name: form for name, form in from_json(row.generalise, {}).items() if form}),
        )

    # ---- what a machine proposed ----

    def suggestions(self) -> Iterator[Suggestion]:
        """Yield the suggestions on texts that are current; on another revision the recipe is run again."""
        table = schema.suggestion
        query = select(table).order_by(table.c.transcript, table.c.start, table.c.end, table.c.recipe, table.c.code)
        for row in self.connection.execute(query):
            text = self.texts.get(self.guids.get(row.revision, ""))
            if text is not None and row.code in self.code_keys:
                yield Suggestion(
                    guid=row.guid.hex(),
                    transcript=self.guids[row.transcript],
                    revision=self.guids[row.revision],
                    span=Span(row.start, row.end),
                    code=self.code_keys[row.code],
                    recipe=row.recipe,
                    score=math.nan if row.score is None else row.score,
                    evidence=unpack_evidence(row.evidence),
                    quote=text[row.start : row.end],
                )

"""What the private ids in a study's tables stand for: people, texts and codes, each read once."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from qualcode.model import Code, Codebook, Coder, Consent, Family, Informant, Kind, Merged, Round, Transcript, Turn
from qualcode.store import schema
from qualcode.store.consents import consent_of
from qualcode.store.history import latest_merges
from qualcode.store.turns import unpack

__all__ = ["Lookups", "Remembered", "from_json", "natural"]

DIGITS = re.compile(r"(\d+)")


Remembered = dict[int, tuple[tuple[object, ...], Transcript]]
"""Transcripts made at an earlier reading, by private id, each with what its row said then."""


class Lookups:
    """One moment of the study, as `connection` sees it.

    `viewer` is the id of the coder who looks, `wanted` the ids of the coders whose work is asked for; None for all.
    """

    def __init__(
        self,
        connection: Connection,
        viewer: str | None = None,
        wanted: frozenset[str] | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        self.connection = connection
        self.viewer = viewer
        self.wanted = wanted
        self.remembered = {} if remembered is None else remembered

    # ---- what private ids stand for ----

    def rows(self, table: Table, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """Return the rows of *table* by private id."""
        return self.connection.execute(select(table).where(*where).order_by(table.c.id)).all()

    @cached_property
    def guids(self) -> dict[int, str]:
        """The guid of every entity but the numerous kinds, which are joined where they are read."""
        entity = schema.entity
        few = select(entity.c.id, entity.c.guid).where(entity.c.kind.not_in(["coding", "reading", "decision"]))
        return {number: guid.hex() for number, guid in self.connection.execute(few)}

    @cached_property
    def coder_rows(self) -> dict[int, Coder]:
        """The coders by private id."""
        return {
            row.id: Coder(self.guids[row.id], row.short or self.guids[row.id][:8], row.name or "")
            for row in self.rows(schema.coder)
        }

    @cached_property
    def coders(self) -> tuple[Coder, ...]:
        """The coders by id."""
        return tuple(sorted(self.coder_rows.values(), key=lambda coder: (natural(coder.id), coder.guid)))

    @cached_property
    def rounds(self) -> dict[int, Round]:
        """The rounds by private id, oldest first."""
        rows = sorted(self.rows(schema.round_), key=lambda row: (row.at or 0, self.guids[row.id]))
        return {row.id: Round(self.guids[row.id], row.name or "", bool(row.blind), bool(row.closed)) for row in rows}

    @cached_property
    def hidden_rounds(self) -> frozenset[int]:
        """The rounds in which the viewer sees their own work alone."""
        if self.viewer is None:
            return frozenset()
        return frozenset(number for number, round_ in self.rounds.items() if round_.blind and not round_.closed)

    def shows(self, coder: int | None, round_: int | None) -> bool:
        """Tell whether work of *coder* in *round_* is to be seen."""
        name = self.coder_id(coder)
        if self.wanted is not None and name not in self.wanted:
            return False
        return round_ not in self.hidden_rounds or name == self.viewer

    def coder_id(self, number: int | None) -> str:
        """Return the id of a coder, or what is left of them."""
        coder = self.coder_rows.get(number) if number is not None else None
        return coder.id if coder else (self.guids.get(number or 0, "")[:8] or "?")

    def round_name(self, number: int | None) -> str:
        """Return the name of a round; empty outside rounds."""
        found = self.rounds.get(number) if number is not None else None
        return found.name if found else ""

    # ---- people and texts ----

    @cached_property
    def informants(self) -> tuple[Informant, ...]:
        """The informants by id: 2 before 10."""
        here = self._there
        rows = [row for row in self.rows(schema.informant) if row.id in here or self.guids[row.id] in here]
        rows.sort(key=lambda row: (natural(row.short or ""), self.guids[row.id]))
        names = _distinct([row.short or self.guids[row.id][:8] for row in rows])
        return tuple(
            Informant(self.guids[row.id], name, row.category or "", MappingProxyType(from_json(row.attributes, {})))
            for row, name in zip(rows, names, strict=True)
        )

    @cached_property
    def consents(self) -> tuple[Consent, ...]:
        """What the informants agreed to, in their order; those of whom nothing is recorded are left out."""
        rows = {self.guids[row.id]: row for row in self.rows(schema.informant)}
        found = (consent_of(p.guid, from_json(rows[p.guid].consent, {})) for p in self.informants)
        return tuple(consent for consent in found if not consent.is_empty)

    @cached_property
    def _there(self) -> set[int | str]:
        """Guids and private ids of the informants who are there: whoever has a voice, was put in by hand, or is written about.

        One whom only an earlier reading of a file took for an informant (a role since corrected) stays in the log, and is one again when
        that correction is undone.
        """
        effect, event = schema.effect, schema.event
        by_hand = (
            select(effect.c.entity)
            .join_from(effect, event, effect.c.event == event.c.id)
            .where(event.c.verb == "informant", effect.c.op == "new", ~event.c.void)
        )
        about = select(schema.memo.c.about).where(schema.memo.c.about.is_not(None))
        related = select(schema.relation.c.informant).where(schema.relation.c.informant.is_not(None))
        there: set[int | str] = set(self.connection.execute(by_hand.union(about, related)).scalars())
        for voices in self.connection.execute(select(schema.transcript.c.informants)).scalars():
            there.update(from_json(voices, []))
        everyone = self.connection.execute(select(schema.informant.c.id)).scalars()
        if all(number in there or self.guids[number] in there for number in everyone):
            return there
        transcript, revision = schema.transcript.c, schema.revision.c
        spoken = select(revision.turns, revision.speakers).join_from(
            schema.transcript, schema.revision, revision.id == transcript.current
        )
        for turns, speakers in self.connection.execute(spoken):
            # A speaker keeps a number that no turn bears any more, for whoever takes the correction back.
            bear = {str(number) for number in from_json(turns, [])[2::3]}
            known = from_json(speakers, {}).items()
            there.update(speaker[2] for number, speaker in known if number in bear and speaker and speaker[2])
        return there

    @cached_property
    def transcript_names(self) -> tuple[tuple[int, str], ...]:
        """Private id and shown name of each transcript, in corpus order: 2 before 10."""
        table = schema.transcript
        rows = self.connection.execute(select(table.c.id, table.c.name).where(table.c.current.is_not(None))).all()
        rows = sorted(rows, key=lambda row: (natural(row.name or ""), self.guids[row.id]))
        names = _distinct([row.name or self.guids[row.id][:8] for row in rows])
        return tuple((row.id, name) for row, name in zip(rows, names, strict=True))

    def transcripts(self, only: int | None = None) -> Iterator[Transcript]:
        """Yield the transcripts with the text they now have, one at a time."""
        transcript, revision, text = schema.transcript, schema.revision, schema.text_
        query = (
            select(transcript, revision.c.turns, revision.c.times, revision.c.speakers, revision.c.sha256)
            .join(revision, revision.c.id == transcript.c.current)
            .join(text, text.c.revision == transcript.c.current)
        )
        known = {informant.guid for informant in self.informants}
        for number, name in self.transcript_names:
            if only is not None and number != only:
                continue
            row = self.connection.execute(query.where(transcript.c.id == number)).first()
            if row is None:
                continue
            # What the row says is all that a transcript is made of but for the text, which its SHA-256 stands for.
            said = (name, tuple(row), frozenset(known))
            before = self.remembered.get(number)
            if before is not None and before[0] == said:
                yield before[1]
                continue
            body = self.connection.execute(select(text.c.body).where(text.c.revision == row.current)).scalar_one()
            made = Transcript(
                guid=self.guids[row.id],
                revision=self.guids[row.current],
                name=name,
                text=body,
                kind=Kind(row.kind or Kind.INTERVIEW),
                turns=self.turns(row, known),
                informants=tuple(guid for guid in from_json(row.informants, []) if guid in known),
                language=row.language or "id",
                metadata=MappingProxyType(from_json(row.metadata, {})),
                sha256=row.sha256 or "",
                number=self.revision_numbers.get(row.current, 1),
            )
            self.remembered[number] = (said, made)
            yield made

    def turns(self, row: Row[Any], known: set[str]) -> tuple[Turn, ...]:
        """Return the turns of a revision; of a speaker who is no longer in the study only the turn remains."""
        turns = unpack(from_json(row.turns, []), from_json(row.times, []), from_json(row.speakers, {}))
        return tuple(
            turn if turn.informant is None or turn.informant in known else replace(turn, informant=None)
            for turn in turns
        )

    @cached_property
    def revision_numbers(self) -> dict[int, int]:
        """The number a revision is shown with: how many came before it, and one."""
        table = schema.revision
        prior = {row.id: row.prior for row in self.connection.execute(select(table.c.id, table.c.prior))}
        numbers: dict[int, int] = {}
        for revision in prior:
            chain: list[int] = []
            at: int | None = revision
            while at is not None and at in prior and at not in numbers and at not in chain:
                chain.append(at)
                at = prior[at]
            for known in reversed(chain):
                numbers[known] = numbers.get(prior[known] or 0, 0) + 1
        return numbers

    # ---- the codebook ----

    @cached_property
    def code_rows(self) -> dict[int, Row[Any]]:
        """The rows of the codes by private id."""
        return {row.id: row for row in self.rows(schema.code)}

    @cached_property
    def code_keys(self) -> dict[int, str]:
        """The shown key that a code's codings count for: its own, or that of the code it was merged into."""
        rows = self.code_rows
        return {
            number: rows[row.resolved].shown_key if row.resolved in rows else row.shown_key
            for number, row in rows.items()
            if row.shown_key
        }

    @cached_property
    def keys_by_guid(self) -> dict[str, str]:
        """The shown key that a code's codings count for, by the code's guid."""
        return {self.guids[number]: key for number, key in self.code_keys.items()}

    def codebook(self) -> Codebook:
        """Return the codebook without the codes that were merged away."""
        rows = [row for row in self.code_rows.values() if row.shown_key and row.resolved in {None, row.id}]
        rows.sort(key=lambda row: (math.inf if row.place is None else row.place, row.shown_key))
        head = self.connection.execute(select(schema.codebook).order_by(schema.codebook.c.id)).first()
        families = tuple(Family(**family) for family in from_json(head.families, [])) if head else ()
        codes = tuple(self.code(row) for row in rows)
        # A copy merged in may bring codes of a family that is not in this codebook's list.
        named = {family.key for family in families}
        families += tuple(Family(key, key) for key in sorted({code.family for code in codes} - named - {""}) if named)
        if head is None:
            return Codebook("kosong", codes, merged=self.merged())
        return Codebook(
            name=head.name or "kosong",
            codes=codes,
            families=families,
            version=head.version or "1",
            title=head.title or "",
            title_en=head.title_en or "",
            language=head.language or "id",
            description=head.description or "",
            sources=tuple(from_json(head.sources, [])),
            macros=MappingProxyType(from_json(head.macros, {})),
            merged=self.merged(),
        )

    def merged(self) -> tuple[Merged, ...]:
        """Return what became of the codes that were merged away."""
        away = [row for row in self.code_rows.values() if row.shown_key and row.resolved not in {None, row.id}]
        if not away:
            return ()
        merges = latest_merges(self.connection, [row.id for row in away])
        return tuple(
            Merged(row.shown_key, self.guids[row.id], self.code_keys[row.resolved], *merges[row.id])
            for row in sorted(away, key=lambda row: row.shown_key)
            if row.id in merges and row.resolved in self.code_keys
        )

    def parent(self, row: Row[Any]) -> str | None:
        """Return the key of the code above; none where following a merged code would lead back to this one."""
        at, key, passed = row.shown_parent, None, set[int]()
        while at in self.code_rows and at not in passed:
            passed.add(at)
            above = self.code_rows[at]
            above = self.code_rows.get(above.resolved, above)
            if above.id == row.id:
                return None
            key = key or above.shown_key
            at = above.shown_parent
        return key

    def code(self, row: Row[Any]) -> Code:
        """Return one code."""
        return Code(
            key=row.shown_key,
            name=row.name or "",
            guid=self.guids[row.id],
            name_en=row.name_en or "",
            definition=row.definition or "",
            include=row.include or "",
            exclude=row.exclude or "",
            examples=tuple(from_json(row.examples, [])),
            near_misses=tuple(from_json(row.near_misses, [])),
            keywords=tuple(from_json(row.keywords, [])),
            family=row.family or "",
            parent=self.parent(row),
            colour=row.colour or "",
            origin=row.origin or "a_priori",
            stage=row.stage or "",
            active=row.status in {None, "active"},
        )


def from_json(stored: str | None, default: Any) -> Any:
    """Return what is *stored* as JSON, or *default* where erasing left nothing."""
    return default if stored is None else json.loads(stored)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people do: 2 before 10, capitals beside small letters."""
    parts = DIGITS.split(name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _distinct(names: Sequence[str]) -> list[str]:
    """Return *names* with a number after those that came before: two copies of a study may use one name twice."""
    taken: set[str] = set()
    shown = []
    for name in names:
        n, free = 2, name
        while free in taken or (free != name and free in names):
            free = f"{name} ({n})"
            n += 1
        taken.add(free)
        shown.append(free)
    return shown

"""Copies of a study for the tests of the log: everything a person sees and everything the file holds, in lasting names."""

from __future__ import annotations

import json
import random
import shutil
import uuid
import weakref
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, insert, select

from qualcode.model import Code, Informant, Span, Transcript, Turn, Verdict
from qualcode.model.transcript import Role
from qualcode.store import effects as effects_module
from qualcode.store import log as log_module
from qualcode.store import schema as s
from qualcode.store.acts import (
    codes,
    codings,
    decisions,
    informants,
    masking,
    memos,
    readings,
    revisions,
    study,
    transcripts,
)
from qualcode.store.effects import By
from qualcode.store.engine import make_engine, reading, writing
from qualcode.store.erase import erase, mentions, sweep
from qualcode.store.log import Log
from qualcode.store.merge import merge
from qualcode.store.moves import closed, moved
from qualcode.store.rebuild import rebuild
from qualcode.store.review import review
from qualcode.store.undo import redo, undo
from qualcode.store.verify import verify

DAY = datetime(2026, 1, 1, tzinfo=UTC)
ENTITY_COLUMNS = {
    "coder", "round", "revision", "transcript", "code", "parent", "merged_into", "shown_parent", "resolved", "current",
    "prior", "masked_into", "about", "corrected", "coding", "source", "target", "informant", "research_question",
}  # fmt: skip
PLAIN = {"coder": {"short"}, "round": set(), "codebook": set()}


class Guids:
    """Guids and salts that a test can make again, so that a failing example stays one."""

    def __init__(self) -> None:
        self.random = random.Random(0)

    def uuid4(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def token_bytes(self, count: int) -> bytes:
        return self.random.randbytes(count)

    def install(self) -> Callable[[], None]:
        """Put them in place of chance; return what takes them out again."""
        before = effects_module.uuid4, log_module.secrets
        effects_module.uuid4, log_module.secrets = self.uuid4, self  # type: ignore[assignment]

        def restore() -> None:
            effects_module.uuid4, log_module.secrets = before

        return restore


class Copy:
    """One program's opening of one file of a study."""

    clock = 0

    def __init__(self, path: Path, *, study_guid: str | None = None) -> None:
        self.path = path
        self.engine = make_engine(path)

        @event.listens_for(self.engine, "connect")
        def _fast(connection: Any, record: Any) -> None:
            connection.execute("PRAGMA synchronous = OFF")  # these tests do not cut the power

        if study_guid is not None:
            with writing(self.engine) as c:
                s.metadata.create_all(c)
                c.execute(insert(s.meta), {"key": "study", "value": study_guid})
        self.log = Log(self.engine)
        weakref.finalize(self, self.engine.dispose)  # a copy that a test forgets leaves no open connection

    def close(self) -> None:
        self.engine.dispose()

    def by(self, coder: str) -> By:
        Copy.clock += 1
        return By(coder, DAY + timedelta(seconds=Copy.clock))

    def run(self, query: Any) -> list[Any]:
        with reading(self.engine) as c:
            return list(c.execute(query).all())

    def execute(self, sql: str) -> None:
        """Change the file behind the log's back."""
        raw = self.engine.raw_connection()
        raw.cursor().execute("PRAGMA foreign_keys = OFF")
        raw.cursor().execute(sql)
        raw.close()
        self.engine.dispose()

    def checkpoint(self) -> None:
        raw = self.engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()

    def split(self) -> Copy:
        """Return a copy of the file as it is now."""
        self.checkpoint()
        path = self.path.with_name(f"{uuid.uuid4().hex}.qualcode")
        shutil.copy(self.path, path)
        return Copy(path)

    # ---- what is there ----
    def state(self) -> dict[Any, Any]:
        """Return everything a person sees, in guids."""
        out: dict[Any, Any] = {}
        with reading(self.engine) as c:
            guids = {id_: guid.hex() for id_, guid in c.execute(select(s.entity.c.id, s.entity.c.guid))}
            for kind, table in s.KIND_TABLES.items():
                for row in c.execute(select(table)):
                    out[kind, guids[row.id]] = {
                        name: guids.get(value, value) if name in ENTITY_COLUMNS and isinstance(value, int) else value
                        for name, value in row._mapping.items()
                        if name != "id"
                    }
            events = self._events(c)
            for entity, id_, kind, detail in c.execute(select(s.conflict)):
                out["conflict", guids[entity] if entity else events[id_], kind, detail] = 1
            for revision, body in c.execute(select(s.text_.c.revision, s.text_.c.body)):
                if ("revision", guids[revision]) in out:
                    out["text", guids[revision]] = body
        return out

    def content(self) -> Any:
        """Return what "the same study" means: state, log, and what is to be read again."""
        with reading(self.engine) as c:
            events = self._events(c)
            effects = {
                id_: f"{events[e]}/{k}"
                for id_, e, k in c.execute(select(s.effect.c.id, s.effect.c.event, s.effect.c.position))
            }
            guids = {id_: guid.hex() for id_, guid in c.execute(select(s.entity.c.id, s.entity.c.guid))}
            return (
                self.state(),
                {events[id_]: (h, undone, void) for id_, h, undone, void in c.execute(select(s.event.c.id, s.event.c.hash, s.event.c.undone, s.event.c.void))},
                {effects[effect]: body for effect, body in c.execute(select(s.payload.c.effect, s.payload.c.body))},
                {guids[r]: (salt, body) for r, salt, body in c.execute(select(s.text_))},
                {guids[r]: (salt, body) for r, salt, body in c.execute(select(s.original))},
                sorted(c.execute(select(s.tombstone.c.what)).scalars()),
                sorted(guids[d] for d in c.execute(select(s.dead.c.id)).scalars()),
                review(c),
            )  # fmt: skip

    @staticmethod
    def _events(c: Connection) -> dict[int, str]:
        rows = c.execute(select(s.event.c.id, s.sitting.c.guid, s.event.c.seq).select_from(s.event.join(s.sitting)))
        return {id_: f"{guid.hex()}/{seq}" for id_, guid, seq in rows}

    def events(self) -> int:
        return len(self.run(select(s.event.c.id)))

    def conflicts(self) -> list[str]:
        return sorted(kind for (kind,) in self.run(select(s.conflict.c.kind)))

    def bytes(self) -> bytes:
        found = self.path.read_bytes()
        wal = self.path.with_name(self.path.name + "-wal")
        return found + (wal.read_bytes() if wal.exists() else b"")

    def guids(self, kind: str) -> list[str]:
        table = s.KIND_TABLES[kind]
        rows = self.run(select(s.entity.c.guid).join_from(table, s.entity, table.c.id == s.entity.c.id))
        return sorted(guid.hex() for (guid,) in rows)

    def row(self, kind: str, guid: str) -> dict[str, Any] | None:
        return self.state().get((kind, guid))

    def value(self, kind: str, guid: str, column: str) -> Any:
        row = self.row(kind, guid)
        return row[column] if row is not None else None

    def code_of(self, coding: str) -> str:
        """Return the code that a coding counts for."""
        return str(self.value("code", self.value("coding", coding, "code"), "resolved"))

    def verify(self) -> tuple[Any, ...]:
        with reading(self.engine) as c:
            return verify(c)

    def rebuild(self) -> None:
        with writing(self.engine) as c:
            rebuild(c)

    def merge(self, other: Copy) -> None:
        with writing(self.engine) as c, reading(other.engine) as o:
            merge(c, o)
        sweep(self.engine)

    # ---- acts, by the names of the log's model ----
    def coder(self, short: str) -> str:
        guid = effects_module.new_guid()
        return study.add_coder(self.log, self.by(guid), short, guid=guid)

    def informant(self, coder: str, short: str) -> str:
        guid = effects_module.new_guid()
        informants.put_informants(self.log, self.by(coder), [Informant(guid, short)])
        return guid

    def imports(self, coder: str, documents: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> list[str]:
        """Import (name, lines of (informant guid, words)) in one event; return the transcripts' guids."""
        items = []
        for name, lines in documents:
            text, turns = "", []
            for who, words in lines:
                text += "N: "
                turns.append(Turn(Span(len(text), len(text) + len(words)), "N", Role.INFORMANT, who))
                text += words + "\n"
            guids = effects_module.new_guid(), effects_module.new_guid()
            voices = tuple(dict.fromkeys(who for who, _ in lines))
            transcript = Transcript(*guids, name, text, turns=tuple(turns), informants=voices)
            items.append(transcripts.NewTranscript(transcript, f"{name}.txt", text.encode()))
        transcripts.import_transcripts(self.log, self.by(coder), items)
        return [item.transcript.guid for item in items]

    def turns(self, transcript: str) -> list[tuple[Span, str | None]]:
        """Return span and informant of each turn of the present text."""
        row = self.row("revision", self.value("transcript", transcript, "current"))
        assert row is not None
        from qualcode.store.turns import unpack

        turns = unpack(*(json.loads(row[name] or "null") for name in ("turns", "times", "speakers")))
        return [(turn.span, turn.informant) for turn in turns]

    def text(self, transcript: str) -> str:
        return str(self.state()["text", self.value("transcript", transcript, "current")])

    def revise(self, coder: str, transcript: str, prefix: str) -> str:
        """Put *prefix* before the text; return the new revision."""
        revision = effects_module.new_guid()
        row = self.row("transcript", transcript)
        assert row is not None
        turns = tuple(Turn(span.shifted(len(prefix)), "N", Role.INFORMANT, who) for span, who in self.turns(transcript))
        new = Transcript(
            transcript,
            revision,
            row["name"],
            prefix + self.text(transcript),
            turns=turns,
            informants=tuple(json.loads(row["informants"])),
        )
        revisions.revise_transcript(self.log, self.by(coder), transcripts.NewTranscript(new))
        return revision

    def mask(self, coder: str, transcript: str, word: str, other: str = "[nama]") -> None:
        """Put *other* in the place of *word*, in the text, the name and the labels of the transcript."""
        text, row = self.text(transcript), self.row("transcript", transcript)
        assert row is not None
        pieces = text.split(word)
        blocks, old, new = [], 0, 0
        for piece in pieces:
            if piece:
                blocks.append((old, new, len(piece)))
            old, new = old + len(piece) + len(word), new + len(piece) + len(other)
        ends = closed(blocks, len(text), len(other.join(pieces)))
        turns = []
        for span, who in self.turns(transcript):
            place = moved(ends, span.start, span.end)
            assert place is not None
            turns.append(Turn(Span(*place), "N", Role.INFORMANT, who))
        value = Transcript(
            transcript, effects_module.new_guid(), row["name"].replace(word, other), other.join(pieces), turns=tuple(turns),
            informants=tuple(json.loads(row["informants"])),
        )  # fmt: skip
        item = masking.MaskedItem(transcripts.NewTranscript(value), blocks)
        masking.mask_transcripts(self.log, self.by(coder), [item])

    def code(
        self, coder: str, key: str, parent: str | None = None, *, voices: Sequence[str] = (), name: str = ""
    ) -> str:
        guid = effects_module.new_guid()
        parent = self.value("code", parent, "shown_key") if parent else None
        return codes.add_code(self.log, self.by(coder), Code(key, name or key, guid, parent=parent), voices=voices)

    def rename(self, coder: str, code: str, name: str) -> None:
        codes.edit_code(self.log, self.by(coder), code, {"name": name})

    def rekey(self, coder: str, code: str, key: str) -> None:
        codes.rekey(self.log, self.by(coder), code, key)

    def move(self, coder: str, code: str, parent: str | None) -> None:
        codes.move(self.log, self.by(coder), code, parent)

    def retire(self, coder: str, code: str) -> None:
        codes.retire(self.log, self.by(coder), code)

    def merge_codes(self, coder: str, code: str, into: str) -> None:
        codes.merge_codes(self.log, self.by(coder), code, into)

    def codings_with(self, code: str) -> list[str]:
        return [guid for guid in self.guids("coding") if self.value("coding", guid, "code") == code]

    def split_code(self, coder: str, code: str, keys: Sequence[str]) -> tuple[str, ...]:
        given = {guid: keys[i % len(keys)] for i, guid in enumerate(self.codings_with(code))}
        return codes.split(self.log, self.by(coder), code, [Code(key) for key in keys], given)

    def recode(self, coder: str, code: str, into: str) -> None:
        codings.recode(self.log, self.by(coder), self.codings_with(code), into)

    def place(self, transcript: str, turn: int) -> Span:
        turns = self.turns(transcript)
        return turns[turn % len(turns)][0]

    def add(self, coder: str, transcript: str, turn: int, code: str, memo: str = "") -> str:
        new = codings.NewCoding(transcript, self.place(transcript, turn), code, memo=memo)
        return codings.add_codings(self.log, self.by(coder), [new])[0]

    def remove(self, coder: str, coding: str) -> None:
        codings.remove_codings(self.log, self.by(coder), [coding])

    def respan(self, coder: str, coding: str, shrink: int) -> None:
        row = self.row("coding", coding)
        assert row is not None
        span = Span(row["start"], max(row["start"] + 1, row["end"] - shrink))
        codings.edit_coding(self.log, self.by(coder), coding, span=span)

    def reading(self, coder: str, transcript: str, turn: int) -> None:
        readings.add_readings(self.log, self.by(coder), [readings.NewReading(transcript, self.place(transcript, turn))])

    def decide(self, coder: str, transcript: str, turn: int, code: str, verdict: str, evidence: str) -> None:
        new = decisions.NewDecision(
            effects_module.new_guid(),
            transcript,
            self.place(transcript, turn),
            code,
            Verdict(verdict),
            evidence=evidence,
            memo="ya",
        )
        decisions.decide(self.log, self.by(coder), new)

    def memo(self, coder: str, text: str, about: str = "", voices: Sequence[str] = ()) -> str:
        return memos.add_memo(self.log, self.by(coder), text, about=about, voices=voices)

    def rewrite(self, coder: str, memo: str, text: str, voices: Sequence[str] = ()) -> None:
        memos.rewrite_memo(self.log, self.by(coder), memo, text, voices=voices)

    def undo(self, coder: str) -> None:
        undo(self.log, self.by(coder))

    def redo(self, coder: str) -> None:
        redo(self.log, self.by(coder))

    def erase(self, coder: str, informant: str, *words: str) -> None:
        with reading(self.engine) as c:
            found = mentions(c, words)
        erase(self.log, self.by(coder), [informant], [mention.effect for mention in found])


def both(a: Copy, b: Copy) -> Copy:
    """Merge each copy into the other, hold them against each other, and return the first."""
    b.merge(a)
    a.merge(b)

    assert a.content() == b.content()
    assert a.verify() == ()
    return a

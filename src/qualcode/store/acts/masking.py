"""Masking: a text without names takes the place of one with them, and the one with them leaves the study for good.

The old revision keeps a pointer with the positions of what stayed. Codings and all else that stands on it are shown in the new text
through that pointer, also those that another copy of the study brings later.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, select

from qualcode.errors import N_, ConflictError, InputError, NotFoundError
from qualcode.model import Informant
from qualcode.store import schema as s
from qualcode.store.acts._ground import changed, guids_of, require
from qualcode.store.acts.informants import require_informants
from qualcode.store.acts.revisions import doubtful
from qualcode.store.acts.rewriting import Rewriting, in_words
from qualcode.store.acts.transcripts import (
    NewTranscript,
    replaced_effects,
    revision_effects,
    voices_of,
    whose,
    words_of,
)
from qualcode.store.effects import MASKING, PLACED, By, Effect, EventRef, FixedText, new_guid
from qualcode.store.erase import obey, sweep
from qualcode.store.facts import chunks
from qualcode.store.log import Log
from qualcode.store.moves import Blocks, closed
from qualcode.store.projection import project
from qualcode.store.reanchor import Anchors
from qualcode.store.turns import pack

__all__ = ["MaskedItem", "mask_transcripts"]


@dataclass(frozen=True, slots=True)
class MaskedItem:
    """A transcript of the study as it is after masking, and what of its text stayed: (old start, new start, length), in order.

    `prior` is the revision (guid) that the blocks speak of; where it is given and the transcript has another by now, nothing is masked.
    """

    new: NewTranscript
    blocks: Sequence[tuple[int, int, int]]
    prior: str = ""


def mask_transcripts(
    log: Log,
    by: By,
    items: Sequence[MaskedItem],
    *,
    informants: Sequence[Informant] = (),
    rewrite: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    erase: Sequence[str] = (),
    capital: Collection[str] = (),
) -> EventRef:
    """Put masked texts in the place of those that transcripts have, in one event that is for good; return it.

    What the study held of the earlier texts goes: texts, turns with their labels, original files, file names, names and header fields, and
    what *informants* were called. The bytes are gone when `sweep` has run, which is done here, or at the next opening.

    Parameters
    ----------
    items : sequence of MaskedItem
        Each with the guid of a transcript of the study and a revision of its own; without an original file.
    informants : sequence of Informant
        Informants of the study as they are called from now on.
    rewrite : mapping of str to mapping of str to str
        Free text by the names that `mentions` gives, and what stands there for which words: every earlier version is erased. Rules stay.
    erase : sequence of str
        Free text by such names, to be erased.
    capital : collection of str
        Words in small letters that are names only where they begin with a capital.

    Raises
    ------
    InputError
        If there is nothing to mask, an item brings an original, or its blocks are not what the texts share.
    NotFoundError
        If a transcript, informant or free text is not in the study.
    ConflictError
        If something on an earlier text of a transcript waits for a person to say where it stands.
    """
    if not items and not informants and not rewrite and not erase:
        raise InputError(N_("nothing was named that is to be masked"))
    with log.writing(by) as writer:
        c = writer.connection
        masking = _Masking(c)
        for item in items:
            masking.transcript(item, informants)
        for informant in informants:
            masking.informant(informant)
        for name, words in rewrite.items():
            masking.rewriting.rewrite(name, in_words(words, capital=capital))
        for name in erase:
            masking.rewriting.drop(name)
        stones = sorted({*masking.stones, *masking.rewriting.stones})
        effects = [*masking.effects, *masking.rewriting.effects(), Effect("new", "tomb", new_guid(), {"what": stones})]
        standing = masking.standing()
        ref = writer.record(MASKING, effects, texts=masking.texts)
        project(c, obey(c) | standing)
    sweep(log.engine)
    return ref


class _Masking:
    """Gathers the effects of one act of masking."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._masked: list[int] = []
        self.rewriting = Rewriting(connection)
        self.effects: list[Effect] = []
        self.texts: list[FixedText] = []
        self.stones: list[str] = []

    def transcript(self, item: MaskedItem, informants: Sequence[Informant]) -> None:
        """Mask one transcript."""
        c, new = self._connection, item.new.transcript
        row = require(c, "transcript", new.guid)._mapping
        if item.new.original is not None:
            raise InputError(N_("a masked transcript keeps no original file: {name!r}"), name=new.name)
        if waiting := doubtful(c, new.guid):
            raise ConflictError(
                N_(
                    "{n} passages on an earlier text of transcript {name!r} wait for someone to say where they stand now"
                ),
                hint=N_("put them in their place first, or remove them; then mask"),
                n=len(waiting),
                name=row["name"] or "",
            )
        require_informants(c, voices_of(new.informants, new.turns), informants)
        prior = int(str(row["current"]))
        old = self._text(prior)
        if old is None:
            raise NotFoundError(N_("transcript {name!r} has no text"), name=row["name"] or "")
        before = guids_of(c, [prior])[prior]
        if item.prior not in {"", before}:
            raise ConflictError(
                N_("transcript {name!r} was given another text meanwhile; nothing was masked"),
                hint=N_("look for names in it again"),
                name=row["name"] or "",
            )
        _require_shared(old, new.text, item.blocks, str(row["name"] or ""))
        place: dict[str, object] = {"current": new.revision, "informants": list(new.informants)}
        self.effects.append(Effect("set", "transcript", new.guid, place, whose(new)))
        self.rewriting.put(int(str(row["id"])), words_of(new))
        made, text, _ = revision_effects(new.guid, new.revision, before, new.text, pack(new.turns), item.new.filename)
        self.effects += [*made, *replaced_effects(item.new)]
        self.texts.append(text)
        self._point(prior, new.revision, closed(item.blocks, len(old), len(new.text)))
        self._earlier(int(str(row["id"])), prior, before, old)

    def _earlier(self, transcript: int, prior: int, before: str, old: str) -> None:
        """Let the other texts that the transcript had go too, and point to the one it had last."""
        r = s.revision.c
        others = select(r.id).where(r.transcript == transcript, r.id != prior, r.masked_into.is_(None))
        for revision in self._connection.execute(others.order_by(r.id)).scalars().all():
            text = self._text(revision) or ""
            blocks = Anchors(text, old).blocks if text else ()
            self._point(revision, before, closed(blocks, len(text), len(old)))

    def _point(self, revision: int, into: str, blocks: Blocks) -> None:
        guid = guids_of(self._connection, [revision])[revision]
        self.effects.append(
            Effect("set", "revision", guid, {"masked": [into, [list(block) for block in blocks]]}, (into,))
        )
        self.stones.append(f"masked/{guid}")
        self._masked.append(revision)

    def informant(self, informant: Informant) -> None:
        """Give an informant other words to be called by."""
        row = require(self._connection, "informant", informant.guid)._mapping
        old: dict[str, object] = {"id": row["short"], "category": row["category"]}
        old |= {f"attribute.{n}": v for n, v in json.loads(str(row["attributes"] or "{}")).items()}
        new: dict[str, object] = {"id": informant.id, "category": informant.category}
        new |= {f"attribute.{name}": value for name, value in informant.attributes.items()}
        gone = {name: None for name, value in old.items() if name not in new and value is not None}
        if values := changed(old, new | gone):
            self.rewriting.put(int(str(row["id"])), values)

    def standing(self) -> set[int]:
        """Return what stands on the texts that go: it is shown elsewhere from now on."""
        found: set[int] = set()
        for kind in PLACED:
            table = s.KIND_TABLES[kind]
            for chunk in chunks(self._masked):
                found.update(self._connection.execute(select(table.c.id).where(table.c.revision.in_(chunk))).scalars())
        return found

    def _text(self, revision: int) -> str | None:
        found: str | None = self._connection.execute(
            select(s.text_.c.body).where(s.text_.c.revision == revision)
        ).scalar()
        return found


def _require_shared(old: str, new: str, blocks: Blocks, name: str) -> None:
    """Refuse *blocks* that are not stretches both texts share, in order."""
    at, there = 0, 0
    for start, other, length in blocks:
        if start < at or other < there or old[start : start + length] != new[other : other + length]:
            raise InputError(
                N_("what is said to have stayed of transcript {name!r} is not what both texts hold"), name=name
            )
        at, there = start + length, other + length
    if at > len(old) or there > len(new):
        raise InputError(
            N_("what is said to have stayed of transcript {name!r} is not what both texts hold"), name=name
        )

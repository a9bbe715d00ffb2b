"""What comes in with its codes: codings, readings and notes of an imported coder, in one event, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from qualcode.errors import N_
from qualcode.importers import UNDATED, ImportResult, same
from qualcode.model import Code, Coding, Corpus, Finding, Memo, Origin, Reading, Transcript
from qualcode.project.labels import Labels

if TYPE_CHECKING:
    from qualcode.store.acts.codings import NewCoding
    from qualcode.store.acts.imported import NewNote
    from qualcode.store.acts.readings import NewReading
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["Brought", "Taken", "brings", "brought", "free_guids", "labels_of", "take"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings besides its text, and the transcripts of the study that its own are, by their guid in the file."""

    file: str
    corpus: Corpus
    transcripts: Mapping[str, Transcript]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came into the study: how many codings, the names of the candidate codes made for them, and what is to be said."""

    codings: int = 0
    candidates: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def brings(result: ImportResult) -> bool:
    """Tell whether a file brings more than texts: codings, notes, or a sheet of quotes and codes."""
    return bool(result.corpus.codings or result.corpus.memos or result.sheets)


def brought(results: Iterable[tuple[str, ImportResult]], transcripts: Iterable[Transcript]) -> list[Brought]:
    """Return what *results*, each with the name of its file, bring besides texts.

    *transcripts* are those of the study as they are once the import is written. What stands on a text that was not taken stays outside.
    """
    known = {transcript.name: transcript for transcript in transcripts}
    return [
        Brought(
            file,
            result.corpus,
            {
                own.guid: known[own.name]
                for own in result.corpus.transcripts
                if own.name in known and known[own.name].text == own.text
            },
        )
        for file, result in results
        if result.corpus.codings or result.corpus.memos
    ]


def labels_of(corpus: Corpus, log: Log) -> Labels:
    """Return the labels that the study of *corpus* knows, those of codes that were merged away among them."""
    from qualcode.store.acts.imported import merged_names

    with log.reading() as connection:
        return Labels(corpus.codebook, merged_names(connection))


def take(corpus: Corpus, files: Sequence[Brought], log: Log, by: Callable[[str], By] | None) -> Taken:
    """Take what *files* bring into the study, in one event.

    What is in the study already comes in no second time; what somebody took away there, or changed, is not brought back. *by* gives who
    acts, or the imported coder of a name; without it nothing is written.
    """
    from qualcode.store.acts.imported import TakenIn, take_in

    taking = _Taking(corpus, labels_of(corpus, log), log, by)
    for each in files:
        taking.take(each)
    coming = TakenIn(tuple(taking.labels.made), taking.codings, taking.readings, taking.notes)
    if by is not None:
        take_in(log, by(""), coming)
    file = files[0].file if len(files) == 1 else ""
    names = tuple(code.name for code in taking.labels.made)
    return Taken(len(taking.codings), names, (*taking.findings, *taking.labels.findings(file)))


@dataclass(slots=True)
class _Taking:
    """Gathers what is new in what files bring."""

    corpus: Corpus
    labels: Labels
    log: Log
    by: Callable[[str], By] | None
    codings: list[NewCoding] = field(default_factory=list)
    readings: list[NewReading] = field(default_factory=list)
    notes: list[NewNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _there: set[tuple[str, str, int, int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        standing = (c for c in self.corpus.codings if self.corpus.is_current(c))
        self._there = {(c.coder, c.transcript, c.span.start, c.span.end, c.code) for c in standing}

    def take(self, file: Brought) -> None:
        """Gather what is new in one file."""
        before = len(self.codings)
        own = [c for c in file.corpus.codings if c.transcript in file.transcripts]
        book = {code.key: code for code in file.corpus.codebook}
        names = [_guids(file, c, same(book[c.code].name)) for c in own]
        guids, away = free_guids(self.log, "coding", names)
        for coding, guid in zip(own, guids, strict=True):
            if guid is not None:
                self._coding(file.transcripts[coding.transcript], coding, _path(book, coding.code), guid)
        self._notes(file, [m for m in file.corpus.memos if m.about in file.transcripts])
        self._readings(file, [r for r in file.corpus.readings if r.transcript in file.transcripts])
        self._say(file, len(self.codings) - before, away)

    def _coding(self, transcript: Transcript, coding: Coding, path: tuple[str, ...], guid: str) -> None:
        from qualcode.store.acts.codings import NewCoding

        known = self.labels.find(path[-1])
        place = (coding.coder, transcript.guid, coding.span.start, coding.span.end)
        if known is not None and (*place, known) in self._there:
            return
        key = self.labels.key(path)
        self._there.add((*place, key))
        self.codings.append(
            NewCoding(
                transcript.guid,
                coding.span,
                key,
                stance=coding.stance,
                elicited=coding.elicited,
                uncertain=coding.uncertain,
                memo=coding.memo,
                origin=Origin.IMPORTED,
                version=self.corpus.codebook.label,
                coder=self._who(coding.coder),
                at=None if coding.at == UNDATED else coding.at,
                guid=guid,
            )
        )

    def _notes(self, file: Brought, memos: Sequence[Memo]) -> None:
        from qualcode.store.acts.imported import NewNote

        guids, _ = free_guids(self.log, "memo", [_guids(file, memo, memo.text) for memo in memos])
        for memo, guid in zip(memos, guids, strict=True):
            if guid is not None:
                about = file.transcripts[memo.about]
                at = None if memo.at == UNDATED else memo.at
                self.notes.append(NewNote(memo.text, about.guid, self._who(memo.coder), at, about.informants, guid))

    def _readings(self, file: Brought, readings: Sequence[Reading]) -> None:
        from qualcode.store.acts.readings import NewReading

        guids, _ = free_guids(self.log, "reading", [_guids(file, reading, "") for reading in readings])
        for reading, guid in zip(readings, guids, strict=True):
            if guid is not None:
                transcript = file.transcripts[reading.transcript].guid
                self.readings.append(NewReading(transcript, reading.span, coder=self._who(reading.coder), guid=guid))

    def _who(self, coder: str) -> str:
        return self.by(coder).coder if self.by is not None else ""

    def _say(self, file: Brought, added: int, away: int) -> None:
        if len(file.transcripts) < len(file.corpus.transcripts):
            message = N_("its codings stayed outside with the text, which was not taken")
            self.findings.append(Finding("note", message, file.file, rule="codings"))
        if added:
            message = N_("{n} codings come in with the file")
            self.findings.append(Finding("recognised", message, file.file, rule="codings", parameters={"n": added}))
        if away:
            message = N_("{n} codings that were taken away in the study were not brought back")
            self.findings.append(Finding("note", message, file.file, rule="codings", parameters={"n": away}))


def free_guids(log: Log, kind: str, names: Sequence[Iterator[str]]) -> tuple[list[str | None], int]:
    """Return a free guid for each thing, None for what is in the study or was taken away there, and how many were taken away.

    *names* yields for each the guids that it may have; the next is taken where the act that used one was undone.
    """
    from qualcode.store.acts.imported import standing

    found: list[str | None] = [next(name) for name in names]
    away = 0
    open_ = list(range(len(found)))
    with log.reading() as connection:
        while open_:
            states = standing(connection, kind, [guid for at in open_ if (guid := found[at]) is not None])
            again = []
            for at in open_:
                state = states[found[at] or ""]
                if state == "undone":
                    found[at] = next(names[at])
                    again.append(at)
                elif state != "free":
                    away += state == "ended"
                    found[at] = None
            open_ = again
    return found, away


def _path(book: Mapping[str, Code], key: str) -> tuple[str, ...]:
    """Return the names of a code and of what stands above it, outermost first."""
    path = [book[key].name]
    while (parent := book[key].parent) is not None:
        key = parent
        path.append(book[key].name)
    return tuple(reversed(path))


def _guids(file: Brought, thing: Coding | Memo | Reading, what: str) -> Iterator[str]:
    """Yield the guids that an imported thing may have: the same from the same file, another each time its import was undone."""
    kind = type(thing).__name__
    if isinstance(thing, Memo):
        transcript, place = file.transcripts[thing.about], ""
    else:
        transcript, place = file.transcripts[thing.transcript], f"{thing.span.start}|{thing.span.end}"
    number = 0
    while True:
        yield uuid5(UUID(hex=transcript.guid), f"{kind}|{thing.coder}|{place}|{what}|{number}").hex
        number += 1

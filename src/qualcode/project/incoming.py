"""What becomes of each file that is brought into a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, QualcodeError
from qualcode.importers import (
    ImportOptions,
    ImportResult,
    Original,
    Source,
    alike,
    importer_for,
)
from qualcode.model import Corpus, Finding, Informant, Span, Transcript
from qualcode.project.corrections import Informants, corrected, divides, known_of, said_before
from qualcode.project.division import Held, cut
from qualcode.project.import_report import ImportReport, Outcome
from qualcode.project.shielded import Shielded

if TYPE_CHECKING:
    from qualcode.store.acts.transcripts import NewTranscript
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["Incoming", "plan", "write"]


@dataclass(slots=True)
class Incoming:
    """What is to be written: new transcripts with their informants and originals, revisions, and corrected turns.

    `divided` has the parts that transcripts of the study (guid) become; `beside` says of revisions whose file holds several transcripts which others it holds, and who speaks in these.
    `replaced` says of revisions that were masked where words stand that replaced others.
    `shielded` knows which transcripts of the study are masked: no file brings their names back.
    """

    added: list[tuple[Transcript, Original]] = field(default_factory=list)
    people: Informants = field(default_factory=Informants)
    revised: list[tuple[Transcript, Transcript, Original]] = field(default_factory=list)
    relabelled: list[tuple[Transcript, Transcript]] = field(default_factory=list)
    divided: dict[str, tuple[tuple[Transcript, Original], ...]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    replaced: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    shielded: Shielded = field(default_factory=Shielded)

    def item(self, transcript: Transcript, original: Original) -> NewTranscript:
        """Return *transcript* as it is stored: where it was masked, without the file that it was read from."""
        from qualcode.store.acts.transcripts import NewTranscript

        if transcript.revision in self.replaced:
            return NewTranscript(transcript, replaced=self.replaced[transcript.revision])
        others = self.beside.get(transcript.revision, ())
        return NewTranscript(transcript, original.filename, original.data, others)

    def refuse_division(self, path: Path, there: Sequence[Transcript], result: ImportResult) -> None:
        """Say why nothing is taken of a file whose words the study has under other names, and what to do."""
        self.outcomes += (Outcome(path.name, "changed", transcript) for transcript in there)
        names = {
            "there": ", ".join(transcript.name for transcript in there),
            "read": ", ".join(transcript.name for transcript in result.corpus.transcripts),
        }
        self.findings.append(Finding("doubtful", OTHER_PARTS, path.name, rule="revision", parameters=names))

    @property
    def informants(self) -> list[Informant]:
        """Those to be added or brought up to date."""
        return list(self.people.changed.values())


def plan(
    corpus: Corpus,
    held: Held,
    *,
    revise: bool,
    stored: Callable[[str], Original | None] = lambda guid: None,
) -> Incoming:
    """Return what bringing the files of *held* into *corpus* comes to.

    A transcript is known again by its name. The same text again changes nothing but what the user names, in options or hints: what was
    corrected once must not come undone by bringing the folder in again. Informants are known by their id; a new transcript of a
    known informant is theirs.

    Parameters
    ----------
    revise : bool
        Take changed texts.
    stored : callable
        Gives the file that the present text of a transcript (guid) was read from: what it says by itself needs no correcting again.
    """
    incoming = Incoming(people=Informants.of(corpus), shielded=Shielded.of(corpus))
    known = {transcript.name: transcript for transcript in corpus.transcripts}
    for path, result in held.batch.results:
        incoming.findings += result.findings
        given = held.batch.given.get(path, ImportOptions())
        whole = held.otherwise.get(path, ())
        become = cut(whole, result.corpus.transcripts)
        if whole and become is None:
            incoming.refuse_division(path, whole, result)
            continue
        parts = {part.name: old for old, new in become or () for part in new if [p.name for p in new] != [old.name]}
        for number, transcript in enumerate(result.corpus.transcripts):
            original = result.originals.get(transcript.guid, Original(path.name, b""))
            reading = _Reading(path, original, given, number, result, incoming, held.split.get(path))
            if transcript.name in parts:
                known[transcript.name] = reading.divide(parts[transcript.name])
                continue
            existing = known.setdefault(transcript.name, transcript)
            twin = incoming.shielded.twin(transcript.text) if existing is transcript else None
            if twin is not None:
                known[transcript.name] = twin
                reading.refuse(twin, MASKED_TEXT)
            elif existing is transcript:
                reading.add()
            else:
                reading.again(existing, transcript.text, revise=revise, stored=stored)
        several = len(result.corpus.transcripts)
        if several > 1:
            together = [outcome.transcript for outcome in incoming.outcomes[-several:]]
            incoming.beside |= _beside([replace(t, guid=known[t.name].guid) for t in together])
    return incoming


def _beside(together: Sequence[Transcript]) -> dict[str, tuple[str, ...]]:
    """Return for each transcript of one file, by its revision, the others and those who speak in them but not in it."""
    voices = [{*t.informants, *(turn.informant for turn in t.turns if turn.informant)} for t in together]
    return {
        t.revision: tuple(
            sorted(
                {o.guid for o in together if o.guid != t.guid}
                | {guid for others in voices for guid in others if guid not in own}
            )
        )
        for t, own in zip(together, voices, strict=True)
    }


ANOTHER_TEXT = N_(
    "the study has a transcript {name!r} with quite another text; this one was not taken: rename the file"
)
OTHER_PARTS = N_(
    "the study holds the words of this file as {there}, the file is now divided into {read}; nothing of it was taken, or words would stand there twice. "
    "Leave split out of the hints to keep it as it is; or take the earlier import back (qualcode undo) and bring the file in again"
)
MASKED_TEXT = N_(
    "the study has these words as transcript {name!r}, masked; the file was not taken, for it would bring back what was masked. "
    "Bring it in with --mask and the key, or leave it out"
)
DIFFERENT_TEXT = N_(
    "the file differs from transcript {name!r} in the study and was not taken; bring it in with --revise, and its codings move along"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One transcript of a file as it was read, and what becomes of it."""

    path: Path
    original: Original
    given: ImportOptions
    number: int
    result: ImportResult
    incoming: Incoming
    split: bool | None = None

    def add(self) -> None:
        """Take a transcript that the study has not."""
        transcript, informants = self._known(self.result)
        self._take(transcript, informants)
        self.incoming.added.append((transcript, self.original))
        self._outcome("added", transcript)

    def again(self, existing: Transcript, text: str, *, revise: bool, stored: Callable[[str], Original | None]) -> None:
        """Take a transcript that the study has already, by what became of its text."""
        if existing.text == text:
            self.correct(existing)
        elif likeness(existing.text, text) < ANOTHER:
            self.refuse(existing, ANOTHER_TEXT)
        elif self.incoming.shielded.unmasks(existing, text):
            self.refuse(existing, MASKED_TEXT)
        elif revise:
            self.revise(existing, stored(existing.guid))
        else:
            self.refuse(existing, DIFFERENT_TEXT)

    def divide(self, whole: Transcript) -> Transcript:
        """Take, and return, a part of a transcript that the study has undivided; roles that were given to its labels hold."""
        roles = {turn.speaker: turn.role for turn in whole.turns}
        result = self._again(
            replace(self.given, speakers={**roles, **self.given.speakers}, kind=self.given.kind or whole.kind)
        )
        transcript, informants = self._known(result)
        self._take(transcript, informants)
        before = self.incoming.divided.setdefault(whole.guid, ())
        if not before:  # the transcript that there was
            transcript = replace(transcript, guid=whole.guid)
        self.incoming.divided[whole.guid] = (*before, (transcript, self.original))
        self._outcome("added" if before else "revised", transcript)
        return transcript

    def correct(self, existing: Transcript) -> None:
        """Put right what the user names of a transcript with the same text."""
        people = self.incoming.people
        result = self.result
        first = result.corpus.transcripts[self.number]
        if divides(self.given, existing, first):
            result = self._again(known_of(self.given, existing, first, people))
        read, informants = self._known(result)
        before = dict(people.changed)
        transcript = corrected(existing, read, self.given, people, {i.guid: i for i in informants})
        self._take(transcript, [i for i in informants if i.guid not in people.by_guid])
        if _facts(existing) == _facts(transcript) and before == people.changed:
            self._outcome("unchanged", existing)
            return
        self.incoming.relabelled.append((existing, transcript))
        self._outcome("relabelled", transcript)

    def revise(self, existing: Transcript, original: Original | None) -> None:
        """Take the text as a new revision; what was corrected in the earlier one holds in it."""
        result = self.result
        if original is not None:
            plain = self._reread(original, ImportOptions(), result)
            given = said_before(self.given, existing, plain, self.incoming.people)
            if given != self.given:
                result = self._again(given)
        transcript, informants = self._known(result)
        self._take(transcript, informants)
        self.incoming.revised.append((existing, transcript, self.original))
        self._outcome("revised", transcript)

    def refuse(self, existing: Transcript, why: str) -> None:
        """Say why a text is not taken."""
        self._outcome("changed", existing)
        self._say(why, "revision", name=existing.name)

    def _again(self, given: ImportOptions) -> ImportResult:
        if given.split is None and self.split is not None:
            given = replace(given, split=self.split)
        return self._reread(self.original, given, self.result)

    def _reread(self, original: Original, given: ImportOptions, otherwise: ImportResult) -> ImportResult:
        """Return what *original* says with other options; *otherwise* where it holds fewer transcripts, or can be read no more."""
        # Several transcripts of one file are called by the file and their numbers.
        names = [transcript.name for transcript in self.result.corpus.transcripts]
        name = names[0] if len(names) == 1 else ""
        path = Path(original.filename)
        try:
            read = importer_for(path).read(Source(original.filename, original.data, path, name), given)
        except QualcodeError:
            return otherwise
        return read if len(read.corpus.transcripts) > self.number else otherwise

    def _known(self, result: ImportResult) -> tuple[Transcript, list[Informant]]:
        """Return the transcript and its informants; those who are known have the guid they are known by."""
        mapped = _map_informants(result, self.incoming.people.by_id)
        transcript = mapped.transcripts[self.number]
        guids = {*transcript.informants, *(turn.informant for turn in transcript.turns)}
        return transcript, [informant for informant in mapped.informants if informant.guid in guids]

    def _take(self, transcript: Transcript, informants: Sequence[Informant]) -> None:
        """Take in informants of a transcript that is taken; of one who is known, say what the file says otherwise."""
        people = self.incoming.people
        guids = {*transcript.informants, *(turn.informant for turn in transcript.turns)}
        for informant in informants:
            if informant.guid not in guids:
                continue
            if informant.guid not in people.by_guid:
                self._say_alike(informant)
                people.put(informant)
            elif other := people.fill(informant.guid, informant):
                message = N_(
                    "the header says of {informant} otherwise than the study: {names}; the study keeps what it has"
                )
                self._say(message, "attributes", informant=informant.id, names=", ".join(other))

    def _say_alike(self, informant: Informant) -> None:
        """Say that a new informant's id is that of another, written otherwise."""
        own = alike(informant.id)
        near = [name for name in self.incoming.people.by_id if alike(name) == own]
        if near:
            message = N_(
                "informant {informant!r} is written almost as {other!r}; if they are one person, give the id in hints (informant)"
            )
            self._say(message, "informant", informant=informant.id, other=near[0])

    def _say(self, message: str, rule: str, **parameters: object) -> None:
        said = Finding("doubtful", message, file=self.path.name, rule=rule, parameters=parameters)
        self.incoming.findings.append(said)

    def _outcome(self, outcome: str, transcript: Transcript) -> None:
        self.incoming.outcomes.append(Outcome(self.path.name, outcome, transcript))


def _map_informants(result: ImportResult, people: Mapping[str, Informant]) -> Corpus:
    """Give informants that are known already the guid they are known by."""
    guids = {i.guid: people[i.id].guid for i in result.corpus.informants if i.id in people}
    if not guids:
        return result.corpus
    transcripts = tuple(
        replace(
            transcript,
            informants=tuple(guids.get(guid, guid) for guid in transcript.informants),
            turns=tuple(
                replace(turn, informant=guids.get(turn.informant, turn.informant)) if turn.informant else turn
                for turn in transcript.turns
            ),
        )
        for transcript in result.corpus.transcripts
    )
    everyone = tuple(replace(i, guid=guids.get(i.guid, i.guid)) for i in result.corpus.informants)
    return result.corpus.with_(transcripts=transcripts, informants=everyone)


ANOTHER = 0.2
"""Below this likeness a text is no correction of the other but another interview of the same name."""


def likeness(old: str, new: str) -> float:
    """Return the share of *old*'s runs of four words that stand in *new*, from 0 to 1."""
    first, second = _runs(old), _runs(new)
    return len(first & second) / len(first) if first else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))} if words else set()


def _facts(transcript: Transcript) -> tuple[object, ...]:
    """Return what an import says of a text: its kind, its header, and who speaks where."""
    turns = [(t.span.start, t.span.end, t.speaker, t.role, t.informant) for t in transcript.turns]
    return (transcript.kind, transcript.language, dict(transcript.metadata), turns)


def _about(transcript: Transcript) -> dict[str, Any]:
    return {"kind": transcript.kind, "language": transcript.language, "metadata": transcript.metadata}


def write(coming: Incoming, report: ImportReport, log: Log, by: Callable[[], By]) -> ImportReport:
    """Write what is coming: new transcripts and informants in one event, then each correction and revision in its own."""
    from qualcode.store.acts.division import divide_transcript
    from qualcode.store.acts.revisions import doubtful, revise_transcript
    from qualcode.store.acts.transcripts import correct_turns, edit_transcript, import_transcripts

    if coming.added:
        items = [coming.item(transcript, original) for transcript, original in coming.added]
        import_transcripts(log, by(), items, coming.informants)
    for existing, transcript in coming.relabelled:
        correct_turns(log, by(), existing.guid, transcript.turns, coming.informants)
        edit_transcript(log, by(), existing.guid, **_about(transcript))
    reviews: dict[str, int] = {}
    for whole, parts in coming.divided.items():
        news = [coming.item(transcript, original) for transcript, original in parts]
        divide_transcript(log, by(), whole, news, coming.informants)
        with log.reading() as connection:
            reviews[parts[0][0].name] = sum(d.kind == "coding" for d in doubtful(connection, whole))
    for existing, transcript, original in coming.revised:
        item = coming.item(replace(transcript, guid=existing.guid), original)
        revise_transcript(log, by(), item, coming.informants)
        edit_transcript(log, by(), existing.guid, **_about(transcript))
        with log.reading() as connection:
            reviews[existing.name] = sum(d.kind == "coding" for d in doubtful(connection, existing.guid))
    outcomes = tuple(replace(o, review=reviews.get(o.transcript.name, 0)) for o in report.outcomes)
    return replace(report, outcomes=outcomes)

"""What becomes of each file that is brought into a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError
from qualcode.importers import Batch, ImportResult, Original
from qualcode.model import Corpus, Finding, Informant, Role, Transcript

if TYPE_CHECKING:
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["ImportReport", "Incoming", "Outcome", "parse_speakers", "plan", "wanted_files", "write"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one transcript of a file comes to: added, unchanged, relabelled (same text, corrected roles), revised or changed.

    *changed* means the text differs from the one in the study and was not taken: revisions are only made when asked for.
    `review` counts the codings that could not move along by themselves.
    """

    file: str
    outcome: str
    transcript: Transcript
    review: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: an outcome a transcript, all findings, and an error for each file not read."""

    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many transcripts were added, revised (or corrected) and unchanged, how many changed ones were not taken, and failures."""

        def of(*names: str) -> int:
            return sum(outcome.outcome in names for outcome in self.outcomes)

        return {
            "added": of("added"),
            "revised": of("revised", "relabelled"),
            "unchanged": of("unchanged"),
            "changed": of("changed"),
            "failed": len(self.errors),
        }

    def file_rows(self) -> list[dict[str, object]]:
        """Return a row a transcript: what it is, and who speaks in it as what."""
        rows: list[dict[str, object]] = []
        for outcome in self.outcomes:
            speakers: dict[tuple[str, Role], int] = {}
            for turn in outcome.transcript.turns:
                speakers[turn.speaker, turn.role] = speakers.get((turn.speaker, turn.role), 0) + 1
            rows.append(
                {
                    "file": outcome.file,
                    "outcome": outcome.outcome,
                    "transcript": outcome.transcript.name,
                    "kind": outcome.transcript.kind.value,
                    "turns": len(outcome.transcript.turns),
                    "speakers": ", ".join(f"{name} = {role.value} ({n})" for (name, role), n in speakers.items()),
                    "review": outcome.review,
                }
            )
        return rows

    def to_rows(self, say: Callable[[Finding | QualcodeError], str] = str) -> list[dict[str, object]]:
        """Return a row a finding and an error, put into words by *say*."""
        rows: list[dict[str, object]] = [
            {"file": f.file, "line": f.line, "level": f.level, "rule": f.rule, "message": _without(say(f), f.location)}
            for f in self.findings
        ]
        rows += [
            {
                "file": error.file.name if error.file else "",
                "line": error.line,
                "level": "error",
                "rule": "",
                "message": _without(say(error), error.location),
            }
            for error in self.errors
        ]
        return rows


def _without(message: str, location: str) -> str:
    return message.removeprefix(location)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the user names of transcripts that are in the study already: roles of these speakers' labels, or their kind."""

    speakers: frozenset[str] = frozenset()
    kind: bool = False

    @classmethod
    def made(cls, speakers: Mapping[str, Role] | None, kind: object) -> Corrections:
        """Return the corrections in an import's options."""
        return cls(frozenset(_label(name) for name in speakers or ()), bool(kind))

    def of(self, existing: Transcript, read: Transcript) -> Transcript:
        """Return *existing* with what is named taken from *read*, which has the same text."""
        turns = existing.turns
        if any(_label(turn.speaker) in self.speakers for turn in read.turns):
            same = [turn.span for turn in existing.turns] == [turn.span for turn in read.turns]
            turns = (
                tuple(
                    new if _label(new.speaker) in self.speakers else old
                    for old, new in zip(existing.turns, read.turns, strict=True)
                )
                if same
                else read.turns
            )
        spoke = {turn.informant for turn in existing.turns}
        speak = [turn.informant for turn in turns if turn.informant]
        stay = [guid for guid in existing.informants if guid in speak or guid not in spoke]
        voices = tuple(dict.fromkeys([*stay, *speak]))
        return replace(existing, turns=turns, informants=voices, kind=read.kind if self.kind else existing.kind)


def _label(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(slots=True)
class Incoming:
    """What is to be written: new transcripts with their informants and originals, revisions, and corrected turns."""

    added: list[tuple[Transcript, Original]] = field(default_factory=list)
    informants: list[Informant] = field(default_factory=list)
    revised: list[tuple[Transcript, Transcript, Original]] = field(default_factory=list)
    relabelled: list[tuple[Transcript, Transcript]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def parse_speakers(given: Sequence[str]) -> dict[str, Role]:
    """Return roles by label from ``LABEL=ROLE``; roles may be given in Indonesian.

    Raises
    ------
    InputError
        If one is not of that form.
    NotFoundError
        With the nearest roles, if a role is unknown.
    """
    roles: dict[str, Role] = {}
    for entry in given:
        label, equals, name = entry.rpartition("=")
        if not equals or not label.strip():
            raise InputError(
                N_("{entry!r} is not of the form LABEL=ROLE"), hint=N_("write it like P=interviewer"), entry=entry
            )
        word = name.strip().lower()
        role = ROLE_WORDS.get(word)
        if role is None:
            raise NotFoundError(
                N_("no role {name!r}; roles are {roles}"),
                name=word,
                known=ROLE_WORDS,
                roles=", ".join(r.value for r in Role),
            )
        roles[label.strip()] = role
    return roles


ROLE_WORDS: Mapping[str, Role] = {
    "pewawancara": Role.INTERVIEWER,
    "peneliti": Role.INTERVIEWER,
    "informan": Role.INFORMANT,
    "narasumber": Role.INFORMANT,
    "peserta": Role.PARTICIPANT,
    "notulen": Role.NOTETAKER,
    "pihak lain": Role.BYSTANDER,
    "bersama": Role.TOGETHER,
    "lain": Role.OTHER,
} | {role.value: role for role in Role}


def wanted_files(files: str | Path | Sequence[str | Path]) -> tuple[list[Path], list[QualcodeError]]:
    """Return the paths meant, and an error for each that is not there.

    A file may be named by a path, a pattern such as ``wawancara/*.docx``, or several of either.

    Raises
    ------
    NotFoundError
        If none of them is there.
    """
    found: list[Path] = []
    missing: list[QualcodeError] = []
    for entry in [files] if isinstance(files, str | Path) else files:
        path = Path(entry)
        if path.exists() or path.is_symlink():
            found.append(path)
            continue
        matches = _matches(path) if any(mark in str(entry) for mark in "*?[") else []
        if not matches:
            beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
            missing.append(NotFoundError(N_("no file {name!r}"), name=str(entry), known=beside))
        found += matches
    if missing and not found:
        raise missing[0]
    return list(dict.fromkeys(found)), missing


def _matches(pattern: Path) -> list[Path]:
    parts = pattern.parts
    first = next(i for i, part in enumerate(parts) if any(mark in part for mark in "*?["))
    base = Path(*parts[:first]) if first else Path()
    # Word keeps a shadow "~$name.docx" beside a file that is open; it is no transcript.
    return sorted(p for p in base.glob(str(Path(*parts[first:]))) if not p.name.startswith("~$"))


def plan(corpus: Corpus, batch: Batch, *, revise: bool, corrections: Corrections | None = None) -> Incoming:
    """Return what bringing *batch* into *corpus* comes to.

    A transcript is known again by its name. The same text again changes nothing but what *corrections* name: what was corrected once
    must not come undone by bringing the folder in again. Informants are known by their id; a new transcript of a known informant is
    theirs.
    """
    incoming = Incoming()
    known = {transcript.name: transcript for transcript in corpus.transcripts}
    people = {informant.id: informant for informant in corpus.informants}
    for path, result in batch.results:
        incoming.findings += result.findings
        mapped = _map_informants(result, people)
        for transcript in mapped.transcripts:
            original = result.originals.get(transcript.guid, Original(path.name, b""))
            taken = _place(
                transcript, original, known, path, incoming, revise=revise, corrections=corrections or Corrections()
            )
            if taken is not None:
                _take_informants(taken, mapped, people, path, incoming)
    return incoming


def _take_informants(
    transcript: Transcript, read: Corpus, people: dict[str, Informant], path: Path, incoming: Incoming
) -> None:
    """Take in the informants of a transcript that is taken; of one who is known, say what the file says otherwise."""
    guids = {*transcript.informants, *(turn.informant for turn in transcript.turns)}
    for informant in read.informants:
        if informant.guid not in guids:
            continue
        known = people.get(informant.id)
        if known is None:
            people[informant.id] = informant
            incoming.informants.append(informant)
            continue
        other = [name for name, value in informant.attributes.items() if known.attributes.get(name) != value]
        if other and known not in incoming.informants:
            incoming.findings.append(
                Finding(
                    "doubtful",
                    N_("the header says of {informant} otherwise than the study: {names}; the study keeps what it has"),
                    file=path.name,
                    rule="attributes",
                    parameters={"informant": informant.id, "names": ", ".join(other)},
                )
            )


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


def _place(
    transcript: Transcript,
    original: Original,
    known: dict[str, Transcript],
    path: Path,
    incoming: Incoming,
    *,
    revise: bool,
    corrections: Corrections,
) -> Transcript | None:
    """Say what becomes of *transcript*; return it as it is to be written, or None where nothing is."""
    existing = known.get(transcript.name)
    if existing is None:
        known[transcript.name] = transcript
        incoming.added.append((transcript, original))
        incoming.outcomes.append(Outcome(path.name, "added", transcript))
        return transcript
    if existing.text == transcript.text:
        transcript = corrections.of(existing, transcript)
        if _facts(existing) == _facts(transcript):
            incoming.outcomes.append(Outcome(path.name, "unchanged", existing))
            return None
        incoming.relabelled.append((existing, transcript))
        incoming.outcomes.append(Outcome(path.name, "relabelled", transcript))
        return transcript
    if likeness(existing.text, transcript.text) < ANOTHER:
        incoming.outcomes.append(Outcome(path.name, "changed", existing))
        incoming.findings.append(
            Finding(
                "doubtful",
                N_(
                    "the study has a transcript {name!r} with quite another text; this one was not taken: rename the file"
                ),
                file=path.name,
                rule="revision",
                parameters={"name": transcript.name},
            )
        )
        return None
    if revise:
        incoming.revised.append((existing, transcript, original))
        incoming.outcomes.append(Outcome(path.name, "revised", transcript))
        return transcript
    incoming.outcomes.append(Outcome(path.name, "changed", existing))
    incoming.findings.append(
        Finding(
            "doubtful",
            N_(
                "the file differs from transcript {name!r} in the study and was not taken; bring it in with --revise, and its codings move along"
            ),
            file=path.name,
            rule="revision",
            parameters={"name": transcript.name},
        )
    )
    return None


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
    return (transcript.kind, dict(transcript.metadata), turns)


def write(coming: Incoming, report: ImportReport, log: Log, by: Callable[[], By]) -> ImportReport:
    """Write what is coming: new transcripts and informants in one event, then each correction and revision in its own."""
    from qualcode.store.acts.revisions import doubtful, revise_transcript
    from qualcode.store.acts.transcripts import NewTranscript, correct_turns, edit_transcript, import_transcripts

    if coming.added:
        items = [NewTranscript(transcript, original.filename, original.data) for transcript, original in coming.added]
        import_transcripts(log, by(), items, coming.informants)
    for existing, transcript in coming.relabelled:
        correct_turns(log, by(), existing.guid, transcript.turns, coming.informants)
        edit_transcript(log, by(), existing.guid, kind=transcript.kind, metadata=transcript.metadata)
    reviews: dict[str, int] = {}
    for existing, transcript, original in coming.revised:
        item = NewTranscript(replace(transcript, guid=existing.guid), original.filename, original.data)
        revise_transcript(log, by(), item, coming.informants)
        edit_transcript(log, by(), existing.guid, kind=transcript.kind, metadata=transcript.metadata)
        with log.reading() as connection:
            reviews[existing.name] = sum(d.kind == "coding" for d in doubtful(connection, existing.guid))
    outcomes = tuple(replace(o, review=reviews.get(o.transcript.name, 0)) for o in report.outcomes)
    return replace(report, outcomes=outcomes)

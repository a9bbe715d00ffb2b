"""What the user corrects of a transcript that is in the study already, and what was corrected before and holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from qualcode.importers import ImportOptions, ImportResult
from qualcode.model import Corpus, Informant, Kind, Role, Transcript, Turn

__all__ = ["Informants", "corrected", "divides", "known_of", "label_key", "said_before"]

_VOICES = {Role.INFORMANT, Role.PARTICIPANT}


def label_key(label: str) -> str:
    """Return *label* in the form in which labels are compared."""
    return " ".join(label.split()).strip(" .*_").casefold()


@dataclass(slots=True)
class Informants:
    """The informants of a study while files are brought in: who is known, who is new or changed, and in which transcripts each speaks."""

    by_id: dict[str, Informant] = field(default_factory=dict)
    by_guid: dict[str, Informant] = field(default_factory=dict)
    speaks_in: dict[str, set[str]] = field(default_factory=dict)
    changed: dict[str, Informant] = field(default_factory=dict)

    @classmethod
    def of(cls, corpus: Corpus) -> Informants:
        """Return those of *corpus*."""
        people = cls({i.id: i for i in corpus.informants}, {i.guid: i for i in corpus.informants})
        for transcript in corpus.transcripts:
            for guid in {*transcript.informants, *(turn.informant for turn in transcript.turns if turn.informant)}:
                people.speaks_in.setdefault(guid, set()).add(transcript.guid)
        return people

    def put(self, informant: Informant) -> Informant:
        """Add an informant, or bring one up to date, and return them."""
        before = self.by_guid.get(informant.guid)
        if before is not None and before.id != informant.id:
            self.by_id.pop(before.id, None)
        self.by_id[informant.id] = self.by_guid[informant.guid] = informant
        if before != informant or before.attributes != informant.attributes:
            self.changed[informant.guid] = informant
        return informant

    def fill(self, guid: str, other: Informant) -> list[str]:
        """Give the informant *guid* what *other* says and the study does not; return the attributes of which both say different things."""
        known = self.by_guid[guid]
        new = {name: value for name, value in other.attributes.items() if known.attributes.get(name) is None}
        new = {name: value for name, value in new.items() if value is not None or name not in known.attributes}
        if new or (other.category and not known.category):
            both = MappingProxyType({**known.attributes, **new})
            self.put(replace(known, attributes=both, category=known.category or other.category))
        return [
            name
            for name, value in other.attributes.items()
            if name not in new and value is not None and known.attributes.get(name) != value
        ]

    def called(self, name: str, instead_of: str | None, transcript: str, read: Informant | None) -> str:
        """Return the guid of the informant *name*: one who is known, or who was called otherwise and speaks nowhere else, or a new one.

        Parameters
        ----------
        name : str
            The id that the user gives.
        instead_of : str, optional
            Guid of the informant whose turns these were.
        transcript : str
            Guid of the transcript.
        read : Informant, optional
            Who the file's reading took for the informant.
        """
        known, old = self.by_id.get(name), self.by_guid.get(instead_of or "")
        alone = old is not None and self.speaks_in.get(old.guid, set()) <= {transcript}
        if known is not None:
            if old is not None and alone and old.guid != known.guid:
                self.fill(known.guid, old)
            return known.guid
        if old is not None and alone:
            return self.put(replace(old, id=name)).guid
        if read is not None and read.id == name:
            return self.put(read).guid
        return self.put(Informant(read.guid if read is not None else _fresh(), name)).guid


def _fresh() -> str:
    from qualcode.importers import random_guid

    return random_guid()


def divides(given: ImportOptions, existing: Transcript, read: Transcript) -> bool:
    """Tell whether what the user says may change where turns begin and end, not only whose they are."""
    there = {label_key(turn.speaker) for turn in existing.turns}
    new = {label_key(turn.speaker) for turn in read.turns} - there
    for label, role in given.speakers.items():
        if label_key(label) in (there if role is None else new):
            return True
    return given.split is not None or bool(given.columns or given.text_column)


def known_of(given: ImportOptions, existing: Transcript, read: Transcript, people: Informants) -> ImportOptions:
    """Return what the user says of a file, and below it all that the study holds of its transcript.

    What the reading *read* takes for a label and the study does not stays none, unless the user names it, or the study has no turns.
    """
    held = _as_options(existing, {guid: i.id for guid, i in people.by_guid.items()})
    there = {label_key(turn.speaker) for turn in existing.turns}
    others = {turn.speaker: None for turn in read.turns if there and label_key(turn.speaker) not in there}
    return _over(given, replace(held, speakers={**others, **held.speakers}))


def said_before(given: ImportOptions, existing: Transcript, plain: ImportResult, people: Informants) -> ImportOptions:
    """Return what the user says of a file, and below it what the study holds otherwise than a *plain* reading of the earlier file.

    What a reader would find again by itself is left to the new reading: a corrected file may have a legend that it had not.
    """
    (read, *more) = plain.corpus.transcripts or (None,)
    if read is None or more:
        return given
    found = _as_options(read, {i.guid: i.id for i in plain.corpus.informants})
    held = _as_options(existing, {guid: i.id for guid, i in people.by_guid.items()})
    guessed = {label_key(label): role for label, role in found.speakers.items()}
    ids = {label_key(label): name for label, name in found.informants.items()}
    there = {label_key(label) for label in held.speakers}
    roles: dict[str, Role | None] = {
        label: role for label, role in held.speakers.items() if guessed.get(label_key(label)) != role
    }
    roles |= {label: None for label in found.speakers if label_key(label) not in there}
    named = {label: name for label, name in held.informants.items() if ids.get(label_key(label)) != name}
    kind = held.kind if held.kind != found.kind else None
    language = held.language if held.language != found.language else None
    return _over(given, ImportOptions(speakers=roles, informants=named, kind=kind, language=language))


def _as_options(transcript: Transcript, ids: Mapping[str, str]) -> ImportOptions:
    """Return what a transcript says as options that would make it so."""
    roles: dict[str, Role | None] = {turn.speaker: turn.role for turn in transcript.turns}
    named = {turn.speaker: ids[turn.informant] for turn in transcript.turns if turn.informant and turn.informant in ids}
    return ImportOptions(speakers=roles, informants=named, kind=transcript.kind, language=transcript.language)


def _over(given: ImportOptions, below: ImportOptions) -> ImportOptions:
    stated = {label_key(label) for label in given.speakers}
    named = {label_key(label) for label in given.informants}
    return replace(
        given,
        speakers={**{k: v for k, v in below.speakers.items() if label_key(k) not in stated}, **given.speakers},
        informants={**{k: v for k, v in below.informants.items() if label_key(k) not in named}, **given.informants},
        kind=given.kind or below.kind,
        language=given.language or below.language,
    )


def corrected(
    existing: Transcript, read: Transcript, given: ImportOptions, people: Informants, readers: Mapping[str, Informant]
) -> Transcript:
    """Return *existing* with what the user names put right, from *read*, the reading of the same text with that in mind.

    Turns stay where they are unless what is named divides the text otherwise. *readers* are the informants of the reading, by guid.
    """
    divided = divides(given, existing, read) and [t.span for t in existing.turns] != [t.span for t in read.turns]
    turns = read.turns if divided else existing.turns
    turns = _roles(turns, read, given)
    turns = _whose(turns, existing, read, given, people, readers)
    spoke = {turn.informant for turn in existing.turns}
    speak = [turn.informant for turn in turns if turn.informant]
    stay = [guid for guid in existing.informants if guid in speak or guid not in spoke]
    return replace(
        existing,
        turns=turns,
        informants=tuple(dict.fromkeys([*stay, *speak])),
        kind=given.kind or existing.kind,
        language=given.language or existing.language,
        metadata=MappingProxyType({**given.metadata, **existing.metadata}),
    )


def _roles(turns: Iterable[Turn], read: Transcript, given: ImportOptions) -> tuple[Turn, ...]:
    """Return *turns* with the roles that the user names; nobody is an informant who is none."""
    named = {label_key(label): role for label, role in given.speakers.items() if role is not None}
    voices = {label_key(turn.speaker): turn.informant for turn in read.turns if turn.informant}
    made = []
    for turn in turns:
        role = named.get(label_key(turn.speaker))
        if role is not None and (role != turn.role or (role in _VOICES) != (turn.informant is not None)):
            whose = (turn.informant or voices.get(label_key(turn.speaker))) if role in _VOICES else None
            turn = replace(turn, role=role, informant=whose)
        made.append(turn)
    return tuple(made)


def _whose(
    turns: tuple[Turn, ...],
    existing: Transcript,
    read: Transcript,
    given: ImportOptions,
    people: Informants,
    readers: Mapping[str, Informant],
) -> tuple[Turn, ...]:
    """Return *turns* with the informants that the user names, by their label or for the file."""
    named = {label_key(label): name for label, name in given.informants.items()}
    main = _main(turns) if given.informant and existing.kind is not Kind.GROUP else None
    guids: dict[str, str] = {}
    made = []
    for turn in turns:
        key = label_key(turn.speaker)
        name = named.get(key) or (given.informant if key == main else None)
        if name is not None and turn.role in _VOICES:
            if key not in guids:
                reader = next((t.informant for t in read.turns if label_key(t.speaker) == key and t.informant), None)
                guids[key] = people.called(name, turn.informant, existing.guid, readers.get(reader or ""))
            turn = replace(turn, informant=guids[key])
        made.append(turn)
    return tuple(made)


def _main(turns: Iterable[Turn]) -> str | None:
    """Return the label of the informant who takes most turns."""
    count: dict[str, int] = {}
    for turn in turns:
        if turn.role in _VOICES:
            count[label_key(turn.speaker)] = count.get(label_key(turn.speaker), 0) + 1
    return max(count, key=lambda key: count[key]) if count else None

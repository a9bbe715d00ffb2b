"""Transcripts: importing, correcting who speaks, and their own fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from qualcode.errors import N_, ConflictError, InputError
from qualcode.model import Informant, Kind, Span, Transcript, Turn
from qualcode.store.acts._ground import changed, entity_row, guids_of, is_visible, require
from qualcode.store.acts.informants import informant_effects, require_informants
from qualcode.store.effects import By, Effect, EventRef, FixedOriginal, FixedText
from qualcode.store.log import Log
from qualcode.store.turns import PackedTurns, Speaker, bounds, pack

__all__ = [
    "NewTranscript",
    "beside_effects",
    "correct_turns",
    "edit_transcript",
    "import_transcripts",
    "replaced_effects",
    "revision_effects",
    "transcript_effects",
    "turn_effects",
    "voices_of",
    "whose",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class NewTranscript:
    """A transcript to be stored, with the bytes it was read from; `original` is None where there are none to keep.

    `beside` has the guids of the other transcripts that these bytes hold, and of who speaks in them: with any of these the bytes go.
    `replaced` says where words stand in the text that replaced others, so that a pseudonym is not taken for a name.
    """

    transcript: Transcript
    filename: str = ""
    original: bytes | None = None
    beside: tuple[str, ...] = ()
    replaced: tuple[Span, ...] = ()


def import_transcripts(
    log: Log, by: By, items: Sequence[NewTranscript], informants: Sequence[Informant] = ()
) -> EventRef | None:
    """Store new transcripts and their *informants* in one event; return it.

    Guids are those of the values. Informants already in the study are brought up to date.

    Raises
    ------
    ConflictError
        If a transcript with the same guid or revision is in the study.
    NotFoundError
        If a voice belongs to no informant of the study.
    """
    effects: list[Effect] = []
    texts: list[FixedText] = []
    originals: list[FixedOriginal] = []
    with log.writing(by) as writer:
        for informant in informants:
            effects += informant_effects(writer.connection, informant)
        voiced = {guid for item in items for guid in voices_of(item.transcript.informants, item.transcript.turns)}
        require_informants(writer.connection, voiced, informants)
        for item in items:
            transcript = item.transcript
            if is_visible(writer.connection, "transcript", transcript.guid):
                raise ConflictError(N_("transcript {name!r} is in this study already"), name=transcript.name)
            effects += transcript_effects(transcript)
            made, text, original = revision_effects(
                transcript.guid,
                transcript.revision,
                None,
                transcript.text,
                pack(transcript.turns),
                item.filename,
                item.original,
            )
            effects += made
            texts.append(text)
            originals += [original] if original else []
        for item in items:  # these name each other, so all must be there
            effects += [*beside_effects(item), *replaced_effects(item)]
        return writer.record("import", effects, texts=texts, originals=originals) if effects else None


def transcript_effects(transcript: Transcript) -> list[Effect]:
    """Return the effects that make a transcript, without its revision."""
    values: dict[str, object] = {
        "kind": transcript.kind.value,
        "language": transcript.language,
        "current": transcript.revision,
        "informants": list(transcript.informants),
    }
    return [
        Effect("new", "transcript", transcript.guid, values, whose(transcript)),
        Effect("set", "transcript", transcript.guid, words_of(transcript)),  # may name someone: erased alone
    ]


def words_of(transcript: Transcript) -> dict[str, object]:
    """Return the registers of a transcript that may name someone."""
    return {"name": transcript.name, "metadata": dict(transcript.metadata)}


def revision_effects(
    transcript: str,
    revision: str,
    prior: str | None,
    text: str,
    packed: PackedTurns,
    filename: str = "",
    original: bytes | None = None,
) -> tuple[list[Effect], FixedText, FixedOriginal | None]:
    """Return the effects that make a revision, with its text and original: one for the turns, one a speaker, one for the file's name."""
    fixed = FixedText(revision, text)
    kept = FixedOriginal(revision, original) if original is not None else None
    values: dict[str, object] = {
        "transcript": transcript,
        "prior": prior,
        "turns": packed.turns,
        "times": packed.times,
        "digest": fixed.digest,
        "original": kept.digest if kept else None,
    }
    refs = (transcript, prior) if prior else (transcript,)
    effects = [Effect("new", "revision", revision, values, refs), *_speaker_effects(revision, packed.speakers)]
    if filename:
        effects.append(Effect("set", "revision", revision, {"filename": filename}))
    return effects, fixed, kept


def beside_effects(item: NewTranscript) -> list[Effect]:
    """Return the effect that names whose words the original holds besides, if it holds any."""
    if item.original is None or not item.beside:
        return []
    beside = tuple(sorted(item.beside))
    return [Effect("set", "revision", item.transcript.revision, {"beside": list(beside)}, beside)]


def replaced_effects(item: NewTranscript) -> list[Effect]:
    """Return the effect that says where words stand in the text that replaced others, if there are any."""
    if not item.replaced:
        return []
    flat = [number for span in item.replaced for number in (span.start, len(span))]
    return [Effect("set", "revision", item.transcript.revision, {"replaced": flat})]


def correct_turns(
    log: Log, by: By, transcript: str, turns: Sequence[Turn], informants: Sequence[Informant] = ()
) -> EventRef | None:
    """Correct who speaks in the present text of *transcript* (guid): labels, roles, informants, times, or the turns themselves.

    Parameters
    ----------
    turns : sequence of Turn
        All turns of the text as they should be.
    informants : sequence of Informant
        Those to add or bring up to date in the same event.

    One who spoke in these turns and speaks in them no more is not the transcript's informant any longer.

    Raises
    ------
    InputError
        If a turn leaves the text.
    """
    with log.writing(by) as writer:
        c = writer.connection
        row = require(c, "transcript", transcript)._mapping
        revision = guids_of(c, [row["current"]])[row["current"]]
        old = require(c, "revision", revision)._mapping
        if turns and turns[-1].span.end > (old["length"] or 0):
            raise InputError(
                N_("a turn ends at {end}, the text at {length}"), end=turns[-1].span.end, length=old["length"]
            )
        effects = [effect for informant in informants for effect in informant_effects(c, informant)]
        known = _speakers(json.loads(old["speakers"] or "{}"))
        effects += turn_effects(c, revision, turns)
        voices = voices_of((), turns)
        require_informants(c, voices, informants)
        before = json.loads(row["informants"] or "[]")
        spoke = {speaker[2] for speaker in known}
        stay = [guid for guid in before if guid in voices or guid not in spoke]
        if (after := list(dict.fromkeys([*stay, *voices]))) != before:
            effects.append(Effect("set", "transcript", transcript, {"informants": after}, tuple(after)))
        return writer.record("correct turns", effects) if effects else None


def turn_effects(connection: Connection, revision: str, turns: Sequence[Turn]) -> list[Effect]:
    """Return the effects that give *revision* (guid) these turns instead of those that it has."""
    old = require(connection, "revision", revision)._mapping
    known = _speakers(json.loads(old["speakers"] or "{}"))
    packed = _repacked(turns, json.loads(old["turns"] or "[]"), known)
    values = changed(
        {"turns": json.loads(old["turns"] or "[]"), "times": json.loads(old["times"] or "[]")},
        {"turns": packed.turns, "times": packed.times},
    )
    set_ = [Effect("set", "revision", revision, values)] if values else []
    return [*set_, *_speaker_effects(revision, packed.speakers, known)]


def edit_transcript(
    log: Log,
    by: By,
    transcript: str,
    *,
    name: str | None = None,
    kind: Kind | None = None,
    language: str | None = None,
    metadata: Mapping[str, str] | None = None,
    informants: Sequence[str] | None = None,
) -> EventRef | None:
    """Change what is given of *transcript* (guid); its text is not one of these: see `revise_transcript`."""
    with log.writing(by) as writer:
        row = entity_row(writer.connection, "transcript", transcript) or require(
            writer.connection, "transcript", transcript
        )
        require_informants(writer.connection, informants or ())
        old = dict(row._mapping)
        old["metadata"] = json.loads(str(old["metadata"] or "{}"))
        old["informants"] = json.loads(str(old["informants"] or "[]"))
        given: dict[str, object] = {"name": name, "kind": kind.value if kind else None, "language": language}
        given["metadata"] = dict(metadata) if metadata is not None else None
        given["informants"] = list(informants) if informants is not None else None
        values = changed(old, {k: v for k, v in given.items() if v is not None})
        words: dict[str, object] = {name: values.pop(name) for name in ("name", "metadata") if name in values}
        effects = [Effect("set", "transcript", transcript, words)] if words else []
        if values:
            refs = tuple(informants or ()) if "informants" in values else ()
            effects.append(Effect("set", "transcript", transcript, values, refs))
        return writer.record("edit transcript", effects) if effects else None


def voices_of(informants: Sequence[str], turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the guids of all whose voice a text holds."""
    return tuple(dict.fromkeys([*informants, *(turn.informant for turn in turns if turn.informant)]))


def whose(transcript: Transcript) -> tuple[str, ...]:
    """Return the guids of all whose voice the transcript holds.

    A voice that nobody has named counts as the transcript's own: so the transcript outlives the erasing of those who are named.
    """
    several = len(transcript.informants) != 1
    unnamed = several and any(turn.informant is None and turn.role.is_voice for turn in transcript.turns)
    return (*voices_of(transcript.informants, transcript.turns), *([transcript.guid] if unnamed else []))


def _speakers(stored: Mapping[str, Sequence[str | None] | None]) -> list[Speaker]:
    """Return the speakers of a revision in the order of their numbers; one that was erased keeps its number."""
    last = max((int(number) for number in stored), default=-1)
    found = []
    for number in range(last + 1):
        label, role, informant = stored.get(str(number)) or (f"\0{number}", "", None)  # equal to no speaker
        found.append((label or "", role or "", informant))
    return found


def _speaker_effects(revision: str, speakers: Sequence[Speaker], known: Sequence[Speaker] = ()) -> list[Effect]:
    """Return an effect for each speaker that is not as *known*, naming the informant whose voice it is."""
    return [
        Effect("set", "revision", revision, {f"speaker.{number}": list(speaker)}, (speaker[2],) if speaker[2] else ())
        for number, speaker in enumerate(speakers)
        if number >= len(known) or known[number] != speaker
    ]


def _repacked(turns: Sequence[Turn], old: Sequence[int], known: list[Speaker]) -> PackedTurns:
    """Return *turns* packed so that a speaker renamed throughout keeps the number: one register changes, not every turn."""
    spans = bounds(old)
    if [(turn.span.start, turn.span.end) for turn in turns] == [bound[:2] for bound in spans]:
        new: dict[int, set[Speaker]] = {}
        for turn, (_, _, number) in zip(turns, spans, strict=True):
            new.setdefault(number, set()).add((turn.speaker, turn.role.value, turn.informant))
        if all(len(found) == 1 for found in new.values()):
            speakers = [next(iter(new[n])) if n in new else speaker for n, speaker in enumerate(known)]
            times = [x for n, turn in enumerate(turns) if turn.time is not None for x in (n, turn.time)]
            return PackedTurns(list(old), times, speakers)
    return pack(turns, known)

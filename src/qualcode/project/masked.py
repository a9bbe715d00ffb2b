"""What transcripts, informants and the key become by a plan of masking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode.model import AttributeValue, Identifier, IdentifierKind, Informant, Kept, Transcript
from qualcode.privacy.cast import Alias
from qualcode.project.mask_plan import MaskPlan

if TYPE_CHECKING:
    from qualcode.files.tables import Table
    from qualcode.privacy.key import KeyFile
    from qualcode.privacy.masking import Masked

__all__ = ["elsewhere", "found_in", "key_of", "masked_informant", "masked_table", "masked_transcript"]


def found_in(
    transcripts: Sequence[Transcript],
    *,
    names: Sequence[str] = (),
    kept: Sequence[Kept] = (),
    progress: Callable[[int, int, str], None] | None = None,
) -> list[tuple[Transcript, tuple[Identifier, ...]]]:
    """Return what tells who somebody is in each of *transcripts*."""
    from qualcode.privacy import find

    everywhere = [each for each in kept if each.place is None]
    here: dict[str, list[Kept]] = defaultdict(list)
    for each in kept:
        if each.place is not None:
            here[each.place[0]].append(each)
    found = []
    for number, transcript in enumerate(transcripts, 1):
        identifiers = find(transcript, names=names, kept=[*everywhere, *here[transcript.revision]])
        found.append((transcript, identifiers))
        if progress is not None:
            progress(number, len(transcripts), transcript.name)
    return found


def masked_transcript(plan: MaskPlan, transcript: Transcript, *, revision: str, taken: Iterable[str] = ()) -> Masked:
    """Return *transcript* as *plan* masks it, with its name and header fields; no name is one of those *taken*."""
    from qualcode.privacy.masking import mask
    from qualcode.privacy.rewriting import rewritten

    masked = mask(transcript, plan.replacements(transcript.guid), revision=revision)
    words = plan.words([transcript.guid])
    metadata = {name: rewritten(value, words) for name, value in transcript.metadata.items()}
    name = _free(rewritten(transcript.name, words), set(taken))
    return replace(masked, transcript=replace(masked.transcript, name=name, metadata=metadata))


def masked_informant(person: Informant, words: Mapping[str, str], *, taken: Iterable[str] = ()) -> Informant:
    """Return *person* with *words* in the place of those that are masked, in id, category and attributes."""
    from qualcode.privacy.rewriting import rewritten

    attributes: dict[str, AttributeValue] = {
        name: rewritten(value, words) if isinstance(value, str) else value for name, value in person.attributes.items()
    }
    said = rewritten(person.id, words)
    id_ = person.id if said == person.id else _free(said, set(taken))
    return replace(person, id=id_, category=rewritten(person.category, words), attributes=MappingProxyType(attributes))


def masked_table(table: Table, words: Mapping[str, str]) -> Table:
    """Return *table* with *words* in the place of those that are masked, in every cell."""
    from qualcode.privacy.rewriting import rewritten

    rows = tuple(tuple(rewritten(cell, words) if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    return replace(table, rows=rows, titles=tuple(rewritten(title, words) for title in table.titles))


def elsewhere(alias: Alias, guids: Mapping[str, str]) -> Alias:
    """Return *alias* with other guids of transcripts."""
    person = alias.person
    scope = frozenset(guids.get(guid, guid) for guid in person.transcripts)
    voice = frozenset(guids.get(guid, guid) for guid in person.speaks_in)
    return replace(alias, person=replace(person, transcripts=scope, speaks_in=voice))


def key_of(
    key: KeyFile,
    plan: MaskPlan,
    *,
    transcripts: Mapping[str, str],
    informants: Mapping[str, str],
    originals: Mapping[str, tuple[str, bytes]],
    back: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write into *key* what *plan* masks, and the names that transcripts and informants (guids) had; what is known already stays.

    *back* says which transcripts of the plan are others of the study.
    """
    from qualcode.privacy.key import Stood

    people = plan.cast.people.meant
    stood = dict.fromkeys(key.contents.stood)
    for hit in plan.masked():
        text = plan.decisions[hit.place].text
        number = people.get(hit.place)
        named = number is not None and text.casefold() == plan.cast.text(hit.transcript, hit.identifier).casefold()
        if hit.identifier.kind is not IdentifierKind.PERSON or not named:
            guid = back.get(hit.transcript.guid, hit.transcript.guid)
            stood[Stood(hit.identifier.kind, " ".join(hit.words.split()), text, guid)] = None
    key.change(
        aliases=tuple(elsewhere(alias, back) for alias in plan.aliases()),
        stood=tuple(stood),
        transcripts=MappingProxyType({**transcripts, **key.contents.transcripts}),
        informants=MappingProxyType({**informants, **key.contents.informants}),
        originals=MappingProxyType({**originals, **key.contents.originals}),
    )
    key.save()


def _free(name: str, taken: set[str]) -> str:
    """Return *name*, with a number where it is taken."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free

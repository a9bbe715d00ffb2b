"""Who speaks in a source: its informants, what is known of them, and what the file's name and the user say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType

from qualcode.errors import N_
from qualcode.importers._base import ImportOptions, Source
from qualcode.importers._names import FileName, alike, read_name
from qualcode.importers._words import OCCUPATIONS, is_name, is_role_label, normal, role_of, slug
from qualcode.importers.assembly.side_by_side import of_each
from qualcode.importers.header.fields import attribute_value, described
from qualcode.importers.header.privacy import is_private_value
from qualcode.importers.speakers.roles import Speaker
from qualcode.importers.turns import Layout
from qualcode.model import AttributeValue, Finding, Informant, Kind, Role

__all__ = ["People", "is_a_name", "people_of"]

_VOICES = {Role.INFORMANT, Role.PARTICIPANT}


@dataclass(frozen=True, slots=True)
class People:
    """The informants of a source, each with the speaker they are (None where nobody speaks), what is known of it, and the findings."""

    informants: tuple[tuple[Speaker | None, Informant], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()

    @property
    def by_label(self) -> dict[str, str]:
        """Guids of the informants by the label of their turns."""
        return {speaker.label: person.guid for speaker, person in self.informants if speaker is not None}

    @property
    def each(self) -> tuple[Informant, ...]:
        """Every informant once, whoever has several labels."""
        return tuple({person.guid: person for _, person in self.informants}.values())


def people_of(source: Source, layout: Layout, kind: Kind, options: ImportOptions) -> People:
    """Return the informants in *source*.

    The id of the one who speaks alone, or most, is what the user says, or the header, or the file's name where it counts the interviews, or
    else the name of the transcript. The others have ids of their own below it, or those the user gives their labels.
    """
    name = read_name(PurePath(source.name).stem)
    stated, own, said = _id_of_file(source, layout, kind, options, name)
    attributes = {**options.attributes, **_attributes(layout)}
    category = next((f.value.casefold() for f, _ in layout.fields if f.target == "category"), "")
    speaking = {spoken.speaker for spoken in layout.spoken if spoken.end > spoken.start}
    voices = [s for at, s in enumerate(layout.speakers) if s.role in _VOICES and at in speaking]
    by_label = {normal(label): who for label, who in options.informants.items()}
    metadata = {**name.metadata, **options.metadata}
    people: list[tuple[Speaker | None, Informant]] = []
    if not voices:
        filled = any(value is not None for value in attributes.values())  # a form to fill in is nobody's
        if kind is Kind.INTERVIEW and (filled or stated):
            people = [(None, Informant(options.new_guid(), own, category, MappingProxyType(attributes)))]
    elif len(voices) == 1 and kind is not Kind.GROUP:
        known = {**_from_legend(voices[0]), **attributes}
        who = by_label.get(normal(voices[0].label), own)
        people = [(voices[0], Informant(options.new_guid(), who, category, MappingProxyType(known)))]
    else:
        people = _several(source, voices, by_label, options)
        if kind is not Kind.GROUP and (both := of_each(layout, voices)) is not None:
            people = [
                (
                    speaker,
                    replace(person, category=category, attributes=MappingProxyType({**person.attributes, **known})),
                )
                for (speaker, person), known in zip(people, both[0], strict=True)
            ]
            said.append(_side_by_side(source, layout, [person for _, person in people], sure=both[1]))
        elif kind is not Kind.GROUP and (attributes or stated):
            main = max(range(len(voices)), key=lambda at: voices[at].turns)
            people[main] = _with_header(people[main], stated, by_label, category, attributes)
            said.append(_whose(source, layout, people[main][1]))
    group_wide = kind is Kind.GROUP or not people
    return People(
        tuple(_once(people)),
        MappingProxyType(metadata | _metadata(layout, group_wide=group_wide)),
        tuple(said),
    )


def _id_of_file(
    source: Source, layout: Layout, kind: Kind, options: ImportOptions, name: FileName
) -> tuple[str | None, str, list[Finding]]:
    """Return the id that something says the informant has, the id to use, and what must be said about that."""
    said = list(_named(source))
    if kind is Kind.GROUP:
        return None, source.stem, said
    stated = options.informant or layout.informant_id or name.informant
    if options.informant is None and layout.informant_id and name.informant:
        if alike(layout.informant_id) != alike(name.informant):
            message = N_("the header names informant {header!r}, the file's name {name!r}; the header was taken")
            both = {"header": layout.informant_id, "name": name.informant}
            said.append(Finding("doubtful", message, source.name, rule="file name", parameters=both))
    elif stated is not None and stated == name.informant:
        message = (
            N_("by the file's name, interview {n} of informant {informant!r}")
            if "wawancara_ke" in name.metadata
            else N_("by the file's name, informant {informant!r}")
        )
        both = {"n": name.metadata.get("wawancara_ke", ""), "informant": stated}
        said.append(Finding("recognised", message, source.name, rule="file name", parameters=both))
    return stated, stated or source.stem, said


def _named(source: Source) -> Iterator[Finding]:
    """Yield a doubt where the file is called by a person's name: the transcript is called as the file is."""
    if is_private_value(source.stem):
        message = N_(
            "the file's name seems to hold a person's name; a transcript is called as its file is, in reports and exports, too: "
            "if the name is real, rename the file before you bring it in"
        )
        yield Finding("doubtful", message, source.name, rule="privacy")


def _several(
    source: Source, voices: list[Speaker], by_label: Mapping[str, str], options: ImportOptions
) -> list[tuple[Speaker | None, Informant]]:
    people: list[tuple[Speaker | None, Informant]] = []
    used: set[str] = set()
    for speaker in voices:
        who = by_label.get(normal(speaker.label)) or _own_id(source.stem, speaker, used)
        people.append((speaker, Informant(options.new_guid(), who, "", MappingProxyType(_from_legend(speaker)))))
    return people


def _with_header(
    person: tuple[Speaker | None, Informant],
    stated: str | None,
    by_label: Mapping[str, str],
    category: str,
    attributes: Mapping[str, AttributeValue],
) -> tuple[Speaker | None, Informant]:
    """Return who speaks most of several, with what the header says of one of them."""
    speaker, known = person
    named = speaker is not None and normal(speaker.label) in by_label
    who = known.id if named else stated or known.id
    all_ = MappingProxyType({**known.attributes, **attributes})
    return speaker, replace(known, id=who, category=category, attributes=all_)


def _whose(source: Source, layout: Layout, person: Informant) -> Finding:
    return Finding(
        "doubtful",
        N_("several informants speak; the header's details were given to {informant!r}"),
        file=source.name,
        line=layout.fields[0][1] if layout.fields else None,
        rule="most turns",
        parameters={"informant": person.id},
    )


def _side_by_side(source: Source, layout: Layout, people: Sequence[Informant], *, sure: bool) -> Finding:
    message = (
        N_("the header describes several informants side by side; their details were given to {informants}")
        if sure
        else N_(
            "the header describes several informants side by side; their details were given to {informants}, in this order; please check"
        )
    )
    named = {"informants": ", ".join(person.id for person in people)}
    line = layout.fields[0][1]
    return Finding("recognised" if sure else "doubtful", message, source.name, line, "two values", named)


def _once(people: list[tuple[Speaker | None, Informant]]) -> list[tuple[Speaker | None, Informant]]:
    """Return the people; labels that the user gives the same id are one informant."""
    found: dict[str, Informant] = {}
    for _, person in people:
        first = found.get(person.id)
        if first is None:
            found[person.id] = person
        else:
            both = MappingProxyType({**person.attributes, **first.attributes})
            found[person.id] = replace(first, attributes=both, category=first.category or person.category)
    return [(speaker, found[person.id]) for speaker, person in people]


def _own_id(stem: str, speaker: Speaker, used: set[str]) -> str:
    """Return an id such as ``kelompok-01/peserta-1``; a person's name never becomes part of it."""
    own = slug(speaker.label)
    if is_a_name(speaker) or is_private_value(speaker.label):
        own = "informan-1"
    elif is_role_label(speaker.label):
        words = [w for w in own.split("-") if w.isdigit() or len(w) == 1 or role_of(w) is not None or w in _PLAIN]
        own = "-".join(words) or "informan-1"
    number, base = 1, re.sub(r"-?\d+$", "", own) or own
    while own in used:
        number += 1
        own = f"{base}-{number}"
    used.add(own)
    return f"{stem}/{own}"


def is_a_name(speaker: Speaker) -> bool:
    """Tell whether a label is what somebody is called: neither a role word nor a code or letters of the legend."""
    coded = (
        not any(c.islower() for c in speaker.label) or any(c.isdigit() for c in speaker.label) or len(speaker.label) < 3
    )
    return not coded and is_name(speaker.label) and not is_role_label(speaker.label)


_PLAIN = {"kunci", "utama", "pendukung", "tambahan", "ahli", "orang", "tua", "lain", "ibu", "bapak"}


def _attributes(layout: Layout) -> dict[str, AttributeValue]:
    found: dict[str, AttributeValue] = {
        key: value for key, value in layout.described.items() if isinstance(value, (str, int))
    }
    for entry, _ in layout.fields:
        if entry.target == "attribute":
            for key, value in attribute_value(entry.key, entry.value).items():
                if found.get(key) is None:
                    found[key] = value
    return found


def _from_legend(speaker: Speaker) -> dict[str, AttributeValue]:
    """Return what a legend tells of a person besides the role, as in ``Peserta 3: penjual nasi goreng, laki-laki``."""
    found = described(speaker.meaning)
    for part in (part.strip() for part in speaker.meaning.split(",")):
        first = part.split()[0].casefold() if part else ""
        if first in OCCUPATIONS and part[0].islower() and not is_private_value(part):
            found.setdefault("pekerjaan", part)
    return found


def _metadata(layout: Layout, *, group_wide: bool) -> dict[str, str]:
    """Return the fields about the source; *group_wide* if what is said of people is said of all of them."""
    found: dict[str, str] = {}
    for entry, _ in layout.fields:
        wanted = entry.target == "metadata" or (group_wide and entry.target in {"attribute", "category"})
        if wanted and entry.value:
            found[entry.key] = f"{found[entry.key]}; {entry.value}" if entry.key in found else entry.value
    return found

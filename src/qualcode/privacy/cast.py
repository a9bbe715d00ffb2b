"""Who and what is called how: one pseudonym for each person of a study, one word for everything else."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.errors import N_, ConflictError
from qualcode.i18n import translator
from qualcode.model import Identifier, IdentifierKind, Transcript
from qualcode.privacy.people import People, Person, gathered, name_words, namings
from qualcode.privacy.pseudonyms import KEEPS, RealNames, Style, dressed, placeholder, pseudonym, words_in

__all__ = ["Alias", "Cast", "Group", "cast_of"]

Found = Sequence[tuple[Transcript, Sequence[Identifier]]]
"""Transcripts with what was found in each."""

Group = tuple[str, ...]
"""What is decided on together: ``("person", "3")``, or a kind with what it is compared by."""

_NAME = N_("[name]")


@dataclass(frozen=True, slots=True)
class Alias:
    """A person and what they are called: a word for each word of the name, or one for all of it."""

    person: Person
    names: tuple[str, ...]

    def called(self, words: Sequence[str]) -> str:
        """Return what stands for *words*, the person's name or a part of it, in small letters."""
        whole = self.person.words
        if len(self.names) != len(whole) or len(whole) == 1:
            return " ".join(self.names)
        for at in range(len(whole) - len(words) + 1):
            if all(a == b or a[:1] == b or a == b[:1] for a, b in zip(words, whole[at:], strict=False)):
                chosen = zip(words, self.names[at:], strict=False)
                return " ".join(name[:1] if len(word) == 1 else name for word, name in chosen)
        return " ".join(self.names)


@dataclass(frozen=True, slots=True)
class Cast:
    """What stands for what was found.

    Attributes
    ----------
    people : People
        Who is meant where.
    aliases : tuple of Alias
        What each person is called, by their position.
    words : mapping of Group to str
        What stands for other identifiers, where it is not the word of their kind.
    """

    people: People
    aliases: tuple[Alias, ...]
    words: Mapping[Group, str] = field(default_factory=dict)
    language: str = "id"

    def group(self, transcript: str, identifier: Identifier) -> Group:
        """Return what is decided on together with *identifier* in *transcript* (guid); where it is not clear who is meant, that place alone."""
        if identifier.kind is not IdentifierKind.PERSON:
            return (identifier.kind.value, *identifier.forms)
        number = self.people.meant.get((transcript, identifier.core))
        if number is None:
            return ("unclear", transcript, str(identifier.core.start))
        return ("person", str(number))

    def text(self, transcript: Transcript, identifier: Identifier) -> str:
        """Return what stands for *identifier* in *transcript*; empty where it is not clear who is meant."""
        group = self.group(transcript.guid, identifier)
        if group[0] == "unclear":
            return ""
        if group[0] != "person":
            return self.words.get(group) or placeholder(
                identifier.kind, "en" if transcript.language == "en" else self.language
            )
        name = self.aliases[int(group[1])].called(name_words(identifier, transcript.text))
        return dressed(identifier.core.of(transcript.text), name)

    def renamed(self, transcript: Transcript, identifier: Identifier, typed: str) -> Cast:
        """Return the cast in which *typed* stands for *identifier* and all that is decided with it.

        Raises
        ------
        ConflictError
            If *typed* is somebody's real name in the study, or another person is called so.
        """
        typed = " ".join(typed.split())
        group = self.group(transcript.guid, identifier)
        if group[0] != "person":
            return replace(self, words={**self.words, group: typed})
        number = int(group[1])
        self.require_free(typed, number)
        alias = self.aliases[number]
        words, names = name_words(identifier, transcript.text), tuple(typed.split())
        whole = alias.person.words
        if len(names) == len(words) and len(alias.names) == len(whole) and all(word in whole for word in words):
            new = dict(zip(words, names, strict=True))
            names = tuple(new.get(word, name) for word, name in zip(whole, alias.names, strict=True))
        elif not len(names) == len(words) == len(whole):
            names = (typed,)
        changed = replace(alias, names=names)
        return replace(self, aliases=(*self.aliases[:number], changed, *self.aliases[number + 1 :]))

    def meaning(self, transcript: str, identifier: Identifier, number: int) -> Cast:
        """Return the cast in which the unclear *identifier* in *transcript* (guid) means the person at *number*."""
        place = (transcript, identifier.core)
        unclear = {each: who for each, who in self.people.unclear.items() if each != place}
        people = replace(self.people, meant={**self.people.meant, place: number}, unclear=unclear)
        return replace(self, people=people)

    def require_free(self, typed: str, number: int | None = None) -> None:
        """Refuse a pseudonym that is a real name in the study, or what another person than that at *number* is called.

        Raises
        ------
        ConflictError
            Either way.
        """
        words = words_in([typed])
        for position, alias in enumerate(self.aliases):
            if words & {word for word in alias.person.words if len(word) > 1} - KEEPS:
                raise ConflictError(
                    N_("this is somebody's real name in the study, so readers would take one for the other"),
                    hint=N_("choose another name"),
                )
            if position != number and " ".join(alias.names).casefold() == typed.casefold():
                raise ConflictError(N_("somebody else is called so already"), hint=N_("choose another name"))

    def speaking(self) -> dict[str, str]:
        """Return what stands for each name and part of a name, for texts beside the transcripts; `[name]` where several bear it."""
        found: dict[str, set[str]] = {}
        for alias in self.aliases:
            whole = alias.person.words
            parts = [whole, *((word,) for word in whole if len(word) > 2 and len(whole) > 1)]
            for part in parts:
                found.setdefault(" ".join(part), set()).add(alias.called(part))
        unclear = translator(self.language)(_NAME)
        return {name: next(iter(called)) if len(called) == 1 else unclear for name, called in found.items()}


def cast_of(
    found: Found,
    *,
    style: Style = "nama",
    before: Sequence[Alias] = (),
    words: Mapping[Group, str] | None = None,
    avoid: Collection[str] = (),
    draw: random.Random | None = None,
    language: str = "id",
    label: str = "informan",
    apart: Collection[tuple[str, ...]] = (),
    together: Collection[tuple[str, ...]] = (),
) -> Cast:
    """Return what stands for all that was *found* in a study.

    Parameters
    ----------
    found : sequence of (Transcript, identifiers)
        Of the whole study, so that one person is called alike in all of it.
    style : {"nama", "inisial", "kode"}
        How people are called.
    before : sequence of Alias
        Those that a key file knows; they keep their pseudonyms.
    words : mapping of Group to str
        What stands for other things already.
    avoid : collection of str
        Words, in small letters, that no pseudonym may be: those of the study's texts (`words_in`).
    draw : random.Random, optional
        Chooses pseudonyms; the system's own source of chance without it.
    label : str
        What the study calls an informant.
    apart, together : collections of tuple of str
        Names borne by informants of several transcripts that are several people's, or one's.
    """
    draw = draw or random.SystemRandom()
    named = [each for transcript, identifiers in found for each in namings(transcript, identifiers)]
    people = gathered(named, known_before=[alias.person for alias in before], apart=apart, together=together)
    taken = set(avoid)
    for alias in before:
        taken |= {*alias.person.words, *words_in(alias.names), " ".join(alias.names).casefold()}
    real = RealNames(word for person in people.persons for word in person.words)
    aliases: list[Alias] = []
    informants = others = 0
    for number, person in enumerate(people.persons):
        known = before[number] if number < len(before) else None
        if known is not None and (len(known.names) != len(known.person.words) or person.words == known.person.words):
            aliases.append(Alias(person, known.names))
            continue
        informants, others = informants + person.is_informant, others + (not person.is_informant)
        names = pseudonym(
            person,
            style=style,
            number=informants if person.is_informant else others,
            avoid=taken,
            draw=draw,
            label=_capital(label) if person.is_informant else translator(language)(N_("Person")),
            real=real,
            given=dict(zip(known.person.words, known.names, strict=True)) if known is not None else {},
        )
        taken |= {" ".join(names).casefold(), *(name.casefold() for name in names)}
        aliases.append(Alias(person, names))
    return Cast(people, tuple(aliases), dict(words or {}), language)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]

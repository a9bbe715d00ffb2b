"""Who is meant where a name stands: the people of a study, by all the forms in which they are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.model import Identifier, IdentifierKind, Span, Transcript
from qualcode.privacy.given_names import Gender, gender_of, known, region_of

__all__ = ["Naming", "People", "Person", "SameName", "gathered", "name_words", "namings"]

_HEADER_OF_INFORMANT = re.compile(
    r"\W*(?:nama|name|informan|narasumber|responden|partisipan|subjek|subyek|informant|respondent|participant|interviewee|panggilan|inisial)\b",
    re.IGNORECASE,
)
_HEADER_OF_ASKER = re.compile(
    r"\W*(?:nama )?(?:pewawancara|peneliti|penanya|interviewer|enumerator|moderator|notulen|pencatat|pentranskrip|transkriptor|transkripsi)\b",
    re.IGNORECASE,
)
Place = tuple[str, Span]
"""A transcript (guid) and the core of an identifier in its text."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where somebody is named.

    Attributes
    ----------
    transcript : str
        Guid.
    core : Span
        Where the name stands.
    words : tuple of str
        The name, in small letters.
    address : str
        The form of address before it, empty for none.
    of_informant : bool
        Whether it stands in the header or in a label as the informant's own.
    """

    transcript: str
    core: Span
    words: tuple[str, ...]
    address: str = ""
    of_informant: bool = False

    @property
    def place(self) -> Place:
        """The transcript and the core."""
        return (self.transcript, self.core)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in the study.

    `words` is the fullest form, in small letters. `transcripts` holds where the name means this person, where it means others
    elsewhere; empty means everywhere. `speaks_in` holds where they are named as the informant.
    """

    words: tuple[str, ...]
    gender: Gender = ""
    region: str = ""
    transcripts: frozenset[str] = frozenset()
    speaks_in: frozenset[str] = frozenset()

    @property
    def is_informant(self) -> bool:
        """Whether they are named as an informant."""
        return bool(self.speaks_in)

    def is_meant(self, transcript: str) -> bool:
        """Tell whether the name means this person in *transcript* (guid)."""
        return not self.transcripts or transcript in self.transcripts


@dataclass(frozen=True, slots=True)
class SameName:
    """A name that is an informant's in several transcripts: one person or several, only who knows them can say."""

    words: tuple[str, ...]
    transcripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people of a study.

    Attributes
    ----------
    persons : tuple of Person
        Each is referred to by the position here.
    meant : mapping of Place to int
        Who is meant where, as far as it is clear.
    unclear : mapping of Place to tuple of int
        Who may be meant where that is not clear.
    same_names : tuple of SameName
        What was not said yet: whether a name is one person's.
    """

    persons: tuple[Person, ...] = ()
    meant: Mapping[Place, int] = field(default_factory=dict)
    unclear: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)
    same_names: tuple[SameName, ...] = ()


def namings(transcript: Transcript, identifiers: Iterable[Identifier]) -> tuple[Naming, ...]:
    """Return where people are named in *transcript*, of what was found in it."""
    return tuple(
        Naming(
            transcript.guid,
            each.core,
            name_words(each, transcript.text),
            _address(transcript.text, each),
            _is_informants(transcript, each.core),
        )
        for each in identifiers
        if each.kind is IdentifierKind.PERSON
    )


def gathered(
    named: Sequence[Naming],
    *,
    known_before: Sequence[Person] = (),
    apart: Collection[tuple[str, ...]] = (),
    together: Collection[tuple[str, ...]] = (),
) -> People:
    """Return who is meant where.

    A whole name is one person's. A part of it means whom the same transcript names in full, or else the only one in the study who bears it;
    a form of address that is said to women does not mean a man. What remains is unclear.

    Parameters
    ----------
    named : sequence of Naming
        From all transcripts.
    known_before : sequence of Person
        Those that a key file knows; they keep their positions.
    apart, together : collections of tuple of str
        Names that are informants' in several transcripts of which a person said that they are several people's, or one's.
    """
    return _Gathering(named, known_before, frozenset(apart), frozenset(together)).people()


class _Gathering:
    """Finds out who is meant, whole names first."""

    def __init__(
        self,
        named: Sequence[Naming],
        before: Sequence[Person],
        apart: frozenset[tuple[str, ...]],
        together: frozenset[tuple[str, ...]],
    ) -> None:
        self.named = named
        # Of whom only one bore the name, it could be said without asking.
        self.persons = [
            replace(each, transcripts=each.speaks_in) if each.words in apart and not each.transcripts else each
            for each in before
        ]
        self.apart, self.together = apart, together
        self.meant: dict[Place, int] = {}
        self.unclear: dict[Place, tuple[int, ...]] = {}
        self.in_transcript: dict[str, set[int]] = defaultdict(set)
        self.bearing: dict[str, set[int]] = defaultdict(set)
        """Persons by each word of their names, and by its first letter with a stop."""
        self.addressed: dict[int, Counter[Gender]] = defaultdict(Counter)
        self.regions: dict[int, Counter[str]] = defaultdict(Counter)
        self.genders: dict[tuple[str, ...], set[Gender]] = defaultdict(set)
        self.genders_in: dict[tuple[str, tuple[str, ...]], set[Gender]] = defaultdict(set)
        for number, person in enumerate(self.persons):
            self._bear(number, person.words)
        for each in named:
            if gender := gender_of(each.address):
                self.genders[each.words].add(gender)
                self.genders_in[each.transcript, each.words].add(gender)

    def _bear(self, number: int, words: Iterable[str]) -> None:
        for word in words:
            self.bearing[word].add(number)
            self.bearing[f"{word[:1]}."].add(number)

    def people(self) -> People:
        informants: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for transcript, names in self._informants().items():
            for words in names:
                if not any(words != other and _part_of(words, other) for other in names):  # a label says half the name
                    informants[words].append(transcript)
        for before in self.persons:
            if before.words in informants and not before.transcripts:
                informants[before.words] += sorted(before.speaks_in - set(informants[before.words]))
        asked = tuple(
            SameName(words, tuple(where))
            for words, where in informants.items()
            if len(where) > 1 and words not in self.apart | self.together
        )
        for length_from in (2, 1):  # whole names before their parts
            for each in self.named:
                if (len(each.words) > 1) == (length_from == 2):
                    self._settle(each)
        persons = tuple(self._described(number, person) for number, person in enumerate(self.persons))
        return People(persons, self.meant, self.unclear, asked)

    def _informants(self) -> dict[str, list[tuple[str, ...]]]:
        """Return the names that are informants' own, by transcript."""
        found: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
        for each in self.named:
            if each.of_informant:
                found[each.transcript][each.words] = None
        return {transcript: list(names) for transcript, names in found.items()}

    def _settle(self, each: Naming) -> None:
        """Say who is meant by one naming."""
        if each.words in self.apart and each.of_informant:
            here = [n for n, p in enumerate(self.persons) if p.words == each.words and each.transcript in p.transcripts]
            self._mean(each, here[0] if here else self._new(each, frozenset({each.transcript})))
            return
        gender = gender_of(each.address) or self._gender_here(each)
        perhaps = set().union(*(self._bearing(word) for word in each.words))
        able = [number for number in sorted(perhaps) if self._bears(number, each, gender)]
        near = [number for number in able if number in self.in_transcript[each.transcript]]
        if len(near) == 1 or (not near and len(able) == 1):
            self._mean(each, (near or able)[0])
        elif not able and not gender and len(self.genders[each.words]) > 1:
            self._mean(each, self._new(each, frozenset()))
            self.unclear[each.place] = (self.meant.pop(each.place),)
        elif not able and each.words in self.apart:  # somebody of that name, but not here
            elsewhere = (number for number in sorted(perhaps) if _part_of(each.words, self.persons[number].words))
            self.unclear[each.place] = tuple(elsewhere)
        elif not able:
            self._mean(each, self._new(each, frozenset()))
        else:
            self.unclear[each.place] = tuple(near or able)

    def _bearing(self, word: str) -> set[int]:
        """Return who may bear *word*, which may be the first letter of theirs, or theirs of it."""
        if len(word) == 1:
            return self.bearing[f"{word}."]
        return self.bearing[word] | self.bearing[word[:1]]

    def _bears(self, number: int, each: Naming, gender: Gender) -> bool:
        """Tell whether a person may be meant."""
        person = self.persons[number]
        if not person.is_meant(each.transcript) or not _part_of(each.words, person.words):
            return False
        theirs = person.gender or self._known_gender(number)
        if len(each.words) > 1 or not {gender, theirs} <= {"f", "m"}:
            return True
        return gender == theirs

    def _known_gender(self, number: int) -> Gender:
        """Return the gender by which a person was addressed so far, where it was one."""
        found = self.addressed[number]
        return next(iter(found)) if len(found) == 1 else ""

    def _gender_here(self, each: Naming) -> Gender:
        """Return the only gender by which the name is addressed in this transcript, where it is addressed by both in the study."""
        here = self.genders_in[each.transcript, each.words] if len(self.genders[each.words]) > 1 else set()
        return next(iter(here)) if len(here) == 1 else ""

    def _new(self, each: Naming, transcripts: frozenset[str]) -> int:
        gender = gender_of(each.address) or self._gender_here(each)
        self.persons.append(Person(each.words, gender=gender, transcripts=transcripts))
        self._bear(len(self.persons) - 1, each.words)
        return len(self.persons) - 1

    def _mean(self, each: Naming, number: int) -> None:
        self.meant[each.place] = number
        self.in_transcript[each.transcript].add(number)
        if gender := gender_of(each.address):
            self.addressed[number][gender] += 1
        if region := region_of(each.address):
            self.regions[number][region] += 1
        person = self.persons[number]
        here = frozenset({each.transcript}) if each.of_informant else frozenset()
        if len(each.words) > len(person.words) or not here <= person.speaks_in:
            words = max(person.words, each.words, key=len)
            self.persons[number] = replace(person, words=words, speaks_in=person.speaks_in | here)
            self._bear(number, words)

    def _described(self, number: int, person: Person) -> Person:
        """Return *person* with what the forms of address and common knowledge of names tell."""
        genders, regions = self.addressed[number].most_common(1), self.regions[number].most_common(1)
        gender, region = person.gender, person.region
        return replace(
            person,
            gender=gender or (genders[0][0] if genders else _usual_gender(person.words)),
            region=region or (regions[0][0] if regions else _usual_region(person.words)),
        )


def _part_of(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether one name is the other, or a part of it; a single letter stands for a word that begins with it."""
    shorter, longer = (words, whole) if len(words) <= len(whole) else (whole, words)
    if len(words) > len(whole) and len(whole) < 2:
        return False  # a whole name is not somebody of whom only one word is known
    if tuple(map(len, shorter)) == (1,):
        return tuple(words) == tuple(whole)  # a letter alone may be anybody's
    return any(
        all(_alike(one, other) for one, other in zip(shorter, longer[at:], strict=False))
        for at in range(len(longer) - len(shorter) + 1)
    )


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


def _usual_gender(words: Sequence[str]) -> Gender:
    """Return whose name *words* commonly are, by the first that tells."""
    found = (name.gender for name in map(known, words) if name is not None and not name.is_family)
    return next((gender for gender in found if gender in {"f", "m"}), "")


def _usual_region(words: Sequence[str]) -> str:
    """Return where *words* are heard as a name; a family's name tells most."""
    names = [name for name in map(known, words) if name is not None]
    names.sort(key=lambda name: not name.is_family)
    return next((region for name in names for region in name.regions if region != "umum"), "")


def name_words(each: Identifier, text: str) -> tuple[str, ...]:
    """Return the words of a name in small letters."""
    return each.forms or tuple(re.findall(r"[^\W\d_]+", each.core.of(text).casefold())) or (each.core.of(text),)


def _address(text: str, each: Identifier) -> str:
    """Return the form of address before a name, empty for none."""
    before = re.findall(r"[^\W\d_]+", text[each.span.start : each.core.start])
    return before[0] if before else ""


def _is_informants(transcript: Transcript, core: Span) -> bool:
    """Tell whether a name stands in the header or in a label as that of the informant."""
    if transcript.turn_at(core.start) is not None:
        return False
    at = bisect_left(transcript.turns, core.end, key=lambda turn: turn.span.start)
    following = transcript.turns[at] if at < len(transcript.turns) else None
    line = transcript.text.rfind("\n", 0, core.start) + 1
    if following is not None and transcript.text.rfind("\n", 0, following.span.start) + 1 == line:
        return following.role.is_voice  # the label of a turn
    first = transcript.turns[0].span.start if transcript.turns else 0
    written = transcript.text[line : core.start]
    return (
        core.start < first
        and _HEADER_OF_INFORMANT.match(written) is not None
        and _HEADER_OF_ASKER.match(written) is None
    )

"""Transcripts, their turns, and the people who speak in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from qualcode.errors import N_, InputError, NotFoundError
from qualcode.model.span import Span

__all__ = ["EMPTY", "AttributeValue", "Informant", "Kind", "Role", "Segment", "Transcript", "Turn"]

AttributeValue = str | int | float | bool | None
"""What an informant's attribute may hold; ``None`` is a missing value."""

EMPTY: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a source is. A journal is never coded as data; an observation has no informant's voice."""

    INTERVIEW = "interview"
    GROUP = "group"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    JOURNAL = "journal"


class Role(StrEnum):
    """What a speaker is in the conversation."""

    INTERVIEWER = "interviewer"
    INFORMANT = "informant"
    MODERATOR = "moderator"
    PARTICIPANT = "participant"
    NOTETAKER = "notetaker"
    BYSTANDER = "bystander"
    TOGETHER = "together"
    OTHER = "other"

    @property
    def asks(self) -> bool:
        """Whether the words are a question's side: context for a coding, never evidence."""
        return self in _ASKING

    @property
    def is_voice(self) -> bool:
        """Whether the words are an informant's own, alone or as one of a group."""
        return self in _VOICES


_ASKING = frozenset({Role.INTERVIEWER, Role.MODERATOR, Role.NOTETAKER})
_VOICES = frozenset({Role.INFORMANT, Role.PARTICIPANT, Role.TOGETHER})


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted talk; the span holds the speech without its label.

    `speaker` is the label as it stands in the text; `informant` the guid of the person, where known.
    `time` is seconds from the start of the recording.
    """

    span: Span
    speaker: str
    role: Role = Role.OTHER
    informant: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of one source, fixed at import and never edited.

    `guid` names the transcript, `revision` the text it now has. `informants` holds the guids of those whose voice
    it is. `metadata` keeps header fields that are about the interview (date, place, duration …).

    Raises
    ------
    ValueError
        If the text has a BOM or a carriage return, or turns overlap or leave the text.
    """

    guid: str
    revision: str
    name: str
    text: str
    kind: Kind = Kind.INTERVIEW
    turns: tuple[Turn, ...] = ()
    informants: tuple[str, ...] = ()
    language: str = "id"
    metadata: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)
    sha256: str = ""
    number: int = 1

    def __post_init__(self) -> None:
        if "\r" in self.text or self.text.startswith("\ufeff"):
            raise ValueError("a transcript's text has \\n line ends and no BOM")
        end = 0
        for turn in self.turns:
            if turn.span.start < end:
                raise ValueError(f"turns are ordered and disjoint: one starts at {turn.span.start} before {end}")
            end = turn.span.end
        if end > len(self.text):
            raise ValueError(f"a turn ends at {end}, the text at {len(self.text)}")
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode("utf-8")).hexdigest())

    def turn(self, number: int) -> Turn:
        """Return turn *number*, counted from 1 as on paper.

        Raises
        ------
        InputError
            If there is no such turn.
        """
        if not self.turns:
            raise InputError(
                N_("{transcript} has no turns"), hint=N_("name the words instead, with a quote"), transcript=self.name
            )
        if not 1 <= number <= len(self.turns):
            raise InputError(
                N_("{transcript} has no turn {number}; its turns are 1 to {last}"),
                transcript=self.name,
                number=number,
                last=len(self.turns),
            )
        return self.turns[number - 1]

    def turn_at(self, position: int) -> int | None:
        """Return the number, from 1, of the turn that holds the code point at *position*, or None."""
        low, high = 0, len(self.turns)
        while low < high:
            middle = (low + high) // 2
            if self.turns[middle].span.end <= position:
                low = middle + 1
            else:
                high = middle
        return low + 1 if low < len(self.turns) and self.turns[low].span.start <= position else None

    def line_of(self, position: int) -> int:
        """Return the line, from 1, that holds the code point at *position*."""
        return self.text.count("\n", 0, position) + 1


@dataclass(frozen=True, slots=True)
class Informant:
    """A person interviewed. `id` is a code or pseudonym; names, addresses, telephone numbers and NIK are never attributes."""

    guid: str
    id: str
    category: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def attribute(self, name: str) -> AttributeValue:
        """Return the attribute called *name*.

        Raises
        ------
        NotFoundError
            With the nearest names, if the informant has no such attribute.
        """
        try:
            return self.attributes[name]
        except KeyError:
            raise NotFoundError(
                N_("informant {informant} has no attribute {name!r}"),
                name=name,
                known=self.attributes,
                informant=self.id,
            ) from None


@dataclass(frozen=True, slots=True)
class Segment:
    """A unit of coding and of agreement, made from text by a segmenter and reproducible from it.

    `turns` holds the numbers, from 1, of the turns it touches; `question` the span of the question it answers.
    """

    transcript: str
    span: Span
    kind: str
    turns: tuple[int, ...] = ()
    question: Span | None = None

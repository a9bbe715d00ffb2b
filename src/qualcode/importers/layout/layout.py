"""How a text is laid out: the common result of everything that finds talk in a text, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.files.document import Format
from qualcode.importers.header.fields import Field
from qualcode.importers.header.legend import LegendItem
from qualcode.importers.header.top import Top
from qualcode.importers.speakers.labels import Doubt
from qualcode.importers.speakers.roles import Speaker
from qualcode.model import Finding, Kind, Role, Span, Turn

__all__ = ["Doubt", "Given", "Layout", "Recogniser", "Spoken", "gap", "merged"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn before its informant is known: where its label begins, where its speech begins and ends, and whose it is.

    `speaker` is the place in `Layout.speakers`; an empty turn has ``start == end``.
    """

    label_start: int
    start: int
    end: int
    speaker: int
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: labels with their turns, header fields, legend, and spans that belong to none of them.

    `header`, `noise`, `unassigned`, and the labels and speech of `spoken` cover the text but for white space, each character
    once. `noise` is what nobody said and no section is: page numbers, running heads, line numbers, lone time stamps; where it
    stands in the middle of a turn, which cannot be divided, it lies inside the turn's span. `notes` are what is to be said besides,
    without the name of the file, which a text does not know. `given` is what it was made from, so that a part of the text can be
    laid out by itself.
    """

    speakers: tuple[Speaker, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    header: tuple[Span, ...] = ()
    unassigned: tuple[Span, ...] = ()
    fields: tuple[tuple[Field, int], ...] = ()
    legend: tuple[LegendItem, ...] = ()
    kind: Kind | None = None
    doubts: tuple[Doubt, ...] = ()
    described: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    informant_id: str | None = None
    noise: tuple[Span, ...] = ()
    notes: tuple[Finding, ...] = ()
    given: Given | None = field(default=None, compare=False, repr=False)

    def turns(self, informants: Mapping[str, str]) -> tuple[Turn, ...]:
        """Return the turns, with the guid that *informants* has for the speaker's label; empty ones are left out."""
        made = []
        # A label may be the interviewer's up to a second legend, and the informant's from there.
        people = [(s.label, s.role, None if s.role.asks else informants.get(s.label)) for s in self.speakers]
        for spoken in self.spoken:
            if spoken.end > spoken.start:
                label, role, informant = people[spoken.speaker]
                made.append(Turn(Span(spoken.start, spoken.end), label, role, informant, spoken.time))
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a text before its talk is looked for; see `qualcode.importers.turns.find_turns`.

    `stop` is where the talk ends at the latest; `speakers` has labels in normal form. `formats` are the stretches in bold, italic
    or underlined; `listed` says of lines that the format itself puts a bullet or a number before them (at the line's start). `legend` is a legend that stands elsewhere, as above the first of several interviews in one file. `tables` are where tables stand, in order.
    """

    text: str
    stop: int
    speakers: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    kind: Kind | None = None
    headings: Collection[int] = ()
    emphasised: Collection[int] = ()
    labels: Collection[str] = ()
    noise: tuple[Span, ...] = ()
    formats: Sequence[Format] = ()
    listed: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    nobody: frozenset[str] = frozenset()
    legend: tuple[LegendItem, ...] = ()
    tables: tuple[Span, ...] = ()


Recogniser = Callable[[Given, Top], Layout | None]
"""Finds talk of one manner in a text, of which the top has been read; None where it is of another manner."""


def gap(text: str, start: int, end: int) -> list[Span]:
    """Return the part of the text between two positions without the white space around it, if any is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def merged(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order; those with only white space between them become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and text[found[-1].end : span.start].isspace():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)

"""Finds the talk in a text: header fields, legend, speakers, turns, and what belongs to none of them.

Not an importer but what all of them share: give it a text, get a `Layout` whose parts cover the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.importers._cuts import Cutter
from qualcode.importers._header import Field, LegendItem, described
from qualcode.importers._labels import (
    Candidate,
    Doubt,
    accept,
    by_tabs,
    candidates,
    other_separators,
    role_words_only,
)
from qualcode.importers._roles import Speaker, assign_roles
from qualcode.importers._top import Top, read_top
from qualcode.importers._words import is_role_label, normal
from qualcode.model import Kind, Role, Span, Turn

__all__ = ["Layout", "Spoken", "find_turns"]


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
    """How a text is laid out: labels with their turns, header fields, legend, and spans that belong to none of them."""

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

    def turns(self, informants: Mapping[str, str]) -> tuple[Turn, ...]:
        """Return the turns, with the guid that *informants* has for the speaker's label; empty ones are left out."""
        made = []
        people = [(s.label, s.role, informants.get(s.label)) for s in self.speakers]
        for spoken in self.spoken:
            if spoken.end > spoken.start:
                label, role, informant = people[spoken.speaker]
                made.append(Turn(Span(spoken.start, spoken.end), label, role, informant, spoken.time))
        return tuple(made)


def find_turns(
    text: str,
    *,
    speakers: Mapping[str, Role] | None = None,
    kind: Kind | None = None,
    headings: Collection[int] = (),
    emphasised: Collection[int] = (),
    end: int | None = None,
    labels: Collection[str] = (),
) -> Layout:
    """Return how *text* is laid out.

    Parameters
    ----------
    text : str
        The whole text of a source.
    speakers : mapping of str to Role, optional
        Roles the user gives, by label; labels that this text has not are passed over.
    kind : Kind, optional
        What the source is, if the user says so.
    headings, emphasised : collections of int
        Positions where lines begin that the format marks as headings, or sets wholly in bold.
    end : int, optional
        Where the talk ends at the latest; what follows (such as footnotes) is unassigned.
    labels : collection of str
        Labels that the format itself says are speakers.
    """
    stop = len(text) if end is None else end
    options = {normal(label): role for label, role in (speakers or {}).items() if normal(label)}
    found = candidates(text, stop)
    # What the user says of all files matters only where the label stands; in the others it must not change the reading.
    here = {c.key for c in found}
    sure = frozenset((*(label for label in options if label in here), *map(normal, labels)))
    top = read_top(text, stop, [(c.line_start, c.key) for c in found], sure)
    meanings = {**dict.fromkeys(sure, ""), **{normal(item.label): item.meaning for item in top.legend}}
    settled = kind if kind is not None else top.kind
    if settled in {Kind.OBSERVATION, Kind.DOCUMENT, Kind.JOURNAL} and not meanings:
        accepted, doubts = role_words_only(found, top)
    else:
        accepted, doubts = accept(text, found, top, meanings)
    above = top.spans[-1].end if top.spans else 0
    if not accepted and (meanings or options):
        accepted = other_separators(text, stop, above, {*meanings, *options})
    if not accepted and settled in {None, Kind.INTERVIEW, Kind.GROUP}:
        accepted = by_tabs(text, stop, above)
    if not accepted:
        return _without_turns(text, stop, top, settled, doubts)
    return _lay_out(text, stop, top, accepted, meanings, options, doubts, settled, headings, emphasised)


def _lay_out(
    text: str,
    stop: int,
    top: Top,
    accepted: list[Candidate],
    meanings: Mapping[str, str],
    options: Mapping[str, Role],
    doubts: list[Doubt],
    kind: Kind | None,
    headings: Collection[int],
    emphasised: Collection[int],
) -> Layout:
    aliases = _aliases(top.legend, {c.key for c in accepted})
    order: dict[str, int] = {}
    first: list[Candidate] = []
    counts: list[int] = []
    spoken: list[Spoken] = []
    begin = accepted[0].line_start
    unassigned = [span for span in top.loose if span.start < begin]
    unassigned.extend(_gap(text, top.end, begin))
    speeches: dict[str, list[str]] = {}
    alone = len({aliases.get(c.key, c.key) for c in accepted}) == 1
    cutter = Cutter(text, frozenset(headings), frozenset(emphasised), only_answers=alone)
    lines: list[int] = []
    line, counted = 1, 0
    for at, c in enumerate(accepted):
        following = accepted[at + 1].line_start if at + 1 < len(accepted) else stop
        end, cuts = cutter.cut(c.speech_start, following, is_last=at + 1 == len(accepted))
        unassigned.extend(cuts)
        key = aliases.get(c.key, c.key)
        who = order.get(key)
        if who is None:
            who = order[key] = len(first)
            line, counted = line + text.count("\n", counted, c.line_start), c.line_start
            lines.append(line)
            first.append(c)
            counts.append(0)
            speeches[c.label] = []
        counts[who] += 1
        start = min(c.speech_start, end)
        while start < end and text[start].isspace():
            start += 1
        speeches[first[who].label].append(text[start:end])
        spoken.append(Spoken(c.line_start, start, end, who, c.time))
    unassigned.extend(_gap(text, stop, len(text)))
    speakers = [
        Speaker(c.label, counts[i], lines[i], meaning=_meaning(c, key, meanings))
        for (key, i), c in zip(order.items(), first, strict=True)
    ]
    return Layout(
        speakers=assign_roles(
            speakers, options=options, names=top.names, speeches=speeches, is_group=kind is Kind.GROUP
        ),
        spoken=tuple(spoken),
        header=top.spans,
        unassigned=_merged(text, unassigned),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=tuple(doubts),
        described=top.described,
        informant_id=top.informant_id,
    )


def _aliases(legend: tuple[LegendItem, ...], used: Collection[str]) -> dict[str, str]:
    """Return which label is whose other name: a transcript with ``N`` in its legend may write out ``Narasumber``."""
    return {
        meaning: key
        for item in legend
        if (meaning := normal(item.meaning)) in used and (key := normal(item.label)) in used and meaning != key
    }


def _meaning(first: Candidate, key: str, meanings: Mapping[str, str]) -> str:
    """Return what the legend, or else the bracket behind the first label (``Ibu S (informan, 40 th):``), says."""
    aside = first.aside.strip(" \t()[]")
    telling = is_role_label(aside.split(",")[0]) or bool(described(aside))
    return meanings.get(key) or meanings.get(first.key) or (aside if telling else "")


def _without_turns(text: str, stop: int, top: Top, kind: Kind | None, doubts: list[Doubt]) -> Layout:
    unassigned = [*top.loose, *_gap(text, top.end, stop), *_gap(text, stop, len(text))]
    return Layout(
        header=top.spans,
        unassigned=_merged(text, unassigned),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=tuple(doubts),
        described=top.described,
        informant_id=top.informant_id,
    )


def _gap(text: str, start: int, end: int) -> list[Span]:
    """Return the part of the text between two positions without the white space around it, if any is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def _merged(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order; those with only white space between them become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and text[merged[-1].end : span.start].isspace():
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)

"""Several interviews in one file: where each begins, whose it is, and each with a layout of its own.

The texts of the parts, joined, are the text of the file. A part is called by the file and the number in its title
(``lampiran-2``, or ``lampiran-2-w1`` where a person was interviewed more than once), or else by its place, so that a file that was
changed finds its transcripts again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from qualcode.errors import N_, shorten
from qualcode.importers._base import ImportOptions, ImportResult, Source
from qualcode.importers._words import normal, slug
from qualcode.importers.header.legend import LegendItem
from qualcode.importers.header.top import read_top
from qualcode.importers.layout.divide import outside
from qualcode.importers.layout.layout import Given, Layout, gap, merged
from qualcode.importers.several.interviews import Titles, interviews
from qualcode.importers.several.titles import Title, title_of
from qualcode.importers.speakers.roles import Speaker
from qualcode.importers.turns import lay_out
from qualcode.model import Corpus, Finding, Informant, Span, Transcript

__all__ = ["Interview", "divided", "joined"]

_NAMED = 12
"""How many of the interviews one message names."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One of several interviews in a file.

    `span` is its part of the text, `begin` where in that its title or header begins (elsewhere than at the start only in the first),
    `title` what names it. `source`, `layout` and `options` are what it is assembled from; `lines` is how many lines stand above it.
    """

    span: Span
    begin: int
    title: Title
    source: Source
    layout: Layout
    options: ImportOptions
    lines: int


def divided(
    source: Source, text: str, layout: Layout, options: ImportOptions, found_titles: Titles
) -> tuple[Interview, ...]:
    """Return the interviews in *text*, each laid out by itself; nothing if it is one alone."""
    given = layout.given
    if given is None or given.text != text:
        return ()
    titles = interviews(found_titles, split=options.split)
    if len(titles) < 2:
        return ()
    starts = [0, *(title.start for title in titles[1:]), len(text)]
    legend = _legend(text, titles[0].start)
    layouts: list[Layout] = []
    # Whoever speaks in one interview is known in the others, however short these are.
    whole = {normal(s.label): s for s in layout.speakers if s.turns >= 2}
    labels = (*given.labels, *(s.label for s in whole.values()))
    for at, title in enumerate(titles):
        own = lay_out(replace(_slice(given, title.start, starts[at + 1]), legend=legend, labels=labels))
        own = replace(own, speakers=tuple(_as_elsewhere(s, whole.get(normal(s.label))) for s in own.speakers))
        legend = own.legend or legend  # a legend in the first holds for all, until there is another
        layouts.append(_with_title(text[title.start : starts[at + 1]], own, title.end - title.start))
    layouts[0] = _behind(text, layouts[0], given, titles[0].start, starts[1])
    people = _people(titles, layouts)
    names = _names(source.stem, titles, people)
    ids = _ids(source.stem, people, layouts)
    found = []
    for at, title in enumerate(titles):
        span = Span(starts[at], starts[at + 1])
        numbered = {"wawancara_ke": title.meeting} if title.meeting and people.count(people[at]) > 1 else {}
        own_options = replace(
            options,
            informant=options.informant or ids[at],
            metadata=MappingProxyType({**numbered, **options.metadata}),
        )
        part = replace(source, title=names[at])
        lines = text.count("\n", 0, span.start)
        found.append(Interview(span, title.start - span.start, title, part, layouts[at], own_options, lines))
    return tuple(found)


def joined(
    source: Source, text: str, found: Sequence[Interview], results: Sequence[ImportResult], findings: Sequence[Finding]
) -> ImportResult:
    """Return the results of the interviews in a file as one: informants of the same id once, lines counted in the file."""
    people: dict[str, Informant] = {}
    transcripts: list[Transcript] = []
    said: list[Finding] = [*findings, *_said(source, text, found)]
    for part, result in zip(found, results, strict=True):
        guids: dict[str, str] = {}
        for person in result.corpus.informants:
            known = people.setdefault(person.id, person)
            guids[person.guid] = known.guid
            more = {**person.attributes, **{k: v for k, v in known.attributes.items() if v is not None}}
            category = known.category or person.category
            people[person.id] = replace(known, attributes=MappingProxyType(more), category=category)
            other = [k for k, v in person.attributes.items() if v is not None and v != more[k]]
            if other:
                message = N_("{name!r} says of {informant} otherwise than a part above: {names}; the first was kept")
                parameters = {"name": part.source.stem, "informant": person.id, "names": ", ".join(other)}
                said.append(Finding("doubtful", message, source.name, part.lines + 1, "attributes", parameters))
        transcripts += [_of(transcript, guids) for transcript in result.corpus.transcripts]
        said += [replace(f, line=f.line + part.lines) if f.line is not None else f for f in result.findings]
    originals = {guid: original for result in results for guid, original in result.originals.items()}
    parts = {guid: listed for result in results for guid, listed in result.parts.items()}
    return ImportResult(
        Corpus(transcripts=tuple(transcripts), informants=tuple(people.values())),
        tuple(said),
        MappingProxyType(originals),
        MappingProxyType(parts),
    )


def _of(transcript: Transcript, guids: Mapping[str, str]) -> Transcript:
    """Return the transcript with the guids by which its informants are known in the whole file."""
    return replace(
        transcript,
        informants=tuple(dict.fromkeys(guids.get(guid, guid) for guid in transcript.informants)),
        turns=tuple(
            replace(turn, informant=guids.get(turn.informant, turn.informant)) if turn.informant else turn
            for turn in transcript.turns
        ),
    )


def _said(source: Source, text: str, found: Sequence[Interview]) -> Iterator[Finding]:
    """Say into what the file was divided, and what stands above the first interview."""
    names = [part.source.stem for part in found]
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    message = N_("{n} interviews in one file, each a transcript of its own: {names}")
    yield Finding("recognised", message, source.name, None, "titles", {"n": len(found), "names": shown})
    for part in found:
        if part.title.text:
            line = part.lines + text.count("\n", part.span.start, part.span.start + part.begin) + 1
            parameters = {"name": part.source.stem, "title": shorten(part.title.text)}
            message = N_("{name!r} begins at {title!r}")
            yield Finding("recognised", message, source.name, line, "titles", parameters)
    if any(c.isalnum() for c in text[: found[0].begin]):
        message = N_("{n} lines stand above the first interview; they are kept in {name!r}, as nobody's words")
        n = sum(1 for line in text[: found[0].begin].splitlines() if line.strip())
        yield Finding("note", message, source.name, 1, "titles", {"n": n, "name": names[0]})


def _as_elsewhere(speaker: Speaker, whole: Speaker | None) -> Speaker:
    """Return the speaker of one interview; where the role is not clear there but is in the file as a *whole*, with that."""
    if speaker.sure or whole is None or not whole.sure:
        return speaker
    return replace(speaker, role=whole.role, rule=whole.rule, sure=True)


def _legend(text: str, stop: int) -> tuple[LegendItem, ...]:
    """Return the legend that stands above the first interview."""
    return read_top(text, stop, [(stop, "tanya")], frozenset({"tanya"})).legend if stop else ()


def _slice(given: Given, start: int, end: int) -> Given:
    """Return what is known of one part of the text, its positions counted from the part's beginning."""
    within = [at for at in given.headings if start <= at < end]
    noise = [Span(max(n.start, start), min(n.end, end)) for n in given.noise if n.start < end and n.end > start]
    return replace(
        given,
        text=given.text[start:end],
        stop=max(0, min(given.stop, end) - start),
        headings=frozenset(at - start for at in within),
        emphasised=frozenset(at - start for at in given.emphasised if start <= at < end),
        noise=tuple(n.shifted(-start) for n in noise),
        formats=tuple(
            replace(f, start=max(f.start, start) - start, end=min(f.end, end) - start)
            for f in given.formats
            if f.start < end and f.end > start
        ),
        listed={at - start: kind for at, kind in given.listed.items() if start <= at < end},
        tables=tuple(
            Span(max(t.start, start), min(t.end, end)).shifted(-start)
            for t in given.tables
            if t.start < end and t.end > start
        ),
    )


def _with_title(text: str, layout: Layout, end: int) -> Layout:
    """Return the layout with the lines of the title, which end at *end*, in its header."""
    lines: list[Span] = []
    at = 0
    while at < end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if title_of(text[at:stop], at) is not None:
            lines += gap(text, at, stop)
        at = stop + 1
    lines = [
        line for line in lines if any(span.start <= line.start and line.end <= span.end for span in layout.unassigned)
    ]
    return replace(
        layout,
        header=tuple(sorted((*layout.header, *lines))),
        unassigned=outside(text, layout.unassigned, lines),
    )


def _behind(text: str, layout: Layout, given: Given, by: int, end: int) -> Layout:
    """Return the layout of the first interview with what stands above it, which is nobody's words."""
    if not by:
        return layout
    lines = text.count("\n", 0, by)
    whole = _slice(given, 0, end)
    noise = tuple(n for n in whole.noise if n.end <= by)
    above = outside(text, gap(text, 0, by), noise)
    return replace(
        layout,
        speakers=tuple(replace(s, line=s.line + lines) for s in layout.speakers),
        spoken=tuple(
            replace(s, label_start=s.label_start + by, start=s.start + by, end=s.end + by) for s in layout.spoken
        ),
        header=tuple(span.shifted(by) for span in layout.header),
        unassigned=merged(text, (*above, *(span.shifted(by) for span in layout.unassigned)))
        if not noise
        else (
            *above,
            *(span.shifted(by) for span in layout.unassigned),
        ),
        fields=tuple((found, line + lines) for found, line in layout.fields),
        doubts=tuple((name, at + by, parameters) for name, at, parameters in layout.doubts),
        noise=(*noise, *(span.shifted(by) for span in layout.noise)),
        notes=tuple(replace(note, line=note.line + lines) if note.line is not None else note for note in layout.notes),
        given=whole,
    )


def _people(titles: Sequence[Title], layouts: Sequence[Layout]) -> list[str]:
    """Return a key for the informant of each interview; equal keys are one person."""
    keys: list[str] = []
    for at, (title, layout) in enumerate(zip(titles, layouts, strict=True)):
        name = next((f.value.casefold() for f, _ in layout.fields if f.key.startswith("nama") and f.value), "")
        if layout.informant_id:
            key = f"id {layout.informant_id.casefold()}"
            same = next(
                (k for k, t in zip(keys, titles[:at], strict=True) if title.person and t.person == title.person), ""
            )
            key = same if same and not same.startswith("id ") else key
        elif title.person:
            key = next(
                (k for k, t in zip(keys, titles[:at], strict=True) if t.person == title.person),
                f"person {title.person}",
            )
        elif name:
            key = f"name {name}"
        elif title.rest:
            key = f"rest {title.rest}"
        elif title.ordinal and keys:
            key = keys[-1]  # "Wawancara ke-2" below a header that names nobody else
        else:
            key = f"place {at}"
        keys.append(key)
    return keys


def _names(stem: str, titles: Sequence[Title], people: Sequence[str]) -> list[str]:
    """Return what the transcripts are called: by the numbers in their titles if those tell them apart, else by their place."""
    often = {person for person, n in Counter(people).items() if n > 1}
    names = []
    for title, person in zip(titles, people, strict=True):
        number = title.person or title.counted or title.meeting
        twice = f"-w{title.meeting}" if title.person and title.meeting and person in often else ""
        names.append(f"{stem}-{slug(number)}{twice}" if number else "")
    if "" in names or len(set(names)) < len(names):
        return [f"{stem}-{at}" for at in range(1, len(titles) + 1)]
    return names


def _ids(stem: str, people: Sequence[str], layouts: Sequence[Layout]) -> list[str | None]:
    """Return the id of the informant of each interview: what a header says of that person, or else the file and a number."""
    stated: dict[str, str] = {}
    for person, layout in zip(people, layouts, strict=True):
        if layout.informant_id:
            stated.setdefault(person, layout.informant_id)
    numbers: dict[str, str] = {}
    for person in people:
        if person.startswith("person "):
            numbers.setdefault(person, slug(person.removeprefix("person ")))
        else:
            numbers.setdefault(person, str(len(numbers) + 1))
    if len(set(numbers.values())) < len(numbers):
        numbers = {person: str(at) for at, person in enumerate(dict.fromkeys(people), 1)}
    return [stated.get(person, f"{stem}-{numbers[person]}") for person in people]

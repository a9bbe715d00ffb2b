"""From a layout to a transcript with its informants, and to what must be said about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType

from qualcode.errors import N_, Word, shorten
from qualcode.importers._base import ImportOptions, ImportResult, Original, Source
from qualcode.importers.assembly.parts import PartsLater, is_heading, parts_of
from qualcode.importers.assembly.people import is_a_name, people_of
from qualcode.importers.header.fields import id_of
from qualcode.importers.layout.doubts import MESSAGES
from qualcode.importers.several.interviews import Titles, perhaps_several, titles_in
from qualcode.importers.several.split import divided, joined
from qualcode.importers.turns import Layout
from qualcode.model import Corpus, Finding, Informant, Kind, Role, Span, Transcript

__all__ = ["assemble"]

_MOST = 30
_FEW = 10
"""How many findings of one kind are listed, and things in one of them; more would hide the others."""
_TALK = {Kind.INTERVIEW, Kind.GROUP}


def assemble(
    source: Source, text: str, layout: Layout, options: ImportOptions, findings: Sequence[Finding] = ()
) -> ImportResult:
    """Return the result of importing *source*: one transcript, or one for each of the interviews in it.

    Parameters
    ----------
    source : Source
        The file.
    text : str
        Its text, as it will be kept.
    layout : Layout
        What `qualcode.importers.turns.find_turns` found in it.
    options : ImportOptions
        What the user says.
    findings : sequence of Finding
        What the format's own importer noticed.
    """
    titles = titles_in(text, layout) if layout.given is not None and options.split is not False else None
    found = divided(source, text, layout, options, titles) if titles is not None else ()
    if not found:
        return _assembled(source, text, layout, options, findings, titles=titles)
    results = [_assembled(part.source, part.span.of(text), part.layout, part.options) for part in found]
    return joined(source, text, found, results, findings)


def _assembled(
    source: Source,
    text: str,
    layout: Layout,
    options: ImportOptions,
    findings: Sequence[Finding] = (),
    *,
    titles: Titles | None = None,
) -> ImportResult:
    kind, kind_finding = _kind(source, layout, options)
    people = people_of(source, layout, kind, options)
    transcript = Transcript(
        guid=options.new_guid(),
        revision=options.new_guid(),
        name=source.stem,
        text=text,
        kind=kind,
        turns=layout.turns(people.by_label),
        informants=tuple(person.guid for person in people.each),
        language=options.language or "id",
        metadata=people.metadata,
    )
    report = _Report(source.name, text, layout)
    said = (
        *findings,
        *(replace(note, file=source.name) for note in layout.notes),
        kind_finding,
        *report.speakers(),
        *report.header(people.each),
        *people.findings,
        *report.doubts(),
        *(report.several(titles) if titles is not None else ()),
        *report.empty_turns(),
        *(report.unassigned() if transcript.turns else report.without_turns(kind, stated=options.kind is not None)),
    )
    return ImportResult(
        corpus=Corpus(transcripts=(transcript,), informants=people.each),
        findings=said,
        originals=MappingProxyType({transcript.guid: Original(source.name, source.data)}),
        parts=PartsLater(transcript.guid, lambda: parts_of(text, layout)),
    )


def _kind(source: Source, layout: Layout, options: ImportOptions) -> tuple[Kind, Finding]:
    roles = [speaker.role for speaker in layout.speakers]
    group = Role.MODERATOR in roles or roles.count(Role.PARTICIPANT) > 1
    talk = any(spoken.end > spoken.start for spoken in layout.spoken)
    level = "recognised"
    if options.kind is not None:
        kind, rule = options.kind, "option"
    elif talk:
        kind, rule = (Kind.GROUP, "speakers") if group else (Kind.INTERVIEW, "speakers")
        if layout.kind in _TALK and not group:
            kind, rule = layout.kind, "header"
        elif layout.kind not in {None, *_TALK}:
            level = "doubtful"
    elif layout.kind is not None:
        kind, rule = layout.kind, "header"
    else:
        kind, rule, level = Kind.DOCUMENT, "no turns", "doubtful"
    message = N_("read as {kind}") if level == "recognised" else N_("read as {kind}; please check")
    return kind, Finding(
        "recognised" if level == "recognised" else "doubtful",
        message,
        file=source.name,
        rule=rule,
        parameters={"kind": Word(kind.value)},
    )


@dataclass(frozen=True, slots=True)
class _Report:
    """Says what was found in one file."""

    file: str
    text: str
    layout: Layout

    def _line(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1

    def speakers(self) -> Iterator[Finding]:
        for speaker in self.layout.speakers:
            parameters = {"speaker": speaker.label, "n": speaker.turns, "role": Word(speaker.role.value)}
            if speaker.sure:
                yield Finding(
                    "recognised",
                    N_("speaker {speaker!r}: {n} turns, {role}"),
                    self.file,
                    speaker.line,
                    speaker.rule,
                    parameters,
                )
            else:
                yield Finding(
                    "doubtful",
                    N_("speaker {speaker!r}: {n} turns, perhaps {role}; say who it is with --speaker"),
                    self.file,
                    speaker.line,
                    speaker.rule,
                    parameters,
                )

    def header(self, people: Sequence[Informant]) -> Iterator[Finding]:
        layout = self.layout
        if layout.legend:
            labels = ", ".join(f"{item.label} = {shorten(item.meaning)}" for item in layout.legend)
            yield Finding("recognised", N_("legend: {labels}"), self.file, rule="legend", parameters={"labels": labels})
        given = [person.id for person in people if person.id == layout.informant_id]
        if given and given[0] != PurePath(self.file).stem:
            line = next((n for f, n in layout.fields if id_of(f) == given[0]), None)
            message = N_("the informant is {informant!r}")
            yield Finding("recognised", message, self.file, line, "header", {"informant": given[0]})
        for person in people:
            if person.attributes:
                named = {"informant": person.id, "names": ", ".join(person.attributes)}
                line = min((n for f, n in layout.fields if f.target == "attribute"), default=None)
                yield Finding("recognised", N_("attributes of {informant}: {names}"), self.file, line, "header", named)
        about = dict.fromkeys(f.key for f, _ in layout.fields if f.target == "metadata")
        if about:
            line = min(n for f, n in layout.fields if f.target == "metadata")
            yield Finding(
                "recognised", N_("about the source: {names}"), self.file, line, "header", {"names": ", ".join(about)}
            )
        private = dict.fromkeys(f.key.replace("_", " ") for f, _ in layout.fields if f.target == "private")
        if private:
            line = min(n for f, n in layout.fields if f.target == "private")
            yield Finding(
                "note",
                N_("the header identifies a person ({names}); this stays in the text alone and is no attribute"),
                self.file,
                line,
                "privacy",
                {"names": ", ".join(private)},
            )
        people_by_name = [s for s in layout.speakers if is_a_name(s)]
        if people_by_name:
            yield Finding(
                "note",
                N_("labels look like names of people; they stay in the text as labels"),
                self.file,
                people_by_name[0].line,
                "privacy",
            )

    def doubts(self) -> Iterator[Finding]:
        for name, position, parameters in self.layout.doubts[:_MOST]:
            yield Finding("doubtful", MESSAGES[name], self.file, self._line(position), "label", parameters)
        if len(self.layout.doubts) > _MOST:
            more = {"n": len(self.layout.doubts) - _MOST}
            yield Finding("doubtful", N_("and {n} more doubtful labels"), self.file, None, "label", more)
        yield from islice(self._unlabelled(), _MOST)

    def several(self, titles: Titles) -> Iterator[Finding]:
        """Say where another interview may begin in a text that was kept whole."""
        title = perhaps_several(titles)
        if title is not None:
            yield Finding(
                "doubtful",
                N_(
                    "{title!r} may begin another interview; the file was kept as one. "
                    "If it holds several, say split: true in its hints, or give each a title such as 'Transkrip wawancara 2'"
                ),
                self.file,
                self._line(title.start),
                "titles",
                {"title": shorten(title.text)},
            )

    def _unlabelled(self) -> Iterator[Finding]:
        """Say where a paragraph follows a question inside one turn: perhaps an answer that lost its label."""
        asks = [speaker.role.asks for speaker in self.layout.speakers]
        for spoken in self.layout.spoken:
            if not asks[spoken.speaker]:
                continue
            first = self.text.find("\n", spoken.start, spoken.end)
            if first < 0 or self.text[first - 1] != "?" or "?" in self.text[first : spoken.end]:
                continue
            yield Finding(
                "doubtful",
                N_("a paragraph without a label follows a question; it was left with the one who asks"),
                self.file,
                self._line(first + 1),
                "label",
            )

    def empty_turns(self) -> Iterator[Finding]:
        empty = [spoken for spoken in self.layout.spoken if spoken.end <= spoken.start]
        message = N_("no words after the label {label!r}; no turn was made")
        for spoken in empty[:_MOST]:
            label = {"label": self.layout.speakers[spoken.speaker].label}
            yield Finding("note", message, self.file, self._line(spoken.label_start), "empty turn", label)
        if len(empty) > _MOST:
            more = {"n": len(empty) - _MOST}
            yield Finding("note", N_("and {n} more labels without words"), self.file, None, "empty turn", more)

    def unassigned(self) -> Iterator[Finding]:
        loose = [s for s in self.layout.unassigned if any(c.isalnum() for c in s.of(self.text))]
        spans = [s for s in loose if not is_heading(s.of(self.text))]
        yield from self._headings([s for s in loose if is_heading(s.of(self.text))])
        for span in spans[:_MOST]:
            yield self._loose(span)
        if len(spans) > _MOST:
            yield Finding(
                "unassigned",
                N_("and {n} more passages that belong to no turn"),
                self.file,
                self._line(spans[_MOST].start),
                parameters={"n": len(spans) - _MOST},
            )

    def _headings(self, spans: Sequence[Span]) -> Iterator[Finding]:
        if not spans:
            return
        message = N_("headings, said by nobody ({n}): {names}")
        names = ", ".join(repr(shorten(span.of(self.text))) for span in spans[:_FEW]) + " …" * (len(spans) > _FEW)
        counted = {"n": len(spans), "names": names}
        yield Finding("recognised", message, self.file, self._line(spans[0].start), "short line", counted)

    def _loose(self, span: Span) -> Finding:
        return Finding(
            "unassigned",
            N_("belongs to no turn: {text!r}"),
            self.file,
            self._line(span.start),
            parameters={"text": shorten(span.of(self.text))},
        )

    def without_turns(self, kind: Kind, *, stated: bool) -> Iterator[Finding]:
        if kind not in _TALK:
            return
        message = N_("no speaker labels found; begin every turn with a label and a colon, as in 'P: …', or say --kind")
        if stated:
            message = N_("no speaker labels found; begin every turn with a label and a colon, as in 'P: …'")
        yield Finding("doubtful", message, self.file, rule="no turns")

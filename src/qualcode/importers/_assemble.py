"""From a layout to a transcript with its informants, and to what must be said about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType

from qualcode.errors import N_, Word, shorten
from qualcode.importers._base import ImportOptions, ImportResult, Original, Source
from qualcode.importers._header import attribute_value, described, id_of
from qualcode.importers._parts import parts_of
from qualcode.importers._privacy import is_private_value
from qualcode.importers._roles import Speaker
from qualcode.importers._words import OCCUPATIONS, is_name, is_role_label, role_of, slug
from qualcode.importers.turns import Layout
from qualcode.model import AttributeValue, Corpus, Finding, Informant, Kind, Role, Span, Transcript

__all__ = ["assemble"]

_MOST = 30
"""How many findings of one kind are listed; more would hide the others."""
_TALK = {Kind.INTERVIEW, Kind.GROUP}
_INTERVIEW_TITLE = re.compile(
    r"^[ \t#*_]*(?:transkrip(?:si)?(?: wawancara)?|wawancara|informan|narasumber|responden|partisipan|interview)"
    r"(?: (?:dengan|informan|narasumber|ke|no\.?))*[ \t]+\d{1,3}[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)


def assemble(
    source: Source, text: str, layout: Layout, options: ImportOptions, findings: Sequence[Finding] = ()
) -> ImportResult:
    """Return the result of importing *source*.

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
    kind, kind_finding = _kind(source, layout, options)
    people, doubt = _informants(source, layout, kind, options.new_guid)
    by_label = {speaker.label: informant.guid for speaker, informant in people if speaker is not None}
    transcript = Transcript(
        guid=options.new_guid(),
        revision=options.new_guid(),
        name=source.stem,
        text=text,
        kind=kind,
        turns=layout.turns(by_label),
        informants=tuple(informant.guid for _, informant in people),
        language=options.language,
        metadata=MappingProxyType(_metadata(layout, kind, bool(people))),
    )
    report = _Report(source.name, text, layout)
    said = (
        *findings,
        *(replace(note, file=source.name) for note in layout.notes),
        kind_finding,
        *report.speakers(),
        *report.header(people),
        *doubt,
        *report.doubts(),
        *report.empty_turns(),
        *(report.unassigned() if transcript.turns else report.without_turns(kind, stated=options.kind is not None)),
    )
    return ImportResult(
        corpus=Corpus(transcripts=(transcript,), informants=tuple(informant for _, informant in people)),
        findings=said,
        originals=MappingProxyType({transcript.guid: Original(source.name, source.data)}),
        parts=MappingProxyType({transcript.guid: parts_of(text, layout)}),
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


def _informants(
    source: Source, layout: Layout, kind: Kind, new_guid: Callable[[], str]
) -> tuple[list[tuple[Speaker | None, Informant]], list[Finding]]:
    """Return the informants with the speakers they are, and a finding where the header's person is not certain."""
    voices = [s for s in layout.speakers if s.role in {Role.INFORMANT, Role.PARTICIPANT}]
    attributes = _attributes(layout)
    category = next((f.value.casefold() for f, _ in layout.fields if f.target == "category"), "")
    if not voices:
        if kind is not Kind.INTERVIEW or not (attributes or layout.informant_id):
            return [], []
        alone = Informant(new_guid(), layout.informant_id or source.stem, category, MappingProxyType(attributes))
        return [(None, alone)], []
    if len(voices) == 1 and kind is not Kind.GROUP:
        own = {**_from_legend(voices[0]), **attributes}
        only = Informant(new_guid(), layout.informant_id or source.stem, category, MappingProxyType(own))
        return [(voices[0], only)], []
    people: list[tuple[Speaker | None, Informant]] = []
    used: set[str] = set()
    for speaker in voices:
        name = _own_id(source.stem, speaker, used)
        people.append((speaker, Informant(new_guid(), name, "", MappingProxyType(_from_legend(speaker)))))
    if kind is Kind.GROUP or not (attributes or layout.informant_id):
        return people, []
    main = max(range(len(voices)), key=lambda at: voices[at].turns)
    person = replace(people[main][1], id=layout.informant_id or people[main][1].id, category=category)
    person = replace(person, attributes=MappingProxyType({**person.attributes, **attributes}))
    people[main] = (voices[main], person)
    doubt = Finding(
        "doubtful",
        N_("several informants speak; the header's details were given to {informant!r}"),
        file=source.name,
        line=layout.fields[0][1] if layout.fields else None,
        rule="most turns",
        parameters={"informant": person.id},
    )
    return people, [doubt]


def _own_id(stem: str, speaker: Speaker, used: set[str]) -> str:
    """Return an id such as ``kelompok-01/peserta-1``; a person's name never becomes part of it."""
    own = slug(speaker.label)
    if _is_a_name(speaker):
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


def _is_a_name(speaker: Speaker) -> bool:
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
    for field, _ in layout.fields:
        if field.target == "attribute":
            for key, value in attribute_value(field.key, field.value).items():
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


def _metadata(layout: Layout, kind: Kind, has_informants: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, _ in layout.fields:
        group_wide = field.target in {"attribute", "category"} and (kind is Kind.GROUP or not has_informants)
        if (field.target == "metadata" or group_wide) and field.value:
            found[field.key] = f"{found[field.key]}; {field.value}" if field.key in found else field.value
    return found


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

    def header(self, people: Sequence[tuple[Speaker | None, Informant]]) -> Iterator[Finding]:
        layout = self.layout
        if layout.legend:
            labels = ", ".join(f"{item.label} = {shorten(item.meaning)}" for item in layout.legend)
            yield Finding("recognised", N_("legend: {labels}"), self.file, rule="legend", parameters={"labels": labels})
        given = [person.id for _, person in people if person.id == layout.informant_id]
        if given and given[0] != PurePath(self.file).stem:
            line = next((n for f, n in layout.fields if id_of(f) == given[0]), None)
            message = N_("the informant is {informant!r}")
            yield Finding("recognised", message, self.file, line, "header", {"informant": given[0]})
        for _, person in people:
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
        people_by_name = [s for s in layout.speakers if _is_a_name(s)]
        if people_by_name:
            yield Finding(
                "note",
                N_("labels look like names of people; they stay in the text as labels"),
                self.file,
                people_by_name[0].line,
                "privacy",
            )

    def doubts(self) -> Iterator[Finding]:
        messages = {
            "once": N_("label {label!r} begins one turn only; a speaker?"),
            "rare": N_("label {label!r} begins {n} turns only; a speaker?"),
            "alone": N_("{label!r} is the only label; who asks and who answers cannot be told apart"),
            "kept": N_("{label!r} looks like a label but stands once; its line was left in the turn above"),
        }
        for name, position, parameters in self.layout.doubts[:_MOST]:
            yield Finding("doubtful", messages[name], self.file, self._line(position), "label", parameters)
        if len(self.layout.doubts) > _MOST:
            more = {"n": len(self.layout.doubts) - _MOST}
            yield Finding("doubtful", N_("and {n} more doubtful labels"), self.file, None, "label", more)
        yield from islice(self._inside(), _MOST)
        yield from islice(self._unlabelled(), _MOST)
        titles = {match[0].strip().casefold() for match in _INTERVIEW_TITLE.finditer(self.text)}
        if len(titles) > 1:
            second = list(_INTERVIEW_TITLE.finditer(self.text))[1]
            yield Finding(
                "doubtful",
                N_("the file seems to hold several interviews; split it into one file each"),
                self.file,
                self._line(second.start()),
                "titles",
            )

    def _inside(self) -> Iterator[Finding]:
        """Say where a known label stands in the middle of a line: perhaps a turn that lost its line break."""
        layout = self.layout
        if not layout.spoken or len(layout.speakers) > 30:
            return
        choice = "|".join(re.escape(speaker.label) for speaker in layout.speakers)
        pattern = re.compile(rf"(?<=[.?!…)”\"][ \t])(?:{choice})[ \t]?[:：](?=[ \t])")
        for match in pattern.finditer(self.text, layout.spoken[0].label_start):
            before = self.text[self.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if not any(c.isalpha() for c in before):
                continue  # a number or a time before the label of a turn
            yield Finding(
                "doubtful",
                N_("label {label!r} stands in the middle of a line; the turn was not divided"),
                self.file,
                self._line(match.start()),
                "label",
                {"label": match[0].rstrip(" :：")},
            )

    def _unlabelled(self) -> Iterator[Finding]:
        """Say where a paragraph follows a question inside one turn: perhaps an answer that lost its label."""
        for spoken in self.layout.spoken:
            if not self.layout.speakers[spoken.speaker].role.asks:
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
        spans = [s for s in self.layout.unassigned if any(c.isalnum() for c in s.of(self.text))]
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

"""The coded transcript as a Word document, for a supervisor to correct on paper or in Word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import BinaryIO, ClassVar
from xml.sax.saxutils import quoteattr

from qualcode.exporters._base import Exporter
from qualcode.files.docx_writing import CODED_TRANSCRIPT, Mark, Paragraph, Run, Table, fit, write_docx
from qualcode.i18n import Translator, translator
from qualcode.model import Coding, Corpus, Elicited, Span, Stance, Transcript
from qualcode.privacy.consent import BLOCK

__all__ = ["WORDS", "DocxExporter", "code_names", "mark_words", "notes_digest"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {
        Stance.PRESENT: "ada",
        Stance.DENIED: "tidak",
        Stance.PAST: "dulu",
        Stance.PLANNED: "rencana",
        Stance.OTHER: "orang lain",
        Elicited.SPONTANEOUS: "spontan",
        Elicited.PROMPTED: "dipancing",
        "uncertain": "ragu",
    },
    "en": {
        **{stance: stance.value for stance in Stance if stance},
        **{elicited: elicited.value for elicited in Elicited if elicited},
        "uncertain": "uncertain",
    },
}
"""What marks on a coding are called in the column of codes: read back as they are written, so not for translators."""

_WIDTHS = (680, 5000, 2500, 1458)
_GREY = "7F7F7F"


@dataclass(frozen=True, slots=True)
class _Row:
    """A turn, or a line of text outside of turns, with the codings in it, each with its mark; `goes_on` are those begun in a row above."""

    number: str
    speaker: str
    span: Span
    codings: tuple[tuple[str, Coding], ...]
    goes_on: tuple[tuple[str, Coding], ...] = ()


class DocxExporter(Exporter):
    """Every transcript as a table: number of the turn, who says what, its codes, and room for notes.

    Codes stand behind marks such as ``7a`` (turn 7, first coding); what bears one is dotted below and followed by its mark, unless it is the whole
    turn. The head of the table stands on every page, pages are numbered. A corrected copy comes in again with
    ``qualcode code --from``: codes changed, struck out or added, notes and margin comments; the speech itself is not to be changed.
    """

    suffix: ClassVar[str] = ".docx"

    def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write the document."""
        _ = translator(self.language)
        names = code_names(corpus, self.language)
        blocks: list[Paragraph | Table] = []
        own: list[str] = []
        codings: dict[str, list[Coding]] = {}
        earlier: dict[str, int] = {}
        for coding in corpus.codings:
            if corpus.is_current(coding):
                codings.setdefault(coding.transcript, []).append(coding)
            else:
                earlier[coding.transcript] = earlier.get(coding.transcript, 0) + 1
        for number, transcript in enumerate(corpus.transcripts, 1):
            here = codings.get(transcript.guid, [])
            rows = _rows(corpus, transcript, here)
            several = len({coding.coder for coding in here}) > 1
            sheet = _Sheet(number, transcript, names, self.language, several=several)
            blocks += _head(corpus, transcript, here, _, earlier.get(transcript.guid, 0), first=number == 1)
            head = (_("No."), _("speaker and verbatim"), _("codes"), _("notes"))
            blocks.append(Table(_WIDTHS, head, tuple(sheet.row(row) for row in rows)))
            own.append(sheet.kept(rows))
        if not blocks:
            blocks.append(Paragraph((Run(_("The study holds no transcripts.")),)))
        root = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<q:export xmlns:q="{CODED_TRANSCRIPT}" study={_quoted(corpus.study.guid)} '
            f"language={_quoted(self.language)}>{''.join(own)}</q:export>"
        )
        title = corpus.study.title
        stream.write(
            write_docx(blocks, title=title, language=self.language, footer=title, own=root.encode("utf-8", "replace"))
        )


def code_names(corpus: Corpus, language: str) -> dict[str, str]:
    """Return what each code (key) is called in the document: its name, with the key where two have the same."""
    titles = {code.key: " ".join(code.title(language).split()) for code in corpus.codebook}
    counts: dict[str, int] = {}
    for title in titles.values():
        counts[title.casefold()] = counts.get(title.casefold(), 0) + 1
    return {key: title if counts[title.casefold()] == 1 else f"{title} ({key})" for key, title in titles.items()}


def mark_words(coding: Coding, language: str) -> str:
    """Return what was marked on a coding besides its code, as it stands in brackets behind it."""
    words = WORDS.get(language, WORDS["en"])
    said = [words[mark] for mark in (coding.stance, coding.elicited) if mark]
    return "; ".join([*said, *([words["uncertain"]] if coding.uncertain else [])])


def notes_digest(text: str) -> str:
    """Return by what a cell of notes is known again, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def _rows(corpus: Corpus, transcript: Transcript, codings: Sequence[Coding]) -> list[_Row]:
    """Return the turns of *transcript*, and lines outside of turns: all of a text without turns, otherwise those that bear a code."""
    places: list[tuple[Span, str, str]] = [
        (turn.span, str(number), turn.speaker + _time(turn.time)) for number, turn in enumerate(transcript.turns, 1)
    ]
    inside = [span for span, _, _ in places]
    start = 0
    for number, line in enumerate(transcript.text.split("\n"), 1):
        span = Span(start, start + len(line)) if line.strip() else None
        start += len(line) + 1
        if span is None or any(span.overlaps(turn) for turn in inside):
            continue
        if not transcript.turns:
            places.append((span, str(number), ""))
        elif any(span.overlaps(coding.span) for coding in codings):
            places.append((span, f"b{number}", ""))
    order = {code.key: number for number, code in enumerate(corpus.codebook)}
    ordered = sorted(codings, key=lambda c: (c.span, order[c.code], c.coder, c.guid))
    marks: dict[str, str] = {}
    rows: list[_Row] = []
    for span, name, speaker in sorted(places):
        here = [coding for coding in ordered if coding.span.overlaps(span)]
        fresh = [coding for coding in here if coding.guid not in marks]
        marks |= {coding.guid: f"{name}{_letters(at)}" for at, coding in enumerate(fresh)}
        own = tuple((marks[coding.guid], coding) for coding in fresh)
        old = tuple((marks[coding.guid], coding) for coding in here if coding not in fresh)
        rows.append(_Row(name, speaker, span, own, old))
    for coding in ordered:  # on a label, or between two turns
        if coding.guid not in marks and rows:
            at = max((n for n, row in enumerate(rows) if row.span.start <= coding.span.start), default=0)
            mark = f"{rows[at].number}{_letters(len(rows[at].codings))}"
            rows[at] = replace(rows[at], codings=(*rows[at].codings, (mark, coding)))
    return rows


def _time(seconds: float | None) -> str:
    return "" if seconds is None else f" [{int(seconds) // 60:02d}:{int(seconds) % 60:02d}]"


def _letters(number: int) -> str:
    """Return letters that count: a to z, then aa, ab."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def _head(
    corpus: Corpus, transcript: Transcript, codings: Sequence[Coding], _: Translator, earlier: int, *, first: bool
) -> Iterator[Paragraph]:
    ids = {informant.guid: informant.id for informant in corpus.informants}
    people = ", ".join(ids[guid] for guid in transcript.informants if ids[guid] != transcript.name)
    coders = ", ".join(sorted({coding.coder for coding in codings})) or "–"
    yield Paragraph((Run(transcript.name),), "Heading1", apart=not first)
    facts = [
        corpus.study.title,
        people,
        _("coded by {coders}", coders=coders),
        _("codebook {label}", label=corpus.codebook.label),
    ]
    yield Paragraph((Run(" · ".join(fact for fact in facts if fact)),), "Note")
    if corpus.study.simulated:
        yield Paragraph(
            (Run(_("The people and words of this study are made up; its figures are a demonstration."), bold=True),),
            "Note",
        )
    yield Paragraph(
        (
            Run(
                _(
                    "To correct: change, strike out or add codes in their column, a line each; write notes, or comment in the margin. What was said is not to be changed here."
                ),
                italic=True,
            ),
        ),
        "Note",
    )
    if corpus.withheld.get(transcript.revision):
        text = _("Words of people who may not be quoted are blocked out ({block}).", block=BLOCK * 3)
        yield Paragraph((Run(text),), "Note")
    if earlier:
        text = _("{n} codings stand on an earlier text of this transcript and are not shown.", n=earlier)
        yield Paragraph((Run(text),), "Note")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Writes the rows of one transcript; `number` is its place in the document."""

    number: int
    transcript: Transcript
    names: Mapping[str, str]
    language: str
    several: bool

    def row(self, row: _Row) -> tuple[tuple[Paragraph, ...], ...]:
        """Return the cells of a row."""
        return (
            (Paragraph((Run(row.number, colour=_GREY),)),),
            (Paragraph((*self._label(row), *self._speech(row))),),
            tuple(self._codes(row)),
            tuple(Paragraph((Run(line),)) for line in self.notes(row).split("\n")),
        )

    def notes(self, row: _Row) -> str:
        """Return the notes on the codings of a row."""
        return "\n".join(f"{mark}: {coding.memo}" for mark, coding in row.codings if coding.memo)

    def shown(self, coding: Coding) -> str:
        """Return a coding as its line says it, without its mark."""
        words = mark_words(coding, self.language)
        who = f" – {coding.coder}" if self.several else ""
        return f"{self.names[coding.code]}{f' [{words}]' if words else ''}{who}"

    def kept(self, rows: Sequence[_Row]) -> str:
        """Return what the document keeps of this transcript beside its text."""
        lines = "".join(
            f'<q:row number="{row.number}" start="{row.span.start}" end="{row.span.end}" notes="{notes_digest(self.notes(row))}"/>'
            for row in rows
        )
        codings = "".join(
            f'<q:coding mark="{mark}" guid="{coding.guid}" start="{coding.span.start}" end="{coding.span.end}" '
            f"code={_quoted(coding.code)} coder={_quoted(coding.coder)} shown={_quoted(self.shown(coding))}/>"
            for row in rows
            for mark, coding in row.codings
        )
        own = self.transcript
        return (
            f'<q:transcript number="{self.number}" guid="{own.guid}" revision="{own.revision}" name={_quoted(own.name)}>'
            f"{lines}{codings}</q:transcript>"
        )

    @staticmethod
    def _label(row: _Row) -> tuple[Run, ...]:
        return (Run(f"{row.speaker}: ", bold=True),) if row.speaker else ()

    def _codes(self, row: _Row) -> Iterator[Paragraph]:
        for mark, coding in row.goes_on:
            yield Paragraph((Run(f"↑ {mark} {self.names[coding.code]}", colour=_GREY),))
        for mark, coding in row.codings:
            yield Paragraph((Run(f"{mark}. ", colour=_GREY), Run(self.shown(coding))))

    def _speech(self, row: _Row) -> Iterator[Run | Mark]:
        """Yield the words of a row, dotted below where they bear a code in part, with the marks behind."""
        name = f"ucapan_{self.number}_{row.number}"
        text = self.transcript.text
        here = [each for each in (*row.goes_on, *row.codings) if each[1].span.overlaps(row.span)]
        part = [(mark, coding) for mark, coding in here if not coding.span.covers(row.span)]
        cuts = {row.span.start, row.span.end}
        for _, coding in part:
            cuts.update((max(coding.span.start, row.span.start), min(coding.span.end, row.span.end)))
        places = sorted(cuts)
        yield Mark(name)
        for start, end in pairwise(places):
            coded = any(coding.span.start <= start and end <= coding.span.end for _, coding in part)
            yield Run(text[start:end], underlined=coded)
            ends = [mark for mark, coding in part if coding.span.end == end]
            if ends:
                yield Mark(f"tanda_{self.number}_{row.number}_{end}")
                yield Run(f"[{', '.join(ends)}]", raised=True, colour=_GREY)
                yield Mark(f"tanda_{self.number}_{row.number}_{end}", end=True)
        yield Mark(name, end=True)


def _quoted(text: str) -> str:
    return quoteattr(fit(text))

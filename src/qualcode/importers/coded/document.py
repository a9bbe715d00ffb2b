"""A document in which somebody coded, in tables or in the margin: its text without the codes, and the codings of its transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from qualcode.errors import N_
from qualcode.files.document import Document
from qualcode.importers._base import ImportOptions, ImportResult, Part
from qualcode.importers.coded.codes import same
from qualcode.importers.coded.colours import Legend, colour_legend, coloured_passages
from qualcode.importers.coded.columns import LEVELS
from qualcode.importers.coded.comments import read_comments
from qualcode.importers.coded.inline import codes_below_quotes, codes_in_brackets, may_hold_codes
from qualcode.importers.coded.listed import CodeList, code_list, listed_passages
from qualcode.importers.coded.passages import Marked, with_codings
from qualcode.importers.coded.rows import RowReader, known_codes
from qualcode.importers.coded.table import CodedTable, coded_tables
from qualcode.importers.coded.text import CodedText, TextRow, coded_text
from qualcode.importers.layout.layout import Layout, Spoken, gap
from qualcode.importers.speakers.roles import Speaker
from qualcode.model import Finding, Kind, Role, Span, Transcript

__all__ = ["Coded", "read_coded"]

_QUESTION = 40
"""The most words of a question that stands alone in a cell."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A document without what coders wrote beside the speech; `text` and `source` say what that was."""

    document: Document
    text: CodedText | None = None
    source: str = ""
    listed: CodeList = field(default_factory=CodeList)
    colours: Legend = field(default_factory=lambda: Legend({}, {}))

    @property
    def labels(self) -> dict[str, Role | None]:
        """The speakers that columns of the tables name, with the role that the column's heading tells."""
        return self.text.labels if self.text is not None else {}

    @property
    def nobody(self) -> frozenset[str]:
        """What only looks like a speaker in the tables, such as ``Tema 1``."""
        return self.text.nobody if self.text is not None else frozenset()

    def laid_out(self, layout: Layout, *, shift: int = 0) -> Layout:
        """Return *layout*, or where it has no turns, one in which each row of a coded table is a turn.

        A paragraph that ends with a question mark before another in its cell asks; everything else answers.
        """
        if self.text is None or layout.spoken or layout.kind not in {None, Kind.INTERVIEW, Kind.GROUP}:
            return layout
        text = self.document.text[shift:]
        paragraphs = [
            (part, number)
            for number, span in enumerate(dict.fromkeys(row.span for row in self.text.rows if row.span is not None))
            for part in _paragraphs(text, span.shifted(-shift))
        ]
        if not paragraphs:
            return layout
        spoken: list[Spoken] = []
        for at, (part, number) in enumerate(paragraphs):
            more = at + 1 < len(paragraphs) and paragraphs[at + 1][1] == number
            asks = part.of(text).rstrip().endswith("?") and (more or len(part.of(text).split()) <= _QUESTION)
            spoken.append(Spoken(part.start, part.start, part.end, 0 if asks else 1))
        counts = [sum(turn.speaker == who for turn in spoken) for who in (0, 1)]
        line = text.count("\n", 0, spoken[0].start) + 1
        speakers = [
            Speaker(label, n, line, role, "coded table", sure=False)
            for label, role, n in zip(
                ("Pertanyaan", "Jawaban"), (Role.INTERVIEWER, Role.INFORMANT), counts, strict=True
            )
        ]
        if not counts[0]:  # answers alone: quotes of the informant
            speakers, spoken = speakers[1:], [replace(turn, speaker=0) for turn in spoken]
        parts = [part for part, _ in paragraphs]
        # The turns of the rows cannot be found again in a part of the text, so it is not divided.
        return replace(
            layout,
            speakers=tuple(speakers),
            spoken=tuple(spoken),
            header=tuple(piece for span in layout.header for piece in _outside(text, span, parts)),
            unassigned=tuple(piece for span in layout.unassigned for piece in _outside(text, span, parts)),
            given=None,
        )

    def added(self, result: ImportResult, options: ImportOptions, *, file: str, shift: int = 0) -> ImportResult:
        """Return *result*, which was read from `document`, with what was coded in it.

        *shift* is by how much the transcript's text begins later than the document's.
        """
        marked = (
            self.document.comments or self.document.colours or self.listed.names or may_hold_codes(self.document.text)
        )
        if self.text is None and not marked:
            return result
        at = shift
        for transcript in result.corpus.transcripts:
            # A file may hold several interviews: the text of each is a part of the whole, in order.
            begin = max(self.document.text.find(transcript.text, at), 0)
            at = begin + len(transcript.text)
            result = self._of(transcript, begin, result, options, file)
        return result

    def _of(
        self, transcript: Transcript, begin: int, result: ImportResult, options: ImportOptions, file: str
    ) -> ImportResult:
        end = begin + len(transcript.text)
        rows = [r for r in self.text.rows if r.span is None or begin <= r.span.start < end] if self.text else []
        known = known_codes(self.source, rows)
        reader = RowReader(transcript, self.source, begin, known, file, self.listed.names)
        formats = [
            f
            for f in self.document.formats
            if begin <= f.start and f.end <= end and (f.bold or f.italic or f.underlined)
        ]
        emphasised = _joined(transcript.text, [Span(f.start - begin, f.end - begin) for f in formats])
        reader.read(rows, emphasised)
        in_book = {same(code.name) for code in result.corpus.codebook}
        commented, said = read_comments(self.document.comments, transcript, begin, {*known, *in_book}, file)
        spans = [row.span for row in rows if row.span is not None]
        coloured, of_colours = coloured_passages(self.document, self.colours, transcript, begin, file)
        in_talk = self._in_talk(transcript, begin, [reader.here(span) for span in spans], emphasised)
        below = codes_below_quotes(transcript.text, [turn.span for turn in transcript.turns])
        read = (reader.here(Span(spans[0].start, spans[-1].end)),) if spans and reader.passages else ()
        return with_codings(
            with_marks(result, transcript, [*reader.marks, *(at for _, at in (*in_talk, *below))]),
            transcript,
            sorted(
                [*reader.passages, *commented, *coloured, *(each for each, _ in (*in_talk, *below))],
                key=lambda marked: marked.span,
            ),
            options,
            file=file,
            read=read,
            extra=(
                *_report(rows, reader, file),
                *reader.findings,
                *said,
                *of_colours,
                *_of_talk(in_talk, self.listed, file),
                *_of_quotes(below, file),
            ),
        )

    def _in_talk(
        self, transcript: Transcript, begin: int, rows: Sequence[Span], emphasised: Sequence[Span]
    ) -> list[tuple[Marked, Span]]:
        """Return what codes and their marks in the talk are on, outside of coded tables, and where they stand."""
        turns = [t.span for t in transcript.turns if not t.role.asks and not any(row.overlaps(t.span) for row in rows)]
        end = begin + len(transcript.text)
        formats = [
            replace(f, start=f.start - begin, end=f.end - begin)
            for f in self.document.formats
            if begin <= f.start and f.end <= end
        ]
        found = codes_in_brackets(transcript.text, turns, formats)
        if self.listed.names:
            above = [Span(f.start, f.end) for f in formats if f.raised]
            found += listed_passages(transcript.text, turns, self.listed.names, above, emphasised)
        return found


def _paragraphs(text: str, span: Span | None) -> list[Span]:
    """Return the lines of *span*; those that ask stand alone, those that answer together."""
    found: list[Span] = []
    at = span.start if span is not None else 0
    for line in span.of(text).split("\n") if span is not None else ():
        if line.strip():
            asks = line.rstrip().endswith("?")
            if found and not asks and not found[-1].of(text).rstrip().endswith("?"):
                found[-1] = Span(found[-1].start, at + len(line.rstrip()))
            else:
                found.append(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return found


def _outside(text: str, span: Span, taken: Sequence[Span]) -> list[Span]:
    """Return what is left of *span* without the spans *taken*, which are in order."""
    left: list[Span] = []
    at = span.start
    for other in taken:
        if other.overlaps(span):
            left += gap(text, at, max(at, other.start))
            at = max(at, other.end)
    return [*left, *gap(text, at, max(at, span.end))]


def read_coded(document: Document, options: ImportOptions) -> Coded:
    """Return *document* with what was coded in it apart from what was said."""
    listed = code_list(document)
    tables = coded_tables(document, options.columns, listed.names)
    if not tables:
        return Coded(document, listed=listed, colours=colour_legend(document))
    text = coded_text(document, tables)
    own = text.document
    # The words of a legend stay where they are outside of tables; in the text as it is now its lines are others.
    return Coded(own, text, document.text, code_list(own) if listed.names else listed, colour_legend(own))


def with_marks(result: ImportResult, transcript: Transcript, marks: Sequence[Span]) -> ImportResult:
    """Return *result*; the parts of the transcript's text in which coders' *marks* stand say so."""
    if not marks:
        return result
    parts: list[Part] = []
    ordered = sorted(set(marks))
    next_ = 0
    for part in result.parts.get(transcript.guid, ()):
        at = part.span.start
        while next_ < len(ordered) and ordered[next_].start < at:
            next_ += 1
        cut = False
        while next_ < len(ordered) and part.span.covers(ordered[next_]):
            mark = ordered[next_]
            parts += _pieces(transcript.text, part, at, mark.start)
            parts.append(Part(mark, "code", "marks"))
            at, cut = mark.end, True
            next_ += 1
        parts += _pieces(transcript.text, part, at, part.span.end) if cut else (part,)
    return replace(result, parts=MappingProxyType({**result.parts, transcript.guid: tuple(parts)}))


def _pieces(text: str, part: Part, start: int, end: int) -> tuple[Part, ...]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (replace(part, span=Span(start, end)),) if start < end else ()


def _joined(text: str, stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches of letters that look different, those side by side as one."""
    found: list[Span] = []
    for span in stretches:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return tuple(found)


def _report(rows: Sequence[TextRow], reader: RowReader, file: str) -> list[Finding]:
    """Return what is to be said of the coded tables."""
    if not rows:
        return []
    said: list[Finding] = []
    for table in {id(row.table): row.table for row in rows}.values():
        starts = [reader.here(row.span).start for row in rows if row.table is table and row.span is not None]
        said.append(_columns(table, reader.line(starts[0]) if starts else None, file))
    counts = {
        "codings": sum(len(each.codes) for each in reader.passages),
        "codes": len({same(path[-1]) for each in reader.passages for path in each.codes}),
        "rows": len(rows),
    }
    if any(row.row.section or any(name in row.table.columns for name in LEVELS) for row in rows):
        message = N_("{codings} codings with {codes} codes were read from {rows} rows of coded tables")
        said.append(Finding("recognised", message, file, rule="coded table", parameters=counts))
    message = N_("of coded tables the transcript holds the speech alone; the whole table stays in the original file")
    said.append(Finding("note", message, file, rule="coded table"))
    return said


def _of_talk(marked: Sequence[tuple[Marked, Span]], codes: CodeList, file: str) -> list[Finding]:
    if not marked:
        return []
    counts = {"codings": sum(len(each.codes) for each, _ in marked), "codes": len(codes.names)}
    if codes.names:
        message = N_(
            "{codings} codings by marks in the talk; a list in the document explains the marks of {codes} codes"
        )
        return [Finding("recognised", message, file, rule="list of codes", parameters=counts)]
    message = N_("{codings} codings by codes that stand in brackets in the talk")
    return [Finding("recognised", message, file, rule="codes in brackets", parameters=counts)]


def _of_quotes(marked: Sequence[tuple[Marked, Span]], file: str) -> list[Finding]:
    if not marked:
        return []
    n = sum(len(each.codes) for each, _ in marked)
    message = N_("{n} codings by codes that stand below the quotes")
    return [Finding("recognised", message, file, rule="codings", parameters={"n": n})]


def _columns(table: CodedTable, line: int | None, file: str) -> Finding:
    if table.guessed and table.each:
        message = N_("what stands in {columns} was taken for the informants' own words, coded by theme; please check")
        names = ", ".join(repr(table.heading(at)) for at in table.each)
        return Finding("doubtful", message, file, line, "coded table", {"columns": names})
    if table.guessed:
        message = N_(
            "a table without headings was read as a coded one: speech in column {speech}, codes in column {codes}; please check"
        )
        places = {"speech": (table.first("quote") or 0) + 1, "codes": (table.first("code") or 0) + 1}
        return Finding("doubtful", message, file, line, "coded table", places)

    def named(*names: str) -> str:
        places = sorted(at for name in names for at in table.columns.get(name, ()))
        return ", ".join(repr(table.heading(at)) for at in places) or "–"

    message = N_("coded table: speech in {speech}, codes in {codes}, notes in {notes}")
    parameters = {"speech": named("question", "quote"), "codes": named(*LEVELS), "notes": named("memo")}
    return Finding("recognised", message, file, line, "column names", parameters)

"""From what a word processor's document says to a transcript: the same for Word, OpenDocument and RTF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qualcode.errors import N_, InputError, shorten
from qualcode.files.document import Document
from qualcode.importers._base import ImportOptions, ImportResult, Source
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.coded.document import Coded, read_coded
from qualcode.importers.coded.inline import may_hold_codes
from qualcode.importers.coded.listed import code_list
from qualcode.importers.coded.raised import bracketed, unread
from qualcode.importers.pages.numbered import without_line_numbers
from qualcode.importers.turns import find_turns
from qualcode.model import Finding, Span

__all__ = ["read_document", "with_stated_codes"]


def read_document(source: Source, document: Document, options: ImportOptions) -> ImportResult:
    """Return the transcript in *document*, which is what *source* says.

    Raises
    ------
    InputError
        If it holds no text.
    """
    text = document.text.lstrip("\ufeff")
    if not text.strip():
        raise InputError(
            N_("the document holds no text"),
            hint=N_("If it consists of pictures of pages, type or recognise their text first."),
            file=source.name,
        )
    document = bracketed(document)
    text = document.text.lstrip("\ufeff")
    coded = read_coded(document, options)
    if coded.text is not None:
        document, text = coded.document, coded.document.text.lstrip("\ufeff")
    # Codes, comments and footnotes stand at places of the text as it is, so that its lines stay.
    bare = coded.text is None and not document.comments and document.notes_start == len(document.text)
    joined = without_line_numbers(text)
    if bare and joined is not None:
        layout = find_turns(joined.text, speakers=options.speakers, kind=options.kind)
        said = (*_left_out(document, source.name), joined.said(source.name))
        return assemble(source, joined.text, layout, options, said)
    shift = len(document.text) - len(text)
    layout = find_turns(
        text,
        speakers={
            **dict.fromkeys(coded.nobody),
            **{label: role for label, role in coded.labels.items() if role is not None},
            **options.speakers,
        },
        labels=coded.labels,
        kind=options.kind,
        headings=frozenset(_first_letter(text, at - shift) for at in (*document.headings, *coded.listed.lines)),
        emphasised=frozenset(_bold_lines(text, document, shift)),
        end=document.notes_start - shift,
        formats=tuple(
            replace(f, start=max(f.start - shift, 0), end=f.end - shift) for f in document.formats if f.end > shift
        ),
        listed={_first_letter(text, max(at - shift, 0)): kind for at, kind in document.listed},
        tables=_tables(text, replace(coded, document=document), shift),
    )
    layout = coded.laid_out(layout, shift=shift)
    said = (*_left_out(document, source.name), *((joined.kept(source.name),) if joined is not None else ()))
    result = assemble(source, text, layout, options, said)
    return coded.added(result, options, file=source.name, shift=shift)


def _tables(text: str, coded: Coded, shift: int) -> tuple[Span, ...]:
    """Return where tables stand, those with a column of codes as well; with nothing between them, they are one."""
    spans: dict[tuple[str, int], Span] = {}
    for row in coded.document.rows:
        if places := [place for cell in row.cells for place in cell]:
            _extend(spans, ("plain", row.table), min(places), max(places))
    for coded_row in coded.text.rows if coded.text is not None else ():
        if coded_row.span is not None:
            start = coded.document.text.rfind("\n", 0, coded_row.span.start) + 1  # the label stands before the words
            _extend(spans, ("coded", id(coded_row.table)), start, coded_row.span.end)
    found: list[Span] = []
    for span in sorted(spans.values()):
        here = Span(max(span.start - shift, 0), max(span.end - shift, 0))
        if found and not text[found[-1].end : here.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        elif here.end > here.start:
            found.append(here)
    return tuple(found)


def _extend(spans: dict[tuple[str, int], Span], table: tuple[str, int], start: int, end: int) -> None:
    """Note that a row of *table* stands from *start* to *end*; one without a letter stands nowhere."""
    if start == end:
        return
    known = spans.get(table, Span(start, end))
    spans[table] = Span(min(known.start, start), max(known.end, end))


def with_stated_codes(result: ImportResult, text: str, options: ImportOptions, *, file: str) -> ImportResult:
    """Return *result*, which was read from plain *text*, with the codes that its brackets state: ``[Kode: upah rendah]``.

    Brackets may also hold the marks of codes that a list in the text explains.
    """
    document = Document(text, len(text))
    listed = code_list(document)
    if not listed.names and not may_hold_codes(text):
        return result
    return Coded(document, listed=listed).added(result, options, file=file)


def _first_letter(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u00a0":
        at += 1
    return at


def _bold_lines(text: str, document: Document, shift: int) -> Iterator[int]:
    """Yield where lines begin that are bold from their first letter to their last."""
    bold: list[tuple[int, int]] = []
    for stretch in document.formats:
        if not stretch.bold:
            continue
        start, end = stretch.start - shift, stretch.end - shift
        if bold and not text[bold[-1][1] : start].strip(" \t\u00a0"):
            bold[-1] = (bold[-1][0], end)
        else:
            bold.append((start, end))
    for start, end in bold:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        if not text[line_start:start].strip() and not text[end:line_end].strip():
            yield _first_letter(text, line_start)


def _left_out(document: Document, file: str) -> Iterator[Finding]:
    """Yield notes on what of the document is not, or not as usual, in the text."""
    counted = (
        (document.deleted, N_("{n} tracked deletions were left out")),
        (document.inserted, N_("{n} tracked insertions were kept as text")),
        (document.hidden, N_("{n} hidden passages were kept as text")),
        (document.numbered, N_("automatic numbers of {n} paragraphs are not part of the text")),
        (document.embedded, N_("{n} embedded files were not read")),
        (document.text_boxes, N_("{n} text boxes stand behind the paragraphs that hold them")),
    )
    for n, message in counted:
        if n:
            yield Finding("note", message, file=file, rule="word", parameters={"n": n})
    if document.cut_off:
        message = N_("the file breaks off before its end; what stands in it was read, the rest is missing")
        yield Finding("doubtful", message, file=file, rule="cut off")
    yield from unread(document, file)
    for margin in document.margins:
        message = N_("page header or footer, not part of the text: {text!r}")
        yield Finding("note", message, file=file, rule="word", parameters={"text": shorten(margin)})
    if document.notes_start < len(document.text):
        message = N_("footnotes and endnotes stand at the end of the text, outside the turns")
        line = document.text.count("\n", 0, document.notes_start) + 2
        yield Finding("note", message, file=file, line=line, rule="word")

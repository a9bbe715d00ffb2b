"""PDF files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.errors import N_, InputError, shorten
from qualcode.files.pdf import Page, read_pdf
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document
from qualcode.importers.pages.cells import TableRow
from qualcode.importers.pages.furniture import Body, body_of
from qualcode.importers.pages.lines import Laid, lay_lines, raw_text
from qualcode.importers.pages.tables import with_tables
from qualcode.importers.turns import find_turns
from qualcode.model import Finding

__all__ = ["PdfImporter"]

_MOST = 12
"""How many words or pages a finding lists."""


class PdfImporter(Importer):
    """PDF files (.pdf) with text in them; scanned pages need their text recognised (OCR) first.

    A PDF has lines, not paragraphs. They are put together again at import: running heads and page numbers are left out, wrapped lines
    joined, hyphens at their ends taken back where the word is known without. All of this is said, and the file itself is kept.
    """

    extensions = (".pdf",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        pages = read_pdf(source.data, file=source.name)
        if not any(page.lines for page in pages):
            raise InputError(
                N_("the file has no text, only pictures of pages; it needs OCR"),
                hint=N_("Let a program recognise the text (OCR), check it against the pictures, and import that."),
                file=source.name,
            )
        body = body_of(with_tables(pages))
        laid = lay_lines(body, _starts(body, options))
        result = read_document(source, laid.document, options)
        return replace(result, findings=(*_findings(pages, body, laid, source.name), *result.findings))


def _starts(body: Body, options: ImportOptions) -> frozenset[int]:
    """Return the places of the lines that begin turns or fields of the header."""
    text = raw_text(body.lines)
    layout = find_turns(text, speakers=options.speakers, kind=options.kind)
    places = {line - 1 for field, line in layout.fields if field.known}
    line, at = 0, 0
    for spoken in layout.spoken:
        line += text.count("\n", at, spoken.label_start)
        at = spoken.label_start
        # A label that comes once may be a word that a wrapped line happens to begin with: how it lies on the page decides.
        if layout.speakers[spoken.speaker].turns > 1:
            places.add(line)
    return frozenset(places)


def _findings(pages: Sequence[Page], body: Body, laid: Laid, file: str) -> Iterator[Finding]:
    yield Finding(
        "note",
        N_("laid out from {pages} pages: {lines} lines joined to {paragraphs} paragraphs"),
        file,
        rule="pdf",
        parameters={"pages": len(pages), "lines": laid.lines, "paragraphs": laid.paragraphs},
    )
    for text, n in body.running:
        message = N_("left out at the top or bottom of {n} pages: {text!r}")
        yield Finding("note", message, file, rule="pdf", parameters={"n": n, "text": shorten(text)})
    counted = (
        (body.numbered, N_("{n} page numbers were left out")),
        (body.counted, N_("{n} line numbers were left out")),
    )
    for n, message in counted:
        if n:
            yield Finding("note", message, file, rule="pdf", parameters={"n": n})
    words = (
        (laid.undone, N_("{n} words broken at the end of a line were joined without their hyphen: {words}")),
        (laid.kept, N_("{n} words broken at the end of a line kept their hyphen: {words}")),
    )
    for some, message in words:
        if some:
            parameters = {"n": len(some), "words": _listed(some)}
            yield Finding("note", message, file, rule="pdf", parameters=parameters)
    yield from _tables(body, file)
    yield from _doubts(pages, laid, file)


def _tables(body: Body, file: str) -> Iterator[Finding]:
    """Yield what is to be said of tables; where no rules part their columns, that is a guess."""
    rows = [(item.page, item.line) for item in body.lines if isinstance(item.line, TableRow)]
    if ruled := [page for page, row in rows if row.ruled]:
        message = N_("{n} rows of ruled tables were read cell by cell, on pages {pages}")
        yield Finding("note", message, file, rule="pdf", parameters=_counted(ruled))
    if guessed := [page for page, row in rows if not row.ruled]:
        message = N_(
            "{n} rows below known headings were read as a table without rules, on pages {pages}; check its columns"
        )
        yield Finding("doubtful", message, file, rule="pdf", parameters=_counted(guessed))
    if body.again:
        message = N_("the headings of a table came again on {n} pages; they were left out there")
        yield Finding("note", message, file, rule="pdf", parameters={"n": body.again})


def _counted(pages: Sequence[int]) -> dict[str, object]:
    return {"n": len(pages), "pages": _listed([str(page) for page in sorted(set(pages))])}


def _doubts(pages: Sequence[Page], laid: Laid, file: str) -> Iterator[Finding]:
    doubts = (
        (
            [page.number for page in pages if page.pictures],
            N_("no text on pages {pages}, only pictures: they need OCR"),
        ),
        (laid.columns, N_("columns or a table on pages {pages}; check that their lines follow each other rightly")),
        (
            [page.number for page in pages if page.unknown],
            N_("characters on pages {pages} stand for no letter; they are marked \ufffd in the text"),
        ),
    )
    for numbers, message in doubts:
        if numbers:
            parameters = {"pages": _listed([str(number) for number in numbers])}
            yield Finding("doubtful", message, file, rule="pdf", parameters=parameters)


def _listed(some: Sequence[str]) -> str:
    return ", ".join(some[:_MOST]) + (", …" if len(some) > _MOST else "")

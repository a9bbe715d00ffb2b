"""Tables by what they hold: responses, talk that somebody coded beside it, or a coding sheet of quotes and codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qualcode.errors import N_
from qualcode.files.document import Document, Row
from qualcode.files.tables import Table, without_choice
from qualcode.importers._base import CodingSheet, ImportOptions, ImportResult, Source
from qualcode.importers._document import read_document
from qualcode.importers._responses import read_responses
from qualcode.importers._words import role_of
from qualcode.importers.coded.columns import CODED, LEVELS, QUOTES, columns_of, heading
from qualcode.importers.coded.sheets import with_codes
from qualcode.model import Corpus, Finding

__all__ = ["is_coded_talk", "is_coding_sheet", "read_book", "read_sheets", "words_of_columns"]

_REFERENCE = re.compile(r"\W*[A-Za-z]{0,6}[\W_]*\d[\w\W]{0,12}")
_SAMPLE = 300


def read_sheets(source: Source, sheets: Sequence[tuple[str, Table]], options: ImportOptions) -> ImportResult:
    """Return what is in the *sheets* (title and table) of one file.

    The first decides: if it is a coding sheet, all that are such are read; if it is talk with codes, all that are such, an interview each;
    otherwise it alone is read.
    """
    if options.text_column is None and options.informant_column is None:
        if is_coded_talk(sheets[0][1], options):
            talks = [(title, table) for title, table in sheets if is_coded_talk(table, options)]
            result = read_document(source, _document(talks), options)
            # What stands above a table was read, above the talk.
            said = (finding for _, table in talks for finding in table.findings if finding.rule != "title")
            return replace(result, findings=(*said, *result.findings))
        sheets = with_codes(sheets, source.name)
        if is_coding_sheet(sheets[0][1], options):
            return _coding_sheets(source, sheets, options)
    return read_responses(source, sheets[0][1], options)


def read_book(
    source: Source,
    first: Table,
    merged: Callable[[], Sequence[tuple[str, Table]]],
    sheet: Callable[[str], Table],
    options: ImportOptions,
) -> ImportResult:
    """Return what is in a workbook.

    Parameters
    ----------
    first : Table
        Its first sheet, which says if there are several.
    merged : callable
        Returns all sheets, with their titles, what stands in merged cells in each of their rows.
    sheet : callable
        Returns the sheet with a title.
    """
    several = any(finding.parameters.get("sheet") for finding in first.findings)
    if not several and not is_coding_sheet(with_codes([("", first)], source.name)[0][1], options):
        return read_sheets(source, [("", first)], options)
    sheets = merged()
    if is_coding_sheet(with_codes(sheets, source.name)[0][1], options):
        return read_sheets(source, sheets, options)
    # A codebook or a list of people may stand before the sheets in which somebody talks.
    talks = [(title, sheet(title)) for title, one in sheets if is_coded_talk(one, options)]
    if len(talks) > 1:
        talks = [(title, without_choice(one)) for title, one in talks]
    return read_sheets(source, talks or [("", first)], options)


def words_of_columns(table: Table) -> list[float]:
    """Return how many words the cells of each column have on average."""
    cells = [_cells(table, at) for at in range(len(table.columns))]
    return [sum(len(cell.split()) for cell in column) / len(column) if column else 0.0 for column in cells]


def is_coding_sheet(table: Table, options: ImportOptions) -> bool:
    """Tell whether the rows of *table* are quotes with their codes.

    There must be a column of codes that are words, not numbers of people, and one that is called quotes; any other column of text only
    beside two of codes, or beside the name of a transcript.
    """
    columns = columns_of(table.columns, options.columns, words_of_columns(table))
    coded = [name for name in LEVELS if any(_holds_codes(table, at) for at in columns.get(name, ()))]
    if not coded:
        return False
    quoted = any(QUOTES.fullmatch(heading(table.columns[at])) for at in columns.get("quote", ()))
    placed = "transcript" in columns or ("informant" in columns and "turn" in columns)
    return (
        quoted
        or "quote" in options.columns
        or ("quote" in columns and (len(coded) > 1 or placed))
        or (placed and "turn" in columns)
    )


def _cells(table: Table, at: int) -> list[str]:
    return [str(row[at]) for row in table.rows[:_SAMPLE] if row[at] is not None]


def _holds_codes(table: Table, at: int) -> bool:
    cells = _cells(table, at)
    return bool(cells) and sum(_REFERENCE.fullmatch(cell) is None for cell in cells) * 2 > len(cells)


def is_coded_talk(table: Table, options: ImportOptions) -> bool:
    """Tell whether the rows of *table* are the turns of one talk, with codes beside them."""
    columns = columns_of(table.columns, options.columns, words_of_columns(table))
    if not CODED & columns.keys() or not {"quote", "question"} & columns.keys() or "transcript" in columns:
        return False
    if "question" in columns and "quote" in columns:
        return True
    speakers = {cell.strip().casefold() for at in columns.get("speaker", ()) for cell in _cells(table, at)}
    asks = any((role := role_of(name)) is not None and role.asks for name in speakers) or any(
        len(n) <= 2 for n in speakers
    )
    return len(speakers) > 1 and asks


def _document(sheets: Sequence[tuple[str, Table]]) -> Document:
    """Return *sheets* as the tables of a document: cells parted by tabs, a line a row, behind what stands above their heads.

    Where there are several, the name of each stands above it.
    """
    lines: list[str] = []
    rows: list[Row] = []
    headings: list[int] = []
    at = 0
    for number, (name, table) in enumerate(sheets):
        above = [" ".join(title.split("\n")) for title in (*((name,) if len(sheets) > 1 else ()), *table.titles)]
        if len(sheets) > 1:
            headings.append(at)
        lines += above
        at += sum(len(line) + 1 for line in above)
        for row in (table.columns, *table.rows):
            cells: list[tuple[int, int]] = []
            texts = ["" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in row]
            for text in texts:
                cells.append((at, at + len(text)))
                at += len(text) + 1
            lines.append("\t".join(texts))
            rows.append(Row(number, tuple(cells)))
    text = "\n".join(lines)
    return Document(text, len(text), tuple(headings), rows=tuple(rows))


def _coding_sheets(source: Source, sheets: Sequence[tuple[str, Table]], options: ImportOptions) -> ImportResult:
    found: list[CodingSheet] = []
    findings: list[Finding] = []
    for title, table in sheets:
        findings += table.findings
        if not is_coding_sheet(table, options):
            message = N_("sheet {sheet!r} is no coding sheet and was not read")
            findings.append(Finding("note", message, source.name, rule="sheet", parameters={"sheet": title}))
            continue
        found.append(CodingSheet(table, options.coder, title if len(sheets) > 1 else "", options.columns))
        columns = columns_of(table.columns, options.columns, words_of_columns(table))

        def named(*names: str, table: Table = table, columns: dict[str, tuple[int, ...]] = columns) -> str:
            places = sorted(at for name in names for at in columns.get(name, ()))
            return ", ".join(repr(table.columns[at]) for at in places) or "–"

        message = N_(
            "read as a coding sheet: quotes in {quotes}, codes in {codes}, {n} rows; they are matched with the transcripts (if they are responses, say --text-column)"
        )
        counts = {"quotes": named("quote"), "codes": named(*LEVELS), "n": len(table.rows)}
        findings.append(Finding("recognised", message, source.name, table.lines[0], "column names", counts))
    return ImportResult(Corpus(), tuple(findings), sheets=tuple(found))

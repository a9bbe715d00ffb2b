"""Tables of talk in plain text: columns for number, speaker, speech and code, parted by tabs or by pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.errors import N_
from qualcode.files.document import Document, Row
from qualcode.importers.coded.columns import column_of
from qualcode.model import Finding

__all__ = ["said_of_tables", "table_document"]

_RULE = re.compile(r"[ \t|:+=-]+")
_BESIDE = {"speaker", "number", "line", "turn", "code", "subcategory", "category", "theme"}
_FEWEST = 3
_FIRST_ROWS = 3
"""The headings stand in one of so many rows."""


def table_document(text: str) -> Document | None:
    """Return *text* as a document whose tables are tables, or None if no table in it has talk in one of its columns.

    A table begins with a row of headings, one of which says what was said (*verbatim*, *transkrip*, *hasil wawancara*) and another who
    said it, on which line, or what it was coded as.
    """
    if "\t" not in text and "|" not in text:
        return None
    lines = text.split("\n")
    out: list[str] = []
    rows: list[Row] = []
    at = table = run = 0
    position = 0
    while at < len(lines):
        run = run + 1 if "\t" in lines[at] or "|" in lines[at] else 0
        length = _table_at(lines, at) if 0 < run <= _FIRST_ROWS else 0
        if not length:
            out.append(lines[at])
            position += len(lines[at]) + 1
            at += 1
            continue
        border = "|" if "|" in lines[at] else "\t"
        for line in lines[at : at + length]:
            if border == "|" and _RULE.fullmatch(line):
                continue
            cells = _cells(line, border)
            places: list[tuple[int, int]] = []
            for cell in cells:
                places.append((position, position + len(cell)))
                position += len(cell) + 1
            out.append("\t".join(cells))
            rows.append(Row(table, tuple(places)))
        table += 1
        at += length
    whole = "\n".join(out)
    return Document(whole, len(whole), rows=tuple(rows)) if rows else None


def said_of_tables(document: Document, file: str) -> Finding:
    """Return the note that the borders of tables are not in the text."""
    message = N_("{n} rows of a table in plain text were read by their columns; its borders were left out of the text")
    return Finding("note", message, file=file, rule="columns", parameters={"n": len(document.rows)})


def _table_at(lines: Sequence[str], at: int) -> int:
    """Return how many lines the table of talk has that begins at the line *at*; 0 if none does."""
    border = "|" if "|" in lines[at] else "\t"
    if border not in lines[at] or len(lines[at]) > 400:
        return 0
    headings = [column_of(cell) for cell in _cells(lines[at], border)]
    spoken = {"quote", "transcript"} & set(headings)
    if not spoken or not _BESIDE & set(headings):
        return 0
    length = 1
    while at + length < len(lines) and border in lines[at + length]:
        length += 1
    return length if length > _FEWEST else 0


def _cells(line: str, border: str) -> list[str]:
    bare = line.strip().removeprefix("|").removesuffix("|") if border == "|" else line.rstrip("\n")
    return [cell.strip() for cell in bare.split(border)]

"""Coding sheets that say otherwise than by a column what the codes are: ticks below the name of each, or a sheet for each theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.errors import N_, shorten
from qualcode.files.tables import Cell, Table
from qualcode.importers._words import HONORIFICS, is_role_label
from qualcode.importers.coded.columns import LEVELS, QUOTES, column_of, columns_of, heading, theming, whose
from qualcode.importers.coded.listed import spelled_out
from qualcode.importers.coded.table import THEME_ROW
from qualcode.importers.speakers.labels import CODE
from qualcode.model import Finding

__all__ = ["with_codes"]

CODES, THEME, QUOTE, INFORMANT = "Kode", "Tema", "Kutipan", "Informan"
"""The headings of columns that are made."""
_MARK = re.compile(r"[A-Za-z]{0,4}[-. ]?\d{1,3}[a-z]?|\d{1,2}(?:\.\d{1,2})+|[A-Z]{2,8}")
_NAME = re.compile(r"arti|nama|nama kode|makna|keterangan|label|kepanjangan|meaning|name")
_TICK = frozenset({"x", "v", "✓", "✔", "√", "☑", "✗", "●", "•", "*", "1", "+"})
_NONE = frozenset({"", "-", "–", "—", "0", "o", "☐"})
_SENTENCE = 2.5
"""The fewest words of what somebody says, on average."""
_PLACES = frozenset({"number", "line", "turn", "start", "end"})
_UNTOLD = re.compile(r"(?:sheet|lembar|worksheet|table|tabel|data|koding|coding|halaman|hal)[ _]*\d*", re.IGNORECASE)


def with_codes(
    sheets: Sequence[tuple[str, Table]], file: str, *, stated: bool = False
) -> tuple[tuple[str, Table], ...]:
    """Return the *sheets* (title and table) of a file with a column of codes where something else says the codes.

    A column of ticks is a code if the quotes stand in a column that is called so, and another column is like it. Titles are codes where
    several sheets hold quotes and none holds codes, unless they name people or nothing. A row that names a theme stands above those below
    it. Columns of what several informants say of a theme become rows of quotes; where the user *stated* that the file is a coding sheet, so do
    columns of what each informant says. Marks of codes that another sheet explains are spelled out.
    """
    names = _explained(sheets)
    found = tuple((title, _rows_of_quotes(table, file, names, stated=stated)) for title, table in sheets)
    quoting = [(title, table) for title, table in found if _quotes(table) is not None]
    if len(quoting) < 2 or any(_is_coded(table) for _, table in quoting) or not _are_themes(quoting):
        return found
    titles = {title for title, _ in quoting}
    return tuple(("", _titled(table, title, file)) if title in titles else (title, table) for title, table in found)


def _rows_of_quotes(table: Table, file: str, names: Mapping[str, str], *, stated: bool) -> Table:
    table = _sectioned(_ticked(_melted(table, file, stated=stated), file), file)
    places = {at for name in LEVELS for at in columns_of(table.columns).get(name, ())}
    if not names or _quotes_or_data(table) is None:
        return table
    rows = tuple(
        tuple(spelled_out(str(c), names) if at in places and c is not None else c for at, c in enumerate(row))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _quotes_or_data(table: Table) -> int | None:
    return next(iter(columns_of(table.columns).get("quote", ())), None)


def _explained(sheets: Sequence[tuple[str, Table]]) -> dict[str, str]:
    """Return the names of codes by their marks, in small letters, that a sheet of codes and their names tells."""
    found: dict[str, str] = {}
    for _, table in sheets if len(sheets) > 1 else ():
        columns = columns_of(table.columns)
        marks = next(iter(columns.get("code", ())), None)
        named = next(
            (at for at, name in enumerate(table.columns) if at != marks and _NAME.fullmatch(heading(name))), None
        )
        if marks is None or named is None or "quote" in columns:
            continue
        pairs = [(str(row[marks]).strip(), row[named]) for row in table.rows if row[marks] is not None]
        if all(_MARK.fullmatch(mark) for mark, _ in pairs):
            found.update((mark.casefold(), str(name).strip()) for mark, name in pairs if name is not None)
    return found


def _melted(table: Table, file: str, *, stated: bool) -> Table:
    """Return *table* with a row for each quote, where columns hold what several informants say of a theme, or each of several themes."""
    columns = columns_of(table.columns)
    people = theming(table.columns, columns)
    who = next((at for name in ("informant", "transcript", "speaker") for at in columns.get(name, ())), None)
    if people:
        keep = [at for at in range(len(table.columns)) if at not in people]
        head = (*(table.columns[at] for at in keep), INFORMANT, QUOTE)
        cells = [
            (line, (*(row[k] for k in keep), whose(table.columns[at]), row[at]))
            for row, line in zip(table.rows, table.lines, strict=True)
            for at in people
            if row[at] is not None
        ]
    elif stated and who is not None and not {"quote", "turn", "start", *LEVELS} & columns.keys():
        themes = [at for at in range(len(table.columns)) if at != who and _are_sentences(table, at)]
        head = (table.columns[who], QUOTE, CODES)
        cells = [
            (line, (row[who], row[at], table.columns[at]))
            for row, line in zip(table.rows, table.lines, strict=True)
            for at in themes
            if row[at] is not None
        ]
    else:
        return table
    message = N_("columns of several informants or themes were read as {n} rows of quotes")
    said = Finding("recognised", message, file, table.lines[0], "columns", {"n": len(cells)})
    rows, lines = tuple(row for _, row in cells), tuple(line for line, _ in cells)
    return replace(table, columns=head, rows=rows, lines=lines, findings=(*table.findings, said)) if cells else table


def _are_sentences(table: Table, at: int) -> bool:
    """Tell whether a column holds what somebody says, and not an age or a place."""
    cells = [str(row[at]).split() for row in table.rows if row[at] is not None]
    return bool(cells) and sum(map(len, cells)) >= _SENTENCE * len(cells)


def _sectioned(table: Table, file: str) -> Table:
    """Return *table* without the rows that name a theme, which stands in a column of its own beside the rows below."""
    themes: list[str] = []
    kept: list[int] = []
    theme = ""
    for at, row in enumerate(table.rows):
        filled = [str(cell) for cell in row if cell is not None]
        if len(filled) == 1 and len(row) > 1 and THEME_ROW.match(filled[0]):
            theme = _bare(filled[0])
            continue
        kept.append(at)
        themes.append(theme)
    if len(kept) == len(table.rows) or not kept:
        return table
    rows, lines = tuple(table.rows[at] for at in kept), tuple(table.lines[at] for at in kept)
    message = N_("{n} rows name the theme of those below them")
    counts = {"n": len(table.rows) - len(kept)}
    said = Finding("recognised", message, file, table.lines[0], "sections", counts)
    return _with_column(replace(table, rows=rows, lines=lines), themes, (), said, THEME)


def _quotes(table: Table) -> int | None:
    """Return the place of the column that is called quotes."""
    return next((at for at, name in enumerate(table.columns) if QUOTES.fullmatch(heading(name))), None)


def _is_coded(table: Table) -> bool:
    return bool(set(LEVELS) & columns_of(table.columns).keys())


def _are_themes(sheets: Sequence[tuple[str, Table]]) -> bool:
    """Tell whether the titles of *sheets* may be themes; a single word is one only where a column says who speaks."""
    titles = [_bare(title) for title, _ in sheets]
    people = any(
        is_role_label(t.title()) or CODE.fullmatch(t) or _UNTOLD.fullmatch(t) or t.casefold().split()[0] in HONORIFICS
        for t in titles
        if t
    )
    told = all({"informant", "transcript", "speaker"} & columns_of(table.columns).keys() for _, table in sheets)
    return all(titles) and not people and (told or any(len(title.split()) > 1 for title in titles))


def _bare(title: str) -> str:
    return THEME_ROW.sub("", title, count=1).strip()


def _titled(table: Table, title: str, file: str) -> Table:
    message = N_("no column holds codes; the sheet's name {sheet!r} was taken for the code of its quotes")
    said = Finding("doubtful", message, file, table.lines[0], "sheet", {"sheet": shorten(_bare(title))})
    return _with_column(table, [_bare(title)] * len(table.rows), (), said)


def _ticked(table: Table, file: str) -> Table:
    """Return *table* with what its ticks say in a column of codes, instead of the columns of ticks."""
    quotes = _quotes(table)
    places = [at for at in range(len(table.columns)) if at != quotes and _is_ticks(table, at)]
    if quotes is None or len(places) < 2:
        return table
    codes = ["\n".join(table.columns[at] for at in places if _sign(row[at]) in _TICK) for row in table.rows]
    names = ", ".join(table.columns[at] for at in places)
    message = N_("{n} columns of ticks were read as codes: {names}")
    said = Finding("recognised", message, file, table.lines[0], "ticks", {"n": len(places), "names": names})
    return _with_column(table, codes, places, said)


def _with_column(table: Table, codes: Sequence[str], without: Sequence[int], said: Finding, name: str = CODES) -> Table:
    keep = [at for at in range(len(table.columns)) if at not in without]
    columns = tuple(table.columns[at] for at in keep)
    rows = tuple((*(row[at] for at in keep), code or None) for row, code in zip(table.rows, codes, strict=True))
    name = name if name not in columns else f"{name} {len(columns)}"
    return replace(table, columns=(*columns, name), rows=rows, findings=(*table.findings, said))


def _is_ticks(table: Table, at: int) -> bool:
    signs = {_sign(row[at]) for row in table.rows}
    return bool(signs & _TICK) and signs <= _TICK | _NONE and column_of(table.columns[at]) not in _PLACES


def _sign(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip().casefold()

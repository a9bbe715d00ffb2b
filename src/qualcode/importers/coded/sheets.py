"""Coding sheets that say otherwise than by a column what the codes are: ticks below the name of each, or a sheet for each theme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.errors import N_, shorten
from qualcode.files.tables import Cell, Table
from qualcode.importers._words import HONORIFICS, is_role_label
from qualcode.importers.coded.columns import LEVELS, QUOTES, column_of, columns_of, heading
from qualcode.importers.coded.table import THEME_ROW
from qualcode.importers.speakers.labels import CODE
from qualcode.model import Finding

__all__ = ["with_codes"]

CODES = "Kode"
"""The heading of the column that is made."""
_TICK = frozenset({"x", "v", "✓", "✔", "√", "☑", "✗", "●", "•", "*", "1", "+"})
_NONE = frozenset({"", "-", "–", "—", "0", "o", "☐"})
_PLACES = frozenset({"number", "line", "turn", "start", "end"})
_UNTOLD = re.compile(r"(?:sheet|lembar|worksheet|table|tabel|data|koding|coding|halaman|hal)[ _]*\d*", re.IGNORECASE)


def with_codes(sheets: Sequence[tuple[str, Table]], file: str) -> tuple[tuple[str, Table], ...]:
    """Return the *sheets* (title and table) of a file with a column of codes where ticks or their titles say the codes.

    A column of ticks is a code if the quotes stand in a column that is called so, and another column is like it. Titles are codes where
    several sheets hold quotes and none holds codes, unless they name people or nothing.
    """
    found = tuple((title, _ticked(table, file)) for title, table in sheets)
    quoting = [(title, table) for title, table in found if _quotes(table) is not None]
    if len(quoting) < 2 or any(_is_coded(table) for _, table in quoting) or not _are_themes(quoting):
        return found
    titles = {title for title, _ in quoting}
    return tuple(("", _titled(table, title, file)) if title in titles else (title, table) for title, table in found)


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


def _with_column(table: Table, codes: Sequence[str], without: Sequence[int], said: Finding) -> Table:
    keep = [at for at in range(len(table.columns)) if at not in without]
    columns = tuple(table.columns[at] for at in keep)
    rows = tuple((*(row[at] for at in keep), code or None) for row, code in zip(table.rows, codes, strict=True))
    name = CODES if CODES not in columns else f"{CODES} {len(columns)}"
    return replace(table, columns=(*columns, name), rows=rows, findings=(*table.findings, said))


def _is_ticks(table: Table, at: int) -> bool:
    signs = {_sign(row[at]) for row in table.rows}
    return bool(signs & _TICK) and signs <= _TICK | _NONE and column_of(table.columns[at]) not in _PLACES


def _sign(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip().casefold()

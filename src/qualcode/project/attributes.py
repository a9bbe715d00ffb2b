"""Tables of informants' attributes: who is meant by each row, what is taken over, and what did not match."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from qualcode.errors import N_, NotFoundError, Word, shorten
from qualcode.files.tables import Cell, Table
from qualcode.importers import (
    AttributeTable,
    holds_name,
    is_missing,
    is_private,
    is_private_key,
    names_under,
    slug,
)
from qualcode.model import AttributeValue, Finding, Informant
from qualcode.project.attribute_values import are_mixed, convert, type_of
from qualcode.project.matching import Matching

__all__ = ["Attributed", "attributed"]

_COUNTER = re.compile(r"(?:no|nomor|number|#|timestamp|cap waktu|row|baris)\.?", re.IGNORECASE)
_CATEGORY = re.compile(r"kategori(?: informan)?|category", re.IGNORECASE)
_WORDS = {"category", "text"}
_MOST = 30
_FEW = 10
"""How many findings of one kind are listed, and cells in one of them."""


@dataclass(slots=True)
class Attributed:
    """What a table of attributes comes to: informants as it makes them, and what is to be said about it."""

    changed: list[Informant] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def attributed(table: Table, how: AttributeTable, informants: Sequence[Informant]) -> Attributed:
    """Return *informants* with their attributes in *table*.

    A row means the informant of that id; or the one whose id ends with it after a slash, as in ``kelompok-01/peserta-2``; or whose id
    differs from it only in capitals, signs and zeros (``INF03``, ``inf-3``). Rows of one informant that differ are not used.

    Parameters
    ----------
    table : Table
        The cells.
    how : AttributeTable
        What the user says of it.
    informants : sequence of Informant
        Those in the study, or about to come in.

    Raises
    ------
    NotFoundError
        If a column that the user names is not there.
    """
    return _Reader(table, how, informants).read()


class _Reader(Matching):
    def __init__(self, table: Table, how: AttributeTable, informants: Sequence[Informant]) -> None:
        super().__init__(table, how, informants)
        self._found = Attributed(findings=self.findings)

    def read(self) -> Attributed:
        """Return what the table comes to."""
        at, rows = self.rows()
        columns = self._columns(at)
        values = {column: self._column(column, key, list(rows)) for column, key in columns.items()}
        for place, person in enumerate(rows.values()):
            self._found.changed.append(self._with_values(person, {c: v[place] for c, v in values.items()}, columns))
        self.without_row([person.id for person in rows.values()])
        return self._found

    def _columns(self, who: int) -> dict[int, str]:
        """Return the columns to take over, with the names of their attributes."""
        ignored = {slug(name) for name in self._how.ignore}
        for name in (*self._how.ignore, *self._how.types):
            if slug(name) not in {slug(column) for column in self._table.columns}:
                raise NotFoundError(
                    N_("no column {name!r} in this table"), name=name, known=self._table.columns, file=self._how.path
                )
        held = {slug(name, "_"): name for person in self._informants for name in person.attributes}
        kept: dict[int, str] = {}
        for at, column in enumerate(self._table.columns):
            if at == who or slug(column) in ignored or _COUNTER.fullmatch(column.strip()):
                continue
            key = slug(column, "_") or column
            if self._is_private(at, column):
                message = N_("column {name!r} looks like names, addresses or numbers of people and was left out")
                self.say("note", message, "privacy", name=column)
            elif key in {slug(other, "_") for other in kept.values()}:
                message = N_("there are two columns {name!r}; the second was left out")
                self.say("doubtful", message, "columns", name=column)
            else:
                kept[at] = held.get(key, key)
        return kept

    def _is_private(self, at: int, column: str) -> bool:
        sample = [str(row[at]) for row in self._table.rows[:200] if row[at] is not None]
        return is_private_key(column) or sum(is_private(column, cell) for cell in sample) > 0.5 * len(sample)

    def _column(self, at: int, key: str, rows: Sequence[int]) -> list[AttributeValue]:
        """Return the values of a column in the rows that are used; all rows tell its type, also those that mean nobody."""
        column = self._table.columns[at]
        used = set(rows)
        every = [
            None if is_missing(cell, self._how.missing) else cell
            for number in range(len(self._table.rows))
            for cell in (self._public(number, at, said=number in used),)
        ]
        given: list[Cell] = [every[number] for number in rows]
        filled: list[Cell] = [cell for cell in every if cell is not None]
        types = {slug(name): type_ for name, type_ in self._how.types.items()}
        stated = types.get(slug(column))
        type_ = stated or type_of(filled)
        values, odd = convert(given, type_)
        missing = sum(cell is None for cell in given)
        message = N_("{name}: {type}, {n} values, {missing} missing")
        rule = "option" if stated else "columns"
        self.say("recognised", message, rule, name=key, type=Word(type_), n=len(given) - missing, missing=missing)
        self._odd(column, key, type_, [(rows[place], given[place]) for place in odd])
        if stated is None and type_ in _WORDS and are_mixed(filled):
            spoiling = [(number, every[number]) for number in convert(every, "number")[1]]
            self._mixed(column, key, type_, spoiling)
        return values

    def _odd(self, column: str, key: str, type_: str, cells: Sequence[tuple[int, Cell]]) -> None:
        """Say which cells of a column are not of its type."""
        message = N_(
            "{value!r} in column {name} is no {type}; it stays as it is written: correct the cell, "
            "or give the column another type (--attribute-type {column}=category)"
        )
        for number, cell in cells[:_MOST]:
            names = {"value": shorten(str(cell)), "name": key, "type": Word(type_), "column": column}
            self.say("doubtful", message, "columns", self._table.lines[number], **names)
        if len(cells) > _MOST:
            message = N_("and {n} more cells of column {name} are no {type}")
            self.say("doubtful", message, "columns", n=len(cells) - _MOST, name=key, type=Word(type_))

    def _mixed(self, column: str, key: str, type_: str, cells: Sequence[tuple[int, Cell]]) -> None:
        """Say which cells make words of a column that holds many numbers."""
        if not cells:
            return
        shown = ", ".join(f"{shorten(str(cell))} ({self._table.lines[number]})" for number, cell in cells[:_FEW])
        message = N_(
            "column {name} holds numbers and words and was taken as {type}; no numbers are (row in brackets): {cells}. "
            "Correct these cells, or give the column its type (--attribute-type {column}=integer)"
        )
        names = {"name": key, "type": Word(type_), "column": column}
        more = f" … (+{len(cells) - _FEW})" if len(cells) > _FEW else ""
        self.say("doubtful", message, "columns", self._table.lines[cells[0][0]], cells=shown + more, **names)

    def _public(self, number: int, at: int, *, said: bool) -> Cell:
        """Return a cell, unless what it holds identifies somebody; that is *said* of rows that are used."""
        row = self._table.rows[number]
        cell = row[at]
        if not isinstance(cell, str):
            return cell
        names = {
            name
            for column, other in zip(self._table.columns, row, strict=True)
            if isinstance(other, str)
            for name in names_under(column, other)
        }
        if is_private(self._table.columns[at], cell) or holds_name(cell, names):
            message = N_("a cell holds a name, address or number of people and was left out: column {name!r}")
            if said:
                self.say("note", message, "privacy", self._table.lines[number], name=self._table.columns[at])
            return None
        return cell

    def _with_values(
        self, person: Informant, values: Mapping[int, AttributeValue], columns: Mapping[int, str]
    ) -> Informant:
        category = person.category
        attributes = dict(person.attributes)
        for at, value in values.items():
            if _CATEGORY.fullmatch(self._table.columns[at].strip()):
                category = str(value).casefold() if value is not None else category
            elif value is not None:
                attributes[columns[at]] = value
            else:
                # An empty cell is a missing value: it takes nothing away that is known already.
                attributes.setdefault(columns[at], None)
        return replace(person, category=category, attributes=MappingProxyType(attributes))

"""The rows of a coding sheet, as researchers write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qualcode.errors import N_, InputError, NotFoundError, Word, shorten
from qualcode.files.tables import Cell, Table
from qualcode.importers import CODED, LEVELS, columns_of, labels_in, same
from qualcode.model import Elicited, Span, Stance
from qualcode.project.sheets import ELICITED, STANCES

__all__ = ["SheetRow", "codes_alone", "coding_rows", "sheet_columns"]

T = TypeVar("T")

YES = {"ya", "yes", "y", "true", "1", "x", "ragu", "✓"}
NO = {"", "tidak", "no", "n", "false", "0"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a coding sheet, not yet looked up in the study. `line` is the row in its file.

    `code` is the cell of the lowest column of codes, `above` those of the columns of subcategories, categories and themes beside it.
    `text_line` is the line of the transcript that the row names, `span` the place that an export of ours gives.
    """

    line: int
    coder: str
    transcript: str
    turn: int | None
    quote: str
    code: str
    stance: Stance
    elicited: Elicited
    uncertain: bool
    memo: str
    informant: str = ""
    text_line: int | None = None
    above: tuple[str, ...] = ()
    span: Span | None = None


def sheet_columns(table: Table, file: Path | str, said: Mapping[str, str] | None = None) -> dict[str, tuple[int, ...]]:
    """Return at which places the columns of a coding sheet hold what.

    Raises
    ------
    NotFoundError
        If no column holds codes, or none says where they stand.
    """
    columns = columns_of(table.columns, said, _sizes(table))
    asked = "kode" if not CODED & columns.keys() else ""
    if not asked and not {"quote", "turn", "start"} & columns.keys():
        asked = "kutipan"
    if asked:
        raise NotFoundError(
            N_("the coding sheet has no column {name!r}; its columns are {columns}"),
            name=asked,
            known=table.columns,
            hint=N_(
                "a coding sheet has the columns transkrip, giliran, kutipan, kode; tema, pengode, sikap, cara_muncul, ragu, catatan may be added"
            ),
            file=file,
            columns=", ".join(table.columns),
        )
    return columns


def _sizes(table: Table) -> list[float]:
    sample = table.rows[:200]
    cells = [[str(row[at]) for row in sample if row[at] is not None] for at in range(len(table.columns))]
    return [sum(len(cell.split()) for cell in column) / len(column) if column else 0.0 for column in cells]


def coding_rows(
    table: Table, file: Path | str, said: Mapping[str, str] | None = None
) -> Iterator[SheetRow | InputError]:
    """Yield each row of a coding sheet, or what is wrong with it; the good rows go on.

    Raises
    ------
    NotFoundError
        If the sheet lacks a column that it needs.
    """
    columns = sheet_columns(table, file, said)
    sizes = _sizes(table)
    if "quote" in columns:
        columns["quote"] = tuple(sorted(columns["quote"], key=lambda at: -sizes[at]))
    known = codes_alone(table, columns)
    for line, row in zip(table.lines, table.rows, strict=True):
        try:
            yield _row(line, row, columns, table, file, known)
        except InputError as error:
            yield error


def _row(
    line: int,
    row: tuple[Cell, ...],
    columns: Mapping[str, tuple[int, ...]],
    table: Table,
    file: Path | str,
    known: set[str],
) -> SheetRow:
    def cell(name: str) -> str:
        value = next((row[at] for at in columns.get(name, ()) if row[at] is not None), None)
        return "" if value is None else str(value).strip()

    def number(name: str) -> int | None:
        value = cell(name).split(";")[0].strip()
        if value and (not value.isdecimal() or int(value) < 1):
            if name == "turn":
                raise InputError(N_("{value!r} is no number of a turn"), file=file, line=line, value=shorten(value))
            return None
        return int(value) if value else None

    levels = [(name, "\n".join(_cells(row, columns.get(name, ()), table))) for name in LEVELS]
    filled = [text for _, text in levels if text]
    start, end = cell("start"), cell("end")
    return SheetRow(
        line=line,
        coder=cell("coder"),
        transcript=cell("transcript"),
        turn=number("turn"),
        quote=cell("quote"),
        code=filled[0] if filled else "",
        stance=_word(STANCES, cell("stance"), N_("stance"), file, line),
        elicited=_word(ELICITED, cell("elicited"), N_("how it came up"), file, line),
        uncertain=_yes(cell("uncertain"), file, line),
        memo="\n".join(_cells(row, columns.get("memo", ()), table, titled=len(columns.get("memo", ())) > 1)),
        informant=cell("informant") or cell("speaker"),
        text_line=number("line"),
        above=tuple(filled[1:]),
        span=Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() and int(start) < int(end) else None,
    )


def _cells(row: tuple[Cell, ...], places: Sequence[int], table: Table, *, titled: bool = False) -> list[str]:
    """Return what stands in some cells; of a code's key and its name, as an export has them, the key alone."""
    names = [table.columns[at].casefold() for at in places]
    if len(places) > 1 and names[0] in {"code", "kode", "kunci kode", "code key"}:
        places = places[:1]
    said = [(table.columns[at], str(row[at]).strip()) for at in places if row[at] is not None]
    return [f"{name}: {text}" if titled else text for name, text in said if text]


def codes_alone(table: Table, columns: Mapping[str, tuple[int, ...]]) -> set[str]:
    """Return the codes that stand alone in a cell somewhere: they tell whether a comma parts codes."""
    places = [at for name in LEVELS for at in columns.get(name, ())]
    cells = [str(row[at]) for row in table.rows for at in places if row[at] is not None]
    return {same(label) for cell in cells for label in labels_in(cell) if "," not in label}


def _word(words: Mapping[str, T], value: str, what: str, file: Path | str, line: int) -> T:
    try:
        return words[value.lower()]
    except KeyError:
        raise InputError(
            N_("{value!r} is not understood as {what}; known are {known}"),
            file=file,
            line=line,
            value=shorten(value),
            what=Word(what),
            known=", ".join(word for word in words if word),
        ) from None


def _yes(value: str, file: Path | str, line: int) -> bool:
    word = value.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise InputError(N_("{value!r} is neither yes nor no"), file=file, line=line, value=shorten(value))

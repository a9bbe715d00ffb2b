"""Tables in which somebody coded before any software: which they are, what their columns hold, and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.files.document import Document, Row
from qualcode.importers._words import is_role_label
from qualcode.importers.coded.columns import (
    CODED,
    LEVELS,
    answering,
    asking_and_answering,
    column_of,
    columns_of,
    theming,
)
from qualcode.importers.coded.listed import spelled_out
from qualcode.importers.coded.marks import explained
from qualcode.importers.speakers.labels import CODE

__all__ = ["THEME_ROW", "CodedRow", "CodedTable", "asked_within", "coded_tables"]

Cell = tuple[int, int]
"""Where a cell begins and ends in the document's text."""

_LABEL = re.compile(r"^[ \t]*[^\W\d_][\w .'’-]{0,24}?[ \t]*[:：][ \t]*\S", re.MULTILINE)
_REFERENCE = re.compile(r"\W*[A-Za-z]{1,4}[\W_]?\d+[\w\W]{0,16}|[\d\W]+")
_MEANS = re.compile(r"interpret|makna|pemaknaan|tafsir|insight|reduksi|pemadatan", re.IGNORECASE)
_REDUCED = re.compile(r"reduksi|pemadatan|^\W*makna\W*$", re.IGNORECASE)
_STATED = re.compile(
    r"verbatim|transkrip|transcript|kutipan|wawancara|interview|quote|ujaran|pernyataan|petikan", re.IGNORECASE
)
_ANSWERS = re.compile(r"jawab|respon|tanggapan|answer|hasil|verbatim|transkrip|uraian", re.IGNORECASE)
THEME_ROW = re.compile(
    r"\s*(?:sub ?)?(?:tema|kategori|kode|theme|category)\b[ \t]*(?:\d{1,2}|[IVX]{1,4}|[A-Z])?[ \t]*[.:)–-][ \t]*",
    re.IGNORECASE,
)
"""How a row begins that names the theme of the rows below it."""
_CODE = 6.0
"""The most words of a cell of interpretation that is a code, on average."""
_SHORT = 4.0
"""The same where another column holds categories or themes already."""
_SPEECH = 2.5
"""The fewest words of a cell of speech, on average."""
_ONE = 1.5
"""The fewest words of an answer, on average, where the heading names whose it is: more than a tick."""
_HEAD_ROWS = 4
"""Among how many rows at the top of a table its headings are looked for."""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A row: its cells by column, those that go on from the row above being the one above; `carried` says which do.

    A `title` is a cell as wide as the table; `section` the one above the row that names a theme or code.
    """

    cells: Mapping[int, Cell]
    carried: frozenset[int] = frozenset()
    title: Cell | None = None
    section: Cell | None = None


@dataclass(frozen=True, slots=True)
class CodedTable:
    """A table of speech and codes in a document; `columns` says at which places stands what, `guessed` that no heading did.

    `each` are the columns of answers if every one is another informant's.
    """

    start: int
    end: int
    head: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[CodedRow, ...]
    guessed: bool = False
    each: tuple[int, ...] = ()

    def first(self, name: str) -> int | None:
        """Return the place of the first column that holds *name*."""
        places = self.columns.get(name, ())
        return places[0] if places else None

    def heading(self, place: int) -> str:
        """Return the heading of the column at *place*."""
        return self.head[place] if place < len(self.head) else ""


def coded_tables(
    document: Document, said: Mapping[str, str] | None = None, listed: Mapping[str, str] | None = None
) -> tuple[CodedTable, ...]:
    """Return the coded tables of *document*.

    *said* is what the user says of columns (see `columns_of`), *listed* what a list elsewhere says of marks (see `code_list`).
    """
    text = document.text
    tables: dict[int, list[Row]] = {}
    for row in document.rows:
        if row.depth == 0 and row.cells[0][0] < document.notes_start:
            tables.setdefault(row.table, []).append(row)
    found: list[CodedTable] = []
    for rows in tables.values():
        grid = list(_resolved(rows))
        width = max(max(row.cells) for row in grid) + 1
        start, end = rows[0].cells[0][0], rows[-1].cells[-1][1]
        table = _headed(text, grid, width, said, listed or {})
        if table is None and found and not text[found[-1].end : start].strip() and len(found[-1].head) == width:
            # The table goes on, as after a page break, without its headings.
            table = replace(found[-1], rows=tuple(_body(text, grid, found[-1].head, width)))
        if table is None and width > 1:
            table = _guessed(text, grid, width)
        if table is not None and table.rows:
            found.append(replace(table, start=start, end=end))
    return tuple(found)


def _resolved(rows: Sequence[Row]) -> Iterator[CodedRow]:
    """Yield the rows with their cells by column."""
    above: dict[int, Cell] = {}
    for row in rows:
        cells: dict[int, Cell] = {}
        carried: set[int] = set()
        for number, (place, cell) in enumerate(zip(row.places, row.cells, strict=True)):
            if row.goes_on(number) and place in above and cell[0] == cell[1]:
                cells[place] = above[place]
                carried.add(place)
            else:
                cells[place] = cell
        above = cells
        yield CodedRow(cells, frozenset(carried))


def _words(text: str, row: CodedRow, width: int) -> tuple[str, ...]:
    return tuple(" ".join(text[slice(*row.cells[at])].split()) if at in row.cells else "" for at in range(width))


def _headed(
    text: str, grid: Sequence[CodedRow], width: int, said: Mapping[str, str] | None, listed: Mapping[str, str]
) -> CodedTable | None:
    """Return the table if headings tell that it holds speech and codes."""
    for at, row in enumerate(grid[:_HEAD_ROWS]):
        head = _words(text, row, width)
        below = at + 1
        if at + 1 < len(grid) and (grid[at + 1].carried or len(row.cells) < len(grid[at + 1].cells)):
            lower = _words(text, grid[at + 1], width)
            both = tuple(under or over for over, under in zip(head, lower, strict=True))
            named = answering(both, columns_of(both, said)) and not answering(head, columns_of(head, said))
            if named or len(columns_of(both, said)) > len(columns_of(head, said)):
                head, below = both, at + 2
        columns = _by_cells(text, columns_of(head, said), head, grid[below:], listed)
        if (two := asking_and_answering(head)) and min(_size(_column(text, grid[below:], at)) for at in two) >= _ONE:
            columns = {"question": two[:1], "quote": two[1:]}
            return CodedTable(0, 0, head, columns, tuple(_body(text, grid[below:], head, width)), each=two[1:])
        if (each := answering(head, columns)) and _size(_column(text, grid[below:], each[0])) >= _ONE:
            columns = _in_columns(columns, each)
            return CodedTable(0, 0, head, columns, tuple(_body(text, grid[below:], head, width)), each=each)
        if (said_of := theming(head, columns)) and _are_spoken(text, said_of, grid[below:]):
            columns = _in_columns(columns, said_of)
            rows = tuple(_body(text, grid[below:], head, width))
            return CodedTable(0, 0, head, columns, rows, guessed=True, each=said_of)
        # Questions without answers are an interview guide.
        noted = "memo" in columns and (len(columns) > 2 or _is_labelled(text, columns, grid[below:]))
        coded = CODED & columns.keys() or noted
        if "quote" in columns and (
            coded
            or _answered(text, columns, head, grid[below:])
            or _of_each(text, columns, grid[below:])
            or _is_talk(text, columns, head, grid[below:])
        ):
            columns = _as_text(text, columns, grid[below:])
            titles = tuple(replace(r, title=next(iter(r.cells.values()))) for r in grid[:at] if len(r.cells) == 1)
            rows = (*titles, *_body(text, grid[below:], head, width))
            if _is_speech(text, columns, head, rows):
                return CodedTable(0, 0, head, columns, rows)
    return None


def _answered(text: str, columns: Mapping[str, tuple[int, ...]], head: Sequence[str], rows: Sequence[CodedRow]) -> bool:
    """Tell whether a column of questions has one of answers beside it, filled in most rows: the talk itself, coded or not."""
    answers = [at for at in columns["quote"] if _ANSWERS.search(head[at])]
    if "question" not in columns or not answers:
        return False
    asked, said = (_column(text, rows, at) for at in (columns["question"][0], answers[0]))
    least = _ONE if sum(words.endswith("?") for words in asked) * 2 > len(asked) else _SPEECH
    return len(said) * 2 > len(asked) > 0 and _size(said) >= least


def _is_talk(text: str, columns: Mapping[str, tuple[int, ...]], head: Sequence[str], rows: Sequence[CodedRow]) -> bool:
    """Tell whether a column headed so names who speaks behind the speech, as programs write it: *Timespan | Content | Speaker*."""
    who = next((at for at in columns.get("speaker", ()) if column_of(head[at]) == "speaker"), None)
    if who is None or who < columns["quote"][0]:
        return False  # in front of the speech it is the label of a line
    names = _column(text, rows, who)
    return len(names) > max(2, len(set(names))) and 2 * len(names) > len(rows)


def _is_labelled(text: str, columns: Mapping[str, tuple[int, ...]], rows: Sequence[CodedRow]) -> bool:
    """Tell whether most cells of speech begin with a label."""
    cells = _column(text, rows, columns["quote"][0]) if "quote" in columns else []
    return sum(_LABEL.match(cell) is not None for cell in cells) * 2 > len(cells)


def _of_each(text: str, columns: Mapping[str, tuple[int, ...]], rows: Sequence[CodedRow]) -> bool:
    """Tell whether the table has a row for what each informant says: below rows that name themes, or question and answer in a cell."""
    if not {"informant", "speaker"} & columns.keys():
        return False
    themes = any(len(row.cells) == 1 and THEME_ROW.match(text, *next(iter(row.cells.values()))) for row in rows)
    cells = _column(text, rows, columns["quote"][0])
    return themes or ("informant" in columns and sum(asked_within(cell) for cell in cells) * 2 > len(cells) > 1)


def asked_within(cell: str) -> bool:
    """Tell whether *cell* holds a question and, on another line, an answer."""
    return _ASKED.search(cell) is not None


_ASKED = re.compile(r"\?[ \t”\"]*\n\s*\S")


_SPOKEN = re.compile(
    r"^\W*[\"“‟„«]|\b(?:saya|aku|gue|gua|kami|kita|nggak|ngga|enggak|gak|ndak|kagak|udah|udh|aja|sih|kok|deh|dong|mah|banget|gitu|gini|kayak|kalo|cuman)\b",
    re.IGNORECASE,
)
_SUMMED = re.compile(
    r"\b(?:informan|narasumber|responden|subjek|partisipan|beliau|menyatakan|mengatakan|mengaku|mengungkapkan|menuturkan|menyampaikan|menurutnya)\b",
    re.IGNORECASE,
)


def _are_spoken(text: str, places: Sequence[int], rows: Sequence[CodedRow]) -> bool:
    """Tell whether most cells are what somebody said, in quotes or in words of talk, and not what a researcher says of it."""
    cells = [cell for at in places for cell in _column(text, rows, at)]
    spoken = sum(_SPOKEN.search(cell) is not None and _SUMMED.search(cell) is None for cell in cells)
    return spoken * 2 > len(cells) > 1


def _in_columns(columns: Mapping[str, tuple[int, ...]], each: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    rest = {name: tuple(at for at in places if at not in each) for name, places in columns.items()}
    return {name: places for name, places in {**rest, "quote": each}.items() if places}


def _column(text: str, rows: Sequence[CodedRow], at: int) -> list[str]:
    return [words for row in rows if at in row.cells and (words := text[slice(*row.cells[at])].strip())]


def _size(cells: Sequence[str]) -> float:
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0


def _by_cells(
    text: str,
    columns: Mapping[str, tuple[int, ...]],
    head: Sequence[str],
    rows: Sequence[CodedRow],
    listed: Mapping[str, str],
) -> dict[str, tuple[int, ...]]:
    """Return the columns with what their cells say otherwise than their headings.

    *Kode* may head references such as ``S1.W1.12``; *Informan* what the informant says; and where nothing is called a code, a column of
    interpretation with a few words in each cell holds the codes.
    """
    found = dict(columns)
    for at in found.get("code", ()):
        letters = set(_column(text, rows, at))
        few = all(letter.isalpha() and letter.isupper() and len(letter) <= 3 for letter in letters)
        if "speaker" not in found and few and _takes_turns(_column(text, rows, at), rows):
            found = {**found, "speaker": (at,), "code": tuple(other for other in found["code"] if other != at)}
    for name in LEVELS:
        numbers = tuple(
            at
            for at in found.get(name, ())
            if _is_reference([x for x in _column(text, rows, at) if spelled_out(x, listed) == x])
        )
        found[name] = tuple(at for at in found.get(name, ()) if at not in numbers)
        found["number"] = (*found.get("number", ()), *numbers)
    found = {name: places for name, places in found.items() if places}
    if "quote" in found and not {"speaker", "question", "informant"} & found.keys():
        claimed = {at for places in found.values() for at in places}
        loose = (at for at in range(len(head)) if at not in claimed and _takes_turns(_column(text, rows, at), rows))
        if (place := next(loose, None)) is not None:
            found["speaker"] = (place,)
    if "quote" not in found and (who := found.get("informant")) and _size(_column(text, rows, who[0])) > _SPEECH:
        found["quote"] = found.pop("informant")
    if "quote" in found and not {"code", "subcategory"} & found.keys():
        means, most = (_REDUCED, _SHORT) if CODED & found.keys() else (_MEANS, _CODE)
        short = [
            at for at in found.get("memo", ()) if means.search(head[at]) and 0 < _size(_column(text, rows, at)) <= most
        ]
        if short:
            found["code"] = (short[-1],)
            found["memo"] = tuple(at for at in found["memo"] if at not in found["code"])
    return {name: places for name, places in found.items() if places}


def _takes_turns(cells: Sequence[str], rows: Sequence[CodedRow]) -> bool:
    """Tell whether *cells* are labels of who speaks: two or more, each short, that come back, whatever their heading is."""
    labels = [" ".join(cell.split()).rstrip(" :") for cell in cells]
    several = set(labels)
    alike = all(CODE.fullmatch(label) or is_role_label(label) for label in several)
    return len(labels) * 2 > len(rows) and len(labels) >= len(several) + 2 >= 4 and alike


def _is_reference(cells: Sequence[str]) -> bool:
    """Tell whether *cells* name places, such as ``S1.W1.12``: each another, as codes would not be."""
    alike = sum(_REFERENCE.fullmatch(cell) is not None for cell in cells)
    return alike > 2 and alike * 2 > len(cells) and len(set(cells)) * 4 > len(cells) * 3


def _is_speech(
    text: str, columns: Mapping[str, tuple[int, ...]], head: Sequence[str], rows: Sequence[CodedRow]
) -> bool:
    """Tell whether the column of speech holds some; under a heading such as *Data*, a word or two a cell are a list of people."""
    place = columns["quote"][0]
    cells = _column(text, rows, place)
    stated = "question" in columns or "speaker" in columns or _STATED.search(head[place]) is not None
    return bool(cells) and (stated or _size(cells) >= _SPEECH or any(map(_LABEL.search, cells)))


def _as_text(text: str, columns: Mapping[str, tuple[int, ...]], rows: Sequence[CodedRow]) -> dict[str, tuple[int, ...]]:
    """Return the columns with the one of speech first among those that may hold it: the one with the most words."""
    found = dict(columns)
    if len(found.get("quote", ())) > 1:
        sizes = {at: sum(len(text[slice(*row.cells[at])]) for row in rows if at in row.cells) for at in found["quote"]}
        found["quote"] = tuple(sorted(sizes, key=lambda at: -sizes[at]))
    if "speaker" not in found and "quote" in found:
        speech = [text[slice(*row.cells[found["quote"][0]])] for row in rows if found["quote"][0] in row.cells]
        who = found.get("informant") or found.get("transcript")
        if who and not any(_LABEL.search(words) for words in speech):
            found["speaker"] = who
    return found


def _body(text: str, rows: Sequence[CodedRow], head: Sequence[str], width: int) -> Iterator[CodedRow]:
    """Yield the rows below the headings; headings said again on the next page and empty rows are left out."""
    section: Cell | None = None
    for row in rows:
        words = _words(text, row, width)
        if not any(words) or tuple(words) == tuple(head):
            continue
        if len(row.cells) == 1 and width > 1:
            title = next(iter(row.cells.values()))
            section = title if THEME_ROW.match(text, *title) else None
            yield replace(row, title=title)
        else:
            yield replace(row, section=section)


def _guessed(text: str, grid: Sequence[CodedRow], width: int) -> CodedTable | None:
    """Return the table if its cells alone tell that it holds speech and codes.

    Either what is marked in one column, as ``(1a)``, is explained in the next; or the cells of one column begin with speakers'
    labels, and the column behind it has a few words in most rows.
    """
    cells = {at: [text[slice(*row.cells[at])] for row in grid if at in row.cells] for at in range(width)}
    sizes = {at: sum(len(cell.split()) for cell in column) for at, column in cells.items()}
    speech = max(sizes, key=lambda at: sizes[at])
    if speech + 1 >= width:
        return None
    beside = speech + 1
    marked = any(
        explained(text[slice(*row.cells[speech])], text[slice(*row.cells[beside])])
        for row in grid
        if speech in row.cells and beside in row.cells
    )
    filled = [cell for cell in cells[beside] if cell.strip()]
    labelled = sum(bool(_LABEL.search(cell)) for cell in cells[speech])
    short = bool(filled) and all(len(line.split()) <= 10 for cell in filled for line in cell.split("\n"))
    plain = not any(_LABEL.search(cell) for cell in filled)
    beginning = (
        len(grid) > 1 and labelled * 2 >= len(cells[speech]) and short and plain and len(filled) * 3 >= len(grid)
    )
    if not marked and not beginning:
        return None
    columns = {"quote": (speech,), "code": (beside,)}
    if beside + 1 < width:
        columns["category"] = (beside + 1,)
    if speech > 0 and all(re.fullmatch(r"\W*\d*\W*", cell) for cell in cells[0]):
        columns["number"] = (0,)
    return CodedTable(0, 0, ("",) * width, columns, tuple(_body(text, grid, (), width)), guessed=True)

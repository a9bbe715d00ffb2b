"""A file with an interview guide → its questions as written, with the line of each and of all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, shorten
from qualcode.files.grids import Grid, Pages, read_grids
from qualcode.model import Finding

__all__ = ["FIELDS", "GuideRow", "GuideTable", "read_guide", "read_research_questions"]

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("no", "nomor", "number", "nr", "#", "butir", "no pertanyaan", "nomor pertanyaan", "no butir", "no urut"),
        "question": (
            *("pertanyaan", "pertanyaan wawancara", "daftar pertanyaan", "butir pertanyaan", "item pertanyaan"),
            *("question", "questions", "interview question", "interview questions", "soal"),
        ),
        "aspect": (
            *("aspek", "konsep/aspek", "konsep", "aspek/indikator", "dimensi", "indikator", "sub aspek", "topik", "tema"),
            *("variabel", "sub variabel", "fokus", "aspect", "concept", "dimension", "indicator", "topic", "theme"),
        ),
        "code": ("kode", "kode terkait", "kode analisis", "koding", "code", "codes", "code key"),
        "research_question": (
            *("rumusan masalah", "rm", "masalah", "rumusan masalah penelitian", "pertanyaan penelitian", "masalah penelitian"),
            *("research question", "research questions", "rq"),
        ),
    }
)  # fmt: skip
"""What the columns are called, the usual name first."""

NUMBERED = re.compile(r"(?:(?:rumusan masalah|rm|rq)\s*)?(\d+[a-z]?)\s*[.):\-–]?\s*(.*)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"\d+[a-z]?")
LISTED = re.compile(r"\s*(\d+[a-z]?|[a-z])[.)]\s+(\S.*)")
HEADING = re.compile(r"(?:rumusan masalah|pertanyaan penelitian|research questions?)\b.{0,20}", re.IGNORECASE)
DASHES = frozenset("-–—")
HEADS = 10
"""In so many rows the head of a table is looked for: a title may stand above it."""


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One question as the file has it; `codes` and `research_question` are the words of their cells. `line` is its row in the file."""

    line: int
    number: str
    question: str
    aspect: str = ""
    codes: str = ""
    research_question: str = ""


@dataclass(frozen=True, slots=True)
class GuideTable:
    """What a file holds of a guide. `research_questions` are those listed apart from the table; `columns` says which heading was read as what."""

    rows: tuple[GuideRow, ...]
    research_questions: tuple[tuple[str, str], ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()


def read_guide(path: Path, *, columns: Mapping[str, str] | None = None, table: int | None = None) -> GuideTable:
    """Return the guide in the table of a file (.csv, .xlsx, .docx, .odt, .rtf).

    Parameters
    ----------
    path : Path
        The file.
    columns : mapping of str to str, optional
        Heading of the column of number, question, aspect, code or research_question, where it would be guessed wrong.
    table : int, optional
        Which table of the document, or sheet of the workbook, from 1; by default the first that has a column of questions.

    Raises
    ------
    InputError
        If the file cannot be read, or no table in it has a column of questions.
    NotFoundError
        If a named column is not there, or there is no such table.
    """
    pages = _pages(path)
    grid, head, at = _chosen(pages.grids, path, columns or {}, table)
    names = {name: " ".join(grid.rows[head][place].split()) for name, place in at.items()}
    others = sum(1 for other in pages.grids if other is not grid and _head(other, {})[1].get("question") is not None)
    found = _Reading(grid, head, at, path)
    rows = tuple(found.rows())
    if not rows and not found.errors:
        raise InputError(N_("the table holds no question"), file=path, line=grid.lines[head])
    notes = found.findings
    if others and table is None:
        notes.append(
            Finding(
                "doubtful",
                N_("{n} more tables of the file have questions and were not read; name the one you mean with --table"),
                file=path.name,
                rule="tables",
                parameters={"n": others},
            )
        )
    listed = tuple(_listed(pages, grid))
    return GuideTable(rows, listed, names, (*pages.findings, *notes), tuple(found.errors))


def read_research_questions(path: Path) -> tuple[tuple[str, str], ...]:
    """Return (number, text) of the research questions in a file: a table, or a text with one in each line.

    Raises
    ------
    InputError
        If the file cannot be read, or holds none.
    """
    if path.suffix.lower() in {".txt", ".md"}:
        from qualcode.files.encoding import decode

        _exists(path)
        text, _ = decode(path.read_bytes(), file=path.name)
        lines = [line.strip(" \t#*-") for line in text.splitlines()]
        found = tuple(_numbered([line for line in lines if line and not HEADING.fullmatch(line)]))
    else:
        found = tuple(_listed(_pages(path), None))
    if not found:
        raise InputError(
            N_("no research question is found in this file"),
            hint=N_("write one in each line, or a table with the columns no and rumusan masalah"),
            file=path,
        )
    return found


def _exists(path: Path) -> None:
    if not path.is_file():
        raise InputError(N_("no such file"), file=path)


def _pages(path: Path) -> Pages:
    _exists(path)
    return read_grids(path.read_bytes(), file=path.name)


def _plain(heading: str) -> str:
    """Return a heading in the form in which headings are compared."""
    bare = re.sub(r"\([^)]*\)", " ", heading.casefold())
    return " ".join(re.sub(r"[_.:*]+", " ", bare).split()).replace(" / ", "/")


def _head(grid: Grid, columns: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """Return which row of *grid* is its head, and which column holds what: the row that names the most, the first of equals."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(grid.rows[:HEADS]):
        names = [_plain(cell) for cell in row]
        at = {}
        for name, known in FIELDS.items():
            wanted = (_plain(columns[name]),) if name in columns else known
            place = next((names.index(each) for each in wanted if each in names), None)
            if place is not None and (number, place) not in grid.merged:
                at[name] = place
        if len(at) > len(best[1]) or ("question" in at and "question" not in best[1]):
            best = (number, at)
    return best


def _field(name: str) -> str:
    """Return the field that *name* means: its own name, or what its column is usually called."""
    field = next((each for each, usual in FIELDS.items() if _plain(name) in {each, *usual}), None)
    if field is None:
        raise NotFoundError(N_("a guide has no field {name!r}"), name=name, known=FIELDS)
    return field


def _chosen(
    grids: Sequence[Grid], path: Path, columns: Mapping[str, str], table: int | None
) -> tuple[Grid, int, dict[str, int]]:
    """Return the table to read, its head and its columns."""
    columns = {_field(name): heading for name, heading in columns.items()}
    if table is not None and not 1 <= table <= len(grids):
        raise InputError(N_("the file has {n} tables; there is no table {table}"), file=path, n=len(grids), table=table)
    wanted = grids if table is None else (grids[table - 1],)
    read = [(grid, *_head(grid, columns)) for grid in wanted]
    for grid, head, at in read:
        if "question" in at:
            for name, heading in columns.items():
                if name not in at:
                    raise _no_column(heading, grid.rows[head], path, grid.lines[head])
            return grid, head, at
    if not read:
        raise InputError(
            N_("the file has no table"),
            hint=N_("a guide is a table with the columns no, pertanyaan, aspek, kode, rumusan masalah"),
            file=path,
        )
    grid, head, _ = read[0]
    raise _no_column(columns.get("question", FIELDS["question"][0]), grid.rows[head], path, grid.lines[head])


def _no_column(name: str, head: Sequence[str], path: Path, line: int) -> NotFoundError:
    known = [" ".join(cell.split()) for cell in head if cell]
    return NotFoundError(
        N_("the guide has no column {name!r}; its columns are {columns}"),
        name=name,
        known=known,
        hint=N_("say which column holds the questions, as in --column question=HEADING"),
        file=path,
        line=line,
        columns=", ".join(shorten(each) for each in known),
    )


class _Reading:
    """Reads the rows below the head of one table, keeping what headings between the rows say of those below them."""

    def __init__(self, grid: Grid, head: int, at: Mapping[str, int], path: Path) -> None:
        self._grid = grid
        self._head = head
        self._at = at
        self._path = path
        self._aspect = self._serves = ""
        self._found: list[GuideRow] = []
        self.findings: list[Finding] = []
        self.errors: list[QualcodeError] = []

    def rows(self) -> Iterator[GuideRow]:
        """Yield the questions, numbered: by order where the file numbers none."""
        for at in range(self._head + 1, len(self._grid.rows)):
            self._row(at)
        found = self._found
        if found and not any(row.number for row in found):
            found = [replace(row, number=str(n)) for n, row in enumerate(found, 1)]
            self._note(N_("the questions have no numbers; they are numbered by their order"), found[0].line)
        seen: dict[str, int] = {}
        for row in found:
            if not row.number:
                self._fault(N_("this question has no number"), row.line, N_("number all questions, or none"))
            elif row.number in seen:
                self._fault(
                    N_("number {number!r} stands twice, first in line {first}"),
                    row.line,
                    number=row.number,
                    first=seen[row.number],
                )
            else:
                seen[row.number] = row.line
                yield row

    def _row(self, at: int) -> None:
        """Take in a row: a question, several of them in a cell, more codes of the one above, or a heading."""
        cells, line = self._grid.rows[at], self._grid.lines[at]
        own = [place for place, cell in enumerate(cells) if cell and (at, place) not in self._grid.merged]
        if not own or cells == self._grid.rows[self._head]:
            return
        if len(own) > 1 and all(re.fullmatch(r"\(?\d+\)?", cells[place]) for place in own):
            return  # "(1) (2) (3)" below the head
        number, question = self._cell(at, "number").rstrip(".) "), self._cell(at, "question")
        codes = self._cell(at, "code")
        across = len(cells) > 1 and len(set(cells)) == 1
        alone = len(own) == 1 and not question and own[0] != self._at.get("code")
        if (alone or (across and len(own) == 1)) and not NUMBER.fullmatch(number):
            self._heading(cells[own[0]], line)
            return
        is_own = (at, self._at["question"]) not in self._grid.merged
        if self._goes_on(question, number, codes, is_own=is_own):
            if codes:
                self._found[-1] = replace(self._found[-1], codes=f"{self._found[-1].codes}\n{codes}")
            return
        if not question:
            self._fault(N_("this row has no question"), line, N_("write the question, or take the row out"))
            return
        row = GuideRow(
            line=line,
            number=number,
            question=" ".join(question.split()),
            aspect=" ".join((self._cell(at, "aspect") or self._aspect).split()),
            codes=codes,
            research_question=self._cell(at, "research_question") or self._serves,
        )
        parts = _several(question)
        if not parts:
            self._found.append(row)
            return
        self._note(N_("{n} questions stand in one cell and are taken apart"), line, n=len(parts))
        self._found += [replace(row, number=f"{number}.{own}" if number else own, question=text) for own, text in parts]

    def _goes_on(self, question: str, number: str, codes: str, *, is_own: bool) -> bool:
        """Tell whether a row goes on with the question above: its cell is merged with that, or it holds nothing but a further code."""
        if not self._found:
            return False
        if is_own:
            return bool(codes) and not question and not number
        return " ".join(question.split()) == self._found[-1].question

    def _cell(self, at: int, name: str) -> str:
        place = self._at.get(name)
        cell = "" if place is None else self._grid.rows[at][place].strip()
        return "" if set(cell) <= DASHES else cell

    def _heading(self, text: str, line: int) -> None:
        """Keep a heading between the rows: it names the aspect, or the research question, of what is below it."""
        shown = " ".join(text.split())
        if re.match(r"rumusan masalah|rm\b|research question|rq\b", shown, re.IGNORECASE):
            self._serves, self._aspect = shown, ""
        else:
            self._aspect = re.sub(r"^(?:[A-Z]|[IVX]+|\d+)[.)]\s+", "", shown)
        self._note(N_("taken as a heading of the questions below: {text!r}"), line, text=shorten(shown))

    def _note(self, message: str, line: int, **parameters: object) -> None:
        self.findings.append(
            Finding("note", message, file=self._path.name, line=line, rule="guide", parameters=parameters)
        )

    def _fault(self, message: str, line: int, hint: str | None = None, **parameters: object) -> None:
        self.errors.append(InputError(message, hint=hint, file=self._path, line=line, **parameters))


def _several(cell: str) -> list[tuple[str, str]]:
    """Return (number, text) of the questions in a cell that lists several: numbered lines, or lines that each end in a question mark."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    listed = [match for line in lines if (match := LISTED.fullmatch(line))]
    if len(lines) > 1 and len(listed) == len(lines):
        return [(match[1], match[2]) for match in listed]
    if len(lines) > 1 and all(line.endswith("?") for line in lines):
        return [(str(number), line) for number, line in enumerate(lines, 1)]
    return []


def _listed(pages: Pages, guide: Grid | None) -> Iterator[tuple[str, str]]:
    """Yield the research questions that stand apart from the guide: in a table of their own, or in paragraphs below their heading."""
    tables = [(grid, *_head(grid, {})) for grid in pages.grids if grid is not guide]
    tables = [each for each in tables if "research_question" in each[2] and "question" not in each[2]]
    for grid, head, at in tables:
        place = at["research_question"]
        texts = [row[place] for row in grid.rows[head + 1 :]]
        numbers = [row[at["number"]].rstrip(".) ") if "number" in at else "" for row in grid.rows[head + 1 :]]
        for order, (number, text) in enumerate(zip(numbers, texts, strict=True), 1):
            if text:
                yield from _numbered([text], number or str(order))
    for at_heading, paragraph in enumerate(() if tables else pages.paragraphs):
        if HEADING.fullmatch(paragraph):
            below = []
            for text in pages.paragraphs[at_heading + 1 :]:
                if not (text.endswith("?") or LISTED.fullmatch(text)):
                    break
                below.append(text)
            yield from _numbered(below)
            return


def _numbered(texts: Sequence[str], number: str = "") -> Iterator[tuple[str, str]]:
    """Yield number and text of research questions: the number they begin with, or *number*, or their order."""
    for order, text in enumerate(texts, 1):
        match = NUMBERED.fullmatch(" ".join(text.split()))
        if match and match[2]:
            yield number or match[1], match[2]
        else:
            yield number or str(order), " ".join(text.split())

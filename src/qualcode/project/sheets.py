"""Tables that researchers keep beside their transcripts: coding sheets and informants' attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, shorten
from qualcode.files.tables import Cell, Table, read_csv, read_xlsx
from qualcode.model import Corpus, Elicited, Finding, Span, Stance, Transcript
from qualcode.project.passages import locate

__all__ = [
    "ELICITED",
    "STANCES",
    "Placed",
    "SheetReport",
    "SheetRow",
    "coding_rows",
    "new_codings",
    "read_table",
]

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "coder": ("coder", "pengode", "koder", "peneliti"),
    "transcript": ("transcript", "transkrip", "sumber", "sumber data", "dokumen", "document", "wawancara"),
    "turn": ("turn", "giliran", "giliran bicara"),
    "quote": ("quote", "kutipan", "kutipan wawancara", "verbatim", "teks", "text"),
    "code": ("code", "kode"),
    "stance": ("stance", "sikap"),
    "elicited": ("elicited", "cara muncul"),
    "uncertain": ("uncertain", "ragu"),
    "memo": ("memo", "catatan", "note"),
}
NEEDED = ("transcript", "code")

STANCES: Mapping[str, Stance] = {
    "ada": Stance.PRESENT,
    "tidak": Stance.DENIED,
    "disangkal": Stance.DENIED,
    "dulu": Stance.PAST,
    "rencana": Stance.PLANNED,
    "harapan": Stance.PLANNED,
    "rencana/harapan": Stance.PLANNED,
    "pernah": Stance.PAST,
    "orang lain": Stance.OTHER,
} | {stance.value: stance for stance in Stance}
ELICITED: Mapping[str, Elicited] = {"spontan": Elicited.SPONTANEOUS, "dipancing": Elicited.PROMPTED} | {
    elicited.value: elicited for elicited in Elicited
}
YES = {"ya", "yes", "y", "true", "1", "x", "ragu", "✓"}
NO = {"", "tidak", "no", "n", "false", "0"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a coding sheet, not yet looked up in the study. `line` is the row in its file."""

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


def read_table(path: Path) -> Table:
    """Return the table in a .csv or .xlsx file.

    Raises
    ------
    InputError
        If it is another kind of file, or cannot be read as a table.
    """
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".tsv", ".xlsx"}:
        raise InputError(N_("this is not a table: give a .csv or .xlsx file"), file=path)
    if not path.is_file():
        raise InputError(N_("no such file"), file=path)
    data = path.read_bytes()
    return read_xlsx(data, file=path.name) if suffix == ".xlsx" else read_csv(data, file=path.name)


def coding_rows(table: Table, file: Path) -> Iterator[SheetRow | InputError]:
    """Yield each row of a coding sheet, or what is wrong with it; the good rows go on.

    Raises
    ------
    NotFoundError
        If the sheet lacks the column of transcripts or of codes.
    """
    at = _columns(table, file)

    def cell(row: tuple[Cell, ...], name: str) -> str:
        value = row[at[name]] if name in at else None
        return "" if value is None else str(value).strip()

    for line, row in zip(table.lines, table.rows, strict=True):
        try:
            turn = cell(row, "turn")
            yield SheetRow(
                line=line,
                coder=cell(row, "coder"),
                transcript=cell(row, "transcript"),
                turn=_turn(turn, file, line) if turn else None,
                quote=cell(row, "quote"),
                code=cell(row, "code"),
                stance=_word(STANCES, cell(row, "stance"), N_("stance"), file, line),
                elicited=_word(ELICITED, cell(row, "elicited"), N_("how it came up"), file, line),
                uncertain=_yes(cell(row, "uncertain"), file, line),
                memo=cell(row, "memo"),
            )
        except InputError as error:
            yield error


def _columns(table: Table, file: Path) -> dict[str, int]:
    names = [" ".join(name.lower().replace("_", " ").split()) for name in table.columns]
    at = {}
    for field, known in COLUMNS.items():
        found = next((names.index(name) for name in known if name in names), None)
        if found is not None:
            at[field] = found
    for field in NEEDED:
        if field not in at:
            raise NotFoundError(
                N_("the coding sheet has no column {name!r}; its columns are {columns}"),
                name=COLUMNS[field][1],
                known=table.columns,
                hint=N_(
                    "a coding sheet has the columns transkrip, giliran, kutipan, kode; pengode, sikap, cara_muncul, ragu, catatan may be added"
                ),
                file=file,
                columns=", ".join(table.columns),
            )
    return at


def _turn(value: str, file: Path, line: int) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise InputError(N_("{value!r} is no number of a turn"), file=file, line=line, value=shorten(value))
    return int(value)


def _word(words: Mapping[str, T], value: str, what: str, file: Path, line: int) -> T:
    try:
        return words[value.lower()]
    except KeyError:
        raise InputError(
            N_("{value!r} is not understood as {what}; known are {known}"),
            file=file,
            line=line,
            value=shorten(value),
            what=what,
            known=", ".join(word for word in words if word),
        ) from None


def _yes(value: str, file: Path, line: int) -> bool:
    word = value.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise InputError(N_("{value!r} is neither yes nor no"), file=file, line=line, value=shorten(value))


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What a coding sheet came to: rows added, rows whose coding was there already, and what was not understood."""

    added: int = 0
    known: int = 0
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rows added, known and failed."""
        return {"added": self.added, "known": self.known, "failed": len(self.errors)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a coding sheet with the transcript, span and code it means."""

    row: SheetRow
    coder: str
    transcript: Transcript
    span: Span
    code: str


def new_codings(table: Table, file: Path, corpus: Corpus, *, coder: str | None) -> tuple[SheetReport, list[Placed]]:
    """Return what of a coding sheet is new to *corpus*, with a report; *coder* is whose the rows without a name are."""
    there = {(c.coder, c.transcript, c.span.start, c.span.end, c.code) for c in corpus.codings if corpus.is_current(c)}
    placed: list[Placed] = []
    errors: list[QualcodeError] = []
    known = 0
    for row in coding_rows(table, file):
        if isinstance(row, InputError):
            errors.append(row)
            continue
        try:
            found = _place(row, corpus, coder)
        except QualcodeError as error:
            error.file, error.line = file, row.line
            errors.append(error)
            continue
        key = (found.coder, found.transcript.guid, found.span.start, found.span.end, found.code)
        if key in there:
            known += 1
            continue
        there.add(key)
        placed.append(found)
    return SheetReport(len(placed), known, table.findings, tuple(errors)), placed


def _place(row: SheetRow, corpus: Corpus, coder: str | None) -> Placed:
    who = row.coder or coder
    if not who:
        raise InputError(N_("the row names no coder"), hint=N_("add a column pengode, or name the coder with --coder"))
    transcript = corpus.transcript(row.transcript)
    span = locate(transcript, turn=row.turn, quote=row.quote)
    return Placed(row, who, transcript, span, corpus.codebook.code(row.code).key)

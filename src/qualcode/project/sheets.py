"""Tables that researchers keep beside their transcripts: coding sheets and informants' attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, shorten
from qualcode.files.tables import Cell, Table, read_csv, read_xlsx
from qualcode.importers import is_private, is_private_key
from qualcode.model import AttributeValue, Corpus, Elicited, Finding, Informant, Span, Stance, Transcript
from qualcode.project.passages import locate

__all__ = [
    "ELICITED",
    "STANCES",
    "Placed",
    "SheetReport",
    "SheetRow",
    "attribute_rows",
    "coding_rows",
    "matched_attributes",
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
CATEGORY = ("kategori", "category")
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


def attribute_rows(table: Table) -> tuple[dict[str, dict[str, AttributeValue]], tuple[str, ...], int]:
    """Return attributes by informant id, the columns left out, and the number of cells left out, because they identify people.

    The first column names the informant. Whole numbers become numbers; an empty cell is a missing value.
    """
    left_out = tuple(name for name in table.columns[1:] if is_private_key(name))
    rows: dict[str, dict[str, AttributeValue]] = {}
    cells = 0
    for row in table.rows:
        if row[0] is None:
            continue
        values = rows.setdefault(str(row[0]).strip(), {})
        for name, value in zip(table.columns[1:], row[1:], strict=True):
            if name in left_out:
                continue
            if value is not None and is_private(name, str(value)):
                cells += 1
                continue
            values[name] = _value(value)
    return rows, left_out, cells


def _value(value: Cell) -> AttributeValue:
    if isinstance(value, str):
        text = value.strip()
        return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text) else text or None
    return value


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


def matched_attributes(
    table: Table, file: Path, corpus: Corpus, also: tuple[str, ...] = ()
) -> tuple[list[Informant], tuple[Finding, ...]]:
    """Return the informants of *corpus* as the attribute table makes them, and what did not match.

    A row also means the one informant whose id ends with its name after a slash, as in ``kelompok-01/peserta-2``. Informants in *also*
    (about to be imported) count as matched.
    """
    rows, left_out, cells = attribute_rows(table)
    findings = list(table.findings)
    if cells:
        findings.append(
            Finding(
                "note",
                N_("{n} cells hold names, addresses or numbers of people and were left out"),
                file=file.name,
                rule="privacy",
                parameters={"n": cells},
            )
        )
    for name in left_out:
        findings.append(
            Finding(
                "note",
                N_("column {name!r} looks like names, addresses or numbers of people and was left out"),
                file=file.name,
                rule="privacy",
                parameters={"name": name},
            )
        )
    changed: list[Informant] = []
    for name, values in rows.items():
        ends = [i for i in corpus.informants if i.id == name] or [
            i for i in corpus.informants if i.id.endswith(f"/{name}")
        ]
        if len(ends) != 1:
            if name in also or any(other.endswith(f"/{name}") for other in also):
                continue
            findings.append(
                Finding(
                    "doubtful",
                    N_("no informant {name!r} in the study; the row was not used")
                    if not ends
                    else N_("several informants end with {name!r}; the row was not used"),
                    file=file.name,
                    rule="attributes",
                    parameters={"name": name},
                )
            )
            continue
        attributes = dict(values)
        category = next((attributes.pop(key) for key in list(attributes) if key.strip().lower() in CATEGORY), None)
        known = ends[0].attributes
        # An empty cell is a missing value: it takes nothing away that is known already.
        attributes = {key: known.get(key) if value is None else value for key, value in attributes.items()}
        changed.append(
            replace(
                ends[0],
                category=str(category).casefold() if category is not None else ends[0].category,
                attributes={**known, **attributes},
            )
        )
    missing = sorted({i.id for i in corpus.informants} - {i.id for i in changed})
    if missing:
        findings.append(
            Finding(
                "note",
                N_("informants without a row: {names}"),
                file=file.name,
                rule="attributes",
                parameters={"names": ", ".join(missing)},
            )
        )
    return changed, tuple(findings)

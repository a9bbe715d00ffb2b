"""From a table to one transcript: every row a turn, every respondent an informant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from qualcode.errors import N_, InputError, NotFoundError
from qualcode.files.tables import Cell, Table
from qualcode.importers._base import ImportOptions, ImportResult, Original, Source
from qualcode.importers._words import slug
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.assembly.parts import parts_of_turns
from qualcode.importers.header.fields import whole_number
from qualcode.importers.header.missing import is_missing
from qualcode.importers.header.privacy import is_private
from qualcode.importers.turns import find_turns
from qualcode.model import AttributeValue, Corpus, Finding, Informant, Kind, Role, Span, Transcript, Turn

__all__ = ["read_responses"]

_TEXT = re.compile(
    r"(?:teks|text|jawaban|respon(?:s|se)?|isi|ucapan|verbatim|kutipan|pendapat|komentar|ulasan|keluhan|pengaduan|cerita|alasan|"
    r"saran|masukan|answer|comment|review|quote|open.?ended|transkrip|pernyataan|tanggapan)(?:\W.*|_.*|\s.*|)",
    re.IGNORECASE,
)
_INFORMANT = re.compile(
    r"(?:(?:kode|id|no|nomor)[ _.]*)?(?:informan|responden|narasumber|partisipan|subjek|peserta|respondent|participant|informant)"
    r"(?:[ _.]*(?:id|kode|no))?|id|kode|case|kasus",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"pembicara|penutur|speaker|nama pembicara|label", re.IGNORECASE)
_COUNTER = re.compile(r"(?:no|nomor|number|#|timestamp|cap waktu|waktu pengisian|row|baris)\.?", re.IGNORECASE)
_CATEGORY = re.compile(r"kategori(?: informan)?|category", re.IGNORECASE)
_BETWEEN = "\n\n"


def read_responses(source: Source, table: Table, options: ImportOptions) -> ImportResult:
    """Return the responses in *table* as one transcript.

    The responses stand one below the other with a blank line between; each is a turn of its own, spoken by the informant of its
    row. Rows of the same informant share one. The other columns become attributes, except those that identify a person.

    Raises
    ------
    NotFoundError
        If the user names a column that is not there.
    InputError
        If no column holds text.
    """
    findings = list(table.findings)
    speaker_at = next((at for at, column in enumerate(table.columns) if _SPEAKER.fullmatch(column)), None)
    if speaker_at is not None and options.informant_column is None:
        return _conversation(source, table, speaker_at, options, findings)
    text_at = _text_column(table, options.text_column, source.name, findings)
    who_at = _informant_column(table, text_at, options.informant_column, source.name, findings)
    attribute_at = _attribute_columns(table, {text_at, who_at}, source.name, findings)
    answers = _Answers()
    for number, (row, line) in enumerate(zip(table.rows, table.lines, strict=True), 1):
        person = _person(row, number, who_at, attribute_at, source.stem, table, options)
        label = _text(row[who_at]) if who_at is not None and row[who_at] is not None else str(number)
        answers.add(_text(row[text_at]).strip(), person, label, line)
    if not answers.turns:
        raise InputError(
            N_("column {column!r} holds no text"),
            hint=N_("Name the column with the responses: --text-column"),
            file=source.name,
            column=table.columns[text_at],
        )
    findings += answers.findings(source.name, len(table.rows))
    transcript = Transcript(
        guid=options.new_guid(),
        revision=options.new_guid(),
        name=source.stem,
        text="".join(answers.parts),
        kind=options.kind or Kind.INTERVIEW,
        turns=tuple(answers.turns),
        informants=tuple(person.guid for person in answers.people.values()),
        language=options.language or "id",
    )
    return ImportResult(
        Corpus(transcripts=(transcript,), informants=tuple(answers.people.values())),
        tuple(findings),
        MappingProxyType({transcript.guid: Original(source.name, source.data)}),
        MappingProxyType({transcript.guid: parts_of_turns(transcript, "table")}),
    )


class _Answers:
    """Puts responses one below the other: `parts` are the text, `turns` what stands where in it, `people` who said it, by id."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.turns: list[Turn] = []
        self.people: dict[str, Informant] = {}
        self._position = self._empty = 0
        self._first_empty: int | None = None
        self._differing: dict[str, int] = {}

    def add(self, response: str, person: Informant, label: str, line: int) -> None:
        """Add the *response* of a row; of a person who is known already, what the first row said holds."""
        known = self.people.setdefault(person.id, person)
        if known is not person and dict(known.attributes) != dict(person.attributes):
            self._differing.setdefault(person.id, line)
        if not response:
            self._empty += 1
            self._first_empty = self._first_empty or line
            return
        if self.parts:
            self.parts.append(_BETWEEN)
            self._position += len(_BETWEEN)
        self.parts.append(response)
        end = self._position + len(response)
        self.turns.append(Turn(Span(self._position, end), label, Role.INFORMANT, known.guid))
        self._position = end

    def findings(self, file: str, rows: int) -> Iterator[Finding]:
        """Yield what is to be said of the responses in a table of so many *rows*."""
        answered = {turn.informant for turn in self.turns}
        if self._empty:
            counts = {"n": self._empty, "rows": rows}
            message = N_("{n} of {rows} rows hold no response; no turn was made")
            yield Finding("note", message, file, self._first_empty, "empty turn", counts)
        if silent := len(self.people) - len(answered):
            message = N_("{n} informants gave no response; their attributes were kept")
            yield Finding("note", message, file, self._first_empty, "no response", {"n": silent})
        for name, line in self._differing.items():
            message = N_("rows of {informant!r} give different attributes; those of the first row were kept")
            yield Finding("doubtful", message, file, line, "attributes", {"informant": name})
        message = N_("{n} responses of {people} informants, one row each, in one transcript")
        counts = {"n": len(self.turns), "people": len(answered)}
        yield Finding("recognised", message, file, rule="table", parameters=counts)


def _conversation(
    source: Source, table: Table, speaker_at: int, options: ImportOptions, findings: list[Finding]
) -> ImportResult:
    """Return a table of speaker and speech as the talk it is."""
    others = Table(
        tuple(c for at, c in enumerate(table.columns) if at != speaker_at),
        tuple(tuple(cell for at, cell in enumerate(row) if at != speaker_at) for row in table.rows),
        table.lines,
    )
    text_at = _text_column(others, options.text_column, source.name, findings)
    findings.append(
        _said(N_("speakers are in column {column!r}"), table.columns[speaker_at], source.name, "column name")
    )
    if left := [name for at, name in enumerate(others.columns) if at != text_at and not _COUNTER.fullmatch(name)]:
        message = N_("columns beside the talk were not read; they stay in the original file alone: {names}")
        findings.append(Finding("note", message, source.name, rule="columns", parameters={"names": ", ".join(left)}))
    lines: list[str] = []
    rows: list[int] = []
    for row, rest, line in zip(table.rows, others.rows, table.lines, strict=True):
        label, speech = _label(row[speaker_at]), _text(rest[text_at]).strip()
        if speech and not label:
            message = N_("a row without a speaker was added to the turn above")
            findings.append(Finding("doubtful", message, source.name, line, "table"))
        if label or speech:
            lines.append(f"{label}: {speech}" if label else speech)
            rows.extend([line] * (speech.count("\n") + 1))
    text = "\n".join(lines)
    labels = {_label(row[speaker_at]) for row in table.rows} - {""}
    layout = find_turns(text, speakers=options.speakers, kind=options.kind, labels=labels)
    result = assemble(source, text, layout, options)
    # The user looks for what is said in the table, not in the text made of it.
    placed = [replace(f, line=rows[f.line - 1]) if f.line is not None else f for f in result.findings]
    return replace(result, findings=(*findings, *placed))


def _label(cell: Cell) -> str:
    """Return the speaker in *cell* on one line: a name may be broken in a narrow column."""
    return " ".join(_text(cell).split()).rstrip(" :")


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _named(table: Table, name: str, file: str) -> int:
    for at, column in enumerate(table.columns):
        if column.casefold() == name.casefold().strip():
            return at
    raise NotFoundError(N_("no column {name!r} in this table"), name=name, known=table.columns, file=file)


def _average(cells: Sequence[Cell]) -> float:
    lengths = [len(cell.split()) for cell in cells if isinstance(cell, str) and cell.strip()]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _text_column(table: Table, wanted: str | None, file: str, findings: list[Finding]) -> int:
    if wanted is not None:
        at = _named(table, wanted, file)
        findings.append(_said(N_("responses are in column {column!r}"), table.columns[at], file, "option"))
        return at
    sample = table.rows[:500]
    words = [_average([row[at] for row in sample]) for at in range(len(table.columns))]
    ranked = sorted(
        range(len(words)), key=lambda at: (bool(_TEXT.fullmatch(table.columns[at])), words[at]), reverse=True
    )
    at = ranked[0]
    if words[at] == 0.0:
        at = max(range(len(words)), key=words.__getitem__)
    if words[at] == 0.0:
        raise InputError(
            N_("no column of the table holds text"),
            hint=N_("Name the column with the responses: --text-column"),
            file=file,
        )
    named = bool(_TEXT.fullmatch(table.columns[at]))
    others = [table.columns[o] for o in range(len(words)) if o != at and words[o] >= max(5.0, 0.5 * words[at])]
    rule = "column name" if named else "longest text"
    findings.append(_said(N_("responses are in column {column!r}"), table.columns[at], file, rule))
    if others or (not named and words[at] < 3):
        findings.append(
            Finding(
                "doubtful",
                N_("other columns hold text too: {others}; say which with --text-column")
                if others
                else N_("the responses are very short; say the column with --text-column"),
                file,
                rule="longest text",
                parameters={"others": ", ".join(others)} if others else {},
            )
        )
    return at


def _informant_column(table: Table, text_at: int, wanted: str | None, file: str, findings: list[Finding]) -> int | None:
    if wanted is not None:
        at = _named(table, wanted, file)
        findings.append(_said(N_("informants are in column {column!r}"), table.columns[at], file, "option"))
        return at
    for at, column in enumerate(table.columns):
        if at != text_at and _INFORMANT.fullmatch(" ".join(column.split())):
            filled = [str(row[at]) for row in table.rows if row[at] is not None][:500]
            if any(is_private("", cell) for cell in filled):
                message = N_(
                    "column {column!r} seems to hold names of people and was not taken for their codes; if it may, say --informant-column"
                )
                findings.append(Finding("note", message, file, rule="privacy", parameters={"column": column}))
            elif filled and not any(len(cell) > 40 for cell in filled):
                findings.append(_said(N_("informants are in column {column!r}"), column, file, "column name"))
                return at
    message = N_("no column says who responded; every row was taken as a person of its own")
    findings.append(Finding("note", message, file, rule="rows"))
    return None


def _attribute_columns(
    table: Table, taken: set[int | None], file: str, findings: list[Finding]
) -> tuple[tuple[int, str], ...]:
    kept: list[tuple[int, str]] = []
    private: list[str] = []
    for at, column in enumerate(table.columns):
        if at in taken or _COUNTER.fullmatch(column):
            continue
        sample = [str(row[at]) for row in table.rows[:200] if row[at] is not None]
        telling = sum(is_private(column, cell) for cell in sample)
        if is_private(column, "") or telling > 0.2 * len(sample):
            private.append(column)
        else:
            kept.append((at, slug(column, "_")))
    if kept:
        names = {"names": ", ".join(key for _, key in kept)}
        findings.append(
            Finding("recognised", N_("attributes of the informants: {names}"), file, rule="columns", parameters=names)
        )
    if private:
        message = N_(
            "columns that identify a person were not taken over: {names}; they stay in the original file alone"
        )
        findings.append(Finding("note", message, file, rule="privacy", parameters={"names": ", ".join(private)}))
    return tuple(kept)


def _person(
    row: Sequence[Cell],
    number: int,
    who_at: int | None,
    attribute_at: Sequence[tuple[int, str]],
    stem: str,
    table: Table,
    options: ImportOptions,
) -> Informant:
    said = _text(row[who_at]).strip() if who_at is not None else ""
    # A bare number names somebody in this file only.
    name = said if said and not said.isdigit() else f"{stem}/{said or number}"
    attributes: dict[str, AttributeValue] = {}
    category = ""
    for at, key in attribute_at:
        cell = row[at]
        if _CATEGORY.fullmatch(table.columns[at]):
            category = _text(cell).strip().casefold()
        elif is_missing(cell) or (isinstance(cell, str) and is_private(table.columns[at], cell)):
            attributes[key] = None
        else:
            attributes[key] = whole_number(cell.strip()) if isinstance(cell, str) else cell
    return Informant(options.new_guid(), name, category, MappingProxyType(attributes))


def _said(message: str, column: str, file: str, rule: str) -> Finding:
    return Finding("recognised", message, file, rule=rule, parameters={"column": column})

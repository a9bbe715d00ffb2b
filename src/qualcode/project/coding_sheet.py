"""Coding sheets: rows of quote, code and theme, matched back to the transcripts of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, Word, shorten
from qualcode.files.tables import Table
from qualcode.importers import UNDATED, Book, alike, labels_in, on_speech, path_of, random_guid, same
from qualcode.model import Coder, Coding, Codings, Corpus, Finding, Origin, Span, Transcript
from qualcode.project.coding_rows import SheetRow, codes_alone, coding_rows, sheet_columns
from qualcode.project.imported import Brought
from qualcode.project.labels import Labels
from qualcode.project.passages import locate
from qualcode.project.quotes import Found, find_quote

__all__ = ["Placed", "SheetReport", "matched", "matched_sheets", "unmatched"]

_FEWEST = 3
"""So many words of a quote can say where they stand when the transcript that the row names is not there."""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What a coding sheet came to: codings added, those that were there already, what was not understood, and new candidate codes."""

    added: int = 0
    known: int = 0
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Codings added and known, and rows failed."""
        return {"added": self.added, "known": self.known, "failed": len(self.errors)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a coding sheet with the transcript and span it means; `doubts` is what must be said of that."""

    row: SheetRow
    coder: str
    transcript: Transcript
    span: Span
    doubts: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Matching:
    """Looks the rows of one sheet up in a study."""

    corpus: Corpus
    file: str
    coder: str | None
    title: str = ""
    _names: dict[str, list[Transcript]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for transcript in self.corpus.transcripts:
            self._names.setdefault(alike(transcript.name), []).append(transcript)

    def place(self, row: SheetRow) -> Placed:
        """Return the passage that a row means.

        Raises
        ------
        QualcodeError
            If it means none, or more than one.
        """
        who = row.coder or self.coder
        if not who:
            raise InputError(
                N_("the row names no coder"), hint=N_("add a column pengode, or name the coder with --coder")
            )
        texts, unknown = self._scope(row)
        if row.span is not None and len(texts) == 1 and self._is_there(texts[0], row):
            return Placed(row, who, texts[0], row.span)
        if not row.quote:
            if len(texts) != 1 or row.turn is None:
                raise InputError(
                    N_("the row names neither words nor a turn of one transcript"),
                    hint=N_("fill in kutipan, or transkrip and giliran"),
                )
            return Placed(row, who, texts[0], locate(texts[0], turn=row.turn))
        found, doubts = self._found(row, texts)
        if unknown is not None:
            if found.how == "fuzzy":
                raise unknown
            message = N_("there is no transcript {name!r}; these words stand in {found!r} alone")
            names = {"name": row.transcript, "found": found.transcript.name}
            doubts = (*doubts, Finding("doubtful", message, self.file, row.line, "quote", names))
        return Placed(row, who, found.transcript, on_speech(found.transcript, found.span), doubts)

    def _is_there(self, transcript: Transcript, row: SheetRow) -> bool:
        if row.span is None or row.span.end > len(transcript.text):
            return False
        return not row.quote or row.span.of(transcript.text).split() == row.quote.split()

    def _scope(self, row: SheetRow) -> tuple[list[Transcript], NotFoundError | None]:
        """Return the transcripts in which the row's words may stand: those it names, by name or by their informant, or all.

        What it calls a source may be none in the study: then the words alone can say where they stand, and the error is returned, too.
        """
        texts, unknown = list(self.corpus.transcripts), None
        if row.transcript:
            try:
                texts = self._named(row.transcript, strict=True)
            except NotFoundError as error:
                if len(row.quote.split()) < _FEWEST or row.turn is not None:
                    raise
                unknown = error
        elif self.title and (named := self._named(self.title, strict=False)):
            texts = named
        if row.informant and len(texts) != 1:
            own = self._named(row.informant, strict=False)
            texts = [text for text in own if text in texts] or texts
        return texts, unknown

    def _named(self, name: str, *, strict: bool) -> list[Transcript]:
        exact = [t for t in self.corpus.transcripts if t.name == name] or self._names.get(alike(Path(name).stem), [])
        if exact:
            return exact
        people = [
            i.guid
            for i in self.corpus.informants
            if alike(i.id) == alike(name) or alike(i.id.rpartition("/")[2]) == alike(name)
        ]
        spoken = [t for t in self.corpus.transcripts for guid in people if guid in t.informants]
        if not spoken and strict:
            return [self.corpus.transcript(name)]  # says that there is none, with the nearest names
        return list(dict.fromkeys(spoken))

    def _found(self, row: SheetRow, texts: Sequence[Transcript]) -> tuple[Found, tuple[Finding, ...]]:
        found = find_quote(row.quote, texts)
        where = row.transcript or row.informant or self.title or Word(N_("any transcript"))
        if not found:
            raise InputError(
                N_("these words do not stand in {where}: {quote!r}"),
                hint=N_("copy them from the transcript exactly"),
                where=where,
                quote=shorten(row.quote),
            )
        elsewhere = False
        if row.turn is not None:
            here = [f for f in found if f.transcript.turn_at(f.span.start) == row.turn or _touches(f, row.turn)]
            elsewhere = not here
            found = tuple(here) or found
        if len(found) > 1 and row.text_line is not None:
            found = tuple(
                sorted(found, key=lambda f: abs(f.transcript.line_of(f.span.start) - (row.text_line or 0)))[:1]
            )
        if len(found) > 1:
            raise InputError(
                N_("these words stand {n} times in {where}: {quote!r}"),
                hint=N_("name the turn, or give more words"),
                where=where,
                quote=shorten(row.quote),
                n=len(found),
            )
        return found[0], tuple(self._doubts(row, found[0], elsewhere=elsewhere))

    def _doubts(self, row: SheetRow, found: Found, *, elsewhere: bool) -> Iterator[Finding]:
        number = found.transcript.turn_at(found.span.start)
        if elsewhere:
            message = N_("these words stand in turn {number}, not in turn {turn}: {quote!r}")
            words = {"number": number or 0, "turn": row.turn, "quote": shorten(row.quote)}
            yield Finding("doubtful", message, self.file, row.line, "quote", words)
        if found.how == "fuzzy":
            message = N_("the quote differs from the transcript ({score} of 100 alike); taken for {found!r}")
            words = {"score": round(found.score), "found": shorten(found.span.of(found.transcript.text))}
            yield Finding("doubtful", message, self.file, row.line, "quote", words)


def _touches(found: Found, turn: int) -> bool:
    turns = found.transcript.turns
    return 1 <= turn <= len(turns) and turns[turn - 1].span.overlaps(found.span)


def matched_sheets(
    tables: Sequence[tuple[str, Table]],
    file: Path,
    corpus: Corpus,
    *,
    coder: str | None,
    labels: Labels | None = None,
    said: Mapping[str, str] | None = None,
) -> tuple[SheetReport, list[Brought]]:
    """Return what the coding sheets among the *tables* (each with the name of its sheet) of one file say, as `matched` does of each.

    Raises
    ------
    NotFoundError
        If none is a coding sheet.
    """
    sheets = [(title, table) for title, table in tables if _is_sheet(table, file, said)] or list(tables[:1])
    found = [
        matched(table, file, corpus, coder=coder, labels=labels, said=said, title=title if len(tables) > 1 else "")
        for title, table in sheets
    ]
    findings = tuple(finding for report, _ in found for finding in report.findings)
    errors = tuple(error for report, _ in found for error in report.errors)
    return SheetReport(0, 0, findings, errors), [brought for _, brought in found]


def _is_sheet(table: Table, file: Path, said: Mapping[str, str] | None) -> bool:
    try:
        sheet_columns(table, file, said)
    except NotFoundError:
        return False
    return True


def matched(
    table: Table,
    file: Path,
    corpus: Corpus,
    *,
    coder: str | None,
    labels: Labels | None = None,
    said: Mapping[str, str] | None = None,
    title: str = "",
) -> tuple[SheetReport, Brought]:
    """Return what a coding sheet says of the transcripts of *corpus*, with a report of what could not be matched.

    Parameters
    ----------
    coder : str, optional
        Whose the rows without a name are.
    labels : Labels, optional
        The study's codes: with them, a label that is nearly one of them is refused as a slip; without, it becomes a candidate.
    said : mapping of str to str, optional
        Which column holds what, where headings don't tell.
    title : str
        Name of the sheet: it may name the transcript.
    """
    matching = _Matching(corpus, file.name, coder, title)
    placed: list[Placed] = []
    errors: list[QualcodeError] = []
    for row in coding_rows(table, file, said):
        if isinstance(row, InputError):
            errors.append(row)
            continue
        try:
            if not row.code:
                raise InputError(N_("the row names no code"), hint=N_("fill in kode, or delete the row"))
            if labels is not None:
                _refuse_slips(row, labels)
            placed.append(matching.place(row))
        except QualcodeError as error:
            error.file, error.line = file, row.line
            errors.append(error)
    findings = (*table.findings, *(doubt for one in placed for doubt in one.doubts))
    known = codes_alone(table, sheet_columns(table, file, said))
    return SheetReport(0, 0, findings, tuple(errors)), _brought(placed, corpus, file.name, known)


def unmatched(error: QualcodeError) -> Finding:
    """Return a row that could not be matched as a finding that lists it."""
    file = error.file.name if error.file is not None else ""
    return Finding("unassigned", error.message, file, error.line, "coding sheet", error.parameters)


def _refuse_slips(row: SheetRow, labels: Labels) -> None:
    """Refuse a label that is no code but nearly one: at the keyboard, that is a slip."""
    for label in labels_in(row.code):
        if labels.find(label) is None and labels.slip_of(label) is not None:
            keys = [code.key for code in labels.codebook]
            raise NotFoundError(N_("no code {name!r} in the codebook"), name=label, known=keys)


def _brought(placed: Sequence[Placed], corpus: Corpus, file: str, known: set[str]) -> Brought:
    """Return the codings of the rows as those of a corpus of their own."""
    book = Book()
    codings: list[Coding] = []
    for one in placed:
        for path in _paths(one.row, known):
            key = book.add(path)
            codings.append(
                Coding(
                    random_guid(),
                    one.transcript.guid,
                    one.transcript.revision,
                    one.span,
                    key,
                    one.coder,
                    UNDATED,
                    origin=Origin.IMPORTED,
                    stance=one.row.stance,
                    elicited=one.row.elicited,
                    uncertain=one.row.uncertain,
                    memo=one.row.memo,
                )
            )
    used = {coding.transcript for coding in codings}
    texts = tuple(t for t in corpus.transcripts if t.guid in used)
    coders = tuple(Coder(random_guid(), name) for name in dict.fromkeys(one.coder for one in placed))
    own = Corpus(
        transcripts=texts,
        informants=corpus.informants,
        codebook=book.made(),
        coders=coders,
        codings=Codings(codings),
    )
    return Brought(file, own, {t.guid: t for t in texts})


def _paths(row: SheetRow, known: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield the codes of a row, each with what stands above it, outermost first."""
    above = [labels_in(cell, known) for cell in row.above]
    lowest = labels_in(row.code, known)
    loose: list[str] = []
    for number, label in enumerate(lowest):
        higher = [
            labels[0] if len(labels) == 1 else labels[number] for labels in above if len(labels) in {1, len(lowest)}
        ]
        own = path_of(label)
        path = [each for each in reversed(higher) if same(each) not in {same(part) for part in own}]
        yield (*path, *own)
    for labels in above:
        if len(labels) not in {1, len(lowest)}:
            loose += labels
    yield from ((label,) for label in loose)

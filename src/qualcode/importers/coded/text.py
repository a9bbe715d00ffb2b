"""The text of a document with coded tables: what was said, without what was written beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.files.document import Bookmark, Document
from qualcode.importers._words import is_name, role_of
from qualcode.importers.coded.columns import whose
from qualcode.importers.coded.table import THEME_ROW, CodedRow, CodedTable, asked_within
from qualcode.importers.speakers.questions import ends_asking
from qualcode.model import Role, Span

__all__ = ["CodedText", "TextRow", "coded_text"]

_SENTENCE_END = re.compile(r"[.?!…:;,)\]”\"»-]\s*$")
_LABEL = re.compile(r"(?<=[.?!…”\")\]])[ \t]+(?=([^\W\d_][\w.]{0,14}(?: \d{1,2})?)[ \t]?[:：][ \t])")
_STAMP = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?")
_BEHIND = re.compile(r"\s*\([^()]*\)$")
"""What stands in brackets behind a name: ``Bu Wati (38 th)``."""
_REFERENCE = re.compile(r"([^\W\d_]{1,4}[-.]?\d{1,3})[._/-]+\w[\w._/-]*")
"""A place in an interview: ``S2.W1.14``, whose first part is the informant."""
_FIRST = re.compile(r"[ \t]*([^\W\d_][\w.]{0,14}(?: \d{1,2})?)[ \t]?[:：][ \t]")


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of a coded table and where in the text its speech stands, if it has any."""

    table: CodedTable
    row: CodedRow
    span: Span | None


@dataclass(frozen=True, slots=True)
class CodedText:
    """A document whose coded tables hold nothing but speech, a row a line, and what its rows were.

    `labels` are the speakers that columns name, with the role that the heading of their column tells; `nobody` only look like speakers.
    """

    document: Document
    rows: tuple[TextRow, ...]
    labels: dict[str, Role | None]
    nobody: frozenset[str] = frozenset()


class _Writer:
    """Writes the text anew and remembers where each piece came from."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self.at = 0
        self.last = ""
        self.heads: list[int] = []
        self._old: list[tuple[int, int, int]] = []

    def copy(self, start: int, end: int) -> None:
        """Write what stands in the old text between two positions."""
        if end > start:
            self._old.append((start, end, self.at))
            self.add(self._text[start:end])

    def add(self, text: str) -> None:
        """Write *text*, which the old text has not in this place."""
        self._out.append(text)
        self.at += len(text)
        self.last = text[-1:] or self.last

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._out)

    def places(self) -> _Places:
        """Return where positions of the old text are now."""
        return _Places(sorted(self._old))


class _Places:
    """Where positions of the old text are in the new one."""

    def __init__(self, pieces: Sequence[tuple[int, int, int]]) -> None:
        self._pieces = pieces
        self._starts = [start for start, _, _ in pieces]

    def of(self, position: int) -> int | None:
        """Return where *position* is now, or None where what stood there was left out."""
        at = bisect_right(self._starts, position) - 1
        for start, end, new in self._pieces[max(at - 1, 0) : at + 1][::-1]:
            if start <= position <= end:
                return new + position - start
        return None

    def near(self, position: int) -> int:
        """Return where *position* is now, or where the last thing before it that is left ends."""
        exact = self.of(position)
        if exact is not None:
            return exact
        at = bisect_right(self._starts, position) - 1
        if at >= 0:
            start, end, new = self._pieces[at]
            return new + end - start
        return self._pieces[0][2] if self._pieces else 0


def coded_text(document: Document, tables: Sequence[CodedTable]) -> CodedText:
    """Return *document* with nothing but the speech in its coded *tables*."""
    writer = _Writer(document.text)
    rows: list[TextRow] = []
    labels: dict[str, Role | None] = {}
    at = 0
    for table in tables:
        writer.copy(at, table.start)
        rows += _Speech(document.text, table, writer, labels).write()
        at = table.end
    writer.copy(at, len(document.text))
    titles = (document.text[slice(*row.title)] for table in tables for row in table.rows if row.title is not None)
    nobody = frozenset(title.partition(":")[0].strip() for title in titles if ":" in title and THEME_ROW.match(title))
    return CodedText(_moved(document, writer, tables), tuple(rows), labels, nobody)


class _Speech:
    """Writes the speech of one table."""

    def __init__(self, text: str, table: CodedTable, writer: _Writer, labels: dict[str, Role | None]) -> None:
        self._text = text
        self._table = table
        self._writer = writer
        self._labels = labels
        self._places = [at for name in ("question", "quote") if (at := table.first(name)) is not None]
        self._asked = table.first("question")
        if table.each:
            self._places = [*([] if self._asked is None else [self._asked]), *table.each]
        self._speaker = table.first("speaker")
        self._refers = self._is_referring()
        self._role = self._role_of_column()
        self._wrapped = self._is_wrapped()
        self._inner = self._inner_labels()
        self._last = ""

    def _role_of_column(self) -> Role | None:
        """Return the role that the heading gives all whom the column names; below *Subjek* may stand who asks as well."""
        columns = self._table.columns
        if self._speaker is None or columns.get("speaker") not in (columns.get("informant"), columns.get("transcript")):
            return None
        if columns.get("speaker") == columns.get("transcript"):
            return Role.INFORMANT if self._refers else None
        said: dict[str, list[bool]] = {}
        for row in self._table.rows:
            cells = [row.cells.get(at) for at in (self._speaker, self._places[-1])]
            if cells[0] is not None and cells[1] is not None and cells[0] != cells[1]:
                label = " ".join(self._text[slice(*cells[0])].split())
                said.setdefault(label, []).append(ends_asking(self._text[slice(*cells[1])]))
        asks = [label for label, ends in said.items() if len(ends) > 1 and 2 * sum(ends) > len(ends)]
        named = any((role := role_of(label)) is not None and role.asks for label in said)
        return None if named or (asks and len(said) > 1) else role_of(self._table.heading(self._speaker))

    def _is_referring(self) -> bool:
        """Tell whether the column of speakers holds references, as ``S2.W1.14``."""
        at = self._speaker
        cells = [
            self._text[slice(*row.cells[at])].strip() for row in self._table.rows if at is not None and at in row.cells
        ]
        return bool(cells) and all(_REFERENCE.fullmatch(cell) for cell in cells if cell)

    def write(self) -> list[TextRow]:
        """Write the rows; return them with where their speech stands."""
        written: dict[tuple[int, int], Span | None] = {}
        found = []
        for row in self._table.rows:
            if row.title is not None:
                self._title(row.title)
                continue
            for at in self._loose(row):
                self._title(row.cells[at])
            own = tuple(row.cells[at] for at in self._places if at in row.cells)
            above = own and all(at in row.carried for at in self._places if at in row.cells)
            span = written.get(own[0]) if above else self._row(row)
            if own and not above:
                written[own[0]] = span
            found.append(TextRow(self._table, row, span))
        return found

    def _title(self, cell: tuple[int, int]) -> None:
        """Write a cell that is nobody's speech as a line of its own."""
        first, last = self._bare(cell)
        if first < last:
            self._break()
            self._writer.heads.append(self._writer.at)
            self._writer.copy(first, last)
            self._last = ""

    def _loose(self, row: CodedRow) -> list[int]:
        """Return the columns of a table without codes that would be lost: what stands beside the talk, such as its topic."""
        if not self._table.each or self._asked is None:
            return []
        used = {at for places in self._table.columns.values() for at in places}
        return [at for at in sorted(row.cells) if at not in used and at not in row.carried]

    def _row(self, row: CodedRow) -> Span | None:
        label = ""
        if self._speaker is not None and self._speaker in row.cells and self._speaker not in row.carried:
            label = " ".join(self._text[slice(*row.cells[self._speaker])].split()).rstrip(" :")
            label = match[1] if self._refers and (match := _REFERENCE.fullmatch(label)) else label
        start: int | None = None
        for at in self._places:
            first, last = self._bare(row.cells.get(at, (0, 0)))
            if first == last:
                continue
            self._break(goes_on=self._wrapped and not label and _FIRST.match(self._text, first, last) is None)
            if start is None:
                if label or not self._wrapped:
                    self._time(row)
                start = self._writer.at
            if len(self._places) > 1:
                role = Role.INTERVIEWER if at == self._asked else Role.INFORMANT
                self._label(label if label and role is Role.INFORMANT else self._column_label(at, role), role)
            elif label and self._each and asked_within(self._text[first:last]):
                self._asked_within(first, last, label)
                continue
            elif label:
                self._label(label, self._role)
            self._speech(first, last)
            self._last = self._text[first:last]
        return Span(start, self._writer.at) if start is not None else None

    def _time(self, row: CodedRow) -> None:
        """Write when the row is said, as a stamp before it."""
        at = self._table.first("time")
        stamp = (
            self._text[slice(*row.cells[at])].strip(" \t[]()")
            if at is not None and at in row.cells and at not in row.carried
            else ""
        )
        if _STAMP.fullmatch(stamp):
            self._writer.add(f"[{stamp}] ")

    @property
    def _each(self) -> bool:
        """Whether the rows are those of informants, and not of whoever speaks."""
        return self._table.columns.get("speaker") == self._table.columns.get("informant")

    def _asked_within(self, first: int, last: int, label: str) -> None:
        """Write a cell in which questions and what one informant answers take turns, a paragraph each."""
        asked: bool | None = None
        at = first
        for line in self._text[first:last].split("\n"):
            if line.strip():
                asks = line.rstrip(' \t”"').endswith("?")
                self._break()
                if asks is not asked:
                    self._label(*(("Pertanyaan", Role.INTERVIEWER) if asks else (label, self._role)))
                asked = asks
                self._writer.copy(*self._bare((at, at + len(line))))
            at += len(line) + 1
        self._last = self._text[first:last]

    def _column_label(self, at: int, role: Role) -> str:
        """Return what stands before the speech of a column of questions or answers: its heading, if that names who speaks."""
        if at in self._table.each:
            return whose(self._table.heading(at)) or " ".join(self._table.heading(at).split()).strip(" :")
        heading = " ".join(self._table.heading(at).split()).rstrip(" :")
        if role_of(heading) is role and len(heading) <= 24:
            return heading
        return "Pertanyaan" if role is Role.INTERVIEWER else "Jawaban"

    def _label(self, label: str, role: Role | None) -> None:
        self._labels.setdefault(label, role)
        self._labels.setdefault(_BEHIND.sub("", label), role)
        self._writer.add(f"{label}: ")

    def _break(self, *, goes_on: bool = False) -> None:
        """Write what parts a row from the one before; a line that was only cut off at the edge of its cell goes on."""
        if self._writer.last in {"", "\n"}:
            return
        self._writer.add(" " if goes_on and self._last and not self._last.endswith("\n") else "\n")

    def _speech(self, first: int, last: int) -> None:
        """Write the speech of a cell; a known label behind a sentence begins a line."""
        at = first
        for match in _LABEL.finditer(self._text, first, last):
            if match[1].casefold() in self._inner:
                self._writer.copy(at, match.start())
                self._writer.add("\n")
                at = match.end()
        self._writer.copy(at, last)

    def _bare(self, cell: tuple[int, int]) -> tuple[int, int]:
        start, end = cell
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return start, end

    def _cells(self) -> list[str]:
        at = self._table.first("quote")
        return (
            []
            if at is None
            else [
                self._text[slice(*r.cells[at])].strip()
                for r in self._table.rows
                if at in r.cells and at not in r.carried
            ]
        )

    def _is_wrapped(self) -> bool:
        """Tell whether the rows are the lines of a page: numbered, and most break off in the middle of a sentence."""
        cells = [cell for cell in self._cells() if cell]
        if len(cells) < 4 or not {"line", "number"} & self._table.columns.keys():
            return False
        open_ = sum(_SENTENCE_END.search(cell) is None for cell in cells[:-1])
        return open_ * 2 > len(cells) and sum("\n" in cell for cell in cells) * 4 < len(cells)

    def _inner_labels(self) -> frozenset[str]:
        """Return the labels that begin cells, and those that stand behind a sentence in several of them."""
        firsts: dict[str, int] = {}
        inside: dict[str, int] = {}
        for cell in self._cells():
            if match := _FIRST.match(cell):
                if len(match[1]) <= 2 and match[1][0].isupper():
                    self._labels.setdefault(match[1], None)  # in a cell of speech, a letter with a colon is a label
                firsts[match[1].casefold()] = firsts.get(match[1].casefold(), 0) + 1
            for match in _LABEL.finditer(cell):
                name = match[1]
                if name[0].isupper() and (len(name) <= 3 or role_of(name) is not None or is_name(name)):
                    inside[name.casefold()] = inside.get(name.casefold(), 0) + 1
        if not firsts:
            return frozenset()
        return frozenset({*firsts, *(name for name, n in inside.items() if n > 1 or len(name) <= 2)})


def _moved(document: Document, writer: _Writer, tables: Sequence[CodedTable]) -> Document:
    """Return *document* with the text that was written, and everything that has a place in it where it now is."""
    places = writer.places()

    def stretch(start: int, end: int) -> tuple[int, int] | None:
        first, last = places.of(start), places.of(end)
        return None if first is None or last is None or last < first else (first, last)

    inside = [(table.start, table.end) for table in tables]
    return replace(
        document,
        text=writer.text,
        notes_start=places.near(document.notes_start),
        headings=tuple(
            sorted({*writer.heads, *(at for old in document.headings if (at := places.of(old)) is not None)})
        ),
        formats=tuple(replace(f, start=s[0], end=s[1]) for f in document.formats if (s := stretch(f.start, f.end))),
        listed=tuple((at, kind) for old, kind in document.listed if (at := places.of(old)) is not None),
        rows=tuple(
            replace(row, cells=cells)
            for row in document.rows
            if not any(start <= row.cells[0][0] < end for start, end in inside)
            and len(cells := tuple(s for cell in row.cells if (s := stretch(*cell)))) == len(row.cells)
        ),
        comments=tuple(
            replace(c, start=places.near(c.start), end=max(places.near(c.end), places.near(c.start)))
            for c in document.comments
        ),
        colours=tuple(replace(c, start=s[0], end=s[1]) for c in document.colours if (s := stretch(c.start, c.end))),
        bookmarks=tuple(Bookmark(b.name, *s) for b in document.bookmarks if (s := stretch(b.start, b.end))),
    )

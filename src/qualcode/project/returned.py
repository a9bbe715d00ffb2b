"""A coded transcript that was exported to Word and comes back corrected: what was changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, InputError, shorten
from qualcode.exporters.docx import notes_digest
from qualcode.files.document import Comment, Document, Row
from qualcode.files.docx import read_docx
from qualcode.files.docx_writing import CODED_TRANSCRIPT, fit, own_part
from qualcode.i18n import translator
from qualcode.importers import read_remark, same, says_code
from qualcode.model import Coding, Corpus, Finding, Span, Transcript
from qualcode.privacy.consent import NOTICE
from qualcode.project.returned_line import (
    LINE,
    CodeLine,
    Marks,
    bare_span,
    code_line,
    first_difference,
    parts_of_line,
    same_words,
    says_same,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Difference", "Kind", "Returned", "read_returned"]

Kind = Literal["added", "changed", "removed", "remark", "text"]

_TYPED = re.compile(r"\s*[\[(]\s*(b?\d+[a-z]+)\s*[\])]")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a corrected copy says otherwise than what was exported.

    *added*: a code that stands there new; *changed*: a coding with another code or other marks; *removed*: a coding struck out or deleted;
    *remark*: a note or margin comment; *text*: what was said was changed, which is never taken. `turn` is the number in the document, `coding`
    the guid of the coding it is about, `label` the code as it was written.
    """

    kind: Kind
    transcript: Transcript
    turn: str
    before: str = ""
    after: str = ""
    mark: str = ""
    coding: Coding | None = None
    span: Span | None = None
    label: str = ""
    marks: Marks = field(default_factory=Marks)
    author: str = ""

    def to_row(self) -> dict[str, object]:
        """Return the difference as a row of a table; at most forty characters of what was said."""
        return {
            "what": self.kind,
            "transcript": self.transcript.name,
            "turn": self.turn,
            "mark": self.mark,
            "before": shorten(self.before),
            "after": shorten(self.after) if self.kind != "remark" else self.after,
        }


@dataclass(frozen=True, slots=True)
class Returned:
    """What a corrected copy says: its differences from what was exported, and what must be said of it."""

    file: str
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many differences there are of each kind."""
        kinds: tuple[Kind, ...] = ("added", "changed", "removed", "remark", "text")
        return {kind: sum(each.kind == kind for each in self.differences) for kind in kinds}


def read_returned(data: bytes, *, file: str, corpus: Corpus) -> Returned:
    """Return what the corrected copy in *data* says otherwise than when it was exported from the study of *corpus*.

    Raises
    ------
    InputError
        If it is no export of this study, or has lost what it was made from.
    """
    document = read_docx(data, file=file)
    root = own_part(data, file=file, space=CODED_TRANSCRIPT)
    if root is None:
        raise InputError(
            N_("this is no coded transcript of qualcode, or another program has taken out what it was made from"),
            hint=N_("bring a document that was coded elsewhere in with: qualcode import"),
            file=file,
        )
    if root.get("study") != corpus.study.guid:
        raise InputError(
            N_("this coded transcript was exported from another study"),
            hint=N_("open the study it was made from"),
            file=file,
        )
    reading = _Reading(document, corpus, file)
    for element in root:
        reading.transcript(element)
    reading.rest()
    return Returned(file, tuple(reading.differences), tuple(reading.findings))


@dataclass(slots=True)
class _Reading:
    """Compares a document with the study, transcript by transcript."""

    document: Document
    corpus: Corpus
    file: str
    differences: list[Difference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    _codings: dict[str, Coding] = field(default_factory=dict)
    _commented: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._codings = {coding.guid: coding for coding in self.corpus.codings}
        rows = [row for row in self.document.rows if row.depth == 0 and len(row.cells) > 1]
        for mark in self.document.bookmarks:
            if match := re.fullmatch(r"ucapan_(\d+)_(b?\d+)", mark.name):
                row = next((r for r in rows if r.cells[0][0] <= mark.start <= r.cells[-1][1]), None)
                if row is not None:
                    self._rows[match[1], match[2]] = row
        self._retyped(rows)

    def _retyped(self, rows: Sequence[Row]) -> None:
        """Find by their number the rows whose words were typed anew: with them the mark goes by which a row is known."""
        known = {id(row): number for (number, _), row in self._rows.items()}
        number = next(iter(known.values()), "1")
        for row in rows:
            number = known.get(id(row), number)
            turn = self.document.text[slice(*row.cells[0])].strip()
            if id(row) not in known and turn.isdecimal():
                self._rows.setdefault((number, turn), row)

    def transcript(self, element: _Element) -> None:
        """Compare one transcript."""
        guid, name = element.get("guid") or "", element.get("name") or ""
        found = next((t for t in self.corpus.transcripts if t.guid == guid), None)
        if found is None or found.revision != element.get("revision"):
            message = N_("transcript {name!r} is no longer in the study; nothing was taken from it")
            if found is not None:
                message = N_(
                    "the text of {name!r} was corrected since the export; export it again. Nothing was taken from it"
                )
            self._say("doubtful", message, name=name)
            return
        number = element.get("number") or ""
        exported = {e.get("mark") or "": e for e in element if str(e.tag).endswith("}coding")}
        lines: dict[str, list[tuple[str, CodeLine]]] = {}
        for row_element in element:
            if not str(row_element.tag).endswith("}row"):
                continue
            turn = row_element.get("number") or ""
            span = Span(int(row_element.get("start") or 0), int(row_element.get("end") or 1))
            row = self._rows.get((number, turn))
            if row is None or len(row.cells) < 3:
                self._say(
                    "doubtful",
                    N_("turn {turn} of {name!r} is not in the document; its codes were left as they are"),
                    name=name,
                    turn=turn,
                )
                for mark, coding in exported.items():
                    if re.fullmatch(rf"{turn}[a-z]+", mark):
                        kept = code_line(mark, coding.get("shown") or "")
                        lines.setdefault(mark, []).append((turn, kept))
                continue
            self._row(found, turn, span, row, row_element.get("notes") or "", exported, lines)
        for mark, coding in exported.items():
            self._compare(found, mark, coding, lines.get(mark, []))

    def _row(
        self,
        transcript: Transcript,
        turn: str,
        span: Span,
        row: Row,
        notes: str,
        exported: Mapping[str, _Element],
        lines: dict[str, list[tuple[str, CodeLine]]],
    ) -> None:
        """Compare one row: its words, its codes, its notes, and the comments on them."""
        found = [self._line(start, end) for start, end in self._lines(row.cells[2])]
        written = [part for line in found if line is not None for part in parts_of_line(line, exported.get(line.mark))]
        fresh = {line.mark for line in written if line.mark and line.mark not in exported}
        same_words, places = self._speech(transcript, turn, span, row.cells[1], fresh)
        for line in written:
            if line.mark in exported:
                lines.setdefault(line.mark, []).append((turn, line))
            else:
                place = places.get(line.mark) or bare_span(transcript, span)
                self._added(transcript, turn, place, line)
        if len(row.cells) > 3:
            self._notes(transcript, turn, row.cells[3], notes, exported)
        for comment in self.document.comments:
            if row.cells[0][0] <= comment.start <= row.cells[-1][1] and id(comment) not in self._commented:
                self._commented.add(id(comment))
                self._comment(transcript, turn, span, row, comment, exported, same_words=same_words)

    def _lines(self, cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
        at = cell[0]
        for line in self.document.text[slice(*cell)].split("\n"):
            if line.strip():
                yield at, at + len(line)
            at += len(line) + 1

    def _line(self, start: int, end: int) -> CodeLine | None:
        """Return what a line of the column of codes says; None if it is struck out or belongs to a row above."""
        text = self.document.text[start:end]
        struck = [f for f in self.document.formats if f.struck and f.start < end and f.end > start]
        left = "".join(c for at, c in enumerate(text, start) if not any(f.start <= at < f.end for f in struck))
        match = LINE.match(left)
        rest = match[2] if match else left
        if left.strip().startswith("↑") or not any(c.isalnum() for c in rest):
            return None
        return code_line(match[1] if match else "", rest.strip())

    def _speech(
        self, transcript: Transcript, turn: str, span: Span, cell: tuple[int, int], fresh: set[str]
    ) -> tuple[bool, dict[str, Span]]:
        """Compare what was said; return whether it is the same, and what newly typed marks stand behind."""
        said = self._without_marks(*cell)
        typed: list[tuple[str, int]] = []
        for match in reversed(list(_TYPED.finditer(said))):
            if match[1] in fresh:
                typed.append((match[1], match.start()))
                said = said[: match.start()] + said[match.end() :]
        number = int(turn) if turn.isdecimal() and transcript.turns else 0
        expected = fit(span.of(transcript.text))
        label = f"{transcript.turn(number).speaker}" if number else ""
        words = said.strip()
        if label and words.startswith(fit(label)):
            words = words.partition(":")[2]
        if not same_words(expected, words):
            before, after = first_difference(expected, words)
            self.differences.append(Difference("text", transcript, turn, before, after))
            return False, {}
        offset = len(said) - len(said.rstrip()) + len(expected)
        places: dict[str, Span] = {}
        last = span.start
        for mark, at in reversed(typed):
            end = span.start + max(0, min(len(expected), at - (len(said) - offset)))
            start = last
            while start < end and (transcript.text[start].isspace() or transcript.text[start] in ".,;"):
                start += 1
            if start < end:
                places[mark] = Span(start, end)
                last = end
        return True, places

    def _without_marks(self, start: int, end: int) -> str:
        """Return the text between two positions without the marks that the export wrote into it."""
        marks = sorted(
            (m.start, m.end)
            for m in self.document.bookmarks
            if m.name.startswith("tanda_") and start <= m.start and m.end <= end
        )
        pieces = []
        for first, last in marks:
            pieces.append(self.document.text[start:first])
            start = max(start, last)
        return "".join([*pieces, self.document.text[start:end]])

    def _added(self, transcript: Transcript, turn: str, span: Span, line: CodeLine, author: str = "") -> None:
        self.differences.append(
            Difference("added", transcript, turn, "", line.text, line.mark, None, span, line.label, line.marks, author)
        )

    def _compare(
        self, transcript: Transcript, mark: str, element: _Element, lines: Sequence[tuple[str, CodeLine]]
    ) -> None:
        """Compare one coding that was exported with the lines that bear its mark."""
        coding = self._codings.get(element.get("guid") or "")
        shown = element.get("shown") or ""
        turn = re.sub(r"[a-z]+$", "", mark) if not mark.startswith("b") else "b" + re.sub(r"\D", "", mark)
        was = code_line(mark, shown)
        if coding is None:
            if lines and any(not says_same(line, was) for _, line in lines):
                message = N_(
                    "coding {mark} ({code}) was taken away in the study since the export; its correction was left out"
                )
                self._say("doubtful", message, mark=mark, code=shorten(shown))
            return
        kept = [line for _, line in lines if says_same(line, was)]
        others = [line for _, line in lines if not says_same(line, was)]
        if not lines:
            self.differences.append(Difference("removed", transcript, turn, shown, "", mark, coding, coding.span))
        elif not kept:
            first, *others = others
            self.differences.append(
                Difference(
                    "changed", transcript, turn, shown, first.text, mark, coding, coding.span, first.label, first.marks
                )
            )
        for line in others:
            self._added(transcript, turn, coding.span, replace(line, mark=""))

    def _notes(
        self, transcript: Transcript, turn: str, cell: tuple[int, int], digest: str, exported: Mapping[str, _Element]
    ) -> None:
        """Take what was written into the column of notes as remarks: on a coding where a line begins with its mark."""
        text = self.document.text[slice(*cell)]
        if notes_digest(text) == digest:
            return
        notices = [translator(language)(NOTICE) for language in ("id", "en")]
        memos = {" ".join(coding.memo.split()) for coding in self._codings.values() if coding.memo}
        for line in (part.strip() for part in text.split("\n") if part.strip()):
            match = LINE.match(line)
            words = match[2] if match and match[1] in exported else line
            known = any(" ".join(words.split()) in memo for memo in memos) or any(each in words for each in notices)
            if any(c.isalnum() for c in words) and not known:
                element = exported.get(match[1]) if match else None
                coding = self._codings.get(element.get("guid") or "") if element is not None else None
                self.differences.append(
                    Difference("remark", transcript, turn, "", words, match[1] if coding and match else "", coding)
                )

    def _comment(
        self,
        transcript: Transcript,
        turn: str,
        span: Span,
        row: Row,
        comment: Comment,
        exported: Mapping[str, _Element],
        *,
        same_words: bool,
    ) -> None:
        """Take a margin comment as a code on its words if it is one of the study, has a ``#`` or says ``Kode:``, otherwise as a remark."""
        known = {same(name) for code in self.corpus.codebook for name in (code.key, code.name, code.name_en) if name}
        read = read_remark(comment.text, known)
        told = "#" in comment.text or says_code(comment.text)
        codes = [path[-1] for path in read.codes if told or same(path[-1]) in known]
        in_speech = row.cells[1][0] <= comment.start <= row.cells[1][1]
        if codes and in_speech and same_words and (place := self._place(transcript, span, row.cells[1], comment)):
            for label in codes:
                self._added(transcript, turn, place, CodeLine("", label, Marks(), "", label), comment.author)
            words = read.words
        else:
            words = comment.text
        words = "\n".join(x for x in (words, *(f"{r.author}: {r.text}" for r in comment.replies)) if x)
        if not words:
            return
        coding = None
        mark = ""
        if row.cells[2][0] <= comment.start <= row.cells[2][1]:
            line = next((each for each in self._lines(row.cells[2]) if each[0] <= comment.start <= each[1]), None)
            match = LINE.match(self.document.text[slice(*line)]) if line else None
            if match and match[1] in exported:
                mark = match[1]
                coding = self._codings.get(exported[mark].get("guid") or "")
        self.differences.append(Difference("remark", transcript, turn, "", words, mark, coding, author=comment.author))

    def _place(self, transcript: Transcript, span: Span, cell: tuple[int, int], comment: Comment) -> Span | None:
        """Return the words of the transcript that a comment on the column of speech is on; a place only means the whole turn."""
        if comment.end <= comment.start:
            return span
        mark = next(
            (m for m in self.document.bookmarks if m.name.startswith("ucapan_") and cell[0] <= m.start <= cell[1]), None
        )
        if mark is None:
            return span
        first = len(self._without_marks(mark.start, max(mark.start, comment.start)))
        last = len(self._without_marks(mark.start, max(mark.start, min(comment.end, mark.end))))
        start, end = span.start + first, min(span.start + last, span.end)
        while start < end and transcript.text[start].isspace():
            start += 1
        while end > start and transcript.text[end - 1].isspace():
            end -= 1
        return Span(start, end) if start < end else span

    def rest(self) -> None:
        """Say what stands outside of the rows that were exported."""
        outside = [comment for comment in self.document.comments if id(comment) not in self._commented]
        for comment in outside:
            message = N_("a margin comment outside of the turns was not taken: {text!r}")
            self._say("unassigned", message, text=shorten(comment.text))

    def _say(self, level: Literal["doubtful", "unassigned"], message: str, **parameters: object) -> None:
        self.findings.append(Finding(level, message, self.file, rule="corrected copy", parameters=parameters))

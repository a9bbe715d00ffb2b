"""The rows of coded tables as marked passages: codes on what their marks mark, or on what the informant says beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.errors import N_, shorten
from qualcode.importers.coded.codes import labels_in, path_of, same
from qualcode.importers.coded.columns import LEVELS
from qualcode.importers.coded.listed import spelled_out
from qualcode.importers.coded.marks import MarkedPassage, explanations, marked_passages, marks_in
from qualcode.importers.coded.passages import Marked, trimmed, voices
from qualcode.importers.coded.table import THEME_ROW
from qualcode.importers.coded.text import TextRow
from qualcode.model import Finding, Span, Transcript
from qualcode.model.corpus import turns_in

__all__ = ["RowReader", "known_codes"]

_LONG = 20
"""A code of more words than this is named by its first ten; the whole becomes a note."""
_MANY = 3
"""More answers than this in one row with codes but without marks are doubtful."""
_LAST = 1 << 16
"""A place behind the last column of any table."""
_STAMP = 20
"""Where the time of a row was written as a stamp, it stands in so many characters before it."""
_TITLED = ("coder", "stance", "elicited", "uncertain")
"""Columns that mean something in coding sheets alone; here they are notes."""


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one transcript's coded tables.

    `source` is the text of the document as it was, in which the cells lie; `begin` is where the transcript's text begins in the text in
    which the rows' spans lie. `known` holds codes in the form of `same`, `listed` the names of codes by their marks (see `code_list`).
    """

    transcript: Transcript
    source: str
    begin: int
    known: Collection[str]
    file: str
    listed: Mapping[str, str] = field(default_factory=dict)
    passages: list[Marked] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, rows: Sequence[TextRow], emphasised: Sequence[Span]) -> None:
        """Take in all *rows*; *emphasised* are the letters of the transcript that are bold, italic or underlined."""
        here = frozenset(mark for mark, _ in marks_in(self.transcript.text))
        meant: dict[str, str] = {mark: self.listed[mark] for mark in self.listed if mark in here}
        for row in rows:
            for names, label in self._explained(row, here):
                meant.update(dict.fromkeys(names, label))
        spans = dict.fromkeys(self.here(row.span) for row in rows if row.span is not None)
        turns = tuple(turn for span in spans for turn in self._turns(span))
        passages = marked_passages(self.transcript.text, turns, meant, emphasised) if meant else ()
        found = sorted(passages, key=lambda passage: passage.at)
        self.marks += dict.fromkeys(passage.at for passage in found)
        taken: set[tuple[str, Span]] = set()
        answered = {self._code_cell(row) for row in rows if row.span is not None and not self._asks(row.span)}
        merged = {row.row.cells[at] for row in rows for at in row.row.carried}
        for row in rows:
            if self._is_beside(row, answered, merged):
                self._noted_beside(row, meant)
                continue
            inside = self._inside(row, found)
            own = {name: label for names, label in self._explained(row, here) for name in names}
            # A merged cell of speech stands beside several rows: each explains its own marks.
            mine = [p for p in inside if p.mark in own or (p.mark, p.at) not in taken]
            taken.update((p.mark, p.at) for p in mine)
            self._row(row, mine, own, meant)
        self._unexplained(turns, meant)

    def _code_cell(self, row: TextRow) -> tuple[int, int] | None:
        """Return where the row's cell of the lowest column of codes stands, which several rows share if it is merged."""
        name = next((name for name in LEVELS if row.table.columns.get(name)), "")
        return row.row.cells.get(row.table.columns[name][0]) if name else None

    def _asks(self, span: Span) -> bool:
        here = self.here(span)
        found = [turn for _, turn in turns_in(self.transcript, here.start, here.end)]
        return bool(found) and all(turn.role.asks for turn in found)

    def _is_beside(
        self, row: TextRow, answered: Collection[tuple[int, int] | None], merged: Collection[tuple[int, int]]
    ) -> bool:
        """Tell whether the row is a question beside codes that are on an answer: those merged with it, or with rows above it.

        A higher level that is *merged* over rows says nothing of one without a code of its own, nor of a question in the first of them.
        """
        lowest = next((name for name in LEVELS if row.table.columns.get(name)), "")
        if not lowest or row.span is None:
            return False
        cell = self._code_cell(row)
        if cell in answered and cell is not None and cell[0] < cell[1] and self._asks(row.span):
            return True
        filled = [at for name in LEVELS for at in row.table.columns.get(name, ()) if self._cell(row, at)]
        own = set(row.table.columns[lowest])
        if not filled or own & set(filled):
            return False
        first = all(row.row.cells[at] in merged for at in filled) and self._asks(row.span)
        return first or all(at in row.row.carried for at in filled)

    def _noted_beside(self, row: TextRow, meant: Collection[str]) -> None:
        """Keep what is noted beside a question whose codes are on the answer."""
        own = [at for at in row.table.columns.get("memo", ()) if at not in row.row.carried]
        words = "\n".join(cell for at in own if (cell := self._cell(row, at)))
        if row.span is not None and (notes := _noted(words, meant)):
            self.passages.append(Marked(self.here(row.span), (), notes))

    def _inside(self, row: TextRow, passages: Sequence[MarkedPassage]) -> list[MarkedPassage]:
        """Return those of *passages*, which are in the order of their marks, whose marks stand in the row."""
        if row.span is None:
            return []
        here = self.here(row.span)
        first = bisect_left(passages, here.start, key=lambda passage: passage.at.start)
        last = bisect_left(passages, here.end, key=lambda passage: passage.at.start)
        return [passage for passage in passages[first:last] if here.covers(passage.at)]

    def here(self, span: Span) -> Span:
        """Return a row's span as one of the transcript."""
        return Span(span.start - self.begin, min(span.end - self.begin, len(self.transcript.text)))

    def line(self, position: int) -> int:
        """Return the line of the transcript at *position*."""
        return self.transcript.line_of(position)

    def _turns(self, span: Span) -> tuple[Span, ...]:
        inside = (turn.span for _, turn in turns_in(self.transcript, span.start, span.end))
        cut = [trimmed(self.transcript.text, max(t.start, span.start), min(t.end, span.end)) for t in inside]
        return tuple(each for each in cut if each is not None) or (span,)

    def _cell(self, row: TextRow, at: int) -> str:
        return self.source[slice(*row.row.cells[at])].strip() if at in row.row.cells else ""

    def _cells(self, row: TextRow, name: str) -> str:
        cells = [cell for at in row.table.columns.get(name, ()) if (cell := self._cell(row, at))]
        return "\n".join(spelled_out(cell, self.listed) if name in LEVELS else cell for cell in cells)

    def _explained(self, row: TextRow, here: Collection[str]) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what the row's lowest column of codes explains of the marks that stand in the text."""
        name = next((name for name in LEVELS if row.table.columns.get(name)), "memo")
        for names, label in explanations(self._cells(row, name)):
            if found := tuple(n for n in names if n in here):
                yield found, label

    def _row(
        self, row: TextRow, marked: Sequence[MarkedPassage], own: Mapping[str, str], meant: Mapping[str, str]
    ) -> None:
        if self._beside_each(row):
            return
        lowest = next((name for name in LEVELS if row.table.columns.get(name)), "memo")
        levels = {name: self._cells(row, name) for name in LEVELS}
        if row.row.section is not None and not levels["theme"]:
            levels["theme"] = THEME_ROW.sub("", self.source[slice(*row.row.section)], count=1).strip()
        if own:
            rest = [
                (names, label) for names, label in explanations(levels.get(lowest, "")) if not own.keys() & set(names)
            ]
            # A line that is marked like the others but whose mark is not in the text keeps its mark for the reader to find.
            levels[lowest] = "\n".join(label for _, label in rest)
        span = self.here(row.span) if row.span is not None else None
        chosen, loose = self._chosen(row, span), self._loose(row)
        notes = _noted(self._cells(row, "memo"), meant)
        for passage in marked:
            self._marked(
                row,
                passage,
                own.get(passage.mark) or meant[passage.mark],
                lowest,
                "\n".join(filter(None, (notes, loose))),
            )
        if marked and not levels.get(lowest):
            return
        paths = self._paths(levels)
        words = "\n".join(filter(None, (notes, loose, _whole(levels.get(lowest, "")))))
        if not paths and not words:
            return
        if span is None:
            said = " · ".join(label for path in paths for label in path) or words
            message = N_("codes stand beside no speech and were not used: {text!r}")
            self._say(message, None, "coded table", text=shorten(said))
            return
        places = chosen or voices(self.transcript, span)
        if paths and len(places) > _MANY:
            message = N_("{n} answers stand in one row beside its codes; each bears all of them")
            self._say(message, span.start, "coded table", n=len(places))
        self.passages += (Marked(place, paths, words) for place in (places if paths else places[:1]))

    def _beside_each(self, row: TextRow) -> bool:
        """Take in the codes of a row in which every informant's answer has its own behind it; tell whether it is such a row."""
        each = row.table.each
        if len(each) < 2 or row.span is None:
            return False
        places = sorted(at for n in LEVELS for at in row.table.columns.get(n, ()))
        behind = {at: [p for p in places if at < p < end] for at, end in zip(each, (*each[1:], _LAST), strict=True)}
        if not all(behind.values()) or sum(map(len, behind.values())) < len(places):
            return False
        here, loose = self.here(row.span), self._loose(row)
        at = here.start
        for place, codes in behind.items():
            words = self._cell(row, place)
            start = self.transcript.text.find(words, at, here.end) if words else -1
            levels = {
                name: "\n".join(self._cell(row, p) for p in row.table.columns.get(name, ()) if p in codes)
                for name in LEVELS
            }
            paths = self._paths(levels)
            if start >= 0:
                at = start + len(words)
                if paths:
                    self.passages.append(Marked(Span(start, at), paths, loose))
        return True

    def _marked(self, row: TextRow, passage: MarkedPassage, label: str, lowest: str, notes: str) -> None:
        """Take in what one mark marks, with what stands above its code and what is noted beside it."""
        higher = LEVELS[LEVELS.index(lowest) + 1 :] if lowest in LEVELS else ()
        wide = tuple(above for name in reversed(higher) if (above := self._above(row, name, passage.mark)))
        own = [words for names, words in explanations(self._cells(row, "memo")) if passage.mark in names]
        words = "\n".join(filter(None, (*own, notes, _whole(label))))
        paths = tuple(_without_doubles((*wide, *path)) for path in self._paths({"code": label}))
        self.passages.append(Marked(passage.span, paths, words))

    def _above(self, row: TextRow, name: str, mark: str) -> str:
        """Return what the column *name* says stands above the code of *mark*, or the only thing that it says."""
        cell = self._cells(row, name)
        lines = list(explanations(cell))
        said = next((label for names, label in lines if mark in names), "")
        if not said and (number := re.match(r"\d+", mark)):  # "1. Kondisi" is what 1a and 1b belong to
            said = next((label for names, label in lines if number[0] in names), "")
        labels = labels_in(cell, self.known)
        return said or (labels[0] if len(labels) == 1 and len(lines) == 1 and not lines[0][0] else "")

    def _chosen(self, row: TextRow, span: Span | None) -> tuple[Span, ...]:
        """Return the words of the row that further columns of quotes repeat, if they do."""
        found = []
        for at in row.table.columns.get("quote", ())[1:] if span is not None and not row.table.each else ():
            words = self._cell(row, at).strip("\"“”'‘’ ….").split()
            pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
            match = pattern.search(self.transcript.text, span.start, span.end) if words and span else None
            if match:
                found.append(Span(*match.span()))
        return tuple(found)

    def _loose(self, row: TextRow) -> str:
        """Return what stands in columns whose meaning is not known, behind their headings: nothing is lost."""
        spoken = row.table.each or row.table.columns.get("quote", ())[:1]
        start = self.here(row.span).start if row.span is not None else 0
        before = self.transcript.text[max(start - _STAMP, 0) : start]
        unused = (*_TITLED, "quote", *(() if before.endswith("] ") else ("time",)))
        used = {at for name, places in row.table.columns.items() if name not in unused for at in places}
        # Who spoke stands before the words; a reference stands there with its first part alone.
        used -= {at for at in row.table.columns.get("transcript", ()) if not self._begins(start, self._cell(row, at))}
        rest = [at for at in sorted(row.row.cells) if at not in {*used, *spoken} and at not in row.row.carried]
        cells = [(row.table.heading(at), self._cell(row, at)) for at in rest]
        return "\n".join(f"{heading}: {cell}" if heading else cell for heading, cell in cells if cell)

    def _begins(self, start: int, words: str) -> bool:
        return " ".join(words.split()).rstrip(" :") == self.transcript.text[start : start + len(words)]

    def _paths(self, levels: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        """Return the codes of a row, each with what stands above it, outermost first."""
        cells = [labels_in(levels.get(name, ""), self.known) for name in LEVELS]
        filled = [tuple(_short(label) for label in labels) for labels in cells if labels]
        if not filled:
            return ()
        lowest, *above = filled
        paths: list[tuple[str, ...]] = [path_of(label) for label in lowest]
        loose: list[tuple[str, ...]] = []
        for labels in above:
            if len(labels) == 1 or len(labels) == len(lowest):
                several = labels * len(lowest) if len(labels) == 1 else labels
                paths = [(label, *path) for label, path in zip(several, paths, strict=True)]
            else:
                # Which code belongs to which of several categories cannot be told: they are codes of the passage themselves.
                loose += ((label,) for label in labels)
        return tuple(dict.fromkeys([*map(_without_doubles, paths), *loose]))

    def _unexplained(self, turns: Sequence[Span], meant: Mapping[str, str]) -> None:
        """Say which marks no row explains; where none is explained, such brackets are something else."""
        text = self.transcript.text
        places = [mark for turn in turns for mark in marks_in(text, turn.start, turn.end)] if meant else []
        unknown = {name: at for name, at in reversed(places) if name not in meant and re.fullmatch(r"\d+[a-z]+", name)}
        for name, at in unknown.items():
            self._say(N_("mark {mark!r} is explained in no row; nothing was coded there"), at.start, "marks", mark=name)

    def _say(self, message: str, position: int | None, rule: str, **parameters: object) -> None:
        line = None if position is None else self.line(position)
        self.findings.append(Finding("doubtful", message, self.file, line, rule, parameters))


def known_codes(source: str, rows: Sequence[TextRow]) -> frozenset[str]:
    """Return the codes that stand alone somewhere, in the form of `same`: they tell whether a comma parts codes."""
    found: set[str] = set()
    for row in rows:
        places = [at for name in LEVELS for at in row.table.columns.get(name, ()) if at in row.row.cells]
        for at in places:
            found.update(same(label) for label in labels_in(source[slice(*row.row.cells[at])]) if "," not in label)
    return frozenset(found)


def _noted(cell: str, meant: Collection[str]) -> str:
    """Return the lines of *cell* that are on no mark; what only looks like one, as ``Covid-19: …``, is part of the words."""
    lines = [line.strip() for line in cell.split("\n")]
    kept = [(names, words) for names, words in explanations(cell) if not set(names) & set(meant)]
    return "\n".join(next((x for x in lines if x.endswith(words)), words) if names else words for names, words in kept)


def _short(label: str) -> str:
    words = label.split()
    return label if len(words) <= _LONG else " ".join(words[:10]) + " …"


def _whole(cell: str) -> str:
    """Return the codes of *cell* that are too long for a name."""
    return "\n".join(label for label in labels_in(cell) if _short(label) != label)


def _without_doubles(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return *path* without a label that stands above itself."""
    found: dict[str, str] = {}
    for label in reversed(path):
        found.setdefault(same(label), label)
    return tuple(reversed(found.values()))

"""RTF's tokens, character sets, and the pieces of text that an RTF file is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from qualcode.files.document import Comment, Format, Row

__all__ = ["CHARACTERS", "Piece", "State", "Token", "charset", "date_of", "decode", "palette", "tokens"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|[\r\n\x00]+|(?P<text>[^\\{}\r\n\x00]+)|\\",
    re.DOTALL,
)
CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "lbr": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
"""Control words and signs that stand for characters."""

_CHARSETS = {
    77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 83: "mac_greek", 85: "mac_turkish", 89: "mac_cyrillic",
    128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOLS = "symbols"
"""The name here of the character set of fonts such as Wingdings, which no encoding has."""


class Token(NamedTuple):
    """A control word or sign with its number, a brace, or text as bytes."""

    kind: str
    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    r"""Yield what *data* consists of; the bytes of pictures that ``\bin`` announces are passed over."""
    at = 0
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        kind = match.lastgroup or ""
        if kind in {"word", "number"}:
            number = int(match["number"]) if match["number"] else None
            word = match["word"].decode("ascii")
            if word == "bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", word, number)
        elif kind == "hex":
            yield Token("hex", text=bytes.fromhex(match["hex"].decode("ascii")))
        elif kind == "sign":
            yield Token("word", "par" if match["sign"] in b"\r\n" else match["sign"].decode("latin-1"))
        elif kind == "brace":
            yield Token(match["brace"].decode("ascii"))
        elif kind == "text":
            yield Token("text", text=match["text"])


def palette(data: bytes) -> list[str]:
    """Return the colours that the file's numbers mean, six hexadecimal digits each; the first mostly is none."""
    table = re.search(rb"\\colortbl([^{}]*)\}", data)
    found = []
    for entry in table[1].split(b";") if table else ():
        parts = [re.search(rb"\\%s(\d{1,3})" % name, entry) for name in (b"red", b"green", b"blue")]
        found.append("".join(f"{min(int(part[1]), 255):02x}" if part else "" for part in parts))
    return [colour if len(colour) == 6 else "" for colour in found]


def charset(number: int) -> str:
    """Return the encoding of the fonts with this character set, or an empty string where the document's own holds."""
    return SYMBOLS if number == 2 else _CHARSETS.get(number, "")


def decode(data: bytes, encoding: str) -> str:
    """Return the characters that *data* stands for; a byte that the encoding has not stands for itself."""
    if encoding == SYMBOLS:  # the place where Word keeps such signs too
        return "".join(chr(byte) if byte < 0x80 else chr(0xF000 + byte) for byte in data)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        if data.isascii() or len(data) == 1:
            return data.decode("latin-1")
        return "".join(decode(data[at : at + 1], encoding) for at in range(len(data)))


def date_of(number: int) -> str:
    """Return the date and time that Word packs into one *number*, in ISO 8601, or an empty string."""
    bits = number & 0xFFFFFFFF
    minute, hour, day = bits & 63, bits >> 6 & 31, bits >> 11 & 31
    month, year = bits >> 16 & 15, 1900 + (bits >> 20 & 511)
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        return ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"


@dataclass(slots=True)
class State:
    """What holds for the characters that come; every group has its own.

    `kind` is the destination the group belongs to, `is_own` whether it is the very group that named it; `skips` says that the page
    doesn't show it.
    """

    to: Piece
    kind: str = ""
    is_own: bool = False
    is_starred: bool = False
    skips: bool = False
    uc: int = 1
    font: int | None = None
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    raised: bool = False
    ground: int = 0
    ink: int = 0
    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    style: int = 0
    has_outline: bool = False
    in_table: bool = False
    depth: int = 0

    def plain(self) -> None:
        """Take back what was said of characters."""
        self.bold = self.italic = self.underlined = self.struck = self.raised = False
        self.hidden = self.deleted = self.revised = False
        self.ground = self.ink = 0
        self.font = None

    def paragraph(self) -> None:
        """Take back what was said of paragraphs."""
        self.style, self.has_outline, self.in_table, self.depth = 0, False, False, 0

    @property
    def level(self) -> int:
        """How many tables the paragraph stands in."""
        return max(self.depth, int(self.in_table))


@dataclass(slots=True)
class _Cells:
    """The row being written at one level of tables."""

    table: int
    start: int | None = None
    done: list[tuple[int, int]] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A text being written, with what is known of its stretches: the body, a note, a text box, a comment, a page header.

    `rows` come with the right edges of their cells, in twips, and how each is merged (``"v"``, ``"h"`` or nothing); `begun` says
    whether the paragraph being written has any character.
    """

    out: list[str] = field(default_factory=list)
    at: int = 0
    headings: list[int] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    listed: list[tuple[int, str]] = field(default_factory=list)
    rows: list[tuple[Row, list[int], list[str]]] = field(default_factory=list)
    colours: list[tuple[int, int, int, int]] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)
    begun: bool = False
    _pending: str = ""
    _levels: list[_Cells] = field(default_factory=list)
    _tables: int = 0

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self.out)

    def put(self, text: str, state: State) -> int:
        """Write characters in the paragraph that *state* describes, and return where they begin."""
        self._open(state.level)
        start = self.at
        self.raw(text)
        look = state.bold, state.italic, state.underlined, state.struck, state.raised
        if any(look):
            last = self.formats[-1] if self.formats else None
            if last is not None and replace(last, start=last.end, end=last.end) == Format(start, start, *look):
                self.formats[-1] = replace(last, end=self.at)
            else:
                self.formats.append(Format(start, self.at, *look))
        if state.ground or state.ink:
            self.colours.append((start, self.at, state.ground, state.ink))
        self.begun = True
        return start

    def raw(self, text: str) -> None:
        """Write characters just so."""
        self.out.append(text)
        self.at += len(text)

    def _open(self, level: int) -> None:
        """Write what separates the new characters from the old, and begin the cells they stand in."""
        if not self.begun:
            del self._levels[level:]  # behind a table
        self.raw(self._pending)
        self._pending = ""
        while len(self._levels) < level:
            self._levels.append(_Cells(self._tables))
            self._tables += 1
        for cells in self._levels[:level]:
            if cells.start is None:
                cells.start = self.at

    def end_paragraph(self, state: State) -> None:
        """End the paragraph; the text boxes anchored to it stand behind it."""
        self._open(state.level)
        self._behind()
        self._pending, self.begun = "\n", False

    def _behind(self) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            box.finish()
            if box.text.strip():
                self.raw("\n")
                self.take(box)

    def end_cell(self, level: int) -> None:
        """End the cell at this level of tables."""
        self._open(level)
        self._behind()
        cells = self._levels[level - 1]
        cells.done.append((self.at if cells.start is None else cells.start, self.at))
        cells.start = None
        self._pending, self.begun = "\t", False

    def end_row(self, level: int, edges: list[int], merged: list[str]) -> None:
        """End the row at this level of tables; *edges* and *merged* say how its cells lie."""
        if level > len(self._levels) or not self._levels[level - 1].done:
            return
        del self._levels[level:]
        cells = self._levels[level - 1]
        self.rows.append((Row(cells.table, tuple(cells.done), depth=level - 1), list(edges), list(merged)))
        cells.done = []
        self._pending, self.begun = "\n", False

    def finish(self) -> None:
        """End the text; the end of its last paragraph is no character."""
        self._behind()
        self._pending = ""
        for place, cells in reversed(list(enumerate(self._levels))):  # rows that were cut off
            if cells.start is not None:
                cells.done.append((cells.start, self.at))
            if cells.done:
                self.rows.append((Row(cells.table, tuple(cells.done), depth=place), [], []))
        self._levels = []

    def take(self, other: Piece) -> None:
        """Append *other* with all that is known of it."""
        shift = self.at
        self.raw(other.text)
        self.headings += [at + shift for at in other.headings]
        self.listed += [(at + shift, kind) for at, kind in other.listed]
        self.formats += [replace(f, start=f.start + shift, end=f.end + shift) for f in other.formats]
        self.colours += [(start + shift, end + shift, ground, ink) for start, end, ground, ink in other.colours]
        for row, edges, merged in other.rows:
            cells = tuple((start + shift, end + shift) for start, end in row.cells)
            self.rows.append((replace(row, table=row.table + self._tables, cells=cells), edges, merged))
        self._tables += other._tables

    def gridded(self) -> tuple[Row, ...]:
        """Return the rows with the columns of the grid that their cells begin at."""
        grids: dict[int, set[int]] = {}
        for row, edges, _ in self.rows:
            if len(edges) == len(row.cells):
                grids.setdefault(row.table, set()).update(edges)
        made = []
        for row, edges, merged in self.rows:
            if len(edges) != len(row.cells):
                made.append(row)
                continue
            order = {edge: place + 1 for place, edge in enumerate(sorted(grids[row.table]))}
            columns = [0, *(order[edge] for edge in edges[:-1])]
            kept = [
                place for place, how in enumerate(merged) if how != "h" or row.cells[place][0] < row.cells[place][1]
            ]
            row = replace(row, cells=tuple(row.cells[place] for place in kept))
            usual = [columns[place] for place in kept] == list(range(len(kept))) and "v" not in merged
            if not usual:
                row = replace(
                    row,
                    columns=tuple(columns[place] for place in kept),
                    merged=tuple(merged[place] == "v" for place in kept),
                )
            made.append(row)
        return tuple(made)


@dataclass(slots=True)
class Remark:
    """A comment being read: its range's number, its author and date, and its text."""

    at: int
    author: str = ""
    ref: int | None = None
    date: str = ""
    parent: int | None = None
    piece: Piece = field(default_factory=Piece)

    def comment(self, ranges: dict[int, list[int]]) -> Comment:
        """Return the comment with the range it stands beside."""
        start, end = ranges.get(-1 if self.ref is None else self.ref, [self.at, self.at])
        self.piece.finish()
        return Comment(start, max(start, end), self.piece.text.strip(), self.author.strip(), self.date)

"""What report sections are made of. Each kind of block has one template, ``blocks/<kind>.html``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import ClassVar, Literal

__all__ = [
    "Block",
    "Box",
    "Chip",
    "Content",
    "Definitions",
    "Figure",
    "Heading",
    "Line",
    "Link",
    "Listing",
    "Matrix",
    "Paragraph",
    "Piece",
    "QuoteItem",
    "Quotes",
    "Sign",
    "Table",
    "TranscriptLines",
]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another place of the report; plain words where `href` is empty."""

    text: str
    href: str = ""
    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol with the words that a screen reader says in its place."""

    symbol: str
    meaning: str
    kind: ClassVar[str] = "sign"


@dataclass(frozen=True, slots=True)
class Chip:
    """A code's short label with its colour; `machine` gives it the dashed outline of what nobody has decided on."""

    label: str
    title: str
    colour: str
    href: str = ""
    sign: Sign | None = None
    machine: bool = False
    kind: ClassVar[str] = "chip"


Inline = str | Link | Sign | Chip
Content = Inline | tuple[Inline, ...]
"""What stands in a line or a table cell: plain words, escaped when rendered, and the inline kinds above."""


@dataclass(frozen=True, slots=True)
class Block:
    """The base of all blocks."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside a section, with a chip of the code it is about, if any."""

    text: str
    chip: Chip | None = None
    anchor: str = ""
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Words. *note* is a caution beside figures, *lead* a line that sums up, *memo* a researcher's note."""

    content: Content
    tone: Literal["", "lead", "note", "memo"] = ""
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Box(Block):
    """A dotted box that waits for the researcher's own words."""

    text: str
    kind: ClassVar[str] = "box"


@dataclass(frozen=True, slots=True)
class Definitions(Block):
    """Pairs of term and description."""

    rows: tuple[tuple[str, Content], ...]
    kind: ClassVar[str] = "definitions"


@dataclass(frozen=True, slots=True)
class Listing(Block):
    """A bulleted list; without bullets where the items are `numbered` by themselves."""

    items: tuple[Content, ...]
    numbered: bool = False
    kind: ClassVar[str] = "listing"


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table whose first column names its rows. `numeric` are the columns, from 0, of figures; `wide` prints across.

    With `grouped`, what several rows in turn begin with is written once for all of them, and they stay on one page.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    numeric: frozenset[int] = frozenset()
    wide: bool = False
    grouped: bool = False
    kind: ClassVar[str] = "table"

    @property
    def groups(self) -> tuple[tuple[Content, tuple[tuple[Content, ...], ...]], ...]:
        """Neighbouring rows that begin alike: what they begin with, and the rest of each."""
        each = groupby(self.rows, key=itemgetter(0))
        return tuple((first, tuple(row[1:] for row in rows)) for first, rows in each)


@dataclass(frozen=True, slots=True)
class Matrix(Block):
    """A table of signs or counts, with chips at the head of its columns and a legend; `names` where cells hold names, which wrap."""

    caption: str
    corner: str
    columns: tuple[Chip, ...]
    rows: tuple[tuple[Content, ...], ...]
    legend: Content = ""
    names: bool = False
    kind: ClassVar[str] = "matrix"


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """One quote with the link to its place; `machine` marks words that only rules have picked, `withheld` a notice in place of words.

    `question` is what was asked before, for an answer that cannot be understood without it.
    """

    text: str
    source: Content
    question: str = ""
    chips: tuple[Chip, ...] = ()
    remarks: tuple[str, ...] = ()
    memo: str = ""
    translation: str = ""
    machine: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Quotes(Block):
    """Quotes, with a line that says how they were picked."""

    items: tuple[QuoteItem, ...]
    note: str = ""
    kind: ClassVar[str] = "quotes"


@dataclass(frozen=True, slots=True)
class Figure(Block):
    """A drawing as HTML with inline SVG, made by `qualcode.reports.figures`, which escapes every word in it."""

    drawing: str
    caption: str
    kind: ClassVar[str] = "figure"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a turn's words that bears the same codes; `machine` where only suggestions mark it, `withheld` for a notice in their place."""

    text: str
    colour: str = ""
    title: str = ""
    machine: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One turn (or one line of a source without turns) in a numbered transcript."""

    anchor: str
    number: str
    speaker: str
    voice: bool
    pieces: tuple[Piece, ...]
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptLines(Block):
    """A numbered transcript with the codes of each turn in its margin."""

    caption: str
    lines: tuple[Line, ...]
    kind: ClassVar[str] = "transcript"

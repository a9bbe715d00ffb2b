"""What a word processor's document says, whichever program and format it comes from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bookmark", "Colour", "Comment", "Document", "Format", "Row"]


@dataclass(frozen=True, slots=True)
class Format:
    """A stretch of the text, in code points, that is bold, italic, underlined, struck out or raised above the line."""

    start: int
    end: int
    bold: bool
    italic: bool
    underlined: bool = False
    struck: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Colour:
    """A stretch of the text, in code points, on a coloured `ground` (highlighted or shaded) or in coloured `ink`.

    Both are six hexadecimal digits in small letters, or empty where nothing is said. `is_cell` tells that the ground is that of a whole
    cell of a table, which may be empty.
    """

    start: int
    end: int
    ground: str = ""
    ink: str = ""
    is_cell: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `cells` holds the start and end of each, in code points; `table` counts tables from 0.

    `columns` says at which column of the grid each cell begins, from 0, where cells span several; `merged` which cells go on from the
    row above. Both are empty where nothing is merged. `depth` is 0 for a table that stands in no other.
    """

    table: int
    cells: tuple[tuple[int, int], ...]
    columns: tuple[int, ...] = ()
    merged: tuple[bool, ...] = ()
    depth: int = 0

    @property
    def places(self) -> tuple[int, ...]:
        """At which column of the grid each cell begins."""
        return self.columns or tuple(range(len(self.cells)))

    def goes_on(self, cell: int) -> bool:
        """Tell whether the cell at this place goes on from the row above."""
        return bool(self.merged) and self.merged[cell]


@dataclass(frozen=True, slots=True)
class Comment:
    """A note in the margin on a stretch of the text, in code points; ``start == end`` where it marks a place only.

    `at` is when it was written, as the program says it (ISO 8601, perhaps without a zone), or empty. `replies` are those of others, or of
    the author, below it.
    """

    start: int
    end: int
    text: str
    author: str = ""
    at: str = ""
    resolved: bool = False
    replies: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A named stretch of the text that the reader of the page does not see."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    r"""What a document of a word processor says.

    `text` is its paragraphs joined by ``\n``, the cells of a table row by tabs, then from `notes_start` on the footnotes and
    endnotes, each behind the ``[1]`` that also stands where it is called. `headings` are the starts of paragraphs with a heading
    style, `formats` what is bold, italic, underlined, struck out or raised, `rows` the table rows, `listed` the starts of paragraphs that
    the program puts a ``"bullet"`` or a ``"number"`` before (which is not in the text), `comments` the notes in the margin and
    `bookmarks` the named stretches, `colours` what is highlighted, shaded or coloured, in the order of the text; the counts say what is not in the text, `cut_off` how
    many groups were still open where the file broke off.
    """

    text: str
    notes_start: int
    headings: tuple[int, ...] = ()
    formats: tuple[Format, ...] = ()
    rows: tuple[Row, ...] = ()
    listed: tuple[tuple[int, str], ...] = ()
    deleted: int = 0
    inserted: int = 0
    hidden: int = 0
    numbered: int = 0
    comments: tuple[Comment, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    embedded: int = 0
    text_boxes: int = 0
    cut_off: int = 0
    margins: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = ()

"""What a word processor's document says, whichever program and format it comes from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Document", "Format", "Row"]


@dataclass(frozen=True, slots=True)
class Format:
    """A stretch of the text, in code points, that is bold or italic."""

    start: int
    end: int
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `cells` holds the start and end of each, in code points; `table` counts tables from 0."""

    table: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Document:
    r"""What a document of a word processor says.

    `text` is its paragraphs joined by ``\n``, the cells of a table row by tabs, then from `notes_start` on the footnotes and
    endnotes, each behind the ``[1]`` that also stands where it is called. `headings` are the starts of paragraphs with a heading
    style, `formats` what is bold or italic, `rows` the table rows; the counts say what is not in the text.
    """

    text: str
    notes_start: int
    headings: tuple[int, ...] = ()
    formats: tuple[Format, ...] = ()
    rows: tuple[Row, ...] = ()
    deleted: int = 0
    inserted: int = 0
    hidden: int = 0
    numbered: int = 0
    comments: int = 0
    embedded: int = 0
    text_boxes: int = 0
    margins: tuple[str, ...] = ()

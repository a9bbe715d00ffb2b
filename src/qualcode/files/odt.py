"""OpenDocument texts, as LibreOffice and Google Docs write them: an own walk over the XML that loses no text.

Every element is entered; only what the reader of the page doesn't see either (tracked deletions, the drawn titles of pictures) is
left out, and counted. The result is the same as of a Word document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.files._opendocument import Look, Styles, attribute, flat, name_of
from qualcode.files._opendocument_margin import Margin
from qualcode.files.archive import Archive, Limits, parse_xml
from qualcode.files.document import Colour, Document, Format, Row
from qualcode.files.recognise import describe, sniff

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_odt"]

_SILENT = {
    "office:forms",
    "office:event-listeners",
    "office:change-info",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "text:dde-connection-decls",
    "text:alphabetical-index-auto-mark-file",
    "text:table-of-content-source",
    "text:note-citation",
    "text:soft-page-break",
    "table:named-expressions",
    "svg:title",
    "svg:desc",
    "math:annotation",
}
_BLOCKS = {"text:p", "text:h", "text:list", "table:table"}
_DRAWN = {
    "draw:frame",
    "draw:g",
    "draw:custom-shape",
    "draw:rect",
    "draw:line",
    "draw:ellipse",
    "draw:polygon",
    "draw:path",
}
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
"""More spaces in a row, or copies of one cell, are nobody's text but an attack on the memory."""


def read_odt(data: bytes, *, file: str, limits: Limits | None = None) -> Document:
    """Return what the OpenDocument text in *data* says.

    Parameters
    ----------
    data : bytes
        The .odt file, or a flat .fodt file.
    file : str
        Its name, for messages.
    limits : Limits
        What the archive may hold.

    Raises
    ------
    InputError
        If it is no OpenDocument text, damaged, password-protected, or not safe to open.
    """
    kind = sniff(data)
    if kind == "text" and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        root = parse_xml(data, file=file)
        styles = root
    elif kind not in {"odt", "zip", "ole2"} and data.strip():
        raise _no_text(file, kind)
    else:
        archive = Archive(data, file=file, limits=limits)
        _refuse_password(archive, file)
        if "content.xml" not in archive and kind != "odt":
            raise _no_text(file, kind)
        root = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive else root
    body = next((e for e in root.iter() if name_of(e) == "office:text"), None)
    if body is None:
        raise _no_text(file, kind)
    walk = _Walk(Styles((styles, root) if styles is not root else (root,)))
    walk.blocks(body)
    return walk.document(tuple(_margins(styles)))


def _no_text(file: str, kind: str) -> InputError:
    return InputError(
        N_("the file is {kind}, not an OpenDocument text, whatever its name says"),
        hint=N_("Give it the name it should have, or save it as .odt or .docx first."),
        file=file,
        kind=describe(kind),
    )


def _refuse_password(archive: Archive, file: str) -> None:
    manifest = "META-INF/manifest.xml"
    if (manifest in archive and b"encryption-data" in archive.read(manifest)) or "encrypted-package" in archive:
        raise InputError(
            N_("the file is protected by a password"),
            hint=N_("Take the password off in the program that made it, and import the file again."),
            file=file,
        )


def _margins(root: _Element) -> Iterator[str]:
    """Yield what stands in the headers and footers of the pages, each text once."""
    texts = (
        flat(part)
        for page in root.iter()
        if name_of(page) == "style:master-page"
        for part in page
        if name_of(part).startswith(("style:header", "style:footer"))
    )
    yield from dict.fromkeys(text for text in texts if text)


class _Walk:
    """Collects the text of one document, in order, with the position reached."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._out: list[str] = []
        self._at = 0
        self._headings: list[int] = []
        self._formats: list[Format] = []
        self._colours: list[Colour] = []
        self._rows: list[Row] = []
        self._listed: list[tuple[int, str]] = []
        self._tables = 0
        self._depth = 0
        self._boxes: list[_Element] = []
        self._notes: list[_Element] = []
        self._separator = ""
        self._started = False
        self._blank = True  # white space is dropped at the start of a paragraph and behind other white space
        self._lists: list[str] = []
        self._counts = dict.fromkeys(("deleted", "inserted", "hidden", "numbered", "embedded", "text_boxes"), 0)
        self._margin = Margin()

    def _put(self, text: str) -> None:
        if text:
            self._out.append(text)
            self._at += len(text)

    def _begin(self) -> None:
        """Write what separates the block that begins from the one before."""
        if self._started:
            self._put(self._separator)
        self._started, self._separator, self._blank = True, "\n", True

    def blocks(self, parent: _Element) -> None:
        """Write the paragraphs and tables below *parent*, in order."""
        for child in parent:
            self._block(child, name_of(child))

    def _block(self, block: _Element, name: str, listed: str = "") -> None:
        if name in {"text:p", "text:h"}:
            self._paragraph(block, is_heading=name == "text:h", listed=listed)
        elif name == "table:table":
            self._table(block)
        elif name == "text:list":
            self._list(block)
        elif name == "text:tracked-changes":
            self._changes(block)
        elif name in _DRAWN:
            self._box(block)  # anchored to the page rather than to a paragraph
        elif name and name not in _SILENT and not self._margin.see(block, name, self._at):
            if name == "text:section" and self._is_hidden(block):
                self._counts["hidden"] += 1
            self.blocks(block)

    def _is_hidden(self, section: _Element) -> bool:
        style = attribute(section, "text:style-name")
        return attribute(section, "text:display") == "none" or self._styles.is_hidden(style)

    def _changes(self, changes: _Element) -> None:
        for element in changes.iter():
            name = name_of(element)
            if name == "text:deletion":
                self._counts["deleted"] += 1
            elif name == "text:insertion":
                self._counts["inserted"] += 1

    def _list(self, element: _Element) -> None:
        style = attribute(element, "text:style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(style)
        for item in element:
            is_item = name_of(item) == "text:list-item"
            for place, child in enumerate(item):
                kind = self._styles.list_kind(style) if is_item and place == 0 else ""
                self._block(child, name_of(child), listed=kind)
        self._lists.pop()

    def _paragraph(self, paragraph: _Element, *, is_heading: bool, listed: str = "") -> None:
        style = attribute(paragraph, "text:style-name")
        self._begin()
        if is_heading or self._styles.is_heading(style):
            self._headings.append(self._at)
        if listed:
            self._counts["numbered"] += 1
            self._listed.append((self._at, listed))
        outer, self._boxes = self._boxes, []
        self._inside(paragraph, self._styles.look("paragraph", style))
        boxes, self._boxes = self._boxes, outer
        for box in boxes:  # a text box stands on its own line behind the paragraph that anchors it
            self._box(box)

    def _box(self, box: _Element) -> None:
        if not flat(box):
            return  # a picture
        self._counts["text_boxes"] += 1
        self._separator = "\n"
        if (name := name_of(box)) in _BLOCKS:
            self._block(box, name)
        else:
            self.blocks(box)

    def _inside(self, parent: _Element, look: Look) -> None:
        self._characters(parent.text, look)
        for child in parent:
            self._element(child, name_of(child), look)
            self._characters(child.tail, look)

    def _characters(self, text: str | None, look: Look) -> None:
        """Write characters with their white space collapsed, as OpenDocument says."""
        if not text:
            return
        plain = _WHITE.sub(" ", text)
        if self._blank:
            plain = plain.removeprefix(" ")
        self._exactly(plain, look)
        self._blank = plain.endswith(" ") or (self._blank and not plain)

    def _exactly(self, text: str, look: Look) -> None:
        start = self._at
        self._put(text)
        if self._at > start and any(look[:5]):
            last = self._formats[-1] if self._formats else None
            if last is not None and _look_of(last) == look[:5] and last.end == start:
                self._formats[-1] = replace(last, end=self._at)
            else:
                self._formats.append(Format(start, self._at, *look[:5]))

        if self._at > start and (look.ground or look.ink):
            self._colours.append(Colour(start, self._at, look.ground, look.ink))

    def _element(self, element: _Element, name: str, look: Look) -> None:
        if name == "text:span":
            own = self._styles.look("text", attribute(element, "text:style-name"), look)
            if own.hidden and not look.hidden and flat(element):
                self._counts["hidden"] += 1
            self._inside(element, own)
        elif name in {"text:s", "text:tab", "text:line-break"}:
            count = attribute(element, "text:c")
            spaces = min(int(count), _MOST_SPACES) if count.isdecimal() else 1
            self._exactly({"text:tab": "\t", "text:line-break": "\n"}.get(name, " " * spaces), look)
            self._blank = False
        elif name == "text:note":
            self._notes.append(element)
            self._exactly(f"[{len(self._notes)}]", look)
            self._blank = False
        elif name in _DRAWN or name in _BLOCKS:  # paragraphs are not allowed here, but nothing may be lost
            self._boxes.append(element)
        elif name in {"text:hidden-text", "text:hidden-paragraph", "text:conditional-text"}:
            self._counts["hidden"] += bool(flat(element))
            self._inside(element, look)
        elif name and name not in _SILENT and not self._margin.see(element, name, self._at):
            self._inside(element, look)

    def _table(self, table: _Element) -> None:
        number = self._tables
        self._tables += 1
        self._depth += 1
        for row in _members(table, {"table:table-row"}):
            cells: list[tuple[int, int]] = []
            columns: list[int] = []
            merged: list[bool] = []
            column = spanned = 0
            for cell in _members(row, {"table:table-cell", "table:covered-table-cell"}):
                is_covered = name_of(cell) == "table:covered-table-cell"
                if is_covered and spanned and not flat(cell):
                    spanned -= 1  # the cell to its left reaches over it
                    column += 1
                    continue
                spanned = 0 if is_covered else _number(cell, "table:number-columns-spanned") - 1
                for _ in range(_number(cell, "table:number-columns-repeated") if flat(cell) else 1):
                    cells.append(self._cell(cell, is_first=not cells))
                    columns.append(column)
                    merged.append(is_covered)
                    column += 1
            self._separator = "\n"
            if cells:
                usual = columns == list(range(len(cells))) and not any(merged)
                grid = ((), ()) if usual else (tuple(columns), tuple(merged))
                self._rows.append(Row(number, tuple(cells), *grid, depth=self._depth - 1))
        self._depth -= 1

    def _cell(self, cell: _Element, *, is_first: bool) -> tuple[int, int]:
        """Write a cell and return where it begins and ends."""
        if not is_first:
            self._separator = "\t"
            self._started = True
        self._begin()
        start = self._at
        self._started = False  # the cell's first paragraph begins here
        outer, self._lists = self._lists, []
        self.blocks(cell)
        self._lists = outer
        self._started = True
        if fill := self._styles.fill(attribute(cell, "table:style-name")):
            self._colours.append(Colour(start, self._at, fill, is_cell=True))
        return start, self._at

    def document(self, margins: tuple[str, ...]) -> Document:
        """Return the finished document: the notes are written behind the body, each behind its number."""
        body_end = self._at
        at = 0
        while at < len(self._notes):  # a note may call another
            note = self._notes[at]
            at += 1
            if not flat(note):
                continue
            self._separator = "\n"
            self._begin()
            self._put(f"[{at}] ")
            self._started = False
            self.blocks(note)
            self._started = True
        return Document(
            text="".join(self._out),
            notes_start=body_end,
            headings=tuple(self._headings),
            formats=tuple(self._formats),
            rows=tuple(self._rows),
            listed=tuple(self._listed),
            comments=self._margin.comments(),
            bookmarks=self._margin.bookmarks(),
            margins=margins,
            colours=tuple(self._colours),
            **self._counts,
        )


def _look_of(stretch: Format) -> tuple[bool, ...]:
    return stretch.bold, stretch.italic, stretch.underlined, stretch.struck, stretch.raised


def _number(element: _Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, min(int(value), _MOST_SPACES)) if value.isdecimal() else 1


def _members(parent: _Element, wanted: set[str]) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, also those within groups and heading rows."""
    for child in parent:
        name = name_of(child)
        if name in wanted:
            yield child
        elif name in {
            "table:table-header-rows",
            "table:table-rows",
            "table:table-row-group",
            "table:table-header-columns",
        }:
            yield from _members(child, wanted)

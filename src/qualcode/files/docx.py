"""Word documents: an own walk over the XML that loses no text.

Python's usual readers drop what stands in content controls, tracked insertions and text boxes. Here every element is entered,
and only what the reader of the page doesn't see either (tracked deletions, field codes) is left out, and counted.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.files._word import (
    LETTERS,
    Look,
    Numbering,
    Styles,
    child_of,
    colours_of,
    flat,
    is_on,
    name_of,
    plain,
    value_of,
)
from qualcode.files._word_margin import Ranges, comments_in
from qualcode.files.archive import Archive, Limits
from qualcode.files.document import Colour, Comment, Document, Format, Row
from qualcode.files.recognise import describe, sniff

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_docx"]

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SILENT = {"rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def read_docx(data: bytes, *, file: str, limits: Limits | None = None) -> Document:
    """Return what the Word document in *data* says.

    Parameters
    ----------
    data : bytes
        The .docx (or .docm) file.
    file : str
        Its name, for messages.
    limits : Limits
        What the archive may hold.

    Raises
    ------
    InputError
        If it is no Word document, damaged, password-protected, or not safe to open.
    """
    kind = sniff(data)
    if kind not in {"docx", "zip", "ole2"} and data.strip():
        raise _no_word(file, kind)
    archive = Archive(data, file=file, limits=limits)
    main = _main_part(archive, kind, file)
    parts = _parts(archive, main)
    walk = _Walk(Styles(archive, parts.get("styles", "")), Numbering(archive, parts.get("numbering", "")))
    root = archive.xml(main)
    if name_of(root) != "document":
        raise _no_word(file, kind)
    walk.blocks(root)
    body_end = walk.finish_body()
    for name in ("footnotes", "endnotes"):
        if name in parts:
            walk.notes(archive.xml(parts[name]), name)
    margins = tuple(
        text for part in sorted(_all_parts(archive, main, ("header", "footer"))) if (text := flat(archive.xml(part)))
    )
    comments: tuple[Comment, ...] = ()
    if "comments" in parts:
        extended = archive.xml(parts["commentsExtended"]) if "commentsExtended" in parts else None
        comments = comments_in(archive.xml(parts["comments"]), extended, walk.ranges, body_end)
    return walk.document(body_end, margins, comments)


def _no_word(file: str, kind: str) -> InputError:
    return InputError(
        N_("the file is {kind}, not a Word document, whatever its name says"),
        hint=N_("Give it the name it should have, or save it as Word (.docx) first."),
        file=file,
        kind=describe(kind),
    )


def _relations(archive: Archive, path: str) -> Iterator[tuple[str, str]]:
    if path not in archive:
        return
    folder = posixpath.dirname(posixpath.dirname(path))
    for relation in archive.xml(path):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target") or ""
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield (relation.get("Type") or "").rsplit("/", 1)[-1], full


def _main_part(archive: Archive, kind: str, file: str) -> str:
    for name, target in _relations(archive, "_rels/.rels"):
        if name == "officeDocument" and target in archive:
            if not target.startswith("xl/"):
                return target
            break
    if "word/document.xml" in archive:
        return "word/document.xml"
    if kind == "docx":
        archive.read("word/document.xml")  # says that the part is missing
    raise _no_word(file, kind)


def _all_parts(archive: Archive, main: str, kinds: tuple[str, ...]) -> set[str]:
    folder, name = posixpath.split(main)
    relations = _relations(archive, posixpath.join(folder, "_rels", name + ".rels"))
    return {target for kind, target in relations if kind in kinds and target in archive}


def _parts(archive: Archive, main: str) -> dict[str, str]:
    kinds = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended")
    return {kind: min(found) for kind in kinds if (found := _all_parts(archive, main, (kind,)))}


class _Walk:
    """Collects the text of one document, in order, with the position reached."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._out: list[str] = []
        self._at = 0
        self._headings: list[int] = []
        self._formats: list[Format] = []
        self._colours: list[Colour] = []
        self._rows: list[Row] = []
        self._listed: list[tuple[int, str]] = []
        self._tables = 0
        self._depth = 0
        self.ranges = Ranges()
        self._boxes: list[_Element] = []
        self._notes: list[tuple[str, str]] = []
        self._separator = ""
        self._started = False
        self._counts = dict.fromkeys(("deleted", "inserted", "hidden", "numbered", "embedded", "text_boxes"), 0)

    def _put(self, text: str) -> None:
        if text:
            self._out.append(text)
            self._at += len(text)

    def _begin(self) -> None:
        """Write what separates the block that begins from the one before."""
        if self._started:
            self._put(self._separator)
        self._started, self._separator = True, "\n"

    def blocks(self, parent: _Element) -> None:
        """Write the paragraphs and tables below *parent*, in order."""
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in {"del", "moveFrom"}:
                self._counts["deleted"] += 1
            elif name == "altChunk":
                self._counts["embedded"] += 1
            elif name == "r":  # not allowed here, but nothing may be lost
                self._begin()
                self._run(child, Look())
            elif name == f"{{{_COMPATIBILITY}}}AlternateContent":
                for branch in _once(child):
                    self.blocks(branch)
            elif name and name not in _SILENT and not self.ranges.see(child, name, self._at):
                self.blocks(child)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = child_of(paragraph, "pPr")
        self._begin()
        if self._styles.is_heading(properties):
            self._headings.append(self._at)
        numbering = self._styles.numbering(properties)
        if numbering is not None and (kind := self._numbering.kind(numbering)):
            self._counts["numbered"] += 1
            self._listed.append((self._at, kind))
        outer, self._boxes = self._boxes, []
        self._runs(paragraph, self._styles.look(properties, "pStyle"))
        if child_of(properties, "rPr", "del") is not None:
            self._separator = ""  # its end was deleted, so the next paragraph goes on in this one
        boxes, self._boxes = self._boxes, outer
        for box in boxes:  # a text box stands on its own line behind the paragraph that anchors it
            self._counts["text_boxes"] += 1
            self._separator = "\n"
            self.blocks(box)

    def _runs(self, parent: _Element, look: Look) -> None:
        for child in parent:
            name = name_of(child)
            if name == "r":
                self._run(child, look)
            elif name in {"del", "moveFrom"}:
                self._counts["deleted"] += 1
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == f"{{{_COMPATIBILITY}}}AlternateContent":
                for branch in _once(child):
                    self._runs(branch, look)
            elif name in {"p", "tbl"}:  # not allowed here, but nothing may be lost
                self._boxes.append(parent)
                return
            elif name and name not in _SILENT:
                if name in {"ins", "moveTo"}:
                    self._counts["inserted"] += 1
                if not self.ranges.see(child, name, self._at) and not self._characters(child, name):
                    self._runs(child, look)

    def _run(self, run: _Element, look: Look) -> None:
        properties = child_of(run, "rPr")
        own = look.with_(properties, self._styles.look(properties, "rStyle"))
        start = self._at
        self._runs(run, look)
        if self._at > start:
            if any(own):
                self._formats.append(Format(start, self._at, *own))
            if any(colours := colours_of(properties)):
                self._colours.append(Colour(start, self._at, *colours))
            if is_on(properties, "vanish"):
                self._counts["hidden"] += 1

    def _characters(self, element: _Element, name: str) -> bool:
        """Write the element if it stands for characters; tell whether it did."""
        if name == "t":
            self._put(plain(element))
        elif name in _CHARACTERS:
            self._put(_CHARACTERS[name])
        elif name == "sym":
            code = value_of(element, "char") or ""
            if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) and 0x20 <= int(code, 16) <= 0x10FFFF:
                self._put(chr(int(code, 16)) if not 0xD800 <= int(code, 16) < 0xE000 else "")
        elif name in {"footnoteReference", "endnoteReference"}:
            self._notes.append((name.removesuffix("Reference") + "s", value_of(element, "id") or ""))
            self._put(f"[{len(self._notes)}]")
        elif name in LETTERS:
            self._put(plain(element))
        else:
            return False
        return True

    def _table(self, table: _Element) -> None:
        number = self._tables
        self._tables += 1
        self._depth += 1
        for row in _members(table, "tr"):
            if child_of(row, "trPr", "del") is not None:
                self._counts["deleted"] += 1
                continue
            cells: list[tuple[int, int]] = []
            columns: list[int] = []
            merged: list[bool] = []
            column = _number(child_of(row, "trPr", "gridBefore"), 0)
            for cell in _members(row, "tc"):
                if cells:
                    self._separator = "\t"
                    self._started = True
                self._begin()
                start = self._at
                self._started = False  # the cell's first paragraph begins here
                self.blocks(cell)
                self._started = True
                cells.append((start, self._at))
                if fill := colours_of(child_of(cell, "tcPr"))[0]:
                    self._colours.append(Colour(start, self._at, fill, is_cell=True))
                columns.append(column)
                column += max(1, _number(child_of(cell, "tcPr", "gridSpan"), 1))
                above = child_of(cell, "tcPr", "vMerge")
                merged.append(above is not None and value_of(above, "val") in {None, "continue"})
            self._separator = "\n"
            if cells:
                whole = columns == list(range(len(cells)))
                places = () if whole else tuple(columns)
                self._rows.append(
                    Row(number, tuple(cells), places, tuple(merged) if any(merged) else (), self._depth - 1)
                )
        self._depth -= 1

    def finish_body(self) -> int:
        """Return where the body ends."""
        return self._at

    def notes(self, root: _Element, kind: str) -> None:
        """Write the notes of one part, each behind its number."""
        bodies = {value_of(note, "id") or "": note for note in root if value_of(note, "type") in {None, "normal"}}
        called = {key: number for number, (part, key) in enumerate(self._notes, 1) if part == kind}
        for key, note in bodies.items():
            if not flat(note):
                continue
            self._separator = "\n"
            self._begin()
            self._put(f"[{called[key]}] " if key in called else "[–] ")
            self._started = False
            self.blocks(note)
            self._started = True

    def document(self, body_end: int, margins: tuple[str, ...], comments: tuple[Comment, ...]) -> Document:
        """Return the finished document."""
        return Document(
            text="".join(self._out),
            notes_start=body_end,
            headings=tuple(self._headings),
            formats=tuple(self._formats),
            rows=tuple(self._rows),
            listed=tuple(self._listed),
            comments=comments,
            bookmarks=self.ranges.marks(),
            margins=margins,
            colours=tuple(self._colours),
            **self._counts,
        )


def _number(element: _Element | None, otherwise: int) -> int:
    """Return the whole number that the value of *element* is."""
    said = "" if element is None else value_of(element, "val") or ""
    return int(said) if re.fullmatch(r"\d{1,4}", said) else otherwise


def _members(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, also those wrapped in content controls or custom XML."""
    for child in parent:
        name = name_of(child)
        if name == wanted:
            yield child
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
            yield from _members(child, wanted)


def _once(alternate: _Element) -> list[_Element]:
    """Return the branch of an AlternateContent to read: the first choice that holds text, else the fallback."""
    branches = list(alternate.iterchildren("*"))
    for branch in branches:
        if any(name_of(e) == "t" or e.tag in LETTERS for e in branch.iter()):
            return [branch]
    return branches[:1]

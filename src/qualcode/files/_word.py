"""Word's XML: names without their namespaces, properties, and what the styles say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualcode.files.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "LETTERS",
    "Look",
    "Numbering",
    "Styles",
    "child_of",
    "colours_of",
    "flat",
    "is_on",
    "name_of",
    "plain",
    "value_of",
]

_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_MATHS_OR_DRAWING = {
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
}
LETTERS = {f"{{{space}}}t" for space in _MATHS_OR_DRAWING}
"""Elements with text that are not Word's own: formulas and drawings."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def name_of(element: _Element) -> str:
    """Return the element's name without its namespace if it is Word's, the whole name otherwise."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment or a processing instruction
    space, _, name = tag.rpartition("}")
    return name if space[1:] in _WORD else tag


def value_of(element: _Element, name: str) -> str | None:
    """Return Word's attribute called *name*."""
    for space in _WORD:
        if (value := element.get(f"{{{space}}}{name}")) is not None:
            return value
    return None


def child_of(element: _Element | None, *path: str) -> _Element | None:
    """Return the first child at the end of *path*."""
    for name in path:
        if element is None:
            return None
        element = next((child for child in element if name_of(child) == name), None)
    return element


def is_on(properties: _Element | None, name: str) -> bool | None:
    """Return whether a property such as bold is on, or None where it is not said."""
    found = child_of(properties, name)
    return None if found is None else value_of(found, "val") not in {"0", "false", "off"}


def plain(element: _Element) -> str:
    """Return the characters of a text element as Word shows them: line ends are spaces, outer ones only if preserved."""
    text = (element.text or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return text if element.get(_SPACE) == "preserve" else text.strip(" ")


def flat(root: _Element) -> str:
    """Return all words below *root* on one line."""
    return " ".join(" ".join(e.text or "" for e in root.iter() if name_of(e) == "t").split())


class Look(NamedTuple):
    """Whether letters are bold, italic, underlined, struck out, raised."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    raised: bool = False

    def with_(self, properties: _Element | None, style: Look | None = None) -> Look:
        """Return the look of letters with these *properties* and *style* inside of what looks like this."""
        underline, place = child_of(properties, "u"), child_of(properties, "vertAlign")
        own = (
            is_on(properties, "b"),
            is_on(properties, "i"),
            None if underline is None else value_of(underline, "val") not in {"none", "0", None},
            is_on(properties, "strike"),
            None if place is None else value_of(place, "val") == "superscript",
        )
        under = style or Look()
        return Look(*(o if o is not None else mine or its for o, mine, its in zip(own, self, under, strict=True)))


_HIGHLIGHTS = {
    "yellow": "ffff00", "green": "00ff00", "cyan": "00ffff", "magenta": "ff00ff", "blue": "0000ff", "red": "ff0000", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "c0c0c0",
}  # fmt: skip
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


def colours_of(properties: _Element | None) -> tuple[str, str]:
    """Return the colour of the ground and of the letters of a run, cell or paragraph with these *properties*, or empty strings."""
    if properties is None:
        return "", ""
    marked, shaded, ink = (child_of(properties, name) for name in ("highlight", "shd", "color"))
    ground = "" if marked is None else _HIGHLIGHTS.get(value_of(marked, "val") or "", "")
    fill = "" if shaded is None else value_of(shaded, "fill") or ""
    letters = "" if ink is None else value_of(ink, "val") or ""
    return ground or (fill.lower() if _HEX.fullmatch(fill) else ""), letters.lower() if _HEX.fullmatch(letters) else ""


class Styles:
    """What the styles say: which paragraphs are headings, in a list, and how their letters look."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._headings: set[str] = set()
        self._looks: dict[str, Look] = {}
        self._lists: dict[str, _Element] = {}
        if not part:
            return
        for style in archive.xml(part):
            if name_of(style) != "style":
                continue
            key = value_of(style, "styleId") or ""
            title = child_of(style, "name")
            label = (value_of(title, "val") or "").lower() if title is not None else ""
            if (
                re.match(r"heading \d|title$|subtitle$|judul", label)
                or child_of(style, "pPr", "outlineLvl") is not None
            ):
                self._headings.add(key)
            self._looks[key] = Look().with_(child_of(style, "rPr"))
            if (numbering := child_of(style, "pPr", "numPr")) is not None:
                self._lists[key] = numbering

    def is_heading(self, properties: _Element | None) -> bool:
        """Tell whether a paragraph with these properties is a heading."""
        if child_of(properties, "outlineLvl") is not None:
            return True
        key = _style(properties, "pStyle")
        return key in self._headings or bool(re.match(r"(?:Heading|Judul)\d|Title$|Judul$", key))

    def look(self, properties: _Element | None, name: str) -> Look:
        """Return how letters look by the style that the property *name* names."""
        return self._looks.get(_style(properties, name), Look())

    def numbering(self, properties: _Element | None) -> _Element | None:
        """Return what puts a paragraph with these properties into a list: itself or its style; None where nothing does."""
        own = child_of(properties, "numPr")
        return own if own is not None else self._lists.get(_style(properties, "pStyle"))


def _style(properties: _Element | None, name: str) -> str:
    style = child_of(properties, name)
    return "" if style is None else value_of(style, "val") or ""


class Numbering:
    """Which lists have bullets and which have numbers."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._bullets: set[tuple[str, str]] = set()
        if not part:
            return
        root = archive.xml(part)
        bullets: dict[str, set[str]] = {}
        for child in root:
            if name_of(child) == "abstractNum":
                levels = [level for level in child if name_of(level) == "lvl"]
                bullets[value_of(child, "abstractNumId") or ""] = {
                    value_of(level, "ilvl") or "0"
                    for level in levels
                    if (how := child_of(level, "numFmt")) is not None and value_of(how, "val") == "bullet"
                }
        for child in root:
            if name_of(child) == "num" and (abstract := child_of(child, "abstractNumId")) is not None:
                key = value_of(child, "numId") or ""
                self._bullets.update((key, level) for level in bullets.get(value_of(abstract, "val") or "", ()))

    def kind(self, numbering: _Element) -> str:
        """Return what stands before a paragraph with this numbering: ``bullet``, ``number``, or nothing."""
        number, level = child_of(numbering, "numId"), child_of(numbering, "ilvl")
        key = "" if number is None else value_of(number, "val") or ""
        if key == "0":
            return ""
        return "bullet" if (key, "0" if level is None else value_of(level, "val") or "0") in self._bullets else "number"

"""Word's XML: names without their namespaces, properties, and what the styles say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.files.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LETTERS", "Styles", "child_of", "flat", "is_on", "name_of", "plain", "value_of"]

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


class Styles:
    """Which paragraph styles are headings and which are bold."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._headings: set[str] = set()
        self._bold: set[str] = set()
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
            if is_on(child_of(style, "rPr"), "b"):
                self._bold.add(key)

    def is_heading(self, properties: _Element | None) -> bool:
        """Tell whether a paragraph with these properties is a heading."""
        if child_of(properties, "outlineLvl") is not None:
            return True
        style = child_of(properties, "pStyle")
        if style is None:
            return False
        key = value_of(style, "val") or ""
        return key in self._headings or bool(re.match(r"(?:Heading|Judul)\d|Title$|Judul$", key))

    def is_bold(self, properties: _Element | None, name: str) -> bool:
        """Tell whether the style named by the property *name* is bold."""
        style = child_of(properties, name)
        return style is not None and (value_of(style, "val") or "") in self._bold

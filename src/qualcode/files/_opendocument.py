"""OpenDocument's XML: names without their namespaces, and what the styles say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PLAIN", "Look", "Styles", "attribute", "flat", "name_of"]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}meta:1.0": "meta",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_SPACES = {prefix: space for space, prefix in _PREFIXES.items()}
_PARTED = {"text:p", "text:h", "text:tab", "text:s", "text:line-break"}
_DESCRIPTIONS = {"svg:title", "svg:desc", "math:annotation"}
_HEADING = re.compile(r"(?:heading|judul)(?: \d.*)?|title|subtitle|subjudul")


class Look(NamedTuple):
    """How characters look."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    raised: bool = False
    hidden: bool = False
    ground: str = ""
    ink: str = ""


PLAIN = Look()


def name_of(element: _Element) -> str:
    """Return the element's name with the usual prefix, as in ``text:p``; the whole name if its namespace is another."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment or a processing instruction
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return f"{prefix}:{name}" if prefix else tag


def attribute(element: _Element, name: str) -> str:
    """Return the attribute with the usual prefixed *name*, or an empty string."""
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_SPACES[prefix]}}}{local}") or ""


def flat(root: _Element) -> str:
    """Return all words below *root* on one line, but not what describes a picture to those who don't see it."""
    return " ".join("".join(_pieces(root)).split())


def _pieces(root: _Element) -> Iterator[str]:
    name = name_of(root)
    if name and name not in _DESCRIPTIONS:
        yield " " if name in _PARTED else ""
        yield root.text or ""
        for child in root:
            yield from _pieces(child)
            yield child.tail or ""


class Styles:
    """What the named and automatic styles of a document make of a paragraph or of characters."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        self._numbered: dict[str, bool] = {}
        for root in roots:
            for element in root.iter():
                name = name_of(element)
                if name == "style:style":
                    self._styles[attribute(element, "style:family"), attribute(element, "style:name")] = element
                elif name == "text:list-style":
                    first = next((name_of(child) for child in element if name_of(child)), "")
                    self._numbered[attribute(element, "style:name")] = first == "text:list-level-style-number"

    def look(self, family: str, style: str, above: Look = PLAIN) -> Look:
        """Return how characters look in a *style* of a *family* (``paragraph``, ``text``), within what looks like *above*."""
        found: dict[str, bool | str] = {}
        for element in self._chain(family, style):
            for child in element:
                if name_of(child) == "style:text-properties":
                    for key, value in _said(child):
                        found.setdefault(key, value)
        return Look(**{**above._asdict(), **found})

    def is_heading(self, style: str) -> bool:
        """Tell whether a paragraph *style* is one of headings."""
        for element in self._chain("paragraph", style):
            shown = attribute(element, "style:display-name") or attribute(element, "style:name").replace("_20_", " ")
            if attribute(element, "style:default-outline-level") or _HEADING.fullmatch(shown.lower()):
                return True
        return False

    def is_hidden(self, style: str) -> bool:
        """Tell whether a section *style* hides what is in the section."""
        return False if not style else any(_hides(e) for e in self._chain("section", style))

    def list_kind(self, style: str) -> str:
        """Return ``"number"`` or ``"bullet"``, whichever a list *style* puts before its paragraphs."""
        return "number" if self._numbered.get(style) else "bullet"

    def _chain(self, family: str, style: str) -> Iterable[_Element]:
        seen = set()
        while style and style not in seen and (element := self._styles.get((family, style))) is not None:
            seen.add(style)  # a style that inherits from itself must not go round for ever
            yield element
            style = attribute(element, "style:parent-style-name")

    def fill(self, style: str) -> str:
        """Return the colour of the cells with this *style*, six hexadecimal digits, or nothing."""
        for element in self._chain("table-cell", style):
            for child in element:
                if ground := _hex(attribute(child, "fo:background-color")):
                    return ground
        return ""


def _hex(colour: str) -> str:
    return colour[1:].lower() if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else ""


def _said(properties: _Element) -> Iterable[tuple[str, bool | str]]:
    if ground := attribute(properties, "fo:background-color"):
        yield "ground", _hex(ground)
    if ink := attribute(properties, "fo:color"):
        yield "ink", _hex(ink)
    if weight := attribute(properties, "fo:font-weight"):
        yield "bold", weight == "bold" or (weight.isdigit() and int(weight) >= 600)
    if slant := attribute(properties, "fo:font-style"):
        yield "italic", slant in {"italic", "oblique"}
    if line := attribute(properties, "style:text-underline-style"):
        yield "underlined", line != "none"
    if line := attribute(properties, "style:text-line-through-style") or attribute(
        properties, "style:text-line-through-type"
    ):
        yield "struck", line != "none"
    if place := attribute(properties, "style:text-position"):
        yield "raised", place.startswith("super") or re.match(r"[1-9]", place) is not None
    if display := attribute(properties, "text:display"):
        yield "hidden", display == "none"


def _hides(style: _Element) -> bool:
    return any(attribute(child, "text:display") == "none" for child in style)

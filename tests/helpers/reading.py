"""Reads report pages as a person would: headings, sections, links, ids, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import html


def words(element: html.HtmlElement) -> str:
    """Return the words of an element on one line, without what only screen readers are told twice."""
    return " ".join(" ".join(element.itertext()).split()).replace(" .", ".").replace(" ,", ",")


@dataclass
class Page:
    """One HTML file."""

    source: str
    tree: html.HtmlElement = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.tree = html.document_fromstring(self.source)

    @property
    def title(self) -> str:
        """The title of the window."""
        return str(self.tree.findtext(".//title"))

    @property
    def text(self) -> str:
        """All words of the body."""
        return words(self.tree.body)

    @property
    def headings(self) -> list[str]:
        """The sections' headings, in order."""
        return [words(h) for h in self.tree.iter("h2")]

    @property
    def links(self) -> list[str]:
        """Every link's target."""
        return [str(a.get("href")) for a in self.tree.iter("a")]

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [str(value) for value in self.tree.xpath("//@id")]

    def section(self, heading: str) -> str:
        """Return the words of the section under *heading*."""
        (found,) = [h.getparent() for h in self.tree.iter("h2") if words(h) == heading]
        return words(found)

    def element(self, name: str) -> str:
        """Return the words of the element with an id."""
        (found,) = self.tree.xpath("//*[@id=$name]", name=name)
        return words(found)


def pages(files: Mapping[str, bytes]) -> dict[str, Page]:
    """Return the pages of a report by path."""
    return {path: Page(data.decode("utf-8")) for path, data in files.items()}

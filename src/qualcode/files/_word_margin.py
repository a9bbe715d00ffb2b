"""Word's comments and bookmarks: where they stand in the text, who wrote them, what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.files._word import name_of, plain, value_of
from qualcode.files.document import Bookmark, Comment

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Ranges", "comments_in"]

_PARAGRAPH = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_MORE = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}


@dataclass(slots=True)
class Ranges:
    """Where the comments and bookmarks met on the walk begin and end, by Word's ids."""

    comments: dict[str, list[int]] = field(default_factory=dict)
    bookmarks: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def see(self, element: _Element, name: str, at: int) -> bool:
        """Note the place if *element*, met at position *at*, begins or ends a comment or bookmark; tell whether it does."""
        key = value_of(element, "id") or ""
        if name in {"commentRangeStart", "commentRangeEnd", "commentReference"}:
            place = self.comments.setdefault(key, [at, at])
            # The reference stands behind the range, and alone where there is none.
            if name == "commentRangeEnd":
                place[1] = max(at, place[0])
        elif name == "bookmarkStart":
            self.bookmarks[key] = [at, at]
            self.names[key] = value_of(element, "name") or ""
        elif name == "bookmarkEnd":
            if key in self.bookmarks:
                self.bookmarks[key][1] = max(at, self.bookmarks[key][0])
        else:
            return False
        return True

    def marks(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks, in the order of the text."""
        found = [Bookmark(self.names[key], start, end) for key, (start, end) in self.bookmarks.items()]
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def comments_in(part: _Element, extended: _Element | None, ranges: Ranges, end: int) -> tuple[Comment, ...]:
    """Return the comments of Word's *part*, in the order of the text.

    *extended* says which of them answer others and which are resolved. A comment whose place the walk did not meet stands at *end*.
    """
    above: dict[str, str] = {}
    done: set[str] = set()
    for entry in extended if extended is not None else ():
        key = str(entry.get(f"{_MORE}paraId") or "")
        if parent := entry.get(f"{_MORE}paraIdParent"):
            above[key] = str(parent)
        if entry.get(f"{_MORE}done") in {"1", "true", "on"}:
            done.add(key)
    found: dict[str, Comment] = {}
    for number, element in enumerate(e for e in part.iter() if name_of(e) == "comment"):
        start, stop = ranges.comments.get(value_of(element, "id") or "", [end, end])
        paragraphs = [child for child in element.iter() if name_of(child) == "p"]
        key = str(paragraphs[-1].get(_PARAGRAPH) or "") if paragraphs else ""
        found[key or f"#{number}"] = Comment(
            start,
            stop,
            "\n".join(_words(paragraph) for paragraph in paragraphs).strip(),
            (value_of(element, "author") or "").strip(),
            (value_of(element, "date") or "").strip(),
            key in done,
        )
    answers: dict[str, list[Comment]] = {}
    for key, comment in found.items():
        if (first := _first(key, above, found)) != key:
            answers.setdefault(first, []).append(comment)
    whole = [
        replace(comment, replies=tuple(answers.get(key, ())))
        for key, comment in found.items()
        if _first(key, above, found) == key
    ]
    return tuple(sorted(whole, key=lambda comment: (comment.start, comment.end)))


def _first(key: str, above: Mapping[str, str], known: Collection[str]) -> str:
    """Return the comment that began the thread of *key*; in a circle, as only a damaged file has, each begins its own."""
    met = [key]
    while (parent := above.get(met[-1], "")) in known:
        if parent in met:
            return key
        met.append(parent)
    return met[-1]


def _words(paragraph: _Element) -> str:
    """Return what a paragraph of a comment says; what was struck from it by tracking is not there."""
    return "".join(
        plain(element) if name_of(element) == "t" else _BREAKS.get(name_of(element), "") for element in paragraph.iter()
    )

"""OpenDocument's comments and bookmarks: where they stand in the text, who wrote them, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.files._opendocument import attribute, flat, name_of
from qualcode.files.document import Bookmark, Comment

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Margin"]


@dataclass(slots=True)
class Margin:
    """The comments and bookmarks met on the walk, with the positions where they begin and end."""

    _comments: list[tuple[Comment, str, str]] = field(default_factory=list)
    _ends: dict[str, int] = field(default_factory=dict)
    _marks: dict[str, list[int]] = field(default_factory=dict)

    def see(self, element: _Element, name: str, at: int) -> bool:
        """Note the place if *element*, met at position *at*, begins or ends a comment or bookmark; tell whether it does."""
        key = attribute(element, "text:name")
        if name == "office:annotation":
            self._comments.append(
                (_comment(element, at), attribute(element, "office:name"), _own(element, "parent-name"))
            )
        elif name == "office:annotation-end":
            self._ends[attribute(element, "office:name")] = at
        elif name in {"text:bookmark", "text:bookmark-start"}:
            self._marks[key] = [at, at]
        elif name == "text:bookmark-end":
            if key in self._marks:
                self._marks[key][1] = max(at, self._marks[key][0])
        else:
            return False
        return True

    def comments(self) -> tuple[Comment, ...]:
        """Return the comments in the order of the text, answers with what they answer."""
        found = {
            name or f"#{place}": (replace(comment, end=max(comment.start, self._ends.get(name, comment.start))), parent)
            for place, (comment, name, parent) in enumerate(self._comments)
        }
        answers: dict[str, list[Comment]] = {}
        whole: list[str] = []
        for key, (comment, parent) in found.items():
            seen = {key}
            while parent in found and parent not in seen:
                seen.add(parent)
                first, parent = parent, found[parent][1]
                if found[first][1] not in found:
                    answers.setdefault(first, []).append(comment)
                    break
            else:
                whole.append(key)
        made = [replace(found[key][0], replies=tuple(answers.get(key, ()))) for key in whole]
        return tuple(sorted(made, key=lambda comment: (comment.start, comment.end)))

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks, in the order of the text."""
        found = [Bookmark(name, start, end) for name, (start, end) in self._marks.items()]
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def _comment(element: _Element, at: int) -> Comment:
    said = {name_of(child): flat(child) for child in element if name_of(child) in {"dc:creator", "dc:date"}}
    lines = [flat(child) for child in element if name_of(child) in {"text:p", "text:h", "text:list"}]
    return Comment(
        at,
        at,
        "\n".join(lines).strip(),
        said.get("dc:creator", ""),
        said.get("dc:date", ""),
        _own(element, "resolved") == "true",
    )


def _own(element: _Element, name: str) -> str:
    """Return the attribute called *name* in whichever namespace: LibreOffice's extensions changed theirs more than once."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")

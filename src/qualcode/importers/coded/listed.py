"""Codes that a transcript names by numbers or letters alone, and a list elsewhere in the document by words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.files.document import Document
from qualcode.importers._words import role_of
from qualcode.importers.coded.marks import marked_passages, marks_in
from qualcode.importers.coded.passages import Marked
from qualcode.model import Span

__all__ = ["CodeList", "code_list", "listed_passages", "raised_marks", "spelled_out"]

_HEADING = re.compile(
    r"[ \t>*_]*(?:(?:keterangan|ket\.?|daftar|arti|makna|penjelasan|legenda?|nama|list of|key to)[ \t]+(?:nomor[ \t]+|simbol[ \t]+)?"
    r"(?:kode|koding|coding|codes?|tanda)(?:[ \t]+(?:koding|tema|transkrip|wawancara|verbatim|data))?|(?:kode|no\.? kode|simbol|code)[ \t]*[\t|][ \t]*"
    r"(?:keterangan|arti|makna|nama kode|nama|tema|label|meaning))[ \t*_|]*[:=]?[ \t*_]*",
    re.IGNORECASE,
)
_NAME = r"[A-Za-z]{0,3}[-.]?\d{1,3}[a-z]?"
_ITEM = re.compile(
    rf"[ \t>|*_]*[(\[]?(?P<mark>{_NAME})[)\]]?[*_]*[ \t]*(?:[:=.)\t|–—-][ \t]*|[ \t]+)[*_]*(?P<label>[^\W\d_][^\n\t|?!]{{1,100}}?)[ \t|*_.;]*"
)
_CELL = re.compile(rf"[(\[]?\s*((?:{_NAME})(?:[\s,;&/]+(?:{_NAME}))*)\s*[)\]]?")
_PARTS = re.compile(r"[\s,;&/]+")
_WORDS = 10
"""The most words of a code in such a list."""
_RAISED = re.compile(rf"{_NAME}(?:\s*[,;]\s*{_NAME})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodeList:
    """The names of codes by their marks, in small letters, and where the lines of the list begin."""

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[int, ...] = ()


def code_list(document: Document) -> CodeList:
    """Return the list in *document* that says which code each mark stands for: a heading, then a mark and a few words a line."""
    names: dict[str, str] = {}
    lines: list[int] = []
    numbered = {at for at, kind in document.listed if kind == "number"}
    rows = list(_lines(document.text[: document.notes_start]))
    for place, (at, line) in enumerate(rows):
        if len(line) > 60 or _HEADING.fullmatch(line) is None:
            continue
        items = list(_items(rows[place + 1 :], numbered))
        people = sum(role_of(label) is not None for _, _, label in items)
        if len(items) >= 2 and people * 2 < len(items):
            lines += [at, *(start for start, _, _ in items)]
            for _, mark, label in items:
                names.setdefault(mark, label)
    return CodeList(names, tuple(lines))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _items(rows: Sequence[tuple[int, str]], numbered: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Yield where the items at the beginning of *rows* begin, their marks and labels; lines may be numbered by the program."""
    for count, (at, line) in enumerate(rows, 1):
        match = _ITEM.fullmatch(line) if len(line) <= 200 else None
        if match is None and at in numbered:
            mark, label = str(count), line.strip()
        elif match is not None:
            mark, label = match["mark"].casefold(), match["label"].strip()
        else:
            return
        if len(label.split()) > _WORDS or label[-1:] in "?!":
            return
        yield at, mark, label


def spelled_out(cell: str, names: Mapping[str, str]) -> str:
    r"""Return *cell* with the names of the codes, one a line, if it holds nothing but marks of the list.

    >>> spelled_out("2a, 2b", {"2a": "menarik diri", "2b": "refleksi"})
    'menarik diri\nrefleksi'
    """
    match = _CELL.fullmatch(cell.strip()) if names else None
    marks = [mark.casefold() for mark in _PARTS.split(match[1]) if mark] if match else []
    return "\n".join(names[mark] for mark in marks) if marks and all(mark in names for mark in marks) else cell


def raised_marks(text: str, raised: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Yield the marks that stand raised above the line in *text*, in small letters, with where they stand."""
    for span in raised:
        if _RAISED.fullmatch(words := span.of(text).strip()):
            for mark in _PARTS.split(words):
                yield mark.casefold(), span


def listed_passages(
    text: str, turns: Sequence[Span], names: Mapping[str, str], raised: Sequence[Span], emphasised: Sequence[Span]
) -> list[tuple[Marked, Span]]:
    """Return what the marks of a list mark in *turns* of *text*, with their codes, and where each mark stands."""
    above = [(mark, at) for mark, at in raised_marks(text, raised) if mark in names]
    here = {mark for turn in turns for mark, _ in marks_in(text, turn.start, turn.end)}
    used = (here & names.keys()) | {mark for mark, _ in above}
    if len(used) < min(2, len(names)):
        return []
    found = marked_passages(text, turns, used, emphasised, above)
    return [(Marked(each.span, ((names[each.mark],),)), each.at) for each in found]

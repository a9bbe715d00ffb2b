"""Codes that a transcript names by numbers or letters alone, and a list elsewhere in the document by words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.files.document import Document
from qualcode.importers._words import is_role_label, role_of
from qualcode.importers.coded.marks import marked_passages, marks_in
from qualcode.importers.coded.passages import Marked
from qualcode.model import Span

__all__ = ["CodeList", "code_list", "listed_passages", "spelled_out"]

_HEADING = re.compile(
    r"[ \t>*_]*(?:(?:keterangan|ket\.?|daftar|arti|makna|penjelasan|legenda?|nama|list of|key to)[ \t]+(?:nomor[ \t]+|simbol[ \t]+|singkatan[ \t]+)?"
    r"(?:kode|koding|coding|codes?|tanda)(?:[ \t]+(?:koding|tema|transkrip|wawancara|verbatim|data))?|"
    r"(?P<row>kode|no\.? kode|simbol|tanda|singkatan|code)[ \t]*[\t|][ \t]*(?:keterangan|arti|makna|nama kode|nama tema|(?P<name>nama)|tema|label|"
    r"meaning|kode|koding|kepanjangan|kode terbuka)(?:[ \t]*[\t|].*)?)[ \t*_|]*[:=]?[ \t*_]*",
    re.IGNORECASE,
)
_NUMBER = r"[A-Za-z]{0,3}[-.]?\d{1,3}[a-z]?|\d{1,2}(?:\.\d{1,2}){1,2}"
_LETTERS = r"[A-Z]{2,12}|[A-Za-z]{1,2}"
_ITEM = re.compile(
    rf"[ \t>|*_]*[(\[]?(?:(?P<mark>{_NUMBER})[)\]]?[*_]*[ \t]*(?:[:=.)\t|–—-][ \t]*|[ \t]+)|(?P<letters>{_LETTERS})[)\]]?[*_]*[ \t]*[:=.)\t|–—-][ \t]*)"
    r"[*_]*(?P<label>[^\W\d_][^\n\t|?!]{1,100}?)[ \t|*_.;]*(?:\t.*)?"
)
_PARTS = re.compile(r"[\s,;&/]+")
_BRACKETS = re.compile(r"[(\[{]\s*([^()\[\]{}\n]{1,40}?)\s*[)\]}]")
_WORDS = 10
"""The most words of a code in such a list."""


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
        head = _HEADING.fullmatch(line) if len(line) <= 60 else None
        if head is None:
            continue
        # "Kode | Nama" with letters for the codes heads a list of people, too.
        cells = line.count("\t") if head["row"] else 1
        items = list(_items(rows[place + 1 :], numbered, cells, letters=head["name"] is None))
        people = sum(role_of(label) is not None and is_role_label(label) for _, _, label in items)
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


def _items(
    rows: Sequence[tuple[int, str]], numbered: Collection[int], cells: int, *, letters: bool
) -> Iterator[tuple[int, str, str]]:
    """Yield where the items at the beginning of *rows* begin, their marks and labels; lines may be numbered by the program.

    They have no more than so many *cells* behind the first; *letters* tells whether a mark may do without a number.
    """
    for count, (at, line) in enumerate(rows, 1):
        match = _ITEM.fullmatch(line) if len(line) <= 400 and line.count("\t") <= cells else None
        if match is None and at in numbered:
            mark, label = str(count), line.strip()
        elif match is not None and (letters or match["mark"]):
            mark, label = (match["mark"] or match["letters"]).casefold(), match["label"].strip()
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
    return "\n".join(names[mark] for mark in _marks(cell.strip().strip("()[]"), names)) or cell


def _marks(words: str, names: Mapping[str, str]) -> list[str]:
    """Return the marks in *words*, in small letters, if they are nothing but marks of the list."""
    marks = [mark.casefold() for mark in _PARTS.split(words) if mark]
    return marks if all(mark in names for mark in marks) else []


def _in_talk(text: str, turns: Sequence[Span], names: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    """Yield the marks of the list in brackets in *turns* that `marks_in` does not know for marks, with where they stand."""
    for turn in turns:
        known = {at for _, at in marks_in(text, turn.start, turn.end)}
        for match in _BRACKETS.finditer(text, turn.start, turn.end):
            at = Span(*match.span())
            if at not in known:
                yield from ((mark, at) for mark in _marks(match[1], names))


def listed_passages(
    text: str, turns: Sequence[Span], names: Mapping[str, str], raised: Sequence[Span], emphasised: Sequence[Span]
) -> list[tuple[Marked, Span]]:
    """Return what the marks of a list mark in *turns* of *text*, with their codes, and where each mark stands."""
    above = [(mark, span) for span in raised for mark in _marks(span.of(text), names)]
    above += _in_talk(text, turns, names)
    here = {mark for turn in turns for mark, _ in marks_in(text, turn.start, turn.end)}
    used = (here & names.keys()) | {mark for mark, _ in above}
    if len(used) < min(2, len(names)):
        return []
    found = marked_passages(text, turns, used, emphasised, above)
    return [(Marked(each.span, ((names[each.mark],),)), each.at) for each in found]

"""Marks of coders that are raised above the line, ``teks¹ᵃ``: put into brackets, as others are, where they are explained."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.errors import N_
from qualcode.files.document import Document
from qualcode.importers.coded.marks import MARK, PARTS, explanations
from qualcode.model import Finding, Span

__all__ = ["bracketed", "unread"]

_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ]+")
_LINE = 120
"""No line of a list of codes is longer."""
_UNIT = re.compile(r"(?:^|[\d\s(/])[kcd]?m$")
"""What ``²`` and ``³`` stand behind when they are no mark."""


def bracketed(document: Document) -> Document:
    """Return *document* with raised marks in brackets that a cell of a table, or a list, explains: then they are read, and left out of words.

    A raised mark cannot be told from the word before it in plain text; nothing else is changed, not even a mark that nobody explains.
    """
    marks = list(_raised(document))
    if not marks:
        return document
    meant = _explained(document)
    found = [
        span
        for span, name in marks
        if any(not start <= span.start < end for part in PARTS.split(name) for start, end in meant.get(part, ()))
    ]
    return _with_brackets(document, found) if found else document


def _explained(document: Document) -> dict[str, list[tuple[int, int]]]:
    """Return the marks that cells of tables explain, or lines of a list, each with where that stands."""
    text = document.text
    meant: dict[str, list[tuple[int, int]]] = {}
    for cell in (cell for row in document.rows if row.depth == 0 for cell in row.cells):
        for names, _ in explanations(text[slice(*cell)]):
            for name in names:
                meant.setdefault(name, []).append(cell)
    at = 0
    for line in text.split("\n"):
        for names, _ in explanations(line) if len(line) <= _LINE and "\t" not in line else ():
            for name in names:
                if re.search(r"\d", name) and re.search(r"[a-z]", name):
                    meant.setdefault(name, []).append((at, at + len(line)))
        at += len(line) + 1
    return meant


def unread(document: Document, file: str) -> Iterator[Finding]:
    """Yield a doubt on the raised marks that are still no more than letters behind a word."""
    text = document.text
    left = [
        (span, name)
        for span, name in _raised(document)
        if re.search(r"\d", name) and re.search(r"[a-z]", name) and not text.endswith("(", 0, span.start)
    ]
    if left:
        span, _ = left[0]
        message = N_(
            "{n} raised marks such as {mark!r} look like codes, but nothing explains them; they stay in the text, and nothing was coded there"
        )
        line = text.count("\n", 0, span.start) + 1
        yield Finding("doubtful", message, file, line, "marks", {"n": len(left), "mark": span.of(text)})


def _raised(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield where raised letters stand that may be a mark, with its name, in order."""
    text = document.text
    stretches: list[Span] = []
    for look in document.formats:
        if not look.raised:
            continue
        if stretches and stretches[-1].end == look.start:
            stretches[-1] = Span(stretches[-1].start, look.end)
        else:
            stretches.append(Span(look.start, look.end))
    signs = (Span(*found.span()) for found in (() if text.isascii() else _SUPERSCRIPT.finditer(text)))
    starts = [span.start for span in stretches]
    for sign in signs:
        at = bisect_right(starts, sign.start)
        if not at or stretches[at - 1].end <= sign.start:
            stretches.append(sign)
    for span in sorted(stretches):
        name = unicodedata.normalize("NFKC", span.of(text)).casefold()
        bare = len(name) - len(name.lstrip()), len(name.rstrip())
        if MARK.fullmatch(name.strip()) and not (
            name.isdigit() and _UNIT.search(text[max(0, span.start - 4) : span.start])
        ):
            yield Span(span.start + bare[0], span.start + bare[1]), name.strip()


def _with_brackets(document: Document, marks: Sequence[Span]) -> Document:
    text, at = document.text, 0
    pieces: list[str] = []
    opened: list[tuple[int, int]] = []
    for span in marks:
        opening = " (" if text[max(0, span.start - 1) : span.start].isalnum() else "("
        pieces += (text[at : span.start], opening, unicodedata.normalize("NFKC", span.of(text)), ")")
        opened.append((span.start, len(opening)))
        at = span.end
    starts, ends = [start for start, _ in opened], [span.end for span in marks]
    sums = [0]
    for _, length in opened:
        sums.append(sums[-1] + length)

    def now(position: int) -> int:
        """Return where a position is: a bracket belongs to its mark."""
        return position + sums[bisect_left(starts, position)] + bisect_right(ends, position)

    return replace(
        document,
        text="".join((*pieces, text[at:])),
        notes_start=now(document.notes_start),
        headings=tuple(map(now, document.headings)),
        formats=tuple(replace(look, start=now(look.start), end=now(look.end)) for look in document.formats),
        rows=tuple(replace(row, cells=tuple((now(a), now(b)) for a, b in row.cells)) for row in document.rows),
        listed=tuple((now(place), kind) for place, kind in document.listed),
        comments=tuple(replace(c, start=now(c.start), end=now(c.end)) for c in document.comments),
        colours=tuple(replace(c, start=now(c.start), end=now(c.end)) for c in document.colours),
        bookmarks=tuple(replace(b, start=now(b.start), end=now(b.end)) for b in document.bookmarks),
    )

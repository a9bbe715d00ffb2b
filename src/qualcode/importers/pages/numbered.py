"""Line-numbered verbatim: every line of the page has its number in the margin, so that a speech goes over several lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from qualcode.errors import N_
from qualcode.importers._words import SECTION, is_role_label
from qualcode.importers.header.fields import field_of
from qualcode.importers.pages.wrapped import join_lines
from qualcode.importers.speakers.labels import CODE, candidates
from qualcode.importers.speakers.rows import by_rows
from qualcode.model import Finding

__all__ = ["Unnumbered", "without_line_numbers"]

_LEFT = re.compile(
    r"[ \t\u00a0]*(?P<open>[(\[])?(?P<number>\d{1,5})(?(open)[)\]])(?:[ \t]*\|[ \t]*|[.)]?[ \t\u00a0]+|[.)]?\t|$)(?P<rest>.*)"
)
_UNDOTTED = re.compile(r"[ \t\u00a0]*(?P<number>\d{1,5})(?:[ \t]*\|[ \t]*|[ \t\u00a0]+|$)(?P<rest>.*)")
_RIGHT = re.compile(r"(?P<rest>.*\S)(?:\t[ \t]*|[ \u00a0]{2,}|[ \t]*\|[ \t]*)(?P<number>\d{1,5})[ \t|]*")
_ANY_LEFT = re.compile(r"\n[ \t\u00a0]*[(\[]?[0-9]")
_ANY_RIGHT = re.compile(r"\n(?:(?<=[0-9]\n)|(?<=[0-9][ \t|]\n)|(?<=[0-9][ \t|]{2}\n))")
_TAB_LABEL = re.compile(r"[ \t]*(?P<label>[^\W\d_][^\t:]{0,30}?)[ \t]*[:：]?\t[ \t]*(?=\S)")
_SPACED_LABEL = re.compile(r"[ \t]*(?P<label>[^\W\d_][^\t:]{0,30}?)[ ]{2,}(?=\S)")
_FEWEST = 6
_STEPS = (1, 2, 5, 10)
_SHARE = 0.8
"""At least so many of the lines have the number that is expected of them."""
_MOST_LABELS = 0.85
"""Where more lines begin with a label, the numbers count turns, and no line was wrapped."""


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """A text without its line numbers, its wrapped lines joined; and what is to be said of that."""

    text: str
    numbers: int
    lines: int
    hyphens: int

    def said(self, file: str) -> Finding:
        """Return the note on what was left out."""
        message = N_(
            "{n} line numbers were left out, {lines} wrapped lines joined and {hyphens} hyphens at line ends undone"
        )
        counts = {"n": self.numbers, "lines": self.lines, "hyphens": self.hyphens}
        return Finding("note", message, file=file, rule="line numbers", parameters=counts)

    def kept(self, file: str) -> Finding:
        """Return the doubt on a text whose numbers stay, as comments, footnotes and codes stand at places of it."""
        message = N_(
            "{n} line numbers stand in the text and were read as words, since tables, comments or footnotes stand at places of it; "
            "remove the numbers, or import a copy that has none of these: from it they are left out"
        )
        return Finding("doubtful", message, file=file, rule="line numbers", parameters={"n": self.numbers})


def without_line_numbers(text: str, *, lists: bool = False) -> Unnumbered | None:
    """Return *text* laid out without the line numbers in its margin, or None if it has none.

    Left or right, on every line or on every fifth; the count may begin anew on each page. What stands above and below the numbered
    lines stays as it is. With *lists*, ``1.`` and ``1)`` are the signs of a list, and number no line.
    """
    lines: list[str] = []
    for pattern, sign in ((_UNDOTTED if lists else _LEFT, _ANY_LEFT), (_RIGHT, _ANY_RIGHT)):
        if len(list(islice(sign.finditer(text), 2))) < 2:
            continue  # most texts have no such margin, and need not be taken apart
        lines = lines or text.split("\n")
        found = _margin(lines, pattern)
        if found is not None and not _are_fields(found[2].values()):
            begin, end, rests = found
            if by_rows(text, len(text), sum(len(line) + 1 for line in lines[:begin])):
                return None  # the numbers count the rows of a table
            return _laid_out(lines, begin, end, rests)
    return None


def _are_fields(rests: Collection[str]) -> bool:
    """Tell whether what was numbered are the fields of a header: ``1. Nama : …``, ``2. Umur : …``."""
    usual = sum((found := field_of(rest)) is not None and found.known for rest in rests)
    return usual * 2 > len(rests)


def _margin(lines: Sequence[str], pattern: re.Pattern[str]) -> tuple[int, int, dict[int, str]] | None:
    """Return from which line to which the margin goes, and the rest of each line that has a number; None if there is no such margin."""
    numbers: list[tuple[int, int, int, str]] = []
    filled = 0
    for at, line in enumerate(lines):
        if not line or line.isspace():
            continue
        digit = line.rstrip(" \t|\u00a0")[-1:] if pattern is _RIGHT else line.lstrip().lstrip("([")[:1]
        match = pattern.fullmatch(line) if digit.isdigit() and len(line) <= 400 else None
        if match is not None:
            numbers.append((at, filled, int(match["number"]), match["rest"]))
        filled += 1
    for step in _STEPS:
        kept = _counting(numbers, step)
        if len(kept) < (_FEWEST if step < 5 else 2) or (step > 1 and kept[0][2] % step):
            continue
        first, last = kept[0], kept[-1]
        if step > 1 and sum(first[0] <= one[0] <= last[0] for one in numbers) > 2 * len(kept):
            continue  # the lines between have numbers too: a list that somebody counted
        begin = _back(lines, first[0], step - 1)
        end = _forth(lines, last[0], step - 1)
        expected = sum(1 for line in lines[first[0] : last[0] + 1] if line.strip())
        if len(kept) * step >= _SHARE * expected:
            return begin, end, {at: rest for at, _, _, rest in kept}
    return None


def _counting(numbers: Sequence[tuple[int, int, int, str]], step: int) -> list[tuple[int, int, int, str]]:
    """Return those of the *numbers* that count the lines by *step*; the count may begin anew."""
    kept: list[tuple[int, int, int, str]] = []
    for one in numbers:
        at, filled, number, _ = one
        if not kept:
            if number == step or (step == 1 and number <= 3):
                kept.append(one)
            continue
        before = kept[-1]
        goes_on = number == before[2] + step and step in (at - before[0], filled - before[1])
        if goes_on or (step == 1 and number == before[2] + 1) or (number == step and filled - before[1] <= 2 * step):
            kept.append(one)
    return kept if len(kept) > 1 else []


def _back(lines: Sequence[str], at: int, most: int) -> int:
    while most > 0 and at > 0 and lines[at - 1].strip():
        at, most = at - 1, most - 1
    return at


def _forth(lines: Sequence[str], at: int, most: int) -> int:
    while most > 0 and at + 1 < len(lines) and lines[at + 1].strip():
        at, most = at + 1, most - 1
    return at + 1


def _laid_out(lines: Sequence[str], begin: int, end: int, rests: dict[int, str]) -> Unnumbered | None:
    bare = [rests.get(at, lines[at]).strip(" \u00a0").rstrip() for at in range(begin, end)]
    bare = _with_tabs(bare)
    starts = _label_lines(bare)
    filled = sum(1 for line in bare if line.strip())
    if len(starts) < 2 or len(starts) > _MOST_LABELS * filled:
        return None
    paragraphs: list[list[str]] = []
    for at, line in enumerate(bare):
        fresh = at in starts or not line.strip() or not paragraphs or not paragraphs[-1][-1].strip()
        if fresh or _is_heading(line, bare[at - 1], at + 1 in starts):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    joined = [join_lines(paragraph) for paragraph in paragraphs]
    text = "\n".join((*lines[:begin], *(j.text for j in joined), *lines[end:]))
    wrapped = sum(j.lines - 1 for j in joined if j.lines > 1)
    return Unnumbered(text, len(rests), wrapped, sum(j.hyphens for j in joined))


def _with_tabs(bare: Sequence[str]) -> list[str]:
    """Return the lines; where two speakers or more stand in a column of their own, parted by blanks alone, a tab parts them."""
    spaced = [_SPACED_LABEL.match(line) for line in bare]
    labels = Counter(m["label"] for m in spaced if m and (CODE.fullmatch(m["label"]) or is_role_label(m["label"])))
    speakers = {label for label, n in labels.items() if n >= 2}
    if len(speakers) < 2:
        return list(bare)
    return [
        f"{m['label']}\t{line[m.end() :]}" if m and m["label"] in speakers else line
        for m, line in zip(spaced, bare, strict=True)
    ]


def _label_lines(bare: Sequence[str]) -> frozenset[int]:
    """Return which of the lines begin with what looks like a speaker's label."""
    offsets: dict[int, int] = {}
    offset = 0
    for number, line in enumerate(bare):
        offsets[offset] = number
        offset += len(line) + 1
    text = "\n".join(bare)
    found = {offsets[c.line_start] for c in candidates(text, len(text))}
    for at, line in enumerate(bare):
        if (match := _TAB_LABEL.match(line)) and (CODE.fullmatch(match["label"]) or is_role_label(match["label"])):
            found.add(at)
    return frozenset(found)


def _is_heading(line: str, before: str, label_follows: bool) -> bool:
    """Tell whether *line* is a heading between two turns rather than the end of what was said."""
    finished = before.strip()[-1:] in {".", "?", "!", "…", ")", "]"}
    return label_follows and finished and len(line.split()) <= 6 and SECTION.match(line.strip()) is not None

"""Turns whose labels are told from the speech by nothing but their looks: a name in bold at the beginning of each paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.files.document import Format
from qualcode.importers._words import is_name, is_role_label, normal
from qualcode.importers.speakers.labels import CODE, Candidate
from qualcode.importers.speakers.voices import MACHINE

__all__ = ["by_emphasis"]

_MARKED = re.compile(
    r"^[ \t]*(?P<mark>\*\*|__)(?P<label>[^\W\d_][^\n*_:?!.]{0,38}?)(?P=mark)[ \t]+(?=[^\s*_])", re.MULTILINE
)
_FEWEST = 4
_SHARE = 0.6
"""Of the lines from the first such label on, at least so many have one."""


def by_emphasis(text: str, stop: int, formats: Sequence[Format]) -> list[Candidate]:
    """Return turns that begin with a name, a role word or a code in bold, followed by speech that is not bold."""
    found = sorted(
        {c.line_start: c for c in (*_marked(text, stop), *_bold(text, stop, formats))}.values(),
        key=lambda c: c.line_start,
    )
    named = [
        c
        for c in found
        if MACHINE.fullmatch(c.label) or CODE.fullmatch(c.label) or is_role_label(c.label) or is_name(c.label)
    ]
    count = Counter(c.key for c in named)
    # Any word may be a name, and any word may be stressed.
    people = any(is_role_label(c.label) or MACHINE.fullmatch(c.label) or " " in c.label for c in named)
    if len(named) < _FEWEST or sum(n >= 2 for n in count.values()) < 2 or not people:
        return []
    lines = sum(1 for line in text[named[0].line_start : stop].split("\n") if line.strip())
    return named if len(named) >= _SHARE * lines else []


def _marked(text: str, stop: int) -> Iterator[Candidate]:
    for match in _MARKED.finditer(text, 0, stop):
        yield Candidate(match.start(), match.end(), match["label"].strip(), normal(match["label"]))


def _bold(text: str, stop: int, formats: Sequence[Format]) -> Iterator[Candidate]:
    """Yield the lines that begin with a short stretch in bold and go on without."""
    for at, stretch in enumerate(formats):
        if (
            not stretch.bold
            or stretch.end > stop
            or (at and formats[at - 1].bold and formats[at - 1].end == stretch.start)
        ):
            continue
        line = text.rfind("\n", 0, stretch.start) + 1
        label = text[stretch.start : stretch.end].strip(" \t\u00a0")
        rest = text[stretch.end : stretch.end + 200].split("\n", 1)[0]
        goes_on = at + 1 < len(formats) and formats[at + 1].bold and formats[at + 1].start == stretch.end
        if (
            text[line : stretch.start].strip()
            or goes_on
            or not label
            or "\n" in label
            or len(label) > 40
            or not rest.strip()
        ):
            continue
        start = stretch.end
        while start < stop and text[start] in " \t\u00a0":
            start += 1
        yield Candidate(line, start, label, normal(label))

"""Turns as the rows of a table without codes: number, name, what was said, parted by tabs."""

from __future__ import annotations

import re
from collections import Counter

from qualcode.importers._words import HONORIFICS, NOT_NAMES, SECTION, is_name, is_role_label, normal, role_of
from qualcode.importers.speakers.labels import BEFORE, CODE, Candidate

__all__ = ["by_rows"]

_ROW = re.compile(BEFORE + r"(?P<label>[^\W\d_][^\n:\t]{0,38}?)[ \t]*:?\t[ \t]*(?=\S)", re.MULTILINE)
_HEADING = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}[ \t]*$", re.MULTILINE)
_FEWEST = 4
_SHARE = 0.8
"""Of the lines from the first such row on, so many at least are rows, and of their labels so many name somebody."""


def by_rows(text: str, stop: int, start: int) -> list[Candidate]:
    """Return the rows as turns, also of those who speak once, where they are the whole text from the first on; or none.

    Names need somebody among them who asks, by a role word: tables have topics that come back as well.
    """
    if "\t" not in text:
        return []
    found = [m for m in _ROW.finditer(text, start, stop) if not _is_head(m["label"])]
    if len(found) < _FEWEST:
        return []
    count = Counter(normal(m["label"]) for m in found)
    first = found[0]
    if count[normal(first["label"])] == 1 and _HEADING.match(text, first.end()):
        found = found[1:]  # "Peserta | Isi pembicaraan"
    named = [m for m in found if _names_somebody(m["label"].strip())]
    lines = sum(1 for line in text[found[0].start() : stop].split("\n") if line.strip())
    whole = len(found) >= _SHARE * lines and len(named) >= _SHARE * len(found)
    if not whole or len(count) < 2 or max(count.values()) < 2 or not _is_led(count):
        return []
    return [Candidate(m.start(), m.end(), m["label"].strip(), normal(m["label"])) for m in named]


def _is_head(label: str) -> bool:
    return normal(label) in NOT_NAMES or SECTION.match(label) is not None


def _names_somebody(label: str) -> bool:
    return CODE.fullmatch(label) is not None or is_role_label(label) or is_name(label)


def _is_led(count: Counter[str]) -> bool:
    """Tell whether one of the labels is of somebody who asks, or all are of people by their form of address."""
    roles = [role_of(key) for key in count if is_role_label(key.title())]
    addressed = sum(key.split()[0] in HONORIFICS for key in count)
    return any(role is not None and role.asks for role in roles) or addressed == len(count)

"""What stands for a missing value, in a header as in a table."""

from __future__ import annotations

import re
from collections.abc import Collection

from qualcode.files.tables import Cell

__all__ = ["is_missing", "plain_cell"]

MISSING = frozenset(
    [
        "kosong",
        "tidak tahu",
        "tdk tahu",
        "tidak diketahui",
        "tidak menjawab",
        "tidak dijawab",
        "tidak ada data",
        "tidak ada jawaban",
        "tidak terisi",
        "tidak disebutkan",
        "n/a",
        "na",
        "n.a.",
        "null",
        "none",
        "nihil",
        "unknown",
        "missing",
        "not available",
        "no answer",
        "don't know",
    ]
)
"""What stands for a missing value, in small letters, beside an empty cell and one with nothing but signs."""

_SIGNS = re.compile(r"[-–—.…?_*/ ]*")


def is_missing(value: Cell, also: Collection[str] = ()) -> bool:
    """Tell whether a cell holds no value.

    Codes such as ``99`` are values unless the user says otherwise (*also*): somebody may be 99 years old.

    >>> is_missing("Tidak tahu"), is_missing(99), is_missing(99, ["99"]), is_missing("tidak ada")
    (True, False, True, False)
    """
    if value is None:
        return True
    text = plain_cell(value)
    return _SIGNS.fullmatch(text) is not None or text in MISSING or text in {plain_cell(word) for word in also}


def plain_cell(value: Cell) -> str:
    """Return what a cell holds in the form in which cells are compared; 44.0 is 44."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()).casefold()

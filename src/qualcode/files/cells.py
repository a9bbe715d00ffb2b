r"""Text that is safe in a spreadsheet cell, and comes back as it was.

A spreadsheet takes a cell that begins with = + - or @ for a formula, which a transcript or a code name could use to run a command or
send data away (OWASP ASVS 5.0, 1.2.10). Such text gets one apostrophe in front. Text that begins with apostrophes before such a
sign gets one too, so that taking one away always gives the text back.
"""

from __future__ import annotations

import re

__all__ = ["CELL", "escape", "guard", "shorten_cell", "unescape", "unguard", "width"]

CELL = 32_767
"""The most UTF-16 units that a cell of Excel holds."""

# Blanks, control and zero-width characters and apostrophes may stand before the sign; full-width signs are read as signs by some programs.
RISKY = re.compile(
    "(?:[\\s'\x00-\x1f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*[=+\\-@＝＋－＠])|['\\s]*[\t\r]"
)

# What XML 1.0 cannot hold, the carriage return that it would turn into a line feed, and what already looks like the escape.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def guard(text: str) -> str:
    """Return *text* as a spreadsheet can show it without taking it for a formula.

    Examples
    --------
    >>> guard("=1+1"), guard(" -- lalu"), guard("'=1"), guard("'teks'")
    ("'=1+1", "' -- lalu", "''=1", "'teks'")
    """
    return "'" + text if RISKY.match(text) else text


def unguard(text: str) -> str:
    """Return what `guard` was given.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'teks'")
    ('=1+1', "'teks'")
    """
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def escape(text: str) -> str:
    r"""Return *text* as an XLSX file holds it: characters that XML lacks become ``_xHHHH_`` (ECMA-376, ST_Xstring).

    Examples
    --------
    >>> escape("a\x0bb"), escape("_x000B_")
    ('a_x000B_b', '_x005F_x000B_')
    """
    return UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    """Return what `escape` was given."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def width(text: str) -> int:
    """Return how many UTF-16 units *text* has, as Excel counts."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def shorten_cell(text: str, ending: str) -> str:
    """Return the beginning of *text* with *ending*, together no longer than a cell."""
    room = CELL - width(ending)
    kept = text[:room]
    while width(kept) > room:
        kept = kept[: len(kept) - max(1, (width(kept) - room) // 2)]
    return kept + ending

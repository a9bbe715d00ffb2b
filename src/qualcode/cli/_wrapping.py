"""Lines that break between words, where a person watches; what a program reads is left alone."""

from __future__ import annotations

import shutil
import sys
import textwrap

__all__ = ["NARROWEST", "asking", "wrapped"]

NARROWEST = 20
"""A terminal that says it is narrower, or has no width, would leave no room for words: it wraps lines itself."""


def wrapped(text: str, *, room: int = 0) -> str:
    """Return *text* with each line that the terminal would break inside a word broken between words, indented as it begins.

    So many columns as *room* says are left free at the end of each.
    """
    if not sys.stdout.isatty():
        return text
    columns = max(NARROWEST, shutil.get_terminal_size().columns - room)
    found = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        rows = textwrap.wrap(
            line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, expand_tabs=False
        )
        found += [*rows[:-1], rows[-1] + line[len(line.rstrip()) :]] if rows else [line]
    return "\n".join(found)


def asking(text: str) -> str:
    """Return *text* wrapped, with room behind it for a colon and a blank."""
    return wrapped(text, room=len(": "))

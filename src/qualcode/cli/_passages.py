"""Passages as lines: where they stand, who speaks, and the words with what matched marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from qualcode.cli._help import translated
from qualcode.cli._options import cleaned, terminal_width
from qualcode.errors import shorten

__all__ = ["passage_lines"]

WIDEST = 160
"""Characters in a line where the output is no terminal."""
SHORT = 40
"""Characters of an answer below which it is not understood without its question."""


def passage_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a passage is and what is known of it, then its words; of a long one those around the first mark.

    A short answer has its question before it. *row* holds transcript, turn, informants, question, known, quote and marks, as
    ([start, end), …) in the quote.
    """
    place = f"{row['transcript']}:{row['turn']}" if row["turn"] else row["transcript"]
    who = ", ".join(name for name in row["informants"] if name != row["transcript"])
    parts = [f"{place}  {who}".rstrip(), translated(row["known"]) if row.get("known") else ""]
    yield click.style("  ".join(part for part in parts if part), dim=True)
    if row.get("question") and len(row["quote"]) < SHORT:
        yield click.style(f"  ({cleaned(shorten(str(row['question']), 80))})", dim=True)
    yield f"  {_marked(row['quote'], row['marks'], min(terminal_width(), WIDEST) - 4)}"


def _marked(quote: str, marks: Sequence[Sequence[int]], width: int) -> str:
    """Return *quote* on one line with ‹marks›, cut to about *width* characters around the first."""
    start, end = 0, len(quote)
    if end > width:
        first = marks[0][0] if marks else 0
        start = max(0, min(first - width // 3, end - width))
        end = min(end, start + width)
        start = _word_before(quote, start) if start else 0
        end = _word_before(quote, end) if end < len(quote) else end
        end = max(end, min(len(quote), marks[0][1])) if marks else end
    shown, at = [], start
    for begin, stop in _apart(marks):
        if begin >= end or stop <= start:
            continue
        begin, stop = max(begin, start), min(stop, end)
        shown += [quote[at:begin], click.style(f"‹{quote[begin:stop]}›", bold=True)]
        at = stop
    shown.append(quote[at:end])
    return cleaned(("…" if start else "") + "".join(shown) + ("…" if end < len(quote) else ""))


def _word_before(text: str, at: int) -> int:
    """Return the end of the last blank up to *at*, or *at* where none is near."""
    blank = text.rfind(" ", max(0, at - 20), at)
    return blank + 1 if blank >= 0 else at


def _apart(marks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return marks in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((mark[0], mark[1]) for mark in marks):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

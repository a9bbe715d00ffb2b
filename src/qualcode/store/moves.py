"""Where what stands on a masked text stands now: a function of the pointers that masking leaves, never of the texts."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from qualcode.store import schema as s
from qualcode.store.facts import chunks

__all__ = ["Blocks", "closed", "moved", "place_now", "put_in_place", "settle_current", "unnamed_pointers"]

Blocks = Sequence[Sequence[int]]
"""(start, start in the other text, length) of each stretch that two texts share, in order; last the two lengths and 0.

A stretch without length stands between two that were replaced each by its own.
"""


def closed(blocks: Blocks, old: int, new: int) -> list[list[int]]:
    """Return *blocks* with the lengths of both texts at their end, as pointers keep them."""
    return [*(list(block) for block in blocks), [old, new, 0]]


def moved(blocks: Blocks, start: int, end: int) -> tuple[int, int] | None:
    """Return where the span from *start* to *end* stands in the other text.

    An end inside a stretch that was replaced moves outward, to the whole of what stands there now. Where nothing does, the letter beside it
    is taken, so that nothing is lost; None only in an empty text.

    Examples
    --------
    >>> blocks = [[0, 0, 4], [8, 10, 5], [13, 15, 0]]  # four letters became six
    >>> moved(blocks, 0, 4), moved(blocks, 5, 7), moved(blocks, 9, 13)
    ((0, 4), (4, 10), (11, 15))
    """
    *shared, (_, length, _) = blocks
    starts = [block[0] for block in shared]
    at = bisect_right(starts, start) - 1
    if at < 0:
        first = 0
    else:
        old, new, n = shared[at]
        first = new + min(start - old, n)
    at = bisect_left(starts, end) - 1
    if at >= 0 and end <= shared[at][0] + shared[at][2]:
        last = shared[at][1] + end - shared[at][0]
    else:
        last = shared[at + 1][1] if at + 1 < len(shared) else length
    if first < last:
        return first, last
    first = min(first, length - 1)
    return (first, first + 1) if length else None


class _Pointer(NamedTuple):
    """Of which transcript a revision is, and what took its place, if anything did."""

    transcript: int | None
    into: int | None
    blocks: str | None


class _Pointers:
    """The pointers of revisions, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, _Pointer] = {}
        self._blocks: dict[int, Blocks] = {}

    def look_up(self, revisions: Iterable[int]) -> None:
        """Learn the pointers of *revisions* and of all that they lead to."""
        r, todo = s.revision.c, set(revisions)
        while todo:
            for chunk in chunks(todo):
                for id_, transcript, into, blocks in self._connection.execute(
                    select(r.id, r.transcript, r.masked_into, r.blocks).where(r.id.in_(chunk))
                ):
                    self._known[id_] = _Pointer(transcript, into, blocks)
            todo = {p.into for p in self._known.values() if p.into is not None} - self._known.keys() - todo

    def transcript(self, revision: int) -> int | None:
        """Return of which transcript *revision* is."""
        return self._known[revision].transcript if revision in self._known else None

    def last(self, revision: int) -> int:
        """Return what took the place of *revision* in the end; of revisions that lead in a ring, itself."""
        passed = [revision]
        while (pointer := self._known.get(passed[-1])) is not None and pointer.into is not None:
            if pointer.into in passed:
                return revision
            passed.append(pointer.into)
        return passed[-1]

    def follow(self, revision: int, start: int, end: int) -> tuple[int, int, int] | None:
        """Return where a place stands in the end; None where that is not known."""
        target, at, span = self.last(revision), revision, (start, end)
        while at != target:
            pointer = self._known[at]
            if pointer.blocks is None or pointer.into is None:
                return None
            if at not in self._blocks:
                self._blocks[at] = json.loads(pointer.blocks)
            now = moved(self._blocks[at], *span)
            if now is None:
                return None
            at, span = pointer.into, now
        return target, *span


def place_now(connection: Connection, revision: int, start: int, end: int) -> tuple[int, int, int] | None:
    """Return where a place on *revision* (private id) stands now, with the revision it stands on; None where that is not known."""
    pointers = _Pointers(connection)
    pointers.look_up([revision])
    return pointers.follow(revision, start, end)


def put_in_place(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Fill in the transcript of each placed row, and move those on texts that were masked to where they stand now."""
    pointers = _Pointers(connection)
    pointers.look_up({row["revision"] for row in rows if row["revision"] is not None})
    for row in rows:
        revision = row["revision"]
        if revision is None:
            continue
        if pointers.last(revision) != revision and row["start"] is not None:
            place = pointers.follow(revision, row["start"], row["end"])
            row["revision"], row["start"], row["end"] = place or (revision, None, None)
        row["transcript"] = pointers.transcript(row["revision"])


def settle_current(connection: Connection) -> None:
    """Let transcripts whose text was masked, here or in another copy, show what took its place.

    A part that was cut from such a text has none of its own any more: what stood on it stands in the masked text.
    """
    t, r = s.transcript.c, s.revision.c
    rows = connection.execute(
        select(t.id, t.current).join_from(s.transcript, s.revision, t.current == r.id).where(r.masked_into.is_not(None))
    ).all()
    if not rows:
        return
    pointers = _Pointers(connection)
    pointers.look_up(row.current for row in rows)
    for transcript, current in rows:
        last = pointers.last(current)
        whose = pointers.transcript(last)
        connection.execute(
            update(s.transcript).where(t.id == transcript).values(current=last if whose == transcript else None)
        )


def unnamed_pointers(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Let revisions whose contents are erased point to the text that they were made from, which the log still names."""
    erased = {row["id"]: row for row in rows if row["transcript"] is None and row["masked_into"] is None}
    f, e = s.effect.c, s.entity.c
    for chunk in chunks(erased):
        named = connection.execute(
            select(f.entity, s.ref.c.target)
            .select_from(s.ref.join(s.effect, s.ref.c.effect == f.id).join(s.entity, s.ref.c.target == e.id))
            .where(f.entity.in_(chunk), f.op == "new", e.kind == "revision")
        )
        for revision, prior in named:
            erased[revision]["masked_into"] = prior

"""Turns as a revision's payload keeps them: facts of the import, one payload a transcript, compact.

`turns` is a flat list of (gap since the last turn's end, length, speaker number) for each turn, in code points; `times` a flat list of
(turn number from 0, seconds) where known. Register ``speaker.N`` is ``[label, role, informant guid or null]``, in an effect of its own
that names the informant, so that one voice of a group can be erased and the others stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from qualcode.model import Role, Span, Turn
from qualcode.store import schema as s
from qualcode.store.facts import chunks

__all__ = ["PackedTurns", "Speaker", "bounds", "describe", "pack", "unpack"]

Speaker = tuple[str, str, str | None]
"""Label in the text, role, and guid of the informant where known."""

_VALUES = {role: role.value for role in Role}

NOBODY: Speaker = ("", Role.OTHER.value, None)
"""What a turn shows whose speaker was erased."""


class PackedTurns(NamedTuple):
    """The turns of one revision, as its payload keeps them."""

    turns: list[int]
    times: list[float]
    speakers: list[Speaker]


def pack(turns: Sequence[Turn], known: Sequence[Speaker] = ()) -> PackedTurns:
    """Return *turns* packed; speakers already *known* keep their numbers."""
    speakers = {speaker: number for number, speaker in enumerate(known)}
    packed: list[int] = []
    times: list[float] = []
    end = 0
    for number, turn in enumerate(turns):
        start, before, end = turn.span.start, end, turn.span.end
        speaker = (turn.speaker, _VALUES[turn.role], turn.informant)
        packed += (start - before, end - start, speakers.setdefault(speaker, len(speakers)))
        if turn.time is not None:
            times += (number, turn.time)
    return PackedTurns(packed, times, list(speakers))


def bounds(packed: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (start, end, speaker number) of each turn."""
    found, end = [], 0
    for i in range(0, len(packed), 3):
        start = end + packed[i]
        end = start + packed[i + 1]
        found.append((start, end, packed[i + 2]))
    return found


def unpack(
    packed: Sequence[int] | None,
    times: Sequence[float] | None,
    speakers: Mapping[str, Sequence[str | None] | None] | None,
) -> tuple[Turn, ...]:
    """Return the turns of a revision from its projection's columns, decoded from JSON."""
    when = {int(times[i]): times[i + 1] for i in range(0, len(times), 2)} if times else {}
    turns = []
    for number, (start, end, speaker) in enumerate(bounds(packed or ())):
        label, role, informant = (speakers or {}).get(str(speaker)) or NOBODY
        turns.append(Turn(Span(start, end), label or "", Role(role or "other"), informant, when.get(number)))
    return tuple(turns)


def describe(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Fill in the SHA-256 and length of the text of each revision in *rows*."""
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row.update(sha256=None, length=None)
    t = s.text_.c
    for chunk in chunks([row["id"] for row in rows if isinstance(row["id"], int)], 50):
        for revision, body in connection.execute(select(t.revision, t.body).where(t.revision.in_(chunk))):
            by_id[revision].update(sha256=hashlib.sha256(body.encode()).hexdigest(), length=len(body))

"""Free text that met a withdrawal without either knowing of the other: for a person to read again after a merge."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from qualcode.store import schema as s
from qualcode.store.effects import FREE_TEXT, MASKING, NO_WORDS
from qualcode.store.erase import Mention, first_text
from qualcode.store.payloads import decode

__all__ = ["review"]

Clock = Mapping[int, int]
"""How far each sitting (private id) is known."""


def review(connection: Connection) -> tuple[Mention, ...]:
    """Return the free text that was written without knowledge of an erasing or masking, and that neither knew of.

    It may speak of the one who withdrew. What a sitting knew is what the heads it named at its beginning stand for: never too much.
    """
    e = s.event.c
    erasings = connection.execute(select(e.sitting, e.seq).where(e.verb.in_(["erase", MASKING]))).all()
    if not erasings:
        return ()
    clocks = _clocks(connection)

    def knows(knower: tuple[int, int], sitting: int, seq: int) -> bool:
        """Tell whether the event *knower* surely knew of the other."""
        at = knower[1] if knower[0] == sitting else clocks.get(knower[0], {}).get(sitting, 0)
        return seq <= at

    found = []
    f, t = s.effect.c, s.entity.c
    rows = connection.execute(
        select(e.sitting, s.sitting.c.guid, e.seq, f.position, t.kind, t.guid, s.payload.c.format, s.payload.c.body)
        .select_from(
            s.payload.join(s.effect)
            .join(s.event)
            .join(s.sitting, e.sitting == s.sitting.c.id)
            .join(s.entity, f.entity == t.id)
        )
        .where(t.kind.in_(sorted(FREE_TEXT)))
        .order_by(e.lamport, s.sitting.c.guid, e.seq, f.position)
    )
    for sitting, name, seq, position, kind, guid, number, body in rows:
        if all(knows((by, at), sitting, seq) or knows((sitting, seq), by, at) for by, at in erasings):
            continue
        if (
            excerpt := first_text({name: v for name, v in decode(number, body).items() if name not in NO_WORDS})
        ) is not None:
            found.append(Mention(f"{name.hex()}/{seq}/{position}", kind, guid.hex(), excerpt))
    return tuple(found)


def _clocks(connection: Connection) -> dict[int, dict[int, int]]:
    """Return what each sitting knew at its beginning."""
    e, head = s.event.c, s.event.alias("head")
    rows = connection.execute(
        select(e.sitting, head.c.sitting, head.c.seq)
        .select_from(s.seen.join(s.event, s.seen.c.event == e.id).join(head, s.seen.c.head == head.c.id))
        .order_by(e.lamport, e.id)
    )
    clocks: dict[int, dict[int, int]] = {}
    for sitting, seen, seq in rows:  # a head's own sitting began earlier, so its clock is complete
        clock = clocks.setdefault(sitting, {})
        for other, at in (*clocks.get(seen, {}).items(), (seen, seq)):
            clock[other] = max(clock.get(other, 0), at)
    return clocks

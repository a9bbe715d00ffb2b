"""What the effects in force say of one entity: whether it lives, its values, and what they disagree about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from qualcode.store import schema as s
from qualcode.store.facts import Fact, Facts, among, chunks
from qualcode.store.payloads import canonical

__all__ = ["Conflict", "Lives", "detail"]

Conflict = tuple[str, str]
"""Kind and detail (JSON)."""


def detail(facts: Iterable[Fact], register: str = "") -> str:
    """Return the detail of a conflict between *facts*, over *register* where it is about one."""
    refs: dict[str, object] = {"effects": sorted({fact.ref for fact in facts})}
    return canonical(refs | ({"register": register} if register else {}))


class Lives:
    """The lives of the loaded entities; loads on its own those that keep an ended entity alive."""

    def __init__(self, connection: Connection, facts: Facts) -> None:
        self._connection = connection
        self._facts = facts
        self._lives: dict[int, tuple[bool, list[Conflict]]] = {}
        self._referring: dict[int, list[tuple[int, int]]] = {}

    def prepare(self, entities: Iterable[int]) -> None:
        """Load what refers to those of *entities* that have ended, and what refers to those, to the last."""
        todo = set(entities)
        while todo:
            ended = [e for e in todo if e not in self._referring and any(f.op == "end" for f in self._facts.effects[e])]
            todo = set()
            for chunk in chunks(ended):
                for entity in chunk:
                    self._referring[entity] = []
                f = s.effect.c
                rows = self._connection.execute(
                    select(s.ref.c.target, f.entity, f.id)
                    .select_from(s.ref.join(s.effect, s.ref.c.effect == f.id).join(s.event))
                    .where(among(s.ref.c.target, chunk), f.op == "new", ~s.event.c.void)
                )
                for target, entity, effect in rows:
                    if entity != target:  # a transcript with unnamed voices names itself
                        self._referring[target].append((entity, effect))
                        todo.add(entity)
            self._facts.load(self._connection, sorted(todo))

    def life(self, entity: int) -> tuple[bool, list[Conflict]]:
        """Return whether *entity* is visible, and the conflicts about its end."""
        if entity not in self._lives:
            self._lives[entity] = self._life(entity)
        return self._lives[entity]

    def _life(self, entity: int) -> tuple[bool, list[Conflict]]:
        facts = self._facts.effects[entity]
        if len(facts) == 1 and facts[0].op == "new":  # most entities: made, and never touched again
            return entity not in self._facts.dead, []
        if entity in self._facts.dead or not any(fact.op == "new" for fact in facts):
            return False, []
        ends = [fact for fact in facts if fact.op == "end"]
        if not ends:
            return True, []
        seen = {base for fact in ends for base in self._facts.bases.get(fact.id, ())}
        heads = {fact.id: fact for found in self._facts.heads(entity).values() for fact in found}
        unseen = [fact for id_, fact in heads.items() if id_ not in seen]
        referring = [
            next(fact for fact in self._facts.effects[by] if fact.id == effect)
            for by, effect in self._referring[entity]
            if self.life(by)[0]
        ]
        conflicts: list[Conflict] = []
        if unseen:
            conflicts.append(("ended-edited", detail([*unseen, *ends])))
        if referring:
            conflicts.append(("ended-referred", detail([*referring, *ends])))
        return bool(conflicts), conflicts

    def values(self, entity: int, kind: str) -> tuple[dict[str, object], list[Conflict]]:
        """Return what is shown of each register, and the conflicts between its heads.

        An erased side is blank and loses to any other; of those left the latest is shown.
        """
        facts = self._facts.effects[entity]
        if len(facts) == 1 and kind != "code":
            return facts[0].values or dict.fromkeys(facts[0].registers), []
        heads = self._facts.heads(entity)
        shown: dict[str, object] = {}
        conflicts: list[Conflict] = []
        for register, found in heads.items():
            if len(found) == 1:
                values = found[0].values
                shown[register] = None if values is None else values[register]
                continue
            sides = sorted(
                (
                    (fact.order, canonical(fact.values[register]), fact.position, fact)
                    for fact in found
                    if fact.values is not None
                ),
                key=lambda side: side[:3],
            )
            values = sides[-1][3].values if sides else None
            shown[register] = None if values is None else values[register]
            if len({side[1] for side in sides}) > 1:
                conflicts.append(("values", detail((side[3] for side in sides), register)))
        if kind == "code" and shown.get("status") not in (None, "active"):  # one merged away is a list
            conflicts += self._edited_out_of_use(heads)
        if shown.get("masked") is not None:
            conflicts += self._edited_under_mask(heads)
        return shown, conflicts

    def _edited_under_mask(self, heads: dict[str, list[Fact]]) -> list[Conflict]:
        """Return the conflict of a text that was corrected by someone who had not seen it masked: what they wrote went with the text."""
        masked = {fact.id: fact for fact in heads["masked"]}
        seen = {base for id_ in masked for base in self._facts.bases.get(id_, ())}
        unseen = {
            fact.id: fact
            for register, found in heads.items()
            if register != "masked"
            for fact in found
            if fact.id not in seen and not masked.keys() & self._facts.bases.get(fact.id, set())
        }
        return [("masked-edited", detail([*unseen.values(), *masked.values()]))] if unseen else []

    def _edited_out_of_use(self, heads: dict[str, list[Fact]]) -> list[Conflict]:
        """Return the conflict of a code edited by someone who had not seen it retired or merged away."""
        bases = self._facts.bases
        status = {fact.id: fact for fact in heads["status"]}
        seen = {base for id_ in status for base in bases.get(id_, ())}
        unseen = {
            fact.id: fact
            for found in heads.values()
            for fact in found
            if fact.id not in seen and fact.id not in status and not status.keys() & bases.get(fact.id, set())
        }
        return [("ended-edited", detail([*unseen.values(), *status.values()]))] if unseen else []

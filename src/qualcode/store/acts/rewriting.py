"""Writing registers anew so that what they held before is erased from the log, every version of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import Connection, select

from qualcode.errors import N_, NotFoundError
from qualcode.store import schema as s
from qualcode.store.acts._ground import guids_of
from qualcode.store.doom import effect_id
from qualcode.store.effects import Effect
from qualcode.store.erase import HEX, LETTER
from qualcode.store.facts import Fact, Facts
from qualcode.store.payloads import decode

__all__ = ["Rewriting", "in_words"]

RULES = frozenset({"keywords", "macros", "rule", "families", "key"})
"""Registers that are read by programs: with other words they would find other passages."""

Change = Callable[[object], object]
"""Gives another value for one that is stored."""

CLITICS = "(?:nya|ku|mu|lah|kah|pun|tah)"


def in_words(
    replaced: Mapping[str, str], *, loose: bool = False, capital: Collection[str] = ()
) -> Callable[[object], object]:
    """Return what puts the values of *replaced* in the place of its keys, in every text inside a value.

    Whole words alone, whatever their case; what is attached to them stays attached. The longest goes first. With *loose*, also at the
    beginning of longer words. Those in *capital* (small letters) are words of the language, too, and names only with a capital.
    """
    words = {word.casefold(): other for word, other in replaced.items() if word}
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    end = "" if loose else rf"(?={CLITICS}?(?!{LETTER}))"
    pattern = re.compile(rf"(?<!{LETTER})(?:{'|'.join(longest)}){end}", re.IGNORECASE) if longest else None

    def other(found: re.Match[str]) -> str:
        low = found[0].casefold()
        return found[0] if low in capital and found[0].islower() else words.get(low, found[0])

    def change(value: object) -> object:
        if isinstance(value, str):
            if pattern is None or HEX.fullmatch(value):
                return value
            return pattern.sub(other, value)
        if isinstance(value, dict):
            return {name: change(member) for name, member in value.items()}
        if isinstance(value, list):
            return [change(member) for member in value]
        return value

    return change


class Rewriting:
    """Gathers what is to be written and what is to be erased; entities are named by private id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts = Facts()
        self._new: dict[int, dict[str, object]] = {}
        self._refs: dict[int, set[int]] = {}
        self.stones: set[str] = set()

    def put(self, entity: int, values: Mapping[str, object]) -> None:
        """Give registers of *entity* new *values*; every effect that ever wrote them is erased, what else it wrote is said again."""
        f = s.effect.c
        rows = self._connection.execute(
            select(f.id, f.registers, s.sitting.c.guid, s.event.c.seq, f.position)
            .select_from(s.effect.join(s.event).join(s.sitting))
            .where(f.entity == entity)
        )
        hit = set()
        for id_, registers, sitting, seq, position in rows:
            if not values.keys().isdisjoint(registers.split(",")):
                hit.add(id_)
                self.stones.add(f"{sitting.hex()}/{seq}/{position}")
        self._say_again(entity, hit, values)
        self._new[entity].update(values)

    def _say_again(self, entity: int, hit: set[int], but: Mapping[str, object]) -> None:
        """Write again what the effects *hit* say that is shown, but for the registers in *but*: their contents go."""
        kept = self._new.setdefault(entity, {})
        for register, facts in self.heads(entity).items():
            standing = [fact for fact in facts if fact.values is not None]
            if register in but or not standing or not any(fact.id in hit for fact in facts):
                continue
            latest = max(standing, key=lambda fact: (fact.order, fact.position))
            kept.setdefault(register, latest.values[register])  # type: ignore[index]
            self._refs.setdefault(entity, set()).update(self._named(latest))

    def heads(self, entity: int) -> Mapping[str, list[Fact]]:
        """Return the heads of each register of *entity*."""
        self._facts.load(self._connection, [entity])
        return self._facts.heads(entity)

    def rewrite(self, name: str, change: Change, *, rules: Change | None = None) -> None:
        """Change the texts that the effect called *name* holds, where they are shown, and erase it; nothing where nothing changes.

        Rules and keys stay as they are, for other words in them would find other passages; unless *rules* says how they change.

        Raises
        ------
        NotFoundError
            If there is no such effect.
        """
        id_, entity = self._find(name)
        p = s.payload.c
        stored = self._connection.execute(select(p.format, p.body).where(p.effect == id_)).first()
        values = decode(*stored) if stored is not None else {}
        changed = {
            register: new
            for register, value in values.items()
            for how in [rules if register in RULES else change]
            if how is not None and (new := how(value)) != value
        }
        if not changed:
            return
        shown = {register for register, facts in self.heads(entity).items() if any(fact.id == id_ for fact in facts)}
        if standing := {register: value for register, value in changed.items() if register in shown}:
            self.put(entity, standing | {r: v for r, v in self._new.get(entity, {}).items() if r in standing})
        else:
            self.stones.add(name)
            self._say_again(entity, {id_}, {})

    def drop(self, name: str) -> None:
        """Erase the effect called *name*; what it alone says is said no more."""
        self._find(name)
        self.stones.add(name)

    def effects(self) -> list[Effect]:
        """Return the effects that write what is new, one an entity."""
        e = s.entity.c
        found = []
        for entity, values in self._new.items():
            if not values:
                continue
            kind, guid = self._connection.execute(select(e.kind, e.guid).where(e.id == entity)).one()
            refs = guids_of(self._connection, self._alive(self._refs.get(entity, ())))
            found.append(Effect("set", kind, guid.hex(), values, tuple(sorted(refs.values()))))
        return found

    def _find(self, name: str) -> tuple[int, int]:
        id_ = effect_id(self._connection, name)
        if id_ is None:
            raise NotFoundError(N_("no entry of the log is called {name!r}"), name=name)
        entity = self._connection.execute(select(s.effect.c.entity).where(s.effect.c.id == id_)).scalar_one()
        return id_, entity

    def _named(self, fact: Fact) -> Iterable[int]:
        return self._connection.execute(select(s.ref.c.target).where(s.ref.c.effect == fact.id)).scalars()

    def _alive(self, entities: Iterable[int]) -> list[int]:
        dead = set(self._connection.execute(select(s.dead.c.id)).scalars())
        return [entity for entity in entities if entity not in dead]

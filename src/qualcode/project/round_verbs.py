"""The verbs on rounds of coding."""

from __future__ import annotations

from qualcode.errors import N_, StateError
from qualcode.model import Round
from qualcode.project.desk import Desk

__all__ = ["RoundVerbs"]


class RoundVerbs(Desk):
    """Begin and end rounds: work done while one is open belongs to it."""

    def open_round(self, name: str, *, independent: bool = True) -> Round:
        """Begin a round and return it. In an independent one, nobody sees another coder's work, nor suggestions learnt from it.

        Raises
        ------
        ConflictError
            If there was a round of that name.
        StateError
            If one is open: work can belong to one round only.
        """
        from qualcode.store.acts.study import add_round

        open_one = self._open_round()
        if open_one is not None:
            raise StateError(
                N_("the round {name!r} is open"), hint=N_("close it first: qualcode round --close"), name=open_one.name
            )
        guid = add_round(self._log, self._by(), name.strip(), blind=independent)
        return next(one for one in self.corpus().rounds if one.guid == guid)

    def close_round(self) -> Round:
        """End the round that is open and return it: from now on its coders see each other's work.

        Raises
        ------
        StateError
            If none is open.
        """
        from qualcode.store.acts.study import edit_round

        open_one = self._open_round()
        if open_one is None:
            raise StateError(N_("no round is open"), hint=N_("qualcode round NAME begins one"))
        edit_round(self._log, self._by(), open_one.guid, closed=True)
        return next(one for one in self.corpus().rounds if one.guid == open_one.guid)

"""What informants agreed to."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qualcode.model import Consent
from qualcode.store.acts._ground import changed, require
from qualcode.store.consents import registers_of
from qualcode.store.effects import By, Effect, EventRef
from qualcode.store.log import Log

__all__ = ["put_consents"]


def put_consents(log: Log, by: By, consents: Sequence[Consent]) -> EventRef | None:
    """Record what informants agreed to, in one event; return it, or None where nothing changes.

    The fields are registers of the informants: they die with them, and each is settled for itself when copies are merged.

    Raises
    ------
    NotFoundError
        If one of the informants is not in the study.
    """
    with log.writing(by) as writer:
        effects: list[Effect] = []
        for consent in consents:
            row = require(writer.connection, "informant", consent.informant)._mapping
            old = {f"consent.{name}": value for name, value in json.loads(str(row["consent"] or "{}")).items()}
            new = registers_of(consent)
            values = {name: value for name, value in changed(old, new).items() if value or old.get(name)}
            if values:
                effects.append(Effect("set", "informant", consent.informant, values))
        return writer.record("consent", effects) if effects else None

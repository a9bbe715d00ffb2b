"""Withdrawing: erasing informants together with the free text that speaks of them, whole or word by word."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import N_, InputError
from qualcode.store.acts.rewriting import Rewriting, in_words
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.erase import obey, sweep
from qualcode.store.log import Log
from qualcode.store.projection import project

__all__ = ["BLANK", "NOTHING", "withdraw"]

BLANK = "█████"
"""What stands in the place of a word that was blanked, however long it was."""


NOTHING = "xxxxx"
"""What stands there in keys and rules, which are read by programs: a rule that finds nothing."""


def withdraw(
    log: Log,
    by: By,
    guids: Sequence[str],
    *,
    erase: Sequence[str] = (),
    blank: Sequence[str] = (),
    words: Sequence[str] = (),
) -> EventRef:
    """Erase the informants with *guids*, in one event that is for good; return it.

    Parameters
    ----------
    erase : sequence of str
        Free text by the names that `mentions` gives, to be erased whole.
    blank : sequence of str
        Likewise, in which *words* alone are blanked: the rest is written again, every earlier version is erased.

    Raises
    ------
    InputError
        If there is nothing to erase.
    NotFoundError
        If a free text is not in the study.
    """
    if not guids and not erase and not blank:
        raise InputError(N_("nothing was named that is to be erased"))
    change = in_words(dict.fromkeys(words, BLANK), loose=True)
    in_rules = in_words(dict.fromkeys(words, NOTHING), loose=True)
    with log.writing(by) as writer:
        rewriting = Rewriting(writer.connection)
        for name in blank:
            rewriting.rewrite(name, change, rules=in_rules)
        for name in erase:
            rewriting.drop(name)
        stones = [*guids, *sorted(rewriting.stones)]
        effects = [Effect("new", "tomb", new_guid(), {"what": stones}), *rewriting.effects()]
        ref = writer.record("erase", effects)
        project(writer.connection, obey(writer.connection))
    sweep(log.engine)
    return ref

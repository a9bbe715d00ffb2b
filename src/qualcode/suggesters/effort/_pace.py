"""How long reading takes, so that passages spared can be told in hours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from qualcode.errors import N_, InputError
from qualcode.model import Corpus, Verdict

__all__ = ["UNTIMED", "Pace", "pace"]

NOT_TIMED = N_("no decision on a suggestion was timed; say how many seconds a passage takes, with --seconds")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a passage takes.

    Attributes
    ----------
    seconds : float or None
        For reading one passage and deciding on it.
    n_timed : int
        Decisions whose median this is; 0 where it was given.
    undefined : str
        Why `seconds` is ``None``: an English message id.
    """

    seconds: float | None = None
    n_timed: int = 0
    undefined: str = NOT_TIMED

    def hours(self, passages: float | None) -> float | None:
        """Return the hours that so many passages take; ``None`` where either is undefined."""
        return None if passages is None or self.seconds is None else passages * self.seconds / 3600


UNTIMED = Pace()


def pace(corpus: Corpus, coders: Sequence[str], seconds: float | None = None) -> Pace:
    """Return *seconds* where they are given, else the median of the seconds that *coders* took for decisions on suggestions.

    The median, because who went for a coffee was timed, too. Skipped passages were not decided on.

    Raises
    ------
    InputError
        If *seconds* is not a positive number.
    """
    if seconds is not None:
        if not (math.isfinite(seconds) and seconds > 0):
            raise InputError(N_("a passage takes more than 0 seconds, not {seconds}"), seconds=seconds)
        return Pace(float(seconds), 0, "")
    timed = [
        one.seconds
        for one in corpus.decisions
        if one.coder in coders and one.seconds and one.verdict is not Verdict.SKIPPED
    ]
    return Pace(median(timed), len(timed), "") if timed else UNTIMED

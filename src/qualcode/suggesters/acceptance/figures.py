"""From the decisions of a study to figures on how far people leant on suggestions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from qualcode.errors import N_
from qualcode.model import Corpus, Decision, Verdict

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["FASTEST", "Acceptance", "Band", "Share", "acceptance", "fastest_reading"]

BANDS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
CONFIDENCE = 0.95
WORDS_A_MINUTE = 1000.0
"""Nobody reads faster than this: silent reading of known matter lies near 240 words a minute (Brysbaert 2019)."""
FASTEST = 1.0
"""Seconds that a decision takes at the least, however short the passage: to see it, its question and the code's name."""
ENOUGH = 20
"""Decisions from which a share of nearly all tells something."""
NEARLY_ALL = 0.95

NOT_BLIND = N_("no suggestion was decided on blind: whether seeing them changed the decisions cannot be told")
NOT_SHOWN = N_("no suggestion was decided on in sight: there is nothing to compare the blind passages with")
UNLIKE = N_(
    "no band of probabilities has both suggestions decided on in sight and blind ones: like cannot be compared with like"
)
LEANING = N_(
    "in sight of a suggestion its code was given clearly more often than blind: the suggestions may lead the coder"
)
FOLLOWING = N_("most codes not given blind were given once the suggestion was seen: the suggestions may lead the coder")
TOO_FAST = N_("half of the accepted suggestions or more were accepted faster than their passage can be read")
ALL_ACCEPTED = N_("nearly every suggestion was accepted: were there none to reject?")
NONE_DECIDED = N_("no suggestion was decided on yet")


def fastest_reading(text: str) -> float:
    """Return in how many seconds *text* can be read at best: at 1,000 words a minute, and never under one second."""
    return max(FASTEST, len(text.split()) * 60 / WORDS_A_MINUTE)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many. `low` and `high` are Wilson's interval (1927) of 95 %; NaN, like `value`, where there are none."""

    k: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, NaN of none."""
        return self.k / self.n if self.n else math.nan


@dataclass(frozen=True, slots=True)
class Band:
    """The decisions on suggestions with a score from `low` to below `high` (NaN: no score, rules), each suggestion once.

    Attributes
    ----------
    shown : Share
        Of those decided in sight, how many were accepted or corrected only in their words.
    blind : Share
        Of those seen only after deciding, for how many the code had been given already.
    corrected, rejected, skipped : int
        Of those decided in sight: given another code or other words, rejected, left open.
    followed : int
        Of those seen after deciding for which the code had not been given, how many were given it then.
    seconds : float
        The middle of the times taken to accept in sight; NaN where none is known.
    """

    low: float
    high: float
    shown: Share
    blind: Share
    corrected: int
    rejected: int
    skipped: int
    followed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of suggestions.

    Attributes
    ----------
    bands : tuple of Band
        By score, then those without one; only such as have decisions.
    overall : Band
        All together.
    difference : tuple of float, or None
        Share given in sight less share given blind, band by band, and its interval of 95 % (`_difference`); None where `undefined`.
    undefined : str
        Why there is no difference, a message id; empty where there is one.
    warnings : tuple of str
        Message ids of what speaks for leaning on suggestions too much; none is proof.
    too_fast : Share
        Of the suggestions accepted in sight whose time is known, how many took less than `fastest_reading` of their passage.
    coder : str
        Whose decisions; empty for everyone's.
    checks : int
        Decisions in sight on what was not suggested but only asked about (`Decision.asked`): they are in no band, since they say nothing of how far
        suggestions are followed.
    """

    bands: tuple[Band, ...]
    overall: Band
    difference: tuple[float, float, float] | None
    undefined: str
    warnings: tuple[str, ...]
    too_fast: Share
    coder: str = ""
    checks: int = 0

    def to_rows(self) -> list[dict[str, object]]:
        """Return a row a band, and one for all, with what is undefined as None."""
        return [_row(band) for band in (*self.bands, self.overall)]

    def to_frame(self) -> DataFrame:
        """Return `to_rows` as a frame."""
        import pandas as pd

        return pd.DataFrame(self.to_rows())


def acceptance(corpus: Corpus, *, coder: str | None = None) -> Acceptance:
    """Return what became of the suggestions that were decided on.

    A suggestion counts once for each coder, with their last decision; a decision that only skips counts where there is no other.

    Parameters
    ----------
    corpus : Corpus
        With the decisions.
    coder : str, optional
        Id of the only coder to look at; everyone by default.

    Raises
    ------
    NotFoundError
        If there is no such coder.
    """
    who = corpus.coder(coder).id if coder else ""
    last: dict[tuple[str, str], Decision] = {}
    for one in corpus.decisions:  # oldest first
        key = one.coder, one.suggestion
        if who in {"", one.coder} and not (one.verdict is Verdict.SKIPPED and key in last):
            last[key] = one
    every = [one for one in last.values() if not one.asked or one.blind is not None]
    bands = [
        _band(low, high, [d for d in every if low <= d.score < high or (high == 1 and d.score == 1)])
        for low, high in BANDS
    ]
    bands.append(_band(math.nan, math.nan, [d for d in every if math.isnan(d.score)]))
    overall = _band(0.0, 1.0, every)
    accepted = [d for d in every if d.blind is None and d.verdict is Verdict.ACCEPTED and d.seconds is not None]
    fast = _share(sum((d.seconds or 0.0) < fastest_reading(corpus.quote(d)) for d in accepted), len(accepted))
    undefined = (
        NONE_DECIDED if not every else NOT_BLIND if not overall.blind.n else NOT_SHOWN if not overall.shown.n else ""
    )
    difference = None if undefined else _difference([(band.shown, band.blind) for band in bands])
    undefined = undefined or ("" if difference else UNLIKE)
    return Acceptance(
        bands=tuple(band for band in bands if band.shown.n or band.blind.n or band.skipped),
        overall=overall,
        difference=difference,
        undefined=undefined,
        warnings=tuple(_warnings(overall, difference, fast)),
        too_fast=fast,
        coder=who,
        checks=len(last) - len(every),
    )


def _band(low: float, high: float, decisions: Sequence[Decision]) -> Band:
    shown = [d for d in decisions if d.blind is None]
    blind = [d for d in decisions if d.blind is not None and d.verdict is not Verdict.SKIPPED]
    decided = [d for d in shown if d.verdict is not Verdict.SKIPPED]
    accepted = [d for d in decided if _gave(d)]
    times = [d.seconds for d in accepted if d.seconds is not None]
    return Band(
        low=low,
        high=high,
        shown=_share(len(accepted), len(decided)),
        blind=_share(sum(d.blind is Verdict.ACCEPTED for d in blind), len(blind)),
        corrected=_count(decided, Verdict.CORRECTED),
        rejected=_count(decided, Verdict.REJECTED),
        skipped=len(shown) - len(decided),
        followed=sum(_gave(d) for d in blind if d.blind is not Verdict.ACCEPTED),
        seconds=median(times) if times else math.nan,
    )


def _gave(decision: Decision) -> bool:
    """Tell whether in the end the coder gives the code."""
    return decision.verdict is Verdict.ACCEPTED or (decision.verdict is Verdict.CORRECTED and not decision.corrected)


def _count(decisions: Iterable[Decision], verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in decisions)


def _share(k: int, n: int) -> Share:
    if not n:
        return Share(0, 0, math.nan, math.nan)
    from scipy.stats import binomtest

    interval = binomtest(k, n).proportion_ci(CONFIDENCE, method="wilson")
    return Share(k, n, float(interval.low), float(interval.high))


def _difference(bands: Iterable[tuple[Share, Share]]) -> tuple[float, float, float] | None:
    """Return the difference of two shares and its interval, like being compared with like: None where no band has both.

    What is improbable is accepted less often, seen or not, and blind passages may be less probable. So the difference is the mean of those of
    the bands, weighing n m / (n + m) of n and m decisions (Cochran 1954). Each has its interval from those of both shares (Newcombe 1998,
    method 10), and the mean one from these, lower and upper parts being added by their squares (Zou & Donner 2008).
    """
    known = [(one, other, one.n * other.n / (one.n + other.n)) for one, other in bands if one.n and other.n]
    whole = sum(weight for *_, weight in known)
    if not known:
        return None
    apart = sum(weight * (one.value - other.value) for one, other, weight in known) / whole
    down = [weight / whole * math.hypot(one.value - one.low, other.high - other.value) for one, other, weight in known]
    up = [weight / whole * math.hypot(one.high - one.value, other.value - other.low) for one, other, weight in known]
    return apart, apart - math.hypot(*down), apart + math.hypot(*up)


def _warnings(overall: Band, difference: tuple[float, float, float] | None, fast: Share) -> Iterable[str]:
    """Yield what speaks for leaning on suggestions too much."""
    if difference is not None and difference[1] > 0:
        yield LEANING
    not_given = overall.blind.n - overall.blind.k
    if not_given >= 5 and overall.followed > not_given / 2:
        yield FOLLOWING
    if fast.n and fast.k * 2 >= fast.n and fast.k >= 5:
        yield TOO_FAST
    if overall.shown.n >= ENOUGH and overall.shown.value >= NEARLY_ALL:
        yield ALL_ACCEPTED


def _row(band: Band) -> dict[str, object]:
    def known(value: float) -> float | None:
        return None if math.isnan(value) else round(value, 3)

    return {
        "from": known(band.low),
        "to": known(band.high),
        "n": band.shown.n,
        "accepted": band.shown.k,
        "share": known(band.shown.value),
        "low": known(band.shown.low),
        "high": known(band.shown.high),
        "corrected": band.corrected,
        "rejected": band.rejected,
        "skipped": band.skipped,
        "seconds": known(band.seconds),
        "blind_n": band.blind.n,
        "blind_given": band.blind.k,
        "blind_share": known(band.blind.value),
        "blind_low": known(band.blind.low),
        "blind_high": known(band.blind.high),
        "followed": band.followed,
    }

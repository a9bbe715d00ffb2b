"""What became of suggestions, as a table and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qualcode.cli._help import language, translated
from qualcode.cli._options import say, show, show_json
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.suggesters.acceptance.figures import Acceptance, Band, Share

__all__ = ["show_acceptance"]


def show_acceptance(found: Acceptance, *, as_json: bool) -> None:
    """Print the bands, the difference between passages in sight and blind, and the warnings."""
    if as_json:
        apart = found.difference
        show_json(
            {
                "coder": found.coder or None,
                "bands": found.to_rows()[:-1],
                "overall": found.to_rows()[-1],
                "difference": None if apart is None else dict(zip(("value", "low", "high"), apart, strict=True)),
                "undefined": found.undefined or None,
                "too_fast": {"k": found.too_fast.k, "n": found.too_fast.n},
                "warnings": list(found.warnings),
            }
        )
        return
    if found.bands:
        rows = [_row(band, _scores(band)) for band in found.bands]
        rows.append(_row(found.overall, translated(N_("all"))))
        show(
            rows,
            as_json=False,
            columns={
                "score": N_("probability"),
                "shown": N_("accepted in sight"),
                "blind": N_("given blind"),
                "followed": N_("given after seeing"),
                "corrected": N_("corrected"),
                "rejected": N_("rejected"),
                "skipped": N_("skipped"),
                "seconds": N_("seconds"),
            },
        )
        say(N_("In brackets: 95 % interval. Seconds: half of the accepts in sight took less."))
    if found.difference is not None:
        value, low, high = (_number(one, 2) for one in found.difference)
        message = N_("In sight less blind: {value} ({low} to {high}).")
        say(message, value=value, low=low, high=high)
    else:
        say(N_("In sight and blind cannot be compared: {reason}."), reason=translated(found.undefined))
    for warning in found.warnings:
        say(N_("Look again: {warning}."), warning=translated(warning))
    if found.too_fast.n:
        say(
            N_("{k} of {n} accepts were faster than 1,000 words a minute, or than one second."),
            k=found.too_fast.k,
            n=found.too_fast.n,
        )


def _row(band: Band, score: str) -> dict[str, object]:
    return {
        "score": score,
        "shown": _share(band.shown),
        "blind": _share(band.blind),
        "followed": band.followed if band.blind.n else None,
        "corrected": band.corrected,
        "rejected": band.rejected,
        "skipped": band.skipped,
        "seconds": None if math.isnan(band.seconds) else _number(band.seconds, 1),
    }


def _scores(band: Band) -> str:
    if math.isnan(band.low):
        return translated(N_("none (rules)"))
    return f"{_number(band.low, 1)}–{_number(band.high, 1)}"


def _share(share: Share) -> str | None:
    if not share.n:
        return None
    words = translated(N_("{k} of {n}"), k=share.k, n=share.n)
    return f"{words} ({_number(share.low, 2)}–{_number(share.high, 2)})"


def _number(value: float, digits: int) -> str:
    from qualcode import i18n

    return i18n.number(value, language(), digits=digits)

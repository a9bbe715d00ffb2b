"""What became of suggestions, as a table and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import say, show, show_json
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.suggesters.acceptance.figures import Acceptance, Band, Share

__all__ = ["show_acceptance"]

IN_SIGHT = {
    "score": N_("probability"),
    "accepted": N_("accepted"),
    "interval": N_("95 % interval"),
    "rejected": N_("rejected"),
    "corrected": N_("put right"),
    "skipped": N_("skipped"),
    "seconds": N_("median seconds"),
}
BLIND = {
    "score": N_("probability"),
    "given": N_("given by the coder, too"),
    "interval": N_("95 % interval"),
    "followed": N_("given after seeing it"),
}


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
                "checks": found.checks,
            }
        )
        return
    bands = [(_scores(band), band) for band in found.bands] + [(translated(N_("all")), found.overall)]
    shown = [_in_sight(name, band) for name, band in bands if band.shown.n or band.skipped]
    blind = [_blind(name, band) for name, band in bands if band.blind.n]
    if shown:
        say(N_("Decided with the suggestion in sight:"))
        show(shown, as_json=False, columns=IN_SIGHT)
        click.echo()
    if blind:
        say(N_("Decided blind, before the suggestion was seen:"))
        show(blind, as_json=False, columns=BLIND)
        click.echo()
    if found.difference is not None:
        value, low, high = (_number(one, 2) for one in found.difference)
        message = N_("Share accepted in sight less share given blind, band by band: {value} ({low} to {high}).")
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
    if found.checks:
        say(
            N_(
                "Not counted: {n} decisions on passages that were asked about without being suggested (--by rest, rare, disagreement)."
            ),
            n=found.checks,
        )


def _in_sight(name: str, band: Band) -> dict[str, object]:
    return {
        "score": name,
        "accepted": _share(band.shown),
        "interval": _interval(band.shown),
        "rejected": band.rejected,
        "corrected": band.corrected,
        "skipped": band.skipped,
        "seconds": None if math.isnan(band.seconds) else _number(band.seconds, 1),
    }


def _blind(name: str, band: Band) -> dict[str, object]:
    return {
        "score": name,
        "given": _share(band.blind),
        "interval": _interval(band.blind),
        "followed": band.followed,
    }


def _scores(band: Band) -> str:
    if math.isnan(band.low):
        return translated(N_("none (rules)"))
    return f"{_number(band.low, 1)}–{_number(band.high, 1)}"


def _share(share: Share) -> str | None:
    return translated(N_("{k} of {n}"), k=share.k, n=share.n) if share.n else None


def _interval(share: Share) -> str | None:
    return f"{_number(share.low, 2)}–{_number(share.high, 2)}" if share.n else None


def _number(value: float, digits: int) -> str:
    from qualcode import i18n

    return i18n.number(value, language(), digits=digits)

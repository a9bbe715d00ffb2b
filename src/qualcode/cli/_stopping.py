"""What is probably found of each code, in words: never a bare "done"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import say, show_json
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.suggesters.effort import Stopping

__all__ = ["COUNTING", "say_stopping", "show_stopping"]

COUNTING = N_("Counting what was read …")


def show_stopping(found: Sequence[Stopping], *, as_json: bool) -> None:
    """Print what is probably found of each code, in words or as JSON; ``null`` is undefined, and the reason stands beside it."""
    if as_json:
        show_json([one.to_row() for one in found])
    else:
        say_stopping(found)


def say_stopping(found: Sequence[Stopping]) -> None:
    """Print for each code what share of its passages is probably found, or why that cannot be said."""
    for one in found:
        if one.n_read >= one.n_units:
            say(
                N_(
                    "{code}: all {units} passages are read, {found} of them bear it. What was overlooked: qualcode review --by disagreement"
                ),
                code=one.code,
                units=one.n_units,
                found=one.n_found,
            )
            continue
        if one.share is not None:
            say(
                N_(
                    "{code}: at least {share} of its passages are probably found; with 95 % confidence at least {low}, at most {high}."
                ),
                code=one.code,
                share=_percent(one.share),
                low=_percent(one.low),
                high=_percent(one.high),
            )
        else:
            say(N_("{code}: no estimate, {reason}."), code=one.code, reason=translated(one.undefined))
        say(
            N_(
                "  {found} found in {read} of {units} passages; {run} read since the last; {rejections} suggestions turned down in a row."
            ),
            found=one.n_found,
            read=one.n_read,
            units=one.n_units,
            run=one.run,
            rejections=one.rejections,
        )
        if one.missing_most is not None:
            say(N_("  At most {missing} unread passages bear it, with 95 % confidence."), missing=one.missing_most)
            if one.needed:
                say(
                    N_(
                        "  If none of the next {needed} read by suggestions (--by score, then --by rest) bore it, 95 % would be found with 95 % confidence."
                    ),
                    needed=one.needed,
                )
    if any(one.share is not None and one.n_read < one.n_units for one in found):
        click.echo()
        say(
            N_(
                "An estimate from what suggestions led to, as if the unread were no richer in the code than what they led to last (Callaghan & Müller-Hansen 2020). Whether to stop is for you to decide."
            )
        )


def _percent(share: float | None) -> str:
    """Return a share as whole per cent, rounded down: what is promised at least must not be rounded up."""
    from qualcode.i18n import number

    return "–" if share is None else f"{number(int(100 * share + 1e-9), language())} %"

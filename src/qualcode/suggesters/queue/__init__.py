"""In which order passages come before a coder: best first, what is left, to learn most, to check rare codes, or where machine and coder disagree.

The drawing itself stands in `qualcode.suggesters.queue.drawing`, which loads NumPy.
"""

from __future__ import annotations

from typing import Literal

from qualcode.errors import N_

__all__ = [
    "BLIND_ORDERS",
    "CHECKS",
    "DOUBTED",
    "MATCHED",
    "ORDERS",
    "OVERSIGHT",
    "RARE",
    "REST",
    "UNTAUGHT",
    "Order",
    "asked_by",
]

Order = Literal["score", "rest", "learning", "rare", "disagreement"]
ORDERS: tuple[Order, ...] = ("score", "rest", "learning", "rare", "disagreement")
BLIND_ORDERS: tuple[Order, ...] = ("score", "learning", "rare")
"""Those in which passages may be decided on before anything is shown."""

REST = N_("not suggested, because too improbable: it is read to see how much of the code is left")
UNTAUGHT = N_("not suggested, because too little is known of the code: it is read to see how much of the code is left")
CHECKS = frozenset({REST, UNTAUGHT})
"""Why a passage comes that is no suggestion: it is below its code's threshold, or of this code nothing is suggested."""
RARE = N_("the code is rare so far: looked for also where it is improbable")
OVERSIGHT = N_("you read this and did not give the code; what you coded elsewhere speaks for it")
MATCHED = N_("you read this and did not give the code; a keyword rule of it matches")
DOUBTED = N_("you gave the code here; what you coded elsewhere does not speak for it")

_ASKED_BY: dict[str, Order] = {
    REST: "rest",
    UNTAUGHT: "rest",
    RARE: "rare",
    OVERSIGHT: "disagreement",
    MATCHED: "disagreement",
    DOUBTED: "disagreement",
}


def asked_by(why: str) -> str:
    """Return the order that asks about a passage for the reason *why* (`Suggestion.why`); empty for a plain suggestion.

    A decision keeps it behind the recipe (``classifier-4/rest``): what is only asked about is not what was suggested.
    """
    return _ASKED_BY.get(why, "")

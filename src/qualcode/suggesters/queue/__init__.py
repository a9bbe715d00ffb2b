"""In which order passages come before a coder: best first, what is left, to learn most, to check rare codes, or where machine and coder disagree.

The drawing itself stands in `qualcode.suggesters.queue.drawing`, which loads NumPy.
"""

from __future__ import annotations

from typing import Literal

from qualcode.errors import N_

__all__ = ["BLIND_ORDERS", "CHECKS", "ORDERS", "REST", "UNTAUGHT", "Order"]

Order = Literal["score", "rest", "learning", "rare", "disagreement"]
ORDERS: tuple[Order, ...] = ("score", "rest", "learning", "rare", "disagreement")
BLIND_ORDERS: tuple[Order, ...] = ("score", "learning", "rare")
"""Those in which passages may be decided on before anything is shown."""

REST = N_("not suggested, because too improbable: it is read to see how much of the code is left")
UNTAUGHT = N_("not suggested, because too little is known of the code: it is read to see how much of the code is left")
CHECKS = frozenset({REST, UNTAUGHT})
"""Why a passage comes that is no suggestion: it is below its code's threshold, or of this code nothing is suggested."""

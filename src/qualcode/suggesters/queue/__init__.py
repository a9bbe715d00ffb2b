"""In which order passages come before a coder: best first, to learn most, to check rare codes, or where machine and coder disagree.

The drawing itself stands in `qualcode.suggesters.queue.drawing`, which loads NumPy.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["ORDERS", "Order"]

Order = Literal["score", "learning", "rare", "disagreement"]
ORDERS: tuple[Order, ...] = ("score", "learning", "rare", "disagreement")

"""What tells who somebody is: finding it, replacing it, and what may leave the machine."""

from __future__ import annotations

from qualcode.privacy._finding import find, find_in

__all__ = ["find", "find_in"]

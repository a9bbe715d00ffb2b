"""What tells who somebody is: finding it, replacing it, and what may leave the machine."""

from __future__ import annotations

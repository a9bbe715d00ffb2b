"""How a study file's tables came to be what they are, one numbered step a file.

Run by Alembic as a library: `runner` makes a verified backup, then runs each missing step in a transaction of its own.
"""

from __future__ import annotations

__all__ = ["NEWEST"]

NEWEST = 8
"""The schema this program writes: the number of the last file in ``versions/``, and `PRAGMA user_version` of a study.

A constant, so that opening a study need not load Alembic.
"""

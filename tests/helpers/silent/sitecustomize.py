"""Imported by every Python that a test starts: it reaches no network either."""

from __future__ import annotations

import silence

silence.listen()

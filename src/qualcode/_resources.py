"""Where what belongs to the program itself is: the shipped folders, and what it remembers on this machine."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """Return the directory of shipped data called *folder*: codebooks, templates or transcripts/contoh.

    A wheel holds them under ``qualcode/_shipped``; an editable install finds them at the top of the checkout.
    """
    installed = _PACKAGE / "_shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent.parent / folder


def state_folder() -> Path:
    """Return the folder for what this machine remembers: QUALCODE_STATE, else the system's place for it. It need not exist yet."""
    if chosen := os.environ.get("QUALCODE_STATE"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_state_dir("qualcode", appauthor=False))

"""Where the shipped folders are: in an installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """Return the directory of shipped data called *folder*: codebooks, templates or transcripts/contoh.

    A wheel holds them under ``qualcode/_shipped``; an editable install finds them at the top of the checkout.
    """
    installed = _PACKAGE / "_shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent.parent / folder

"""What stands above the text of notes and documents: title, date, place. It is read, but nobody learns a code from it."""

from __future__ import annotations

import re

from qualcode.model import Transcript

__all__ = ["head_end"]

BLOCK = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
HEADING = re.compile(r"#{1,6}\s|[^.!?…:]{1,60}$")
FIELD = re.compile(r"[\W_]*[^\W\d_][\w /().'’-]{0,30}\s*:")
FIELDS = 2 / 3
"""Share of a block's lines that are fields from which on it is a block of fields."""
SHORT = 25
"""Words of a line or two that may stand between a title and the fields."""


def head_end(transcript: Transcript) -> int:
    """Return where the text begins below the head of *transcript*: 0 where people speak in it, or it has no head.

    The head is what stands down to the last title or block of fields (*Tempat: …*) before the first longer paragraph.
    """
    if transcript.turns:
        return 0
    end = 0
    for block in BLOCK.finditer(transcript.text):
        lines = block[0].split("\n")
        fields = sum(FIELD.match(line) is not None for line in lines)
        if (len(lines) == 1 and HEADING.match(lines[0])) or (len(lines) > 1 and fields >= FIELDS * len(lines)):
            end = block.end()
        elif len(block[0].split()) > SHORT:
            break
    return end

"""A line in the column of codes of an exported transcript: mark, code, what stands in brackets, coder."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.importers import same
from qualcode.model import Elicited, Stance
from qualcode.project.sheets import ELICITED, STANCES

__all__ = ["LINE", "CodeLine", "Marks", "code_line", "says_same"]

LINE = re.compile(r"^\s*[(\[]?(b?\d+[a-z]+)\s*[.):\]]\s*(.*)$", re.DOTALL)
"""A line that begins with a mark such as ``7a.``."""
_BRACKET = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_CODER = re.compile(r"\s+–\s+(\S[^–]*)$")
_UNSURE = {"ragu", "uncertain", "?"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in brackets behind a code."""

    stance: Stance = Stance.UNMARKED
    elicited: Elicited = Elicited.UNMARKED
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of the column of codes: its mark if it has one, the label, what stands in brackets, and the coder it names."""

    mark: str
    label: str
    marks: Marks
    coder: str
    text: str


def code_line(mark: str, text: str) -> CodeLine:
    """Return what a line says behind its mark: the code, what stands in brackets, the coder."""
    rest = text
    coder = ""
    if (match := _CODER.search(rest)) is not None:
        coder, rest = match[1].strip(), rest[: match.start()]
    marks = Marks()
    if (match := _BRACKET.search(rest)) is not None:
        words = [word.strip().casefold() for word in re.split(r"[;,]", match[1]) if word.strip()]
        if all(word in STANCES or word in ELICITED or word in _UNSURE for word in words):
            stance = next((STANCES[word] for word in words if word in STANCES), Stance.UNMARKED)
            elicited = next((ELICITED[word] for word in words if word in ELICITED), Elicited.UNMARKED)
            marks = Marks(stance, elicited, any(word in _UNSURE for word in words))
            rest = rest[: match.start()]
    return CodeLine(mark, rest.strip(), marks, coder, text)


def says_same(line: CodeLine, other: CodeLine) -> bool:
    """Tell whether two lines say the same of a coding: its code and what stands in brackets."""
    return same(line.label) == same(other.label) and line.marks == other.marks

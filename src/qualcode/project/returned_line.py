"""A line in the column of codes of an exported transcript: mark, code, what stands in brackets, coder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.importers import same
from qualcode.model import Elicited, Span, Stance, Transcript
from qualcode.privacy.consent import BLOCK
from qualcode.project.sheets import ELICITED, STANCES

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "LINE",
    "CodeLine",
    "Marks",
    "bare_span",
    "code_line",
    "first_difference",
    "parts_of_line",
    "same_words",
    "says_same",
]

LINE = re.compile(r"^\s*[(\[]?(b?\d+[a-z]+)\s*[.):\]]\s*(.*)$", re.DOTALL)
"""A line that begins with a mark such as ``7a.``."""
_BRACKET = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_CODER = re.compile(r"\s+–\s+(\S[^–]*)$")
_BETWEEN = re.compile(r";(?![^\[\]]*\])")
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


def parts_of_line(line: CodeLine, exported: _Element | None) -> list[CodeLine]:
    """Return the codes of a line, which semicolons outside of brackets part unless it was *exported* so.

    >>> line = code_line("8a", "tanpa BPJS [ada; ragu]; takut – rina")
    >>> [(part.label, part.coder) for part in parts_of_line(line, None)]
    [('tanpa BPJS', 'rina'), ('takut', 'rina')]
    """
    was = code_line(line.mark, exported.get("shown") or "").text if exported is not None else ""
    coder = match[0] if (match := _CODER.search(line.text)) is not None else ""
    parts = [part.strip() for part in _BETWEEN.split(line.text.removesuffix(coder)) if any(c.isalnum() for c in part)]
    if len(parts) < 2 or line.text == was or ";" in was:
        return [line]
    return [code_line(line.mark, part + coder) for part in parts]


def says_same(line: CodeLine, other: CodeLine) -> bool:
    """Tell whether two lines say the same of a coding: its code and what stands in brackets."""
    return same(line.label) == same(other.label) and line.marks == other.marks


def same_words(before: str, after: str) -> bool:
    """Tell whether two texts say the same, whatever their white space; words that the export blocked out say what they did."""
    if " ".join(after.split()) == " ".join(before.split()):
        return True
    old, new = before.strip(), after.strip()
    return (
        BLOCK in new
        and len(old) == len(new)
        and all(b in (a, BLOCK) or (a.isspace() and b.isspace()) for a, b in zip(old, new, strict=True))
    )


def first_difference(before: str, after: str) -> tuple[str, str]:
    """Return the words about the first place where two texts differ."""
    old, new = before.split(), after.split()
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return " ".join(old[max(at - 1, 0) : at + 4]), " ".join(new[max(at - 1, 0) : at + 4])


def bare_span(transcript: Transcript, span: Span) -> Span:
    """Return the span of a row without white space at its ends."""
    words = span.of(transcript.text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start + 1, span.start + len(words.rstrip())))

"""PDF files: the lines on their pages, and where they stand.

PDFium reads them. It is fast and reads what Word, LibreOffice, browsers and LaTeX write, ligatures and all; but it is no Python, and a
file can be made so that it takes all memory or never ends. So it runs as a program of its own, with a limit of time and, where
the system can, of memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from qualcode.errors import N_, InputError
from qualcode.files.recognise import describe, sniff

__all__ = ["Line", "Page", "Rule", "Word", "read_pdf"]

_SECONDS = 90.0
_SAVE_AGAIN = N_("Open it in the program that made it, save it again, and import that.")


class Word(NamedTuple):
    """A word: its text, its left and right end, and how far its base is from the top of the page, in points."""

    text: str
    left: float
    right: float
    base: float


class Rule(NamedTuple):
    """A straight stroke on a page, upright or level, in points from the left and the top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, cells parted by tabs, and where it stands, in points.

    `left` and `right` are its ends, `base` is how far the line it stands on is from the top of the page, `size` the height of its
    letters, `cells` where its cells begin, `word` the width of its first word. `turned` text does not stand upright. `goes_on` says that
    a space follows, as some programs write one where they break a paragraph into lines. `words` are its words; of a line that the
    reader put together of several, as it may in a table, they tell where each piece stands.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    cells: tuple[float, ...]
    word: float
    bold: bool = False
    italic: bool = False
    turned: bool = False
    goes_on: bool = False
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points, its lines as they follow in the file, the strokes drawn on it.

    `pictures` is whether a page without text shows something, `unknown` how many characters of it have no letter.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    pictures: bool = False
    unknown: int = 0
    rules: tuple[Rule, ...] = ()


def read_pdf(data: bytes, *, file: str, seconds: float = _SECONDS) -> tuple[Page, ...]:
    """Return the pages of the PDF in *data*.

    Parameters
    ----------
    data : bytes
        The .pdf file.
    file : str
        Its name, for messages.
    seconds : float
        How long reading may take.

    Raises
    ------
    InputError
        If it is no PDF, damaged, password-protected, or not safe to read.
    """
    if not data.strip():
        raise InputError(N_("the file is empty"), hint=N_("Check that it was saved and copied whole."), file=file)
    if b"%PDF-" not in data[:1024]:
        raise InputError(
            N_("the file is {kind}, not a PDF file, whatever its name says"),
            hint=N_("Give it the name it should have."),
            file=file,
            kind=describe(sniff(data)),
        )
    found = _read_apart(data, file, seconds)
    if "error" in found:
        raise _refused(found["error"], file)
    return tuple(
        Page(
            number,
            page["width"],
            page["height"],
            tuple(map(_line, page["lines"])),
            page["pictures"],
            page["unknown"],
            tuple(map(Rule._make, page["rules"])),
        )
        for number, page in enumerate(found["pages"], 1)
    )


def _line(said: list[Any]) -> Line:
    text, left, right, base, size, cells, word, bold, italic, turned, goes_on, words = said
    return Line(
        text,
        left,
        right,
        base,
        size,
        tuple(cells),
        word,
        bold,
        italic,
        turned,
        goes_on,
        tuple(map(Word._make, words)),
    )


def _read_apart(data: bytes, file: str, seconds: float) -> dict[str, Any]:
    """Return what the reader says of *data*, running as a program of its own."""
    program = Path(__file__).with_name("_pdfium.py")
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter with our own program
            [sys.executable, "-I", str(program)],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            N_("reading the file takes longer than a document of its size can; it was not read"),
            hint=N_("If it is yours, print it to a new PDF file, and import that."),
            file=file,
        ) from error
    if done.returncode:
        raise InputError(
            N_("the file cannot be read: it is damaged, or made to do harm"),
            hint=N_("If it is yours, print it to a new PDF file, and import that."),
            file=file,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _refused(why: str, file: str) -> InputError:
    if why == "password":
        return InputError(
            N_("the file is protected by a password"),
            hint=N_("Take the password off in the program that made it, and import the file again."),
            file=file,
        )
    if why == "damaged":
        return InputError(N_("the file is damaged: it is not a readable PDF"), hint=_SAVE_AGAIN, file=file)
    return InputError(
        N_("the file holds far more than a document does; it was not read"),
        hint=N_("If it is yours, split it, and import the part with the interview."),
        file=file,
    )

"""What stands among the turns but is no speech: section headings, notes of the researcher, ornaments, the end mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.importers._words import SECTION
from qualcode.model import Span

__all__ = ["Cutter"]

_NOTE = re.compile(
    r"[ \t>*_]*(?:catatan(?: (?:peneliti|pewawancara|lapangan|penulis|transkrip\w*|tambahan|kaki))?|cat|nb|refleksi(?: peneliti)?|"
    r"memo|ringkasan|note|notes|keterangan|simulasi)\b\.?[*_]*\s*[:：]",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(r"[\W_]*")
_END_MARK = re.compile(
    r"\W*(?:(?:wawancara|rekaman|transkrip|diskusi|sesi|interview|recording)\s+(?:\w+\s+){0,2})?"
    r"(?:selesai|berakhir|ditutup|tamat|usai|end(?:s|ed)?(?: of (?:interview|recording|transcript))?)\b(?:[^.?!\n]|(?<=\d)\.(?=\d)){0,50}\W*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:[\[(]{1,2}(?i:rekaman|perekaman|wawancara|recording|interview)\b[^()\[\]\n]*[\])]{1,2}|\(\(?[A-Z][^()\n]{40,}[.!]\)?\)|\[[A-Z][^\[\]\n]{40,}[.!]\])\.?"
)
"""A whole sentence in brackets on a line of its own, or one on the recording: what the researcher saw, such as an interruption."""
_MARKDOWN = re.compile(r"#{1,6}[ \t]+\S")
_NUMBERED = re.compile(r"(?P<number>[A-Z]|[IVX]{1,5}|\d{1,2})[.)][ \t]+(?P<title>[A-Z][^.?!:]{2,70})")
_EMPHASISED = re.compile(r"(\*\*|__)(?!\s)[^*_\n]{2,80}\1")
_SPEECH = re.compile(
    r"\b(?:saya|aku|gue|gua|kita|kami|dia|mereka|iya|iyaa*|ya|yah|nggak|ngga|gak|enggak|ndak|ora|tidak|belum|udah|sudah|betul|bener|"
    r"benar|oke|ok|baik|gitu|begitu|gini|itu|ini|ada|kalo|kalau|kan|sih|lah|dong|deh|kok|mah|alhamdulillah|insyaallah|insya|"
    r"makasih|kasih|monggo|nggih|siap|mas|mbak|bu|pak|bang|kak|yes|no|yeah|okay|i|you|we|they|it)\b",
    re.IGNORECASE,
)


class Cutter:
    """Cuts from the end of each turn what is no speech.

    Parameters
    ----------
    text : str
        The whole text.
    headings, emphasised : frozenset of int
        Where lines begin that the format marks as headings, or sets wholly in bold.
    noise : sequence of Span
        What is no speech wherever it stands, in order.
    only_answers : bool
        Whether one speaker alone has labels, so that the questions between stand without.
    """

    def __init__(
        self,
        text: str,
        headings: frozenset[int],
        emphasised: frozenset[int],
        noise: Sequence[Span] = (),
        *,
        only_answers: bool = False,
    ) -> None:
        self._noise = {span.end: span.start for span in noise}
        self._only_answers = only_answers
        self._text = text
        self._headings = headings
        self._emphasised = emphasised

    def cut(self, start: int, end: int, *, is_last: bool) -> tuple[int, list[Span]]:
        """Return where the speech that begins at *start* ends, before *end*, and the spans cut off behind it."""
        text = self._text
        end = self._bare(start, end)
        first_end = text.find("\n", start, end)
        if first_end < 0:
            return end, []
        lines = self._lines(first_end + 1, end)
        cut = self._from(lines, text[start:first_end].strip(), is_last)
        if cut is None:
            return end, []
        return self._bare(start, cut), [Span(cut, end)]

    def _bare(self, start: int, end: int) -> int:
        """Return *end*, or where before it the last thing ends that is neither white space nor noise."""
        if not self._noise and end > start:
            return start + len(self._text[start:end].rstrip())
        while end > start:
            if self._text[end - 1].isspace():
                end -= 1
            elif self._noise.get(end, -1) >= start:
                end = self._noise[end]
            else:
                break
        return end

    def _lines(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the lines that are not blank, each with its start behind the indent."""
        lines = []
        while start < end:
            stop = self._text.find("\n", start, end)
            stop = end if stop < 0 else stop
            line = self._text[start:stop]
            if stripped := line.strip():
                lines.append((start + len(line) - len(line.lstrip()), stripped))
            start = stop + 1
        return lines

    def _from(self, lines: list[tuple[int, str]], first: str, is_last: bool) -> int | None:
        """Return where the first line begins that is no speech any more, or None."""
        cut, last = None, len(lines)
        for place, (at, line) in enumerate(lines):
            # These end the speech wherever they stand; whatever follows belongs to them.
            ends = at in self._headings or _MARKDOWN.match(line) or _NOTE.match(line)
            if ends or (self._only_answers and (line[-1] == "?" or at in self._emphasised)):
                cut, last = at, place
                break
        for place in range(last - 1, -1, -1):
            at, line = lines[place]
            before = lines[place - 1][1] if place else first
            if (
                (_ORNAMENT.fullmatch(line) and not self._is_mark(line))
                or _REMARK.fullmatch(line)
                or (is_last and len(line) <= 80 and _END_MARK.fullmatch(line))
                or (not is_last and cut is None and self._is_heading(at, line, before))
            ):
                cut = at
            else:
                break
        return cut

    @staticmethod
    def _is_mark(line: str) -> bool:
        """Tell whether a line without letters is still speech: dots of silence, an emoji, an exclamation."""
        return not set(line) <= set("-–—=*_~#.· \t") or set(line) <= set(". ") or line in {"-", "–", "—"}

    def _is_heading(self, at: int, line: str, before: str) -> bool:
        """Tell whether the last line before a label is a heading rather than the end of what was said."""
        if len(line) > 80 or line[-1] in "?!,;…":
            return False
        if at in self._emphasised or _EMPHASISED.fullmatch(line):
            return True
        letters = [c for c in line if c.isalpha()]
        if not letters or line[0] in "([“\"'":
            return False
        if (numbered := _NUMBERED.fullmatch(line)) and not _SPEECH.search(line):
            # Somebody may count things: "1. Beras" is speech, "1. Pendapatan" a heading.
            return not numbered["number"].isdigit() or SECTION.match(numbered["title"]) is not None
        if len(letters) >= 5 and all(c.isupper() for c in letters) and not _SPEECH.search(line):
            return True
        words = line.rstrip(":").split()
        finished = not before or before[-1] in '.?!…)]”"' or _ORNAMENT.fullmatch(before) is not None
        if not letters[0].isupper() or line[-1] == "." or len(words) > 8 or _SPEECH.search(line) or not finished:
            return False
        return SECTION.match(line) is not None or (self._blank_above(at) and len(words) <= 6)

    def _blank_above(self, at: int) -> bool:
        previous = self._text.rfind("\n", 0, at)
        above = self._text.rfind("\n", 0, max(previous, 0))
        return previous > 0 and not self._text[above + 1 : previous].strip()

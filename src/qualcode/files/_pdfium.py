"""Reads the lines of a PDF with PDFium; run as a program of its own, so that a file made to crash or to fill the memory harms no more.

It imports nothing of qualcode: the PDF comes in at the standard input, its lines go out as JSON. See `qualcode.files.pdf`.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
MEMORY = 2 << 30
_ERRORS = {pdfium.FPDF_ERR_PASSWORD: "password", pdfium.FPDF_ERR_SECURITY: "password"}
_HYPHENS = {0x02, 0xFFFE}
"""How PDFium marks the hyphen of a word that goes on in the next line, whose line end it leaves out."""
_WIDE, _WIDER = 1.2, 2.5
_APART = 0.7
"""Letters whose bases are further from each other, in heights of letters, stand on different lines."""
_THIN = 3.0
"""The most points that a rule is thick."""
_SHORT = 5.0
"""The fewest points that a rule is long."""
_MOST_RULES = 6_000
"""A page with more straight strokes is a drawing."""
_MOST_SEGMENTS = 400
_Place = tuple[float, float, float]


def read(data: bytes) -> dict[str, Any]:
    """Return ``{"pages": […]}`` or ``{"error": …}``: ``password``, ``damaged``, ``pages`` or ``characters``.

    A page has its `width`, `height`, whether it has `pictures`, how many characters it has that no letter is known of (`unknown`),
    `rules`, the straight strokes drawn on it, each from left, top to right, bottom, and
    `lines`, each with its text, the left and right end, the distance of its base from the top, the height of its letters (all in
    points), where its cells begin, the width of its first word, whether it is bold, italic, turned, and ends in a space, and its words,
    each with its text, its left and right end and the distance of its base from the top.
    """
    pdfium.FPDF_InitLibrary()
    try:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            return {"error": _ERRORS.get(pdfium.FPDF_GetLastError(), "damaged")}
        try:
            return _pages(document)
        finally:
            pdfium.FPDF_CloseDocument(document)
    finally:
        pdfium.FPDF_DestroyLibrary()


def _pages(document: Any) -> dict[str, Any]:
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_PAGES:
        return {"error": "pages"}
    pages = []
    characters = 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            pages.append({"width": 0, "height": 0, "pictures": False, "unknown": 0, "rules": [], "lines": []})
            continue
        text = pdfium.FPDFText_LoadPage(page)
        if text:
            reader = _Page(page, text)
            characters += reader.count
            if characters > MOST_CHARACTERS:
                return {"error": "characters"}
            pages.append(reader.page())
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    return {"pages": pages}


class _Page:
    """The characters of one page, and where they stand."""

    def __init__(self, page: Any, text: Any) -> None:
        self._page = page
        self._text = text
        self.count = max(pdfium.FPDFText_CountChars(text), 0)
        self._width = pdfium.FPDF_GetPageWidthF(page)
        self._height = pdfium.FPDF_GetPageHeightF(page)
        self._turn = pdfium.FPDFPage_GetRotation(page)
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._unknown = 0

    def page(self) -> dict[str, Any]:
        """Return what the page says."""
        lines = [line for characters in self._lines() if (line := self._line(characters)) is not None]
        return {
            "width": self._width,
            "height": self._height,
            "pictures": not lines and self._has_pictures(),
            "unknown": self._unknown,
            "rules": list(_Rules(self._page, self._seen).found()) if lines else [],
            "lines": lines,
        }

    def _has_pictures(self) -> bool:
        kinds = (
            pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(self._page, at))
            for at in range(pdfium.FPDFPage_CountObjects(self._page))
        )
        return any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds)

    def _lines(self) -> Iterator[list[tuple[int, str]]]:
        """Yield the lines as characters with their places; halves of an emoji are put together."""
        line: list[tuple[int, str]] = []
        half = 0
        for at in range(self.count):
            code = pdfium.FPDFText_GetUnicode(self._text, at)
            if code in {10, 13} or code in _HYPHENS:
                if code in _HYPHENS:
                    line.append((at, "-"))
                yield line
                line = []
            elif 0xD800 <= code < 0xDC00:
                half = code
            elif 0xDC00 <= code < 0xE000:
                if half:
                    line.append((at, chr(0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00))))
                half = 0
            elif code < 32 and code != 9:
                self._unknown += 1
                line.append((at, "\ufffd"))
            else:
                line.append((at, chr(code)))
        yield line

    def _line(self, characters: list[tuple[int, str]]) -> list[Any] | None:
        words = [(word, self._place(word[0][0]), self._place(word[-1][0])) for word in _words(characters)]
        if not words:
            return None
        size = self._size(next((word for word, *_ in words if word[0][1].isalpha()), words[0][0])[0][0])
        lefts = [first[0] for _, first, _ in words]
        # A letter that the font lacks is often drawn from another when the line is finished.
        is_late = any(after < before - 0.5 for before, after in pairwise(lefts)) and not _runs_left(characters)
        if is_late:
            words.sort(key=lambda item: item[1][0])
        gaps = [after[1][0] - before[2][1] for before, after in pairwise(words)]
        usual = sorted(gaps)[len(gaps) // 2] if len(gaps) >= 3 else 0.3 * size
        text, base = "", words[0][1][2]
        cells = [words[0][1][0]]
        pieces = [list(self._pieces(word, first, end, size)) for word, first, end in words]
        for gap, (_, first, _), parts in zip([0.0, *gaps], words, pieces, strict=True):
            if gap > max(_WIDE * size, _WIDER * usual, 1.0):
                text += "\t"
                cells.append(first[0])
            elif text and not (is_late and gap < 0.08 * size and abs(first[2] - base) < _APART * size):
                text += " "
            base = first[2]
            text += " ".join(part[0] for part in parts)
        starts, stops = self._look(words[0][0][0][0]), self._look(words[-1][0][0][0])
        last = characters[-1]
        numbers = (cells[0], max(end[1] for *_, end in words), words[0][1][2], size)
        return [
            text,
            *(round(number, 1) for number in numbers),
            [round(cell, 1) for cell in cells],
            round(words[0][2][1] - cells[0], 1),
            starts[0] and stops[0],
            starts[1] and stops[1],
            self._is_turned(words[0][0][0][0]),
            last[1] == " " and not pdfium.FPDFText_IsGenerated(self._text, last[0]),
            [part for parts in pieces for part in parts],
        ]

    def _pieces(self, word: list[tuple[int, str]], first: _Place, end: _Place, size: float) -> Iterator[list[Any]]:
        """Yield the word with its place, or its pieces where it was put together of letters of different lines, as beside a table."""
        begin = 0
        if abs(first[2] - end[2]) > _APART * size:
            places = [self._place(at) for at, _ in word]
            for at in range(1, len(word)):
                if abs(places[at][2] - places[at - 1][2]) > _APART * size:
                    yield _piece(word[begin:at], places[begin], places[at - 1])
                    begin, first = at, places[at]
        yield _piece(word[begin:], first, end)

    def _place(self, at: int) -> _Place:
        """Return the left and right end of a character, and how far its base is from the top of the page."""
        box = self._box
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetLooseCharBox(self._text, at, box):
            return 0.0, 0.0, 0.0
        pdfium.FPDFText_GetCharOrigin(self._text, at, x, y)
        if not self._turn:
            return x.value, box.right, self._height - y.value
        one, other = self._seen(box.left, box.bottom), self._seen(box.right, box.top)
        return min(one[0], other[0]), max(one[0], other[0]), self._seen(x.value, y.value)[1]

    def _size(self, at: int) -> float:
        """Return the height of the letters of a character's font, as it is shown."""
        matrix = self._matrix
        scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(self._text, at, matrix) else 1.0
        return max(float(pdfium.FPDFText_GetFontSize(self._text, at)) * scale, 0.1)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of a turned page is seen, from the left and the top."""
        along, down = ctypes.c_int(), ctypes.c_int()
        width, height = round(self._width * 10), round(self._height * 10)
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, along, down)
        return along.value / 10, down.value / 10

    def _is_turned(self, at: int) -> bool:
        angle = pdfium.FPDFText_GetCharAngle(self._text, at)
        return all(abs(math.sin((angle + way * self._turn * math.pi / 2) / 2)) > 0.1 for way in (1, -1))

    def _look(self, at: int) -> tuple[bool, bool]:
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._text, at, name, 128, None)
        said = name.value.decode("utf-8", "replace").lower()
        return any(word in said for word in ("bold", "black", "heavy")), "italic" in said or "oblique" in said


class _Rules:
    """The straight strokes of one page, upright or level, as the borders of tables are drawn: lines, thin boxes, sides of boxes."""

    def __init__(self, page: Any, seen: Callable[[float, float], tuple[float, float]]) -> None:
        self._page = page
        self._seen = seen

    def found(self) -> Iterator[list[float]]:
        """Yield the strokes, but none of a page that is a drawing."""
        strokes: list[list[float]] = []
        for at in range(pdfium.FPDFPage_CountObjects(self._page)):
            path = pdfium.FPDFPage_GetObject(self._page, at)
            if pdfium.FPDFPageObj_GetType(path) == pdfium.FPDF_PAGEOBJ_PATH:
                strokes += self._of(path)
                if len(strokes) > _MOST_RULES:
                    return
        yield from strokes

    def _of(self, path: Any) -> Iterator[list[float]]:
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(path, *sides):
            return
        left, bottom, right, top = (side.value for side in sides)
        if min(right - left, top - bottom) <= _THIN:
            yield from self._stroke(left, bottom, right, top)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if stroke.value:
            corners = self._corners(path)
            for one, other in pairwise(corners):
                if one is not None and other is not None:
                    yield from self._stroke(
                        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
                    )

    def _corners(self, path: Any) -> list[tuple[float, float] | None]:
        """Return the points that the path draws straight lines between, None where the pen is lifted or the line is bent."""
        matrix = pdfium.FS_MATRIX()
        count = pdfium.FPDFPath_CountSegments(path)
        if not 0 < count <= _MOST_SEGMENTS or not pdfium.FPDFPageObj_GetMatrix(path, matrix):
            return []
        found: list[tuple[float, float] | None] = []
        begin: tuple[float, float] | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            place = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = place
            found += [place] if kind == pdfium.FPDF_SEGMENT_LINETO else [None, place]
            if pdfium.FPDFPathSegment_GetClose(segment):
                found.append(begin)
        return found

    def _stroke(self, left: float, bottom: float, right: float, top: float) -> Iterator[list[float]]:
        wide, high = right - left, top - bottom
        if min(wide, high) <= _THIN and max(wide, high) >= _SHORT and math.isfinite(wide + high):
            one, other = self._seen(left, bottom), self._seen(right, top)
            (x, right), (y, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
            yield [round(number, 1) for number in (x, y, right, bottom)]


def _piece(word: list[tuple[int, str]], first: _Place, end: _Place) -> list[Any]:
    text = "".join(character for _, character in word)
    return [text, round(first[0], 1), round(end[1], 1), round(first[2], 1)]


def _runs_left(characters: list[tuple[int, str]]) -> bool:
    """Tell whether several words are of a script that runs to the left; their order on the page is another one."""
    return sum(any(unicodedata.bidirectional(c) in {"R", "AL"} for _, c in word) for word in _words(characters)) > 1


def _words(characters: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    word: list[tuple[int, str]] = []
    for at, character in characters:
        if character != "\u00a0" and character.isspace():
            if word:
                yield word
            word = []
        else:
            word.append((at, character))
    if word:
        yield word


def main() -> None:
    """Read the standard input and write what it says."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # not every system can limit the memory of a program; the time is limited in any case
    found = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    main()

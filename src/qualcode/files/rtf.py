r"""RTF, as Word, WordPad, TextEdit and LibreOffice write it: an own walk that loses no text.

The usual reader (striprtf 0.0.35) drops footnotes, text boxes and comments, keeps what was deleted with tracking, and breaks an
emoji into two halves that no file can hold; it also knows neither bold nor cells. Here every group is entered whose text the page
shows. The result is the same as of a Word document.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qualcode.errors import N_, InputError
from qualcode.files._rtf import CHARACTERS, Piece, Remark, State, Token, charset, date_of, decode, palette, tokens
from qualcode.files.document import Bookmark, Colour, Comment, Document
from qualcode.files.recognise import describe, sniff

__all__ = ["read_rtf"]

_DEEPEST = 5000
_UNDERLINES = {"ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulth", "ulw", "ulwave", "ulhwave", "ululdbwave"}
_UNSEEN = {
    "colortbl", "info", "pict", "pntxta", "pntxtb", "nonesttables", "nonshppict", "shprslt", "sp", "tc", "xe", "rxe", "txe",
    "filetbl", "fldinst", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "objdata", "template", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "falt", "generator", "panose", "datafield", "formfield", "private",
}  # fmt: skip
"""Destinations whose text the page doesn't show, or shows once more elsewhere."""
_STARRED = {
    "shpinst", "shptxt", "do", "dptxbxtext", "footnote", "annotation", "nesttableprops", "moMath", "moMathPara", "atnauthor", "atnref",
    "atndate", "atnparent", "atrfstart", "atrfend", "bkmkstart", "bkmkend", "fonttbl", "stylesheet", "listtext", "pntext", "ud",
}  # fmt: skip
"""Destinations that are entered although readers who don't know them are told to pass over them."""
_KEPT_APART = {
    "fonttbl", "stylesheet", "listtext", "pntext", "atnauthor", "atnref", "atndate", "atnparent", "atrfstart", "atrfend", "bkmkstart",
    "bkmkend",
}  # fmt: skip
"""Destinations whose text is no text of the page but tells something about it."""
_MARGINS = {f"{part}{side}" for part in ("header", "footer") for side in ("", "l", "r", "f")}
_HEADING = re.compile(r"(?:heading|judul) ?\d*|title|subtitle|subjudul", re.IGNORECASE)
_MATHS_PROPERTIES = re.compile(r"m[A-Za-z]+Pr")
_CODEPAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


def read_rtf(data: bytes, *, file: str) -> Document:
    """Return what the RTF file in *data* says.

    Parameters
    ----------
    data : bytes
        The .rtf file.
    file : str
        Its name, for messages.

    Raises
    ------
    InputError
        If it is no RTF file, or nested too deeply.
    """
    if not data.strip():
        raise InputError(N_("the file is empty"), hint=N_("Check that it was saved and copied whole."), file=file)
    rtf = data.lstrip(b"\xef\xbb\xbf \r\n\t\x00")
    if sniff(rtf) != "rtf":
        raise InputError(
            N_("the file is {kind}, not an RTF file, whatever its name says"),
            hint=N_("Give it the name it should have, or save it as .rtf or .docx first."),
            file=file,
            kind=describe(sniff(rtf)),
        )
    walk = _Walk(file, palette(rtf))
    for token in tokens(rtf):
        walk.take(token)
        if walk.is_over:
            break
    return walk.document()


class _Walk:
    """Reads token after token, with a state for every group that is open."""

    def __init__(self, file: str, colours: list[str]) -> None:
        self._file, self._palette = file, colours
        self._body = Piece()
        self._state = State(self._body)
        self._stack: list[State] = []
        self._skip = 0
        self._bytes = bytearray()
        self._half = 0
        self._encoding = "cp1252"
        self._default_font: int | None = None
        self._fonts: dict[int, str] = {}
        self._entry = 0
        self._styles: dict[int, str] = {}
        self._words: list[str] = []
        self._list = ""
        self._notes: list[Piece] = []
        self._boxes: list[Piece] = []
        self._margins: list[Piece] = []
        self._author = ""
        self._remarks: list[Remark] = []
        self._ranges: dict[int, list[int]] = {}
        self._marks: dict[str, list[int]] = {}
        self._edges: list[int] = []
        self._merges: list[str] = []
        self._merge = ""
        self._counts = dict.fromkeys(("deleted", "inserted", "hidden", "numbered"), 0)
        self._going = dict.fromkeys(("deleted", "inserted", "hidden"), False)
        self.is_over = False

    def take(self, token: Token) -> None:
        """Read one token."""
        if token.kind in {"text", "hex"}:
            skipped = min(self._skip, len(token.text))
            self._skip -= skipped
            self._bytes += token.text[skipped:]
            return
        self._flush()
        if token.kind == "{":
            self._enter()
        elif token.kind == "}":
            self._leave()
        elif self._skip and token.word in CHARACTERS:
            self._skip -= 1
        else:
            self._word(token.word, token.number)

    def _enter(self) -> None:
        self._skip = 0
        if len(self._stack) > _DEEPEST:
            hint = N_("Open it in the program that made it, save it again, and import that.")
            raise InputError(N_("the file is too large or too deeply nested"), hint=hint, file=self._file)
        outer = self._state
        self._stack.append(outer)
        self._state = replace(outer, is_own=False, is_starred=False)
        if outer.kind == "upr":  # the same text twice: for old readers, then in Unicode
            self._state.kind, self._state.skips = "upr for old", True

    def _leave(self) -> None:
        self._skip = 0
        if not self._stack:
            self.is_over = True
            return
        ended, self._state = self._state, self._stack.pop()
        self.is_over = not self._stack  # what stands behind the document is no part of it
        if ended.skips or ended.kind not in _KEPT_APART:
            return
        if ended.is_own or ended.kind == "stylesheet":
            words, self._words = "".join(self._words).strip(), []
            self._learn(ended, words)

    def _learn(self, ended: State, words: str) -> None:
        """Keep what a destination tells that holds no text of the page."""
        kind, at = ended.kind, ended.to.at
        number = int(found[0]) if (found := re.search(r"-?\d{1,10}", words)) else None
        if kind == "stylesheet":
            self._styles.setdefault(self._entry, words.rstrip(" ;"))
        elif kind in {"listtext", "pntext"}:
            self._list = "number" if re.search(r"[^\W_]", words) else "bullet"
        elif kind == "atnauthor":
            self._author = words
        elif kind in {"bkmkstart", "bkmkend"}:
            self._marks.setdefault(words, [at, at])[1] = at
        elif number is None:
            return
        elif kind in {"atrfstart", "atrfend"}:
            self._ranges.setdefault(number, [at, at])[1] = at
        elif self._remarks and kind == "atnref":
            self._remarks[-1].ref = number
        elif self._remarks and kind == "atndate":
            self._remarks[-1].date = date_of(number)
        elif self._remarks and kind == "atnparent":
            self._remarks[-1].parent = number

    def _flush(self) -> None:
        """Write the bytes read so far, now that the character set changes or a word follows."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        font = self._state.font if self._state.font is not None else self._default_font
        encoding = self._fonts.get(font, "") if font is not None else ""
        self._emit(decode(data, encoding or self._encoding))

    def _emit(self, text: str) -> None:
        state = self._state
        if self._half and not state.skips:
            self._half, text = 0, "\ufffd" + text
        if state.skips or state.kind == "upr":
            return
        if state.kind in _KEPT_APART:
            self._words.append(text)
            return
        for name, holds in (("deleted", state.deleted), ("inserted", state.revised), ("hidden", state.hidden)):
            self._counts[name] += holds and not self._going[name]
            self._going[name] = holds
        if state.deleted:
            return
        is_first = not state.to.begun
        if is_first and any(state.to is note for note in self._notes) and not state.to.at:
            text = text.lstrip(" \t")  # between the number of a note and its words
        start = state.to.put(text, state)
        if is_first and (state.has_outline or _HEADING.fullmatch(self._styles.get(state.style, ""))):
            state.to.headings.append(start)
        if is_first and self._list:
            state.to.listed.append((start, self._list))
            self._counts["numbered"] += 1
            self._list = ""

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        starred, state.is_starred = state.is_starred, word == "*"
        if word == "ud" and state.kind == "upr for old":
            state.kind, state.skips = "", self._stack[-1].skips
        elif state.skips or word == "*":
            return
        elif word in _UNSEEN or (starred and word not in _STARRED) or _MATHS_PROPERTIES.fullmatch(word):
            state.skips = True
        elif word in _KEPT_APART or word == "upr":
            state.kind, state.is_own = word, True
            self._words = []
        elif word == "u":
            self._unicode(number or 0)
        elif word == "uc":
            state.uc = max(number or 0, 0)
        elif word in CHARACTERS:
            self._emit(CHARACTERS[word])
        elif not (self._of_fonts(word, number) or self._of_characters(word, number)) and state.kind not in _KEPT_APART:
            self._of_paragraphs(word, number)
            self._of_tables(word, number)
            self._of_places(word)

    def _unicode(self, number: int) -> None:
        code = number % 0x10000 if number < 0x10000 else number
        self._skip = self._state.uc
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000:
            half, self._half = self._half, 0
            self._emit(chr(0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)) if half else "\ufffd")
        elif 0 < code < 0x110000:
            self._emit(chr(code))

    def _of_fonts(self, word: str, number: int | None) -> bool:
        if word in _CODEPAGES:
            self._encoding = _CODEPAGES[word]
        elif word == "ansicpg":
            self._encoding = {10000: "mac_roman", 65001: "utf-8"}.get(number or 0, f"cp{number}")
        elif word == "deff":
            self._default_font = number
        elif word == "f" and number is not None:
            self._state.font = self._entry = number
        elif word == "s" and self._state.kind == "stylesheet":
            self._entry = number or 0
        elif word in {"cs", "ts", "ds"} and self._state.kind == "stylesheet":
            self._entry = -1
        elif word == "fcharset" and self._state.kind == "fonttbl":
            self._fonts[self._entry] = charset(number or 0)
        elif word == "cpg" and self._state.kind == "fonttbl":
            self._fonts[self._entry] = f"cp{number}"
        else:
            return False
        return True

    def _of_characters(self, word: str, number: int | None) -> bool:
        state, on = self._state, number != 0
        if word == "plain":
            state.plain()
        elif word == "b":
            state.bold = on
        elif word == "i":
            state.italic = on
        elif word in _UNDERLINES:
            state.underlined = on
        elif word == "ulnone":
            state.underlined = False
        elif word in {"strike", "striked"}:
            state.struck = on
        elif word in {"super", "nosupersub", "sub"}:
            state.raised = on and word == "super"
        elif word == "v":
            state.hidden = on
        elif word in {"highlight", "chcbpat", "cb"}:
            state.ground = number or 0
        elif word == "cf":
            state.ink = number or 0
        elif word == "deleted":
            state.deleted = on
        elif word == "revised":
            state.revised = on
        else:
            return False
        return True

    def _of_paragraphs(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "par" or (word == "sect" and state.to.begun):
            if not state.deleted:
                state.to.end_paragraph(state)
            self._list = ""
        elif word == "pard":
            state.paragraph()
        elif word == "s":
            state.style = number or 0
        elif word == "outlinelevel":
            state.has_outline = number is not None and 0 <= number < 9
        elif word == "intbl":
            state.in_table = number != 0
        elif word == "itap":
            state.depth = min(max(number or 0, 0), 100)

    def _of_tables(self, word: str, number: int | None) -> None:
        to, depth = self._state.to, max(2, self._state.depth)
        if word == "trowd":
            self._edges, self._merges, self._merge = [], [], ""
            self._state.in_table = True
        elif word in {"clmrg", "clvmrg"}:
            self._merge = "h" if word == "clmrg" else self._merge or "v"
        elif word == "cellx":
            self._edges.append(number or 0)
            self._merges.append(self._merge)
            self._merge = ""
        elif word in {"cell", "nestcell"}:
            to.end_cell(1 if word == "cell" else depth)
            self._list = ""
        elif word in {"row", "nestrow"}:
            to.end_row(1 if word == "row" else depth, self._edges, self._merges)

    def _of_places(self, word: str) -> None:
        """Begin a text of its own where *word* says so: a note, a text box, a comment, a page header."""
        state, piece = self._state, Piece()
        if word == "footnote":
            self._notes.append(piece)
            self._emit(f"[{len(self._notes)}]")
        elif word in {"shptxt", "dptxbxtext"}:
            state.to.boxes.append(piece)
            self._boxes.append(piece)
        elif word == "annotation":
            self._remarks.append(Remark(state.to.at, self._author, piece=piece))
            self._author = ""
        elif word in _MARGINS:
            self._margins.append(piece)
        else:
            return
        state.to = piece
        state.plain()
        state.paragraph()

    def document(self) -> Document:
        """Return the finished document: the notes are written behind the body, each behind its number."""
        self._flush()
        body = self._body
        body.finish()
        end = body.at
        for number, note in enumerate(self._notes, 1):
            note.finish()
            if note.text.strip():
                body.raw(f"\n[{number}] ")
                body.take(note)
        texts = [" ".join(margin.text.split()) for margin in self._margins]
        marks = (Bookmark(name, start, stop) for name, (start, stop) in self._marks.items())
        return Document(
            text=body.text,
            notes_start=end,
            headings=tuple(body.headings),
            formats=tuple(body.formats),
            rows=body.gridded(),
            listed=tuple(body.listed),
            comments=self._comments(),
            bookmarks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end))),
            text_boxes=sum(bool(box.text.strip()) for box in self._boxes),
            margins=tuple(dict.fromkeys(text for text in texts if text)),
            cut_off=len(self._stack),
            colours=tuple(Colour(a, b, *named) for a, b, *n in body.colours if any(named := self._named(*n))),
            **self._counts,
        )

    def _named(self, ground: int, ink: int) -> tuple[str, str]:
        """Return the colours that two numbers mean."""
        named = dict(enumerate(self._palette))
        return named.get(ground, ""), named.get(ink, "")

    def _comments(self) -> tuple[Comment, ...]:
        """Return the comments in the order of the text, answers with what they answer."""
        made = [remark.comment(self._ranges) for remark in self._remarks]
        first: list[int] = []
        answers: dict[int, list[Comment]] = {}
        for place, remark in enumerate(self._remarks):
            above = place if remark.parent is None else place + remark.parent if remark.parent < 0 else remark.parent
            first.append(first[above] if 0 <= above < place else place)
            if first[place] != place:
                answers.setdefault(first[place], []).append(made[place])
        whole = [replace(made[at], replies=tuple(answers.get(at, ()))) for at in dict.fromkeys(first)]
        return tuple(sorted(whole, key=lambda comment: (comment.start, comment.end)))

"""Codes as colours: what is highlighted or in coloured letters, and the legend that says which code each colour is."""

from __future__ import annotations

import colorsys
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualcode.errors import N_
from qualcode.files.document import Colour, Document
from qualcode.importers.coded.passages import Marked, on_speech, voices
from qualcode.model import Finding, Span, Transcript
from qualcode.model.corpus import turns_in
from qualcode.nlp.marks import kind_of

__all__ = ["Legend", "colour_legend", "coloured_passages", "name_of_colour"]

Key = tuple[str, str]
"""Whether it is the ground or the ink, and its colour."""

_NAMES = {
    "kuning": "yellow", "hijau": "green", "biru": "blue", "merah muda": "pink", "pink": "pink", "merah": "red", "ungu": "purple", "violet": "purple",
    "oranye": "orange", "orange": "orange", "jingga": "orange", "oren": "orange", "cokelat": "brown", "coklat": "brown", "toska": "cyan", "tosca": "cyan",
    "sian": "cyan", "cyan": "cyan", "biru muda": "light blue", "biru langit": "light blue", "biru tua": "dark blue", "hijau muda": "green",
    "hijau tua": "green", "magenta": "pink", "yellow": "yellow", "green": "green", "blue": "blue", "red": "red", "purple": "purple", "brown": "brown",
}  # fmt: skip
_INDONESIAN = {
    "yellow": "kuning", "green": "hijau", "blue": "biru", "pink": "merah muda", "red": "merah", "purple": "ungu", "orange": "oranye",
    "brown": "cokelat", "cyan": "biru muda",
}  # fmt: skip
_LIKE = {"light blue": ("cyan", "blue"), "dark blue": ("blue",), "blue": ("blue", "cyan")}
"""Colours that a name may mean, the likeliest first, where it may mean several."""
_NAMED = re.compile(
    rf"\W*(?:(?:stabilo|warna|highlight|teks|tulisan|huruf|blok)[ \t]+)*(?P<name>{'|'.join(sorted(_NAMES, key=lambda n: -len(n)))})"
    r"(?:[ \t]*\([^)\n]*\))?[ \t]*(?:[:=–—>→|\t-]+[ \t]*)+(?P<label>[^\n\t?]{2,80}?)[ \t.;]*(?:\t.*)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[ \t]*[:=–—>→|\t-]+[ \t]*(?P<label>[^\n\t?]{2,80}?)[ \t.;]*(?:\t.*)?")
_SEVERAL = re.compile(r"[ \t]*[;,|][ \t]*")
_LEAD = re.compile(
    r"\W*(?:ket(?:erangan)?\.?|arti|makna|legenda?|kode)?[ \t]*(?:warna|stabilo|highlight)[ \t]*[:=][ \t]*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:(?:keterangan|arti|makna|kode|daftar|ket\.?|penjelasan|legenda?)[ \t]+)?(?:warna|stabilo|highlight|legenda?|legend|pewarnaan)"
    r"(?:[ \t]+(?:kode|koding|warna|stabilo|tema|coding|highlight))?\W*",
    re.IGNORECASE,
)
_WORDS = 10
"""The most words of a code in a legend."""
_PALE = 0.2
"""Grounds that are less coloured than this are grey or white: the look of a page, not of a coder."""
_MOST = 0.6
"""If more of what informants say has one colour, it is the look of the talk."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours stand for, and which lines of the document say it: by the colour itself, and by its name."""

    codes: Mapping[Key, str]
    names: Mapping[str, str]
    lines: tuple[Span, ...] = ()

    def code(self, key: Key) -> str:
        """Return the code of a colour, or nothing."""
        hue = name_of_colour(key[1])
        if key in self.codes:
            return self.codes[key]
        return next((self.names[name] for name in self.names if hue in _LIKE.get(name, (name,))), "")


@lru_cache(maxsize=1024)
def name_of_colour(digits: str) -> str:
    """Return the English name of the colour of six hexadecimal *digits*; nothing for white, grey and black.

    >>> [name_of_colour(digits) for digits in ("ffff00", "9cc2e5", "f2f2f2", "ff0000")]
    ['yellow', 'blue', '', 'red']
    """
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _PALE or value < _PALE:
        return ""
    degrees = hue * 360
    if (degrees < 16 or degrees >= 345) and saturation < 0.5:
        return "pink"
    bounds = (
        (16, "red"),
        (45, "orange"),
        (70, "yellow"),
        (165, "green"),
        (195, "cyan"),
        (260, "blue"),
        (295, "purple"),
    )
    name = next((name for bound, name in bounds if degrees < bound), "pink" if degrees < 345 else "red")
    return "brown" if name == "orange" and value < 0.7 else name


def colour_legend(document: Document) -> Legend:
    """Return what *document* says its colours mean: two lines or more, or one below a heading that speaks of colours."""
    if not document.colours:
        return Legend({}, {})
    codes: dict[Key, str] = {}
    names: dict[str, str] = {}
    lines: list[Span] = []
    text, at, headed, sure = document.text[: document.notes_start], 0, False, False
    starts = _Stretches(document.colours)
    for line in text.split("\n"):
        start = at
        at += len(line) + 1
        if _HEADING.fullmatch(line.replace("\t", " ")) or re.fullmatch(r"\W*warna\t.*", line, re.IGNORECASE):
            headed = sure = True
            continue
        found = _entries(text, Span(start, start + len(line)), starts, headed=headed) if line.strip(" ") else []
        if not found:
            headed = headed and not line.strip()
            continue
        lines.append(Span(start, start + len(line)))
        for key, name, label in found:
            if key is not None:
                codes.setdefault(key, label)
            else:
                names.setdefault(_NAMES[name.casefold()], label)
    return Legend(codes, names, tuple(lines)) if len(codes) + len(names) > (0 if sure else 1) else Legend({}, {})


class _Stretches:
    """Looks up which coloured stretches begin within a line."""

    def __init__(self, colours: Sequence[Colour]) -> None:
        self._by_start = sorted(colours, key=lambda colour: colour.start)

    def within(self, span: Span) -> list[Colour]:
        """Return the stretches that lie in *span*, in order."""
        first = bisect_left(self._by_start, span.start, key=lambda colour: colour.start)
        found = []
        for at in range(first, len(self._by_start)):
            if self._by_start[at].start > span.end:
                break
            if self._by_start[at].end <= span.end:
                found.append(self._by_start[at])
        return found


def _entries(text: str, line: Span, stretches: _Stretches, *, headed: bool) -> list[tuple[Key | None, str, str]]:
    """Return the colours that a line of a legend shows or names, each with the code it stands for: one, or several side by side."""
    parts = [_NAMED.fullmatch(part) for part in _SEVERAL.split(_LEAD.sub("", line.of(text), count=1))]
    named = [part for part in parts if part is not None and _is_code(part["label"])]
    if len(named) == len(parts) > 1:
        return [(None, part["name"], part["label"].strip()) for part in named]
    filled = {
        key: c for c in stretches.within(line) if c.is_cell and (key := _key(c)) and text[c.start : c.end].strip()
    }
    rest = line.of(text)
    for cell in filled.values():
        rest = rest.replace(text[cell.start : cell.end], "", 1)
    labels = [(key, text[c.start : c.end].strip()) for key, c in filled.items()]
    if labels and not rest.strip() and all(_is_code(label) and label.casefold() not in _NAMES for _, label in labels):
        return [(key, "", label) for key, label in labels]
    one = _entry(text, line, stretches, headed=headed)
    return [one] if one is not None else []


def _entry(text: str, line: Span, stretches: _Stretches, *, headed: bool) -> tuple[Key | None, str, str] | None:
    """Return the colour that a line of a legend shows, or else the name that it gives, and the code it stands for."""
    words = line.of(text)
    samples = [c for c in stretches.within(line) if _key(c) is not None]
    named = _NAMED.fullmatch(words)
    first = next((c for c in samples if not text[line.start : c.start].strip()), None)
    key = _key(first) if first is not None else None
    if named is not None and _is_code(named["label"]):
        return key, named["name"], named["label"].strip()
    if first is None or key is None:
        return None
    behind = _BEHIND.fullmatch(text, first.end, line.end)
    if not first.is_cell and first.start == first.end:
        return None
    sample = text[first.start : first.end].strip()
    if behind is not None and (not sample or headed) and _is_code(behind["label"]):
        return key, "", behind["label"].strip()
    whole = not text[first.end : line.end].strip() and not first.is_cell
    return (key, "", sample) if headed and whole and _is_code(sample) else None


def _is_code(label: str) -> bool:
    return 0 < len(label.split()) <= _WORDS and any(c.isalpha() for c in label)


def _key(colour: Colour) -> Key | None:
    """Return what tells a colour from others: its ground, or else its ink; None for white, grey and black."""
    for what, digits in (("ground", colour.ground), ("ink", colour.ink)):
        if digits and name_of_colour(digits):
            return what, digits
    return None


def coloured_passages(
    document: Document, legend: Legend, transcript: Transcript, begin: int, file: str
) -> tuple[list[Marked], list[Finding]]:
    """Return what is coloured in what informants say in *transcript*, whose text begins in the document's at *begin*.

    Words on a coloured ground of which no legend speaks have a code that is called by the colour. Coloured letters mean something only
    where a legend says so.
    """
    told: list[Marked] = []
    untold: dict[str, list[Marked]] = {}
    for key, span in _joined(document, legend, transcript, begin):
        label = legend.code(key)
        for part in _spoken(transcript, span):
            if label:
                told.append(Marked(part, ((label,),)))
            elif key[0] == "ground" and kind_of(f"[{part.of(transcript.text).strip('()[]')}]") == "other":
                name = f"stabilo {_INDONESIAN[name_of_colour(key[1])]}"
                untold.setdefault(name, []).append(Marked(part, ((name,),)))
    said: list[Finding] = []
    if told:
        message = N_("{codings} codings by colours, which a legend in the document explains")
        said.append(Finding("recognised", message, file, rule="colours", parameters={"codings": len(told)}))
    spoken = sum(len(turn.span) for turn in transcript.turns if not turn.role.asks) or len(transcript.text)
    kept = {
        name: passages for name, passages in untold.items() if sum(len(one.span) for one in passages) <= _MOST * spoken
    }
    if kept:
        message = N_(
            "{n} passages are highlighted, but no legend says what {colours} means; they have codes of these names"
        )
        names = {"n": sum(map(len, kept.values())), "colours": ", ".join(kept)}
        said.append(Finding("doubtful", message, file, rule="colours", parameters=names))
    return [*told, *(one for passages in kept.values() for one in passages)], said


def _joined(document: Document, legend: Legend, transcript: Transcript, begin: int) -> Iterator[tuple[Key, Span]]:
    """Yield the coloured stretches of the transcript's text, those side by side as one."""
    text = transcript.text
    last: tuple[Key, Span] | None = None
    for colour in sorted(document.colours, key=lambda colour: colour.start):
        key = _key(colour)
        if key is None or colour.is_cell or colour.start < begin or colour.end > begin + len(text):
            continue
        if any(line.start <= colour.start <= line.end for line in legend.lines):
            continue
        if key[0] == "ground" and colour.ink and not legend.code(key) and legend.code(("ink", colour.ink)):
            key = "ink", colour.ink
        span = Span(colour.start - begin, colour.end - begin)
        if last is not None and last[0] == key and not text[last[1].end : span.start].strip():
            last = key, Span(last[1].start, max(span.end, last[1].end))
            continue
        if last is not None:
            yield last
        last = key, span
    if last is not None:
        yield last


def _spoken(transcript: Transcript, span: Span) -> Iterator[Span]:
    """Yield the parts of *span* that informants say."""
    turns = [turn for _, turn in turns_in(transcript, span.start, span.end)]
    if transcript.turns and all(turn.role.asks for turn in turns):
        return
    here = on_speech(transcript, span)
    for part in voices(transcript, here):
        if any(c.isalnum() for c in part.of(transcript.text)):
            yield part

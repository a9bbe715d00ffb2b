"""Legends: which letters stand for whom, wherever and however a transcript says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from qualcode.importers._words import is_role_label, normal, role_of, split_phrase
from qualcode.importers.header.entries import is_nameish
from qualcode.importers.header.fields import Field
from qualcode.model import Span

__all__ = [
    "Legend",
    "LegendItem",
    "goes_on",
    "is_table_row",
    "items_of_fields",
    "items_that_name",
    "legend_items",
    "legends_below",
    "opens_legend",
]

_WORD = (
    r"(?:keterangan|ket|legenda?|key|singkatan|inisial|kode (?:pembicara|penutur|informan|partisipan|subjek)|(?:para )?pembicara|"
    r"penutur|pelaku|daftar singkatan|catatan transkrip)"
)
_LEGEND_WORD = re.compile(rf"[ \t>*_(]*{_WORD}\b[^:：=\n]{{0,25}}?[*_]*\s*[:：=]?[*_]*\s*", re.IGNORECASE)
_TABLE_HEAD = re.compile(
    r"[ \t|]*(?:kode|simbol|label|inisial)[ \t]*[\t|:=]+[ \t]*(?:keterangan|arti|makna|pembicara|nama)[ \t|]*", re.I
)
_NOTES = re.compile(r"[ \t>*_(]*catatan[*_]*[ \t]*[:：]?[*_]*[ \t]*", re.IGNORECASE)
"""A heading behind the talk that a legend may have as well as other notes."""
_BELOW = re.compile(rf"\n(?:[ \t>*_(]*{_WORD}\b|{_NOTES.pattern}(?=\n))", re.IGNORECASE)
"""Begins with the end of the line above: this is found many times as fast as the beginnings of lines are."""
_NUMBERED = "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}"
    for word in ("peserta", "partisipan", "informan", "narasumber", "responden", "subjek")
)
_FROM_TO = re.compile(
    r"(?P<letters>[A-Z]{1,3})(?P<first>\d{1,2})[ ]?(?:[-–—]|s\.?[/ ]?d\.?|sampai)[ ]?(?P<again>[A-Z]{1,3})?(?P<last>\d{1,2})"
)
"""Several with one meaning: ``P1–P8 = peserta``."""
_LABEL = rf"(?:[A-Z]{{1,3}}\d{{1,2}}[ ]?(?:[-–—]|s\.?[/ ]?d\.?|sampai)[ ]?[A-Z]{{0,3}}\d{{1,2}}|[A-Z][A-Za-z]{{0,3}}(?:[-. ]?\d{{1,2}})?|[a-z]\d{{0,2}}|(?:{_NUMBERED})[ -]?\d{{1,2}}|(?:Speaker|Pembicara|Penutur)[ _-]?\d{{1,2}}|SPEAKER_\d{{1,2}}|(?:Ibu|Bu|Bapak|Pak|Mas|Mbak) [A-Z][a-z]{{0,15}})"
_BEFORE = r"(?:(?<![^\s,;(\[|*_/•-])|(?<=[a-z])(?=[A-Z]{1,2}\d{0,2}[ \t]*[:=]))[*_(\[]{0,3}"
_ITEM = re.compile(
    rf"{_BEFORE}(?P<label>{_LABEL})[)\]*_]{{0,3}}[ \t\u00a0]*(?P<separator>[:：=∶→]|(?:adalah|ialah|yaitu|untuk|is|for)\b|[-–—](?=\s)|[)\]](?=\s)|\|(?=[ \t]))[*_]{{0,2}}[ \t\u00a0]*"
)
_POINT = re.compile(rf"{_BEFORE}(?P<label>[A-Z]{{1,3}}\d{{0,2}})[.;][ \t]+(?=[A-Z])")
_BLANK = re.compile(rf"{_BEFORE}(?P<label>[A-Z]{{1,3}}\d{{0,2}})[)\]]?[ \t\u00a0]+(?=(?P<first>[^\W\d_]{{3,}}))")
_REVERSED = re.compile(
    rf"(?P<phrase>[^\W\d_][^\n,;:=()\[\]]{{2,40}}?)[ \t]*[(\[](?:disingkat )?[\"“']?(?P<label>{_LABEL})[\"”']?[)\]]"
)
_BRACKETED = re.compile(rf"{_BEFORE}(?P<label>{_LABEL})[ \t]*\((?P<phrase>[^()\n]{{3,60}})\)")
_ROW = re.compile(
    rf"[ \t|]*[*_]{{0,3}}(?P<label>{_LABEL})[*_]{{0,3}}[ \t]*[\t|][ \t|:=]*(?P<phrase>[^\n\t|]{{2,80}}?)[ \t|]*"
)
_LETTERS = re.compile(r"\([ \t]*(?P<label>[A-Z][A-Za-z]{0,2}\d{0,2})[ \t]*\)")
_NAMED = re.compile(
    r"(?:^|[.,;][ \t]*)[ \t>*_-]*(?P<phrase>[^\W\d_][^\n:().,;]{2,30}?)[ \t*_]*:[ \t*_]*[^\n:()]{2,60}?[ \t]*\([ \t]*(?P<label>[A-Z][A-Za-z]{0,2}\d{0,2})[ \t]*\)"
)
"""One of several in a line: ``Pewawancara 1: Nisa (Ns), Pewawancara 2: Fajar (F). Informan: Bu Kokom (K)``."""
_EQUALS = re.compile(r"[ \t>*_-]*(?P<label>[A-Z]{1,3}\d{0,2})[ \t*_]*=[ \t*_]*(?P<phrase>[^\n=:?!]{2,80}?)[ \t*_.;,]*")
"""A line of a legend without a heading: ``T = Mbok Tum``."""
_TURNED = re.compile(
    r"[ \t>*_-]*(?P<phrase>[^\W\d_][^\n:=()]{2,40}?)[ \t*_]*[:=][ \t*_]*(?P<label>[A-Z]{1,3}\d{0,2})[ \t*_]*(?:\([^()\n]*\)[ \t*_.]*)?"
)
"""A line of a legend that names the role first: ``Informan : PM (penjual mie ayam)``."""
_CAPITALS = re.compile(r"[ \t]*([A-Z]{1,3}\d{0,2})[ \t]*[:=]")
_SAID = re.compile(
    r"\b(?:di|ke|sini|situ|sana|ini|itu|saya|aku|kami|kita|kamu|kalian|dia|ya|iya|ada|sudah|udah|belum|tidak|nggak|gak|mau|satu|dua|banyak|"
    r"lagi|juga|kok|sih|lah|bilang|apa|siapa)\b",
    re.IGNORECASE,
)
"""Words that a legend has no use for, and talk is full of."""
_LONGEST = 2000
_MOST_ITEMS = 30
_MOST_LEGENDS = 1000


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A label and what the legend says it means."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Legend:
    """The items of a legend, and where its lines stand."""

    items: tuple[LegendItem, ...]
    spans: tuple[Span, ...]


def opens_legend(line: str) -> bool:
    """Tell whether *line* is the heading of a legend whose items stand below."""
    bare = line.strip()
    match = _LEGEND_WORD.fullmatch(bare) or _TABLE_HEAD.fullmatch(bare)
    return match is not None and len(bare) <= 40


def is_table_row(line: str) -> bool:
    """Tell whether *line* is a row of a legend in a table: a label, a border, and a role word and nothing more."""
    match = _ROW.fullmatch(line.rstrip()) if len(line) <= 120 else None
    return match is not None and role_of(match["phrase"]) is not None and len(match["phrase"].split()) <= 4


def legend_items(line: str, *, open_: bool = False) -> tuple[tuple[LegendItem, ...], int]:
    """Return the legend items in *line*, and how many of its characters belong to the legend.

    Parameters
    ----------
    line : str
        One line.
    open_ : bool
        Whether a line above began a legend, so that a single item counts.
    """
    if len(line) > _LONGEST:
        return (), 0
    opening = _LEGEND_WORD.match(line)
    start = opening.end() if opening else 0
    if open_ and (row := _ROW.fullmatch(line.rstrip())):
        return (LegendItem(row["label"].strip(), row["phrase"].strip()),), len(line.rstrip())
    found = _parted(line, start, _ITEM, opening=opening is not None, open_=open_)
    if not found[0] and (opening or open_):
        found = _parted(line, start, _POINT, opening=opening is not None, open_=open_)
    if not found[0] and opening:
        found = _parted(line, start, _BLANK, opening=True, open_=open_)
    if not found[0]:
        found = _bracketed(line, start, opening=opening is not None or open_)
    if not found[0]:
        found = _turned(line, start, opening=opening is not None or open_)
    return tuple(each for item in found[0] for each in _each(item)), found[1]


def _each(item: LegendItem) -> Iterator[LegendItem]:
    """Yield *item*, or of one such as ``P1–P8`` each of the labels."""
    match = _FROM_TO.fullmatch(item.label)
    first, last = (int(match["first"]), int(match["last"])) if match is not None else (0, 0)
    if match is None or match["again"] not in {None, match["letters"]} or not first < last <= first + _MOST_ITEMS:
        yield item
        return
    for number in range(first, last + 1):
        yield LegendItem(f"{match['letters']}{number}", item.meaning)


def _bracketed(line: str, start: int, *, opening: bool) -> tuple[tuple[LegendItem, ...], int]:
    """Return the items of *line* whose meaning stands in brackets, as in ``Pwc (Pewawancara), Inf 1 (Nenek)``, and where the last ends."""
    found = [m for m in _BRACKETED.finditer(line, start) if not re.fullmatch(r"[A-Z]{1,3}\d{0,2}", m["phrase"])]
    telling = sum(role_of(m["phrase"]) is not None for m in found)
    if len(found) < 2 or 2 * telling < len(found) or not (opening or telling >= 2):
        return (), 0
    return tuple(LegendItem(m["label"].strip(), m["phrase"].strip()) for m in found), found[-1].end()


def _parted(
    line: str, start: int, pattern: re.Pattern[str], *, opening: bool, open_: bool
) -> tuple[tuple[LegendItem, ...], int]:
    """Return the items of *line* whose label stands first, and where the last of them ends."""
    marks = list(pattern.finditer(line, start))
    if pattern is _BLANK:
        marks = [m for m in marks if role_of(m["first"]) is not None]
        if len(marks) < 2 or marks[0].start() > start + 3:
            return (), 0
    marks = [m for at, m in enumerate(marks) if at == 0 or _begins_item(line, marks[at - 1].end(), m)]
    items: list[LegendItem] = []
    end = start
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(line)
        meaning = line[mark.end() : stop]
        length = split_phrase(meaning) if at + 1 == len(marks) else len(meaning)
        end = mark.end() + length
        phrase = meaning[:length].strip(" \t,;|.*_/•-–")
        if phrase.count("(") != phrase.count(")"):
            phrase = phrase.strip("()")
        if phrase and len(phrase) <= 90 and (role_of(phrase) is not None or opening or open_):
            items.append(LegendItem(mark["label"].strip(), phrase))
    telling = sum(role_of(item.meaning) is not None for item in items)
    if telling and not (opening or open_):
        telling = sum(_names_role(item.meaning) for item in items)
    exact = len(marks) == 1 and telling == 1 and end >= len(line.rstrip()) and len(items[0].meaning.split()) <= 4
    if telling and (opening or open_ or telling >= 2 or exact):
        return tuple(items), end
    if items and (open_ or (opening and len(items) >= 2)) and all(len(item.meaning) <= 80 for item in items):
        return tuple(items), end
    return (), 0


def _names_role(phrase: str) -> bool:
    """Tell whether *phrase* names somebody by a role, rather than being something said in which such a word occurs."""
    if role_of(phrase) is None or phrase[-1] in "?!…" or _SAID.search(phrase):
        return False
    return is_role_label(phrase.title()) or phrase.casefold().startswith("significant other")


def _turned(line: str, start: int, *, opening: bool) -> tuple[tuple[LegendItem, ...], int]:
    """Return the items of *line* whose label stands behind, as in ``Pewawancara (P)``, and where the last of them ends."""
    turned = [m for m in _REVERSED.finditer(line, start) if role_of(m["phrase"]) is not None]
    if not turned or not (opening or len(turned) >= 2):
        return (), 0
    found = [LegendItem(m["label"], m["phrase"].strip()) for m in turned if normal(m["label"]) != normal(m["phrase"])]
    return tuple(found), turned[-1].end()


def _begins_item(line: str, after: int, mark: re.Match[str]) -> bool:
    """Tell whether *mark* begins another item, not the middle of a meaning such as ``(P – guru)``."""
    between = line[after : mark.start()]
    return bool(between.strip()) and between.count("(") == between.count(")")


def items_that_name(line: str, count: Mapping[str, int]) -> tuple[LegendItem, ...]:
    """Return whose letters *line* explains, where no heading says that it is a legend: only letters with which turns begin.

    Such lines are ``T = Mbok Tum``, ``Informan : PM (penjual mie)`` and ``Narasumber: Anggi (A) dan Sri (S)``.

    Parameters
    ----------
    line : str
        One line.
    count : mapping of str to int
        How many lines begin with each label, in normal form.
    """
    bare = line.rstrip()
    if (equal := _EQUALS.fullmatch(bare)) is not None and count.get(normal(equal["label"]), 0) >= 2:
        return (LegendItem(equal["label"], equal["phrase"].strip()),)
    named = [m for m in _NAMED.finditer(bare) if is_role_label(m["phrase"]) and count.get(normal(m["label"]), 0) >= 2]
    if len(named) > 1:
        return tuple(LegendItem(m["label"], m["phrase"]) for m in named)
    head, _, names = bare.partition(":")
    phrase = head.strip(" \t>*_-")
    if names and is_role_label(phrase) and _LETTERS.sub("", names).strip(" \t*_")[-1:] not in {".", "?", "!", "…"}:
        # Somebody who speaks below may well say "(SD)".
        labels = [m["label"] for m in _LETTERS.finditer(names) if count.get(normal(m["label"]), 0) >= 2]
        if labels:
            return tuple(LegendItem(label, phrase) for label in labels)
    turned = _TURNED.fullmatch(bare)
    if turned is None or not is_role_label(turned["phrase"].strip()) or count.get(normal(turned["label"]), 0) < 2:
        return ()
    return (LegendItem(turned["label"], turned["phrase"].strip()),)


def goes_on(line: str, legend: Collection[str], text: str) -> bool:
    """Tell whether *line* is one more item of a legend although a blank line stands between, as in what is copied from a PDF.

    Its letters, unlike a turn's, stand before a colon only here, and without one at the beginning of several lines of *text*.
    """
    match = _CAPITALS.match(line)
    if match is None or normal(match[1]) in legend or role_of(line[match.end() :]) is None:
        return False
    return text.count(f"\n{match[1]} ") + text.count(f"\n{match[1]}\n") >= 3 and text.count(f"\n{match[1]}:") == 0


def items_of_fields(fields: Collection[Field], text: str) -> Iterator[LegendItem]:
    """Yield whose letters header fields such as ``Kode subjek : LA`` give: capitals with which lines of *text* begin."""
    for found in fields:
        key = found.key.replace("_", " ")
        if not key.startswith(("kode ", "inisial ")) or role_of(key) is None:
            continue
        label = found.value.strip(" .()")
        if re.fullmatch(r"[A-Z]{1,4}\d{0,2}", label) and len(re.findall(rf"^{label}\b", text, re.MULTILINE)) >= 2:
            yield LegendItem(label, key.partition(" ")[2])


def legends_below(text: str, start: int, stop: int, labels: Collection[str]) -> list[Legend]:
    """Return the legends between *start* and *stop* that stand among or behind the turns.

    Parameters
    ----------
    text : str
        The whole text.
    labels : collection of str
        In normal form, which labels lines of the text begin with; a legend that has none of them is another kind of note.
    """
    found: list[Legend] = []
    end = start
    places = (match.start() + 1 for match in islice(_BELOW.finditer(text, max(start - 1, 0), stop), _MOST_LEGENDS))
    for place in [0, *places] if start == 0 and _BELOW.match("\n" + text[:_LONGEST]) else places:
        if place < end:
            continue
        legend, after = _legend_at(text, place, stop)
        known = sum(normal(item.label) in labels for item in legend.items)
        if known and any(role_of(item.meaning) is not None for item in legend.items):
            found.append(legend)
            end = after
    return found


def _is_somebody(meaning: str) -> bool:
    """Tell whether *meaning*, below a heading that may also stand above notes, names somebody and is nothing said."""
    return _names_role(meaning) or (len(meaning.split()) <= 4 and meaning[-1].isalpha() and is_nameish(meaning))


def _legend_at(text: str, at: int, stop: int) -> tuple[Legend, int]:
    """Return the legend whose first line begins at *at*, and where the line behind it begins."""
    items: dict[str, LegendItem] = {}
    spans: list[Span] = []
    opened = noted = False
    while at < stop and len(items) < _MOST_ITEMS:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line = text[at : min(end, at + _LONGEST)]
        if not line.strip():
            if items or not opened:
                break
        else:
            more, length = legend_items(line, open_=opened)
            noted = noted or (not opened and _NOTES.fullmatch(line) is not None)
            heading = not opened and (noted or opens_legend(line))
            telling = not opened or any(role_of(item.meaning) is not None for item in more)
            telling = all(_is_somebody(item.meaning) for item in more) if noted else telling
            if not heading and (not more or not telling or any(normal(item.label) in items for item in more)):
                break
            items.update((normal(item.label), item) for item in more)
            left = len(line) - len(line.lstrip())
            whole = line.rstrip() if heading or not line[length:].strip(" \t.,;|*_)") else line[:length].rstrip()
            spans.append(Span(at + left, at + len(whole)))
            opened = True
            if len(whole) < len(line.rstrip()):
                at = end + 1
                break
        at = end + 1
    return Legend(tuple(items.values()), tuple(spans)), at

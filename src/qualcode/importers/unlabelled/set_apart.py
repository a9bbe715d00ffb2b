"""The paragraphs of a text with what sets them apart: quotes, bold, italics, bullets, numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.files.document import Format
from qualcode.importers.layout.layout import Given
from qualcode.model import Span

__all__ = ["Paragraph", "paragraphs"]

_QUOTES = (("“‟”", "”“‟"), ('"', '"'), ("„‚", "“”‘"), ("«»", "»«"), ("‘", "’"), ("'`", "'`´"))
"""Marks that open a quotation, and those that close it."""
_ANY = ("".join(opening for opening, _ in _QUOTES), "".join(closing for _, closing in _QUOTES))
_LEAD = re.compile(
    r"(?P<bullet>[-*+•‣▪●○◦–—➢➤►✓][ \t\u00a0]+)?(?P<number>(?:\(?\d{1,3}[.)](?!\d)|\(?[a-z][.)]|no\.? ?\d{1,3}[.:)]?)[ \t\u00a0]*)?",
    re.IGNORECASE,
)
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
"""What makes a line of Markdown a heading."""
_MARKS = re.compile(r"(?P<mark>\*\*\*|___|\*\*|__|\*|_|<u>|<b>|<i>)(?=[^\s*_])")
_LOOK_OF_MARK = {
    "***": ("bold", "italic"),
    "___": ("bold", "italic"),
    "**": ("bold",),
    "__": ("bold",),
    "*": ("italic",),
} | {
    "_": ("italic",),
    "<u>": ("underlined",),
    "<b>": ("bold",),
    "<i>": ("italic",),
}
_END_OF_MARK = {"<u>": "</u>", "<b>": "</b>", "<i>": "</i>"}
_MOST_LINES = 5
"""The most lines over which a numbered question goes."""
_TAIL = re.compile(r"[ \t.,;]*(?:[(\[][^)\]\n]{0,80}[)\]][ \t.]*)?$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph from its first letter or sign to its last.

    `words` is what of it is said, without bullet, number, marks of emphasis and quotation marks around it; `looks` what sets it
    apart as a whole: ``bold``, ``italic``, ``underlined``, ``bullet``, ``number``, ``capitals``, ``indented``, ``heading``, ``quoted``.
    `lead` is where what is set apart at its beginning ends, if that is not the whole; `opens` and `closes` tell of quotation marks
    at its ends, `inside` that a quotation ends within it and something follows.
    """

    span: Span
    words: Span
    looks: frozenset[str]
    lead: int | None = None
    opens: bool = False
    closes: bool = False
    inside: bool = False


def paragraphs(given: Given, start: int) -> list[Paragraph]:
    """Return the paragraphs of a text from *start* on, those that are noise left out.

    A line is a paragraph, but for texts with blank lines whose lines are wrapped at a width: there, what stands between blank lines.
    """
    stretches = [(f.start, f.end, f) for f in given.formats]
    begins = [f[0] for f in stretches]
    noise = [span.start for span in given.noise]
    found = []
    spans = _wrapped(given.text, list(_lines(given.text, start, given.stop)))
    quotes = _quotes(given.text, spans)
    for span in spans:
        at = bisect_right(noise, span.start) - 1
        if at >= 0 and given.noise[at].end >= span.end:
            continue
        low, high = max(0, bisect_right(begins, span.start) - 1), bisect_left(begins, span.end)
        found.append(_paragraph(given, span, [f for _, _, f in stretches[low:high]], quotes))
    return found


def _quotes(text: str, spans: Sequence[Span]) -> tuple[str, str]:
    """Return the marks around the text's quotations: if it mostly uses one kind, others are quotations within."""
    first = Counter(text[span.start] for span in spans)
    counts = [sum(first[mark] for mark in opening) for opening, _ in _QUOTES]
    most = max(range(len(counts)), key=counts.__getitem__)
    return _QUOTES[most] if counts[most] >= 3 and counts[most] >= 0.8 * sum(counts) else _ANY


def _lines(text: str, start: int, stop: int) -> Iterator[Span]:
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        line = text[start:end]
        if words := line.strip():
            left = start + len(line) - len(line.lstrip())
            yield Span(left, left + len(words))
        start = end + 1


def _wrapped(text: str, lines: list[Span]) -> list[Span]:
    """Return the lines, or the blocks between blank lines if most of the lines within these go on in the next."""
    blocks: list[list[Span]] = []
    for line in lines:
        if blocks and text.count("\n", blocks[-1][-1].end, line.start) == 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    inner = [line for block in blocks for line in block[:-1]]
    if len(blocks) < 3 or not inner:
        return _with_long_questions(text, lines)
    on = sum(text[line.end - 1] not in '.?!…:”"“»’)]*_' for line in inner)
    long = sum(len(line) >= 45 for line in inner)
    if on < 0.5 * len(inner) or long < 0.7 * len(inner):
        return _with_long_questions(text, lines)
    return [Span(block[0].start, block[-1].end) for block in blocks]


def _with_long_questions(text: str, lines: list[Span]) -> list[Span]:
    """Return the lines; a numbered question that goes on in the next lines, up to its question mark, is one."""
    found: list[Span] = []
    at = 0
    while at < len(lines):
        line, last = lines[at], at
        if (number := _LEAD.match(text, line.start, line.end)) and number["number"] and "?" not in line.of(text):
            for following in range(at + 1, min(at + _MOST_LINES, len(lines))):
                words = lines[following].of(text)
                near = text.count("\n", lines[following - 1].end, lines[following].start) == 1
                if not near or not (words[0].islower() or words[0] == "?"):
                    break
                if words.endswith("?"):
                    last = following
                    break
        found.append(Span(line.start, lines[last].end))
        at = last + 1
    return found


def _paragraph(given: Given, span: Span, formats: Sequence[Format], quotes: tuple[str, str]) -> Paragraph:
    text = given.text
    start, end = span.start, span.end
    looks: set[str] = set()
    if (listed := given.listed.get(start)) is not None:
        looks.add(listed)
    line_start = text.rfind("\n", 0, start) + 1
    hashes = _HASHES.match(text, start, end)
    if hashes is not None or start in given.headings:
        looks.add("heading")
    if start - line_start >= 2 or "\t" in text[line_start:start] or text[start] == ">":
        looks.add("indented")
    start = hashes.end() if hashes is not None else start
    start, lead = _unmarked(text, start, end, looks)
    end = lead.end if lead is not None and lead.end == end else end
    words_end = lead.start if lead is not None and lead.end == span.end else end
    if words_end <= start:  # marks of emphasis around a mark
        return Paragraph(span, span, frozenset(looks))
    own, formatted_lead = _formatted(text, Span(start, words_end), formats)
    looks |= own
    begin, opens = start, False
    if start < words_end and text[start] in quotes[0]:
        opens, begin = True, start + 1
        while begin < words_end and text[begin] in quotes[0] + " \t\u00a0":
            begin += 1
    closes, last = _closed(text, begin, words_end, quotes[1])
    if opens and text[start] == "'" and not closes:
        opens, begin = False, start  # 'kan, 'dah: an apostrophe
    inside = opens and not closes and _ends_within(text, begin, words_end)
    if opens or closes:
        looks.add("quoted")
    if last <= begin:  # nothing but marks
        return Paragraph(span, span, frozenset(looks))
    words = text[begin:last]
    # The first question is answered at once, however long the paragraph is.
    letters = [c for c in words if c.isalpha()] if words.isupper() else []
    if len(letters) >= 6 and all(c.isupper() for c in letters):
        looks.add("capitals")
    first = (
        formatted_lead
        if formatted_lead is not None
        else (lead.end if lead is not None and lead.end < span.end else None)
    )
    return Paragraph(span, Span(begin, last), frozenset(looks), first, opens, closes, inside)


def _unmarked(text: str, start: int, end: int, looks: set[str]) -> tuple[int, Span | None]:
    """Return where the words begin behind bullet, number and a mark of emphasis, and where that mark is closed."""
    closing: Span | None = None
    for _ in range(4):
        before = start
        if (match := _LEAD.match(text, start, end)) and match.end() < end:
            if match["bullet"]:
                looks.add("bullet")
            if match["number"]:
                looks.add("number")
            start = match.end()
        if closing is None and (mark := _MARKS.match(text, start, end)):
            closer = _END_OF_MARK.get(mark["mark"], mark["mark"])
            at = text.find(closer, mark.end(), end)
            if at > 0:
                closing = Span(at, at + len(closer))
                if closing.end == end or not any(c.isalnum() for c in text[closing.end : end]):
                    looks.update(_LOOK_OF_MARK[mark["mark"]])
                    closing = Span(at, end)
                start = mark.end()
        if start == before:
            break
    return start, closing


def _formatted(text: str, words: Span, formats: Sequence[Format]) -> tuple[set[str], int | None]:
    """Return how the words look as a whole, and where what is set apart at their beginning ends, if it is not all of them."""
    if not formats:
        return set(), None
    letters = sum(c.isalnum() for c in words.of(text))
    looks: set[str] = set()
    lead: int | None = None
    for look in ("bold", "italic", "underlined"):
        covered, reached = 0, words.start
        for f in formats:
            if getattr(f, look) and f.end > words.start and f.start < words.end:
                low, high = max(f.start, words.start), min(f.end, words.end)
                covered += sum(c.isalnum() for c in text[low:high])
                if not any(c.isalnum() for c in text[reached:low]):
                    reached = high
        if letters and covered >= 0.9 * letters:
            looks.add(look)
        elif reached > words.start:
            lead = max(lead or 0, reached)
    return looks, None if looks else lead


def _closed(text: str, start: int, end: int, marks: str) -> tuple[bool, int]:
    """Tell whether a quotation ends at *end*, perhaps before a bracket, and return where the words within it end."""
    tail = _TAIL.search(text, max(start, end - 120), end)
    at = tail.start() if tail is not None else end
    if at > start and text[at - 1] in marks and not (text[at - 1] in "'’" and _is_apostrophe(text, start, at)):
        # "… (tertawa)" behind the mark is still hers.
        if not any(c.isalpha() for c in text[at:end]):
            while at > start and text[at - 1] in marks + " ":
                at -= 1
            return True, at
        return True, end
    return False, end


def _is_apostrophe(text: str, start: int, at: int) -> bool:
    return not any(text[start - 1 : start] == mark for mark in "'‘’‚") and text[start:at].count(text[at - 1]) % 2 == 0


def _ends_within(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation that begins a paragraph ends in its middle, as in ``"Sudah," kata ibu itu`` in a story."""
    for at in range(start + 1, end - 8):
        if text[at] in '”"»' and text[at - 1] in ",.?!…" and any(c.isalpha() for c in text[at + 1 : min(end, at + 40)]):
            return True
    return False

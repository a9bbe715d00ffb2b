"""Turns whose labels are parted from the speech by something else than a colon: a dash, a point, a bracket, a tab, a line end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from qualcode.importers._words import HONORIFICS, is_name, is_role_label, normal
from qualcode.importers.speakers.labels import ASIDE, BEFORE, CODE, Candidate

__all__ = ["by_signs", "by_tabs", "heads_columns", "other_separators"]

_SIGNS = r"[-–—=>|;.)]+[ \t]*|\t[ \t]*|$"
_SIGN = re.compile(r"(?:[-–—=>|;.)][ \t]*|\t[ \t]*|[^ \t])$")
_AFTER = r"[*_]{0,3}[ \t\u00a0]*"


def other_separators(text: str, stop: int, start: int, labels: Collection[str]) -> list[Candidate]:
    """Return turns whose known *labels* are parted from the speech by something else than a colon."""
    choice = "|".join(re.escape(label).replace(r"\ ", r"[ \t]+") for label in sorted(labels, key=len, reverse=True))
    begin = BEFORE + rf"(?P<bracket>[\[(])?(?P<label>{choice})(?(bracket)[\])])(?P<aside>{ASIDE}){_AFTER}"
    # Without any sign, only a label that is written in capitals can be told from speech.
    best: list[Candidate] = []
    for after in (rf"(?:{_SIGNS})", rf"(?:{_SIGNS}|[ \t]+(?=\S))"):
        found = [
            Candidate(m.start(), m.end(), m["label"], normal(m["label"]))
            for m in re.compile(begin + after, re.MULTILINE | re.IGNORECASE).finditer(text, start, stop)
            if m["bracket"] or _SIGN.search(m[0]) or m["label"].isupper()
        ]
        if len({c.key for c in found}) >= 2 and len(found) >= 2 * len(best):
            best = found
    often = _often(best)
    return [c for c in best if c.key in often or not heads_columns(text, c)]


def heads_columns(text: str, c: Candidate) -> bool:
    """Tell whether what stands behind a label is the rest of a row of headings: ``S ISI WAWANCARA KODE``."""
    words = text[c.speech_start : text.find("\n", c.speech_start)].split()
    return len(words) > 1 and all(word.isupper() for word in words)


_SIGN_LINE = re.compile(
    BEFORE
    + r"(?P<label>[^\W\d_][^\n:\t()\[\]<>*?!…\"“”,;.=|–—>]{0,30}?\.?)[*_]{0,3}"
    + rf"(?P<aside>{ASIDE})[ \t\u00a0]*(?P<sign>[.);>|=]|[-–—](?=[ \t\u00a0])|->|=>)[*_]{{0,3}}[ \t\u00a0]+(?=\S)",
    re.MULTILINE,
)
_SHARE = 0.4
"""Of the lines behind the first label, so many begin with one."""


def by_signs(text: str, stop: int, start: int) -> list[Candidate]:
    """Return turns such as ``P – …``, ``P. …`` or ``P) …`` in a text that has no legend and no colons."""
    signs: dict[str, list[Candidate]] = {}
    for m in _SIGN_LINE.finditer(text, start, stop):
        label = m["label"].strip()
        if _is_label(label):
            sign = "-" if m["sign"] in "–—" else m["sign"]
            signs.setdefault(sign, []).append(Candidate(m.start(), m.end(), label, normal(label)))
    for found in sorted(signs.values(), key=len, reverse=True):
        often = _often(found)
        kept = [c for c in found if c.key in often or is_role_label(c.label)]
        if len(often) >= 2 and not _enumerates(kept):
            lines = sum(1 for line in text[kept[0].line_start : stop].split("\n") if line.strip())
            if len(kept) >= _SHARE * lines:
                return kept
    return []


def _often(found: Iterable[Candidate]) -> set[str]:
    count: dict[str, int] = {}
    for c in found:
        count[c.key] = count.get(c.key, 0) + 1
    return {key for key, n in count.items() if n >= 2}


def _enumerates(found: Sequence[Candidate]) -> bool:
    """Tell whether the labels count: ``A. … B. … C. …`` are the answers to choose from, or the sections of a paper."""
    steps = [(a.key, b.key) for a, b in pairwise(found) if len(a.key) == len(b.key) == 1]
    following = sum(ord(b) - ord(a) == 1 for a, b in steps)
    return len({c.key for c in found}) > 2 and following * 2 > len(found) - 1


_TAB_LINE = re.compile(BEFORE + r"(?P<label>[^\W\d_][^\n:\t]{0,38})\t[ \t]*(?=\S)", re.MULTILINE)
_WIDE_LINE = re.compile(BEFORE + r"(?P<label>[^\W\d_][^\n:\t]{0,38}?)[ \u00a0]{3,}(?=\S)", re.MULTILINE)
_BRACKET_LINE = re.compile(
    BEFORE + r"[\[(](?P<label>[A-Z]{1,3}\d{0,2}|[^\W\d_][^\n:\t()\[\]]{1,38})[\])][ \t]*(?=\S)", re.MULTILINE
)
_ALONE_LINE = re.compile(BEFORE + r"(?P<label>[^\W\d_][^\n:\t*_.?!]{0,30})[*_]{0,3}[ \t]*$", re.MULTILINE)


def by_tabs(text: str, stop: int, start: int) -> list[Candidate]:
    """Return turns laid out in columns of speaker and speech, or with the role word on a line of its own."""
    for pattern in (_TAB_LINE, _WIDE_LINE, _BRACKET_LINE, _ALONE_LINE):
        found = [
            Candidate(m.start(), m.end(), m["label"].strip(), normal(m["label"]))
            for m in pattern.finditer(text, start, stop)
            if _is_label(m["label"].strip())
        ]
        often = _often(found)
        roles = {c.key for c in found if is_role_label(c.label)}
        if len(often) >= 2 and (pattern is not _ALONE_LINE or roles):
            return [c for c in found if c.key in often or c.key in roles]
    return []


def _is_label(label: str) -> bool:
    """Tell whether *label* is a code, a role word, or a name behind a form of address."""
    if CODE.fullmatch(label) or is_role_label(label):
        return True
    return " " in label and is_name(label) and normal(label).split()[0] in HONORIFICS

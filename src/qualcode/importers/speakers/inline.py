"""Turns that lost their line break: a label in the middle of a line, behind the end of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from qualcode.importers._words import HONORIFICS, is_name, is_role_label, normal
from qualcode.importers.speakers.labels import CODE, Candidate

__all__ = ["wholly_inline", "with_inline"]

_INLINE = re.compile(
    r"[.?!…)”\"\]][ \t](?P<label>[A-Z]{1,3}\d{0,2}|[A-Z][^\W\d_]{1,14}(?: [A-Z\d][^\W_]{0,14}){0,2})[ \t]?[:：](?=[ \t]*[^\s:/])"
)
_TOLD = re.compile(r"(?:^|[^ \t]*\n|\b(?:kata|bilang|ujar|jawab|tanya|kepada|dengan)[ \t])$")
"""Before a label: the beginning of a line, or a word that tells what somebody else said."""
_FEWEST = 4
_MOST_LABELS = 30
_LONG_LABEL = 6
"""From how many letters on a known label is believed in the middle of a sentence too."""
_ALTERNATE = 0.6


def with_inline(text: str, stop: int, accepted: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Return the turns *accepted* together with those that begin within lines with one of their labels, and the latter alone.

    Where the label is that of whoever speaks already, nothing begins.
    """
    known = {c.key: c.label for c in accepted}
    start = accepted[0].line_start
    found = [c for c in _inline(text, start, stop, accepted) if known.get(c.key) == c.label]
    found += _within_sentences(text, start, stop, accepted, {c.line_start for c in found})
    if not found:
        return list(accepted), []
    both = sorted((*accepted, *found), key=lambda c: c.line_start)
    added = {id(c) for c in found}
    kept = [both[0]]
    for before, c in pairwise(both):
        if id(c) not in added or c.key != before.key:
            kept.append(c)
    return kept, [c for c in kept if id(c) in added]


def wholly_inline(text: str, stop: int, start: int, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the turns of a talk that stands in few lines, each with many turns: labels that alternate and come back."""
    begins = [c for c in candidates if c.line_start >= start]
    both = sorted((*begins, *_inline(text, start, stop, begins)), key=lambda c: c.line_start)
    count: dict[str, int] = {}
    for c in both:
        count[c.key] = count.get(c.key, 0) + 1
    kept = [c for c in both if count[c.key] >= 2 and _is_label(c)]
    changes = sum(a.key != b.key for a, b in pairwise(kept))
    if len({c.key for c in kept}) < 2 or len(kept) < _FEWEST or changes < _ALTERNATE * (len(kept) - 1):
        return []
    return kept


def _within_sentences(
    text: str, start: int, stop: int, accepted: Sequence[Candidate], taken: Collection[int]
) -> list[Candidate]:
    """Return where a long known label stands in the middle of a sentence, with a colon behind it."""
    labels = {c.label: c.key for c in accepted if len(c.label) >= _LONG_LABEL}
    if not labels or len(labels) > _MOST_LABELS:
        return []
    choice = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    starts = [c.line_start for c in accepted]
    ends = [c.speech_start for c in accepted]
    found = []
    for m in re.compile(rf"(?P<label>{choice})[ \t]?[:：](?=[ \t]*[^\s:/])").finditer(text, start, stop):
        begin = m.start()
        if (
            text[begin - 1 : begin] not in {" ", "\t"}
            or ends[bisect_right(starts, begin) - 1] > begin
            or begin in taken
        ):
            continue
        before = text[max(begin - 10, 0) : begin]
        if before.strip() and not _TOLD.search(before):
            found.append(Candidate(m.start(), m.end(), m["label"], labels[m["label"]]))
    return found


def _is_label(c: Candidate) -> bool:
    if CODE.fullmatch(c.label) or is_role_label(c.label):
        return True
    return is_name(c.label) and (" " not in c.key or c.key.split()[0] in HONORIFICS)


def _inline(text: str, start: int, stop: int, begins: Collection[Candidate]) -> list[Candidate]:
    """Return what looks like a label within a line, where no line's own label stands."""
    starts = [c.line_start for c in begins]
    ends = [c.speech_start for c in begins]
    found = []
    for match in _INLINE.finditer(text, start, stop):
        begin = match.start("label")
        at = bisect_right(starts, begin) - 1
        if at < 0 or ends[at] <= begin:
            label = match["label"]
            found.append(Candidate(begin, match.end(), label, normal(label)))
    return found

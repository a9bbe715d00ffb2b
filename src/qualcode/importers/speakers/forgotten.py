"""Turns whose colon was forgotten: a line that begins with a speaker's label and goes on with a capital."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence

from qualcode.importers._words import is_role_label, normal
from qualcode.importers.speakers.labels import CODE, Candidate
from qualcode.importers.speakers.separators import heads_columns
from qualcode.importers.speakers.slips import slips

__all__ = ["with_forgotten"]

_MOST_LABELS = 12


def with_forgotten(
    text: str, stop: int, accepted: Sequence[Candidate], *, start: int, told: Collection[str] = ()
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the turns *accepted* together with those of the same labels that lack their colon, and the latter alone.

    ``P Liburnya kapan?``, ``Informan ; Sudah`` or ``P. Kenapa?`` begins a turn where the label has others with a colon, is a role word or
    letters in capitals, and neither the turn above nor, for letters, the one below is of the same speaker. What the legend has *told*
    counts however seldom it has its colon; it is looked for from *start* on.
    """
    count = Counter(c.key for c in accepted)
    known = {normal(label) for label in told}
    # As each stands in the text, slips of the keyboard and all: "Penelti" may be who is "Peneliti" elsewhere.
    begun = {(text[c.line_start : c.speech_start], c.key) for c in accepted if is_role_label(c.label)}
    written = {(_written(begin), key) for begin, key in begun} | _mistyped(text, stop, count)
    forms = {(c.label, c.key) for c in accepted} | {(label, key) for label, key in written if label}
    whose = {normal(label): key for label, key in forms}
    labels = {
        label
        for label, key in forms | {(label, normal(label)) for label in told}
        if (count[key] >= 2 or key in known)
        and ((label, key) in written or CODE.fullmatch(label) or is_role_label(label))
    }
    if not 1 < len(labels) <= _MOST_LABELS:
        return list(accepted), []
    choice = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    line = re.compile(
        rf"\n[ \t\u00a0]*(?P<label>{choice})(?:[ \t]*[;.–—-][ \t]+|[ \t]*;|[ \t\u00a0]+)(?=[“\"']?[A-Z\d])"
    )
    starts = [c.line_start for c in accepted]
    gaps: dict[int, list[Candidate]] = {}
    begins = min(start, accepted[0].speech_start) if known else accepted[0].speech_start
    for m in line.finditer(text, max(begins - 1, 0), stop):
        begin = m.start() + 1
        at = bisect_right(starts, begin) - 1
        key = whose.get(normal(m["label"]), normal(m["label"]))
        gap = gaps.setdefault(at, [])
        last = gap[-1].key if gap else accepted[at].key if at >= 0 else ""
        c = Candidate(begin, m.end(), m["label"], key)
        if (at < 0 or starts[at] != begin) and last != key and not heads_columns(text, c):
            gap.append(c)
    found: list[Candidate] = []
    for at, gap in gaps.items():
        below = accepted[at + 1].key if at + 1 < len(accepted) else ""
        while gap and gap[-1].key == below and not is_role_label(gap[-1].label):
            gap.pop()
        found += gap
    return sorted((*accepted, *found), key=lambda c: c.line_start), found


def _written(begin: str) -> str:
    """Return the label in what stands before the speech of a turn, if it is nothing but words."""
    match = _WORDS.match(begin)
    return match["label"] if match is not None else ""


def _mistyped(text: str, stop: int, count: Counter[str]) -> set[tuple[str, str]]:
    """Return words before quotations that are the role word of a speaker with a slip of the keyboard, each with whose they are."""
    quotes = any(mark in text for mark in '“”"')
    words = Counter(match["label"] for match in _QUOTED.finditer(text, 0, stop)) if quotes else Counter()
    roles = {key for key in count if is_role_label(key.title())}
    near = slips({**{normal(word): n for word, n in words.items()}, **count}, roles, count) if words else {}
    return {(word, near[normal(word)]) for word in words if normal(word) in near}


_QUOTED = re.compile(r"^[ \t]*(?P<label>[A-Z][a-z]{3,14})[ \t]+[“”\"](?=[^\W_])", re.MULTILINE)
_WORDS = re.compile(r"[ \t]*(?P<label>[^\W\d_]{4,}(?: [^\W_]+){0,2})[ \t]*[:：]")

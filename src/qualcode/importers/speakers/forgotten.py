"""Turns whose colon was forgotten: a line that begins with a speaker's label and goes on with a capital."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from qualcode.importers._words import is_role_label, normal
from qualcode.importers.speakers.labels import CODE, Candidate

__all__ = ["with_forgotten"]

_MOST_LABELS = 12


def with_forgotten(text: str, stop: int, accepted: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Return the turns *accepted* together with those of the same labels that lack their colon, and the latter alone.

    ``P Liburnya kapan?`` or ``Informan ; Sudah`` begins a turn where the label has others with a colon, is a role word or letters
    in capitals, and neither the turn above nor, for letters, the one below is of the same speaker.
    """
    count = Counter(c.key for c in accepted)
    forms = {(c.label, c.key) for c in accepted}
    labels = {label for label, key in forms if count[key] >= 2 and (CODE.fullmatch(label) or is_role_label(label))}
    if not 1 < len(labels) <= _MOST_LABELS:
        return list(accepted), []
    choice = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    line = re.compile(rf"\n[ \t\u00a0]*(?P<label>{choice})(?:[ \t]*;[ \t]*|[ \t\u00a0]+)(?=[“\"']?[A-Z])")
    starts = [c.line_start for c in accepted]
    gaps: dict[int, list[Candidate]] = {}
    for m in line.finditer(text, max(accepted[0].speech_start - 1, 0), stop):
        begin = m.start() + 1
        at = bisect_right(starts, begin) - 1
        key = normal(m["label"])
        gap = gaps.setdefault(at, [])
        if starts[at] != begin and (gap or accepted[at : at + 1])[-1].key != key:
            gap.append(Candidate(begin, m.end(), m["label"], key, None))
    found: list[Candidate] = []
    for at, gap in gaps.items():
        below = accepted[at + 1].key if at + 1 < len(accepted) else ""
        while gap and gap[-1].key == below and not is_role_label(gap[-1].label):
            gap.pop()
        found += gap
    return sorted((*accepted, *found), key=lambda c: c.line_start), found

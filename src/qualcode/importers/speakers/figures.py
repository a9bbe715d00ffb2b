"""Participants of a group who are called by their numbers: ``F: …``, ``1: …``, ``4: …``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from qualcode.importers._words import is_role_label
from qualcode.importers.speakers.labels import CODE, Candidate

__all__ = ["with_figures"]

_FIGURE = re.compile(r"^[ \t*_]*(?P<label>[1-9]\d?)[*_]{0,3}[ \t]*[:：][*_]{0,3}[ \t]+(?=\S)", re.MULTILINE)
_FEWEST = 3
_EVERY = 0.8
"""Of the lines from the first label on, at least so many begin with a label or with a number."""


def with_figures(text: str, stop: int, accepted: Sequence[Candidate], labelled: Sequence[Candidate]) -> list[Candidate]:
    """Return the turns of the one who has a label, together with those of numbers before a colon that come back in no order.

    Numbers that only go up count questions or topics. Where no label was *accepted*, as one alone makes no talk, it is looked for among
    the *labelled* lines.
    """
    if not accepted:
        count = Counter(c.key for c in labelled)
        often = [c for c in labelled if count[c.key] >= 2 and (CODE.fullmatch(c.label) or is_role_label(c.label))]
        with_them = with_figures(text, stop, often, ()) if often else []
        return with_them if len({c.key for c in with_them}) > 1 else []
    if len({c.key for c in accepted}) != 1:
        return list(accepted)
    begin = accepted[0].line_start
    found = [Candidate(m.start(), m.end(), m["label"], m["label"]) for m in _FIGURE.finditer(text, begin, stop)]
    numbers = [int(c.label) for c in found]
    if len(found) < _FEWEST or len(set(numbers)) in {1, len(numbers)} or all(a <= b for a, b in pairwise(numbers)):
        return list(accepted)
    lines = sum(1 for line in text[begin:stop].split("\n") if line.strip())
    if len(found) + len(accepted) < _EVERY * lines:
        return list(accepted)
    return sorted([*accepted, *found], key=lambda c: c.line_start)

"""Words before colons that name things and no people: what manuals, forms and price lists are full of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Protocol

from qualcode.importers._words import HONORIFICS, is_role_label

__all__ = ["name_things"]

_QUESTION = re.compile(r"\w[\"'”’)]?[?？]")
_FEWEST = 6
"""Of fewer lines nothing can be said."""
_ASKED = 0.05
"""Of talk, at least so many turns ask."""
_RUN = 0.25
"""People who talk rarely have the word twice in a row."""
_MANY = 5
"""So many names, and nobody asks anything: a list."""


class _Labelled(Protocol):
    """A line that begins with a label, see `qualcode.importers.speakers.labels.Candidate`."""

    line_start: int
    label: str
    key: str


def name_things(text: str, accepted: Sequence[_Labelled], explained: Collection[str]) -> bool:
    """Tell whether the labels of *accepted* are rather things than people.

    So it is where no label is explained, a role or a name with a form of address, where hardly anything is asked, and
    where the same label follows itself often, the labels go round in one order, or there are many.
    """
    labels = {(one.key, one.label) for one in accepted} if len(accepted) >= _FEWEST else set()
    if any(key in explained or _is_a_person(label) for key, label in labels):
        return False
    count = Counter(one.key for one in accepted) if labels else Counter()
    if len(count) < 2:
        return False
    if sum(1 for _ in _QUESTION.finditer(text, accepted[0].line_start)) > _ASKED * len(accepted):
        return False
    runs = sum(one.key == other.key for one, other in pairwise(accepted))
    following = Counter((one.key, other.key) for one, other in pairwise(accepted))
    rounds = len(count) > 2 and len(following) == len(
        count
    )  # each has always the same one behind it: a form filled in again and again
    return rounds or runs >= _RUN * (len(accepted) - 1) or len(count) >= _MANY


def _is_a_person(label: str) -> bool:
    words = label.casefold().split()
    single = len(label.rstrip("0123456789 .-")) <= 2  # "P", "N1": the letters of a transcript
    return single or is_role_label(label) or (len(words) > 1 and words[0].strip(".") in HONORIFICS)

"""Labels that are another label written otherwise: a slip of the keyboard, another form of address, a role word beside its letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from qualcode.importers._words import HONORIFICS, is_role_label

__all__ = ["other_forms", "slips"]

_NUMBERED = re.compile(r"(?P<word>[^\W\d_]{3,})[ ._-]{0,2}0?(?P<number>\d{1,2})")
_MOST_TARGETS = 30
_SHORTEST = 5
_TWO_SLIPS = 8
"""From how many letters on two slips are believed."""
_FORMS = {
    **dict.fromkeys(("ibu", "bu", "buk"), "bu"),
    **dict.fromkeys(("bapak", "pak", "bpk", "bp"), "pak"),
    **dict.fromkeys(("mbak", "mba", "mbok"), "mbak"),
    **dict.fromkeys(("abang", "bang", "bg"), "bang"),
    **dict.fromkeys(("kakak", "kak", "ka"), "kak"),
    **dict.fromkeys(("akang", "kang"), "kang"),
    **dict.fromkeys(("teteh", "teh", "teteh"), "teh"),
}


def slips(count: Mapping[str, int], speakers: Collection[str], meanings: Collection[str]) -> dict[str, str]:
    """Return which label, most likely, is which speaker's with a slip of the keyboard.

    Parameters
    ----------
    count : mapping of str to int
        How often lines begin with each label, in normal form.
    speakers : collection of str
        Which of them are speakers.
    meanings : collection of str
        Labels that the legend or the user names, which are nobody else's.
    """
    targets = sorted((key for key in speakers if len(key) >= _SHORTEST), key=lambda key: -count[key])[:_MOST_TARGETS]
    found: dict[str, str] = {}
    if not targets or len(count) > 1000:
        return found
    for key, n in count.items():
        if key in meanings or len(key) < _SHORTEST - 1 or is_role_label(key) or is_role_label(key.title()):
            continue
        for target in targets:
            role = is_role_label(target.title())
            # "Sarno" beside "Sarni" may be somebody else: a name needs more than likeness.
            often = count[target] >= max(n, 2) if role else n == 1 and count[target] >= 4
            if key != target and (often or (role and n == 1)) and _is_slip(key, target):
                found[key] = target
                break
    return found


def _is_slip(key: str, target: str) -> bool:
    if re.findall(r"\d+", key) != re.findall(r"\d+", target) or abs(len(key) - len(target)) > 2:
        return False
    letters, meant = ("".join(c for c in word if c.isalpha()) for word in (key, target))
    most = 2 if len(meant) >= _TWO_SLIPS else 1
    return letters[:1] == meant[:1] and 0 <= _distance(letters, meant, most) <= most


def _distance(one: str, two: str, most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped; more than *most* is not counted exactly."""
    before: list[int] = []
    last = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if before and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def other_forms(keys: Collection[str], count: Mapping[str, int]) -> dict[str, str]:
    """Return which label names whom another one names too, as ``ibu sarni`` and ``bu sarni`` or ``informan 1`` and ``informan1`` do.

    The more frequent one stays.
    """
    groups: dict[str, list[str]] = {}
    for key in keys:
        first, _, rest = key.partition(" ")
        if rest and first in HONORIFICS:
            groups.setdefault(f"{_FORMS.get(first, first)} {rest}", []).append(key)
        elif numbered := _NUMBERED.fullmatch(key):
            groups.setdefault(f"{numbered['word']}{numbered['number']}", []).append(key)
    found: dict[str, str] = {}
    for same in groups.values():
        chosen = max(same, key=lambda key: count[key])
        found.update((key, chosen) for key in same if key != chosen)
    return found

"""Words broken at the ends of lines of a PDF, whole again."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["Hyphens"]

_BROKEN = re.compile(r"(?P<word>[^\W\d_]+(?:[-’'][^\W\d_]+)*)?(?P<hyphen>[-\u00ad\u2010])$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Hyphens:
    """Joins a word broken at the end of a line: without the hyphen where it has none elsewhere, with it where it is its own."""

    def __init__(self, text: str) -> None:
        within = re.sub(r"[-\u00ad\u2010]\n\S*", " ", text)
        self._words = Counter(word.casefold() for word in _WORD.findall(within))
        self._parts = Counter(part.casefold() for word in _WORD.findall(within) for part in word.split("-"))
        self._breaks = self._breaks_words(text)
        self.undone: list[str] = []
        self.kept: list[str] = []

    def joint(self, above: str, below: str) -> tuple[str, bool]:
        """Return what to put between two lines, and whether to take the hyphen off the one above."""
        match = _BROKEN.search(above, max(len(above) - 60, 0))
        if match is None:
            return " ", False
        begins = re.match(r"[^\W\d_]+", below)
        if match["word"] is None or begins is None:
            # A dash between words has a space before it, the one within "2020-2021" has none.
            return ("" if above[-2:-1].strip() and below[:1].isalnum() else " "), False
        left, right = match["word"], begins[0]
        if match["hyphen"] == "\u00ad" or self._is_one(left, right):
            self.undone.append(f"{left}{right}")
            return "", True
        self.kept.append(f"{left}-{right}")
        return "", False

    def _is_one(self, left: str, right: str) -> bool:
        first, second = left.casefold(), right.casefold()
        last = first.rsplit("-", 1)[-1]
        if not right[0].islower() or _is_doubled(last, second) or self._words[f"{first}-{second}"]:
            return False
        if self._words[f"{first}{second}"]:
            return True
        return self._breaks and not (self._parts[last] and self._parts[second])

    def _breaks_words(self, text: str) -> bool:
        """Tell whether the program that made the file breaks words: some that it broke stand elsewhere unbroken."""
        proof = against = 0
        for match in re.finditer(r"([^\W\d_]+)[-\u2010]\n([^\W\d_]+)", text):
            first, second = match[1].casefold(), match[2].casefold()
            if _is_doubled(first, second) or self._words[f"{first}-{second}"]:
                against += 1
            elif self._words[f"{first}{second}"]:
                proof += 1
        return proof > 0 and proof >= 0.25 * against


def _is_doubled(first: str, second: str) -> bool:
    """Tell whether the two are one word said twice, as in ``anak-anak``, ``berlari-lari``, ``teman-temannya``, ``sayur-mayur``."""
    if len(first) < 2 or len(second) < 2:
        return False
    if first.endswith(second) or second.startswith(first):
        return True
    stem = next((first[at:] for at in range(2, 5) if len(first) - at >= 3 and second.startswith(first[at:])), "")
    return bool(stem) or (len(first) == len(second) and first[1:] == second[1:])

"""A stretch of text as rules see it: its words, where each leaf stands, and what lies between words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.nlp.amounts import amounts
from qualcode.nlp.marks import marks
from qualcode.nlp.tokens import tokenize
from qualcode.rules.lexicon import Lexicon
from qualcode.rules.trees import AMOUNT

__all__ = ["Passage", "read"]

STOPS = frozenset("?!.;:")


@dataclass(slots=True)
class Passage:
    """The words of one or more stretches of a text.

    `starts` and `ends` are code points of the whole text, one a word. `breaks[i]` tells whether the end of a
    clause stands before word i, over which no phrase runs. `at` holds the places of each leaf,
    by its `id`, ascending, as (first word, after the last word).
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    at: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.starts)


def _pauses(mark: str, *, after_negation: bool) -> bool:
    """Tell whether no phrase runs over *mark*: the end of a clause, an empty line, or a comma after a negation."""
    if mark == ",":
        return after_negation
    return (mark[0] in STOPS and not mark.startswith("..")) or mark.count("\n") > 1


def read(text: str, lexicon: Lexicon, stretches: tuple[tuple[int, int], ...], *, spoken: bool) -> Passage:
    """Return the words in the *stretches* of *text*; those inside transcription marks are left out."""
    passage = Passage()
    for start, end in stretches:
        _read_stretch(text, lexicon, passage, start, end, spoken=spoken)
    found = amounts("".join(passage.classes)) if any(c not in ".cj" for c in passage.classes) else ()
    if found:
        passage.at[id(AMOUNT)] = found
    return passage


def _tokens(piece: str) -> Iterator[tuple[int, str]]:
    """Yield each token with its place, and the white space between two where there is more than a blank.

    The tokens are those of the spaCy pipeline, which is not needed for them: it takes longer to load than a study takes to read.
    """
    position = 0
    for start, end in tokenize(piece):
        if start - position > 1:
            yield position, piece[position:start]
        yield start, piece[start:end]
        position = end


def _read_stretch(text: str, lexicon: Lexicon, passage: Passage, first: int, last: int, *, spoken: bool) -> None:
    piece = text[first:last]
    skipped = marks(piece, spoken=spoken)
    cache = lexicon.cache
    starts, ends, breaks, classes, at = passage.starts, passage.ends, passage.breaks, passage.classes, passage.at
    pause = True
    after_negation = False
    mark_number = 0
    for offset, token in _tokens(piece):
        while mark_number < len(skipped) and skipped[mark_number][1] <= offset:
            mark_number += 1
        if mark_number < len(skipped) and skipped[mark_number][0] <= offset:
            continue
        entries = cache.get(token)
        if entries is None:
            entries = lexicon.entries(token)
        if not entries:
            pause = pause or _pauses(token, after_negation=after_negation)
            continue
        for start, end, leaves, name, is_negation in entries:
            number = len(starts)
            starts.append(first + offset + start)
            ends.append(first + offset + end)
            breaks.append(pause)
            classes.append(name)
            pause = False
            after_negation = is_negation
            for leaf in leaves:
                places = at.get(id(leaf))
                if places is None:
                    at[id(leaf)] = [(number, number + 1)]
                else:
                    places.append((number, number + 1))

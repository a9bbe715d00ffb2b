"""Short labels and colours of codes, so that colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model import Code, Codebook
from qualcode.reports.words import Words

__all__ = ["Label", "labels"]

RAMPS = {"challenge": ("warm", 4), "strategy": ("cool", 5), "": ("plain", 3)}
"""The colours of each kind of family, and how many there are: the colour tells the family, the label tells the code."""


LETTERS = {"id": {"challenge": "T", "strategy": "S"}, "en": {"challenge": "C", "strategy": "S"}}
"""The first letter of a label: T for *tantangan*, C for challenge, S for strategy in both languages, K for all others."""


@dataclass(frozen=True, slots=True)
class Label:
    """A code as it is shown: its short label, title, colour class and kind of family (challenge, strategy or empty)."""

    short: str
    title: str
    colour: str
    kind: str


def labels(codebook: Codebook, words: Words) -> dict[str, Label]:
    """Return a label for every code: T1, T2 … for challenges, S1 … for strategies, K1 … for others; S1a is a child of S1."""
    letters = LETTERS[words.language]
    found: dict[str, Label] = {}
    counts: dict[str, int] = {}

    def add(code: Code, parent: Label | None) -> None:
        family = codebook.family_of(code.key)
        kind = family.kind if family is not None and family.kind in RAMPS else ""
        place = code.parent or f"\0{kind}"
        counts[place] = counts.get(place, 0) + 1
        ramp, n_colours = RAMPS[kind]
        if parent is None:
            short = f"{letters.get(kind, 'K')}{counts[place]}"
            colour = f"{ramp}{(counts[place] - 1) % n_colours + 1}"
        else:
            short = parent.short + _suffix(counts[place], numeric=parent.short[-1].isalpha())
            colour = parent.colour
        found[code.key] = Label(short, code.title(words.language), colour, kind)
        for child in codebook.children(code.key):
            add(child, found[code.key])

    for code in codebook:
        if code.parent is None:
            add(code, None)
    return found


def _suffix(number: int, *, numeric: bool) -> str:
    """Return a, b … z, z27 … for children of a code, numbers for their children."""
    if numeric:
        return str(number)
    return chr(96 + number) if number <= 26 else f"z{number}"

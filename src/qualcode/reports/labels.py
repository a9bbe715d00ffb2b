"""Short labels and colours of codes, so that colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from string import ascii_uppercase

from qualcode.model import Code, Codebook
from qualcode.reports.words import Words

__all__ = ["Label", "labels"]

RAMPS = {"challenge": ("warm", 4), "strategy": ("cool", 5), "": ("plain", 3)}
"""The colours of each kind of family, and how many there are: the colour tells the family, the label tells the code."""

NO_FAMILY = "kode"
"""What gives the letter of codes without a family."""


@dataclass(frozen=True, slots=True)
class Label:
    """A code as it is shown: its short label, title, colour class and kind of family (challenge, strategy or empty)."""

    short: str
    title: str
    colour: str
    kind: str


def labels(codebook: Codebook, words: Words) -> dict[str, Label]:
    """Return a label for every code: the letter of its family's key with a number, as T1 and S1; S1a is a child of S1.

    Labels are the same in every language, so that a code is cited by one label; titles are in the language of *words*.
    """
    letters = _letters(codebook)
    found: dict[str, Label] = {}
    counts: dict[str, int] = {}
    colours: dict[str, int] = {}

    def add(code: Code, parent: Label | None) -> None:
        family = codebook.family_of(code.key)
        kind = family.kind if family is not None and family.kind in RAMPS else ""
        letter = letters[family.key if family is not None else ""]
        place = code.parent or f"\0{letter}"
        counts[place] = counts.get(place, 0) + 1
        ramp, n_colours = RAMPS[kind]
        if parent is None:
            short = f"{letter}{counts[place]}"
            colours[kind] = colours.get(kind, 0) + 1
            colour = f"{ramp}{(colours[kind] - 1) % n_colours + 1}"
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


def _letters(codebook: Codebook) -> dict[str, str]:
    """Return a letter for every family's key that codes have, and for no family: the first of the key's that is not taken."""
    keys = [family.key for family in codebook.families]
    keys += [family.key for code in codebook if (family := codebook.family_of(code.key)) is not None]
    given: dict[str, str] = {}
    for key in dict.fromkeys([*keys, ""]):
        own = [c for c in (key or NO_FAMILY).upper() if c in ascii_uppercase]
        pairs = (one + other for one in [*own, *ascii_uppercase] for other in ascii_uppercase)
        given[key] = next(
            letter
            for letter in chain(own, ascii_uppercase, pairs, map("X{}-".format, count(1)))
            if letter not in given.values()
        )
    return given


def _suffix(number: int, *, numeric: bool) -> str:
    """Return a, b … z, z27 … for children of a code, numbers for their children."""
    if numeric:
        return str(number)
    return chr(96 + number) if number <= 26 else f"z{number}"

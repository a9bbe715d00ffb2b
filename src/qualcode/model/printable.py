"""The printed form of a quote: the transcript's words, shortened or explained only where brackets say so."""

from __future__ import annotations

import re

from qualcode.errors import N_, InputError, shorten

__all__ = ["check_printable"]

PART = re.compile(r"\[(?P<cut>…|\.\.\.)\]|\[(?P<added>[^\[\]]*)\]")


def check_printable(printable: str, text: str) -> None:
    """Check that *printable* is *text* with only ``[…]`` deletions and ``[ ]`` insertions.

    White space may differ. A single letter in brackets may stand for the same letter in the other case, as in ``[K]alau``.

    Raises
    ------
    InputError
        With the first words that do not stand in the text.

    Examples
    --------
    >>> check_printable("kalo ujan [hujan] […] nol", "Ya kalo ujan begini ya nol, Mbak.")
    """
    pattern, position, words = "", 0, []
    for part in PART.finditer(printable):
        literal = printable[position : part.start()]
        words += literal.split()
        pattern += _literal(literal)
        added = part["added"]
        if part["cut"]:
            pattern += r"[\s\S]*?"
        elif added is not None and len(added) == 1 and added.isalpha():
            pattern += f"(?:{re.escape(added.lower())}|{re.escape(added.upper())}|)"
        else:
            pattern += r"\s*"
        position = part.end()
    words += printable[position:].split()
    pattern += _literal(printable[position:])
    if not words:
        raise InputError(N_("the printable form holds no word of the transcript"))
    if re.search(pattern, text):
        return
    flat = " ".join(text.split())
    missing = next((word for word in words if word not in flat), None)
    if missing is not None:
        raise InputError(
            N_("the word {word!r} does not stand in the transcript there"),
            hint=N_("change quotes only with […] where words are left out and [ ] where words are added"),
            word=shorten(missing),
        )
    raise InputError(
        N_("the words stand in the transcript, but not in this order or with something between them"),
        hint=N_("change quotes only with […] where words are left out and [ ] where words are added"),
    )


def _literal(text: str) -> str:
    """Return a pattern for *text* in which any white space matches any other."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    return (r"\s*" if text[:1].isspace() else "") + pattern + (r"\s*" if text[-1:].isspace() else "")

"""Sentences of typed speech: an end mark and white space, whatever letter follows."""

from __future__ import annotations

import re

__all__ = ["sentences"]

END = re.compile(
    r"""(?:(?P<dots>\.{2,}|…)|(?P<mark>[!?]+[.…]*)|(?P<point>\.))(?P<close>["'”’»)\]]*)(?=\s|$)|\n\s*\n""",
    re.VERBOSE,
)
LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")

# Written with a point that ends no sentence. Those that also end one (dll., dsb.) are not here.
ABBREVIATIONS = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "drg",
        "ir",
        "hj",
        "h",
        "prof",
        "bp",
        "bpk",
        "sdr",
        "sdri",
        "tn",
        "ny",
        "yth",
        "no",
        "nomor",
        "tgl",
        "hlm",
        "hal",
        "jl",
        "jln",
        "gg",
        "kel",
        "kec",
        "kab",
        "prov",
        "tel",
        "telp",
        "hp",
        "pkl",
        "rp",
        "rt",
        "rw",
        "pt",
        "cv",
        "ud",
        "tbk",
        "a.n",
        "an",
        "u.p",
        "up",
        "d.a",
        "da",
        "s.d",
        "sd",
        "m.a",
        "vol",
        "ed",
        "eds",
        "dkk",
        "ttg",
        "yg",
        "dgn",
        "dll.co",
        "st",
        "mt",
        "k.h",
        "kh",
        "r.a",
        "ra",
        "r.m",
        "rm",
        "jend",
        "letjen",
        "mayjen",
        "kol",
        "kapt",
        "mr",
        "mrs",
        "ms",
        "inc",
        "ltd",
        "vs",
        "cf",
        "fig",
        "bdk",
        "lih",
        "mis",
        "jan",
        "feb",
        "mar",
        "apr",
        "agu",
        "agt",
        "sep",
        "sept",
        "okt",
        "nov",
        "des",
    ]
)
INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]|(?:[A-Za-z]{1,3}\.)+[A-Za-z]{1,4}")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) code points of each sentence of *text*, without the white space around it.

    A point after an abbreviation, an initial or a degree (``dr.``, ``pkl.``, ``S.H.``) or inside a number ends nothing; dots of hesitation
    end a sentence only before a capital. An opening quotation mark belongs to what follows. A single line end is a
    wrapped line, an empty line an end.

    Examples
    --------
    >>> text = 'Jualan dari pkl. 5 sampe malem. "Kok sepi?" kata dr. Ani. ya gitu'
    >>> [text[start:end] for start, end in sentences(text)]
    ['Jualan dari pkl. 5 sampe malem.', '"Kok sepi?" kata dr. Ani.', 'ya gitu']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for mark in END.finditer(text):
        if mark.lastgroup is not None and not _ends(text, start, mark):
            continue
        _add(found, text, start, mark.end() if mark.lastgroup is not None else mark.start())
        start = mark.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether the end mark closes a sentence."""
    rest = text[mark.end() : mark.end() + 40].lstrip()
    first = rest.lstrip("\"'“‘«([")[:1]
    if mark["dots"]:
        return first.isupper() or not rest
    if mark["close"] and first.islower():
        # “Kok sepi?” kata Ibu goes on, and so does (dll.) dan; ‘… sekali.” ia pulang’ does not.
        return bool(mark["point"]) and mark["close"][0] not in ")]"
    if mark["mark"]:
        return True
    word = LAST_WORD.search(text, start, mark.start())
    if word is None:
        return True
    last = word[0]
    if last.casefold() in ABBREVIATIONS:
        return False
    return not (
        INITIALS.fullmatch(last) and not last.isdigit() and rest != "" and (len(last) == 1 or not first.isupper())
    )


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the part of *text* without the white space around it, unless nothing is left."""
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        begin = start + part.index(stripped[0])
        found.append((begin, begin + len(stripped)))

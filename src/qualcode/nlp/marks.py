"""Transcription marks: what the transcriber wrote that nobody said."""

from __future__ import annotations

import re

__all__ = ["marks"]

LONGEST = 120
"""Code points in a mark; a longer parenthesis, or one over a line end, is text."""

BRACKETS = re.compile(rf"\(\([^()\n]{{0,{LONGEST}}}\)\)|\[[^\[\]\n]{{0,{LONGEST}}}\]|\([^()\n]{{0,{LONGEST}}}\)")

DESCRIBING = re.compile(
    r"""\(\s*(?:
    (?:ter|ke)tawa | (?:ter)?senyum | jeda | diam | hening | sunyi | (?:me)?nangis | terisak | (?:meng)?hela | menghembus
    | (?:meng)?angguk | (?:meng)?geleng | (?:me)?nunjuk | sambil | seraya | suara | bunyi | terdengar | ter(?:potong|ganggu|henti|diam|batuk)
    | batuk | bersin | berdehem | berpikir | berbisik | berhenti | bernada | nada | (?:tidak|kurang|tak|nggak|gak|ga)\ (?:jelas|terdengar)
    | rekaman | musik | hp\ berbunyi | telepon | melihat | melirik | memegang | memandang | membuka | menutup | mengambil | menghitung
    | melayani | memanggil | menoleh | mengusap | menepuk | memperlihatkan | menyebut(?:kan)? | nama\b | disamarkan | jeda
    | laughs?|laughter|laughing|pauses?|silence|cries|crying|sighs?|inaudible|unclear|nods?|smiles?
    | \d+\ ?(?:dtk|detik|det|menit|s|sec|seconds?)\b | \d{1,3}[a-z]?\s*\) | [?.…\-]+\s*\) | x{2,}\s*\)
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def marks(text: str, *, spoken: bool = False) -> list[tuple[int, int]]:
    """Return the (start, end) of each transcription mark in *text*.

    Square brackets and double parentheses are always marks. In speech (*spoken*) every short parenthesis is the
    transcriber's; in writing only those that describe, such as ``(tertawa)``, ``(3 dtk)``, ``(?)`` or a code ``(1a)``.

    Examples
    --------
    >>> marks("Iya (tertawa) mahal (terlalu mahal) [tidak jelas]")
    [(4, 13), (36, 49)]
    """
    if "(" not in text and "[" not in text:
        return []
    return [
        found.span()
        for found in BRACKETS.finditer(text)
        if spoken or found[0].startswith(("[", "((")) or DESCRIBING.match(found[0])
    ]

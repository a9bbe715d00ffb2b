"""Amounts of money as they are said: ``12 ribu``, ``700rb``, ``Rp3.000–4.000``, ``sejuta``, ``gocap``, ``lima puluh``.

Each word gets a class of one letter, and one regular expression runs over the letters. A bare number counts as money only
when it is in the tens or hundreds and neither counts something (``dua puluh tahun``) nor tells a time or age (``jam 10``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from qualcode.nlp import numerals
from qualcode.nlp.forms import canonical, forms

__all__ = ["amounts", "kind"]

_CLASSES = {
    "r": "rp idr",
    "s": "satu dua tiga empat enam tujuh delapan sembilan",
    "l": "lima",
    "b": "sepuluh sebelas seratus puluh belas ratus puluhan belasan ratusan",
    "h": "setengah tengah stengah",
    "u": "ribu rb k juta jt miliar milyar perak rupiah",
    "m": "seribu serebu sejuta sejt semiliar",
    "v": "jutaan ribuan",
    "x": "gopek gope gopekceng seceng ceceng cenggo noceng goceng ceban noban goban jigo gocap cepek cepe pekgo nopek cetiau jeti jitiau",
    "t": "sampai hingga atau sd",
    "o": "koma",
    "c": """tahun bulan minggu hari jam menit detik orang kali meter kilo kilometer km kg gram liter porsi bungkus biji potong anak rumah persen
        lembar buah ekor pcs lusin kodi gelas piring mangkok tusuk pelanggan pembeli penumpang order orderan tarikan cucu km2 unit
        motor mobil titik poin derajat an tahunan halaman ayat pasal butir pasang karung ikat box kotak galon dus pak hp""",
    "j": """jam pukul umur usia tanggal tahun nomor kelas lantai rt rw blok gang jalan km ke covid pasal ayat angkatan juz januari februari maret
        april mei juni juli agustus september oktober november desember informan abad""",
}
REGIONAL = {
    **dict.fromkeys((*numerals.TENS, *numerals.MANY), "b"),
    **dict.fromkeys(numerals.UNITS, "u"),
    **dict.fromkeys(numerals.ONE_OF, "z"),
    **{word: "l" if value == 5 else "s" for word, value in numerals.DIGITS.items()},
    **dict.fromkeys(
        ["dina", "dinten", "wulan", "sasi", "sasih", "poe", "wong", "uwong", "tiyang", "jalma", "bocah", "iji", "ping"],
        "c",
    ),
}
REGIONAL |= dict.fromkeys(numerals.HALF, "h") | dict.fromkeys(numerals.TO, "t")
CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split() if name != "j"}
BEFORE = frozenset(_CLASSES["j"].split())

GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

_S = "[sl]"
_N = rf"(?:[dDeE]|(?:{_S}?b)+{_S}?h?|{_S}(?:{_S}|h)?|h)(?:o(?:{_S}|[de])+)?"
_Z = r"(?:(?<!n)z|(?<!.)Z)"
"""A thousand as people of the regions say it, but none in a name: *Lawang Sewu*."""
PATTERN = re.compile(
    rf"""
    r{_N}(?:t?r?{_N})?u*                              # Rp3.000–4.000
    | (?:{_N}(?:t?{_N})?[uv]+|[mv]|{_Z})+(?:{_N}(?![cu]))?   # dua juta tiga ratus, 80-100 ribu, sejuta setengah
    | x+u?                                            # gocap
    | D(?![cC])                                       # 10.000
    | (?<![jC])(?<![jC][slb])(?<![jC][sl]b)(?:(?:{_S}?b)+{_S}?h?|e)(?![cCu])   # lima puluh; dapet 50; no part of umur dua puluh lima
    | (?<![jC]){_S}h(?![cCu])                          # tiga setengah
    | (?<![jCslbo])sl(?![cCuslbho])                    # dua lima
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=1 << 16)
def kind(word: str) -> str:
    """Return the class of *word* in an amount, one letter; ``.`` for a word that is in none."""
    if word[0].isdigit():
        if GROUPED.fullmatch(word):
            return "D"
        if not NUMBER.fullmatch(word):
            return "."
        return "e" if word.isdigit() and 10 <= int(word[:4]) < 1000 and len(word) <= 3 else "d"
    standard = canonical(word)
    if standard in numerals.AFTER_THESE_A_NAME and standard not in BEFORE:
        return "n"
    if standard in REGIONAL:  # as it is spelled: nyatus, the hundredth day, is no satus
        return "Z" if REGIONAL[standard] == "z" and word[0].isupper() else REGIONAL[standard]
    for form in (standard, *forms(word)):
        if form in CLASS_OF:
            both = CLASS_OF[form] == "c" and form in BEFORE
            return "C" if both else CLASS_OF[form]
    return "j" if standard in BEFORE else "."


def amounts(classes: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each amount, counted in words, in a string of `kind` letters, one a word.

    Examples
    --------
    >>> from qualcode.nlp.tokens import parts, tokenize
    >>> text = "jam 10 dapet 12 ribu atau Rp3.000–4.000, gocap lah, dua puluh tahun"
    >>> words = [word for s, e in tokenize(text) for _, _, word in parts(text[s:e])]
    >>> [" ".join(words[i:j]) for i, j in amounts("".join(map(kind, words)))]
    ['12 ribu', 'Rp 3.000 4.000', 'gocap']
    """
    return [found.span() for found in PATTERN.finditer(classes)]

"""Transcription marks: what the transcriber wrote that nobody said, and of what kind it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from qualcode.errors import N_

__all__ = ["NAMES", "Mark", "MarkKind", "count_marks", "kind_of", "marks", "n_words"]

MarkKind = Literal[
    "laughter", "crying", "pause", "unclear", "uncertain", "overlap", "cut", "latching", "gesture", "voice", "sound", "stress",
    "withheld", "gloss", "code", "reference", "time", "comment", "other",
]  # fmt: skip

NAMES: Mapping[MarkKind, str] = MappingProxyType(
    {
        "laughter": N_("laughter"),
        "crying": N_("crying"),
        "pause": N_("pause"),
        "unclear": N_("unclear"),
        "uncertain": N_("heard uncertainly"),
        "overlap": N_("overlap"),
        "cut": N_("broken off"),
        "latching": N_("without a gap"),
        "gesture": N_("gesture"),
        "voice": N_("tone of voice"),
        "sound": N_("sound around"),
        "stress": N_("stressed word"),
        "withheld": N_("withheld"),
        "gloss": N_("meaning of a word"),
        "code": N_("code in the text"),
        "reference": N_("reference"),
        "time": N_("time stamp"),
        "comment": N_("transcriber's comment"),
        "other": N_("other bracket"),
    }
)
"""What people call the kinds, in the order in which they are listed; to be translated."""

LONGEST = 120
"""Code points in a mark; a longer parenthesis, or one over a line end, is text."""


class Mark(NamedTuple):
    """A transcription mark: where it stands, in code points, half-open, and what it is."""

    start: int
    end: int
    kind: MarkKind


_REFERENCE = (
    r"(?:[A-Z][A-Za-z]{0,4}[-.]?\d{0,3}(?:[./](?:[A-Za-z]{1,5}[-.]?)?\d{1,4}|[./][A-Za-z]{1,5}(?:[-.]?\d{1,4})?){1,6}(?:[-–:]\d{1,4}){0,3}"
    r"(?:[/,;] ?\d{1,2}[-/. ][\w]{1,9}[-/. ]\d{2,4})?)"
)
BRACKETS = re.compile(
    rf"\(\([^()\n]{{0,{LONGEST}}}\)\)|\[[^\[\]\n]{{0,{LONGEST}}}\]|\([^()\n]{{0,{LONGEST}}}\)"
    r"|#\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d{1,3})?#|(?<!\w)(?:xxx+|X(?:XX+|xx+))(?!\w)|(?<![\w./-])[A-Z]{1,3}\d{1,3}(?:[./][A-Z]{1,3}\d{1,3}){1,4}(?:[.:/]\d{1,4}(?:[-–]\d{1,4})?)?(?![\w/])"
)
_QUICK = re.compile(r"[./][A-Z]{1,3}\d")
_QUICKER = ("(", "[", "#", "xxx", "XXX", "Xxx")
"""What a text has that has a mark; nearly no text has it, and that is found out first."""
_SIGNS: tuple[tuple[str, MarkKind, re.Pattern[str]], ...] = (
    ("…", "pause", re.compile(r"…[….]*")),
    ("...", "pause", re.compile(r"\.\.\.+")),
    ("--", "cut", re.compile(r"--(?<![-\w]--)-?(?!-)|--(?<=\w--)-?(?![-\w])")),
    ("––", "cut", re.compile(r"––+")),
    ("——", "cut", re.compile(r"——+")),
    ("//", "overlap", re.compile(r"//(?<![:/\w]//)(?!/)")),
    ("=", "latching", re.compile(r"=(?<![\w=<>:]=)(?![=>]|\s?\d)(?=\s|$|\w)")),
    ("*", "stress", re.compile(r"\*(?<![*\w]\*)[^\W_](?:[^*\n]{0,60}[^\s*])?\*(?![*\w])")),
)
"""Signs, each with what a text must hold to have one: looking for that takes no time."""

_INNER: tuple[tuple[MarkKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.VERBOSE))  # type: ignore[misc]
    for kind, pattern in (
        ("time", r"\#?\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?\#?$"),
        ("pause", r"(?:jeda|diam|terdiam|hening|sunyi|berhenti|berpikir|pauses?|silence)\b | \d+(?:[.,]\d+)?\ ?(?:dtk|detik|det|menit|s|sec|seconds?)\b | \d{1,2}[.,]\d{1,2}$ | [.…\-]+$"),
        ("uncertain", r"\?+$"),
        ("code", r"(?:[a-z]{0,2}[-.]?\d{1,3}[a-z]?)(?:\s*[,;/&–-]\s*[a-z]{0,2}[-.]?\d{1,3}[a-z]?)*$"),
        ("laughter", r"(?:(?:ter|ke)?tawa | (?:ter)?senyum | terkekeh | nyengir | cekikikan | laugh | chuckl | smil | haha | hehe)"),
        ("crying", r"(?:(?:me)?nangis | terisak | tersedu | (?:mata)?\ ?berkaca | berlinang | meneteskan\ air\ mata | terharu | cry | cries | sob)"),
        ("unclear", r"(?:(?:suara\ |kata\ |bagian\ |kalimat\ )?(?:tidak|kurang|tak|nggak|gak|ga|tdk)\ (?:ter)?(?:jelas|dengar|tangkap) | inaudible | unclear | indistinct | rekaman\ (?:ter|ter?putus|rusak) | x{2,}$)"),
        ("overlap", r"(?:bersamaan | menyela | memotong | berbarengan | tumpang\ tindih | terpotong | dipotong | overlap | interrupt)"),
        ("withheld", r"(?:nama\b | menyebut(?:kan)?\ (?:nama|alamat|nomor|merek) | disamarkan | dirahasiakan | inisial | identitas | nomor\ (?:hp|telepon) | alamat\b | redacted | name\ of)"),
        ("voice", r"(?:ber)?nada\b | berbisik | berteriak | teriak | (?:dengan\ )?suara\ (?:pelan|keras|lirih|tinggi|rendah|bergetar|meninggi) | whisper"),
        ("sound", r"(?:suara | bunyi | terdengar | musik | hp\ berbunyi | telepon | azan | adzan | klakson | rekaman)"),
        ("gloss", r"(?:artinya | maksudnya | berarti | bahasa\ \w+ | bhs | terj | meaning)\b"),
        ("gesture", r"""(?:sambil | seraya | (?:meng)?angguk | (?:meng)?geleng | (?:me)?nunjuk | (?:meng)?hela | menghembus | batuk | terbatuk | bersin | berdehem
            | melihat | melirik | memegang | memandang | membuka | menutup | mengambil | menghitung | melayani | memanggil | menoleh | mengusap | menepuk
            | memperlihatkan | menyebut(?:kan)? | ter(?:ganggu|henti) | nods? | sighs? | gestur)"""),
        ("reference", _REFERENCE.replace(" ", r"\ ") + r"$ | (?:(?:hasil\ )?wawancara|observasi|dokumentasi|informan|narasumber|subjek|responden|partisipan)\b[^()]*\d{4}$"),
    )
)  # fmt: skip


def marks(text: str, *, spoken: bool = False, signs: bool = False) -> list[Mark]:
    """Return the transcription marks in *text*, in order and disjoint.

    Square brackets, double parentheses, ``xxx``, time stamps between ``#`` and references such as ``S1.W2.120`` are always marks. In
    speech (*spoken*) every short parenthesis is the transcriber's; in writing only those that describe, such as ``(tertawa)``,
    ``(3 dtk)``, ``(?)``, a code ``(1a)`` or a reference ``(W/I-3/12-03-2025)``.

    Parameters
    ----------
    text : str
        A stretch of a transcript.
    spoken : bool
        Whether it is speech.
    signs : bool
        Whether signs count too: ``…`` ``---`` ``//`` ``=`` and words between asterisks, which are stressed but said. Without them, all
        that lies in a mark was said by nobody.

    Examples
    --------
    >>> [tuple(mark) for mark in marks("Iya (tertawa) mahal (terlalu mahal) [tidak jelas]")]
    [(4, 13, 'laughter'), (36, 49, 'unclear')]
    >>> [mark.kind for mark in marks("Ya … --- *mahal* (1a)", signs=True)]
    ['pause', 'cut', 'stress', 'code']
    """
    may_have = any(sign in text for sign in _QUICKER) or _QUICK.search(text) is not None
    found = list(_unsaid(text, spoken=spoken)) if may_have else []
    return sorted((*found, *_signs(text, found))) if signs else found


def count_marks(text: str, *, spoken: bool = True) -> Mapping[MarkKind, int]:
    """Return how many marks of each kind *text* has, signs included; kinds that it has not are left out.

    Examples
    --------
    >>> count_marks("Iya (tertawa) mahal … [tidak jelas] (sambil tertawa)")
    {'laughter': 1, 'pause': 1, 'unclear': 1, 'gesture': 1}
    """
    counted = Counter(mark.kind for mark in marks(text, spoken=spoken, signs=True))
    return {kind: counted[kind] for kind in NAMES if counted[kind]}


def n_words(text: str, *, spoken: bool = True) -> int:
    """Return how many words of *text* were said: what white space parts, without transcription marks.

    Examples
    --------
    >>> n_words("Iya (tertawa kecil) mahal [tidak jelas] sekali …")
    3
    """
    at, counted = 0, 0
    for mark in (*marks(text, spoken=spoken, signs=True), Mark(len(text), len(text), "other")):
        if mark.kind != "stress":
            counted += sum(1 for word in text[at : mark.start].split() if any(map(str.isalnum, word)))
            at = mark.end
    return counted


def _unsaid(text: str, *, spoken: bool) -> Iterator[Mark]:
    for found in BRACKETS.finditer(text):
        mark = found[0]
        kind = kind_of(mark)
        if spoken or kind != "other" or mark[0] != "(":
            yield Mark(found.start(), found.end(), kind)


def kind_of(mark: str) -> MarkKind:
    """Return what *mark*, with its brackets, is.

    >>> [kind_of(mark) for mark in ("(sambil melayani pembeli)", "[nama anak]", "((ia ragu))", "(S1.W2.120)", "(mahal)")]
    ['gesture', 'withheld', 'comment', 'reference', 'other']
    """
    inner = mark.strip("()[]").strip()
    if not inner:
        return "unclear"
    if mark[0] not in "([" and mark[0].isupper() and mark[-1].isdigit():
        return "reference"
    for kind, pattern in _INNER:
        if pattern.match(inner):
            return kind
    return "comment" if mark.startswith("((") else "other"


def _signs(text: str, found: list[Mark]) -> Iterator[Mark]:
    """Yield the signs that stand outside the marks *found*."""
    signs = [
        Mark(sign.start(), sign.end(), kind)
        for needed, kind, pattern in _SIGNS
        if needed in text
        for sign in pattern.finditer(text)
    ]
    at = end = 0
    for sign in sorted(signs):
        while at < len(found) and found[at].end <= sign.start:
            at += 1
        if sign.start >= end and (at == len(found) or sign.end <= found[at].start):
            yield sign
            end = sign.end

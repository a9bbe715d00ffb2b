"""Sentences of typed speech: an end mark and white space, whatever letter follows.

One splitter for every text. It knows no capitals: transcripts are often typed without them, so a boundary is decided by the mark,
by the word before it and by what closes or opens around it.
"""

from __future__ import annotations

import re

__all__ = ["sentences"]

EMOJI = "\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u200d\ufe0f\U0001f1e6-\U0001f1ff"

END = re.compile(
    rf"""
    (?:(?P<dots>\.{{2,}}|…)|(?P<mark>[!?]+[.…]*)|(?P<point>\.))(?P<close>["'”’»)\]]*)
        (?:(?:[^\S\n]*[{EMOJI}]+)+(?=\s|$)|(?=\s|$)|(?=[A-Z][a-z])(?<=[a-z]{{3}}[.?!]))   # Sepi. 😀   sepi.Terus gimana
    | (?P<blank>\n\s*\n)
    | (?P<item>\n)(?=[^\S\n]*(?:[-–•▪●*·][^\S\n]|(?:\d{{1,2}}|[a-z])[.)][^\S\n]))
    """,
    re.VERBOSE,
)
LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")
INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]|(?:[A-Za-z]{1,3}\.)+[A-Za-z]{1,4}")
NUMERAL = re.compile(r"\d{1,2}|[ivx]{1,5}", re.IGNORECASE)
ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s")
DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.){2}")
LONGEST_LOOK = 40

# Written with a point that ends no sentence. Those that also end one (dll., dsb., RS., HP.) are not here.
ABBREVIATIONS = frozenset(
    """dr drs dra drg ir hj prof bp bpk sdr sdri tn yth tgl hlm jl jln gg kel kec kab prov telp pkl tbk vol eds dkk ttg yg dgn jend
    letjen mayjen brigjen kapt serma rev ph dsn dk kp mr mrs vs cf fig lih bdk mis no pt cv ny kh k.h r.a r.m u.p d.a a.n s.d m.a
    rp st""".split()  # noqa: SIM905 - words are read as words
)
# Words or initialisms of their own (banyak hal; tamat SD; ketua RT), abbreviations only before a number.
BEFORE_NUMBER = frozenset(
    "nomor hal tel hp rt rw sd jan feb mar apr agu agt sep sept okt nov des".split()  # noqa: SIM905
)
COMPANY = frozenset(["co", "pte", "ltd", "inc", "llc", "corp", "bhd", "plc"])  # Encore Pte. Ltd. (Encore) dan …
# What a single letter names: kelas A. Terus … is an end, Miranda S. Goeltom is none.
LETTERED = frozenset(
    """kelas vitamin golongan gol blok tipe sim rencana plan hepatitis huruf nilai poin seri pilihan grup kelompok abjad tim gedung
    paket""".split()  # noqa: SIM905
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) code points of each sentence of *text*, without the white space around it.

    A point after an abbreviation, an initial, a degree (``dr.``, ``pkl.``, ``S.H.``) or an item's number, or inside a number, ends nothing; dots of
    hesitation end a sentence only before a capital. An opening quotation mark belongs to what follows, emoji
    after an end mark to what it ends. A single line end is a wrapped line, unless an item of a list follows; an empty line is an end.

    Examples
    --------
    >>> text = 'Jualan dari pkl. 5 sampe malem. "Kok sepi?" kata dr. Ani. ya gitu'
    >>> [text[start:end] for start, end in sentences(text)]
    ['Jualan dari pkl. 5 sampe malem.', '"Kok sepi?" kata dr. Ani.', 'ya gitu']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for mark in END.finditer(text):
        if mark["blank"] or mark["item"]:
            if mark["item"] and not _is_item(text, start, mark):
                continue
            _add(found, text, start, mark.start())
        elif _ends(text, start, mark):
            _add(found, text, start, mark.end())
        else:
            continue
        start = mark.end()
    _add(found, text, start, len(text))
    return found


def _is_item(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether the line after *mark* is an item: a bullet, or a number that begins or goes on a list."""
    line = text[mark.end() : mark.end() + LONGEST_LOOK].lstrip()
    if not line[0].isalnum():
        return True
    head = text[start : min(start + LONGEST_LOOK, mark.start())].lstrip()
    tail = text[max(start, mark.start() - LONGEST_LOOK) : mark.start()].rstrip()
    return not head or tail[-1:] in set(".:;?!,") or ITEM.match(head) is not None


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether the end mark closes a sentence."""
    rest = text[mark.end() : mark.end() + LONGEST_LOOK].lstrip()
    first = rest.lstrip("\"'“‘«([")[:1]
    if mark["dots"]:
        return first.isupper() or not rest
    if mark["close"] and first.islower():
        # “Kok sepi?” kata Ibu goes on, and so does (dll.) dan; ‘… sekali.” ia pulang’ does not.
        return bool(mark["point"]) and mark["close"][0] not in ")]"
    return bool(mark["mark"]) or not rest or _is_full_stop(text, start, mark.start(), rest, first)


def _is_full_stop(text: str, start: int, at: int, rest: str, first: str) -> bool:
    """Tell whether the point at *at* ends a sentence that goes on with *rest*, by the word before it."""
    start = max(start, at - LONGEST_LOOK)  # enough to see, and no sentence is read over and over
    word = LAST_WORD.search(text, start, at)
    if word is None:
        return True
    last = word[0]
    low = last.casefold()
    if low in ABBREVIATIONS:
        return False
    if low in BEFORE_NUMBER:
        return not first.isdigit()
    if low in COMPANY:
        return rest[0].isupper() and not rest.startswith("Ltd")
    before = text[start : word.start()].rstrip()
    if NUMERAL.fullmatch(last):
        return bool(before) and before[-1] not in ":;,("  # 1. modal, 2. tempat
    if not INITIALS.fullmatch(last):
        return True
    if len(last) == 1:
        return before.rpartition(" ")[2].casefold() in LETTERED
    return first.isupper() and not DEGREE.match(rest)


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the part of *text* without the white space around it, unless nothing is left."""
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        begin = start + part.index(stripped[0])
        found.append((begin, begin + len(stripped)))

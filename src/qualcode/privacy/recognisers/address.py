"""Addresses: streets, lanes, blocks, RT and RW."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import is_name_word, is_word
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Address"]

_CAP = r"(?:(?:H|Hj|KH|Dr|Prof|Letjen|Jend|Mayjend|R|M|Kol|Brigjen|St)\.[ ]?)?[A-Z][\w.'’-]*"
_TAIL = r"(?:[ ](?:[IVX]{1,5}\b|\d{1,3}[A-Za-z]?\b(?![.,]\d)))?"
_NUMBER = r"(?:,?[ ](?i:no|nomor|nomer|nmr|num)\b\.?[ ]?\d{1,4}[ ]?(?:[A-Za-z]\b)?(?:[-/]\d{1,3})?)?"
_STREET = re.compile(
    rf"(?<![^\W_])(?P<word>(?i:jln|jl|jalan|gang|gg|lorong|lrg|blok|komplek|kompleks|perumahan|perum|griya|cluster|rusun|rusunawa|apartemen|jembatan|ruko)\b)(?:(?<=jl|ln|gg|rg|JL|Jl|LN|GG|Gg|Rg|RG)\.)?[ ]{{0,2}}"
    rf"(?P<name>{_CAP}(?:[ ]{_CAP}){{0,4}}|\d{{1,3}}[A-Za-z]?\b|[IVX]{{1,5}}\b){_TAIL}{_NUMBER}"
)
_SENTENCE = re.compile(
    r"(?<![^\W_])(?:[IVX]{1,5}|(?!Letjen|Mayjend|Brigjen)[A-Z]\w{4,})(?P<stop>\.)[ ]{1,2}(?!(?i:no|nomor|nomer|rt|rw|blok|kec|kel|kab)\b)[A-Z]"
)
"""Where a sentence ends within what looks like a name: behind a Roman numeral, or a word too long for a title."""
_LOW = re.compile(
    r"(?<![^\W_])(?:(?:jln|jl)\b\.?[ ]{0,2}(?P<plain>[a-z][\w.'-]*(?:[ ][a-z][\w.'-]*){0,3}?)(?:,?[ ](?:no|nomor|nomer)\b\.?[ ]?\d{1,4}[a-z]?\b|[ ](?:[ivx]{1,4}|\d{1,3})\b|(?=[ ]?[,.\n]|[ ]rt\b|$))|"
    r"(?:jalan|gang|gg|lorong)\b\.?[ ](?P<long>[a-z][\w.'-]*(?:[ ][a-z][\w.'-]*){0,3}?)(?:,?[ ](?:no|nomor|nomer)\b\.?[ ]?(?:\d{1,4}[a-z]?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)\b|(?=,?[ ]rt\b[ .]?\d)))",
    re.IGNORECASE,
)
_RTRW = re.compile(
    r"(?<![^\W_])(?i:rt)[ .:/]{0,2}0{0,2}\d{1,2}(?!\d)(?:[ ]?[/,\-]?[ ]?(?:(?i:rw)[ .:/]{0,2})0{0,2}\d{1,2}(?!\d)|[ ]?/[ ]?0{0,2}\d{1,2}(?!\d))?|(?<![^\W_])(?i:rw)[ .:/]{0,2}0{0,2}\d{1,2}(?!\d)"
)
_OFFICE = re.compile(r"(?:\bpak|\bbu|\bibu|\bbapak|\bketua|\bmas|\bbang|\bkang|\bmpok|\bpengurus)[ ]$", re.IGNORECASE)
_BLOCK = re.compile(
    r"(?<![^\W_])(?i:blok|blk|kav|kavling)\.?[ ]?(?:[A-Z]{1,2}[ ]?[-/.]?[ ]?\d{1,3}[A-Z]?|\d{1,3}[A-Z]?)\b" + _NUMBER
)
_HOUSE = re.compile(
    r"(?i:rumah|kontrakan|kamar|kos(?:an)?|unit)(?i:nya|ku)?[ ](?P<number>(?i:no|nomor|nomer)\b\.?[ ]?\d{1,4}[ ]?[A-Z]?\b)"
)
_POST = re.compile(r"(?i:kode pos)[ :]{1,3}(?P<number>\d{5})(?!\d)")
_JOINT = re.compile(r"(?:[ ]?[,/.][ ]?|[ ])(?:di[ ])?(?P<house>(?i:no|nomor|nomer)\b\.?[ ]?\d{1,4}[A-Za-z]?\b)?")
_HEADS = (
    "jln",
    "jl",
    "jalan",
    "gang",
    "gg",
    "lorong",
    "lrg",
    "blok",
    "komplek",
    "kompleks",
    "perumahan",
    "perum",
    "griya",
    "cluster",
    "rusun",
    "rusunawa",
    "apartemen",
    "jembatan",
    "ruko",
)
_HOUSES = tuple(
    word + ending for word in ("rumah", "kontrakan", "kamar", "kos", "kosan", "unit") for ending in ("", "nya", "ku")
)
_NOT_STREETS = frozenset(
    """bersama jalan terus kaki tol buntu keluar pulang sendiri lurus tengah raya tikus pintas kampung rusak umum utama allah tuhan hidup kita saya kalau yang dan di ke dari
    sebelah kecil besar sempit senggol sana sini itu ini aja doang dulu lagi pagi sore malam siang cerita kapitalis ninja pasar putar kosong""".split()  # noqa: SIM905
)


class Address(Recogniser):
    """Streets, lanes, blocks, estates, house numbers, RT and RW; what stands side by side is one address."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        spans = sorted({*self._parts(page)})
        held: list[tuple[int, int]] = []
        for start, end in spans:
            if held and start <= held[-1][1]:
                held[-1] = (held[-1][0], max(end, held[-1][1]))
                continue
            joint = _JOINT.fullmatch(page.text, held[-1][1], start) if held else None
            if joint:
                held[-1] = (held[-1][0], end)
            else:
                held.append((start, end))
        for start, end in held:
            number = re.compile(r",?[ ](?i:no|nomor|nomer)\b\.?[ ]?\d{1,4}[A-Za-z]?\b").match(page.text, end)
            end = number.end() if number else end
            alone = re.fullmatch(r"(?i:rt|rw)?\W*\d+", page.text[start:end]) is not None
            reason = (
                N_("a number of RT, RW or a postcode alone")
                if alone
                else N_("words of an address: street, lane, block, number, RT and RW")
            )
            forms = (re.sub(r"\W+", " ", page.text[start:end]).casefold().strip(),)
            yield whole((start, end), IdentifierKind.ADDRESS, 0.5 if alone else 0.88, reason, forms=forms)

    def _parts(self, page: Page) -> Iterator[tuple[int, int]]:
        text = page.text
        for match in page.matches(_STREET, _HEADS):
            if _names_street(page, match):
                over = _SENTENCE.search(text, match.start("name"), match.end())
                end = over.start("stop") if over else match.end()
                yield match.start(), end - (text[end - 1] in ".'’-")
        for match in page.matches(_LOW, ("jl", "jln", "jalan", "gang", "gg")):
            words = (match["plain"] or match["long"]).casefold().split()
            if words[0] not in _NOT_STREETS:
                yield match.start(), match.end() - (text[match.end() - 1] in ".'-")
        for match in page.matches(_RTRW, ("rt", "rw")):
            if (
                "rw" in match[0][2:].casefold()
                or "/" in match[0]
                or not _OFFICE.search(text, max(0, match.start() - 9), match.start())
            ):
                yield match.span()
        for match in page.matches(_BLOCK, ("blok", "blk", "kav", "kavling")):
            yield match.span()
        for pattern, words in ((_HOUSE, _HOUSES), (_POST, ("kode",))):
            for match in page.matches(pattern, words):
                yield match.span("number")


def _names_street(page: Page, match: re.Match[str]) -> bool:
    word, name = match["word"].casefold(), match["name"]
    first = re.split(r"[ .'’-]", name)[0].casefold()
    if first in _NOT_STREETS and (len(name.split()) == 1 or first != "raya"):
        return False
    if word in {"jl", "jln", "gg", "lrg"}:
        return True
    if page.writing(match.start()) != "plain" and page.sentence_writing(match.start()) != "plain":
        return word not in {"jalan", "gang", "lorong"} or is_name_word(first) or name[0].isdecimal()
    if word in {"blok", "jembatan", "ruko"}:
        return " " in name or not is_word(first) if word != "blok" else False
    if name[0].isdecimal():
        return word in {"gang", "lorong"} or "no" in match[0].casefold()
    return not (
        word == "jalan" and first in page.small and " " not in name and is_word(first) and not is_name_word(first)
    )

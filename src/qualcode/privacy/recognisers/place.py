"""Villages, districts, towns, markets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind, Span
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import NAMELESS, is_name_word, is_public, is_word, towns
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["Place"]

_CAP = r"(?!(?:Kec|Kel|Kab|Ds|Dsn|Kp|Rt|Rw|RT|RW|No|Prov|Kota|Dusun|Desa|Kecamatan|Kelurahan|Kabupaten|Provinsi)\b)[A-Z][\w'’]*(?:-[A-Z][\w'’]*)?"
_HEAD = re.compile(
    rf"(?<![^\W_])(?P<head>(?i:kelurahan|kel\.|kecamatan|kec\.|desa|ds\.|dusun|dsn\.?|dukuh|kampung|kampong|kp\.?|nagari|jorong|banjar|gampong|kabupaten|kab\.?|kota|kotamadya|distrik|lingkungan|pulau|"
    rf"pasar|terminal|stasiun|halte|pelabuhan|bandara|tpa|pantai|gunung|kali|waduk|bendungan|makam|lapangan|perempatan|pertigaan|alun-alun|taman)(?:nya)?(?![^\W_]))[ ](?P<name>{_CAP}(?:[ ]{_CAP}){{0,2}})"
)
_ADMIN = "kelurahan kecamatan desa dusun nagari kampung kabupaten kel. kec. ds. dsn dsn. kp kp. kab kab.".split()  # noqa: SIM905
_SMALL_HEADS = ("kelurahan", "kecamatan", "desa", "dusun", "kampung", "kabupaten", "kel", "kec")
_SMALL = re.compile(
    r"(?:kelurahan|kecamatan|desa|dusun|kampung|kabupaten|kel\.|kec\.) (?P<name>[a-z][^\W\d_]{2,}(?: [a-z][^\W\d_]{2,})?)(?![^\W_])"
)
_GENERIC = frozenset(
    """halaman besar kecil tertinggal terpencil adat wisata malam pagi modern tradisional induk bus bis kereta asing bebas raya tua lama baru sini situ sana saya kita kami kalau yang dan itu ini
    administrasi kabupaten kelurahan kecamatan desa saham sepi tumpah kaget kerja tenaga barang loak hewan ikan basah udara laut umum siaga binaan sebelah asal dana""".split()  # noqa: SIM905
)
_BEFORE = r"(?:di|ke|dari|daerah|wilayah|asal|asli|asalnya|orang|sekitar|sekitaran|seputar|area|kelahiran|lahir di|kota|sampai|sampe|dekat|deket|mudik ke|merantau ke|anak|warga|belakang|lewat|jurusan|arah|via)"
_UNKNOWN = re.compile(
    rf"(?<![^\W_])(?:di|ke|dari|daerah|wilayah|sekitar|sekitaran|asal|asli|asalnya|jurusan|kelahiran|lewat|arah) (?P<name>{_CAP}(?: {_CAP}){{0,2}})"
)
_LED = re.compile(rf"(?<![^\W_])({_BEFORE}) $", re.IGNORECASE)
_MORE = re.compile(r"(?: (?:Kepulauan|Utara|Selatan|Timur|Barat|Tengah|Kota|Raya|Hulu|Hilir|Laut))+(?![^\W_])")
_ADDRESSED = re.compile(
    r"(?:RW|RT|/|No\.?|nomor|\b[IVX]+)[ .]?\d{0,3}[A-Z]?, (?:kota |kab\.? |kabupaten )?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"(?=nya\b)|(?![^\W_])(?!-[^\W_])")
_LEADS = tuple("di ke dari daerah wilayah sekitar sekitaran asal asli asalnya jurusan kelahiran lewat arah".split())  # noqa: SIM905
_HEADS = (
    "kelurahan",
    "kelurahannya",
    "kel",
    "kecamatan",
    "kecamatannya",
    "kec",
    "desa",
    "desanya",
    "ds",
    "dusun",
    "dusunnya",
    "dsn",
    "dukuh",
    "kampung",
    "kampungnya",
    "kampong",
    "kp",
    "nagari",
    "jorong",
    "banjar",
    "gampong",
    "kabupaten",
    "kabupatennya",
    "kab",
    "kota",
    "kotamadya",
    "distrik",
    "lingkungan",
    "pulau",
    "pasar",
    "terminal",
    "stasiun",
    "halte",
    "pelabuhan",
    "bandara",
    "tpa",
    "pantai",
    "gunung",
    "kali",
    "waduk",
    "bendungan",
    "makam",
    "lapangan",
    "perempatan",
    "pertigaan",
    "alun",
    "taman",
)


class Place(Recogniser):
    """Villages, districts, towns, markets and stations by their kind; towns and districts of Jakarta by a list; unknown names behind di, ke, dari.

    Provinces, islands, peoples and Jakarta as such are no identifiers: millions live there.
    """

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        yield from self._headed(page)
        yield from self._small(page)
        yield from self._listed(page)
        yield from self._unknown(page)

    def _headed(self, page: Page) -> Iterator[Identifier]:
        for match in page.matches(_HEAD, _HEADS):
            words = match["name"].split()
            while words and (words[0].casefold() in _GENERIC or words[0].casefold() in NAMELESS):
                words = []
            if not words or (
                page.sentence_writing(match.start()) == "upper" and all(is_word(w.casefold()) for w in words)
            ):
                continue
            start = match.start("name")
            head = match["head"].casefold()
            if (
                head in {"banjar", "kota", "lingkungan", "kali", "taman", "makam", "lapangan", "gunung", "halte"}
                and all(is_word(w.casefold()) for w in words)
                and len(words) == 1
            ):
                continue
            if all(is_public(word.casefold()) for word in words) and (
                head not in _ADMIN or words[0] in {"Jakarta", "Indonesia"}
            ):
                continue
            core = Span(start, start + len(" ".join(words)))
            score = 0.93 if head in _ADMIN else 0.86
            reason = N_("a name behind a word for a village, district, market or such a place")
            yield Identifier(
                Span(match.start(), core.end),
                core,
                IdentifierKind.PLACE,
                score,
                reason,
                forms=(core.of(page.text).casefold(),),
            )

    def _small(self, page: Page) -> Iterator[Identifier]:
        """Yield names typed small behind kelurahan, kecamatan, desa: those of the list, and words that nobody knows."""
        for match in page.matches(_SMALL, _SMALL_HEADS):
            words = [word for word in match["name"].split() if word not in NAMELESS]
            known = [word for word in words if is_word(word)]
            if not words or match["name"].split()[0] != words[0] or (words[0] in known and words[0] not in towns()):
                continue
            length = (
                len(words[0])
                if len(words) == 1 or (words[1] in known and words[1] not in _DIRECTIONS)
                else len(" ".join(words[:2]))
            )
            core = Span(match.start("name"), match.start("name") + length)
            reason = N_("a name behind a word for a village, district, market or such a place")
            yield Identifier(
                Span(match.start(), core.end), core, IdentifierKind.PLACE, 0.6, reason, forms=(core.of(page.text),)
            )

    def _listed(self, page: Page) -> Iterator[Identifier]:
        text = page.text
        end = 0
        for start in page.starts(_first_words().keys() & page.words):
            town = _town(text, start)
            if start < end or town is None:
                continue
            end, low = start + len(town), town.casefold()
            led = _LED.search(text, max(0, start - 16), start)
            if town[0].islower() and (not led or is_name_word(low) or (is_word(low) and not page.is_lower)):
                continue
            led = led or _ADDRESSED.search(text, max(0, start - 24), start)
            doubtful = is_name_word(low) or is_word(low) or is_public(low) or low in page.small
            if (
                not led
                and (doubtful or page.begins(start))
                and not ("," in text[max(0, start - 2) : start] and not doubtful)
            ):
                continue
            if led and led[0].strip().casefold() in {"orang", "anak", "warga"} and is_public(low):
                continue
            if town.isupper() and len(town) > 3 and page.writing(start) != "upper" and not led:
                continue
            more = _MORE.match(text, end)
            span = Span(start, more.end() if more else end)
            reason = N_("the name of a town or district")
            yield Identifier(span, span, IdentifierKind.PLACE, 0.7 if led else 0.55, reason, forms=(low,))

    def _unknown(self, page: Page) -> Iterator[Identifier]:
        for match in page.matches(_UNKNOWN, _LEADS):
            if page.sentence_writing(match.start()) != "plain":
                continue
            words = match["name"].split()
            lows = [word.casefold() for word in words]
            if (
                any(map(str.isdecimal, match["name"]))
                or is_public(lows[0])
                or lows[0] in NAMELESS
                or lows[0] in page.small
            ):
                continue
            if words[0].isupper() and len(words[0]) > 1:
                continue
            while len(words) > 1 and (is_public(lows[-1]) or lows[-1] in NAMELESS) and lows[-1] not in _DIRECTIONS:
                words, lows = words[:-1], lows[:-1]
            if (len(words) == 1 and is_word(lows[0])) or (is_name_word(lows[0]) and not is_word(lows[0])):
                continue
            span = Span(match.start("name"), match.start("name") + len(" ".join(words)))
            reason = N_("an unknown name behind di, ke or dari")
            yield Identifier(span, span, IdentifierKind.PLACE, 0.5, reason, forms=(" ".join(lows),))


_DIRECTIONS = frozenset("barat timur utara selatan tengah baru lama".split())  # noqa: SIM905


@cache
def _first_words() -> Mapping[str, tuple[str, ...]]:
    """Return first word → the towns that begin with it, the longest first."""
    found: dict[str, list[str]] = {}
    for town in sorted(towns(), key=lambda town: (-len(town), town)):
        found.setdefault(re.split("[ -]", town)[0], []).append(town)
    return {first: tuple(all_) for first, all_ in found.items()}


def _town(text: str, start: int) -> str | None:
    """Return the town whose name begins at *start*, or None."""
    word = _WORD.match(text, start)
    for town in _first_words().get(word[0].casefold(), ()) if word else ():
        end = start + len(town)
        if text[start:end].casefold() == town and _END.match(text, end):
            return text[start:end]
    return None

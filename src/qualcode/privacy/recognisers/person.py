"""People, by how they are addressed and introduced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qualcode.errors import N_
from qualcode.model import Identifier
from qualcode.privacy._naming import Name, name_at, person
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import HONORIFIC, TITLE, given
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["Person"]

_ADDRESS = re.compile(
    rf"(?<![^\W_])(?<!-)(?P<honorific>{HONORIFIC})\b(?:(?<=bpk|alm|sdr|lmh|dri)\.)?[ ](?:(?:{HONORIFIC}|hj)\b(?:(?<=hj)\.)?[ ]){{0,2}}(?=[^\W\d_])",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?<![^\W_])(?:{TITLE})[ ]?(?:(?:{TITLE})[ ]?)*(?=[A-Z])")
_SI = re.compile(r"(?<![^\W_])(?:si|Si|sang)[ ](?=[^\W\d_])")
_NAMED = re.compile(
    r"(?<![^\W_])(?:(?:nama|namanya|namaku|nama saya|nama lengkap(?:nya)?|nama panggilan(?:nya)?|nama asli(?:nya)?|nama (?:ibu|bapak|suami|istri|anak|orang tua)(?: kandung)?(?: saya|nya)?|bernama|dipanggil(?:nya)?|dipanggilnya|panggilannya|panggilan|"
    r"panggil(?: aja| saja)?(?: saya)?|atas nama|a\.n\.|a/n|an\.|kenalkan|kenalin|perkenalkan|disebut|manggilnya|manggil|oleh|bareng|bersama)"
    r"(?:[ ](?:saya|aku|gue|itu|sih|kalau di ktp|adalah|kan|dia|aja|saja|:))*[ :,]{1,2})(?=[^\W\d_])",
    re.IGNORECASE,
)
_LOOSE = frozenset(
    [
        "oleh",
        "bareng",
        "bersama",
        "panggilan",
        "panggil",
        "disebut",
        "manggil",
        "kenalkan",
        "perkenalkan",
        "kenalin",
        "nama",
    ]
)
_SURE = frozenset(
    [
        "pak",
        "bu",
        "bapak",
        "mas",
        "mbak",
        "mba",
        "bpk",
        "kak",
        "kang",
        "om",
        "tante",
        "cak",
        "pakde",
        "bude",
        "ustadz",
        "ustadzah",
        "ustad",
        "haji",
        "hj",
        "uda",
        "uni",
        "dek",
    ]
)
_LOW_HONORIFICS = frozenset(
    "pak bu ibu bapak bpk mas mbak mba mbok mpok mbah bang abang kang kak si dek om tante ustadz ustad ustaz haji hj cak koh pakde bude neng uda uni teh teteh ceu bli daeng opung kyai gus cik jeng eyang".split()  # noqa: SIM905
)


_HONORIFICS = tuple(re.sub(r" \?\w+", "", HONORIFIC).split("|"))
_TITLES = tuple("prof dr drs dra drg ir h hj kh st rm r rr tgk ust mgr pdt ps sr br mr mrs ms".split())  # noqa: SIM905
_NAMING = (
    "nama",
    "namanya",
    "namaku",
    "bernama",
    "dipanggil",
    "dipanggilnya",
    "panggilannya",
    "panggilan",
    "panggil",
    "atas",
    "a",
    "an",
    "kenalkan",
    "kenalin",
    "perkenalkan",
    "disebut",
    "manggilnya",
    "manggil",
    "oleh",
    "bareng",
    "bersama",
)


_APPOSED = re.compile(
    r"(?:suami|istri|isteri|anak|adik|adek|kakak|ibu|bapak|ayah|emak|mertua|menantu|cucu|keponakan|ponakan|paman|bibi|teman|temen|kawan|sahabat|"
    r"tetangga|bos|majikan|juragan|mandor|ketua|pacar|besan|sepupu)(?: saya|ku| aku| gue|nya|mu)?(?: itu| ini)?,? (?=[A-Z])",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[,.;)!?]| (?:yang|itu|ini|juga|sama|dan|udah|sudah|masih|kan|nggak|marah|kerja|bilang|mah|sih|lagi|dulu|mau|pernah)\b"
)
_RELATIVES = tuple(
    word + ending
    for word in re.findall(r"[a-z]+", _APPOSED.pattern.partition("(?: saya")[0][3:])
    for ending in ("", "nya", "ku", "mu")
)


class Person(Recogniser):
    """Names behind forms of address and titles (Pak, Bu, Ustadz, H.), behind si, and where somebody is introduced."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.matches(_ADDRESS, _HONORIFICS):
            honorific = match["honorific"]
            name = name_at(
                page,
                match.end(),
                low=honorific.casefold() in _LOW_HONORIFICS,
                unknown=honorific.casefold() in _SURE,
                titled=True,
            )
            name = name or _last_word(page, match)
            if name:
                name = _with_address(page, match, name)
                reason = N_("a name behind the form of address {address}")
                yield person(
                    page,
                    name,
                    match.start(),
                    name.score(0.9, 0.8, 0.55),
                    reason,
                    {"address": honorific.capitalize()},
                    identity=name.n_words > 1,
                )
        for match in page.matches(_TITLED, _TITLES):
            if name := name_at(page, match.end(), titled=True):
                yield person(
                    page,
                    name,
                    match.start(),
                    name.score(0.9, 0.8, 0.5),
                    N_("a name behind a title"),
                    {},
                    identity=name.n_words > 1,
                )
        for match in page.matches(_SI, ("si", "sang")):
            if name := name_at(page, match.end(), low=True, titled=True):
                yield person(page, name, match.start(), name.score(0.85, 0.75, 0.4), N_("a name behind si"), {})
        for match in page.matches(_NAMED, _NAMING):
            yield from self._introduced(page, match)
        for match in page.matches(_APPOSED, _RELATIVES):
            if (name := name_at(page, match.end(), titled=True)) and _STOP.match(page.text, name.end):
                reason = N_("a name where somebody is introduced")
                yield person(page, name, name.start, name.score(0.9, 0.75, 0.5), reason, {})

    def _introduced(self, page: Page, match: re.Match[str]) -> Iterator[Identifier]:
        first = match[0].split()[0].casefold().rstrip(":,")
        loose = first in _LOOSE
        low = not loose or match[0].casefold().startswith("nama ")
        name = name_at(page, match.end(), low=low, titled=not loose)
        if name is None or (loose and first != "nama" and not (name.is_listed or name.n_words > 1 or not name.is_word)):
            return
        reason = N_("a name where somebody is introduced")
        yield person(page, name, name.start, name.score(0.92, 0.8, 0.45), reason, {}, identity=name.n_words > 1)


def _with_address(page: Page, match: re.Match[str], name: Name) -> Name:
    """Return *name* with the word before it, where that is rather a first name than a form of address: ``Cici Wijaya``."""
    word, start = match["honorific"], match.start()
    first_name = word[0].isupper() and word.casefold() in given() and not page.begins(start)
    return (
        replace(name, start=start, n_words=name.n_words + 1)
        if first_name and name.is_listed and " " not in match[0].strip()
        else name
    )


def _last_word(page: Page, match: re.Match[str]) -> Name | None:
    """Return the name that was taken for a second form of address: ``Mbak Cici``."""
    said = match[0].rstrip()
    word = said.rsplit(" ", 1)[-1]
    if " " not in said or not word[0].isupper() or word.casefold() not in given():
        return None
    return Name(match.start() + len(said) - len(word), match.start() + len(said), 1, True, True, False)

"""People, by how they are addressed and introduced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier
from qualcode.privacy._naming import name_at, person
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import HONORIFIC, TITLE
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
_LOOSE_LOW = frozenset(
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
_SURE = frozenset("pak bu bapak mas mbak bpk".split())  # noqa: SIM905
_LOW_HONORIFICS = frozenset(
    "pak bu ibu bapak bpk mas mbak mba mbok mpok mbah bang abang kang kak si dek om tante ustadz ustad ustaz haji hj cak koh pakde bude neng uda uni teh teteh ceu bli daeng opung kyai gus cik jeng eyang".split()  # noqa: SIM905
)


class Person(Recogniser):
    """Names behind forms of address and titles (Pak, Bu, Ustadz, H.), behind si, and where somebody is introduced."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        for match in _ADDRESS.finditer(text):
            honorific = match["honorific"]
            name = name_at(
                page,
                match.end(),
                low=honorific.casefold() in _LOW_HONORIFICS,
                unknown=honorific.casefold() in _SURE,
                titled=True,
            )
            if name:
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
        for match in _TITLED.finditer(text):
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
        for match in _SI.finditer(text):
            if name := name_at(page, match.end(), low=True, titled=True):
                yield person(page, name, match.start(), name.score(0.85, 0.75, 0.4), N_("a name behind si"), {})
        for match in _NAMED.finditer(text):
            first = match[0].split()[0].casefold().rstrip(":,")
            if name := name_at(
                page, match.end(), low=first not in _LOOSE_LOW or match[0].casefold().startswith("nama "), titled=False
            ):
                if (
                    first in _LOOSE_LOW
                    and first != "nama"
                    and not (name.is_listed or name.n_words > 1 or not name.is_word)
                ):
                    continue
                yield person(
                    page,
                    name,
                    name.start,
                    name.score(0.92, 0.8, 0.4),
                    N_("a name where somebody is introduced"),
                    {},
                    identity=name.n_words > 1,
                )

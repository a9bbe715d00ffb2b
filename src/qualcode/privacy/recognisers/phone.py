"""Telephone numbers in digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Phone"]

_MOBILE = re.compile(
    r"(?<![\d.,])(?<!\d[-.])(?:\(?\+ ?62\)?[ .\-]?(?:\(0\)|0)?\(?|62[ .\-]?|\(?0)8(?:[ .\-()/_]{0,3}\d){8,11}(?![\d]|[.,]\d)"
)
_SPACED = re.compile(r"(?<![\d.,])(?<!\d[ \-])0[ \-]8(?:[ \-]\d){7,11}(?![ \-]?\d)")
"""Digit by digit, as somebody wrote along."""
_LANDLINE = re.compile(
    r"(?<![\d.,])(?<!\d[-.])(?:\(?\+ ?62\)?[ .\-]?\(?0?|\(?0)(?P<area>[2-79]\d{1,2})\)?[ .\-]{0,3}\d{3,4}[ .\-]?\d{2,4}(?:[ .\-]?\d{1,3})?(?!\d|[.,]\d)"
)
_BEHIND = re.compile(
    r"(?i:(?:no|nomor|nmr|nope|hp|handphone|hape|wa|whatsapp|telp|tlp|telpon|telepon|kontak|phone|gopay|ovo|dana)(?:nya|ku)?\b)[^\d\n]{0,20}"
    r"(?P<number>8[1-9](?:[ .\-]?\d){7,10})(?!\d|[.,]\d)"
)


_WORDS = tuple(
    word + ending
    for word in "no nomor nmr nope hp handphone hape wa whatsapp telp tlp telpon telepon kontak phone gopay ovo dana".split()  # noqa: SIM905
    for ending in ("", "nya", "ku")
)


class Phone(Recogniser):
    """Telephone numbers: mobile with +62, 62 or 08, landlines with their area, and mobile without a nought behind the word."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.figures(_MOBILE, 9):
            if match[0].count(" ") <= 6:
                yield self._made(match.span(), match[0], 0.97, N_("digits that begin as a mobile number does"))
        for match in page.figures(_SPACED, 9):
            yield self._made(match.span(), match[0], 0.9, N_("digits that begin as a mobile number does"))
        for match in page.figures(_LANDLINE, 8):
            digits = re.sub(r"\D", "", match[0])
            if 9 <= len(digits) <= 13 and not re.match(r"\d\d[ .\-]\d\d[ .\-]\d{4}\b", match[0]):
                yield self._made(match.span(), match[0], 0.85, N_("digits that begin with an area code"))
        for match in page.matches(_BEHIND, _WORDS):
            yield self._made(match.span("number"), match["number"], 0.85, N_("digits behind a word for telephone"))

    def _made(self, span: tuple[int, int], number: str, score: float, reason: str) -> Identifier:
        return whole(span, IdentifierKind.PHONE, score, reason, forms=(re.sub(r"\D", "", number),))

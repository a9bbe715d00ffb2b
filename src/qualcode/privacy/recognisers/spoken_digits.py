"""Numbers said digit by digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["SpokenDigits"]

_VALUES = {
    **dict.fromkeys(("nol", "kosong", "enol", "ol", "zero"), "0"),
    **dict.fromkeys(("satu", "siji", "hiji", "atu", "one"), "1"),
    **dict.fromkeys(("dua", "loro", "two"), "2"),
    **dict.fromkeys(("tiga", "telu", "tilu", "three"), "3"),
    **dict.fromkeys(("empat", "ampat", "papat", "opat", "pat", "four"), "4"),
    **dict.fromkeys(("lima", "limo", "five"), "5"),
    **dict.fromkeys(("enam", "anam", "nem", "genep", "nam", "six"), "6"),
    **dict.fromkeys(("tujuh", "tuju", "pitu", "seven"), "7"),
    **dict.fromkeys(("delapan", "lapan", "wolu", "dalapan", "eight"), "8"),
    **dict.fromkeys(("sembilan", "songo", "salapan", "nine"), "9"),
}
_DIGIT = "(?:" + "|".join(sorted(_VALUES, key=len, reverse=True)) + ")"
_TEN = rf"(?:se(?:puluh|belas)|{_DIGIT} (?:belas|puluh)(?! ?ribu))"
_PIECE = rf"(?:{_TEN}|{_DIGIT}|\+?\d{{1,4}})"
_JOINT = r"(?:[ ,.\-–…/]|\b(?:eh|ee|em|terus|trus|lalu|ya|anu|nah|teh|dobel|double|jeda)\b|\((?:jeda|diam)\)){1,12}?"
_RUN = re.compile(rf"(?<![^\W_])(?:plus )?{_PIECE}(?:{_JOINT}{_PIECE}){{4,}}(?![^\W_])", re.IGNORECASE)
_TOKEN = re.compile(rf"{_TEN}|{_DIGIT}|\d+", re.IGNORECASE)
_WORD = re.compile(_DIGIT, re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?:\bhp\b|hape|handphone|\bwa\b|whatsapp|telp|telepon|telpon|tlp|nomor|nomer|\bno\b|kontak|hubungi|gopay|\bovo\b)[^\n]{0,40}$",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?:\bnik\b|\bktp\b|\bkk\b)[^\n]{0,40}$", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?:rekening|norek|\brek\b|\b(?:bca|bri|bni|bsi|mandiri)\b)[^\n]{0,40}$", re.IGNORECASE)


class SpokenDigits(Recogniser):
    """Telephone numbers, NIK and accounts said digit by digit, in words or in words and figures: nol delapan satu dua and so on."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        windows = page.windows(page.starts(_VALUES), 30, 40)
        for match in (match for window in windows for match in _RUN.finditer(text, *window)):
            said = match[0]
            if not _WORD.search(said):
                continue
            digits = "".join(map(_digits, _TOKEN.findall(said)))
            before = max(0, match.start() - 60), match.start()
            if _CARD.search(text, *before) and len(digits) >= 14:
                yield whole(
                    match.span(), IdentifierKind.NIK, 0.9, N_("digits spoken behind NIK, KTP or KK"), forms=(digits,)
                )
            elif _ACCOUNT.search(text, *before) and len(digits) >= 8:
                reason = N_("digits spoken behind a word for an account")
                yield whole(match.span(), IdentifierKind.ACCOUNT, 0.9, reason, forms=(digits,))
            elif digits.startswith(("08", "62")) and len(digits) >= 9:
                reason = N_("spoken digits that begin as a mobile number does")
                yield whole(match.span(), IdentifierKind.PHONE, 0.95, reason, forms=(digits,))
            elif len(digits) >= 7 and _TELEPHONE.search(text, *before):
                reason = N_("digits spoken behind a word for telephone")
                yield whole(match.span(), IdentifierKind.PHONE, 0.85, reason, forms=(digits,))
            elif len(digits) >= 10:
                yield whole(
                    match.span(), IdentifierKind.PHONE, 0.6, N_("ten or more digits spoken one by one"), forms=(digits,)
                )


def _digits(token: str) -> str:
    """Return the digits that a spoken piece stands for."""
    low = token.casefold()
    if low.isdecimal():
        return low
    if low in _VALUES:
        return _VALUES[low]
    first, _, unit = low.partition(" ")
    if low == "sepuluh":
        return "10"
    if low == "sebelas":
        return "11"
    return "1" + _VALUES[first] if unit == "belas" else _VALUES[first] + "0"

"""Numbers of identity cards and family cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Nik", "born"]

_SIXTEEN = re.compile(r"(?<![\d.,])(?<!\d[ -])\d(?:[ .\-]?\d){15}(?![ .\-]?\d)")
_WORD = re.compile(
    r"(?:\bnik\b|\bk\.?t\.?p\b|\bk\.?k\b|kartu keluarga|nomor induk|\bidentitas)[^\n]{0,40}$", re.IGNORECASE
)
_PROVINCES = frozenset(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96 97".split()  # noqa: SIM905
)


class Nik(Recogniser):
    """NIK and numbers of family cards: sixteen digits with a region and a date, for women with forty added to the day.

    There is no check digit (definitions in Business::ID::NIK and of Microsoft Purview), so that the region and the
    date decide. Behind the word (NIK, KTP, KK) a number whose date cannot be is found too: it may be mistyped.
    """

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.figures(_SIXTEEN, 16):
            digits = re.sub(r"\D", "", match[0])
            named = _WORD.search(page.text, max(0, match.start() - 60), match.start()) is not None
            if born(digits) is not None and digits[:2] in _PROVINCES:
                reason = N_("sixteen digits with a region and a date of birth, as a NIK has them")
                yield whole(match.span(), IdentifierKind.NIK, 0.98 if named else 0.9, reason, forms=(digits,))
            elif named:
                reason = N_("sixteen digits behind NIK, KTP or KK, although the date in them cannot be")
                yield whole(match.span(), IdentifierKind.NIK, 0.6, reason, forms=(digits,))


def born(digits: str) -> date | None:
    """Return the date of birth in a NIK of sixteen *digits*, None where there is no such day.

    The century is not in it: years to come count as past.

    >>> born("3273007101010001"), born("3273003201800001")
    (datetime.date(2001, 1, 31), None)
    """
    day, month, year = (int(digits[at : at + 2]) for at in (6, 8, 10))
    day = day - 40 if day > 40 else day
    try:
        return date(2000 + year if year < 30 else 1900 + year, month, day)
    except ValueError:
        return None

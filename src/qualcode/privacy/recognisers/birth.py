"""Dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["DATE", "Birth"]

_MONTH = (
    r"(?:januari|jan|februari|pebruari|feb|maret|mar|april|apr|mei|juni|jun|juli|jul|agustus|agt|ags|agu|september|sept|sep|oktober|okt|november|nopember|nov|desember|des|"
    r"january|february|march|may|june|july|august|october|december)"
)
_UNITS = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
_DAY = rf"(?:0?[1-9]|[12]\d|3[01]|(?:dua puluh|tiga puluh)(?: {_UNITS})?|{_UNITS} belas|sepuluh|sebelas|{_UNITS})"
_YEAR = (
    r"(?:(?:tahun |thn |taun |th )?(?:(?:19|20)\d\d|'?\d\d(?!\d)|seribu sembilan ratus [a-z]+ puluh(?: [a-z]{4,8})?|"
    rf"dua ribu(?: {_UNITS}(?: belas)?)?|{_UNITS} puluh(?: {_UNITS}| (?:an))?|{_UNITS} {_UNITS}))"
)
DATE = (
    rf"(?:{_DAY}(?:[ \-/.]| bulan ){{1,2}}{_MONTH}(?:[ \-/.,]{{1,2}}{_YEAR})?|"
    r"(?:0?[1-9]|[12]\d|3[01])[ ]?[-/.][ ]?(?:0?[1-9]|1[0-2])[ ]?[-/.][ ]?(?:(?:19|20)\d\d|\d\d(?!\d))|(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01]))"
)
"""A date with its day, in figures, in words, or with the month's name."""

_BEHIND = re.compile(
    r"(?:lahir|lahirnya|dilahirkan|kelahiran|kelahirannya|ttl|ttlnya|ultah|ulang tahun|ulang tahunnya|(?:tgl|tanggal) ?lahir(?:nya)?|born|birth)\b"
    rf"(?:[^\n.?!]|\.(?=[ \d]?\S)){{0,45}}?\b(?P<date>(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+){{0,2}},? (?:tanggal |tgl )?)?{DATE})(?!\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<!\d)(?P<date>{DATE})(?: (?:itu|kalau nggak salah|kalo ga salah|di [A-Z]\w+))?,? (?:saya |dia |anak saya )?(?:lahir|ulang tahun|ultah)",
    re.IGNORECASE,
)


_WORDS = tuple(
    "lahir lahirnya dilahirkan kelahiran kelahirannya ttl ttlnya ultah ulang ulangtahun tgl tanggal born birth".split()  # noqa: SIM905
)


class Birth(Recogniser):
    """Dates of birth: a day and month beside a word for being born; a year alone is none."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.matches(_BEHIND, _WORDS):
            yield self._made(match)
        for start, end in page.windows(page.starts(_WORDS), 70, 12):
            for match in _BEFORE.finditer(page.text, start, end):
                yield self._made(match)

    def _made(self, match: re.Match[str]) -> Identifier:
        forms = (re.sub(r"\W+", " ", match["date"]).casefold(),)
        reason = N_("a date beside a word for being born")
        return whole(match.span("date"), IdentifierKind.BIRTH, 0.92, reason, forms=forms)

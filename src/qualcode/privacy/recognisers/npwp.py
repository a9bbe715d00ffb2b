"""Tax numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Npwp"]

_FORM = re.compile(r"(?<![\d.,])\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}(?!\d)")
_BEHIND = re.compile(r"(?i:npwp|pajak)[^\d\n]{0,40}(?P<number>\d(?:[ .\-]?\d){14,15})(?!\d)")


class Npwp(Recogniser):
    """NPWP: fifteen digits in their usual form, or fifteen or sixteen behind the word."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.figures(_FORM, 15):
            yield self._made(match.span(), match[0], 0.95, N_("fifteen digits in the form of an NPWP"))
        for match in page.matches(_BEHIND, ("npwp", "pajak", "pajaknya", "npwpnya")):
            yield self._made(match.span("number"), match["number"], 0.97, N_("a number behind the word NPWP"))

    def _made(self, span: tuple[int, int], number: str, score: float, reason: str) -> Identifier:
        return whole(span, IdentifierKind.NPWP, score, reason, forms=(re.sub(r"\D", "", number),))

"""Numbers of BPJS cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Bpjs"]

_BEHIND = re.compile(
    r"(?i:bpjs|jkn\b|kis\b|jamsostek|kpj\b)(?:[^\d\n]|\d(?!\d)){0,50}?(?P<number>\d(?:[ .\-]?\d){10,12})(?![ .\-]?\d)"
)
_WORDS = ("bpjs", "bpjsnya", "bpjstk", "jkn", "kis", "jamsostek", "kpj")
_BARE = re.compile(r"(?<![\d.,])000[0-3](?:[ .\-]?\d){9}(?![ .\-]?\d)")


class Bpjs(Recogniser):
    """Numbers of BPJS Kesehatan (thirteen digits) and BPJS Ketenagakerjaan (eleven) behind the word."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        for match in page.matches(_BEHIND, _WORDS):
            number = match["number"]
            if not re.match(r"(?:\+?62|0)8[1-9]", number):
                yield self._made(match.span("number"), number, 0.97, N_("a number behind BPJS, JKN or KIS"))
        for match in page.figures(_BARE, 13):
            yield self._made(match.span(), match[0], 0.75, N_("thirteen digits that begin as those of BPJS cards do"))

    def _made(self, span: tuple[int, int], number: str, score: float, reason: str) -> Identifier:
        return whole(span, IdentifierKind.BPJS, score, reason, forms=(re.sub(r"\D", "", number),))

"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Email"]

_WRITTEN = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_AT = r"(?:\(at\)|\[at\]|\{at\}|\bat\b|\bet\b|\badd?\b|@)"
_DOT = r"(?:\.|\bdot\b|\btitik\b|\(dot\)|\[dot\])"
_JOINED = rf"(?: ?{_DOT} ?| garis bawah | underscore | strip )"
_SPOKEN = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_JOINED}[\w+-]{{1,64}}){{0,3}} ?{_AT} ?"
    rf"(?:(?:gmail|g mail|yahoo|ymail|hotmail|outlook|rocketmail|icloud|live)\b(?: ?{_DOT} ?\w{{2,10}}){{0,2}}|[\w-]{{2,40}}(?: ?(?:\bdot\b|\btitik\b|\(dot\)|\[dot\]) ?\w{{2,10}}){{1,3}})",
    re.IGNORECASE,
)


_DOMAINS = frozenset("gmail yahoo ymail hotmail outlook rocketmail icloud live mail dot titik".split())  # noqa: SIM905


class Email(Recogniser):
    """E-mail addresses, also spelled out: nama at gmail dot com."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        if "@" in page.text:
            for match in _WRITTEN.finditer(page.text):
                yield self._made(match, 0.99, N_("an e-mail address"))
        if not _DOMAINS.isdisjoint(page.words):
            for window in page.windows(page.starts(_DOMAINS), 120, 60):
                for match in _SPOKEN.finditer(page.text, *window):
                    yield self._made(match, 0.9, N_("an e-mail address in words"))

    def _made(self, match: re.Match[str], score: float, reason: str) -> Identifier:
        return whole(match.span(), IdentifierKind.EMAIL, score, reason, forms=(match[0].casefold(),))

"""Names in social media."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import is_public, is_word
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Handle"]

_AT = re.compile(r"(?<![\w@.+-])@[A-Za-z_][\w.]{1,39}")
_MEDIA = r"(?:ig|instagram|insta|tiktok|twitter|twiter|fb|facebook|efbi|telegram|threads|youtube|yutub|line|akun|username|user name|medsos|linkedin)"
_BEHIND = re.compile(
    rf"{_MEDIA}(?:-?nya|-?ku|-?mu)?\b(?:[ :=,]{{1,3}}(?:saya|aku|gue|gua|nya|dia|kita|kami|anak saya|namanya|nama|akunnya|usernya|itu|yang|ya|di|nama akun|username))*"
    r"[ :=,\"“']{1,3}(?P<name>@?[A-Za-z_][\w.]{2,39}(?<![.]))(?![\w@])",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram|facebook|fb|tiktok|twitter|x|linkedin|t|wa|youtube)\.(?:com|me)/(?:in/)?@?[\w.%-]{2,60}",
    re.IGNORECASE,
)


_NAMING = re.compile(r"nama|user|akun|[:=@\"“]", re.IGNORECASE)
"""Without figures or signs only what is said to be a name is one."""
_SITES = (".com/", ".me/")
_WORDS = tuple(
    word + ending
    for word in [
        "ig",
        "instagram",
        "insta",
        "tiktok",
        "twitter",
        "twiter",
        "fb",
        "facebook",
        "efbi",
        "telegram",
        "threads",
        "youtube",
        "yutub",
        "line",
        "akun",
        "username",
        "user",
        "medsos",
        "linkedin",
    ]
    for ending in ("", "nya", "ku", "mu")
)


class Handle(Recogniser):
    """Names in social media: behind @, behind the name of a network, in links."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        if "@" in text:
            for match in _AT.finditer(text):
                end = match.end() - (match[0].endswith("."))
                yield self._made((match.start(), end), match[0], 0.9, N_("a name behind @"))
        for match in _LINK.finditer(text) if any(site in text for site in _SITES) else ():
            yield self._made(match.span(), match[0], 0.95, N_("a link to somebody's page"))
        for match in page.matches(_BEHIND, _WORDS):
            name = match["name"]
            low = name.casefold().lstrip("@")
            marked = re.search(r"[\d_.]", name) is not None
            if not marked and (is_word(low) or is_public(low) or low.endswith("nya") or not _NAMING.search(match[0])):
                continue
            score = 0.85 if marked else 0.6
            yield self._made(match.span("name"), name, score, N_("a name behind the name of a network"))

    def _made(self, span: tuple[int, int], name: str, score: float, reason: str) -> Identifier:
        return whole(span, IdentifierKind.HANDLE, score, reason, forms=(name.casefold().lstrip("@"),))

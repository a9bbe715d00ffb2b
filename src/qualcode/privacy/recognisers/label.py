"""Speakers' labels that are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind, Span
from qualcode.privacy._naming import forms_of
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import HONORIFIC, NAMELESS, TITLE, is_code, is_name_word, is_word
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["SpeakerLabel"]

_LEAD = re.compile(rf"(?:(?:{TITLE}|(?:{HONORIFIC})\b\.?)[ ]?)+(?=[^\W\d_])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LINE = re.compile(
    r"^[ \t*_>\-]*(?P<label>(?:[A-Z][\w.'’]*)(?:[ ][A-Z][\w.'’]*){0,4}|(?:pak|bu|mas|mbak|bang|ibu|bapak) [a-z]{3,})[*_ ]*(?:\([^)\n]{1,20}\))?[*_ \t]*:[*_]{0,2}[ \t]+\S",
    re.MULTILINE,
)
_TRADES = frozenset(
    """anak adik kakak suami istri tetangga teman pembeli pelanggan penumpang petugas satpam pengemudi sopir penjual pedagang peserta informan narasumber responden partisipan subjek moderator
    pewawancara peneliti penanya tanya jawab keterangan catatan topik tempat waktu tanggal hari semua""".split()  # noqa: SIM905
)


class SpeakerLabel(Recogniser):
    """Labels before the talk that are somebody's name: ``Bu Sari:``, ``SITI AMINAH:``. Roles, codes and initials are none."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        places = {label.span for label in page.labels}
        if not places:
            counted = [Span(*match.span("label")) for match in _LINE.finditer(page.text)]
            texts = [span.of(page.text) for span in counted]
            places = {
                span for span, text in zip(counted, texts, strict=True) if texts.count(text) > 1 or _is_full(text)
            }
        for place in sorted(places):
            if found := _read(page, place):
                yield found


def _is_full(label: str) -> bool:
    return sum(is_name_word(word.casefold()) for word in _WORD.findall(label)) > 1


def _read(page: Page, place: Span) -> Identifier | None:
    label = place.of(page.text)
    lead = _LEAD.match(label)
    begin = lead.end() if lead else 0
    bare = re.sub(r"[(\[].*", "", label[begin:])
    words = list(_WORD.finditer(bare))
    if not words or is_code(bare.strip()) or re.search(r"\d", bare) or len(words) > 5:
        return None
    lows = [word[0].casefold() for word in words]
    if any(low in _TRADES for low in lows) or all(len(low) == 1 or low in NAMELESS for low in lows):
        return None
    named = [is_name_word(low) for low in lows]
    if not any(named) and (all(map(is_word, lows)) or any(len(low) < 3 for low in lows[:1])):
        return None
    if lows[0] in NAMELESS and not lead:
        return None
    core = Span(place.start + begin + words[0].start(), place.start + begin + words[-1].end())
    n_words = sum(len(low) > 1 for low in lows)
    score = 0.9 if any(named) else 0.7
    reason = N_("a speaker's label that is a name")
    return Identifier(
        Span(place.start, core.end),
        core,
        IdentifierKind.PERSON,
        score,
        reason,
        identity=n_words > 1,
        forms=forms_of(core.of(page.text)),
    )

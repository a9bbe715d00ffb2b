"""The same other words in what is not a transcript's text: names of transcripts, ids, memos."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["pattern_of", "rewritten"]


def pattern_of(words: str) -> str:
    """Return the pattern that finds *words* in any writing of blanks between them, not as part of another word.

    Signs that file names have for blanks count as such, and a name may be followed by a clitic: ``sari_dewi``, ``Sarinya``.
    """
    parts = [re.escape(part) for part in re.split(r"[\s_\-.]+", words) if part]
    whole = r"[\s_\-.]*".join(parts) if len(parts) > 1 else "".join(parts)
    before = r"(?<![^\W_])" if words[:1].isalnum() else ""
    after = r"(?=(?:nya|ku|mu|lah|kah|pun)?(?:[\W_]|$))" if words[-1:].isalpha() else r"(?![^\W_])"
    return before + whole + (after if words[-1:].isalnum() else "")


def rewritten(text: str, words: Mapping[str, str]) -> str:
    """Return *text* with each of *words* (what stands there → what is to stand there) replaced, the longest first, in any case.

    Small letters alone stay small, so that file names keep their look.

    Examples
    --------
    >>> rewritten("wawancara_sari dengan Bu Sari-nya", {"Sari": "Wulan"})
    'wawancara_wulan dengan Bu Wulan-nya'
    """
    known = {_plain(word): other for word, other in words.items() if _plain(word)}
    if not known:
        return text
    longest = sorted(known, key=lambda word: (-len(word), word))
    found = re.compile("|".join(f"({pattern_of(word)})" for word in longest), re.IGNORECASE)

    def other(match: re.Match[str]) -> str:
        word = known[longest[(match.lastindex or 1) - 1]]
        if "_" in match[0]:
            word = word.replace(" ", "_")
        return word.lower() if match[0].islower() and not word.startswith("[") else word

    composed = unicodedata.normalize("NFC", text)
    made = found.sub(other, composed)
    return text if made == composed else made


def _plain(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).split())

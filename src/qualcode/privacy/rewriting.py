"""The same other words in what is not a transcript's text: names of transcripts, ids, memos."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

__all__ = ["pattern_of", "rewritten", "words_too"]


def pattern_of(words: str) -> str:
    """Return the pattern that finds *words* in any writing of blanks between them, not as part of another word.

    Signs that file names have for blanks count as such, and a name may be followed by a clitic: ``sari_dewi``, ``Sarinya``.
    """
    parts = [re.escape(part) for part in re.split(r"[\s_\-.]+", words) if part]
    whole = r"[\s_\-.]*".join(parts) if len(parts) > 1 else "".join(parts)
    before = r"(?<![^\W_])" if words[:1].isalnum() else ""
    after = r"(?=(?:nya|ku|mu|lah|kah|pun)?(?:[\W_]|$))" if words[-1:].isalpha() else r"(?![^\W_])"
    return before + whole + (after if words[-1:].isalnum() else "")


def words_too(words: Iterable[str]) -> frozenset[str]:
    """Return which of *words* (small letters) are words of the language, too, so that in prose only a capital makes them names.

    >>> sorted(words_too(["mawar", "sutinem"]))
    ['mawar']
    """
    from qualcode.privacy._vocabulary import WORDS_TOO

    return frozenset(word for word in words if word in WORDS_TOO)


def rewritten(text: str, words: Mapping[str, str], *, prose: bool = False) -> str:
    """Return *text* with each of *words* (what stands there → what is to stand there) replaced, the longest first, in any case.

    Small letters alone stay small, so that file names keep their look. In *prose*, a name that is a word, too, needs its capital.

    Examples
    --------
    >>> rewritten("wawancara_sari dengan Bu Sari-nya", {"Sari": "Wulan"})
    'wawancara_wulan dengan Bu Wulan-nya'
    """
    composed = unicodedata.normalize("NFC", text)
    made = _rewriter(tuple(words.items()), prose)(composed)
    return text if made == composed else made


@lru_cache(maxsize=256)
def _rewriter(words: tuple[tuple[str, str], ...], prose: bool) -> Callable[[str], str]:
    """Return what rewrites a text; one of a thousand words takes a while to make."""
    known = {_plain(word): other for word, other in words if _plain(word)}
    if not known:
        return str
    small = words_too(word.casefold() for word in known) if prose else frozenset()
    longest = sorted(known, key=lambda word: (-len(word), word))
    by_form = {_form(word): known[word] for word in reversed(longest)}
    found = re.compile("|".join(pattern_of(word) for word in longest), re.IGNORECASE)

    def other(match: re.Match[str]) -> str:
        word = by_form[_form(match[0])]
        if match[0].casefold() in small and match[0].islower():
            return match[0]
        if "_" in match[0]:
            word = word.replace(" ", "_")
        return word.lower() if match[0].islower() and not word.startswith("[") else word

    return lambda text: found.sub(other, text)


def _form(words: str) -> str:
    """Return *words* as they are compared: without what may stand between them."""
    return re.sub(r"[\s_\-.]+", "", words.casefold())


def _plain(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).split())

"""The words with which people ask, in Indonesian, its neighbours and English: one list for whoever looks for a question."""

from __future__ import annotations

import re

__all__ = ["QUESTION_WORDS", "ends_asking", "has_question_word", "requests"]

QUESTION_WORDS = (
    r"apa(?:kah|an)?|apa-apa saja|gimana|gmn|bagaimana(?:kah)?|pripun|piye|kumaha|pegimane|berapa(?:kah|an)?|brp|pinten|piro|pira|"
    r"sabaraha|kenapa|mengapa|ngopo|ngapa|kunaon|ngapain|siapa(?:kah)?|sinten|sopo|saha|kapan|iraha|nopo|opo|naon|mana|"
    r"di ?mana(?:kah)?|ke ?mana|dari mana|yang mana|adakah|pernahkah|bisakah|bolehkah|sudahkah|masihkah|what|how|why|when|where|"
    r"who|which|do you|did you|have you|are you|is there|can you|could you|would you"
)
_QUESTION_WORD = re.compile(rf"\b(?:{QUESTION_WORDS})\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ALONE = frozenset(
    [
        "apa",
        "apakah",
        "apaan",
        "gimana",
        "gmn",
        "bagaimana",
        "bagaimanakah",
        "pripun",
        "piye",
        "kumaha",
        "pegimane",
        "berapa",
        "berapakah",
        "berapaan",
        "brp",
        "pinten",
        "piro",
        "pira",
        "sabaraha",
        "kenapa",
        "mengapa",
        "ngopo",
        "ngapa",
        "kunaon",
        "ngapain",
        "siapa",
        "siapakah",
        "sinten",
        "sopo",
        "saha",
        "kapan",
        "iraha",
        "nopo",
        "opo",
        "naon",
        "mana",
        "dimana",
        "dimanakah",
        "kemana",
        "adakah",
        "pernahkah",
        "bisakah",
        "bolehkah",
        "sudahkah",
        "masihkah",
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
    ]
)
"""The question words that are one word each; the others have one of `_BESIDE`."""
_BESIDE = frozenset(["manakah", "you", "there"])
_REQUEST = re.compile(
    r"\b(?:di)?(?:cerita|jelas|gambar|sebut|uraik?|kasih contoh)(?:kan|in|an)?(?:lah)?\b[^.?!]{0,40}|\bboleh (?:di)?(?:tahu|tau|cerita\w*|tanya)\b|"
    r"\b(?:mau|ingin|pengen|izin) (?:ber)?tanya\b|\bmenurut (?:ibu|bapak|bu|pak|mas|mbak|anda|kakak|kamu)\b|\btell me\b|\bdescribe\b",
    re.IGNORECASE,
)
_STEMS = (
    "cerita",
    "jelas",
    "gambar",
    "sebut",
    "urai",
    "kasih contoh",
    "tanya",
    "tahu",
    "tau",
    "menurut",
    "tell me",
    "describe",
)
"""Every request has one of these: looking for them first takes next to no time."""
_ENDS_ASKING = re.compile(r"[?？][\s\"'”’“»)\].*_…!]*(?:[([][^)\]]{0,60}[)\]][\s.]*)?$")


def ends_asking(speech: str) -> bool:
    """Tell whether *speech* ends with a question mark, whatever quotation marks or notes in brackets stand behind it."""
    return _ENDS_ASKING.search(speech[-160:]) is not None


def has_question_word(speech: str) -> bool:
    """Tell whether a word with which people ask stands in *speech*."""
    words = _WORD.findall(speech.lower())
    if not _ALONE.isdisjoint(words):
        return True
    return not _BESIDE.isdisjoint(words) and _QUESTION_WORD.search(speech) is not None


def requests(speech: str) -> bool:
    """Tell whether *speech* asks somebody to tell, to explain, to describe."""
    small = speech.lower()
    return any(stem in small for stem in _STEMS) and _REQUEST.search(speech) is not None

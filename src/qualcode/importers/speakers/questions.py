"""The words with which people ask, in Indonesian, its neighbours and English: one list for whoever looks for a question."""

from __future__ import annotations

import re

__all__ = ["QUESTION_WORD", "QUESTION_WORDS", "REQUEST", "ends_asking"]

QUESTION_WORDS = (
    r"apa(?:kah|an)?|apa-apa saja|gimana|gmn|bagaimana(?:kah)?|pripun|piye|kumaha|pegimane|berapa(?:kah|an)?|brp|pinten|piro|pira|"
    r"sabaraha|kenapa|mengapa|ngopo|ngapa|kunaon|ngapain|siapa(?:kah)?|sinten|sopo|saha|kapan|iraha|nopo|opo|naon|mana|"
    r"di ?mana(?:kah)?|ke ?mana|dari mana|yang mana|adakah|pernahkah|bisakah|bolehkah|sudahkah|masihkah|what|how|why|when|where|"
    r"who|which|do you|did you|have you|are you|is there|can you|could you|would you"
)
QUESTION_WORD = re.compile(rf"\b(?:{QUESTION_WORDS})\b", re.IGNORECASE)
REQUEST = re.compile(
    r"\b(?:di)?(?:cerita|jelas|gambar|sebut|uraik?|kasih contoh)(?:kan|in|an)?(?:lah)?\b[^.?!]{0,40}|\bboleh (?:di)?(?:tahu|tau|cerita\w*|tanya)\b|"
    r"\b(?:mau|ingin|pengen|izin) (?:ber)?tanya\b|\bmenurut (?:ibu|bapak|bu|pak|mas|mbak|anda|kakak|kamu)\b|\btell me\b|\bdescribe\b",
    re.IGNORECASE,
)
_ENDS_ASKING = re.compile(r"[?？][\s\"'”’“»)\].*_…!]*(?:[([][^)\]]{0,60}[)\]][\s.]*)?$")


def ends_asking(speech: str) -> bool:
    """Tell whether *speech* ends with a question mark, whatever quotation marks or notes in brackets stand behind it."""
    return _ENDS_ASKING.search(speech[-160:]) is not None

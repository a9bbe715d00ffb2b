"""Names that only their capitals give away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier
from qualcode.privacy._naming import Name, person
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import (
    HONORIFIC,
    NAMELESS,
    base_of,
    is_english,
    is_name_word,
    is_public,
    is_word,
    towns,
)
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["Capital"]

_HONORIFIC = re.compile(HONORIFIC, re.IGNORECASE)
_SAYS = re.compile(
    r" (?:bilang|ngomong|dateng|datang|nanya|marah|cerita|minta|nelpon|nelepon|ngasih|ngajak|ngajakin|nawarin|bantu|pulang|meninggal)\b"
)
_BEHIND_BODY = re.compile(
    r"(?<![^\W_])(?:[A-Z]{2,}|Bank|Kopi|Honda|Yamaha|Suzuki|Toyota|Bahasa|Rumah|Kartu|Hotel|Radio|Obat|Susu) $"
)
LISTED = N_("a name of the shipped list")
UNKNOWN = N_("a word with a capital that no dictionary knows")
_WHOLE = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"(?:, (?:sama |dan |terus )?| sama | dan | & )([A-Z][^\W\d_]+)")
_PREVIOUS = re.compile(r"([A-Z][^\W\d_]+)(?:, (?:sama |dan |terus )?| sama | dan | & )$")
_HOLY = re.compile(
    r"(?:Ya|Allah|Tuhan|Nabi|Rasul|Rasulullah|Yesus|Idul|Hari|Insya|Masya|Sultan|Pangeran|Jenderal|Presiden|Gubernur|Bung|Bandara|Liga|Piala|Stasiun|Puji|Karang Taruna|Kartu|Program|Dinas|Kementerian|Badan|Undang|Peraturan)\b"
)
_TALK = re.compile(
    r"(?:\bkata|\bsama|\bke|\bsi|\boleh|\bbareng|\bdengan|\bbuat|\bdari|\btanya|\bbilang|\bajak|\bngajak|\bkenal|\bmenurut|\bpunya|\bpunyanya|\btemen|\bteman|\banak|\bsuami|\bistri|\badik|\bkakak|\brumah(?:nya)?|"
    r"\bsaya|\bnya|\bbidan|\bbesannya|,|\bdan|\bpacar|\bketemu|\bbu|\bsaudara|\bnama)[ ]$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ](?:bilang|ngomong|kata|dateng|datang|nanya|kan|itu|nggak|udah|sudah|juga|yang|pernah|marah|cerita|kerja|pulang|mau|sih|mah|dulu|lagi|sama|minta)\b|[,.?!]|-nya"
)


class Capital(Recogniser):
    """Words with a capital inside a sentence: names of the shipped lists, and words that are in no dictionary.

    A name that is a word too (Mawar, Surya) counts only beside another name, or repeated inside sentences and never in small letters.
    """

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        runs = list(_runs(page))
        inside = Counter(page.text[start:end] for run in runs for start, end in run if not page.begins(start))
        for run in runs:
            if _HOLY.match(page.text, run[0][0]):
                continue
            for part, initial in _parts(page, run):
                if made := self._made(page, part, initial, inside):
                    yield made
        if page.is_lower:
            yield from _typed_small(page)

    def _made(
        self, page: Page, part: list[tuple[int, int, str]], initial: bool, inside: Counter[str]
    ) -> Identifier | None:
        text = page.text
        while part and ((initial and part[0][2] == "k") or part[0][2] == "b"):
            part, initial = part[1:], False
        kinds = "".join(kind for _, _, kind in part).rstrip("b")
        if not kinds.strip("kbe"):
            return None
        start, end, n_words = part[0][0], part[len(kinds) - 1][1], len(kinds)
        writing = page.sentence_writing(start)
        if writing == "upper":
            score = 0.5 if kinds.count("n") >= 1 and (n_words > 1 or end - start > 4) else 0.0
        elif writing == "title" and page.writing(start) != "plain":
            score = 0.5 if "n" in kinds else 0.0
        elif "n" in kinds:
            score = 0.85 if n_words > 1 else 0.6 if initial else 0.75
        elif "u" in kinds:
            score = self._unknown(page, start, end, n_words, initial)
        elif n_words > 1:
            score = 0.6 if kinds.count("w") > 1 and not initial else 0.0
        else:
            says = not initial and _SAYS.match(text, end) is not None
            repeated = inside[text[start:end]] > 1 and text[start:end].casefold() not in page.small
            score = 0.5 if says or (repeated and not initial) or _in_list(text, start, end) else 0.0
        if not score:
            return None
        listed = "n" in kinds or "w" in kinds
        reason = LISTED if listed else UNKNOWN
        return person(page, Name(start, end, n_words, listed, False, False), start, score, reason, {})

    def _unknown(self, page: Page, start: int, end: int, n_words: int, initial: bool) -> float:
        after = _AFTER.match(page.text, end) is not None
        if initial:
            return 0.4 if n_words > 1 or _SAYS.match(page.text, end) else 0.0
        if _BEHIND_BODY.search(page.text, max(0, start - 24), start):
            return 0.0
        if n_words > 1:
            return 0.55
        talk = _TALK.search(page.text, max(0, start - 14), start) is not None
        return 0.5 if talk and after else 0.45 if talk else 0.4


def _typed_small(page: Page) -> Iterator[Identifier]:
    """Yield names of the shipped list in a text without capitals."""
    names = [word for word in page.words if len(word) > 3 and is_name_word(word) and not is_word(word)]
    end = -1
    for start in page.starts(names):
        word = _WHOLE.match(page.text, start)
        if start <= end or word is None or word[0][0].isupper():
            continue
        following = _WHOLE.match(page.text, word.end() + 1) if page.text[word.end() : word.end() + 1] == " " else None
        more = following is not None and is_name_word(following[0]) and not is_word(following[0])
        end = following.end() if more and following else word.end()
        name = Name(start, end, 1 + more, True, False, True)
        yield person(page, name, start, 0.6 if more else 0.45, LISTED, {})


def _in_list(text: str, start: int, end: int) -> bool:
    """Tell whether the name that is a word too stands in a list with one that is not: ``Putri, Asep, sama Neneng``."""
    after, before = _NEXT.match(text, end), _PREVIOUS.search(text, max(0, start - 40), start)
    beside = [match[1].casefold() for match in (after, before) if match]
    return any(is_name_word(low) and not is_word(low) for low in beside)


def _runs(page: Page) -> Iterator[list[tuple[int, int]]]:
    """Yield the words with capitals that stand side by side."""
    run: list[tuple[int, int]] = []
    for start, end in page.capitals:
        if (run and page.text[run[-1][1] : start] not in {" ", "-", " bin ", " binti ", " Bin ", ". ", " Br. "}) or (
            run and page.text[run[-1][1] : start] == ". " and run[-1][1] - run[-1][0] > 3
        ):
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def _parts(page: Page, run: list[tuple[int, int]]) -> Iterator[tuple[list[tuple[int, int, str]], bool]]:
    """Yield the stretches of a run that may be names, each with whether it begins where any word has a capital."""
    part: list[tuple[int, int, str]] = []
    for start, end in run:
        word = page.text[start:end]
        kind = _kind(page, word, start)
        if not kind and part and word.casefold() in NAMELESS and (is_name_word(word.casefold()) or _goes_on(page, end)):
            kind = "w"  # Ramadan behind another name
        if not kind or (kind == "b" and not part):
            if part:
                yield part, page.begins(part[0][0])
            part = []
            continue
        base = base_of(word)
        part.append((start, start + len(base), kind))
        if len(base) < len(word):
            yield part, page.begins(part[0][0])
            part = []
    if part:
        yield part, page.begins(part[0][0])


def _goes_on(page: Page, end: int) -> bool:
    """Tell whether a name of the shipped list follows, so that a word between two names is one of them: Joko Hari Santoso."""
    following = re.compile(r" ([A-Z][^\W\d_]+)").match(page.text, end)
    return following is not None and is_name_word(following[1].casefold())


def _kind(page: Page, word: str, start: int) -> str:
    """Return n for a name, w for a name that is a word, u for a word that nobody knows, e for a word of English, k for any other, or nothing."""
    low = base_of(word).casefold()
    if low in {"bin", "binti"}:
        return "b"
    if len(low) < 3:
        return "n" if is_name_word(low) and not is_word(low) and len(low) > 2 else ""
    if low in NAMELESS or (is_public(low) and not is_name_word(low)):
        return ""
    if is_name_word(low):
        return "w" if is_word(low) else "n"
    if low in towns() or _HONORIFIC.fullmatch(low) or word.isupper():
        return ""
    if is_word(low) or low in page.small:
        return "k"
    return "e" if is_english(low) else "u"

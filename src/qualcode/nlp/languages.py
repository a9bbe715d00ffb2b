"""Which words are Javanese, Sundanese, Betawi or English in Indonesian talk, and which mean something else there.

People mix. A word that only one other language has is marked by itself; a word that Indonesian has too (*teh*, *lembur*, *main*) only beside marked
words of that language. What is marked is left alone by the normaliser and the lemmatiser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from qualcode.nlp._dictionary import is_known, table
from qualcode.nlp.tokens import tokenize

__all__ = ["FALSE_FRIENDS", "NEGATIONS", "Passage", "language_of", "languages", "passages"]

NEAR = 3
"""How many words away a marked word still colours one that Indonesian shares."""

NEGATIONS = MappingProxyType(
    {
        "id": ("tidak", "belum", "tanpa", "bukan", "jangan", "boro-boro"),
        "jv": ("ora", "ra", "mboten", "dudu", "durung", "ojo", "aja", "ora ono", "ora nduwe", "ora duwe"),
        "su": (
            "teu",
            "henteu",
            "moal",
            "lain",
            "sanes",
            "acan",
            "tacan",
            "encan",
            "can",
            "teu aya",
            "teu gaduh",
            "ulah",
        ),
        "bew": ("kagak", "kaga", "ora", "ogah", "embung"),
    }
)
"""Words that deny or forbid, by language (*id* stands for all spellings of *tidak*). *can, lain, aja, ra* only in talk of that language."""

FALSE_FRIENDS = MappingProxyType(
    {
        "lembur": {"su": "kampung"},
        "larang": {"jv": "mahal"},
        "atos": {"su": "sudah", "jv": "keras"},
        "teh": {"su": "partikel"},
        "mah": {"su": "partikel", "bew": "partikel"},
        "lain": {"su": "bukan"},
        "payu": {"jv": "laku", "su": "laku"},
        "urang": {"su": "saya, kita", "jv": "udang"},
        "cokot": {"su": "ambil", "jv": "gigit"},
        "wa": {"jv": "paman, bibi", "su": "paman, bibi", "id": "WhatsApp"},
        "uwa": {"jv": "paman, bibi", "su": "paman, bibi"},
        "dana": {"id": "uang; dompet digital DANA"},
        "status": {"id": "kedudukan; unggahan WhatsApp"},
        "tarik": {"id": "menarik; mencari penumpang"},
        "jalan": {"id": "jalan; sudah berlangsung"},
        "main": {"id": "bermain; mempermainkan (harga)"},
        "pegang": {"id": "memegang; mempunyai (uang)"},
        "lari": {"id": "berlari; beralih (uang)"},
        "dapur": {"id": "dapur; cukup makan (dapur ngebul)"},
        "aja": {"jv": "jangan", "id": "saja"},
        "ra": {"jv": "tidak"},
        "can": {"su": "belum", "en": "dapat"},
        "bade": {"su": "akan"},
        "raos": {"su": "enak"},
        "awan": {"jv": "siang", "id": "awan di langit"},
        "tuang": {"su": "makan"},
        "gede": {"jv": "besar", "id": "besar"},
    }
)
"""Word → language → what it means there: a keyword among them needs a partner or a guard (PRACTICE, words of the regions)."""

ENGLISH = re.compile(
    r"[a-z]{3,}(?:tion|tions|ment|ments|ness|ight|ough|ould|ously|ingly|fully|ship|ships|able|ible|wards?|ck|sh|th|ys|ies)"
)
ENDS = re.compile(r"[.?!;,\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of *text* in another language: code points from *start* to *end*, its language and number of words."""

    start: int
    end: int
    language: str
    n_words: int


@cache
def _words() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return word → languages that alone have it, languages that share it with Indonesian."""
    found = {}
    for word, marks in table("languages").items():
        names = marks.split()
        found[word] = (
            frozenset(name for name in names if name[0] != "?"),
            frozenset(name[1:] for name in names if name[0] == "?"),
        )
    return found


@lru_cache(maxsize=1 << 16)
def language_of(word: str) -> str:
    """Return the language that *word* alone gives away: jv, su, bew or en; ``id`` for every other.

    Examples
    --------
    >>> [language_of(word) for word in ("mboten", "kumaha", "encing", "payment", "teh", "gerobak")]
    ['jv', 'su', 'bew', 'en', 'id', 'id']
    """
    low = word.casefold()
    alone, shared = _words().get(low, (frozenset(), frozenset()))
    if alone:
        return min(alone, key=("jv", "su", "bew", "en").index) if not shared else "id"
    if not shared and ENGLISH.fullmatch(low) and not is_known(low):
        return "en"
    return "id"


def languages(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, language) of each token of *text* that is not Indonesian.

    Examples
    --------
    >>> text = "Abdi teh icalan, dulu minum teh. Sing penting work-life balance."
    >>> [(text[start:end], language) for start, end, language in languages(text)]
    [('Abdi', 'su'), ('teh', 'su'), ('icalan', 'su'), ('work-life', 'en'), ('balance', 'en')]
    """
    places = [place for place in tokenize(text) if text[place[0]].isalpha()]
    words = [text[start:end].casefold() for start, end in places]
    found = [language_of(word) for word in words]
    sure = [name if name != "id" else "" for name in found]
    if not any(sure):
        return []
    for number, word in enumerate(words):
        shared = _words().get(word, (frozenset(), frozenset()))[1]
        if sure[number] or not shared:
            continue
        left, right = max(0, number - NEAR), number + NEAR + 1
        near = [
            sure[k]
            for k in range(left, min(right, len(sure)))
            if sure[k] in shared and _same_clause(text, places, number, k)
        ]
        if near:
            found[number] = max(set(near), key=lambda name: (near.count(name), name))
    return [(*place, name) for place, name in zip(places, found, strict=True) if name != "id"]


def _same_clause(text: str, places: list[tuple[int, int]], one: int, other: int) -> bool:
    """Tell whether no end mark stands between two words."""
    first, last = min(one, other), max(one, other)
    return not ENDS.search(text, places[first][1], places[last][0])


def passages(text: str) -> list[Passage]:
    """Return the stretches of *text* in another language: two or more of its words with at most one unmarked word between them.

    Examples
    --------
    >>> text = "Ya gitu. Ora ono sing tuku, Mbak. Sepi."
    >>> [(text[p.start:p.end], p.language) for p in passages(text)]
    [('Ora ono sing tuku', 'jv')]
    """
    order = {place: number for number, place in enumerate(tokenize(text))}
    found: list[list[tuple[int, int, str]]] = []
    for start, end, name in languages(text):
        last = found[-1][-1] if found else None
        if (
            last
            and last[2] == name
            and order[start, end] - order[last[0], last[1]] <= 2
            and not ENDS.search(text, last[1], start)
        ):
            found[-1].append((start, end, name))
        else:
            found.append([(start, end, name)])
    return [Passage(run[0][0], run[-1][1], run[0][2], len(run)) for run in found if len(run) > 1]

"""The standard form of informal words: *nggak → tidak, ngikutin → mengikuti, jajan2 → jajan-jajan, dapetnya → dapatnya*.

In this order: our own spellings (`qualcode.nlp._lexicon`), the shipped list (`data/informal.txt`, from IndoCollex and STIF), a word that is standard
already, then rules for clitics, reduplication, colloquial affixes and vowels, each of which must end at a listed word. Words of other
languages, numbers and unknown words stay. This is for models and search: the text that a coder reads never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qualcode.nlp._affixes import without_prefix
from qualcode.nlp._dictionary import entry, is_known, table
from qualcode.nlp._lexicon import NOT_CLITIC, NOT_NASAL, VARIANTS
from qualcode.nlp.forms import plain
from qualcode.nlp.languages import language_of, languages
from qualcode.nlp.tokens import tokenize

__all__ = ["Standard", "by_rule", "normalise", "spelled", "standard"]

VOWELS = "aeiou"
WITH_I = frozenset(
    """ikut datang dekat nikmat lewat sayang hadap hadir kunjung percaya sakit kurang marah urus jauh sadar paham obat omel kabar jalan alam teman
    layan awas lunas bumbu cicip nasihat kotor""".split()  # noqa: SIM905
)
"""Roots whose *-in* is written *-i*: ngikutin is mengikuti, ngumpulin mengumpulkan."""
CLITIC = re.compile(r"(?P<stem>.{3,}?)(?P<clitic>nya|ny|ku|mu|lah|kah|pun)")
DOUBLED = re.compile(r"(?P<word>[^\W\d_]{3,})[2²](?P<more>nya|ku|mu|an|in)?")
STRETCHED = re.compile(r"([^\W\d_])\1\1")
SHORTEST = 4
MARK = "xxx"
"""What nobody could hear, or was masked; no stretched x."""
BESIDE_NUMBER = re.compile(r"\d")
"""What tells *min 5 orang* (at least) from *min* the administrator of a chat."""
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Standard:
    """A word of a text that is not standard: code points from *start* to *end*, and its standard form *text*."""

    start: int
    end: int
    text: str


def normalise(text: str) -> tuple[Standard, ...]:
    """Return the words of *text* whose standard form differs from what is written, and exact amounts as numbers.

    The text itself is not changed; an ambiguous amount (`qualcode.nlp.money`) is not turned into a number.

    Examples
    --------
    >>> [word.text for word in normalise("Aku ngikutin aja, nggak dapet 700rb")]
    ['mengikuti', 'saja', 'tidak', 'dapat', '700000']
    """
    from qualcode.nlp.money import money

    numbers = [(sum_.start, sum_.end, str(sum_.low)) for sum_ in money(text) if sum_.low == sum_.high]
    found = [Standard(*number) for number in numbers if text[number[0] : number[1]] != number[2]]
    inside = [(start, end) for start, end, _ in numbers]
    foreign = {start for start, _, _ in languages(text)}
    at = 0
    for start, end in tokenize(text):
        while at < len(inside) and inside[at][1] <= start:
            at += 1
        if at < len(inside) and inside[at][0] <= start:
            continue
        word = text[start:end]
        if start in foreign and word.casefold() not in VARIANTS:
            continue
        if word[0].isalpha() and not (word == "min" and BESIDE_NUMBER.search(text[max(0, start - 2) : end + 2])):
            form = standard(word)
            if form != word.casefold():
                found.append(Standard(start, end, form))
    return tuple(sorted(found, key=lambda item: item.start))


@lru_cache(maxsize=1 << 17)
def standard(word: str) -> str:
    """Return the standard form of *word*, in small letters; it may be two words (*makasih → terima kasih*).

    Where a word is colloquial in any spelling, that is the written word for it (*banget → sekali, duit → uang*).

    Examples
    --------
    >>> [standard(word) for word in ("Nggak", "ngikutin", "bangeeet", "jajan2", "dapetnya", "mboten", "gerobak")]
    ['tidak', 'mengikuti', 'sekali', 'jajan-jajan', 'dapatnya', 'mboten', 'gerobak']
    """
    low = word.casefold()
    colloquial = table("colloquial")
    form = colloquial.get(low) or spelled(word)
    first, _, second = form.partition("-")
    if second == first and first in colloquial:
        first = colloquial[first]
        return f"{first}-{first.removeprefix('ber')}"  # bareng-bareng, bersama-sama
    if form in colloquial:
        return colloquial[form]
    parted = CLITIC.fullmatch(form)
    if parted and parted["stem"] in colloquial and form not in NOT_CLITIC:
        return colloquial[parted["stem"]] + parted["clitic"]
    return form


@lru_cache(maxsize=1 << 17)
def spelled(word: str) -> str:
    """Return *word* in standard spelling, with written affixes, but as the same word: *duitnya* stays, *nggak* is *tidak*.

    Examples
    --------
    >>> [spelled(word) for word in ("bangeeet", "duitnya", "ngirit")]
    ['banget', 'duitnya', 'mengirit']
    """
    low = word.casefold()
    if len(low) > LONGEST or not low[:1].isalpha() or (word.isupper() and len(word) in {2, 3}):
        return low  # SM, DR and SMP are initialisms
    if low in VARIANTS:
        return VARIANTS[low]
    doubled = DOUBLED.fullmatch(low)
    if doubled:
        once = spelled(doubled["word"])
        return f"{once}-{once}{doubled['more'] or ''}"
    if "-" in low:
        return "-".join(map(spelled, low.split("-"))) if all(low.split("-")) else low
    return table("informal").get(low) or by_rule(low)


def by_rule(low: str) -> str:
    """Return the standard form of *low*, a word in small letters that stands in no list of informal words, by rules alone."""
    if is_known(low) or MARK in low or language_of(low) != "id":
        return low
    level = plain(low)
    if level not in {low, ""} and (STRETCHED.search(low) or level in VARIANTS or is_known(level)):
        return spelled(level)
    if len(low) >= SHORTEST and low[-1] == low[-2]:  # siapp, mauu
        form = low[:-1]
        if form in VARIANTS or form in table("informal") or is_known(form):
            return spelled(form)
    return next(_guesses(low), low)


def _guesses(low: str) -> Iterator[str]:
    """Yield what *low* may stand for, best first."""
    yield from _without_clitic(low)
    yield from _respelled(low)
    yield from _affixed(low)


def _without_clitic(low: str) -> Iterator[str]:
    """Yield the standard form with its clitic: dapetnya → dapatnya, isiny → isinya."""
    parted = CLITIC.fullmatch(low)
    if parted is None or low in NOT_CLITIC:
        return
    stem, clitic = parted["stem"], parted["clitic"].replace("ny", "nya").replace("nyaa", "nya")
    if is_known(stem):
        yield stem + clitic
        return
    form = spelled(stem)
    if form != stem and " " not in form:
        yield form + clitic


def _respelled(low: str) -> Iterator[str]:
    """Yield listed words that Jakarta pronounces like *low*: seneng → senang, rame → ramai, ancur → hancur."""
    for form in _spellings(low):
        if form != low and is_known(form):
            yield form


def _spellings(low: str) -> Iterator[str]:
    last = re.fullmatch(r"(.*[^e])e([^aeiou]{1,2})", low)
    if last:
        yield f"{last[1]}a{last[2]}"
    if low.endswith("e"):
        yield low[:-1] + "ai"
        yield low[:-1] + "a"
    if low[0] in VOWELS and len(low) > 3:
        yield "h" + low


def _affixed(low: str) -> Iterator[str]:
    """Yield the written form of colloquial affixes: ngikutin → mengikuti, dibeliin → dibelikan, kepotong → terpotong."""
    if low in NOT_NASAL:
        return
    root = low
    suffixed = low.endswith("in") and len(low) > 5
    if suffixed:
        root = low[:-2]
    if low.startswith("di") and suffixed:
        stem = _known(root[2:])
        if stem:
            yield "di" + stem + _ending(stem)
    elif low.startswith("ke") and not suffixed:
        stem = _known(low[2:])
        if stem:
            yield "ter" + stem
    elif low[0] in "nm":
        for rest in without_prefix(root):
            stem = _known(rest)
            if stem:
                yield _active(stem) + (_ending(stem) if suffixed else "")
                return
    if suffixed:
        stem = _known(root)
        if stem:
            yield stem + _ending(stem)


def _known(stem: str) -> str | None:
    """Return *stem* or its standard spelling if it is a listed root."""
    if len(stem) < 3:
        return None
    form = VARIANTS.get(stem, stem)
    if entry(form) == form:
        return form
    return next((spelling for spelling in _spellings(stem) if entry(spelling) == spelling), None)


def _ending(stem: str) -> str:
    """Return the written ending for *-in* after *stem*: -i where the dictionary has that verb and not the other, else -kan."""
    if stem in WITH_I:
        return "i"
    active = _active(stem)
    with_i, with_kan = (
        is_known(active + "i") or is_known(f"di{stem}i"),
        is_known(active + "kan") or is_known(f"di{stem}kan"),
    )
    return "i" if with_i and not with_kan else "kan"


def _active(stem: str) -> str:
    """Return *stem* with its *meN-*: cari → mencari, tabung → menabung, kirim → mengirim, bon → mengebon."""
    first = stem[0]
    if sum(letter in VOWELS for letter in stem) == 1:
        return "menge" + stem
    if first in "aeioughx":
        return "meng" + stem
    if first == "k":
        return "meng" + stem[1:]
    if first == "p":
        return "mem" + stem[1:]
    if first == "t":
        return "men" + stem[1:]
    if first == "s":
        return "meny" + stem[1:]
    if first in "bfv":
        return "mem" + stem
    if first in "cdjz":
        return "men" + stem
    return "me" + stem

"""What may be left of an Indonesian word when its affixes are taken off, formal and colloquial.

After the confix stripping of Nazief & Adriani (1996) and Asian, Williams & Tahaghoghi (2005), with the prefixes and suffixes of speech beside the written
ones: *nge-, ng-, ny-, n-, m-* and *-in*. Nothing here knows a dictionary: `qualcode.nlp.lemmas` decides what is a word.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["peeled", "without_prefix", "without_suffix"]

VOWELS = "aeiou"
SHORTEST = 3
SHORTEST_SPOKEN = 4
"""Letters of words that are too short to have a nasal prefix without *me-*: nani, maha."""
PARTICLES = ("lah", "kah", "pun", "tah")
POSSESSIVES = ("nya", "ku", "mu", "ny")
ENDINGS = ("kan", "an", "in", "i")

# Roots with a nasal of their own: memasak is me+masak, not mem+pasak.
NASAL_ROOTS = frozenset(
    """makan masak milik minat minta mulai mandi manfaat maaf maki maklum malu macet muat musuh menang nilai nikah nikmat naung nanti
    nyata nyanyi nyala ngaji main masuk mati merah miskin mudah murah mundur nasihat niat ngeri nyaman""".split()  # noqa: SIM905
)


def peeled(word: str) -> Iterator[tuple[str, int, int]]:
    """Yield what may be left of *word*, longest first among those with the same affixes off, as (rest, prefixes, suffixes).

    Examples
    --------
    >>> [rest for rest, _, _ in peeled("ditanyain") if rest.startswith("tanya")]
    ['tanyain', 'tanya']
    """
    seen = {word: (0, 0)}
    queue = [(word, 0, 0)]
    for stem, before, after in queue:  # grows while it is read
        for rest in without_suffix(stem) if not before else ():
            if rest not in seen:
                seen[rest] = (0, after + 1)
                queue.append((rest, 0, after + 1))
        if before < SHORTEST:
            for rest in without_prefix(stem, is_first=not before):
                if rest not in seen:
                    seen[rest] = (before + 1, after)
                    queue.append((rest, before + 1, after))
    del seen[word]
    for rest, (before, after) in sorted(seen.items(), key=lambda item: -len(item[0])):
        yield rest, before, after


def without_suffix(word: str) -> Iterator[str]:
    """Yield *word* without its last particle, possessive or ending."""
    for group in (PARTICLES, POSSESSIVES, ENDINGS):
        for suffix in group:
            if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
                yield word[: -len(suffix)]


def without_prefix(word: str, *, is_first: bool = True) -> Iterator[str]:
    """Yield *word* without its first prefix, with the letter that a nasal may have swallowed: menulis → tulis.

    A nasal of speech stands first (*is_first*) or nowhere: kenyang is not ke-nyang.
    """
    for rest in _bare(word, is_first=is_first):
        if len(rest) >= SHORTEST:
            yield rest


def _bare(word: str, *, is_first: bool) -> Iterator[str]:
    for prefix in ("di", "ke", "se", "ku"):
        if word.startswith(prefix):
            yield word[2:]
    if word[:2] in {"be", "te"} and (word[2:3] == "r" or word[3:5] == "er"):
        yield word[2:]  # berencana, bekerja, tepercaya
    for prefix in ("ber", "ter", "per", "bel", "pel", "kau"):
        if word.startswith(prefix):
            yield word[len(prefix) :]
    if word.startswith(("ber", "ter", "per")) and word[3:4] and word[3] in VOWELS:
        yield word[2:]  # berasa → rasa
    if word[:2] in {"me", "pe"}:
        yield from _nasal(word[2:], "sc")
        yield word[2:]  # pekerja, merasa, memasak
    if is_first and word[:1] in {"n", "m"} and len(word) > SHORTEST_SPOKEN:
        yield from _nasal(word, "cs")
    if word.startswith("nge"):
        yield word[3:]


def _nasal(word: str, hissed: str) -> Iterator[str]:
    """Yield what a nasal prefix without its *me-* or *pe-* stands before: ngirim → kirim, nyari → cari, sari (*hissed*: which first)."""
    if word.startswith("nge"):
        yield word[3:]  # mengecat
    if word.startswith("ng"):
        if word[2:3] and word[2] in VOWELS:
            yield "k" + word[2:]
        yield word[2:]
    elif word.startswith("ny"):
        for letter in hissed:
            yield letter + word[2:]
    elif word[:1] in {"n", "m"} and word[1:2]:
        swallowed, kept = ("t", "cdjtsz") if word[0] == "n" else ("p", "bfpvm")
        if word[1] in VOWELS:
            if word not in NASAL_ROOTS:
                yield swallowed + word[1:]
        elif word[1] in kept:
            yield word[1:]

"""The words of passages by stem, each stem shown by its most frequent spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix

from qualcode.nlp import forms, is_stop_word, stem
from qualcode.rules.nodes import Word
from qualcode.rules.parser import parse
from qualcode.rules.trees import leaves_of
from qualcode.suggesters._units import Unit
from qualcode.suggesters.patterns.spoken import content, words_of

__all__ = ["Vocabulary", "key_of", "vocabulary"]

LEAST = 3
"""Passages in which a word must stand."""
MOST = 0.4
"""The share of passages in which one may stand: what everybody always says parts nothing."""

# Said to the person one talks with, whatever one talks about.
ADDRESS = frozenset("mbak mas pak bu ibu bapak neng bang abang kak kakak dik dek teh teteh kang bos".split())  # noqa: SIM905 - words are read as words
# Javanese, Sundanese and Betawi words that say as little as their Indonesian ones: this, that, there is, only, yes, with, I, you.
REGIONAL_STOPS = frozenset(
    """
    iki iku kuwi kui kae ing ning nang karo kalih lan utawa tah ta to mbok ono ana wae bae ae wis sampun dereng durung
    niku niki nggih inggih nggeh iyo yo yoi ngono ngene ngoten pancen malah maneh kowe sampeyan panjenengan kulo aku dheweke awake sak sek
    ieu eta itu dieu ditu kitu kieu kitu wae mah teh téh teu henteu nya sok da deui oge ogé jeung sareng nu anu abdi urang maneh manéh anjeun sanes sanés muhun
    gue gua ane ente elu lu nyang ama ampe amat doang pan iye kaga kagak kagaknya ngga engga enggak kaya kayak gitu gini gimana
    heeh hooh he'eh oh eh ah nah lho loh lah dah tuh nih
    """.split()  # noqa: SIM905 - words are read as words
)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """How often each stem stands in each passage, of shape (n_units, n_stems), and how each stem is shown."""

    counts: csr_matrix
    shown: tuple[str, ...]
    stems: tuple[str, ...]


def vocabulary(units: Sequence[Unit]) -> Vocabulary:
    """Return the stems of *units* without stop words, negations, fillers, numbers, words of address and transcription marks."""
    numbers: dict[str, int] = {}
    spellings: dict[str, Counter[str]] = {}
    rows, columns = [], []
    for row, unit in enumerate(units):
        for piece in range(len(unit.pieces)):
            for word in words_of(unit, piece):
                key = key_of(word.text)
                if key:
                    rows.append(row)
                    columns.append(numbers.setdefault(key, len(numbers)))
                    spellings.setdefault(key, Counter())[word.text] += 1
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(units), len(numbers)))
    counts.sum_duplicates()
    times = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero((times >= LEAST) & (times <= max(LEAST, MOST * len(units))))
    names = list(numbers)
    stems = tuple(names[number] for number in kept.tolist())
    shown = tuple(min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0] for key in stems)
    return Vocabulary(csr_matrix(counts[:, kept]), shown, stems)


@lru_cache(maxsize=1)
def _negations() -> frozenset[str]:
    """Return the words that negate, of all languages that rules know."""
    return frozenset(leaf.form for leaf in leaves_of(parse("NEG").answer) if isinstance(leaf, Word))


def key_of(spelling: str) -> str:
    """Return the stem under which a word counts; nothing for one that parts nothing."""
    base = content(spelling)
    if (
        not base
        or base in ADDRESS
        or spelling in REGIONAL_STOPS
        or base in REGIONAL_STOPS
        or not _negations().isdisjoint(forms(base))
        or is_stop_word(base)
        or is_stop_word(spelling)
    ):
        return ""
    found = stem(base)
    return "" if is_stop_word(found) else found

"""Indonesian as people speak it: tokens, sentences, word forms, lemmas, languages, amounts, and the spaCy components.

Everything here keeps the exact code points of the untouched text; normalised forms, lemmas and stems are for finding alone.
"""

from qualcode.nlp.forms import canonical, forms
from qualcode.nlp.languages import language_of, languages, passages
from qualcode.nlp.lemmas import lemma, stem
from qualcode.nlp.marks import marks
from qualcode.nlp.money import money
from qualcode.nlp.pipeline import blank
from qualcode.nlp.sentences import sentences
from qualcode.nlp.standards import normalise, standard
from qualcode.nlp.tokens import parts, tokenize
from qualcode.nlp.words import is_filler, is_stop_word

__all__ = [
    "blank",
    "canonical",
    "forms",
    "is_filler",
    "is_stop_word",
    "language_of",
    "languages",
    "lemma",
    "marks",
    "money",
    "normalise",
    "parts",
    "passages",
    "sentences",
    "standard",
    "stem",
    "tokenize",
]

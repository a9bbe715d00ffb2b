"""Indonesian as people speak it: tokens, word forms, amounts, sentences, and the one spaCy pipeline.

Everything here keeps the exact code points of the untouched text; normalised forms are for finding alone.
"""

from qualcode.nlp.forms import canonical, forms
from qualcode.nlp.marks import marks
from qualcode.nlp.pipeline import blank
from qualcode.nlp.sentences import sentences
from qualcode.nlp.tokens import parts, tokenize

__all__ = ["blank", "canonical", "forms", "marks", "parts", "sentences", "tokenize"]

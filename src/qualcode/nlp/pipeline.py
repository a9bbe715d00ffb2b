"""The one spaCy pipeline: a blank ``id`` with our tokenizer, built once, when first asked for.

spaCy's own tokenizer for Indonesian spends over a second of every start on 15,963 exceptions, splits ``buku-bukunya`` in three and
``pkl.`` from its point. Ours is one regular expression; tokens keep their code points either way. ``token.norm_`` is
the standard spelling (`qualcode.nlp.forms.canonical`).
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from qualcode.nlp.forms import canonical
from qualcode.nlp.tokens import tokenize

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Tokenizer", "blank"]


class Tokenizer:
    """`qualcode.nlp.tokens.tokenize` in the shape spaCy wants.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        The vocabulary of the pipeline.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return a `Doc` whose text is exactly *text*, but for lone surrogates, which become question marks."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for start, end in [*tokenize(text), (len(text), len(text))]:
            gap = text[position:start]
            if gap and words and gap[0] == " ":
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
            if start < end:
                words.append(text[start:end])
                spaces.append(False)
            position = end
        try:
            return Doc(self.vocab, words=words, spaces=spaces)
        except UnicodeEncodeError:  # half of a surrogate pair: no character, but some files hold one
            whole = [word.encode("utf-8", "replace").decode("utf-8") for word in words]
            return Doc(self.vocab, words=whole, spaces=spaces)

    def to_disk(self, path: object, **_: object) -> None:
        """Do nothing: the tokenizer has no state."""

    def from_disk(self, path: object, **_: object) -> Tokenizer:
        """Return the tokenizer: it has no state."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> Tokenizer:
        """Return the tokenizer: it has no state."""
        return self


@cache
def blank() -> Language:
    """Return the shared pipeline. Add no components to it: make your own with `spacy.blank` for that."""
    import spacy
    from spacy.attrs import NORM
    from spacy.util import registry

    if "qualcode.Tokenizer.v1" not in registry.tokenizers:
        registry.tokenizers("qualcode.Tokenizer.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "qualcode.Tokenizer.v1"}}})
    nlp.max_length = sys.maxsize  # the limit guards parsers, and there is none
    nlp.vocab.lex_attr_getters[NORM] = canonical  # type: ignore[attr-defined]
    return nlp

"""Our Indonesian as spaCy components, for pipelines of others: ``spacy.blank("id").add_pipe("qualcode_lemmatiser")``.

==========================  =========================================================================================
factory                     what it sets
==========================  =========================================================================================
``qualcode_sentences``      ``token.is_sent_start``, and so ``doc.sents``
``qualcode_normaliser``     ``token._.standard``: the standard form, small letters; may hold a space
``qualcode_lemmatiser``     ``token.lemma_``, ``token._.stem``
``qualcode_languages``      ``token._.language`` (id, jv, su, bew, en); ``doc.spans["languages"]``: passages, label = language
``qualcode_words``          ``token._.is_filler``, ``token._.is_stop_word``, ``token._.clitics`` (tuple of str), ``token._.is_doubled``
``qualcode_amounts``        ``doc.spans["amounts"]``: amounts of money, with ``span._.low``, ``span._.high`` (rupiah), ``span._.reason``
==========================  =========================================================================================

They take any tokenizer (spans are widened to whole tokens) and change no text. spaCy imports this module by its entry points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

__all__ = ["make_amounts", "make_languages", "make_lemmatiser", "make_normaliser", "make_sentences", "make_words"]

Component = Callable[[Doc], Doc]


def _extend(kind: type[Any], **defaults: object) -> None:
    """Add the extensions that are not there yet; another pipeline may have added them."""
    for name, default in defaults.items():
        if not kind.has_extension(name):
            kind.set_extension(name, default=default)


@Language.factory("qualcode_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Component:
    """Return the component that marks where sentences begin."""
    return set_sentences


def set_sentences(doc: Doc) -> Doc:
    """Mark the first token of each sentence; a sentence that begins inside a token is not one."""
    from qualcode.nlp.sentences import sentences

    starts = {start for start, _ in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


@Language.factory("qualcode_normaliser", assigns=["token._.standard"])
def make_normaliser(nlp: Language, name: str) -> Component:
    """Return the component that says the standard form of each token."""
    _extend(Token, standard="")
    return set_standards


def set_standards(doc: Doc) -> Doc:
    """Set the standard form of each token; an amount that lies in one token is a number."""
    from qualcode.nlp.standards import normalise, standard

    exact = {(item.start, item.end): item.text for item in normalise(doc.text)}
    for token in doc:
        token._.standard = exact.get((token.idx, token.idx + len(token.text))) or standard(token.text)
    return doc


@Language.factory("qualcode_lemmatiser", assigns=["token.lemma", "token._.stem"])
def make_lemmatiser(nlp: Language, name: str) -> Component:
    """Return the component that sets lemmas and stems."""
    _extend(Token, stem="")
    return set_lemmas


def set_lemmas(doc: Doc) -> Doc:
    """Set the lemma and the stem of each token."""
    from qualcode.nlp.lemmas import lemma, stem

    for token in doc:
        token.lemma_ = lemma(token.text)
        token._.stem = stem(token.text)
    return doc


@Language.factory("qualcode_languages", assigns=["token._.language"])
def make_languages(nlp: Language, name: str) -> Component:
    """Return the component that marks words and passages of other languages."""
    _extend(Token, language="id")
    return set_languages


def set_languages(doc: Doc) -> Doc:
    """Mark tokens and passages that are not Indonesian."""
    from qualcode.nlp.languages import languages, passages

    for start, end, name in languages(doc.text):
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span if span is not None else ():
            token._.language = name
    doc.spans["languages"] = _spans(doc, [(item.start, item.end, item.language) for item in passages(doc.text)])
    return doc


@Language.factory(
    "qualcode_words", assigns=["token._.is_filler", "token._.is_stop_word", "token._.clitics", "token._.is_doubled"]
)
def make_words(nlp: Language, name: str) -> Component:
    """Return the component that says what kind of word each token is."""
    _extend(Token, is_filler=False, is_stop_word=False, clitics=(), is_doubled=False)
    return set_words


def set_words(doc: Doc) -> Doc:
    """Set the marks of each token."""
    from qualcode.nlp.words import is_filler, is_stop_word, pieces

    for token in doc:
        cut = pieces(token.text)
        token._.is_filler = is_filler(token.text)
        token._.is_stop_word = is_stop_word(token.text)
        token._.clitics = tuple(clitic for _, _, clitic in cut.clitics)
        token._.is_doubled = cut.is_doubled
    return doc


@Language.factory("qualcode_amounts")
def make_amounts(nlp: Language, name: str) -> Component:
    """Return the component that finds amounts of money."""
    _extend(Span, low=None, high=None, reason="")
    return set_amounts


def set_amounts(doc: Doc) -> Doc:
    """Write the amounts of money into ``doc.spans["amounts"]``."""
    from qualcode.nlp.money import money

    found = money(doc.text)
    spans = _spans(doc, [(item.start, item.end, "amount") for item in found])
    for span, item in zip(spans, found, strict=True):
        span._.low, span._.high, span._.reason = item.low, item.high, item.reason
    doc.spans["amounts"] = spans
    return doc


def _spans(doc: Doc, places: list[tuple[int, int, str]]) -> list[Span]:
    """Return the places as spans of whole tokens."""
    found = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places)
    return [span for span in found if span is not None]

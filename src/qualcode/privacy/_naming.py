"""Reading a name at a place where one is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.model import Identifier, IdentifierKind, Span
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import (
    CLITIC,
    NAMELESS,
    TITLE,
    base_of,
    family,
    given,
    is_code,
    is_name_word,
    is_public,
    is_word,
)

__all__ = ["Name", "clitic_end", "forms_of", "name_at", "person"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_PARTICLE = re.compile(r"(?:[Bb]in|binti|van|de|da|dos|al|el|ibnu|br|boru|alias|dg|daeng)\b\.?", re.IGNORECASE)
_TITLES = re.compile(rf"(?:(?:{TITLE})[ ]?)+")
LONGEST = 5
"""The most words of a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, from its first to its last letter, without what is attached."""

    start: int
    end: int
    n_words: int
    is_listed: bool
    is_word: bool
    is_small: bool

    def score(self, listed: float, unknown: float, word: float) -> float:
        """Return the score for a listed name, an unknown word, a word that is known as such."""
        value = listed if self.is_listed else word if self.is_word else unknown
        return round(value - (0.1 if self.is_small else 0.0), 2)


def name_at(page: Page, at: int, *, low: bool = False, unknown: bool = False, titled: bool = False) -> Name | None:
    """Return the name that begins at *at*, or None.

    Parameters
    ----------
    page : Page
        The text.
    at : int
        Where it would begin, behind titles.
    low : bool
        Whether it may be written small; then it is one word, or two of the shipped list.
    unknown : bool
        Whether a small word that stands in no list may be one.
    titled : bool
        Whether something before says that a name follows, so that a word that is no name elsewhere may be one.
    """
    if titles := _TITLES.match(page.text, at):
        at = titles.end()
    token = _TOKEN.match(page.text, at)
    if token is None:
        return None
    word = token[0].rstrip(".")
    if word[0].isupper():
        writing = page.sentence_writing(at) if word.isupper() and len(word) > 1 else "plain"
        return _capital(page, at, titled=titled, caps=writing == "upper")
    return _small(page, at, unknown=unknown) if low else None


def _capital(page: Page, at: int, *, titled: bool, caps: bool) -> Name | None:
    text, end, listed = page.text, at, False
    words: list[str] = []
    position = at
    while len(words) < LONGEST and (token := _TOKEN.match(text, position)):
        word = token[0].rstrip(".")
        initial = len(word) == 1 and word.isupper()
        if not word[0].isupper():
            particle = _PARTICLE.match(text, position) if words else None
            following = particle and _TOKEN.match(text, particle.end() + 1)
            if particle and following and following[0][0].isupper():
                position = particle.end() + 1
                continue
            break
        if initial:
            if not words and not (
                token[0].endswith(".") and re.match(r" ?[A-Z][a-z]", text[token.end() : token.end() + 3])
            ):
                return None
        elif words and word.casefold() in {"bin", "binti"}:
            position = token.end() + 1
            continue
        elif not _may_stand(page, word, position, first=not words, titled=titled, caps=caps):
            break
        base = base_of(word) if not initial else word
        words.append(base)
        listed = listed or is_name_word(base.casefold())
        end = position + len(base)
        if len(base) < len(word):
            break
        position = token.end()
        if token[0].endswith(".") and not (initial or len(word) < 4):
            break
        if text[position : position + 1] != " ":
            break
        position += 1
    telling = [word for word in words if len(word) > 1]
    if not telling or (len(words) == 1 and is_code(words[0]) and not caps):
        return None
    known = all(is_word(word.casefold()) and not is_name_word(word.casefold()) for word in telling)
    return Name(at, end, len(telling), listed, known, is_small=False)


def _may_stand(page: Page, word: str, at: int, *, first: bool, titled: bool, caps: bool) -> bool:
    low = word.casefold()
    base = base_of(word).casefold()
    if is_name_word(base):
        return True
    if low in NAMELESS or is_public(low):
        following = _TOKEN.match(page.text, at + len(word) + 1)
        return (
            not first
            and low in NAMELESS
            and following is not None
            and following[0][0].isupper()
            and is_name_word(following[0].casefold())
        )
    if not is_word(low):
        return not (len(word) > 1 and word.isupper() and not caps and len(word) < 4)
    if caps or not titled or low in page.small:
        return False
    return page.sentence_writing(at) == "plain" if first else True


def _small(page: Page, at: int, *, unknown: bool) -> Name | None:
    token = _TOKEN.match(page.text, at)
    if token is None:
        return None
    word = token[0].rstrip(".")
    base = base_of(word)
    low = base.casefold()
    if len(low) < 3 or low in NAMELESS or is_public(low):
        return None
    listed = is_name_word(low)
    if not listed and (not unknown or is_word(low) or len(low) < 4 or re.search(r"(.)\1\1", low)):
        return None
    if listed and low not in given():
        return None
    end, n_words = at + len(base), 1
    second = _TOKEN.match(page.text, end + 1) if page.text[end : end + 1] == " " and len(base) == len(word) else None
    if (
        second
        and second[0].rstrip(".").casefold() in (given() | family())
        and not is_word(second[0].rstrip(".").casefold())
    ):
        end, n_words = second.start() + len(second[0].rstrip(".")), 2
    return Name(at, end, n_words, listed, is_word(low), is_small=True)


def clitic_end(text: str, end: int) -> int:
    """Return where what is attached to the word that ends at *end* ends: ``Sari-nya``."""
    tail = re.match(r"-?[^\W\d_]*", text[end : end + 8])
    attached = tail[0] if tail else ""
    return end + len(attached) if attached and CLITIC.fullmatch(attached) else end


def forms_of(name: str) -> tuple[str, ...]:
    """Return the words of *name* as names are compared: small, without titles and initials."""
    bare = re.sub(rf"(?<![^\W_])(?:{TITLE})", " ", name)
    return tuple(word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", bare) if len(word) > 1)


def person(
    page: Page,
    name: Name,
    start: int,
    score: float,
    reason: str,
    parameters: Mapping[str, object],
    *,
    identity: bool = False,
) -> Identifier:
    """Return the identifier for *name*, whose form of address begins at *start*."""
    core = Span(name.start, name.end)
    span = Span(min(start, core.start), clitic_end(page.text, core.end))
    return Identifier(
        span,
        core,
        IdentifierKind.PERSON,
        score,
        reason,
        parameters,
        identity=identity,
        forms=forms_of(core.of(page.text)),
    )

"""What one types to search transcripts: words, phrases, AND, OR, NOT, NEAR.

A word finds all that is made from it (``bayar``: *bayarin, pembayaran, ngebayar*), since it is compared by stem; ``=bayar`` finds the word as written,
``bayar*`` words that begin so, ``"air panas"`` words in a row, ``iuran NEAR/5 berat`` two with at most five words between them. Words side by side
must all be there. DAN, ATAU, BUKAN and DEKAT say the same as AND, OR, NOT and NEAR; small letters are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualcode.errors import N_, InputError, shorten
from qualcode.nlp import parts, stem, tokenize

__all__ = ["Query", "Word", "indexed", "parse_query", "words_of"]

NEAR = 10
"""Words between two that are near each other, where no number is given."""

_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<phrase>="[^"]*"|"[^"]*")|(?P<word>[^\s()"]+)|(?P<stray>"))')
_OPERATORS = {"AND": "AND", "DAN": "AND", "OR": "OR", "ATAU": "OR", "NOT": "NOT", "BUKAN": "NOT"}
_NEAR = re.compile(r"(?:NEAR|DEKAT)(?:/(\d{1,3}))?")
_PLAIN = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, its stems, and how it is written in small letters."""

    start: int
    end: int
    stems: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What is looked for: words in a row, by stem or as written; `prefix` if the last is only a beginning."""

    column: str
    terms: tuple[str, ...]
    prefix: bool = False

    def expression(self) -> str:
        return f"{self.column} : {self.bare()}"

    def bare(self) -> str:
        return '"' + " ".join(self.terms) + '"' + (" *" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood: `match` in the language of SQLite's FTS5 over the columns stem and form, and what of it marks a hit."""

    text: str
    match: str
    leaves: tuple[_Leaf, ...]

    @property
    def is_single(self) -> bool:
        """Whether one word or phrase is looked for, so that each place where it stands is a hit of its own."""
        return len(self.leaves) == 1

    def spans(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Return where the words and phrases that are looked for stand among *words*, in order, without overlaps."""
        stems = [(stem_, at) for at, word in enumerate(words) for stem_ in word.stems]
        forms = [(form, at) for at, word in enumerate(words) for form in _plain(word.form)]
        found: list[tuple[int, int]] = []
        for leaf in self.leaves:
            row = stems if leaf.column == "stem" else forms
            n = len(leaf.terms)
            for first in range(len(row) - n + 1):
                if all(_is(row[first + k][0], term, leaf.prefix and k == n - 1) for k, term in enumerate(leaf.terms)):
                    found.append((words[row[first][1]].start, words[row[first + n - 1][1]].end))
        return _apart(found)


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of *text*, as the index holds them."""
    for start, end in tokenize(text):
        for first, last, spelling in parts(text[start:end]):
            stems = tuple(_plain(stem(spelling)))
            if stems:
                yield Word(start + first, start + last, stems, text[start + first : start + last].casefold())


@lru_cache(maxsize=1 << 17)
def _entry(token: str) -> tuple[str, str]:
    words = list(words_of(token))
    return (
        " ".join(stem_ for word in words for stem_ in word.stems),
        " ".join(form for word in words for form in _plain(word.form)),
    )


def indexed(text: str) -> tuple[str, str]:
    """Return the stems and the written forms of the words of *text*, each joined by blanks, as the index takes them in."""
    entries = [_entry(text[start:end]) for start, end in tokenize(text)]
    return " ".join(stems for stems, _ in entries if stems), " ".join(forms for _, forms in entries if forms)


def parse_query(text: str) -> Query:
    """Return what *text* asks for.

    Raises
    ------
    InputError
        If it holds no word, a parenthesis or quotation mark is not closed, or a sign stands where a word is needed.
    """
    parser = _Parser(text)
    match, leaves = parser.alternatives()
    if parser.at < len(parser.tokens):
        raise parser.error(N_("a parenthesis too many in the query {query!r}"))
    return Query(text, match, tuple(leaves))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while match := _TOKEN.match(text, at):
            kind = match.lastgroup or ""
            if kind == "stray":
                raise self.error(N_("a quotation mark is not closed in the query {query!r}"))
            self.tokens.append((kind, match[kind]))
            at = match.end()
        self.at = 0
        if not self.tokens:
            raise InputError(N_("the query is empty"), hint=N_("give a word, as in: qualcode search iuran"))

    def error(self, message: str) -> InputError:
        return InputError(
            message,
            hint=N_('write it like: iuran, "air panas", (sepi OR anyep) NOT hujan, iuran NEAR/5 berat'),
            query=shorten(self.text),
        )

    def peek(self) -> str:
        """Return the operator, bracket or kind of what comes next; empty at the end."""
        if self.at >= len(self.tokens):
            return ""
        kind, text = self.tokens[self.at]
        if kind == "word" and text in _OPERATORS:
            return _OPERATORS[text]
        if kind == "word" and _NEAR.fullmatch(text):
            return "NEAR"
        return kind

    def alternatives(self) -> tuple[str, list[_Leaf]]:
        match, leaves = self.all_of()
        while self.peek() == "OR":
            self.at += 1
            other, more = self.all_of()
            match, leaves = f"({match} OR {other})", leaves + more
        return match, leaves

    def all_of(self) -> tuple[str, list[_Leaf]]:
        match, leaves = self.near()
        while (sign := self.peek()) in {"AND", "NOT", "word", "phrase", "open"}:
            if sign in {"AND", "NOT"}:
                self.at += 1
                if sign == "AND" and self.peek() == "NOT":
                    sign = "NOT"
                    self.at += 1
            other, more = self.near()
            match = f"({match} {'NOT' if sign == 'NOT' else 'AND'} {other})"
            leaves = leaves if sign == "NOT" else leaves + more
        return match, leaves

    def near(self) -> tuple[str, list[_Leaf]]:
        match, leaves = self.one()
        if self.peek() != "NEAR":
            return match, leaves
        distance = 0
        while self.peek() == "NEAR":
            number = _NEAR.fullmatch(self.tokens[self.at][1])
            distance = max(distance, int(number[1]) if number and number[1] else NEAR)
            self.at += 1
            _, more = self.one()
            leaves += more
        columns = {leaf.column for leaf in leaves}
        if len(leaves) < 2 or len(columns) > 1 or match.startswith("("):
            raise self.error(N_("NEAR stands between words or phrases of one kind, not between groups: {query!r}"))
        bare = " ".join(leaf.bare() for leaf in leaves)
        return f"{columns.pop()} : NEAR({bare}, {distance})", leaves

    def one(self) -> tuple[str, list[_Leaf]]:
        kind = self.peek()
        if kind == "open":
            self.at += 1
            match, leaves = self.alternatives()
            if self.peek() != "close":
                raise self.error(N_("a parenthesis is not closed in the query {query!r}"))
            self.at += 1
            return (match if match.startswith("(") else f"({match})"), leaves
        if kind not in {"word", "phrase"}:
            raise self.error(N_("a word is missing in the query {query!r}"))
        leaf = self._leaf(self.tokens[self.at][1])
        self.at += 1
        return leaf.expression(), [leaf]

    def _leaf(self, said: str) -> _Leaf:
        exact = said.startswith("=")
        bare = said.lstrip("=").strip('"')
        prefix = bare.endswith("*")
        words = list(words_of(bare.rstrip("*")))
        if exact or prefix:
            terms = tuple(term for word in words for term in _plain(word.form))
        else:
            terms = tuple(term for word in words for term in word.stems)
        if not terms:
            raise self.error(N_("nothing to look for in {query!r}"))
        return _Leaf("form" if exact or prefix else "stem", terms, prefix)


def _plain(term: str) -> list[str]:
    """Return *term* in the parts that the index holds: letters and digits alone."""
    return [part for part in _PLAIN.sub(" ", term.casefold()).split(" ") if part]


def _is(found: str, wanted: str, prefix: bool) -> bool:
    return found.startswith(wanted) if prefix else found == wanted


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart

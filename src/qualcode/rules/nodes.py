"""What a rule says, as a tree of values. `qualcode.rules.matching` finds it in text, `qualcode.rules.parser` reads it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Amount", "Any", "Exact", "Guard", "Leaf", "Near", "Node", "Phrase", "Prefix", "Root", "Rule", "Word"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its standard spelling; found under every form of `qualcode.nlp.forms`."""

    form: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """``dagang*``: every word of which a form begins so."""

    stem: str


@dataclass(frozen=True, slots=True)
class Exact:
    """``"kata"``: the word as it is written. Small letters also find capitals, capitals find only themselves."""

    spelling: str


@dataclass(frozen=True, slots=True)
class Root:
    """``lemma:kata``: the word with any Indonesian prefixes, suffixes and clitics."""

    root: str


@dataclass(frozen=True, slots=True)
class Amount:
    """``UANG``: an amount of money (`qualcode.nlp.amounts`)."""


Leaf = Word | Prefix | Exact | Root | Amount


@dataclass(frozen=True, slots=True)
class Phrase:
    """The parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of the alternatives."""

    choices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """*left* and *right* with at most *words* words between them, in this order if *ordered*."""

    left: Node
    right: Node
    words: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """*body*, unless *bar* touches it or the *words* words before and after it."""

    body: Node
    bar: Node
    words: int


Node = Leaf | Phrase | Any | Near | Guard


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written and as understood. With a *question* the answer begins near the start of the turn."""

    source: str
    answer: Node
    question: Node | None = None

"""Keywords that mean something else in the speech around Indonesian: *lembur* is overtime, and a village in Sundanese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualcode.codebooks.base import CodebookReading
from qualcode.errors import N_, shorten
from qualcode.model import Code, Finding
from qualcode.nlp._dictionary import is_known
from qualcode.nlp.languages import FALSE_FRIENDS
from qualcode.rules.nodes import Any, Node, Phrase, Prefix, Root, Word
from qualcode.rules.parser import parse

__all__ = ["ambiguous", "false_friends"]

SPEECH = {"jv": "Jawa", "su": "Sunda", "bew": "Betawi", "en": "Inggris"}
"""What the languages call themselves here; the meanings are given in Indonesian, too."""

HINT = N_(
    'narrow it: what must stand near it ({word} ~5 kerja), what must not ({word} ! kampung), or quotation marks ("{word}") if it is meant '
    "as it is written whatever it says"
)


def false_friends(code: Code, macros: Mapping[str, str], reading: CodebookReading, file: str) -> Iterator[Finding]:
    """Yield a doubt for each keyword of *code* that finds, with nothing beside it, a word of several meanings."""
    for number, keyword in enumerate(code.keywords):
        rule = parse(keyword, macros)
        if rule.question is not None:
            continue  # the question says what is spoken of
        for word in dict.fromkeys(_alone(rule.answer)):
            if ambiguous(word):
                yield Finding(
                    "doubtful",
                    N_("rule {rule!r} of code {code!r} finds {word!r} in every meaning: {meanings}"),
                    file,
                    reading.lines.get((code.key, "keywords", number)),
                    "false friend",
                    {
                        "rule": shorten(keyword),
                        "code": code.key,
                        "word": word,
                        "meanings": _meanings(word),
                        "hint": HINT,
                    },
                )


def ambiguous(word: str) -> bool:
    """Tell whether *word* has meanings that one code hardly means together."""
    meanings = FALSE_FRIENDS.get(word, {})
    senses = {sense.strip() for said in meanings.values() for sense in said.split(";")}
    return len(senses) > 1 or (bool(meanings) and "id" not in meanings and is_known(word))


def _meanings(word: str) -> str:
    return "; ".join(
        f"{meaning} ({SPEECH[language]})" if language in SPEECH else meaning
        for language, meaning in FALSE_FRIENDS[word].items()
    )


def _alone(node: Node) -> Iterator[str]:
    """Yield the words that *node* finds with nothing before, behind, near or against them, in whatever form they stand."""
    match node:
        case Word(word) | Prefix(word) | Root(word):
            yield word
        case Any(parts) | Phrase((_,) as parts):
            for part in parts:
                yield from _alone(part)

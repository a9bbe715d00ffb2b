"""Whole short transcripts in the many manners of Indonesian theses: who says what, in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.importers import ImportOptions, Source, registry
from qualcode.importers._words import normal

FOLDER = Path(__file__).parent.parent / "data" / "manners"
ROLES = {
    "i": "interviewer",
    "n": "informant",
    "m": "moderator",
    "p": "participant",
    "k": "notetaker",
    "b": "bystander",
    "t": "together",
    "o": "other",
}
MARKED = re.compile(r"‹(\w)\|([^›]*)›(.*?)‹/›", re.DOTALL)
Turn = tuple[str, str, str]


def cases() -> Iterator[tuple[str, str, list[Turn]]]:
    """Yield the name, the text and the turns of each transcript."""
    for file in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^#### ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = block.partition("\n")
            text, divided, below = body.partition("=====\n")
            found = [line.split("|", 2) for line in below.splitlines() if line.strip()]
            if not divided:
                found = [[m[1], m[2], m[3]] for m in MARKED.finditer(body)]
                text = MARKED.sub(lambda m: m[3], body)
            yield name, text, [(ROLES[r], plain(who), " ".join(words.split())) for r, who, words in found]


def plain(label: str) -> str:
    return normal(label).strip("()")


ALL = list(cases())


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in ALL], ids=[case[0] for case in ALL])
def test_who_says_what(text: str, expected: list[Turn]) -> None:
    """Every turn has its words, its speaker and its role, and nothing else is a turn."""
    (transcript,) = registry.get("txt")().read(Source("contoh.txt", text.encode()), ImportOptions()).corpus.transcripts
    words = [" ".join(turn.span.of(transcript.text).split()) for turn in transcript.turns]

    assert [(t.role.value, plain(t.speaker), w) for t, w in zip(transcript.turns, words, strict=True)] == expected

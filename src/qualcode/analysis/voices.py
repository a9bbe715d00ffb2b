"""Whose words a study holds: informants count where they are heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.model import Corpus, Role, Transcript, Turn

__all__ = ["WORD", "heard", "is_voiced"]

WORD = re.compile(r"[\w▓]")
"""A character of a word, also of one that is withheld: it was said."""


def is_voiced(turn: Turn) -> bool:
    """Tell whether a turn may hold an informant's words: it is neither the asking side's nor a bystander's."""
    return not turn.role.asks and turn.role is not Role.BYSTANDER


def heard(corpus: Corpus) -> frozenset[str]:
    """Return the guids of the informants of whom the study holds words: what "out of N informants" counts.

    An informant is heard who has at least one turn with a word in it that is neither an interviewer's nor a bystander's; in a
    transcript with a single informant, turns that name nobody are that informant's. A transcript without turns, such as an
    answer sheet, is heard as its only informant's. Who is merely listed, or stands in a transcript of questions
    alone, is not heard: such a person can neither say nor leave unsaid anything in this study.
    """
    return frozenset(guid for transcript in corpus.transcripts for guid in _voices(transcript))


def _voices(transcript: Transcript) -> Iterator[str]:
    """Yield the informants who are heard in one transcript, some more than once."""
    alone = transcript.informants[0] if len(transcript.informants) == 1 else None
    if not transcript.turns:
        if alone is not None and WORD.search(transcript.text):
            yield alone
        return
    for turn in transcript.turns:
        guid = turn.informant or alone
        if guid is not None and is_voiced(turn) and WORD.search(transcript.text, turn.span.start, turn.span.end):
            yield guid

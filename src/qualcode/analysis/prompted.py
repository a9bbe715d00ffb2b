"""Codings on answers to a question about their code: whether they were prompted is proposed, never set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.analysis.asked import Asked, How
from qualcode.model import Coding, Corpus, Elicited, Question, Suggestion, Transcript

__all__ = ["Prompting", "prompting", "promptings", "questions_about"]


@dataclass(frozen=True, slots=True)
class Prompting:
    """Why a coding may have been prompted: `turn` (number from 1) of its transcript put a question (guid) about its code, or followed one up.

    `score` is the likeness of the turn to the question where it puts it, and `by_hand` tells that a person said that it does.
    """

    coding: str
    question: str
    turn: int
    how: How
    score: float
    by_hand: bool = False


def prompting(corpus: Corpus, asked: Asked, coding: Coding | Suggestion) -> Prompting | None:
    """Return why *coding*, or what a suggestion would make, may have been prompted, or None where no question about its code was put before it.

    It is the answer in which the coding begins that counts, with all that the asking side said just before. A question about a code asks about the codes
    under it, too.
    """
    if not corpus.is_current(coding):
        return None
    transcript = corpus.transcript(coding.transcript)
    about = {question.guid for question in questions_about(corpus, coding.code)}
    if not about:
        return None
    best: Prompting | None = None
    for number in _asked_before(transcript, coding.span.start):
        link = asked.link(transcript.guid, number)
        for question in link.questions if link is not None else ():
            if link is not None and question in about and (best is None or link.how is How.ASKS):
                best = Prompting(coding.guid, question, number, link.how, link.score, link.by_hand)
    return best


def promptings(corpus: Corpus, asked: Asked, *, coder: str | None = None) -> tuple[Prompting, ...]:
    """Return why codings that carry no mark of how they came up (of *coder*, an id, where given) may have been prompted, in their order."""
    if not asked.links:
        return ()
    unmarked = (
        coding
        for coding in corpus.codings
        if coding.elicited is Elicited.UNMARKED and (coder is None or coding.coder == coder)
    )
    return tuple(found for coding in unmarked if (found := prompting(corpus, asked, coding)) is not None)


def questions_about(corpus: Corpus, code: str) -> tuple[Question, ...]:
    """Return the questions of the guide that ask after a code, or one above it."""
    wanted = set(_upwards(corpus, code))
    return tuple(question for question in corpus.questions if wanted.intersection(question.codes))


def _upwards(corpus: Corpus, code: str) -> Iterator[str]:
    """Yield a code's key and those of the codes above it."""
    at: str | None = code
    while at is not None:
        yield at
        at = corpus.codebook.code(at).parent


def _asked_before(transcript: Transcript, position: int) -> tuple[int, ...]:
    """Return the numbers of the turns in which the asking side last spoke before the answer at *position*."""
    number = transcript.turn_at(position)
    if number is None or transcript.turns[number - 1].role.asks:
        return ()
    while number > 1 and not transcript.turns[number - 2].role.asks:
        number -= 1
    found = []
    while number > 1 and transcript.turns[number - 2].role.asks:
        number -= 1
        found.append(number)
    return tuple(reversed(found))

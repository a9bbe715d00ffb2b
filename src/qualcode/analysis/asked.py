"""Which turns of the asking side ask which questions of the guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.analysis.voices import WORD
from qualcode.model import Corpus, Kind, Question, Role, Transcript

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Asked", "How", "TurnLink", "answers_to", "asked"]

ASKING = frozenset({Role.INTERVIEWER, Role.MODERATOR})


class How(StrEnum):
    """How a turn of the asking side bears on the guide.

    *Asks*: it puts a question of the guide, by likeness or by a person's word. *Follows*: it is like none and goes on after one, so it is taken for a
    probe into that. *Nothing*: it comes before the first question, or a person said that it asks none.
    """

    ASKS = "asks"
    FOLLOWS = "follows"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class TurnLink:
    """What one turn (number from 1) of the asking side asks of the guide; `questions` and `nearest` are guids.

    `score` is the likeness, from 0 to 1, to the question that it asks, or to `nearest`, the question it is most like, where it asks none by
    itself. `by_hand` tells that a person said so.
    """

    transcript: str
    turn: int
    questions: tuple[str, ...]
    how: How
    score: float = 0.0
    nearest: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Asked:
    """The links of all interviews, in order, and the `interviews` (guids) in which anybody asks anything.

    An interview here is a conversation with one person or a group; field notes and documents are none.
    """

    questions: tuple[Question, ...] = ()
    links: tuple[TurnLink, ...] = ()
    interviews: tuple[str, ...] = ()

    @cached_property
    def _by_transcript(self) -> Mapping[str, tuple[TurnLink, ...]]:
        found: dict[str, list[TurnLink]] = {}
        for link in self.links:
            found.setdefault(link.transcript, []).append(link)
        return {guid: tuple(links) for guid, links in found.items()}

    def of(self, transcript: str) -> tuple[TurnLink, ...]:
        """Return the links of a transcript (guid), in order of turns."""
        return self._by_transcript.get(transcript, ())

    def link(self, transcript: str, turn: int) -> TurnLink | None:
        """Return what is known of a turn of a transcript (guid), or None where it is no turn of the asking side."""
        return next((link for link in self.of(transcript) if link.turn == turn), None)

    def turns(self, transcript: str, question: str) -> tuple[TurnLink, ...]:
        """Return the links of the turns that put a question (guid) in a transcript (guid), without those that only follow."""
        return tuple(link for link in self.of(transcript) if link.how is How.ASKS and question in link.questions)

    def asked_in(self, question: str) -> tuple[str, ...]:
        """Return the interviews (guids) in which a question (guid) was put."""
        return tuple(guid for guid in self.interviews if self.turns(guid, question))

    def to_rows(self) -> tuple[tuple[str, int, str, str, float, bool], ...]:
        """Return (transcript guid, turn, numbers of the questions, how, score, by hand) of each turn of the asking side."""
        numbers = {question.guid: question.number for question in self.questions}
        return tuple(
            (link.transcript, link.turn, ", ".join(numbers[q] for q in link.questions), str(link.how), link.score, link.by_hand)
            for link in self.links
        )  # fmt: skip

    def to_frame(self) -> pd.DataFrame:
        """Return a frame with a row per turn of the asking side."""
        import pandas as pd

        columns = ["transcript", "turn", "questions", "how", "score", "by_hand"]
        return pd.DataFrame(list(self.to_rows()), columns=columns)


def asked(corpus: Corpus) -> Asked:
    """Return which turns of interviewers and moderators ask which questions of the study's guide.

    Turns are linked by likeness of words (`qualcode.analysis.likeness`), each interview as one course through the guide; what people said of turns (`corpus.question_links`)
    goes before it. Turns after a question that ask none of the guide's are taken to follow it up.

    Notes
    -----
    The links are a machine's proposal where nobody corrected them. How far they can be trusted was measured on interviews labelled by
    hand: tests/analysis/test_analysis_links.py has the figures.
    """
    interviews = [t for t in corpus.transcripts if t.kind in {Kind.INTERVIEW, Kind.GROUP}]
    asking = {t.guid: tuple(_asking(t)) for t in interviews}
    heard = [t for t in interviews if asking[t.guid]]
    if not corpus.questions or not heard:
        return Asked(corpus.questions, (), tuple(t.guid for t in heard))
    from qualcode.analysis.likeness import likeness

    said = [t.turns[number - 1].span.of(t.text) for t in heard for number in asking[t.guid]]
    scores = likeness([(question.text, question.aspect) for question in corpus.questions], said)
    by_hand = _by_hand(corpus)
    links: list[TurnLink] = []
    at = 0
    for transcript in heard:
        numbers = asking[transcript.guid]
        own = scores[at : at + len(numbers)]
        at += len(numbers)
        known = {number: by_hand[transcript.guid, number] for number in numbers if (transcript.guid, number) in by_hand}
        links += _links(corpus.questions, transcript.guid, numbers, own, known)
    return Asked(corpus.questions, tuple(links), tuple(t.guid for t in heard))


def _asking(transcript: Transcript) -> Iterator[int]:
    """Yield the numbers of the turns in which the asking side says a word; a note taker writes, and does not ask."""
    for number, turn in enumerate(transcript.turns, 1):
        if turn.role in ASKING and WORD.search(transcript.text, turn.span.start, turn.span.end):
            yield number


def _by_hand(corpus: Corpus) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Return what people said of turns, by transcript and turn; of several who spoke of one, the last."""
    known = {question.guid for question in corpus.questions}
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for link in corpus.question_links:
        if not corpus.is_current(link) or not known.issuperset(link.questions):
            continue
        turn = corpus.transcript(link.transcript).turn_at(link.span.start)
        if turn is not None:
            found[link.transcript, turn] = link.questions
    return found


def _links(
    questions: Sequence[Question],
    transcript: str,
    numbers: Sequence[int],
    scores: NDArray[np.float64],
    by_hand: Mapping[int, tuple[str, ...]],
) -> Iterator[TurnLink]:
    """Yield the links of one interview's turns, whose likeness to the questions is *scores*, of shape (n_turns, n_questions)."""
    from qualcode.analysis.likeness import decode

    place = {question.guid: n for n, question in enumerate(questions)}
    fixed = {
        numbers.index(number): max((place[guid] for guid in said), default=None) for number, said in by_hand.items()
    }
    before: tuple[str, ...] = ()
    for row, (number, found) in enumerate(zip(numbers, decode(scores, fixed), strict=True)):
        best = int(scores[row].argmax())
        nearest, score = questions[best].guid, float(scores[row, best])
        said = by_hand.get(number)
        asks = said if said is not None else () if found is None else (questions[found].guid,)
        if asks:
            score = max(float(scores[row, place[guid]]) for guid in asks)
        if asks or said is not None:
            before = asks
        how = How.ASKS if asks else How.FOLLOWS if before and said is None else How.NOTHING
        shown = asks or (before if how is How.FOLLOWS else ())
        yield TurnLink(transcript, number, shown, how, score, nearest, said is not None)


def answers_to(transcript: Transcript, turns: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the turns that answer the asking *turns* (numbers): all up to the next turn of the asking side."""
    found: list[int] = []
    for asking in turns:
        for number in range(asking + 1, len(transcript.turns) + 1):
            if transcript.turns[number - 1].role.asks:
                break
            found.append(number)
    return tuple(found)

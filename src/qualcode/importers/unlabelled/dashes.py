"""Who asks and who answers in captions that mark where somebody else speaks, by a dash or arrows, but name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.importers.speakers.voices import Voices
from qualcode.importers.unlabelled.asking import ask_or_answer, ends_asking, take_sides
from qualcode.importers.unlabelled.talk import ANSWERED, ASKED

__all__ = ["with_sides"]

_FEWEST = 4
"""Fewer passages do not show who asks."""
_FEWEST_QUESTIONS = 2
"""One question is asked in any film; two are an interview's beginning."""
_ASK, _DO_NOT = 0.4, 0.2
"""Of the one side at least so many passages end with a question, of the other at most so many."""
_AGAIN = 6.0
"""What it costs to take both sides of a mark for the same person's."""


def with_sides(found: Voices) -> Voices:
    """Return *found* with ``Tanya`` and ``Jawab`` as the speakers of what marks part, if two take turns; otherwise as it is.

    Where the one side asks and the other does not, each mark is taken for a change between these two.
    """
    if found.rule or not found.marks:
        return found
    starts = [i for i, said in enumerate(found.said) if i == 0 or said.turn]
    passages = [found.said[a:b] for a, b in zip(starts, [*starts[1:], len(found.said)], strict=True)]
    texts = [" ".join(said.text for said in passage) for passage in passages]
    # Below a cue in which two talk, one without a mark may go on with what was said last.
    goes_on = [0.0 if passage[0].mark or i == 0 else _AGAIN for i, passage in enumerate(passages)]
    sides, _ = take_sides([ask_or_answer(text) for text in texts], again=_AGAIN, goes_on=goes_on)
    if len(passages) < _FEWEST or not _differ(texts, sides):
        return found
    named = [
        replace(said, speaker=ASKED if asks else ANSWERED)
        for passage, asks in zip(passages, sides, strict=True)
        for said in passage
    ]
    return replace(found, said=tuple(named), rule="speaker change")


def _differ(texts: Sequence[str], sides: Sequence[bool]) -> bool:
    """Tell whether one side ends with questions and the other does not."""
    asked = [ends_asking(text) for text, asks in zip(texts, sides, strict=True) if asks]
    answered = [ends_asking(text) for text, asks in zip(texts, sides, strict=True) if not asks]
    if sum(asked) < _FEWEST_QUESTIONS or not answered:
        return False
    return sum(asked) >= _ASK * len(asked) and sum(answered) <= _DO_NOT * len(answered)

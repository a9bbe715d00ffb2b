"""The shapes in which a talk is written down without labels, and which of them a text has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qualcode.errors import N_
from qualcode.importers._words import SECTION
from qualcode.importers.speakers.questions import has_question_word
from qualcode.importers.unlabelled.asking import (
    alternation,
    ask_or_answer,
    ends_asking,
    ponders,
    sounds_asking,
    sounds_spoken,
    take_sides,
)
from qualcode.importers.unlabelled.reading import Piece, Reading, Talk, as_turns, is_heading
from qualcode.importers.unlabelled.set_apart import Paragraph
from qualcode.importers.unlabelled.within import within_paragraphs

__all__ = ["read_talk"]


Shape = Callable[[Talk], Reading | None]
_FEWEST = 4
"""From how many questions on hyphens before all that is asked and answered are believed to be those of a dialogue."""


def read_talk(talk: Talk) -> Reading | None:
    """Return the talk in the first shape that fits the paragraphs, or None."""
    # Long dashes before what is asked and before what is answered are those of a dialogue, not of a list.
    if talk.paragraphs and (all(talk.text[p.span.start] in "–—" for p in talk.paragraphs) or _is_dialogue(talk)):
        talk = replace(talk, told=True)
    shapes: tuple[Shape, ...] = (_by_label, within_paragraphs, _by_look, _by_quotes, _by_questions)
    for shape in shapes:
        if (reading := shape(talk)) is not None and _is_a_talk(talk, reading):
            return reading
    return None


def _is_dialogue(talk: Talk) -> bool:
    """Tell whether every paragraph has a hyphen, every other one asks, and people speak as they do."""
    words = [p.words.of(talk.text) for p in talk.paragraphs]
    if len(words) < 2 * _FEWEST or any(talk.text[p.span.start] != "-" for p in talk.paragraphs):
        return False
    turns = all(ends_asking(said) is (at % 2 == 0) for at, said in enumerate(words))
    return turns and sum(map(sounds_spoken, words)) >= 0.4 * len(words)


def _is_a_talk(talk: Talk, reading: Reading) -> bool:
    """Tell whether what was read is spoken: not a list of questions, a page of questions and answers, or an essay."""
    asked = [p.words.of(talk.text) for p in reading.pieces if p.asks]
    answered = [p.words.of(talk.text) for p in reading.pieces if not p.asks]
    if len(asked) < 2 or len(answered) < 2:
        return False
    words = sum(s.count(" ") + 1 for s in answered)
    if words < 0.5 * sum(s.count(" ") + 1 for s in asked):
        return False  # a guide with a heading above each few questions
    spoken = sum(map(sounds_spoken, answered)) / len(answered)
    return talk.told or talk.sure or spoken >= 0.5


def _by_label(talk: Talk) -> Reading | None:
    """Read a talk in which one side alone has labels, as in ``1. Apa pekerjaan Ibu?`` and ``Jawab: Jualan.`` below."""
    if not talk.labelled:
        return None
    asks = next(asks for _, _, asks in talk.labelled.values())
    sides: list[bool] = []
    for p in talk.paragraphs:
        words = p.words.of(talk.text)
        if p.span.start in talk.labelled:
            sides.append(asks)
        elif asks:
            sides.append(False)
        else:
            before = sides[-1] if sides else True
            fresh = "number" in p.looks or (sounds_asking(words) and not ponders(words))
            sides.append(before or fresh)
    if sum(sides) < 2 or sides.count(False) < 2:
        return None
    asking = [sounds_asking(p.words.of(talk.text)) for p, side in zip(talk.paragraphs, sides, strict=True) if side]
    if sum(asking) < 0.5 * len(asking):
        return None
    return as_turns(talk, sides, N_("one label"), sure=sum(asking) >= 0.75 * len(asking))


_LOOKS = {
    "bold": N_("what is bold"),
    "underlined": N_("what is underlined"),
    "number": N_("what is numbered"),
    "italic": N_("what is in italics"),
    "bullet": N_("what has a bullet"),
    "quoted": N_("what is between quotation marks"),
    "capitals": N_("what is in capitals"),
    "indented": N_("what is indented"),
    "heading": N_("what is a heading"),
}
"""Looks that may set one side apart, and how they are called in findings."""


def _by_look(talk: Talk) -> Reading | None:
    """Read a talk whose questions look otherwise than its answers: bold, italic, underlined, in a list, or the answers alone quoted."""
    best: tuple[float, str, list[bool]] | None = None
    asking = [sounds_asking(p.words.of(talk.text)) for p in talk.paragraphs]
    heading = [is_heading(talk, at) for at in range(len(talk.paragraphs))]
    for look in _LOOKS:
        has = [look in p.looks for p in talk.paragraphs]
        with_, without = (
            [a for a, h, t in zip(asking, has, heading, strict=True) if h is side and not t] for side in (True, False)
        )
        if len(with_) < 2 or len(without) < 2:
            continue
        first, second = sum(with_) / len(with_), sum(without) / len(without)
        if abs(first - second) < 0.4 or max(first, second) < 0.5 or min(first, second) > 0.35:
            continue
        sides = [(h if first > second else not h) for h in has]
        runs = _runs([s for s, t in zip(sides, heading, strict=True) if not t])
        if runs < 0.5 * sum(s for s, t in zip(sides, heading, strict=True) if not t):
            continue  # questions below each other that nobody answers
        if best is None or abs(first - second) > best[0] + 0.1:
            best = (abs(first - second), look, sides)
    if best is None:
        return None
    apart, look, sides = best
    heading = [
        t and not (s and _is_answered(talk, sides, heading, at))
        for at, (s, t) in enumerate(zip(sides, heading, strict=True))
    ]
    loose = [p.span.start for p, t in zip(talk.paragraphs, heading, strict=True) if t]
    return as_turns(talk, sides, _LOOKS[look], sure=apart >= 0.6 and len(sides) >= 6, loose=loose)


def _is_answered(talk: Talk, sides: Sequence[bool], heading: Sequence[bool], at: int) -> bool:
    """Tell whether what looks as questions do stands between two answers: it asks without a question mark, as no heading of a section does."""
    p = talk.paragraphs[at]
    words = p.words.of(talk.text)
    if at + 1 >= len(sides) or p.span.start in talk.headings or words[-1:] == ":" or words.isupper():
        return False
    between = at > 0 and not sides[at - 1] and not heading[at - 1] and not sides[at + 1] and not heading[at + 1]
    return between and (has_question_word(words) or (SECTION.match(words) is None and words.count(" ") >= 2))


def _runs(sides: Sequence[bool]) -> int:
    """Return how many times the one who asks begins to speak."""
    return sum(side and (at == 0 or not sides[at - 1]) for at, side in enumerate(sides))


_UNCLOSED, _FORGOTTEN, _ASKED = 9.0, 3.5, 0.1
"""What a quotation that was not closed above counts for the same side going on: more than a question mark where that is the manner
of the text for answers of several paragraphs, less where marks are merely forgotten, hardly anything behind a question."""


def _by_quotes(talk: Talk) -> Reading | None:
    """Read a talk in which every turn is a paragraph between quotation marks, question and answer by turns."""
    units: list[Piece] = []
    reopened: list[float] = []
    loose: list[int] = []
    quoted = other = 0
    open_ = 0.0
    for p in talk.paragraphs:
        length = len(p.words)
        if p.inside or (not p.opens and not p.closes and not open_ and not ends_asking(p.words.of(talk.text))):
            if not (units and _is_note(talk.text, p)):
                loose.append(p.span.start)
                other += length if len(p.words) > 60 or p.inside else 0
            continue
        quoted += length
        if open_ and not p.opens:  # the answer goes on in this paragraph, perhaps to its end
            units.append(Piece(p.span.start, p.words, p.span.end, False, goes_on=True))
            open_ = 0.0 if p.closes else open_
            continue
        units.append(Piece(p.span.start, p.words, p.span.end, False))
        reopened.append(open_)
        asked = ends_asking(p.words.of(talk.text))
        open_ = 0.0 if p.closes or not p.opens else _ASKED if asked else _FORGOTTEN
    if sum(not u.goes_on for u in units) < 4 or other > 0.2 * (quoted + other):
        return None
    if sum(p.opens or p.closes for p in talk.paragraphs) < 0.6 * len(talk.paragraphs):
        return None
    return _alternating(talk, units, reopened, loose, N_("quotes that alternate"))


def _by_questions(talk: Talk) -> Reading | None:
    """Read a talk of bare paragraphs, of which every other one asks."""
    loose = [p.span.start for at, p in enumerate(talk.paragraphs) if is_heading(talk, at)]
    units = [Piece(p.span.start, p.words, p.span.end, False) for p in talk.paragraphs if p.span.start not in loose]
    asking = sum(ends_asking(u.words.of(talk.text)) for u in units)
    if len(units) < 6 or not 0.2 * len(units) <= asking <= 0.65 * len(units):
        return None
    reading = _alternating(talk, units, [0.0] * len(units), loose, N_("questions that alternate"))
    if reading is None:
        return None
    asked = [ends_asking(u.words.of(talk.text)) for u in reading.pieces if u.asks]
    spoken = [sounds_spoken(u.words.of(talk.text)) for u in reading.pieces if not u.asks]
    enough = sum(asked) >= (0.4 if talk.told else 0.6) * len(asked)
    return reading if enough and (talk.told or sum(spoken) >= 0.7 * len(spoken)) else None


def _alternating(
    talk: Talk, units: list[Piece], reopened: list[float], loose: Iterable[int], rule: str
) -> Reading | None:
    """Return the units as a talk, each by the side that it and its neighbours speak for; None if they don't alternate."""
    heads = [u for u in units if not u.goes_on]
    speeches = [u.words.of(talk.text) for u in heads]
    scores = [ask_or_answer(s) for s in speeches]
    below = [score < 1.5 for score, open_ in zip(scores, reopened, strict=True) if open_ > _ASKED]
    if len(below) >= 3 and sum(below) >= 0.75 * len(below):
        reopened = [_UNCLOSED if open_ else 0.0 for open_ in reopened]
    sides, margins = take_sides(scores, goes_on=reopened)
    apart = [side for at, side in enumerate(sides) if not (at and reopened[at] and sides[at - 1] == side)]
    if not 0.2 <= sum(apart) / len(apart) <= 0.7 or alternation(apart) < 0.6:
        return None
    wrong = sum(ends_asking(s) and not side for s, side in zip(speeches, sides, strict=True))
    if wrong > max(1, 0.25 * sides.count(False)) or sum(
        map(sounds_asking, (s for s, a in zip(speeches, sides, strict=True) if a))
    ) < 0.4 * sum(sides):
        return None
    found: list[Piece] = []
    at = -1
    for unit in units:
        if unit.goes_on:
            found.append(replace(unit, asks=found[-1].asks))
            continue
        at += 1
        joins = bool(found) and reopened[at] > 0 and found[-1].asks == sides[at]
        found.append(replace(unit, asks=sides[at], unclear=margins[at] < 1.0, goes_on=joins))
    unclear = sum(m < 1.0 for m in margins)
    return Reading(
        tuple(found), tuple(loose), rule, talk.told and unclear <= 0.1 * len(margins) and alternation(apart) >= 0.9
    )


def _is_note(text: str, p: Paragraph) -> bool:
    words = p.span.of(text)
    return words[0] in "([" and words[-1] in ")]"

"""Questions with their answers behind them in one paragraph, as in ``1. Sudah lama jualan? Sudah, sepuluh tahun``."""

from __future__ import annotations

import re

from qualcode.errors import N_
from qualcode.importers.unlabelled.asking import answers_back, ask_or_answer, ends_asking, ponders, sounds_asking
from qualcode.importers.unlabelled.reading import Piece, Reading, Talk, is_heading
from qualcode.importers.unlabelled.set_apart import Paragraph
from qualcode.model import Span

__all__ = ["within_paragraphs"]


def within_paragraphs(talk: Talk) -> Reading | None:
    """Read paragraphs that hold question and answer, as in ``1. Sudah lama jualan? Sudah, sepuluh tahun`` in one line."""
    pieces: list[Piece] = []
    both = alone = marked = 0
    loose: list[int] = []
    for at, p in enumerate(talk.paragraphs):
        divided = _divided(talk.text, p)
        if divided is not None:
            end, begin = divided
            both += 1
            marked += bool(p.looks & {"number", "bullet"} or p.lead is not None)
            pieces.append(Piece(p.span.start, Span(p.words.start, end), end, True))
            pieces.append(Piece(begin[0], Span(begin[1], p.words.end), p.span.end, False))
        elif is_heading(talk, at):
            loose.append(p.span.start)
        elif ends_asking(p.words.of(talk.text)) and ("number" in p.looks or not pieces or not pieces[-1].asks):
            alone += 1
            pieces.append(Piece(p.span.start, p.words, p.span.end, True))
        else:
            goes_on = bool(pieces) and not pieces[-1].asks
            pieces.append(Piece(p.span.start, p.words, p.span.end, False, goes_on=goes_on))
    if both < 3 or both < 1.5 * alone or not pieces[0].asks:
        return None
    if marked < 0.6 * both and not (talk.told and both >= 0.6 * len(talk.paragraphs)):
        return None
    return Reading(
        tuple(pieces), tuple(loose), N_("question and answer in one paragraph"), marked >= 0.8 * both and talk.told
    )


_ANSWER_WORD = re.compile(
    r"[ \t]*[-–—]?[ \t]*\b(?:jawab(?:an)?|jwb|answer|j|a)[ \t]?\d{0,3}[ \t]*[:=][ \t]*", re.IGNORECASE
)
_QUESTION_END = re.compile(r"\?[\"”’)*_]*(?:[ \t]*[-–—:][ \t]*|[ \t]+)(?=[^\s])")
_LONGEST_QUESTION, _NEAR = 400, 200


def _divided(text: str, p: Paragraph) -> tuple[int, tuple[int, int]] | None:
    """Return where the question in a paragraph ends, and where the answer in it begins (its label or mark, its words), or None."""
    start, end = p.words.start, p.words.end
    if (
        (word := _ANSWER_WORD.search(text, start + 3, end))
        and "?" in text[start : word.start() + 1]
        and word.end() < end
    ):
        return _bare_end(text, start, word.start()), (_skip(text, word.start()), word.end())
    if p.lead is not None and start < p.lead < end and sounds_asking(text[start : p.lead].rstrip(" *_:")):
        begin = _skip(text, p.lead)
        while begin < end and not (text[begin].isalnum() or text[begin] in '"“(…'):
            begin += 1
        if begin < end:
            return _bare_end(text, start, p.lead), (_skip(text, p.lead), begin)
    cut = _QUESTION_END.search(text, start, min(end, start + _LONGEST_QUESTION))
    if cut is None:
        return None
    while (following := _QUESTION_END.search(text, cut.end(), min(end, cut.end() + _LONGEST_QUESTION))) is not None:
        sentence = text[cut.end() : following.start() + 1]
        back = ponders(sentence) or answers_back(text[max(start, cut.end() - _NEAR) : cut.end()], sentence)
        if back or re.search(r"[.!…]\s", sentence) or ask_or_answer(sentence) < 2.0:
            break
        cut = following
    # A numbered paragraph that ends with a question holds an answer too if something is said in between, or taken up.
    rest = text[cut.end() : end]
    takes_up = answers_back(text[max(start, cut.end() - _NEAR) : cut.end()], rest)
    says = "number" in p.looks and (takes_up or re.search(r"[.!…]\s", rest) is not None)
    if any(c.isalnum() for c in text[cut.end() : end]) and (says or not ends_asking(text[start:end])):
        return _bare_end(text, start, cut.end()), (cut.end(), cut.end())
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u00a0":
        at += 1
    return at


def _bare_end(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in "-–—:"):
        end -= 1
    return end

"""The stretches of text that codes are suggested for: segments, without the interviewer's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcode.model import Corpus, Kind, Span, Transcript, turns_in
from qualcode.rules.tagger import question_before

__all__ = ["Unit", "units"]

WITHOUT_TURNS = frozenset({Kind.OBSERVATION, Kind.DOCUMENT})
"""Kinds that are suggested for though nobody speaks in them. In an interview without turns no word has a speaker."""

LINE = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stretch of a transcript; `pieces` are the parts of it that informants speak, in order.

    Units are compared by identity: hashing one by value would hash its whole transcript.

    `group` names whose words they are: units of one group are alike and must not stand on both sides of a test.
    """

    transcript: Transcript
    pieces: tuple[Span, ...]
    group: str

    @property
    def span(self) -> Span:
        """From the first of the informants' words to the last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)

    @property
    def text(self) -> str:
        """The informants' words, pieces apart by a line end."""
        return "\n".join(piece.of(self.transcript.text) for piece in self.pieces)

    @property
    def question(self) -> str:
        """What was asked before the first of the words; empty where nobody asked."""
        number = self.transcript.turn_at(self.pieces[0].start)
        asked = question_before(self.transcript, number) if number is not None else ()
        return "\n".join(self.transcript.text[start:end] for start, end in asked)

    def place(self, span: Span) -> Span:
        """Return where a span of `text`, within one piece, stands in the transcript."""
        at = 0
        for piece in self.pieces:
            if span.start < at + len(piece):
                return Span(span.start - at + piece.start, min(span.end - at + piece.start, piece.end))
            at += len(piece) + 1
        raise ValueError(f"{span} is not in a unit of {at - 1} code points")


def units(corpus: Corpus) -> tuple[Unit, ...]:
    """Return the units of *corpus*: its segments, or voices' turns (lines, of a document) where it has none, in order of the text.

    A segment in which somebody else speaks between informants is as many units: a coding made of one encloses nobody else's words.
    """
    wanted: dict[str, list[Span]] = {}
    for segment in corpus.segments:
        wanted.setdefault(segment.transcript, []).append(segment.span)
    found: list[Unit] = []
    for transcript in corpus.transcripts:
        if transcript.kind is Kind.JOURNAL:
            continue
        spans: Iterable[Span] = (
            sorted(set(wanted.get(transcript.guid, ()))) if corpus.segments else _natural(transcript)
        )
        for span in spans:
            for pieces in _runs(transcript, span):
                found.append(Unit(transcript, pieces, _group(transcript, Span(pieces[0].start, pieces[-1].end))))
    return tuple(found)


def _natural(transcript: Transcript) -> Iterator[Span]:
    """Yield the turns of a transcript, or the lines of one without."""
    if transcript.turns:
        yield from (turn.span for turn in transcript.turns)
    else:
        yield from (Span(*line.span()) for line in LINE.finditer(transcript.text))


def _runs(transcript: Transcript, span: Span) -> Iterator[tuple[Span, ...]]:
    """Yield the parts of *span* that informants speak and that are not blank, those together between which nobody else speaks."""
    if not transcript.turns:
        if transcript.kind in WITHOUT_TURNS and span.of(transcript.text).strip():
            yield (span,)
        return
    run: list[Span] = []
    for _, turn in turns_in(transcript, span.start, span.end):
        part = Span(max(turn.span.start, span.start), min(turn.span.end, span.end))
        if not part.of(transcript.text).strip():
            continue
        if turn.role.is_voice:
            run.append(part)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _group(transcript: Transcript, span: Span) -> str:
    """Return the informants whose voice *span* holds, or the transcript where nobody is named."""
    voices = {t.informant for _, t in turns_in(transcript, span.start, span.end) if t.role.is_voice and t.informant}
    return "+".join(sorted(voices or set(transcript.informants) or {transcript.guid}))

"""Passages: what several coders marked with one code, counted once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from qualcode.analysis.voices import heard, is_voiced
from qualcode.model import Codebook, Codings, Corpus, Elicited, Segment, Span, Stance, turns_in
from qualcode.model.columns import ELICITED, STANCES

__all__ = ["Passage", "SegmentIndex", "codes_shown", "n_superseded", "passages", "unvoiced"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one transcript that bears a code: the union of overlapping codings with that code.

    `span` is in code points; `informants` are guids of those heard in it; `coders` ids, sorted; `codings` the guids it is made of, as they
    stand in the corpus. `stances` and `elicited` hold every mark that any of the codings carries, the empty one included.
    """

    transcript: str
    span: Span
    code: str
    informants: tuple[str, ...]
    coders: tuple[str, ...]
    stances: frozenset[Stance]
    elicited: frozenset[Elicited]
    codings: tuple[str, ...]
    uncertain: bool = False

    @property
    def states(self) -> bool:
        """Whether any coder marked the matter as said of the speaker: present, not marked, past or planned."""
        return bool(self.stances - {Stance.DENIED, Stance.OTHER})

    @property
    def affirms(self) -> bool:
        """Whether any coder marked the matter as present, past or planned; a coding without a mark does not affirm."""
        return bool(self.stances - {Stance.DENIED, Stance.OTHER, Stance.UNMARKED})

    @property
    def denies(self) -> bool:
        """Whether any coder marked the matter as denied."""
        return Stance.DENIED in self.stances

    @property
    def came_up(self) -> Elicited:
        """How the passage came up; prompted where coders differ, so that nothing is called spontaneous too easily."""
        if Elicited.PROMPTED in self.elicited:
            return Elicited.PROMPTED
        return Elicited.SPONTANEOUS if Elicited.SPONTANEOUS in self.elicited else Elicited.UNMARKED


def passages(corpus: Corpus, *, coder: str | None = None, rollup: bool = False) -> tuple[Passage, ...]:
    """Return the coded passages, in order of transcript, place and codebook.

    Codings of one code that share a code point, by whichever coder, are one passage, and its span is their union; codings
    that only touch stay two. Codings on an earlier revision of a text are left out (`n_superseded` counts them), and so are those whose
    words are an interviewer's or a bystander's alone (`unvoiced` has them): a question is context, never evidence.

    Parameters
    ----------
    corpus : Corpus
        The study.
    coder : str, optional
        Count the codings of this coder (id) alone.
    rollup : bool
        Let a coding count for the parents of its code as well.

    Raises
    ------
    NotFoundError
        If there is no such coder.
    """
    return tuple(passage for passage in _all(corpus, coder, rollup=rollup) if _is_voiced(corpus, passage))


def unvoiced(corpus: Corpus, *, coder: str | None = None) -> tuple[Passage, ...]:
    """Return what bears a code although only interviewers or bystanders speak in it: in no count of passages.

    Raises
    ------
    NotFoundError
        If there is no such coder.
    """
    return tuple(passage for passage in _all(corpus, coder, rollup=False) if not _is_voiced(corpus, passage))


def _is_voiced(corpus: Corpus, passage: Passage) -> bool:
    """Tell whether a passage holds anything but interviewers' and bystanders' turns."""
    turns = [turn for _, turn in turns_in(corpus.transcript(passage.transcript), passage.span.start, passage.span.end)]
    return not turns or any(is_voiced(turn) for turn in turns)


def _all(corpus: Corpus, coder: str | None, *, rollup: bool) -> list[Passage]:
    """Return the stretches that bear a code, whoever speaks in them."""
    codings = corpus.codings
    wanted = None if coder is None else codings.coders.numbers.get(corpus.coder(coder).id, -1)
    targets = [_targets(corpus.codebook, key, rollup) for key in codings.codes.names]
    current = _current(corpus)
    rows: dict[tuple[str, str], list[int]] = {}
    for row in range(len(codings)):
        if (wanted is not None and codings.coders.cells[row] != wanted) or not current[codings.revisions.cells[row]]:
            continue
        for key in targets[codings.codes.cells[row]]:
            rows.setdefault((codings.transcripts[row], key), []).append(row)
    place = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
    rank = {code.key: number for number, code in enumerate(corpus.codebook)}
    voices = heard(corpus)
    found = [
        _passage(corpus, transcript, key, group, voices)
        for (transcript, key), members in rows.items()
        for group in _overlapping(codings, members)
    ]
    found.sort(key=lambda p: (place[p.transcript], p.span, rank[p.code]))
    return found


def _targets(codebook: Codebook, key: str, rollup: bool) -> tuple[str, ...]:
    """Return the code and, when rolling up, its ancestors."""
    keys = [key]
    while rollup and (parent := codebook.code(keys[-1]).parent):
        keys.append(parent)
    return tuple(keys)


def _current(corpus: Corpus) -> list[bool]:
    """Tell of each revision that codings name whether it is the text its transcript now has."""
    now = {transcript.revision for transcript in corpus.transcripts}
    return [name in now for name in corpus.codings.revisions.names]


def _overlapping(codings: Codings, rows: Iterable[int]) -> Iterator[list[int]]:
    """Yield *rows* in groups whose spans hang together by shared code points, in order of place."""
    group: list[int] = []
    end = -1
    for row in sorted(rows, key=lambda row: (codings.starts[row], codings.ends[row], row)):
        if group and codings.starts[row] >= end:
            yield group
            group = []
        end = max(end, codings.ends[row]) if group else codings.ends[row]
        group.append(row)
    if group:
        yield group


def _passage(corpus: Corpus, transcript: str, code: str, rows: list[int], voices: frozenset[str]) -> Passage:
    codings = corpus.codings
    span = Span(codings.starts[rows[0]], max(codings.ends[row] for row in rows))
    return Passage(
        transcript=transcript,
        span=span,
        code=code,
        informants=tuple(guid for guid in corpus.informants_of(Segment(transcript, span, "passage")) if guid in voices),
        coders=tuple(sorted({codings.coders[row] for row in rows})),
        stances=frozenset(STANCES[codings.stances[row]] for row in rows),
        elicited=frozenset(ELICITED[codings.elicited[row]] for row in rows),
        codings=tuple(bytes(codings.guids[16 * row : 16 * row + 16]).hex() for row in sorted(rows)),
        uncertain=any(codings.uncertain[row] for row in rows),
    )


def n_superseded(corpus: Corpus) -> int:
    """Return how many codings stand on an earlier revision of their text and are in no count until they are re-anchored."""
    current = _current(corpus)
    return sum(not current[number] for number in corpus.codings.revisions.cells)


def codes_shown(corpus: Corpus) -> tuple[str, ...]:
    """Return the keys that a table of codes has rows for, in codebook order: codes in use, and others that bear codings."""
    used = {corpus.codings.codes.names[number] for number in set(corpus.codings.codes.cells)}
    return tuple(code.key for code in corpus.codebook if code.active or code.key in used)


class SegmentIndex:
    """Finds the segments of a study that a span touches, whether or not they overlap each other."""

    def __init__(self, corpus: Corpus) -> None:
        by_transcript: dict[str, list[Segment]] = {}
        for segment in corpus.segments:
            by_transcript.setdefault(segment.transcript, []).append(segment)
        self._segments = {guid: sorted(found, key=lambda s: s.span) for guid, found in by_transcript.items()}
        self._reach = {
            guid: list(accumulate((s.span.end for s in found), max)) for guid, found in self._segments.items()
        }

    def touched(self, transcript: str, span: Span) -> Iterator[int]:
        """Yield the number, from 0 and by place in the text, of each segment that shares a code point with *span*."""
        segments = self._segments.get(transcript, [])
        for number in range(bisect_right(self._reach.get(transcript, []), span.start), len(segments)):
            if segments[number].span.start >= span.end:
                return
            if segments[number].span.end > span.start:
                yield number

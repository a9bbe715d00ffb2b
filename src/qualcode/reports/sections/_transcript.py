"""The numbered transcript with margin codes: used on informants' pages and on pages of other sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from qualcode.analysis import Passage
from qualcode.model import Corpus, Segment, Span, Stance, Suggestion, Transcript
from qualcode.reports.blocks import Block, Chip, Line, Paragraph, Piece, TranscriptLines
from qualcode.reports.section import Context
from qualcode.reports.words import ROLES

Mark = Passage | Suggestion


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A turn, or a line of text outside turns, before it is made into a line of the report."""

    span: Span
    anchor: str
    number: str
    speaker: str
    voice: bool


def transcript_blocks(corpus: Corpus, context: Context, transcript: Transcript) -> list[Block]:
    """Return the transcript's turns, numbered from 1, each with the codes it bears."""
    _ = context.words
    marks: list[Mark] = [
        *context.facts.of_transcript(transcript.guid),
        *(passage for passage in context.facts.unvoiced if passage.transcript == transcript.guid),
        *context.facts.hits_of_transcript(transcript.guid),
    ]
    stretches = sorted(_stretches(corpus, context, transcript, marks), key=lambda s: s.span)
    touching = _touching(stretches, marks)
    lines = tuple(_line(context, transcript, s, touching[n]) for n, s in enumerate(stretches))
    blocks: list[Block] = []
    if transcript.turns:
        speakers = {turn.speaker: turn for turn in transcript.turns}
        legend = "; ".join(f"{name}: {_(ROLES[turn.role])}" for name, turn in speakers.items())
        blocks.append(
            Paragraph(_("Speakers: {legend}. Headings and header fields between turns are not shown.", legend=legend))
        )
    hidden = sum(context.facts.is_withheld(transcript.guid, stretch.span) for stretch in stretches)
    if hidden:
        said = _(
            "{n} of {whole} turns or lines are not shown, or not wholly: their speakers may not be quoted.",
            n=hidden,
            whole=len(stretches),
        )
        blocks.append(Paragraph(said, "note"))
    return [*blocks, TranscriptLines(transcript.name, lines)]


def _stretches(corpus: Corpus, context: Context, transcript: Transcript, marks: list[Mark]) -> Iterator[_Stretch]:
    for number, turn in enumerate(transcript.turns, 1):
        time = "" if turn.time is None else f" [{int(turn.time) // 60:02d}:{int(turn.time) % 60:02d}]"
        anchor = context.links.line(transcript.guid, number)
        yield _Stretch(turn.span, anchor, str(number), turn.speaker + time, not turn.role.asks)
    wanted: set[int] | None = None
    if transcript.turns:
        outside = [m for m in marks if not corpus.turns_of(Segment(transcript.guid, m.span, "passage"))]
        if not outside:
            return
        wanted = {
            line
            for m in outside
            for line in range(transcript.line_of(m.span.start), transcript.line_of(m.span.end - 1) + 1)
        }
    start = 0
    for number, text in enumerate(transcript.text.split("\n"), 1):
        if text.strip() and (wanted is None or number in wanted):
            shown = str(number) if wanted is None else ""
            yield _Stretch(
                Span(start, start + len(text)), context.links.line(transcript.guid, f"b{number}"), shown, "", True
            )
        start += len(text) + 1


def _touching(stretches: list[_Stretch], marks: list[Mark]) -> defaultdict[int, list[Mark]]:
    """Return the marks that touch each stretch; both are in order of place."""
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    first = 0
    for mark in sorted(marks, key=lambda m: m.span):
        while first < len(stretches) and stretches[first].span.end <= mark.span.start:
            first += 1
        for number in range(first, len(stretches)):
            if stretches[number].span.start >= mark.span.end:
                break
            if stretches[number].span.overlaps(mark.span):
                found[number].append(mark)
    return found


def _line(context: Context, transcript: Transcript, stretch: _Stretch, marks: list[Mark]) -> Line:
    stances: dict[str, frozenset[Stance]] = {}
    machine: dict[str, None] = {}
    for mark in marks:
        if isinstance(mark, Passage):
            stances[mark.code] = stances.get(mark.code, frozenset()) | mark.stances
        else:
            machine[mark.code] = None
    chips: list[Chip] = [context.chip(code, stances[code]) for code in context.facts.codes if code in stances]
    chips += [context.chip(code, machine=True) for code in context.facts.codes if code in machine]
    pieces = tuple(_pieces(context, transcript, stretch.span, marks))
    return Line(stretch.anchor, stretch.number, stretch.speaker, stretch.voice, pieces, tuple(chips))


def _pieces(context: Context, transcript: Transcript, span: Span, marks: list[Mark]) -> Iterator[Piece]:
    """Yield the words of *span* in runs that bear the same codes; one notice for words that are withheld, whatever they bear."""
    if context.shown(transcript.guid, span) == context.notice:
        yield Piece(context.notice, withheld=True)
        return
    cuts = {span.start, span.end}
    for mark in marks:
        cuts.update((max(mark.span.start, span.start), min(mark.span.end, span.end)))
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        here = [m for m in marks if m.span.start <= start and end <= m.span.end]
        coded = [m for m in here if isinstance(m, Passage)]
        shown = coded or here
        codes = dict.fromkeys(m.code for m in shown)
        title = "; ".join(f"{context.labels[c].short} {context.labels[c].title}" for c in codes)
        nearest = min(shown, key=lambda m: len(m.span)).code if shown else ""
        colour = context.labels[nearest].colour if nearest else ""
        text = context.shown(transcript.guid, Span(start, end))
        yield Piece(text, colour, title, machine=bool(here) and not coded, withheld=text == context.notice)

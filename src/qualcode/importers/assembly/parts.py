"""Every stretch of a text and what it was taken for: what `--explain` shows, and what proves that nothing was lost."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from qualcode.importers._base import Part, What
from qualcode.importers._words import normal
from qualcode.importers.header.legend import legend_items, opens_legend
from qualcode.importers.turns import Layout
from qualcode.model import Span, Transcript

__all__ = ["PartsLater", "is_heading", "parts_of", "parts_of_turns"]


class PartsLater(Mapping[str, tuple[Part, ...]]):
    """The parts of one text by its transcript's guid, found when they are asked for: an import that nobody asks to explain needs none."""

    def __init__(self, guid: str, find: Callable[[], tuple[Part, ...]]) -> None:
        self._guid = guid
        self._find = find
        self._found: tuple[Part, ...] | None = None

    def __getitem__(self, guid: str) -> tuple[Part, ...]:
        if guid != self._guid:
            raise KeyError(guid)
        if self._found is None:
            self._found = self._find()
        return self._found

    def __iter__(self) -> Iterator[str]:
        yield self._guid

    def __len__(self) -> int:
        return 1


def parts_of(text: str, layout: Layout) -> tuple[Part, ...]:
    """Return the parts of *text* as *layout* has them, in order; nothing is mended here that the layout has wrong."""
    found = [*_above(text, layout), *_talk(text, layout), *(_loose(text, span) for span in layout.unassigned)]
    if layout.noise:
        spans = sorted(layout.noise)
        starts = [span.start for span in spans]
        # A page number may stand in the middle of what somebody says: the words go on behind it.
        found = [piece for part in found for piece in _without(text, part, _over(part.span, spans, starts))]
        found.extend(Part(span, "noise", "noise") for span in layout.noise)
    return tuple(sorted(found, key=lambda part: part.span.start))


def parts_of_turns(transcript: Transcript, rule: str) -> tuple[Part, ...]:
    """Return the parts of a text that an importer made of responses: every turn one, and nothing between them."""
    return tuple(Part(turn.span, "turn", rule, turn.speaker, turn.role) for turn in transcript.turns)


def is_heading(words: str) -> bool:
    """Tell whether a passage that belongs to no turn is the heading of a section: one short line that is no sentence."""
    return _HEADING.fullmatch(words) is not None


def _loose(text: str, span: Span) -> Part:
    return Part(span, "heading", "short line") if is_heading(span.of(text)) else Part(span, "unassigned")


_HEADING = re.compile(
    r"(?:#{1,6}[ \t]+|[*_]{1,3}|(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)][ \t]+)?[A-Z][^\n\t.?!:;,…\"“”]{2,60}[*_:]{0,3}"
)


def _above(text: str, layout: Layout) -> Iterator[Part]:
    labels = {normal(item.label) for item in layout.legend}
    for span in layout.header:
        line = span.of(text)
        items = legend_items(line, open_=True)[0] if labels else ()
        telling = bool(items) and all(normal(item.label) in labels for item in items)
        what: What = "legend" if telling or (labels and opens_legend(line)) else "header"
        yield Part(span, what, what)


def _talk(text: str, layout: Layout) -> Iterator[Part]:
    for spoken in layout.spoken:
        speaker = layout.speakers[spoken.speaker]
        label = _stripped(text, spoken.label_start, spoken.start)
        if label is not None:
            yield Part(label, "label", speaker.rule, speaker.label, speaker.role)
        if spoken.end > spoken.start:
            yield Part(Span(spoken.start, spoken.end), "turn", speaker.rule, speaker.label, speaker.role)


def _over(span: Span, noise: Sequence[Span], starts: Sequence[int]) -> Sequence[Span]:
    """Return what of *noise*, which is in order and begins at *starts*, may overlap *span*."""
    return noise[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]


def _without(text: str, part: Part, noise: Sequence[Span]) -> Iterator[Part]:
    """Yield what is left of *part* where no noise stands."""
    at = part.span.start
    for span in noise:
        if span.overlaps(part.span):
            piece = _stripped(text, at, max(at, span.start))
            if piece is not None:
                yield _moved(part, piece)
            at = max(at, span.end)
    piece = _stripped(text, at, part.span.end) if at > part.span.start else part.span
    if piece is not None:
        yield _moved(part, piece)


def _moved(part: Part, span: Span) -> Part:
    return Part(span, part.what, part.rule, part.speaker, part.role)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends, or None if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None

"""Where in a transcript each code stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.passage import passages
from qualcode.model import Corpus, Segment, Span, Stance

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Codeline", "Mark", "codelines"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One passage on a codeline: its span in code points, and its first and last turn from 1 (None outside turns)."""

    code: str
    span: Span
    turns: tuple[int, int] | None
    stances: frozenset[Stance]


@dataclass(frozen=True, slots=True)
class Codeline:
    """The coded passages of one transcript along its text of `length` code points and `n_turns` turns."""

    transcript: str
    length: int
    n_turns: int
    marks: tuple[Mark, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that stand on the line, in order of first place."""
        return tuple(dict.fromkeys(mark.code for mark in self.marks))

    def to_rows(self) -> tuple[tuple[str, int, int, int | None, int | None], ...]:
        """Return (code, start, end, first turn, last turn) of each mark, in order of place."""
        return tuple((m.code, m.span.start, m.span.end, *(m.turns or (None, None))) for m in self.marks)

    def to_frame(self) -> pd.DataFrame:
        """Return a frame with a row per mark; positions are code points, turns count from 1."""
        import pandas as pd

        return pd.DataFrame(list(self.to_rows()), columns=["code", "start", "end", "first_turn", "last_turn"])


def codelines(corpus: Corpus, *, informant: str | None = None, coder: str | None = None) -> tuple[Codeline, ...]:
    """Return a codeline for every transcript, or for those in which an informant (guid or id) has a voice.

    For an informant, only the passages that hold the informant's voice are marked.

    Raises
    ------
    NotFoundError
        If there is no such informant or coder.
    """
    shown = corpus.transcripts if informant is None else corpus.transcripts_of(informant)
    only = None if informant is None else corpus.informant(informant).guid
    marks: dict[str, list[Mark]] = {transcript.guid: [] for transcript in shown}
    for passage in passages(corpus, coder=coder):
        if passage.transcript not in marks or (only is not None and only not in passage.informants):
            continue
        turns = [n for n, _ in corpus.turns_of(Segment(passage.transcript, passage.span, "passage"))]
        ends = (turns[0], turns[-1]) if turns else None
        marks[passage.transcript].append(Mark(passage.code, passage.span, ends, passage.stances))
    return tuple(Codeline(t.guid, len(t.text), len(t.turns), tuple(marks[t.guid])) for t in shown)

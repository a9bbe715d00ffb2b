"""How often what was transcribed is no speech: laughter, pauses, unclear passages, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from qualcode.model import Corpus, Transcript
from qualcode.nlp.marks import NAMES, MarkKind
from qualcode.nlp.marks import count_marks as count_in

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MarkCount", "MarkCounts", "count_marks", "mark_counts"]


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many transcription marks of one kind a transcript has."""

    transcript: str
    kind: MarkKind
    n: int


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """The transcription marks of each transcript by kind, in the order of the corpus; kinds that one has not have no row."""

    rows: tuple[MarkCount, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return the counts as dictionaries."""
        return [asdict(row) for row in self.rows]

    def to_frame(self) -> pd.DataFrame:
        """Return the counts as a frame with the columns transcript, kind and n."""
        import pandas as pd

        return pd.DataFrame(self.to_rows(), columns=["transcript", "kind", "n"])


def mark_counts(transcript: Transcript) -> Mapping[MarkKind, int]:
    """Return how many transcription marks of each kind a transcript has: in its turns, or anywhere in a text without turns."""
    if not transcript.turns:
        return count_in(transcript.text, spoken=False)
    counted: Counter[MarkKind] = Counter()
    for turn in transcript.turns:
        counted.update(count_in(turn.span.of(transcript.text)))
    return {kind: counted[kind] for kind in NAMES if counted[kind]}


def count_marks(corpus: Corpus) -> MarkCounts:
    """Return the transcription marks of every transcript of *corpus*, by name."""
    return MarkCounts(
        tuple(
            MarkCount(transcript.name, kind, n)
            for transcript in corpus.transcripts
            for kind, n in mark_counts(transcript).items()
        )
    )

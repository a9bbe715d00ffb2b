"""Masked transcripts, and files that would bring their names back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from qualcode.model import Corpus, Span, Transcript

__all__ = ["Shielded"]

RUN = 4
"""So many words in a row are looked for."""
SAMPLE = 60
"""So many such runs of a text are looked for in another."""
SAME = 0.7
"""From this share of them on the words are the same; interviews by one guide share their questions alone."""


@dataclass(frozen=True, slots=True)
class Shielded:
    """The masked transcripts of a study."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What stands in the place of other words, by the guid of the transcript."""
    samples: tuple[tuple[Transcript, tuple[tuple[str, ...], ...]], ...] = ()

    @classmethod
    def of(cls, corpus: Corpus) -> Self:
        """Return those of *corpus*."""
        spans = defaultdict(list)
        for kept in corpus.kept:
            if kept.place is not None and not kept.guid:
                spans[kept.place[0]].append(kept.place[1])
        masked = [transcript for transcript in corpus.transcripts if transcript.revision in spans]
        return cls(
            {t.guid: frozenset(span.of(t.text) for span in spans[t.revision]) for t in masked},
            tuple((t, _sample(t.text, spans[t.revision])) for t in masked),
        )

    def twin(self, text: str) -> Transcript | None:
        """Return the masked transcript whose words *text* holds, or None."""
        if not self.samples:
            return None
        runs = set(_runs(text))
        for transcript, sample in self.samples:
            if len(sample) >= RUN and sum(run in runs for run in sample) >= SAME * len(sample):
                return transcript
        return None

    def unmasks(self, transcript: Transcript, text: str) -> bool:
        """Tell whether *text* would take the place of the masked *transcript* without its pseudonyms."""
        words = self.words.get(transcript.guid, frozenset())
        return sum(word in text for word in words) * 2 < len(words)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = text.casefold().split()
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _sample(text: str, replaced: Sequence[Span]) -> tuple[tuple[str, ...], ...]:
    """Return runs of words from all over *text*, none of them with what was *replaced*."""
    edges = [0, *(edge for span in sorted(replaced) for edge in (span.start, span.end)), len(text)]
    pieces = (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    # The words at a piece's edges may be halves, as of a name with its clitic.
    runs = [run for piece in pieces for run in _runs(" ".join(piece.split()[1:-1]))]
    return tuple(runs[:: max(1, len(runs) // SAMPLE)])

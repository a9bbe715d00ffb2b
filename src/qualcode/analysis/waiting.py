"""Codings on an earlier text, which wait for a person to place them anew: in no count, but never called absent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qualcode.model import Corpus

__all__ = ["Waiting", "waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many codings of one code stand on an earlier text of one transcript (guid).

    `informants` are the guids of everyone whose voice the transcript is. Where there is one, the codings are on that informant's words;
    where there are more, they may be on anyone's, since the turns of an earlier text are not kept.
    """

    transcript: str
    code: str
    informants: tuple[str, ...]
    codings: int


def waiting(corpus: Corpus) -> tuple[Waiting, ...]:
    """Return the codings that stand on an earlier text, by transcript and code, in the order of the corpus and the codebook."""
    codings = corpus.codings
    now = {transcript.revision for transcript in corpus.transcripts}
    is_old = [name not in now for name in codings.revisions.names]
    counts = Counter(
        (codings.transcripts[row], codings.codes[row])
        for row, revision in enumerate(codings.revisions.cells)
        if is_old[revision]
    )
    return tuple(
        Waiting(transcript.guid, code.key, voices, counts[transcript.guid, code.key])
        for transcript in corpus.transcripts
        for voices in [
            tuple(dict.fromkeys([*transcript.informants, *(t.informant for t in transcript.turns if t.informant)]))
        ]
        for code in corpus.codebook
        if (transcript.guid, code.key) in counts
    )

"""A study as it can be compared whatever files it came from: who says what in which role, and the figures of the report."""

from __future__ import annotations

from collections import Counter

from qualcode.agreement import agree
from qualcode.analysis import code_matrix, frequency
from qualcode.model import Corpus, Transcript

__all__ = ["coded", "counted", "people", "said"]


def said(transcript: Transcript, names: dict[str, str]) -> list[list[str]]:
    """Return role, informant and words of every turn; *names* gives the ids of informants by guid. Labels and line ends are left out."""
    return [
        [str(turn.role), names.get(turn.informant or "", ""), " ".join(turn.span.of(transcript.text).split())]
        for turn in transcript.turns
    ]


def people(corpus: Corpus) -> dict[str, object]:
    """Return category and attributes of every informant, by id."""
    return {i.id: {"category": i.category, "attributes": dict(sorted(i.attributes.items()))} for i in corpus.informants}


def coded(corpus: Corpus) -> list[list[object]]:
    """Return how many passages each coder gave each code in each transcript."""
    names = {t.guid: t.name for t in corpus.transcripts}
    coders = {c.guid: c.id for c in corpus.coders}
    marks = Counter((coders.get(c.coder, c.coder), names[c.transcript], c.code) for c in corpus.codings)
    return sorted([*mark, n] for mark, n in marks.items())


def counted(corpus: Corpus) -> dict[str, object]:
    """Return the figures of the report: frequency, the matrix of informants and codes, and agreement."""
    matrix = code_matrix(corpus, by="informant")
    cells = {
        row: {code: [cell.passages, cell.symbol] for code in matrix.codes if (cell := matrix.cell(row, code)).passages}
        for row in matrix.rows
    }
    agreement = [
        [
            row["measure"],
            row["code"],
            None if row["value"] is None else round(float(str(row["value"])), 9),
            row["n_units"],
            row["marked"],
        ]
        for measure in ("alpha", "percent")
        for row in agree(corpus, coders=["rani", "dewi"], measure=measure).to_rows()
    ]
    return {"frequency": [list(row) for row in frequency(corpus).to_rows()], "matrix": cells, "agreement": agreement}

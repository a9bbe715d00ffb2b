"""The interview guide as rows, with where it was asked, and the matrix that tells asked but not mentioned from empty."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis import asked, code_matrix, codes_shown
from qualcode.errors import N_
from qualcode.model import Corpus

__all__ = ["GUIDE_COLUMNS", "guide_rows", "matrix_codes", "matrix_rows"]

GUIDE_COLUMNS: dict[str, str] = {
    "number": N_("no."),
    "question": N_("question"),
    "research_question": N_("research question"),
    "aspect": N_("aspect"),
    "codes": N_("code key"),
    "asked": N_("asked in so many interviews"),
    "interviews": N_("interviews in all"),
    "asked_in": N_("asked in interviews"),
}


def guide_rows(corpus: Corpus) -> Iterator[list[str | int | tuple[str, ...]]]:
    """Yield a row a question, in the order of `GUIDE_COLUMNS`."""
    found = asked(corpus)
    names = {transcript.guid: transcript.name for transcript in corpus.transcripts}
    serves = {question.guid: f"{question.number}. {question.text}" for question in corpus.research_questions}
    for question in corpus.questions:
        interviews = tuple(names[guid] for guid in found.asked_in(question.guid))
        yield [
            question.number,
            question.text,
            serves.get(question.research_question, ""),
            question.aspect,
            tuple(code.key for code in corpus.codebook if code.key in question.codes),
            len(interviews),
            len(found.interviews),
            interviews,
        ]


def matrix_codes(corpus: Corpus) -> tuple[str, ...]:
    """Return the codes that the matrix has columns for."""
    return codes_shown(corpus)


def matrix_rows(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    """Yield a row an informant: id, then the sign of each code, as `qualcode.analysis.CodeMatrix` has it."""
    yield from code_matrix(corpus).to_rows()

"""Corpus → results: who speaks of what, how often, where and together with what. Pure functions, frozen results."""

from qualcode.analysis.absence import Absences, Silence, absences, silence, unread_informants
from qualcode.analysis.counts import CodeCount, Frequency, frequency
from qualcode.analysis.hits import PendingCount, is_automatic, pending, pending_counts, untouched
from qualcode.analysis.matrix import SYMBOLS, Cell, CodeMatrix, code_matrix
from qualcode.analysis.pairs import Answer, AnswerMatrix, Cooccurrence, answer_matrix, cooccurrence
from qualcode.analysis.passage import Passage, codes_shown, n_superseded, passages, unvoiced
from qualcode.analysis.positions import Codeline, Mark, codelines
from qualcode.analysis.voices import heard
from qualcode.analysis.waiting import Waiting, waiting

__all__ = [
    "SYMBOLS",
    "Absences",
    "Answer",
    "AnswerMatrix",
    "Cell",
    "CodeCount",
    "CodeMatrix",
    "Codeline",
    "Cooccurrence",
    "Frequency",
    "Mark",
    "Passage",
    "PendingCount",
    "Silence",
    "Waiting",
    "absences",
    "answer_matrix",
    "code_matrix",
    "codelines",
    "codes_shown",
    "cooccurrence",
    "frequency",
    "heard",
    "is_automatic",
    "n_superseded",
    "passages",
    "pending",
    "pending_counts",
    "silence",
    "unread_informants",
    "untouched",
    "unvoiced",
    "waiting",
]

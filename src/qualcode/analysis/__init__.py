"""Corpus → results: who speaks of what, how often, where and together with what. Pure functions, frozen results."""

from qualcode.analysis.absence import Absences, Silence, absences, silence, unread_informants
from qualcode.analysis.asked import Asked, How, TurnLink, answers_to, asked
from qualcode.analysis.counts import CodeCount, Frequency, frequency
from qualcode.analysis.hits import PendingCount, is_automatic, pending, pending_counts, untouched
from qualcode.analysis.marks import MarkCount, MarkCounts, count_marks, mark_counts
from qualcode.analysis.matrix import ASKED, SYMBOLS, Cell, CodeMatrix, code_matrix
from qualcode.analysis.pairs import Answer, AnswerMatrix, Cooccurrence, answer_matrix, cooccurrence
from qualcode.analysis.passage import Passage, codes_shown, n_superseded, passages, unvoiced
from qualcode.analysis.positions import Codeline, Mark, codelines
from qualcode.analysis.prompted import Prompting, prompting, promptings, questions_about
from qualcode.analysis.unmentioned import Unmentioned, WhyUnmentioned, unmentioned
from qualcode.analysis.voices import heard
from qualcode.analysis.waiting import Waiting, waiting

__all__ = [
    "ASKED",
    "SYMBOLS",
    "Absences",
    "Answer",
    "AnswerMatrix",
    "Asked",
    "Cell",
    "CodeCount",
    "CodeMatrix",
    "Codeline",
    "Cooccurrence",
    "Frequency",
    "How",
    "Mark",
    "MarkCount",
    "MarkCounts",
    "Passage",
    "PendingCount",
    "Prompting",
    "Silence",
    "TurnLink",
    "Unmentioned",
    "Waiting",
    "WhyUnmentioned",
    "absences",
    "answer_matrix",
    "answers_to",
    "asked",
    "code_matrix",
    "codelines",
    "codes_shown",
    "cooccurrence",
    "count_marks",
    "frequency",
    "heard",
    "is_automatic",
    "mark_counts",
    "n_superseded",
    "passages",
    "pending",
    "pending_counts",
    "prompting",
    "promptings",
    "questions_about",
    "silence",
    "unmentioned",
    "unread_informants",
    "untouched",
    "unvoiced",
    "waiting",
]

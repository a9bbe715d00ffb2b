"""The words of the field as frozen values; needs the standard library alone."""

from qualcode.model.codebook import Code, Codebook, Family
from qualcode.model.coding import (
    Coder,
    Coding,
    Decision,
    Elicited,
    Evidence,
    Memo,
    Origin,
    Question,
    QuestionLink,
    Quote,
    Reading,
    Relation,
    RelationKind,
    ResearchQuestion,
    Round,
    Stance,
    Study,
    Suggestion,
    Theme,
    Verdict,
)
from qualcode.model.columns import Codings
from qualcode.model.corpus import Corpus, turns_in
from qualcode.model.finding import Finding, Level
from qualcode.model.span import Span
from qualcode.model.transcript import AttributeValue, Informant, Kind, Role, Segment, Transcript, Turn

__all__ = [
    "AttributeValue",
    "Code",
    "Codebook",
    "Coder",
    "Coding",
    "Codings",
    "Corpus",
    "Decision",
    "Elicited",
    "Evidence",
    "Family",
    "Finding",
    "Informant",
    "Kind",
    "Level",
    "Memo",
    "Origin",
    "Question",
    "QuestionLink",
    "Quote",
    "Reading",
    "Relation",
    "RelationKind",
    "ResearchQuestion",
    "Role",
    "Round",
    "Segment",
    "Span",
    "Stance",
    "Study",
    "Suggestion",
    "Theme",
    "Transcript",
    "Turn",
    "Verdict",
    "turns_in",
]

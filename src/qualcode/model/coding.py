"""What people decide about text, and what a machine proposes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qualcode.errors import shorten
from qualcode.model.span import Span
from qualcode.model.transcript import EMPTY

__all__ = [
    "Coder",
    "Coding",
    "Decision",
    "Elicited",
    "Evidence",
    "Memo",
    "Near",
    "Origin",
    "Question",
    "QuestionLink",
    "Quote",
    "Reading",
    "Relation",
    "RelationKind",
    "ResearchQuestion",
    "Round",
    "RuleDecision",
    "RuleVerdict",
    "Stance",
    "Study",
    "Suggestion",
    "Theme",
    "Verdict",
]


class Stance(StrEnum):
    """What the speaker says of the code's matter. Never suggested by a machine; empty when not marked."""

    UNMARKED = ""
    PRESENT = "present"
    DENIED = "denied"
    PAST = "past"
    PLANNED = "planned"
    OTHER = "other"


class Elicited(StrEnum):
    """How a passage came up: of itself, or after a question on its matter; empty when not marked."""

    UNMARKED = ""
    SPONTANEOUS = "spontaneous"
    PROMPTED = "prompted"


class Origin(StrEnum):
    """How a coding came about. All of them are a person's decision but *imported*, which is the imported coder's."""

    HUMAN = "human"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    IMPORTED = "imported"


class Verdict(StrEnum):
    """What a person decided about a suggestion."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class RuleVerdict(StrEnum):
    """What a person decided about a keyword rule of a code: taken over, to stay as it is, or never to be proposed again."""

    ACCEPTED = "accepted"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"


class RelationKind(StrEnum):
    """How one code bears on another in what an informant says. *Answers*: a strategy answers a challenge."""

    ANSWERS = "answers"
    CAUSE = "cause"
    CONDITION = "condition"
    CONSEQUENCE = "consequence"


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes; `id` is the short name used everywhere."""

    guid: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of coding with a purpose, such as an independent round before discussion."""

    guid: str
    name: str
    blind: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's decision that a span of a transcript's revision bears a code.

    `code` is the code's key, `coder` the coder's id, `transcript` and `revision` guids, `round` a round's name.
    """

    guid: str
    transcript: str
    revision: str
    span: Span
    code: str
    coder: str
    at: datetime
    codebook_version: str = ""
    round: str = ""
    origin: Origin = Origin.HUMAN
    stance: Stance = Stance.UNMARKED
    elicited: Elicited = Elicited.UNMARKED
    uncertain: bool = False
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A span that a coder has read: uncoded text inside it means "nothing", outside it means unread."""

    guid: str
    transcript: str
    revision: str
    span: Span
    coder: str
    at: datetime
    round: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """An analytic note. `about` is the guid of what it is on, or empty for the study.

    `kind` is note, summary (an informant's case summary, by the researcher's own hand), tension (what does not fit),
    or cell (a framework-matrix cell: then `code` is set).
    """

    guid: str
    text: str
    coder: str
    at: datetime
    about: str = ""
    kind: str = "note"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a hit or a suggestion.

    `text` is what stood in the transcript, `span` where (if anywhere), `rule` the codebook rule that matched, `weight` the
    learner's contribution in log-odds (0.0 for a rule), `source` answer or question.
    """

    text: str
    span: Span | None = None
    rule: str = ""
    weight: float = 0.0
    source: str = "answer"

    def __str__(self) -> str:
        return f"“{self.text}” ({shorten(self.rule) if self.rule else format(self.weight, '+.2f')})"


@dataclass(frozen=True, slots=True)
class Near:
    """A coding (guid) of the suggested code by a person, and how like its passage is: 0 nothing in common, 1 the same words.

    `span` is where, in the text of that coding's transcript, its words speak most for the code: what to show of a long passage.
    """

    coding: str
    likeness: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model's proposal that a span bears a code: never a coding.

    `score` is a calibrated probability, or `math.nan` where the recipe gives none (keyword rules). `quote` is the text of
    the span, for display. `guid` is stable for the same recipe, span and code. `near` are the most like passages that people coded so.
    `why` is the reason, a message id, why a queue puts it before the coder, empty for a plain suggestion. `code` is empty where a queue
    proposes a passage to read and no code. `coding` is the guid of the coding that a queue asks about, empty where there is none.
    """

    guid: str
    transcript: str
    revision: str
    span: Span
    code: str
    recipe: str
    score: float = math.nan
    evidence: tuple[Evidence, ...] = ()
    quote: str = ""
    near: tuple[Near, ...] = ()
    why: str = ""
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coder decided about a suggestion, with what was shown, so that it stays readable.

    `blind` is what they had decided before it was shown: accepted where they had given its code, rejected where they had not;
    None where the suggestion was seen first. `recipe` ends in ``/rest``, ``/rare`` or ``/disagreement`` where nothing was suggested and a queue
    only asked.
    """

    guid: str
    suggestion: str
    transcript: str
    revision: str
    span: Span
    code: str
    verdict: Verdict
    coder: str
    at: datetime
    recipe: str = ""
    score: float = math.nan
    evidence: str = ""
    seconds: float | None = None
    corrected: str = ""
    blind: Verdict | None = None

    @property
    def asked(self) -> str:
        """The order that asked about the passage where it was no plain suggestion: rest, rare or disagreement; else empty."""
        return self.recipe.partition("/")[2]


@dataclass(frozen=True, slots=True)
class RuleDecision:
    """What a coder decided about a keyword rule of a code, with the figures that were shown; `code` is the code's key."""

    guid: str
    code: str
    rule: str
    verdict: RuleVerdict
    coder: str
    at: datetime
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A coding that the researcher chose to print. `printable` has only `[…]` and `[ ]` changes; empty means as spoken."""

    guid: str
    coding: str
    chosen: bool = True
    printable: str = ""
    translation: str = ""
    translator: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A person's claim that one code bears on another, for one informant (guid) or the whole study (empty).

    `worked` is the informant's own judgement: yes, no, partly or empty. `codings` are the guids it rests on.
    """

    guid: str
    source: str
    target: str
    kind: RelationKind = RelationKind.ANSWERS
    informant: str = ""
    worked: str = ""
    memo: str = ""
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A named claim over codes."""

    guid: str
    statement: str
    codes: tuple[str, ...] = ()
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ResearchQuestion:
    """A *rumusan masalah* of the study."""

    guid: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview guide, linked to the codes it asks after and to the research question (guid) it serves."""

    guid: str
    number: str
    text: str
    aspect: str = ""
    codes: tuple[str, ...] = ()
    research_question: str = ""


@dataclass(frozen=True, slots=True)
class QuestionLink:
    """A person's word that a turn of the asking side asks these questions (guids) of the guide; none: it asks none of them.

    It stands on the turn's words (`span` of `revision`) and goes before what likeness says of them. `coder` is an id.
    """

    guid: str
    transcript: str
    revision: str
    span: Span
    questions: tuple[str, ...]
    coder: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Study:
    """What a study says of itself.

    `identity` holds the fields of *Identitas penelitian* (researcher, place, period, sampling …) as written by people.
    `approach` is reflexive, codebook, reliability, content or empty. `informant_label` is the study's word for informant.
    `simulated` marks a study whose people and words are made up. `generalise` says of attributes by name how they are made coarser
    before they are shown (see `qualcode.privacy.generalise`).
    """

    guid: str = ""
    title: str = ""
    approach: str = ""
    informant_label: str = "informan"
    segmenter: str = "turn"
    simulated: bool = False
    identity: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)
    generalise: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)

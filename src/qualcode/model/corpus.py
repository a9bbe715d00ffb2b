"""The whole of a study as an immutable value: the only input of every analysis."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from qualcode.errors import N_, InputError, NotFoundError
from qualcode.model.codebook import Codebook
from qualcode.model.coding import (
    Coder,
    Coding,
    Decision,
    Memo,
    Question,
    QuestionLink,
    Quote,
    Reading,
    Relation,
    ResearchQuestion,
    Round,
    RuleDecision,
    Study,
    Suggestion,
    Theme,
)
from qualcode.model.columns import Codings
from qualcode.model.consent import Consent
from qualcode.model.privacy import Kept, Sharing
from qualcode.model.span import Span
from qualcode.model.transcript import EMPTY, Informant, Role, Segment, Transcript, Turn

__all__ = ["Corpus"]


@dataclass(frozen=True)
class Corpus:
    """Everything a study holds, at one moment.

    Corpora are compared by value and never change; `with_` returns a changed copy. References are checked once, here.
    `earlier_texts` holds, by guid, the texts of earlier revisions on which something still stands. `withheld` says, by revision, which
    stretches are blocked out because their speaker may not be quoted (see `qualcode.privacy.consent.withhold`).

    Raises
    ------
    InputError
        If a coding, segment or informant refers to something that is not in the corpus, or a span leaves its text.
    """

    study: Study = field(default_factory=Study)
    transcripts: tuple[Transcript, ...] = ()
    informants: tuple[Informant, ...] = ()
    consents: tuple[Consent, ...] = ()
    codebook: Codebook = field(default_factory=lambda: Codebook("kosong"))
    segments: tuple[Segment, ...] = ()
    coders: tuple[Coder, ...] = ()
    rounds: tuple[Round, ...] = ()
    codings: Codings = field(default_factory=Codings)
    readings: tuple[Reading, ...] = ()
    memos: tuple[Memo, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rule_decisions: tuple[RuleDecision, ...] = ()
    quotes: tuple[Quote, ...] = ()
    relations: tuple[Relation, ...] = ()
    themes: tuple[Theme, ...] = ()
    research_questions: tuple[ResearchQuestion, ...] = ()
    questions: tuple[Question, ...] = ()
    question_links: tuple[QuestionLink, ...] = ()
    kept: tuple[Kept, ...] = ()
    sharings: tuple[Sharing, ...] = ()
    earlier_texts: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)
    withheld: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        names: set[str] = set()
        for transcript in self.transcripts:
            if transcript.name in names:
                raise InputError(N_("two transcripts are called {name!r}"), name=transcript.name)
            names.add(transcript.name)
        known = {informant.guid for informant in self.informants}
        for transcript in self.transcripts:
            for guid in (
                *transcript.informants,
                *(turn.informant for turn in transcript.turns if turn.informant),
            ):
                if guid not in known:
                    raise InputError(
                        N_("transcript {name!r} names an informant that is not in the corpus"),
                        name=transcript.name,
                    )
        codings = self.codings
        keys = {code.key for code in self.codebook}
        for key in codings.codes.names:
            if key not in keys:
                raise InputError(N_("a coding bears the code {key!r}, which is not in the codebook"), key=key)
        for guid in codings.transcripts.names:
            if guid not in self._by_guid:
                raise InputError(N_("a coding refers to a transcript that is not in the corpus"))
        end_of_any = sys.maxsize  # an earlier revision's text is not in the corpus
        lengths = {t.revision: len(t.text) for t in self.transcripts}
        limits = [lengths.get(name, end_of_any) for name in codings.revisions.names]
        for revision, end in zip(codings.revisions.cells, codings.ends, strict=True):
            if end > limits[revision]:
                raise InputError(N_("a coding ends at {end}, after the end of its text"), end=end)

    @cached_property
    def _by_guid(self) -> dict[str, Transcript]:
        return {transcript.guid: transcript for transcript in self.transcripts}

    @cached_property
    def _by_name(self) -> dict[str, Transcript]:
        return {transcript.name: transcript for transcript in self.transcripts}

    @cached_property
    def _consents(self) -> dict[str, Consent]:
        return {consent.informant: consent for consent in self.consents}

    @cached_property
    def _informants(self) -> dict[str, Informant]:
        found = {informant.guid: informant for informant in self.informants}
        return {**{informant.id: informant for informant in self.informants}, **found}

    def with_(self, **changes: object) -> Corpus:
        """Return a copy with *changes* to its fields."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def transcript(self, name: str) -> Transcript:
        """Return the transcript with guid or name *name*.

        Raises
        ------
        NotFoundError
            With the nearest names, if there is none.
        """
        found = self._by_guid.get(name) or self._by_name.get(name)
        if found is None:
            raise NotFoundError(N_("no transcript {name!r} in this study"), name=name, known=self._by_name)
        return found

    def informant(self, name: str) -> Informant:
        """Return the informant with guid or id *name*.

        Raises
        ------
        NotFoundError
            With the nearest ids, if there is none.
        """
        found = self._informants.get(name)
        if found is None:
            raise NotFoundError(
                N_("no informant {name!r} in this study"), name=name, known=[i.id for i in self.informants]
            )
        return found

    def consent(self, name: str) -> Consent:
        """Return what the informant (guid or id) agreed to; an empty entry where nothing is recorded."""
        guid = self.informant(name).guid
        return self._consents.get(guid, Consent(guid))

    def coder(self, name: str) -> Coder:
        """Return the coder with guid or id *name*.

        Raises
        ------
        NotFoundError
            With the nearest ids, if there is none.
        """
        for coder in self.coders:
            if name in {coder.guid, coder.id}:
                return coder
        raise NotFoundError(N_("no coder {name!r} in this study"), name=name, known=[c.id for c in self.coders])

    def is_current(self, coding: Coding | Suggestion | Reading | Decision | QuestionLink) -> bool:
        """Tell whether the coding stands on the text its transcript now has (not on an earlier revision)."""
        transcript = self._by_guid.get(coding.transcript)
        return transcript is not None and transcript.revision == coding.revision

    def quote(self, coding: Coding | Suggestion | Segment | Reading | Decision) -> str:
        """Return the text of the span, exactly as in the transcript, or as in the earlier revision that it stands on.

        Empty where that revision's text is not in the corpus, because it was erased.
        """
        if isinstance(coding, Segment) or self.is_current(coding):
            return coding.span.of(self.transcript(coding.transcript).text)
        return coding.span.of(self.earlier_texts.get(coding.revision, ""))

    def turns_of(self, coding: Coding | Suggestion | Segment | Reading | Decision) -> tuple[tuple[int, Turn], ...]:
        """Return the turns that the span touches, each with its number from 1."""
        transcript = self.transcript(coding.transcript)
        return tuple(turns_in(transcript, coding.span.start, coding.span.end))

    def informants_of(self, coding: Coding | Suggestion | Segment | Reading | Decision) -> tuple[str, ...]:
        """Return the guids of those whose voice the span holds.

        These are the informants of the turns it touches; in a transcript without turns, or where turns name nobody, those of
        the transcript when it has exactly one. What only an interviewer or a bystander says is nobody's.
        """
        transcript = self.transcript(coding.transcript)
        turns = [turn for _, turn in turns_in(transcript, coding.span.start, coding.span.end)]
        found = dict.fromkeys(turn.informant for turn in turns if turn.informant)
        if found:
            return tuple(found)
        if turns and all(turn.role.asks or turn.role is Role.BYSTANDER for turn in turns):
            return ()
        return transcript.informants if len(transcript.informants) == 1 else ()

    def transcripts_of(self, informant: str) -> tuple[Transcript, ...]:
        """Return the transcripts in which the informant (guid or id) has a voice, in corpus order."""
        guid = self.informant(informant).guid
        return tuple(
            t for t in self.transcripts if guid in t.informants or any(turn.informant == guid for turn in t.turns)
        )


def turns_in(transcript: Transcript, start: int, end: int) -> Iterable[tuple[int, Turn]]:
    """Yield the turns of *transcript* that touch code points *start* to *end*, each with its number from 1."""
    low, high = 0, len(transcript.turns)
    while low < high:
        middle = (low + high) // 2
        if transcript.turns[middle].span.end <= start:
            low = middle + 1
        else:
            high = middle
    for number in range(low, len(transcript.turns)):
        turn = transcript.turns[number]
        if turn.span.start >= end:
            return
        yield number + 1, turn

"""What a suggester is, and what every suggester keeps to."""

from __future__ import annotations

import hashlib
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple, Self

from qualcode.model import Corpus, Evidence, Span, Suggestion, Verdict
from qualcode.suggesters._units import Unit, units

__all__ = ["Proposal", "Suggester", "suggestion_of"]


class Proposal(NamedTuple):
    """A unit, the key of a code, the score (NaN where the recipe gives none), and what finds the evidence when it is shown.

    `hits` is how many stretches of the unit speak for the code: what orders proposals without a score.
    """

    unit: Unit
    code: str
    score: float
    evidence: Callable[[], tuple[Evidence, ...]]
    hits: int = 0


class Suggester(ABC):
    """One recipe for proposing codes. The same corpus and seed give the same suggestions in the same order.

    Parameters
    ----------
    seed : int
        Of whatever is random in the recipe.

    Attributes
    ----------
    reasons : Mapping of code key to str
        After `fit`: why a code is not suggested, or what limits its scores. English message ids without parameters.
    silent : frozenset of str
        After `fit`: the codes that are not suggested.
    """

    recipe: ClassVar[str]
    """Name and version of the recipe, kept with every suggestion and decision: a change in what it does is a new version."""

    suggests_read: ClassVar[bool] = False
    """Whether passages that were read before are suggested, too: for codes that were not there yet when they were read."""

    def __init__(self, *, seed: int = 0) -> None:
        self.seed = seed
        self.reasons: Mapping[str, str] = MappingProxyType({})
        self.silent: frozenset[str] = frozenset()

    @abstractmethod
    def fit(self, corpus: Corpus) -> Self:
        """Learn from the codings, readings and decisions that *corpus* shows, and return the suggester."""

    @abstractmethod
    def propose(self, corpus: Corpus, open_units: Mapping[str, tuple[Unit, ...]]) -> Iterable[Proposal]:
        """Yield what the recipe proposes.

        *open_units* holds, for each code asked for, the units it may still be suggested for.
        """

    def suggest(
        self,
        corpus: Corpus,
        *,
        code: str | None = None,
        n: int | None = None,
        coder: str | None = None,
        among: Callable[[Unit], bool] | None = None,
        every: Sequence[Unit] | None = None,
    ) -> tuple[Suggestion, ...]:
        """Return suggestions, the highest score first; those without a score by their hits, then in order of speech.

        Only informants' words are suggested. A unit is a segment, or a voice's turn where the corpus has no segments. A unit that
        bears the code already, or on which the code was accepted, corrected or rejected, is not suggested again; one that was
        skipped is.

        Parameters
        ----------
        corpus : Corpus
            What to suggest for, usually the one fitted on.
        code : str, optional
            Key of the only code to suggest.
        n : int, optional
            At most so many.
        coder : str, optional
            Id of the coder asking: only their own codings and decisions count as settled. Everyone's by default.
        among : callable, optional
            Tells of a unit whether it may be suggested at all. Any may by default.
        every : sequence of Unit, optional
            The units of *corpus*, where they were made before: of a large study that takes seconds.

        Raises
        ------
        NotFoundError
            If the codebook has no such *code*.
        """
        keys = [corpus.codebook.code(code).key] if code is not None else [one.key for one in corpus.codebook.active]
        settled = _settled(corpus, coder)
        asked = [unit for unit in (units(corpus) if every is None else every) if among is None or among(unit)]
        open_units = {
            key: tuple(
                unit
                for unit in asked
                if not any(unit.span.overlaps(span) for span in settled.get((unit.transcript.revision, key), ()))
            )
            for key in keys
            if key not in self.silent
        }
        place = {transcript.guid: number for number, transcript in enumerate(corpus.transcripts)}
        order = {one.key: number for number, one in enumerate(corpus.codebook)}
        found = sorted(
            self.propose(corpus, open_units),
            key=lambda p: (
                0.0 if math.isnan(p.score) else -p.score,
                -p.hits,
                place[p.unit.transcript.guid],
                p.unit.span,
                order[p.code],
            ),
        )
        return tuple(suggestion_of(self.recipe, proposal) for proposal in found[:n])


def suggestion_of(recipe: str, proposal: Proposal, *, why: str = "", coding: str = "") -> Suggestion:
    """Return the suggestion that *recipe* makes of *proposal*, its evidence looked up."""
    unit, key, score, evidence, _ = proposal
    return Suggestion(
        guid=_guid(recipe, unit, key),
        transcript=unit.transcript.guid,
        revision=unit.transcript.revision,
        span=unit.span,
        code=key,
        recipe=recipe,
        score=score,
        evidence=evidence(),
        quote=unit.span.of(unit.transcript.text),
        why=why,
        coding=coding,
    )


def _settled(corpus: Corpus, coder: str | None) -> dict[tuple[str, str], list[Span]]:
    """Return the spans that are coded or decided, by revision and code; skipping decides nothing."""
    settled: dict[tuple[str, str], list[Span]] = {}
    decided = (decision for decision in corpus.decisions if decision.verdict is not Verdict.SKIPPED)
    for thing in (*corpus.codings, *decided):
        if coder is None or thing.coder == coder:
            settled.setdefault((thing.revision, thing.code), []).append(thing.span)
    return settled


def _guid(recipe: str, unit: Unit, key: str) -> str:
    """Return 32 hex digits that are the same whenever the recipe proposes this code for this span of this text."""
    name = f"{recipe}|{unit.transcript.revision}|{unit.span.start}|{unit.span.end}|{key}"
    return hashlib.sha256(name.encode()).hexdigest()[:32]

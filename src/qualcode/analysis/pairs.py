"""Which codes stand together, and which strategy answers which challenge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.passage import Passage, SegmentIndex, codes_shown, passages
from qualcode.analysis.voices import heard
from qualcode.errors import N_, InputError
from qualcode.model import Corpus, Relation, RelationKind, Segment

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Answer", "AnswerMatrix", "Cooccurrence", "Unit", "answer_matrix", "cooccurrence"]

Unit = Literal["turn", "segment", "transcript", "informant"]
UNITS: tuple[Unit, ...] = ("turn", "segment", "transcript", "informant")


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How many units bear both codes of each pair.

    `pairs` holds pairs that occur, keys in codebook order; `units` how many units bear each code alone or with others.
    `outside` counts passages that stand in no unit, such as those in a source without turns.
    """

    within: Unit
    codes: tuple[str, ...]
    pairs: Mapping[tuple[str, str], int]
    units: Mapping[str, int]
    outside: int = 0

    def count(self, one: str, other: str) -> int:
        """Return how many units bear both codes, in either order; of a code with itself, how many bear it."""
        if one == other:
            return self.units.get(one, 0)
        return self.pairs.get((one, other), self.pairs.get((other, one), 0))

    def to_rows(self) -> tuple[tuple[str, str, int], ...]:
        """Return (code, code, number of units), the most frequent first, then in codebook order."""
        rank = {key: number for number, key in enumerate(self.codes)}
        return tuple(
            (one, other, n)
            for (one, other), n in sorted(
                self.pairs.items(), key=lambda item: (-item[1], rank[item[0][0]], rank[item[0][1]])
            )
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a symmetric frame of shape (n_codes, n_codes); the diagonal holds the units of each code."""
        import pandas as pd

        return pd.DataFrame(
            [[self.count(one, other) for other in self.codes] for one in self.codes],
            index=pd.Index(self.codes, name="code"),
            columns=pd.Index(self.codes, name="code"),
        )


def cooccurrence(
    corpus: Corpus,
    *,
    within: Unit = "turn",
    coder: str | None = None,
    rollup: bool = False,
    found: Sequence[Passage] | None = None,
) -> Cooccurrence:
    """Return how often each pair of codes marks the same unit, whatever the stance.

    Parameters
    ----------
    corpus : Corpus
        The study.
    within : {"turn", "segment", "transcript", "informant"}
        What a unit is. A segment is one of the study's segmentation.
    coder : str, optional
        The codings of this coder (id) alone.
    rollup : bool
        Let child codes count for their parents as well.
    found : sequence of Passage, optional
        What `passages` gave for the same corpus, coder and roll-up, where it is at hand already.

    Raises
    ------
    InputError
        If *within* is none of these, or is segment and the study has no segments.
    NotFoundError
        If there is no such coder.
    """
    if within not in UNITS:
        raise InputError(
            N_("codes stand together within a turn, segment, transcript or informant, not {within!r}"), within=within
        )
    if within == "segment" and not corpus.segments:
        raise InputError(N_("the study has no segments"), hint=N_("segment it first, or count within turns"))
    bearing: defaultdict[Hashable, set[str]] = defaultdict(set)
    outside = 0
    index = SegmentIndex(corpus)
    for passage in passages(corpus, coder=coder, rollup=rollup) if found is None else found:
        units = list(_units(corpus, passage, within, index))
        outside += not units
        for unit in units:
            bearing[unit].add(passage.code)
    codes = codes_shown(corpus)
    pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for keys in bearing.values():
        ordered = [key for key in codes if key in keys]
        alone.update(ordered)
        pairs.update(combinations(ordered, 2))
    return Cooccurrence(within, codes, MappingProxyType(dict(pairs)), MappingProxyType(dict(alone)), outside)


def _units(corpus: Corpus, passage: Passage, within: Unit, index: SegmentIndex) -> Iterable[Hashable]:
    """Return what names the units that a passage stands in."""
    if within == "turn":
        place = Segment(passage.transcript, passage.span, "passage")
        return [(passage.transcript, number) for number, _ in corpus.turns_of(place)]
    if within == "segment":
        return [(passage.transcript, number) for number in index.touched(passage.transcript, passage.span)]
    return [passage.transcript] if within == "transcript" else list(passage.informants)


@dataclass(frozen=True, slots=True)
class Answer:
    """One challenge and one strategy.

    `claimed` are the ids of informants for whom a person has recorded that the strategy answers the challenge (`for_study`: for the
    study as a whole). `together` are the ids of informants in whose talk both codes mark a common turn, each with the number of
    such turns: a place to look, not a relation.
    """

    challenge: str
    strategy: str
    claimed: tuple[str, ...] = ()
    for_study: bool = False
    together: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def turns(self) -> int:
        """How many turns bear both codes, over all informants."""
        return sum(self.together.values())


@dataclass(frozen=True, slots=True)
class AnswerMatrix:
    """Challenges × strategies, by what people recorded and, said apart, by what merely stands together.

    `challenges` and `strategies` are keys in codebook order, by the kind of their family. `relations` are those that the
    claims were read from.
    """

    challenges: tuple[str, ...]
    strategies: tuple[str, ...]
    answers: tuple[Answer, ...]
    n_informants: int
    relations: tuple[Relation, ...] = ()

    def answer(self, challenge: str, strategy: str) -> Answer:
        """Return what is known of the pair; an empty answer where nothing is."""
        for found in self.answers:
            if (found.challenge, found.strategy) == (challenge, strategy):
                return found
        return Answer(challenge, strategy)

    def to_rows(self) -> tuple[tuple[str, str, int, int, int], ...]:
        """Return (challenge, strategy, informants claimed, informants together, turns together) of pairs with any."""
        return tuple((a.challenge, a.strategy, len(a.claimed), len(a.together), a.turns) for a in self.answers)

    def to_frame(self) -> pd.DataFrame:
        """Return a frame with a row per pair that has any."""
        import pandas as pd

        names = ["challenge", "strategy", "claimed", "together", "turns"]
        return pd.DataFrame(list(self.to_rows()), columns=names)


def answer_matrix(
    corpus: Corpus, *, informant: str | None = None, found: Sequence[Passage] | None = None
) -> AnswerMatrix:
    """Return which strategy answers which challenge.

    A relation of kind *answers* counts whichever way round it was recorded, as long as one of its codes is of a family of
    kind challenge and the other of kind strategy.

    Parameters
    ----------
    corpus : Corpus
        The study.
    informant : str, optional
        Guid or id; then only this person's relations and turns.
    found : sequence of Passage, optional
        What `passages` gave for the same corpus, where it is at hand already.

    Raises
    ------
    NotFoundError
        If there is no such informant.
    """
    kinds = {key: getattr(corpus.codebook.family_of(key), "kind", "") for key in codes_shown(corpus)}
    challenges = tuple(key for key, kind in kinds.items() if kind == "challenge")
    strategies = tuple(key for key, kind in kinds.items() if kind == "strategy")
    only = None if informant is None else corpus.informant(informant).guid
    claimed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    read: list[Relation] = []
    for relation in corpus.relations:
        pair = _pair(relation, kinds)
        if pair is not None and (only is None or relation.informant == only):
            claimed[pair].add(relation.informant)
            read.append(relation)
    together = _together(corpus, kinds, only, passages(corpus) if found is None else found)
    ids = {i.guid: i.id for i in corpus.informants}
    answers = [
        Answer(
            challenge,
            strategy,
            claimed=tuple(name for guid, name in ids.items() if guid in claimed.get((challenge, strategy), ())),
            for_study="" in claimed.get((challenge, strategy), ()),
            together=MappingProxyType({name: shared[guid] for guid, name in ids.items() if guid in shared}),
        )
        for challenge in challenges
        for strategy in strategies
        if (shared := together.get((challenge, strategy), Counter())) or (challenge, strategy) in claimed
    ]
    return AnswerMatrix(challenges, strategies, tuple(answers), len(heard(corpus)), tuple(read))


def _pair(relation: Relation, kinds: Mapping[str, str]) -> tuple[str, str] | None:
    """Return (challenge, strategy) of an answering relation, or None if it is not one."""
    if relation.kind is not RelationKind.ANSWERS:
        return None
    ends = (relation.source, relation.target)
    for challenge, strategy in (ends, ends[::-1]):
        if kinds.get(challenge) == "challenge" and kinds.get(strategy) == "strategy":
            return challenge, strategy
    return None


def _together(
    corpus: Corpus, kinds: Mapping[str, str], only: str | None, marked: Sequence[Passage]
) -> dict[tuple[str, str], Counter[str]]:
    """Return, by (challenge, strategy) and informant's guid, how many turns bear both."""
    turns: defaultdict[tuple[str, int, str], set[str]] = defaultdict(set)
    for passage in marked:
        if kinds.get(passage.code) in {"challenge", "strategy"}:
            for number, turn in corpus.turns_of(Segment(passage.transcript, passage.span, "passage")):
                guid = turn.informant or (passage.informants[0] if len(passage.informants) == 1 else None)
                if guid is not None and not turn.role.asks and only in {None, guid}:
                    turns[passage.transcript, number, guid].add(passage.code)
    found: dict[tuple[str, str], Counter[str]] = {}
    for (_, _, guid), keys in turns.items():
        for challenge in (key for key in keys if kinds[key] == "challenge"):
            for strategy in (key for key in keys if kinds[key] == "strategy"):
                found.setdefault((challenge, strategy), Counter())[guid] += 1
    return found

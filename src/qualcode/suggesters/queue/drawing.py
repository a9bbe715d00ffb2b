"""From a corpus to what comes before a coder next."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import N_, NotFoundError
from qualcode.model import Coding, Corpus, Span, Suggestion, Verdict
from qualcode.suggesters._base import Proposal, Suggester, suggestion_of
from qualcode.suggesters._clues import stretches
from qualcode.suggesters._earlier import TaughtBefore
from qualcode.suggesters._index import Index
from qualcode.suggesters._units import Unit
from qualcode.suggesters._view import View
from qualcode.suggesters.classifier import ClassifierSuggester
from qualcode.suggesters.queue import BLIND_ORDERS, MATCHED, ORDERS, RARE, Order
from qualcode.suggesters.queue.heads import head_end
from qualcode.suggesters.queue.near import coding_in, with_near
from qualcode.suggesters.queue.orders import Pick, disagreement, in_turn, learning, rare, rest
from qualcode.suggesters.rules import RulesSuggester

__all__ = ["Drawn", "Passage", "blind_passages", "draw"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Suggestions in the order asked for, for which codes the classifier is silent and why, and for which it speaks with a reservation."""

    suggestions: tuple[Suggestion, ...] = ()
    silent: Mapping[str, str] = field(default_factory=dict)
    reserved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to be decided before anything is shown: `reading` proposes it and no code; `suggestions` are for afterwards."""

    reading: Suggestion
    suggestions: tuple[Suggestion, ...] = ()


def draw(
    corpus: Corpus,
    taught: Corpus,
    *,
    by: Order = "score",
    code: str | None = None,
    n: int | None = None,
    recipe: str | None = None,
    coder: str | None = None,
    index: Index | None = None,
    earlier: Sequence[Corpus] = (),
) -> Drawn:
    """Return what comes before *coder* next; the same corpora give the same, in the same order.

    Parameters
    ----------
    corpus : Corpus
        What the coder sees.
    taught : Corpus
        The same texts with the work to learn from.
    by : str
        *score*: the most probable first, what rules alone find after it. *rest*: the most probable first, on below what is suggested,
        until nothing is unread. *learning*: passages to read, no code being proposed, chosen so
        that most is learnt of them. *rare*: for the codes given least. *disagreement*: passages decided already, where the classifier, learnt
        from the others, would have decided otherwise, or where a rule of a silent code matches what was read without it.
    code, recipe : str, optional
        This one only.
    n : int, optional
        At most so many.
    index : Index, optional
        The study's texts as numbers, kept from one call to the next.
    earlier : sequence of Corpus
        Earlier studies whose codings are learnt from besides; nothing of them is shown.

    Raises
    ------
    NotFoundError
        If the order, the code or the recipe is unknown.
    """
    from qualcode import suggesters

    if by not in ORDERS:
        raise NotFoundError(N_("no order of suggestions called {name!r}"), name=by, known=ORDERS)
    if recipe is not None and recipe not in suggesters.names():
        raise NotFoundError(N_("no suggester called {name!r}"), name=recipe, known=suggesters.names())
    keys = [corpus.codebook.code(code).key] if code else [one.key for one in corpus.codebook.active]
    desk = _Desk(corpus, taught, coder, keys)
    if recipe is not None and recipe != "classifier":
        if by != "score":
            raise NotFoundError(
                N_("the order {by} goes by the classifier; {name} gives its suggestions in the order score"),
                name=recipe,
                known=["classifier"],
                by=by,
            )
        return Drawn(desk.open_of(suggesters.get(recipe)().fit(taught), n, code and keys[0])[:n])
    index = index or Index()
    classifier = _classifier(index, earlier).fit(taught)
    silent = {key: classifier.reasons.get(key, "") for key in keys if key in classifier.silent}
    rules = RulesSuggester(index=index).fit(taught) if recipe is None else None
    desk.units = classifier.view().units
    suggestions = desk.drawn(classifier, rules, silent, by, n)[:n]
    reserved = {key: why for key in keys if key not in silent and (why := classifier.reasons.get(key))}
    return Drawn(with_near(taught, classifier, suggestions), silent, reserved)


def blind_passages(
    corpus: Corpus,
    taught: Corpus,
    *,
    n: int,
    code: str | None = None,
    by: Order = "score",
    coder: str | None = None,
    index: Index | None = None,
    earlier: Sequence[Corpus] = (),
) -> tuple[Passage, ...]:
    """Return up to *n* passages to decide on before anything is shown, each with what is suggested for it.

    After every two passages of the order *by* comes one for which nothing is suggested: who only meets passages that have a suggestion
    learns that there is always something. The order *learning* goes by suggestions in no way, and is left as it is.

    Raises
    ------
    NotFoundError
        If the code is unknown, or the order is none of `BLIND_ORDERS`.
    """
    if by not in BLIND_ORDERS:
        raise NotFoundError(
            N_("no order of passages to be decided blind called {name!r}"),
            name=by,
            known=BLIND_ORDERS,
        )
    keys = [corpus.codebook.code(code).key] if code else [one.key for one in corpus.codebook.active]
    desk = _Desk(corpus, taught, coder, keys)
    index = index or Index()
    classifier = _classifier(index, earlier).fit(taught)
    silent = {key: classifier.reasons.get(key, "") for key in keys if key in classifier.silent}
    rules = RulesSuggester(index=index).fit(taught)
    desk.units = classifier.view().units
    units = {(unit.transcript.revision, unit.span): unit for unit in desk.units}
    first = [units[place] for place in dict.fromkeys(map(_place, desk.drawn(classifier, rules, silent, by, n)))]
    others = [units[_place(one)] for one in desk.drawn(classifier, rules, silent, "learning", 2 * n)]
    found: dict[tuple[str, Span], list[Suggestion]] = {}
    for one in desk.of_units(classifier, rules, silent, dict.fromkeys([*first, *others])):
        found.setdefault(_place(one), []).append(one)
    bare = [unit for unit in others if (unit.transcript.revision, unit.span) not in found and unit not in first]
    chosen = (in_turn([first[::2], first[1::2], bare]) if by != "learning" else first)[:n]
    return tuple(
        Passage(
            suggestion_of(classifier.recipe, Proposal(unit, "", math.nan, tuple)),
            with_near(taught, classifier, found.get((unit.transcript.revision, unit.span), ())),
        )
        for unit in chosen
    )


def _classifier(index: Index, earlier: Sequence[Corpus]) -> ClassifierSuggester:
    return TaughtBefore(earlier, index=index) if earlier else ClassifierSuggester(index=index)


def _place(one: Suggestion) -> tuple[str, Span]:
    return one.revision, one.span


class _Desk:
    """A corpus before a coder: what they have decided, read and skipped."""

    def __init__(self, corpus: Corpus, taught: Corpus, coder: str | None, keys: Sequence[str]) -> None:
        self.corpus, self.taught, self.coder, self.keys = corpus, taught, coder, keys
        mine = [one for one in corpus.decisions if coder in {None, one.coder}]
        self.skipped = {one.suggestion for one in mine if one.verdict is Verdict.SKIPPED}
        self.decided: dict[tuple[str, str], list[Span]] = {}
        for one in mine:
            if one.verdict is not Verdict.SKIPPED:
                self.decided.setdefault((one.revision, one.code), []).append(one.span)
        self.codings: dict[str, list[Coding]] = {}
        for coding in corpus.codings:
            if coder in {None, coding.coder}:
                self.codings.setdefault(coding.revision, []).append(coding)
        self._heads: dict[str, int] = {}
        self.units: Sequence[Unit] | None = None
        """Those of the corpus, once a classifier has made them."""
        self.read: dict[str, list[Span]] = {}
        for reading in corpus.readings:
            if coder in {None, reading.coder}:
                self.read.setdefault(reading.revision, []).append(reading.span)

    def drawn(
        self,
        classifier: ClassifierSuggester,
        rules: RulesSuggester | None,
        silent: Mapping[str, str],
        by: Order,
        n: int | None,
    ) -> tuple[Suggestion, ...]:
        """Return the suggestions in the order *by*, more than *n* perhaps."""
        if by == "score":
            found: list[Suggestion] = []
            if len(silent) < len(self.keys):
                found += self.open_of(classifier, n, self.keys[0] if len(self.keys) == 1 else None)
            return self._best_first([*found, *self._by_rules(rules, silent, n)])
        view = classifier.view()
        most = len(view.units) if n is None else n + len(self.skipped)
        columns = [view.keys.index(key) for key in self.keys]
        unread = np.array([self.is_unread(unit) for unit in view.units], dtype=bool)
        if by == "learning":
            below = np.array([unit.span.start >= self.head_end(unit) for unit in view.units], dtype=bool)
            return self._later(self._made(view, learning(view, most, unread & below), classifier.recipe))
        may = np.array([[not self._decided(unit, key) for key in view.keys] for unit in view.units], dtype=bool)
        may = may.reshape(len(view.units), len(view.keys))
        if by == "rest":
            return self._later(self._made(view, rest(view, most, may & unread[:, None], columns), classifier.recipe))
        if by == "rare":
            picks = rare(view, most, may & unread[:, None], columns)
            rarest = sorted(silent, key=lambda key: (view.positives[view.keys.index(key)], view.keys.index(key)))
            lines = [self._by_rules(rules, (key,), n) for key in rarest]
            more = [replace(one, why=RARE) for one in in_turn(lines)]
        else:
            picks = disagreement(view, may, columns)[:most]
            more = self._matched_but_read(view, may, rules, silent)
        return self._later([*self._made(view, picks, classifier.recipe), *more])

    def of_units(
        self,
        classifier: ClassifierSuggester,
        rules: RulesSuggester,
        silent: Mapping[str, str],
        chosen: Iterable[Unit],
    ) -> list[Suggestion]:
        """Return all that is suggested for the units *chosen*: by the classifier, by rules for codes of which it is silent."""
        places = {(unit.transcript.revision, unit.span) for unit in chosen}

        def among(unit: Unit) -> bool:
            return (unit.transcript.revision, unit.span) in places

        found: list[Suggestion] = []
        for key in sorted(self.keys, key=lambda key: key in silent):
            suggester: Suggester = rules if key in silent else classifier
            found += suggester.suggest(self.corpus, code=key, coder=self.coder, among=among, every=self.units)
        return found

    def open_of(self, suggester: Suggester, n: int | None, code: str | None = None) -> tuple[Suggestion, ...]:
        """Return what *suggester* suggests of what is not read yet (or also of that), best first, those skipped last."""
        wanted = None if n is None else n + len(self.skipped)  # those skipped must not crowd out the others
        among = None if suggester.suggests_read else self.is_unread
        found = suggester.suggest(self.corpus, code=code, n=wanted, coder=self.coder, among=among, every=self.units)
        return self._best_first(found)

    def is_unread(self, unit: Unit) -> bool:
        """Tell whether the coder has not marked all of the unit as read."""
        read = self.read.get(unit.transcript.revision, ())
        return not all(any(span.covers(piece) for span in read) for piece in unit.pieces)

    def head_end(self, unit: Unit) -> int:
        """Return where the text of the unit's transcript begins, below its head."""
        revision = unit.transcript.revision
        if revision not in self._heads:
            self._heads[revision] = head_end(unit.transcript)
        return self._heads[revision]

    def _best_first(self, found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Return *found* by probability; what has none (rules) follows, the most stretches matched first, then in order of the text; what was skipped is last."""
        order = {transcript.guid: number for number, transcript in enumerate(self.corpus.transcripts)}
        return tuple(
            sorted(
                found,
                key=lambda s: (
                    s.guid in self.skipped,
                    1.0 if math.isnan(s.score) else -s.score,
                    -stretches(one for one in s.evidence if one.rule) if math.isnan(s.score) else 0,
                    order[s.transcript],
                    s.span,
                    s.code,
                ),
            )
        )

    def _later(self, found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Return *found* in its order, what was skipped last."""
        return tuple(sorted(found, key=lambda one: one.guid in self.skipped))

    def _decided(self, unit: Unit, key: str) -> bool:
        return any(unit.span.overlaps(span) for span in self.decided.get((unit.transcript.revision, key), ()))

    def _by_rules(self, rules: RulesSuggester | None, silent: Iterable[str], n: int | None) -> list[Suggestion]:
        """Return what rules find of the codes of which the classifier is silent."""
        if rules is None:
            return []
        return [one for key in silent for one in self.open_of(rules, n, key)]

    def _matched_but_read(
        self, view: View, may: Mask, rules: RulesSuggester | None, silent: Mapping[str, str]
    ) -> list[Suggestion]:
        """Return where a rule of a silent code matches what was read without the code being given."""
        if rules is None:
            return []
        column = {key: number for number, key in enumerate(view.keys)}
        asked = {
            key: tuple(
                view.units[row] for row in np.flatnonzero(may[:, column[key]] & (view.labels[:, column[key]] == 0))
            )
            for key in silent
            if key not in rules.silent
        }
        found = rules.propose(self.taught, asked)
        return list(self._best_first(suggestion_of(rules.recipe, one, why=MATCHED) for one in found))

    def _made(self, view: View, picks: Sequence[Pick], recipe: str) -> list[Suggestion]:
        """Return the suggestions of *picks*; one on a passage that bears the code names its coding."""
        found = []
        for pick in picks:
            unit, key = view.units[pick.row], view.keys[pick.column] if pick.column >= 0 else ""
            there = coding_in(unit, key, self.codings.get(unit.transcript.revision, ())) if key else None
            evidence = partial(view.evidence, unit, pick.column) if key else tuple
            found.append(
                suggestion_of(
                    recipe,
                    Proposal(unit, key, pick.score, evidence),
                    why=pick.why,
                    coding=there.guid if there else "",
                )
            )
        return found

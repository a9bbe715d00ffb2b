"""Suggestions learnt from what people have coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from qualcode.errors import N_, StateError
from qualcode.model import Corpus, Evidence
from qualcode.suggesters._base import Proposal, Suggester
from qualcode.suggesters._training import training_set
from qualcode.suggesters._units import Unit

if TYPE_CHECKING:
    from qualcode.suggesters._estimator import CodeSuggester

__all__ = ["ClassifierSuggester"]

FEW = 5

TOO_FEW = N_("too few examples by people: the code is suggested from five coded segments on")
NO_NEGATIVES = N_("nothing is known to lie outside the code: mark what was read, or code other codes too")
GUESSING = N_("on segments held out the classifier is no better than guessing")
ONE_GROUP = N_("the examples come from one informant: whether they carry over to others cannot be tested")


class ClassifierSuggester(Suggester):
    """Learns each code from the coded segments, with the codebook's rule hits as features, and proposes where it is probable.

    Examples for a code are the segments that bear it; against it the segments that a coder read or worked through without
    putting it there, and rejected suggestions. Unread text is neither. A code is silent, and `reasons` says so, with fewer
    than *examples* coded segments, without any segment against it, or when on informants held out the classifier is no better
    than guessing. Where all examples are one informant's it is tested on that informant alone, and `reasons` says that too.

    Scores are probabilities calibrated on segments held out; evidence is rule matches and the words that add most to the log-odds.

    Parameters
    ----------
    seed : int
        Of the folds of cross-validation.
    examples : int
        Coded segments from which a code is suggested (Marathe & Toyama 2018: no automation before a coded subset).
    """

    recipe: ClassVar[str] = "classifier-1"

    def __init__(self, *, seed: int = 0, examples: int = FEW) -> None:
        super().__init__(seed=seed)
        self.examples = examples
        self._model: CodeSuggester | None = None
        self._scores: dict[str, list[float]] = {}

    def fit(self, corpus: Corpus) -> Self:
        """Learn from the codings, readings and decisions of *corpus*, and return the suggester."""
        from qualcode.suggesters._estimator import CodeSuggester

        known = training_set(corpus)
        model = CodeSuggester(corpus.codebook, random_state=self.seed)
        texts, others = [u.text for u in known.units], [u.text for u in known.others]
        model.fit(texts, known.labels, others, [u.group for u in known.units])
        self._scores = dict(zip([*texts, *others], model.pool_proba_.tolist(), strict=True))
        self._model = model
        reasons: dict[str, str] = {}
        silent: set[str] = set()
        for number, key in enumerate(model.classes_.tolist()):
            labels = known.labels[:, number]
            if (labels == 1).sum() < self.examples:
                reasons[key] = TOO_FEW
            elif (labels == 0).sum() < 2:
                reasons[key] = NO_NEGATIVES
            elif not model.skill_[number] > model.chance_[number]:
                reasons[key] = GUESSING
            else:
                if not model.grouped_[number]:
                    reasons[key] = ONE_GROUP
                continue
            silent.add(key)
        self.reasons, self.silent = MappingProxyType(reasons), frozenset(silent)
        return self

    def propose(self, corpus: Corpus, open_units: Mapping[str, tuple[Unit, ...]]) -> Iterator[Proposal]:
        """Yield each open unit whose probability reaches the code's threshold.

        Raises
        ------
        StateError
            Before `fit`.
        """
        model = self._model
        if model is None:
            raise StateError(N_("the suggester has not learnt yet"), hint=N_("call fit(corpus) first"))
        texts = dict.fromkeys(unit.text for each in open_units.values() for unit in each)
        new = [text for text in texts if text not in self._scores]
        scores = {**self._scores, **dict(zip(new, model.predict_proba(new).tolist(), strict=True))}
        for number, key in enumerate(model.classes_.tolist()):
            for unit in open_units.get(key, ()):
                score = scores[unit.text][number]
                if score >= model.thresholds_[number]:
                    yield Proposal(unit, key, score, partial(_evidence, model, unit, key))


def _evidence(model: CodeSuggester, unit: Unit, key: str) -> tuple[Evidence, ...]:
    """Return what speaks for the code, with spans of the transcript instead of the unit's text."""
    found = model.explain(unit.text, key)
    return tuple(replace(one, span=unit.place(one.span)) if one.span is not None else one for one in found)

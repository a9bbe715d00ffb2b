"""Suggestions learnt from what people have coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from qualcode.errors import N_, StateError
from qualcode.model import Codebook, Corpus, Evidence, Span
from qualcode.suggesters._base import Proposal, Suggester
from qualcode.suggesters._training import kin, training_set
from qualcode.suggesters._units import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.suggesters._engine import Engine, Rows
    from qualcode.suggesters._index import Index
    from qualcode.suggesters._training import TrainingSet
    from qualcode.suggesters._view import View

__all__ = ["ClassifierSuggester"]

FEW = 5

TOO_FEW = N_("too few examples by people to learn from")
NO_NEGATIVES = N_("nothing is known to lie outside the code: mark what was read, or code other codes too")
GUESSING = N_("on segments held out the classifier is no better than guessing")
MISLED = N_("its keywords have no say: what people coded is told better without them")
ONE_GROUP = N_("the examples come from one informant: whether they carry over to others cannot be tested")


class ClassifierSuggester(Suggester):
    """Learns each code from the coded segments, with the codebook's rule hits as features, and proposes where it is probable.

    Examples for a code are the segments that bear it; against it the segments that a coder read or worked through without
    putting it there, and rejected suggestions. Unread text is neither. A code is silent, and `reasons` says so, with fewer
    than *examples* coded segments, without any segment against it, or when on informants held out the classifier is no better
    than guessing. Where all examples are one informant's it is tested on that informant alone, and `reasons` says that too, as it
    says where the codebook's rules have no say because labels are told better without them.

    The question before an answer tells what a short answer is about: its words are context, never evidence. Scores are probabilities calibrated on segments held out; evidence is rule matches and the words that add most to the log-odds.

    Parameters
    ----------
    seed : int
        Of the topics.
    index : Index, optional
        The study's texts as numbers, where they were made before; of the same seed.
    examples : int
        Coded segments from which a code is suggested (Marathe & Toyama 2018: no automation before a coded subset).
    """

    recipe: ClassVar[str] = "classifier-4"

    def __init__(self, *, seed: int = 0, examples: int = FEW, index: Index | None = None) -> None:
        super().__init__(seed=seed)
        self.examples = examples
        self._engine: Engine | None = None
        self._known: TrainingSet | None = None
        self._index = index
        self._codebook: Codebook | None = None
        self._before = 0
        self._scores: dict[tuple[str, Span], list[float]] = {}

    def fit(self, corpus: Corpus) -> Self:
        """Learn from the codings, readings and decisions of *corpus*, and return the suggester.

        Fitted again, as when a passage was coded or transcripts were added, it reads only text that is new to it.
        """
        import numpy as np

        from qualcode.suggesters._clues import Finder
        from qualcode.suggesters._engine import Engine
        from qualcode.suggesters._index import Index

        self._known = known = training_set(corpus)
        self._keys = tuple(code.key for code in corpus.codebook.active)
        self._order = tuple(transcript.guid for transcript in corpus.transcripts)
        if self._index is None:
            self._index = Index(self.seed)
        if self._codebook != corpus.codebook:
            self._codebook = corpus.codebook
            self._marks = self._index.marks(corpus.codebook)
            self._finder = Finder(corpus.codebook, self._keys)
        before, told = self._carried()
        self._before = len(before)
        labelled = (*known.units, *before)
        labels = np.vstack([known.labels, told])
        every = (*labelled, *known.others)
        groups = np.unique([unit.group for unit in labelled], return_inverse=True)[1]
        table, clues = self._index.of(corpus.codebook, every, self._rows)
        self._engine = engine = Engine(self.seed)
        engine.features = self._index.features
        engine.learn(table, clues, labels, groups, apart=_apart(corpus.codebook, self._keys))
        self._scores = {_place(unit): row for unit, row in zip(every, engine.pool.tolist(), strict=True)}
        reasons: dict[str, str] = {}
        silent: set[str] = set()
        for number, key in enumerate(self._keys):
            of_code = labels[:, number]
            if (of_code == 1).sum() < self.examples:
                reasons[key] = TOO_FEW
            elif (of_code == 0).sum() < 2:
                reasons[key] = NO_NEGATIVES
            elif not engine.learnt[number].skill > engine.learnt[number].chance:
                reasons[key] = GUESSING
            else:
                if not engine.learnt[number].grouped:
                    reasons[key] = ONE_GROUP
                elif engine.left_out[number]:
                    reasons[key] = MISLED
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
        engine, _ = self._learnt()
        units = dict.fromkeys(unit for each in open_units.values() for unit in each)
        new = [unit for unit in units if _place(unit) not in self._scores]
        found = zip(new, engine.probabilities(self._rows(new)).tolist(), strict=True)
        scores = {**self._scores, **{_place(unit): row for unit, row in found}}
        for number, key in enumerate(self._keys):
            for unit in open_units.get(key, ()):
                score = scores[_place(unit)][number]
                if score >= engine.thresholds[number]:
                    yield Proposal(unit, key, score, partial(self._evidence, unit, number))

    def nearest(self, unit: Unit, code: str, n: int = 2) -> tuple[tuple[Unit, float], ...]:
        """Return the *n* other units that bear *code* and are most like this one, the most like first, each with its likeness (0 to 1).

        Raises
        ------
        StateError
            Before `fit`.
        """
        engine, known = self._learnt()
        if code not in self._keys:
            return ()
        (found,) = engine.nearest(self._rows([unit]), self._keys.index(code), n + 1 + self._before)
        here = [(known.units[row], likeness) for row, likeness in found if row < len(known.units)]
        return tuple([one for one in here if _place(one[0]) != _place(unit)][:n])

    def view(self) -> View:
        """Return what is known of every unit fitted on, in order of the text.

        Raises
        ------
        StateError
            Before `fit`.
        """
        import numpy as np

        from qualcode.suggesters._view import View

        engine, known = self._learnt()
        every = (*known.units, *known.others)
        place = {transcript: number for number, transcript in enumerate(self._order)}
        order = sorted(range(len(every)), key=lambda row: (place[every[row].transcript.guid], every[row].span))
        shape = (len(known.others), len(self._keys))
        own = np.r_[: len(known.units), len(known.units) + self._before : len(every) + self._before][order]
        unseen = np.column_stack([one.unseen for one in engine.learnt]) if engine.learnt else known.labels.astype(float)
        unseen = unseen[: len(known.units)]
        return View(
            units=tuple(every[row] for row in order),
            keys=self._keys,
            labels=np.vstack([known.labels, np.full(shape, -1, dtype=np.int64)])[order],
            pool=engine.pool[own],
            unseen=np.vstack([unseen, np.full(shape, np.nan)])[order],
            thresholds=engine.thresholds,
            points=engine.topics[own],
            speaking=np.array([key not in self.silent for key in self._keys], dtype=bool),
            evidence=self._evidence,
        )

    def _carried(self) -> tuple[tuple[Unit, ...], NDArray[np.int64]]:
        """Return what is learnt from besides: units that are not the study's, and their labels."""
        import numpy as np

        return (), np.empty((0, len(self._keys)), dtype=np.int64)

    def _learnt(self) -> tuple[Engine, TrainingSet]:
        if self._engine is None or self._known is None:
            raise StateError(N_("the suggester has not learnt yet"), hint=N_("call fit(corpus) first"))
        return self._engine, self._known

    def _evidence(self, unit: Unit, code: int) -> tuple[Evidence, ...]:
        """Return what speaks for the code: rule matches that have a say, then words, with spans of the transcript."""
        if self._engine is None:
            return ()
        words = self._engine.reasons(unit.text, code)
        ruled = () if self._engine.left_out[code] else self._marks.of(unit).get(self._keys[code], ())
        return (
            *ruled,
            *(replace(one, span=unit.place(one.span)) for one in words if one.span is not None),
        )

    def _rows(self, units: Sequence[Unit]) -> Rows:
        """Return *units* as the engine reads them."""
        from qualcode.suggesters._engine import Rows

        texts = [unit.text for unit in units]
        clues = self._finder.clues(texts, (self._marks.of(unit) for unit in units))
        return Rows(texts, [unit.question for unit in units], clues)


def _place(unit: Unit) -> tuple[str, Span]:
    """Return what names a unit in every copy of the study."""
    return unit.transcript.revision, unit.span


def _apart(codebook: Codebook, keys: Sequence[str]) -> NDArray[np.bool_]:
    """Return which codes are others of which: a code's ancestors and descendants speak for it, not against it."""
    import numpy as np

    related = kin(codebook)
    return np.array([[one != other and other not in related[one] for other in keys] for one in keys], dtype=bool)

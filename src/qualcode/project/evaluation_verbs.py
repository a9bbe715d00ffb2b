"""The verbs that say how far suggestions carry: what is probably found, and how good they would have been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, StateError
from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.model import Corpus
    from qualcode.suggesters.effort import Simulation, Stopping
    from qualcode.suggesters.evaluation import Evaluation

__all__ = ["EvaluationVerbs"]

STEPS = 10
"""Steps of progress in one replay."""

Progress = Callable[[int, int, str], None]


class EvaluationVerbs(Desk):
    """Measure suggestions; nothing in the study changes."""

    def stopping(self, code: str | None = None) -> tuple[Stopping, ...]:
        """Return for *code* (or each code in use) what share of its passages this coder has probably found, with an interval.

        Never a "done": a share is undefined, with the reason, until suggestions of the code were reviewed. Everyone's work counts
        where no coder is at the keyboard.

        Raises
        ------
        NotFoundError
            If the codebook has no such code.
        """
        from qualcode.suggesters.effort import stopping

        return stopping(self.corpus(viewer=self._coder), coder=self._coder, codes=[code] if code else None)

    def simulate(
        self,
        *,
        coders: Sequence[str] = (),
        agreed: bool = False,
        recipes: Sequence[str] = (),
        seeds: int = 5,
        batch: int = 10,
        seconds: float | None = None,
        results: str | Path | None = None,
        fresh: bool = False,
        progress: Progress | None = None,
    ) -> Simulation:
        """Replay the coded study, and return how soon each recipe would have shown what bears each code.

        Every replay is kept in *results* when it is finished, so that this goes on where it was stopped. As soon as the study or
        the codebook changes, earlier replays count no more.

        Parameters
        ----------
        coders : sequence of str, optional
            Ids: whose codings are true; of several, where they agree. Without them the coder at the keyboard, or who coded most.
        agreed : bool
            Take what all coders agree on.
        recipes : sequence of str, optional
            Any of classifier, rules, random, text; all by default.
        seeds : int
            Replays of each recipe; each begins with another informant.
        batch : int
            Units read before the classifier learns again, at first.
        seconds : float, optional
            How long a passage takes to read and decide on; the median of the timed decisions without it. Hours rest on it.
        results : str or Path, optional
            Where finished replays are kept; ``STUDY.trials.jsonl`` beside the study by default.
        fresh : bool
            Pass over the finished ones.
        progress : callable, optional
            Is told how many steps of how many are done, and what is going on.

        Raises
        ------
        InputError
            If a recipe is unknown, *seeds* or *batch* is below 1, or *seconds* is not above 0.
        NotFoundError
            If a coder coded nothing.
        StateError
            If nothing is coded.
        """
        from qualcode.project.trials import Trials
        from qualcode.suggesters._truth import truth
        from qualcode.suggesters.effort import RECIPES, Run, pace, simulation
        from qualcode.suggesters.effort._replay import GROWTH, check_replay, replay

        chosen = tuple(recipes) or RECIPES
        for recipe in chosen:
            check_replay(recipe, batch, seeds)
        corpus = self.corpus(viewer=self._coder)
        true = truth(corpus, self._whose(corpus, coders, agreed=agreed))
        timed = pace(corpus, true.coders, seconds)
        trials = Trials(self._results(results), true.state(self._recipe(), batch, GROWTH), fresh=fresh)
        bench = None
        runs = []
        every = [(recipe, seed) for recipe in chosen for seed in range(seeds)]
        for number, (recipe, seed) in enumerate(every):
            name = f"replay {recipe} {seed}"
            tell = _step(progress, number, len(every), f"{recipe} {seed + 1}")
            tell(0.0)
            if name not in trials:
                if bench is None:
                    from qualcode.suggesters._bench import Bench

                    bench = Bench(true)
                trials[name] = replay(bench, recipe, seed, batch=batch, step=tell).to_json()
            runs.append(Run.of_json(recipe, seed, trials[name]))
        return simulation(
            runs,
            keys=true.keys,
            recipes=chosen,
            seeds=seeds,
            batch=batch,
            n_units=len(true.units),
            n_informants=len(true.informants),
            coders=true.coders,
            findings=true.findings,
            pace=timed,
        )

    def evaluate(
        self,
        *,
        coders: Sequence[str] = (),
        agreed: bool = False,
        beside: str | None = None,
        results: str | Path | None = None,
        fresh: bool = False,
        progress: Progress | None = None,
    ) -> Evaluation:
        """Test the suggestions on informants they did not learn from, beside the rules and a second coder.

        Each informant in turn is left out, and the classifier learns from the others. Every finished piece is kept in *results*, so
        that this goes on where it was stopped.

        Parameters
        ----------
        coders, agreed, results, fresh, progress
            As in `simulate`.
        beside : str, optional
            Id of the coder to compare with; the one who read most of the same passages by default.

        Raises
        ------
        NotFoundError
            If a coder coded nothing.
        StateError
            If nothing is coded.
        """
        from qualcode.project.trials import Trials
        from qualcode.suggesters._bench import Bench
        from qualcode.suggesters._truth import truth
        from qualcode.suggesters.evaluation import Fold, Lesson, evaluation, hold_out, lesson, lessons_of
        from qualcode.suggesters.evaluation._humans import second_coder

        corpus = self.corpus(viewer=self._coder)
        true = truth(corpus, self._whose(corpus, coders, agreed=agreed))
        second = beside or second_coder(corpus, true.coders)
        if beside is not None:
            truth(corpus, [beside])
        trials = Trials(self._results(results), true.state(self._recipe(), "evaluate"), fresh=fresh)
        groups = range(len(true.informants)) if len(true.informants) > 1 else range(0)
        points = lessons_of(true)
        work = [f"fold {group}" for group in groups] + [f"lesson {size} {draw}" for size, draw in points]
        bench: Bench | None = None
        for number, name in enumerate([*work, "rules"]):
            _step(progress, number, len(work) + 1, name)(0.0)
            if name in trials:
                continue
            bench = bench or Bench(true)
            kind, *numbers = name.split()
            if kind == "fold":
                trials[name] = hold_out(bench, int(numbers[0])).to_json()
            elif kind == "lesson":
                trials[name] = asdict(lesson(bench, int(numbers[0]), int(numbers[1])))
            else:
                trials[name] = bench.hits.tolist()
        return evaluation(
            corpus,
            true,
            trials["rules"],
            [Fold.of_json(group, trials[f"fold {group}"]) for group in groups],
            [Lesson(**trials[f"lesson {size} {draw}"]) for size, draw in points],
            second=second,
        )

    def _whose(self, corpus: Corpus, coders: Sequence[str], *, agreed: bool) -> tuple[str, ...]:
        """Return the ids of those whose codings count as true."""
        from qualcode.suggesters._truth import coders_by_work

        worked = coders_by_work(corpus)
        if agreed and len(coders) != 1:
            named = tuple(coders) or worked
            if len(named) < 2:
                raise StateError(
                    N_("only one coder has coded in this study, so there is nothing to agree on"),
                    hint=N_("leave out --agreed"),
                )
            return named
        if coders:
            return tuple(coders)
        return (self._coder,) if self._coder in worked else worked[:1]

    def _results(self, results: str | Path | None) -> Path:
        return self.path.with_suffix(".trials.jsonl") if results is None else Path(results)

    @staticmethod
    def _recipe() -> str:
        """Return the recipe and the version of qualcode: a trial of another says nothing of this one."""
        from qualcode import __version__
        from qualcode.suggesters import get

        return f"{get('classifier').recipe} {__version__}"


def _step(progress: Progress | None, number: int, total: int, name: str) -> Callable[[float], None]:
    """Return what tells *progress* the share that is done of one of *total* pieces of work."""

    def tell(share: float) -> None:
        if progress is not None:
            progress(number * STEPS + int(share * STEPS), total * STEPS, name)

    return tell

"""All that an evaluation of suggestions says, assembled from what was held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qualcode.errors import N_
from qualcode.model import Corpus, Finding
from qualcode.suggesters._truth import Truth
from qualcode.suggesters.evaluation import _measures as measures
from qualcode.suggesters.evaluation._heldout import Fold, Lesson
from qualcode.suggesters.evaluation._humans import ONE_CODER, Beside, beside
from qualcode.suggesters.evaluation._measures import Bin, Figure

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ONE_INFORMANT", "Calibration", "Evaluation", "Quality", "evaluation"]

ONE_INFORMANT = N_(
    "all units are one informant's: to test the classifier on people it did not learn from, at least two must be coded"
)

LEAST = 10
"""Units a bin of one code holds at least: the share of fewer says hardly anything."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the suggestions for one code are, or all codes together (empty `code`: the mean F1).

    Attributes
    ----------
    code, recipe : str
        Key; ``classifier`` or ``rules``.
    n_units, n_bearing, n_informants, n_suggested : int
        Units tested; those that bear the code, and whose words these are; those it was suggested for.
    silent : int or None
        For how many of the held-out informants the classifier, taught by the others, would have kept silent about the code.
    precision, recall, f1, ap : Figure
        Each with its interval, or why it is undefined.
    """

    code: str
    recipe: str
    n_units: int
    n_bearing: int
    n_informants: int
    n_suggested: int
    silent: int | None
    precision: Figure
    recall: Figure
    f1: Figure
    ap: Figure


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether the probabilities of one code hold: its bins, of at least `LEAST` units each where there are so many, and their mean distance (ECE).

    `error` is ``None`` where no unit is known.
    """

    code: str
    bins: tuple[Bin, ...]
    error: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good suggestions are for informants they did not learn from.

    Attributes
    ----------
    qualities : tuple of Quality
        The classifier, then the rules, for each code; before them both for all codes.
    undefined : str
        Why the classifier could not be tested: an English message id. Its figures are then missing.
    calibration : tuple of Bin
        Over all units and codes.
    calibration_error : float or None
        Expected calibration error.
    code_calibrations : tuple of Calibration
        Code by code.
    lessons : tuple of Lesson
        The learning curve.
    humans : tuple of Beside
        People with each other and with the machine.
    humans_undefined : str
        Why there is no such comparison.
    keys, coders : tuple of str
        Codes; whose codings were taken as true.
    n_units, n_informants : int
        What was tested.
    findings : tuple of Finding
        What a reader of the figures should know.
    """

    qualities: tuple[Quality, ...]
    undefined: str
    calibration: tuple[Bin, ...]
    calibration_error: float | None
    lessons: tuple[Lesson, ...]
    humans: tuple[Beside, ...]
    humans_undefined: str
    keys: tuple[str, ...]
    coders: tuple[str, ...]
    n_units: int
    n_informants: int
    findings: tuple[Finding, ...] = ()
    code_calibrations: tuple[Calibration, ...] = ()

    def to_rows(self) -> tuple[dict[str, object], ...]:
        """Return a dictionary for each code and recipe; ``None`` stands for undefined, and the reason stands beside it."""
        return tuple(_row(one) for one in self.qualities)

    def to_frame(self) -> pd.DataFrame:
        """Return `to_rows` as a DataFrame."""
        import pandas as pd

        return pd.DataFrame(list(self.to_rows()))


def evaluation(
    corpus: Corpus,
    true: Truth,
    hits: ArrayLike,
    folds: Sequence[Fold],
    lessons: Sequence[Lesson],
    *,
    second: str | None,
) -> Evaluation:
    """Return what the held-out folds, the rules and a second coder say.

    Parameters
    ----------
    corpus : Corpus
        The study.
    true : Truth
        The units and what is true of them.
    hits : array of int, shape (n_units, n_codes)
        How many stretches the rules of each code match.
    folds : sequence of Fold
        One for each informant; none where there is only one.
    lessons : sequence of Lesson
        Points of the learning curve.
    second : str, optional
        Id of the coder to compare with.
    """
    ruled = (np.asarray(hits, dtype=np.int64) > 0).astype(np.int64)
    rules = _qualities(true, "rules", ruled, None, None)
    machine: list[Quality] = []
    table: tuple[Bin, ...] = ()
    by_code: tuple[Calibration, ...] = ()
    humans: tuple[Beside, ...] = ()
    no_humans = ONE_INFORMANT
    if folds:
        scores, suggested = _joined(true, folds)
        silent = np.array([fold.silent for fold in folds]).sum(axis=0)
        machine = _qualities(true, "classifier", suggested, scores, silent)
        known = true.labels != -1
        table = measures.bins(true.labels[known], scores[known])
        by_code = tuple(_calibration(key, true.labels[:, code], scores[:, code]) for code, key in enumerate(true.keys))
        compared = ONE_CODER if second is None else beside(corpus, true, suggested, true.coders[0], second)
        humans, no_humans = ((), compared) if isinstance(compared, str) else (compared, "")
    each = zip(machine, rules, strict=True) if machine else ((one,) for one in rules)
    return Evaluation(
        tuple(quality for pair in each for quality in pair),
        "" if folds else ONE_INFORMANT,
        table,
        measures.calibration_error(table),
        tuple(lessons),
        humans,
        no_humans,
        true.keys,
        true.coders,
        len(true.units),
        len(true.informants),
        true.findings,
        by_code,
    )


def _calibration(key: str, labels: Ints, scores: NDArray[np.float64]) -> Calibration:
    known = labels != -1
    found = measures.bins(labels[known], scores[known], least=LEAST)
    return Calibration(key, found, measures.calibration_error(found))


def _joined(true: Truth, folds: Sequence[Fold]) -> tuple[NDArray[np.float64], Ints]:
    """Return the probabilities and suggestions of all folds, unit by unit."""
    scores = np.full(true.labels.shape, np.nan)
    suggested = np.zeros(true.labels.shape, dtype=np.int64)
    for fold in folds:
        mine = true.groups == fold.group
        scores[mine], suggested[mine] = np.array(fold.probabilities), np.array(fold.suggested)
    return scores, suggested


def _qualities(
    true: Truth, recipe: str, suggested: Ints, scores: NDArray[np.float64] | None, silent: Ints | None
) -> list[Quality]:
    """Return the quality of one recipe: over all codes, then code by code."""
    found = []
    for code, key in enumerate(true.keys):
        known = true.labels[:, code] != -1
        labels, said, groups = true.labels[known, code], suggested[known, code], true.groups[known]
        precision, recall, f1, ap = measures.quality(
            labels, said, None if scores is None else scores[known, code], groups
        )
        found.append(
            Quality(
                key,
                recipe,
                len(labels),
                int(labels.sum()),
                len(np.unique(groups[labels == 1])),
                int(said.sum()),
                None if silent is None else int(silent[code]),
                precision,
                recall,
                f1,
                ap,
            )
        )
    none = Figure(None, "", None, "")
    bearing = (true.labels == 1).any(axis=1)
    overall = Quality(
        "",
        recipe,
        len(true.units),
        int(bearing.sum()),
        len(np.unique(true.groups[bearing])),
        int(suggested.any(axis=1).sum()),
        None,
        none,
        none,
        measures.macro_f1(true.labels, suggested, true.groups),
        _mean_ap(found, none),
    )
    return [overall, *found]


def _mean_ap(found: Sequence[Quality], none: Figure) -> Figure:
    """Return the mean average precision of the codes for which it is defined, without an interval."""
    values = [one.ap.value for one in found if one.ap.value is not None]
    if values:
        return replace(none, value=float(np.mean(values)))
    return found[0].ap if found else none


def _row(one: Quality) -> dict[str, object]:
    figures = {"precision": one.precision, "recall": one.recall, "f1": one.f1, "ap": one.ap}
    row: dict[str, object] = {
        "code": one.code,
        "n_units": one.n_units,
        "n_bearing": one.n_bearing,
        "recipe": one.recipe,
        "n_informants": one.n_informants,
        "n_suggested": one.n_suggested,
        "silent": one.silent,
    }
    for name, figure in figures.items():
        low, high = figure.interval or (None, None)
        row |= {name: figure.value, f"{name}_low": low, f"{name}_high": high}
    reasons = [f"{name}: {figure.undefined}" for name, figure in figures.items() if figure.undefined]
    return row | {"undefined": "; ".join(reasons)}

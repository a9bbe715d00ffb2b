"""What replays of a coded study say: recall against effort, code by code and recipe by recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import N_
from qualcode.model import Finding
from qualcode.suggesters.effort._hypergeometric import least_missing, p_missing
from qualcode.suggesters.effort._metrics import NOTHING_TO_FIND, SHARES, Effort, effort, recall_curve
from qualcode.suggesters.effort._pace import UNTIMED, Pace
from qualcode.suggesters.effort._replay import Run
from qualcode.suggesters.effort._stopping import SURE, TARGET

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Curve", "Replayed", "Simulation", "Stop", "simulation"]

ONE_INFORMANT = N_(
    "all units are one informant's, so the replay begins with the first units of the text: whether it carries over to others cannot be seen"
)
Spread = tuple[float, float, float]
ASKED = 40
"""Moments, spread evenly over a replay, at which the stopping rule is asked."""
GRID = 50
"""Steps of a recall curve from nothing to everything read."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the stopping rule would have let one run stop.

    Attributes
    ----------
    read : float or None
        Share of the units read when it first promises that 95 % is found (`Stopping.low`); ``None`` where it never does before all is read.
    reached : float or None
        Share of what bears the code that was then found.
    kept, asked : int
        Of so many moments at which the rule was asked, at how many what it promised at least was true.
    """

    read: float | None
    reached: float | None
    kept: int
    asked: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """One code by one recipe, over all seeds; figures, units among them, are means over the seeds where there is something to find.

    `low` and `high` are the least and the most `loss` of a seed; `versus_text` mean, least and most difference of the loss to reading in
    order of the text with the same informant first (negative: better). `stops` are those seeds' stops.
    """

    code: str
    recipe: str
    n_units: float
    n_bearing: float
    n_seeds: int
    n_defined: int
    loss: float | None
    low: float | None
    high: float | None
    atd: float | None
    wss95: float | None
    tnr95: float | None
    needed95: float | None
    recalls: tuple[tuple[float, float | None], ...]
    versus_text: Spread | None
    stops: tuple[Stop, ...]
    undefined: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Recall against effort: shares of the units read from 0 to 1, and mean, least and highest recall of the seeds there."""

    read: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Replays of a coded study.

    Attributes
    ----------
    runs : tuple of Run
        One for each recipe and seed.
    rows : tuple of Replayed
        Code by code, within it recipe by recipe.
    keys, recipes : tuple of str
        Codes and recipes, in order.
    seeds, batch : int
        How many replays of each recipe; units read before the classifier learns again, at first.
    n_units, n_informants : int
        What was replayed.
    coders : tuple of str
        Whose codings; with several, where they agree.
    findings : tuple of Finding
        What a reader of the figures should know.
    pace : Pace
        How long a passage takes, which makes hours of passages.
    """

    runs: tuple[Run, ...]
    rows: tuple[Replayed, ...]
    keys: tuple[str, ...]
    recipes: tuple[str, ...]
    seeds: int
    batch: int
    n_units: int
    n_informants: int
    coders: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    pace: Pace = UNTIMED

    def curve(self, code: str, recipe: str) -> Curve | None:
        """Return the recall curve of *code* by *recipe*; ``None`` where no seed left anything to find."""
        grid = np.linspace(0, 1, GRID + 1)
        found = []
        for run in self.runs:
            recall = recall_curve(run.labels(code)) if run.recipe == recipe else None
            if recall is not None:
                read = np.floor(grid * len(recall) + 1e-9).astype(int)
                found.append(np.concatenate([[0.0], recall])[read])
        if not found:
            return None
        every = np.array(found)
        return Curve(*(tuple(row.tolist()) for row in (grid, every.mean(0), every.min(0), every.max(0))))

    def overall(self) -> tuple[dict[str, object], ...]:
        """Return a dictionary for each recipe: means over the codes for which a figure is defined, and how many these are.

        Least and most are those of a seed's mean over codes.
        """
        seeds = {
            (run.recipe, run.seed): _mean([effort(run.labels(key)) for key in self.keys], "loss") for run in self.runs
        }
        found = []
        for recipe in self.recipes:
            rows = [row for row in self.rows if row.recipe == recipe and not row.undefined]
            losses = [loss for (name, _), loss in seeds.items() if name == recipe and loss is not None]
            apart = [
                loss - other
                for (name, seed), loss in seeds.items()
                if name == recipe != "text" and loss is not None and (other := seeds.get(("text", seed))) is not None
            ]
            row: dict[str, object] = {"recipe": recipe, "n_codes": len(rows), "n_seeds": len(losses)}
            for at, share in enumerate(SHARES):
                row[_recall(share)] = fmean(one.recalls[at][1] or 0 for one in rows) if rows else None
            row |= _spread_row("loss", _spread(losses)) | _spread_row("loss_versus_text", _spread(apart))
            for name in ("atd", "wss95"):
                values = [value for one in rows if (value := getattr(one, name)) is not None]
                row[name] = fmean(values) if values else None
            spared = [one.n_units - one.needed95 for one in rows if one.needed95 is not None]
            row["hours_spared"] = self.pace.hours(fmean(spared)) if spared else None
            row["hours_all"] = self.pace.hours(fmean(one.n_units for one in rows)) if spared else None
            found.append(row)
        return tuple(found)

    def to_rows(self) -> tuple[dict[str, object], ...]:
        """Return a dictionary for each code and recipe; ``None`` stands for undefined."""
        return tuple(_row(one, self.pace) for one in self.rows)

    def to_frame(self) -> pd.DataFrame:
        """Return `to_rows` as a DataFrame."""
        import pandas as pd

        return pd.DataFrame(list(self.to_rows()))


def simulation(
    runs: Sequence[Run],
    *,
    keys: Sequence[str],
    recipes: Sequence[str],
    seeds: int,
    batch: int,
    n_units: int,
    n_informants: int,
    coders: Sequence[str],
    findings: Sequence[Finding] = (),
    pace: Pace | None = None,
) -> Simulation:
    """Return what *runs* say of the codes *keys*."""
    text = {(run.seed, key): effort(run.labels(key)).loss for run in runs if run.recipe == "text" for key in keys}
    rows = tuple(
        _replayed(key, recipe, [run for run in runs if run.recipe == recipe], batch, text)
        for key in keys
        for recipe in recipes
    )
    said = list(findings)
    if n_informants < 2:
        said.append(Finding("note", ONE_INFORMANT))
    return Simulation(
        tuple(runs),
        rows,
        tuple(keys),
        tuple(recipes),
        seeds,
        batch,
        n_units,
        n_informants,
        tuple(coders),
        tuple(said),
        pace or UNTIMED,
    )


def _replayed(
    key: str, recipe: str, runs: Sequence[Run], batch: int, text: dict[tuple[int, str], float | None]
) -> Replayed:
    measured = [effort(run.labels(key)) for run in runs]
    defined = [one for one in measured if not one.undefined]
    losses = [one.loss for one in defined if one.loss is not None]
    apart = [
        one.loss - other
        for run, one in zip(runs, measured, strict=True)
        if one.loss is not None and (other := text.get((run.seed, key))) is not None
    ]
    shares = [share for share, _ in measured[0].recalls] if measured else []
    return Replayed(
        code=key,
        recipe=recipe,
        n_units=fmean(one.n_units for one in defined or measured) if measured else 0,
        n_bearing=fmean(one.n_bearing for one in defined or measured) if measured else 0,
        n_seeds=len(measured),
        n_defined=len(defined),
        loss=_mean(defined, "loss"),
        low=min(losses, default=None),
        high=max(losses, default=None),
        atd=_mean(defined, "atd"),
        wss95=_mean(defined, "wss95"),
        tnr95=_mean(defined, "tnr95"),
        needed95=_mean(defined, "needed95"),
        recalls=tuple(
            (share, fmean(one.recalls[at][1] or 0 for one in defined) if defined else None)
            for at, share in enumerate(shares)
        ),
        versus_text=_spread(apart) if recipe != "text" else None,
        stops=tuple(_stop(run, key, batch) for run, one in zip(runs, measured, strict=True) if not one.undefined),
        undefined="" if defined else measured[0].undefined if measured else NOTHING_TO_FIND,
    )


def _mean(measured: Sequence[Effort], name: str) -> float | None:
    values = [value for one in measured if (value := getattr(one, name)) is not None]
    return fmean(values) if values else None


def _spread(values: Sequence[float]) -> Spread | None:
    """Return mean, least and most; None of nothing."""
    return (fmean(values), min(values), max(values)) if values else None


def _spread_row(name: str, spread: Spread | None) -> dict[str, object]:
    mean, low, high = spread or (None, None, None)
    return {name: mean, f"{name}_low": low, f"{name}_high": high}


def _stop(run: Run, key: str, batch: int) -> Stop:
    """Return where one run would have stopped, and whether what the rule promised on the way was true."""
    labels, before = run.labels(key), run.before[key]
    every = before + int(labels.sum())
    kept = asked = 0
    read: float | None = None
    reached: float | None = None
    for end in _asked_at(len(labels), batch):
        drawn, unread = labels[:end], len(labels) - end
        found = before + int(drawn.sum())
        if not unread or not found:
            continue
        asked += 1
        # The promise is that no more is missing than the test does not reject: true where it does not reject what is missing.
        kept += p_missing(drawn, unread, every - found) >= 1 - SURE
        if read is None and p_missing(drawn, unread, least_missing(found, TARGET)) < 1 - SURE:
            read, reached = end / len(labels), found / every
    return Stop(read, reached, kept, asked)


def _asked_at(n: int, batch: int) -> range:
    """Return after how many of *n* units the rule is asked: after each batch, or `ASKED` times where that is less; not by when it is learnt again."""
    step = max(batch, -(-n // ASKED))
    return range(step, n, step)


def _row(one: Replayed, pace: Pace) -> dict[str, object]:
    reached = [stop.reached for stop in one.stops if stop.reached is not None]
    read = [stop.read for stop in one.stops if stop.read is not None]
    asked = sum(stop.asked for stop in one.stops)
    return {
        "code": one.code,
        "recipe": one.recipe,
        "n_units": one.n_units,
        "n_bearing": one.n_bearing,
        "n_seeds": one.n_seeds,
        "n_defined": one.n_defined,
        **{_recall(share): recall for share, recall in one.recalls},
        "loss": one.loss,
        "loss_low": one.low,
        "loss_high": one.high,
        **_spread_row("loss_versus_text", one.versus_text),
        "atd": one.atd,
        "wss95": one.wss95,
        "tnr95": one.tnr95,
        "needed95": one.needed95,
        "hours_all": pace.hours(one.n_units),
        "hours_spared": pace.hours(None if one.needed95 is None else one.n_units - one.needed95),
        "stop_seeds": len(read),
        "stop_read": fmean(read) if read else None,
        "stop_recall": fmean(reached) if reached else None,
        "promises_kept": sum(stop.kept for stop in one.stops) / asked if asked else None,
        "promises": asked,
        "undefined": one.undefined,
    }


def _recall(share: float) -> str:
    """Return the name of the column of the recall when *share* of the units is read: ``recall_25``."""
    return f"recall_{100 * share:.0f}"

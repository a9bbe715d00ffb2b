"""What a measurement of agreement found, or why it found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.model import Finding

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree, on what, and how that was counted.

    Attributes
    ----------
    value : float or None
        The coefficient: a share from 0 to 1 for percent, at most 1 for alpha (0 is chance, less is worse than chance). ``None`` where
        it is undefined.
    undefined : str
        Why `value` is ``None``; empty otherwise. An English message id without parameters.
    interval : (float, float) or None
        95 % percentile interval over resampled transcripts, where asked for and possible.
    interval_undefined : str
        Why `interval` is ``None``. An English message id without parameters.
    measure, level : str
        ``alpha`` or ``percent``; the distance between two values: ``nominal`` (same or not) or ``masi`` (sets of codes).
    unit : str
        What was compared: ``turn``, the kind of the segments, or the column's name.
    n_units, n_left_out : int
        Units with the values of at least two coders, on which `value` rests; units with fewer.
    coders : tuple of str
        Those compared.
    code : str
        The code's key where one code was compared (present or absent), empty for all codes together.
    marked : tuple of int
        For one code: units that bear it, coder by coder, of the `n_units`.
    together : int
        For one code: units on which every coder who saw the unit put it.
    per_code : tuple of Agreement
        For all codes together: each code on its own, in codebook order.
    findings : tuple of Finding
        What a reader of the figure should know.
    """

    value: float | None
    undefined: str
    measure: str
    level: str
    unit: str
    n_units: int
    n_left_out: int
    coders: tuple[str, ...]
    interval: tuple[float, float] | None = None
    interval_undefined: str = ""
    code: str = ""
    marked: tuple[int, ...] = ()
    together: int = 0
    per_code: tuple[Agreement, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def n_coders(self) -> int:
        """How many coders were compared."""
        return len(self.coders)

    def to_rows(self) -> tuple[dict[str, object], ...]:
        """Return this figure and below it each code's, a dictionary a row; ``None`` stands for undefined."""
        low, high = self.interval or (None, None)
        row: dict[str, object] = {
            "code": self.code,
            "measure": self.measure,
            "level": self.level,
            "unit": self.unit,
            "value": self.value,
            "undefined": self.undefined,
            "low": low,
            "high": high,
            "n_units": self.n_units,
            "n_left_out": self.n_left_out,
            "coders": ", ".join(self.coders),
            "marked": ", ".join(str(n) for n in self.marked),
            "together": self.together if self.code else None,
        }
        return (row, *(row for one in self.per_code for row in one.to_rows()))

    def to_frame(self) -> pd.DataFrame:
        """Return `to_rows` as a DataFrame; an undefined value is NaN and its reason stands beside it."""
        import pandas as pd

        frame = pd.DataFrame(list(self.to_rows()))
        numeric = ["value", "low", "high"]
        frame[numeric] = frame[numeric].astype(float)
        frame["together"] = frame["together"].astype("Int64")
        return frame

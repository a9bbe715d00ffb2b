"""Agreement for those who have only a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcode.agreement import _measure as core
from qualcode.agreement._measure import MISSING, Measure, check_measure, nominal
from qualcode.agreement._result import Agreement
from qualcode.errors import N_, InputError, NotFoundError, shorten

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["agreement_from_frame"]


def agreement_from_frame(
    df: pd.DataFrame,
    *,
    unit: str,
    coder: str,
    value: str,
    measure: Measure = "alpha",
) -> Agreement:
    """Return how far the coders of a long table agree: a row is one coder's value for one unit.

    Values are compared as same or different (nominal). A row without a value, like a row that is not there, means that the
    coder did not see the unit; any other value, an empty string too, is a judgement.

    Parameters
    ----------
    df : DataFrame of shape (n_judgements, any)
        The table; other columns are not read.
    unit, coder, value : str
        Names of its columns.
    measure : {"alpha", "percent"}
        Krippendorff's alpha, or the share of agreeing pairs.

    Returns
    -------
    Agreement
        ``value`` is ``None`` and ``undefined`` says why where nothing can be measured.

    Raises
    ------
    NotFoundError
        If a column is missing.
    InputError
        If the measure does not exist, a row names no unit or coder, or a coder gives one unit two different values.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(1, "rani", "a"), (1, "dewi", "a"), (2, "rani", "b"), (2, "dewi", "b"), (3, "rani", "a"), (3, "dewi", "b")]
    >>> table = pd.DataFrame(rows, columns=["unit", "coder", "code"])
    >>> round(agreement_from_frame(table, unit="unit", coder="coder", value="code").value, 3)
    0.444
    """
    check_measure(measure)
    for name in (unit, coder, value):
        if name not in df.columns:
            raise NotFoundError(
                N_("the table has no column {name!r}"), name=name, known=[str(column) for column in df.columns]
            )
    for name in (unit, coder):
        if df[name].isna().any():
            raise InputError(N_("a row of the table has nothing in column {name!r}"), name=name)
    judged = df.loc[df[value].notna(), [unit, coder, value]].drop_duplicates()
    doubled = judged.duplicated([unit, coder])
    if doubled.any():
        row = judged.loc[doubled].iloc[0]
        raise InputError(
            N_("coder {coder!r} gives unit {unit!r} two values"),
            hint=N_("give one row a unit and coder, or measure each code in a table of its own"),
            coder=shorten(str(row[coder])),
            unit=shorten(str(row[unit])),
        )
    units = df[unit].unique()
    coders = df[coder].unique()
    at_unit = {name: number for number, name in enumerate(units)}
    at_coder = {name: number for number, name in enumerate(coders)}
    values = {name: number for number, name in enumerate(judged[value].unique())}
    table = np.full((len(units), len(coders)), MISSING, dtype=np.int64)
    table[judged[unit].map(at_unit).to_numpy(int), judged[coder].map(at_coder).to_numpy(int)] = (
        judged[value].map(values).to_numpy(int)
    )
    found = core.measure(table, nominal(len(values)), measure)
    return Agreement(
        value=found.value,
        undefined=found.undefined,
        measure=measure,
        level="nominal",
        unit=unit,
        n_units=found.n_units,
        n_left_out=len(units) - found.n_units,
        coders=tuple(str(name) for name in coders),
        interval_undefined=found.interval_undefined,
    )

"""Agreement over a plain table."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode.agreement import agreement_from_frame
from qualcode.errors import InputError, NotFoundError


def table(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


def test_a_missing_row_and_a_missing_value_are_the_same() -> None:
    full = table(
        (1, "r", "a"), (1, "d", "a"), (2, "r", "b"), (2, "d", "a"), (3, "r", "b"), (3, "d", "b"), (4, "r", "b")
    )
    gap = pd.concat([full, table((4, "d", None))])
    first, second = (agreement_from_frame(t, unit="unit", coder="coder", value="code") for t in (full, gap))

    assert first == second
    assert (first.n_units, first.n_left_out, first.coders) == (3, 1, ("r", "d"))


def test_an_empty_string_is_a_judgement() -> None:
    found = agreement_from_frame(
        table((1, "r", ""), (1, "d", ""), (2, "r", "a"), (2, "d", "a")), unit="unit", coder="coder", value="code"
    )

    assert found.value == 1


def test_two_values_of_one_coder_for_one_unit_are_refused() -> None:
    with pytest.raises(InputError, match="gives unit '1' two values"):
        agreement_from_frame(table((1, "r", "a"), (1, "r", "b")), unit="unit", coder="coder", value="code")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(NotFoundError, match="no column 'cod'") as caught:
        agreement_from_frame(table(), unit="unit", coder="coder", value="cod")

    assert "code" in caught.value.nearest


def test_a_row_without_unit_is_refused() -> None:
    with pytest.raises(InputError, match="nothing in column 'unit'"):
        agreement_from_frame(table((None, "r", "a")), unit="unit", coder="coder", value="code")


def test_an_empty_table_is_undefined() -> None:
    found = agreement_from_frame(table(), unit="unit", coder="coder", value="code", measure="percent")

    assert found.value is None
    assert found.undefined


def test_to_frame_has_a_row() -> None:
    frame = agreement_from_frame(table(), unit="unit", coder="coder", value="code").to_frame()

    assert frame["value"].isna().all()
    assert len(frame) == 1

"""The coefficients give the published figures, and hold for every table."""

from __future__ import annotations

import json
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qualcode.agreement._measure import MISSING, Measured, masi, measure, nominal
from qualcode.errors import InputError

GOLDEN = Path(__file__).parents[1] / "data/golden"


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def numbered(rows: list[list[Any]]) -> tuple[NDArray[np.int64], int]:
    """Return rows of values as numbers, None as missing."""
    values = {
        value: number for number, value in enumerate(dict.fromkeys(v for row in rows for v in row if v is not None))
    }
    return np.array([[values.get(v, MISSING) for v in row] for row in rows]), len(values)


def of(rows: list[list[Any]], name: str = "alpha") -> float:
    table, n = numbered(rows)
    value = measure(table, nominal(n), name).value
    assert value is not None
    return value


@pytest.mark.parametrize("example", golden("krippendorff_1980")["examples"])
def test_krippendorff_1980(example: Any) -> None:
    assert of(example["rows"]) == pytest.approx(example["alpha"], abs=0.001)
    assert of(example["rows"], "percent") == pytest.approx(example["percent"], abs=0.005)


@pytest.mark.parametrize(("name", "example"), golden("krippendorff_2004_2011")["examples"].items())
def test_krippendorff_2004_and_2011(name: str, example: Any) -> None:
    assert of(example["rows"]) == pytest.approx(example["alpha_nominal"], abs=0.001)
    percent = example.get("percent", 1 - example.get("Do_nominal", 0))
    assert of(example["rows"], "percent") == pytest.approx(percent, abs=0.001)


def test_krippendorff_2011_with_missing_values_to_twelve_places() -> None:
    example = golden("krippendorff_2004_2011")["examples"]["C_any_observers_missing"]

    assert of(example["rows"]) == pytest.approx(example["alpha_nominal_12dp"], abs=1e-12)


def test_hayes_and_krippendorff_2007() -> None:
    data = golden("hayes_krippendorff_2007")

    assert of(data["rows"]) == pytest.approx(data["computed"]["alpha_nominal"], abs=1e-5)


def test_three_coders_and_fifteen_units() -> None:
    data = golden("krippendorff_wikipedia")
    rows = [
        list(row) for row in zip(*([None if v == "*" else v for v in c.split()] for c in data["coders"]), strict=True)
    ]

    assert of(rows) == pytest.approx(data["computed"]["nominal"], abs=1e-6)


@pytest.mark.parametrize("example", golden("artstein_poesio_2008")["examples"])
def test_artstein_and_poesio_2008(example: Any) -> None:
    rows = [[a, b] for a, b, n in example["pairs_counts"] for _ in range(n)]

    assert of(rows, "percent") == pytest.approx(example["expected"]["percent"], abs=0.001)
    if "alpha_nominal" in example["expected"]:
        assert of(rows) == pytest.approx(example["expected"]["alpha_nominal"], abs=0.001)


def test_digitized_characters() -> None:
    example = golden("digitized_character_agreement")["examples"][0]
    rows = [[a, b] for a, b in zip(example["coder1"], example["coder2"], strict=True)]

    assert of(rows) == pytest.approx(example["expected"]["alpha"], abs=0.001)


def test_sets_of_codes_by_masi() -> None:
    data = golden("set_valued_alpha")
    table, _ = numbered([[frozenset(one) for one in row] for row in data["rows"]])
    sets = tuple(dict.fromkeys(frozenset(one) for row in data["rows"] for one in row))

    assert measure(table, masi(sets), "alpha").value == pytest.approx(
        data["computed"]["alpha_masi_passonneau"], abs=1e-6
    )
    assert measure(table, nominal(len(sets)), "alpha").value == pytest.approx(
        data["computed"]["alpha_exact_set"], abs=1e-6
    )
    assert measure(table, nominal(len(sets)), "percent").value == pytest.approx(1 / 3)


def test_masi_knows_two_empty_sets_as_equal() -> None:
    assert masi((frozenset(), frozenset("a"))).tolist() == [[0, 1], [1, 0]]


def test_masi_is_nominal_where_sets_hold_one_code() -> None:
    assert (masi(tuple(frozenset(c) for c in ["", "a", "b", "c"])) == nominal(4)).all()


def test_no_variation_is_undefined_not_one() -> None:
    found = measure(np.zeros((9, 2), dtype=np.int64), nominal(2), "alpha")

    assert found.value is None
    assert "without variation" in found.undefined
    assert measure(np.zeros((9, 2), dtype=np.int64), nominal(2), "percent").value == 1


def test_no_pair_is_undefined() -> None:
    table = np.array([[0, MISSING], [MISSING, 1], [MISSING, MISSING]])

    assert measure(table, nominal(2), "alpha") == Measured(None, "no unit was seen by two of these coders", 0)


tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([MISSING, 0, 1, 2]), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


def textbook(rows: list[list[int]]) -> float | None:
    """Return alpha from the coincidence matrix, step by step as in Krippendorff 2011."""
    together: Counter[tuple[int, int]] = Counter()
    for row in rows:
        values = [v for v in row if v != MISSING]
        for a, b in permutations(values, 2):
            together[a, b] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[int] = Counter()
    for (a, _), weight in together.items():
        totals[a] += weight
    n = sum(totals.values())
    observed = sum(w for (a, b), w in together.items() if a != b)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return 1 - (n - 1) * observed / expected if expected else None


@given(tables)
def test_alpha_is_the_textbook_one(rows: list[list[int]]) -> None:
    expected = textbook(rows)
    actual = measure(np.array(rows), nominal(3), "alpha").value

    assert actual is None if expected is None else actual == pytest.approx(expected, abs=1e-9)


@given(tables, st.randoms())
def test_alpha_does_not_care_who_is_named_first(rows: list[list[int]], random: Any) -> None:
    order = list(range(len(rows[0])))
    random.shuffle(order)
    table = np.array(rows)
    before, after = (measure(t, nominal(3), "alpha").value for t in (table, table[:, order]))

    assert after is None if before is None else after == pytest.approx(before)


def test_interval_needs_transcripts_and_repeats_itself() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(2, size=200)
    table = np.column_stack([truth, np.where(random.random(200) < 0.1, 1 - truth, truth)])
    blocks = np.repeat(np.arange(10), 20)
    first, second = (measure(table, nominal(2), "alpha", blocks=blocks, resamples=200, seed=3) for _ in range(2))

    assert first == second
    assert first.value is not None
    assert first.interval is not None
    assert first.interval[0] < first.value < first.interval[1]
    few = measure(table, nominal(2), "alpha", blocks=blocks // 3, resamples=200)
    assert few.interval is None
    assert "too few" in few.interval_undefined


def test_unknown_measure_offers_a_near_one() -> None:
    from qualcode.agreement._measure import check_measure

    with pytest.raises(InputError) as caught:
        check_measure("alhpa")

    assert "alpha" in str(caught.value.parameters["nearest"])

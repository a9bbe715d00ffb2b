"""Who types the old key of a merged code is told what became of it; verbs that only read go on with the code it counts as."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def merged(run: Run) -> Run:
    """Return `run` in a folder with a study in which ngutang was merged into utang-warung."""
    assert run("new", "a.qualcode", "--codebook", "prekariat")[0] == 0
    for name in ("utang warung", "ngutang"):
        assert run("codebook", "add", name)[0] == 0
    assert run("codebook", "merge", "ngutang", "--into", "utang-warung")[0] == 0
    return run


def number(run: Run) -> int:
    newest: dict[str, int] = json.loads(run("log", "--json", "-n", "1")[1])[0]
    return newest["number"]


@pytest.mark.parametrize("verb", [("codebook", "show", "a.qualcode", "ngutang"), ("suggest", "--code", "ngutang")])
def test_a_verb_that_reads_follows_and_says_so(merged: Run, verb: tuple[str, ...]) -> None:
    status, out, err = merged(*verb, "--json")

    assert status == 0
    assert "code 'ngutang' was merged into 'utang-warung' on " in err
    assert f"(number {number(merged)} in the log); this is 'utang-warung'" in err
    json.loads(out)


@pytest.mark.parametrize(
    "verb",
    [
        ("codebook", "edit", "ngutang", "--name", "x"),
        ("codebook", "retire", "ngutang"),
        ("codebook", "move", "ngutang"),
    ],
)
def test_a_verb_that_writes_says_what_to_use(merged: Run, verb: tuple[str, ...]) -> None:
    before = number(merged)

    status, _, err = merged(*verb)

    assert status == 1
    assert "was merged into 'utang-warung' on 2" in err
    assert f"(number {before} in the log)" in err
    assert "use utang-warung" in err
    assert number(merged) == before, "nothing was written"


def test_the_log_names_both(merged: Run) -> None:
    assert "ngutang → utang-warung" in merged("log", "-n", "1")[1]

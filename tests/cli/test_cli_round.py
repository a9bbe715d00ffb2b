"""Rounds at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]


def test_a_round_is_begun_listed_and_ended(run: Run) -> None:
    assert run("new", "uji.qualcode", "--codebook", "none")[0] == 0
    assert "qualcode round" in run("round")[1]

    status, said, _ = run("round", "putaran-1")
    (row,) = json.loads(run("round", "--json")[1])

    assert status == 0
    assert "putaran-1" in said
    assert row == {"round": "putaran-1", "independent": True, "open": True, "coders": 0, "codings": 0}
    assert run("round", "putaran-2")[0] != 0
    assert run("round", "x", "--close")[0] != 0
    assert "putaran-1" in run("round", "--close")[1]
    assert run("round", "--close")[0] != 0
    assert run("round", "diskusi", "--together")[0] == 0
    assert [one["open"] for one in json.loads(run("round", "--json")[1])] == [False, True]

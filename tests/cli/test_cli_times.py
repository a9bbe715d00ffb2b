"""Moments are shown where the user is, and say so; programs get UTC."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from qualcode.cli import _words

Run = Callable[..., tuple[int, str, str]]
UTC_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def jayapura(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `run` nine hours ahead of UTC, in a folder with a study."""
    monkeypatch.setattr(_words, "ZONE", timezone(timedelta(hours=9)))
    assert run("new", "a.qualcode", "--codebook", "prekariat")[0] == 0
    assert run("codebook", "retire", "upah-eksploitasi")[0] == 0
    return run


@pytest.mark.parametrize("verb", ["log", "restore"])
def test_table_has_local_time_with_its_zone(jayapura: Run, verb: str) -> None:
    machine = [row["at"] for row in json.loads(jayapura(verb, "--json")[1])]
    _, shown, _ = jayapura(verb)

    assert machine
    for at in machine:
        assert UTC_ISO.fullmatch(at)
        assert f"{datetime.fromisoformat(at) + timedelta(hours=9):%Y-%m-%d %H:%M:%S} +09:00" in shown
    assert "UTC" not in shown

"""Killed at random moments while coding and importing, a study opens, is whole, and holds all that was acknowledged.

The long version is ``python benchmarks/kill.py``.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def kill() -> ModuleType:
    """Return the benchmark as a module."""
    file = Path(__file__).parents[2] / "benchmarks" / "kill.py"
    spec = importlib.util.spec_from_file_location("qualcode_benchmark_kill", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_fifteen_kills_lose_nothing(kill: ModuleType, tmp_path: Path) -> None:
    """No acknowledged change lost, none kept by half, every file opens and passes the check."""
    tally = kill.run(15, tmp_path, seed=random.randrange(2**31))

    assert (tally.lost, tally.halves, tally.unopened, tally.damaged) == ([], [], [], [])
    assert tally.kills == 15
    assert tally.acknowledged > 15


def test_the_look_after_a_kill_sees_what_is_wrong(kill: ModuleType, tmp_path: Path) -> None:
    """A change that is not there, an import of which only half is, a file that does not open: each is counted."""
    path = tmp_path / "studi" / "pekerja.qualcode"
    path.parent.mkdir()
    kill.new_study(path)
    tally = kill.Tally(codings={"ee" * 16}, transcripts={"ff" * 16})

    kill.look(path, tally, [])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    kill.look(path, tally, [])

    assert tally.lost == ["ee" * 16, "ff" * 16]
    assert len(tally.unopened) == 1
    assert not tally.sound


def test_what_a_killed_program_said_is_counted(kill: ModuleType) -> None:
    """Done is acknowledged; what was begun last is neither lost nor promised."""
    tally = kill.Tally()

    begun = kill.take_in(
        ["ready", "opened", "doing coding aa", "done", "doing import bb cc", "done", "doing undo", "refused", "doing import dd ee"],
        tally,
    )  # fmt: skip

    assert (tally.codings, tally.transcripts) == ({"aa"}, {"bb", "cc"})
    assert (tally.acknowledged, begun) == (2, ["dd", "ee"])
    assert tally.moments == {"during import": 1}

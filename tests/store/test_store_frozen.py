"""Studies of every released schema open, are whole, and hold what they held."""

from __future__ import annotations

import importlib.util
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from qualcode.store.backup import Reason, list_backups
from qualcode.store.check import check
from qualcode.store.file import StudyFile
from qualcode.store.migrations import NEWEST
from qualcode.store.read import load_corpus

FROZEN = Path(__file__).parents[1] / "data" / "studies"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """Return the script that made them, for its way of writing down what is found."""
    spec = importlib.util.spec_from_file_location("make_frozen_study", FROZEN / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_a_frozen_study_of_every_schema() -> None:
    """Who adds a migration freezes a study."""
    assert [p.stem for p in sorted(FROZEN.glob("*.qualcode"))] == [f"{n:04}" for n in range(1, NEWEST + 1)]


@pytest.mark.parametrize("number", range(1, NEWEST + 1))
def test_frozen_study_holds_what_it_held(number: int, tmp_path: Path, make: ModuleType) -> None:
    """Brought forward after a backup, replayed with equal tables, and read as it was; later fields may have been added."""
    path = tmp_path / "beku.qualcode"
    shutil.copyfile(FROZEN / f"{number:04}.qualcode", path)
    expected = json.loads((FROZEN / f"{number:04}.expected.json").read_text(encoding="utf-8"))

    with StudyFile.open(path, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC)) as file:
        damage = [finding for finding in (*file.findings, *check(file, rebuild=True)) if finding.level == "damage"]
        found = make.found(load_corpus(file))

    assert damage == []
    assert kept(expected, found) == expected
    assert (Reason.MIGRATION in {b.reason for b in list_backups(path)}) == (number < NEWEST)


def kept(expected: object, found: object) -> object:
    """Return *found* without the fields that *expected* does not know."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {name: kept(value, found.get(name)) for name, value in expected.items()}
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [kept(one, other) for one, other in zip(expected, found, strict=True)]
    return found

"""Backups made anew in an encrypted study, of older schemas, and of another study that once had the name."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from qualcode.store import cipher
from qualcode.store import schema as s
from qualcode.store.acts.withdrawing import withdraw
from qualcode.store.backup import backup_folder, make_backup
from qualcode.store.check import check
from qualcode.store.effects import By
from qualcode.store.file import StudyFile
from qualcode.store.migrations import NEWEST
from qualcode.store.purge import stones_of
from qualcode.store.read import load_corpus
from qualcode.store.sealing import encrypt

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
RANI, TONO = "1" * 32, "3" * 32
STUDIES = Path(__file__).parents[1] / "data" / "studies"


def clock() -> datetime:
    return NOON


def frozen(folder: Path, number: int) -> Path:
    path = folder / "beku.qualcode"
    shutil.copyfile(STUDIES / f"{number:04}.qualcode", path)
    return path


def texts(path: Path) -> list[str]:
    with StudyFile.open(path, clock=clock) as file:
        damage = [f for f in (*file.findings, *check(file, rebuild=True)) if f.level == "damage"]
        assert damage == []
        with file.reading() as connection:
            return list(connection.execute(select(s.text_.c.body)).scalars())


def erase(path: Path) -> tuple[Any, ...]:
    with StudyFile.open(path, clock=clock) as file:
        assert any(informant.guid == TONO for informant in load_corpus(file).informants)
        withdraw(file.log, By(RANI, NOON), [TONO])
        return file.purge()


@pytest.mark.parametrize("number", [1, 4, NEWEST])
def test_backups_of_older_schemas_are_brought_forward_and_cleaned(tmp_path: Path, number: int) -> None:
    """One from before a migration holds the words in its old tables."""
    path = frozen(tmp_path, NEWEST)
    old = backup_folder(path) / "2026-02-01_000000_migrasi.qualcode"
    old.parent.mkdir()
    shutil.copyfile(STUDIES / f"{number:04}.qualcode", old)
    before = texts(path)

    assert erase(path) == ()

    assert len(texts(path)) < len(before)
    assert bytes.fromhex(TONO) in stones_of(old)
    kept = tmp_path / "lain" / "dipulihkan.qualcode"
    kept.parent.mkdir()
    shutil.copyfile(old, kept)
    assert not any("Wawancara pertama" in text for text in texts(kept))


def test_backups_of_an_encrypted_study_stay_encrypted(
    tmp_path: Path, passphrases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = frozen(tmp_path, NEWEST)
    StudyFile.open(path, clock=clock).close()
    encrypt(path, "kata sandi yang kuat")
    made = make_backup(path, at=NOON)

    assert erase(path) == ()

    for file in (path, *backup_folder(path).glob("*.qualcode")):
        assert cipher.is_encrypted(file)
        assert bytes.fromhex(TONO) in stones_of(file)
    assert made.path.exists()
    assert texts(path)


def test_backups_of_another_study_are_not_touched(tmp_path: Path) -> None:
    """Its people did not withdraw from this one."""
    path = frozen(tmp_path, NEWEST)
    other = tmp_path / "x" / "beku.qualcode"
    other.parent.mkdir()
    StudyFile.create(other, clock=clock).close()
    foreign = backup_folder(path) / "2026-02-01_000000_harian.qualcode"
    foreign.parent.mkdir()
    shutil.copyfile(other, foreign)
    before = foreign.read_bytes()

    assert erase(path) == ()

    assert foreign.read_bytes() == before

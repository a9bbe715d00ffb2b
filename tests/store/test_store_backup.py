"""Backups hold what the study held, are checked before they are named, and make room for newer ones."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import NotFoundError, ProjectFileError, StateError
from qualcode.store.backup import (
    Reason,
    backup_folder,
    find_backup,
    is_due,
    list_backups,
    make_backup,
    restore,
    rotate,
)
from qualcode.store.header import APPLICATION_ID, read_header

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(params=["pekerja.qualcode", "skripsi Rani #2 50%?é.qualcode"])
def study(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    if sys.platform == "win32" and "?" in request.param:
        pytest.skip("a question mark cannot stand in a file name there")
    folder = tmp_path / "folder dengan spasi"
    folder.mkdir()
    path = folder / request.param
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute("PRAGMA user_version=1")
        db.execute("CREATE TABLE event(x)")
        db.execute("CREATE TABLE meta(key, value)")
        db.execute("INSERT INTO meta VALUES('study', 'ab')")
        db.commit()
    add(path, 3)
    return path


def add(path: Path, n: int) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executemany("INSERT INTO event VALUES(?)", [(str(i),) for i in range(n)])
        db.commit()


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM event").fetchone()[0])


def test_backup_holds_what_the_study_holds_while_it_is_in_use(study: Path) -> None:
    """Rows that are still in the write-ahead log of an open study are in the backup."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("INSERT INTO event VALUES('9')")
        db.commit()
        backup = make_backup(study, at=NOON)

    assert count(backup.path) == 4
    assert backup.path.parent == backup_folder(study)
    assert backup.path.name == "2026-03-02_120000_diminta.qualcode"
    assert read_header(backup.path).application == APPLICATION_ID
    assert [p.name for p in backup.path.parent.iterdir()] == [backup.path.name]


def test_two_backups_in_one_second_are_both_kept(study: Path) -> None:
    """A name in use is never taken again."""
    first = make_backup(study, at=NOON)
    second = make_backup(study, at=NOON)

    assert first.path != second.path
    assert {b.path for b in list_backups(study)} == {first.path, second.path}


def test_backup_is_due_once_a_day(study: Path) -> None:
    """Whatever the reason of the day's first; days are counted in UTC."""
    assert is_due(study, at=NOON)

    make_backup(study, at=NOON, reason=Reason.MIGRATION)

    assert not is_due(study, at=NOON + timedelta(hours=11))
    assert is_due(study, at=NOON + timedelta(hours=13))


def test_rotation_keeps_seven_days_four_weeks_and_what_was_asked_for(study: Path) -> None:
    """After sixty days: the last seven, the Sundays of three earlier weeks, three migrations, every one asked for."""
    folder = backup_folder(study)
    folder.mkdir()
    start = datetime(2026, 1, 1, 3, tzinfo=UTC)
    for day in range(60):
        at = start + timedelta(days=day)
        (folder / f"{at:%Y-%m-%d_%H%M%S}_harian.qualcode").write_bytes(b"x")
    for day in (1, 2, 3, 4):
        (folder / f"2026-01-0{day}_000000_migrasi.qualcode").write_bytes(b"x")
    (folder / "2026-01-01_000000_diminta.qualcode").write_bytes(b"x")
    (folder / "catatan.txt").write_bytes(b"the user's own")

    rotate(study)

    left = sorted(p.name for p in folder.iterdir())
    assert [name for name in left if "harian" in name] == [
        f"2026-{day}_030000_harian.qualcode"
        for day in ("02-08", "02-15", "02-22", "02-23", "02-24", "02-25", "02-26", "02-27", "02-28", "03-01")
    ]
    assert [name[:10] for name in left if "migrasi" in name] == ["2026-01-02", "2026-01-03", "2026-01-04"]
    assert {"2026-01-01_000000_diminta.qualcode", "catatan.txt"} <= set(left)


def test_backup_that_finds_no_folder_says_so_and_leaves_nothing(study: Path) -> None:
    """Where the backup folder should be lies a file."""
    backup_folder(study).write_bytes(b"")

    with pytest.raises(ProjectFileError, match="no backup could be made"):
        make_backup(study, at=NOON)

    assert backup_folder(study).read_bytes() == b""


def test_damaged_study_gives_no_backup(study: Path) -> None:
    """A copy of damage must not push out good copies."""
    add(study, 3000)
    content = bytearray(study.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    study.write_bytes(content)

    with pytest.raises(ProjectFileError):
        make_backup(study, at=NOON)

    assert list_backups(study) == ()
    assert list(backup_folder(study).iterdir()) == []


def test_restore_keeps_the_present_file_and_the_backup(study: Path) -> None:
    """Three files after it: the study as it was backed up, the file it replaced, the backup."""
    backup = make_backup(study, at=NOON)
    add(study, 2)

    aside = restore(study, backup.path, at=NOON)

    assert aside is not None
    assert aside == backup_folder(study) / "sebelum-dipulihkan 2026-03-02_120000.qualcode"
    assert (count(study), count(aside), count(backup.path)) == (3, 5, 3)


def test_restore_in_place_of_a_damaged_or_missing_file(study: Path) -> None:
    """What a restore is for."""
    backup = make_backup(study, at=NOON)
    study.write_bytes(b"SQLite format 3\x00 and then nothing of use")

    first = restore(study, backup.path, at=NOON)
    study.unlink()
    second = restore(study, backup.path, at=NOON)

    assert first is not None
    assert first.read_bytes().startswith(b"SQLite format 3\x00 and")
    assert second is None
    assert count(study) == 3


def test_restore_takes_along_the_log_of_a_killed_program(study: Path) -> None:
    """Changes that were only in the write-ahead log are kept with the file put aside, and not in the restored one."""
    backup = make_backup(study, at=NOON)
    with closing(sqlite3.connect(study)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("INSERT INTO event VALUES('9')")
        db.commit()
        killed = {end: study.with_name(study.name + end).read_bytes() for end in ("", "-wal")}
    for end, content in killed.items():
        study.with_name(study.name + end).write_bytes(content)

    aside = restore(study, backup.path, at=NOON)

    assert aside is not None
    assert (count(study), count(aside)) == (3, 4)


def test_restore_is_refused_while_another_program_has_the_study(study: Path) -> None:
    """Exchanging a file under a program that writes to it would lose its work."""
    backup = make_backup(study, at=NOON)
    with closing(sqlite3.connect(study)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("SELECT * FROM event").fetchall()
        with pytest.raises(StateError, match="another program has the study open"):
            restore(study, backup.path, at=NOON)

    assert count(study) == 3


def test_backup_of_another_study_is_refused(study: Path) -> None:
    """Two studies in one folder are not to be mixed up."""
    backup = make_backup(study, at=NOON)
    with closing(sqlite3.connect(study)) as db:
        db.execute("UPDATE meta SET value = 'cd'")
        db.commit()
    before = study.read_bytes()

    with pytest.raises(StateError, match="another study"):
        restore(study, backup.path, at=NOON)

    assert study.read_bytes() == before


def test_backups_of_an_earlier_study_of_the_name_are_passed_over(study: Path) -> None:
    """They are neither listed as this study's, nor taken for today's, nor cleared away."""
    old = [make_backup(study, at=NOON - timedelta(days=n), reason=Reason.DAILY).path for n in range(30)]
    old += [make_backup(study, at=NOON, reason=Reason.MIGRATION).path for _ in range(4)]
    with closing(sqlite3.connect(study)) as db:
        db.execute("UPDATE meta SET value = 'cd'")
        db.commit()

    assert list_backups(study) == ()
    assert is_due(study, at=NOON)
    with pytest.raises(NotFoundError, match="no backups"):
        find_backup(study)
    new = [make_backup(study, at=NOON + timedelta(days=n), reason=Reason.DAILY) for n in range(30)]
    removed = rotate(study)

    assert not is_due(study, at=new[-1].at)
    assert all(path.exists() for path in old)
    assert removed
    assert set(removed) < {backup.path for backup in new}
    study.unlink()
    assert rotate(study) == ()
    assert {b.path for b in list_backups(study)} == {*old, *(b.path for b in new)} - set(removed)


def test_what_is_only_in_the_log_of_a_backup_is_restored(study: Path) -> None:
    """Somebody looked into a backup with another program, which was killed at work on it."""
    backup = make_backup(study, at=NOON).path
    with closing(sqlite3.connect(backup)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("INSERT INTO event VALUES('9')")
        db.commit()
        killed = {end: backup.with_name(backup.name + end).read_bytes() for end in ("", "-wal")}
    for end, content in killed.items():
        backup.with_name(backup.name + end).write_bytes(content)

    restore(study, backup, at=NOON)

    assert {p.name for p in study.parent.iterdir() if p.is_file()} == {study.name}
    assert {end: backup.with_name(backup.name + end).read_bytes() for end in killed} == killed
    assert (count(study), count(backup)) == (4, 4)
    assert read_header(study).application == APPLICATION_ID


def test_damaged_backup_is_refused(study: Path) -> None:
    """The present file stays where it is."""
    add(study, 3000)
    backup = make_backup(study, at=NOON)
    content = bytearray(backup.path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * (4096 * 4)
    backup.path.write_bytes(content)
    before = study.read_bytes()

    with pytest.raises(ProjectFileError, match="the backup is damaged"):
        restore(study, backup.path, at=NOON)

    assert study.read_bytes() == before


def test_backups_are_found_by_the_beginning_of_their_name(study: Path) -> None:
    """No name means the newest; a wrong one is answered with those there are."""
    with pytest.raises(NotFoundError, match="no backups"):
        find_backup(study)
    old = make_backup(study, at=NOON)
    new = make_backup(study, at=NOON + timedelta(days=1))

    assert find_backup(study) == new
    assert find_backup(study, "2026-03-02") == old
    with pytest.raises(NotFoundError) as caught:
        find_backup(study, "2026-03-02_120000_diminta.qualcod3")
    assert old.path.name in caught.value.nearest

"""A study is made, opened, worked on by one or two programs, and left as one file; whatever is wrong with it is said."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import NotFoundError, ProjectFileError, StateError
from qualcode.store import opening as opening_module
from qualcode.store.anchor import read_anchor
from qualcode.store.backup import list_backups, restore
from qualcode.store.effects import By, Effect, new_guid
from qualcode.store.file import StudyFile
from qualcode.store.read import load_coders, load_corpus

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RANI = "aa" * 16


def clock() -> datetime:
    return NOON


def note(file: StudyFile, text: str) -> str:
    """Record a memo, the smallest change there is."""
    guid = new_guid()
    values: dict[str, object] = {"text": text, "kind": "note"}
    file.record(By(RANI, file.clock()), "memo", [Effect("new", "memo", guid, values)])
    return guid


def notes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [text for (text,) in db.execute("SELECT text FROM memo ORDER BY id")]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study with one coder and three memos, at rest."""
    path = tmp_path / "pekerja.qualcode"
    with StudyFile.create(path, clock=clock) as file:
        file.record(By(RANI, NOON), "coder", [Effect("new", "coder", RANI, {"id": "rani", "name": "Rani"})])
        for text in ("satu", "dua", "tiga"):
            note(file, text)
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


# ---- at rest and at work ----


def test_study_at_rest_is_one_file(study: Path) -> None:
    """While it is open there is a write-ahead log; afterwards nothing but the study."""
    with StudyFile.open(study, clock=clock) as file:
        note(file, "empat")
        during = {p.name for p in study.parent.iterdir() if p.is_file()}

    assert "pekerja.qualcode-wal" in during
    assert set(everything(study.parent)) == {"pekerja.qualcode"}
    assert notes(study) == ["satu", "dua", "tiga", "empat"]


def test_opening_without_writing_changes_no_record(study: Path) -> None:
    """Looking at a study begins no sitting."""
    with StudyFile.open(study, clock=clock):
        pass

    with closing(sqlite3.connect(study)) as db:
        assert db.execute("SELECT count(*) FROM sitting").fetchone() == (1,)


def test_reading_only_leaves_the_bytes_alone_and_refuses_to_write(study: Path) -> None:
    """Open for reading means just that."""
    before = everything(study.parent)

    with StudyFile.open(study, mode="ro", clock=clock) as file:
        assert [coder.id for coder in load_coders(file)] == ["rani"]
        with pytest.raises(StateError, match="reading only"):
            note(file, "x")

    assert everything(study.parent) == before


def test_create_refuses_a_name_in_use(study: Path) -> None:
    """What is there stays, and no leftovers of the attempt do."""
    before = everything(study.parent)

    with pytest.raises(StateError, match="a file of this name"):
        StudyFile.create(study, clock=clock)

    assert everything(study.parent) == before


def test_create_that_fails_at_the_last_step_leaves_the_name_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner that holds the new file: nothing is left of the attempt, and the next one succeeds."""

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        with pytest.raises(ProjectFileError, match="another program holds it open"):
            StudyFile.create(tmp_path / "a.qualcode", clock=clock)

    assert everything(tmp_path) == {}
    StudyFile.create(tmp_path / "a.qualcode", clock=clock).close()


def test_create_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(ProjectFileError, match="no folder skripsi"):
        StudyFile.create(tmp_path / "skripsi" / "a.qualcode", clock=clock)


def test_study_keeps_the_guid_it_was_given(tmp_path: Path) -> None:
    """An imported study keeps its name for the world."""
    with StudyFile.create(tmp_path / "a.qualcode", clock=clock, study_guid="cd" * 16) as file:
        assert file.study == "cd" * 16
    with StudyFile.open(tmp_path / "a.qualcode", clock=clock) as file:
        assert file.study == "cd" * 16


def test_closing_twice_is_harmless(study: Path) -> None:
    """A `with` around a file that was closed inside it."""
    with StudyFile.open(study, clock=clock) as file:
        file.close()

    assert set(everything(study.parent)) == {"pekerja.qualcode"}


def test_two_programs_may_have_it_open_each_with_its_sitting(study: Path) -> None:
    """Both see both's work; the first to close leaves the log to the other, the last leaves one file."""
    with StudyFile.open(study, clock=clock) as one:
        two = StudyFile.open(study, clock=clock)
        note(one, "dari satu")
        note(two, "dari dua")
        note(one, "lagi dari satu")
        two.close()
        assert "pekerja.qualcode-wal" in everything(study.parent)
        note(one, "sesudah dua tutup")

    assert set(everything(study.parent)) == {"pekerja.qualcode"}
    assert notes(study)[3:] == ["dari satu", "dari dua", "lagi dari satu", "sesudah dua tutup"]
    with closing(sqlite3.connect(study)) as db:
        assert db.execute("SELECT count(*) FROM sitting").fetchone() == (3,)


# ---- files that are not what they should be ----


def test_refused_files_stay_as_they_were(tmp_path: Path, study: Path) -> None:
    """Empty, text, another database, newer, cut off, garbled: every one is refused and not a byte changes."""
    whole = study.read_bytes()
    newer = bytearray(whole)
    newer[60:64] = (99).to_bytes(4, "big")
    foreign = bytearray(whole)
    foreign[68:72] = bytes(4)
    garbled = bytearray(whole)
    for at in range(4096, len(whole), 4096):
        garbled[at : at + 64] = os.urandom(64)
    cases = {
        "empty": (b"", "the file is empty"),
        "text": (b"P: Apa kabar?\n", "not a qualcode study"),
        "newer": (bytes(newer), "newer qualcode"),
        "foreign": (bytes(foreign), "a database, but not"),
        "cut": (whole[: len(whole) // 2], "cut off"),
        "garbled": (bytes(garbled), "damaged"),
        "first page only": (whole[:4096] + bytes(len(whole) - 4096), "damaged"),
    }
    for name, (content, said) in cases.items():
        folder = tmp_path / name
        folder.mkdir()
        path = folder / "a.qualcode"
        path.write_bytes(content)
        for mode in ("rw", "ro"):
            with pytest.raises(ProjectFileError, match=said) as caught:
                StudyFile.open(path, mode=mode, clock=clock)  # type: ignore[arg-type]
            assert caught.value.hint, name
            assert everything(folder) == {"a.qualcode": content}, name


def test_missing_study_is_not_made_by_opening(tmp_path: Path) -> None:
    """A typing mistake makes no new file."""
    with pytest.raises(NotFoundError, match="there is no study"):
        StudyFile.open(tmp_path / "b.qualcode", clock=clock)

    assert list(tmp_path.iterdir()) == []


def test_database_of_ours_without_our_tables_is_damaged(tmp_path: Path) -> None:
    """The right application id alone makes no study."""
    path = tmp_path / "a.qualcode"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id={0x51434F44}")
        db.execute("PRAGMA user_version=1")
        db.execute("CREATE TABLE x(y)")
        db.commit()
    before = everything(tmp_path)

    with pytest.raises(ProjectFileError, match="damaged"):
        StudyFile.open(path, clock=clock)

    assert everything(tmp_path) == before


def test_table_name_that_is_no_text_is_damage(study: Path) -> None:
    """Noise in SQLite's own list of tables."""
    content = study.read_bytes().replace(b"research_question", b"research_qu\xff\xfetion")
    study.write_bytes(content)

    with pytest.raises(ProjectFileError, match="the file is damaged"):
        StudyFile.open(study, clock=clock)

    assert study.read_bytes() == content


def test_text_that_is_no_text_is_damage_and_not_quoted(study: Path) -> None:
    """An interview's words do not end up in an error message."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("UPDATE memo SET text = CAST(x'ff' || 'Bu Tinah di Jalan Mawar' AS TEXT)")
        db.commit()

    with (
        StudyFile.open(study, clock=clock) as file,
        pytest.raises(ProjectFileError, match="the file is damaged") as caught,
    ):
        load_corpus(file)

    assert "Tinah" not in str(caught.value)


def test_schema_of_a_stranger_runs_no_code(study: Path) -> None:
    """A view or trigger hidden in a study that someone sent may not call functions with effects."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("CREATE VIEW jebakan AS SELECT load_extension('jahat')")
        db.commit()

    with (
        StudyFile.open(study, clock=clock) as file,
        file.engine.connect() as connection,
        pytest.raises(Exception, match=r"unsafe use|not authorized|no such function"),
    ):
        connection.exec_driver_sql("SELECT * FROM jebakan").fetchall()


# ---- not allowed, locked, full ----


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    mode = place.stat().st_mode
    place.chmod(mode & ~0o222)
    try:
        yield
    finally:
        place.chmod(mode)


def test_read_only_file_opens_for_reading_alone(study: Path) -> None:
    """The message says how; nothing is written."""
    before = study.read_bytes()

    with read_only(study):
        with pytest.raises(ProjectFileError, match="read but not written") as caught:
            StudyFile.open(study, clock=clock)
        with StudyFile.open(study, mode="ro", clock=clock) as file:
            assert len(load_coders(file)) == 1

    assert caught.value.hint
    assert study.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mark does not forbid writing there")
def test_read_only_folder_opens_for_reading_alone(study: Path) -> None:
    """SQLite needs room beside the file to write to it."""
    with read_only(study.parent):
        with pytest.raises(ProjectFileError, match="folder may be read but not written"):
            StudyFile.open(study, clock=clock)
        with StudyFile.open(study, mode="ro", clock=clock) as file:
            assert len(load_coders(file)) == 1


def test_locked_study_is_said_to_be_locked(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that holds the file for itself: wait a little, then say so; the file is as it was."""
    monkeypatch.setattr(opening_module, "PATIENCE", 0.2)
    before = study.read_bytes()

    with closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectFileError, match="another program holds the study locked"):
            StudyFile.open(study, clock=clock)
        other.execute("ROLLBACK")

    assert study.read_bytes() == before
    with StudyFile.open(study, clock=clock) as file:
        note(file, "lagi")


def test_write_lock_of_another_program_is_waited_for_then_said(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another writes, a change waits; when that takes too long, the error is plain and the change can be repeated."""
    monkeypatch.setattr("qualcode.store.engine.BUSY_SECONDS", 0.2)
    with StudyFile.open(study, clock=clock) as file, closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectFileError, match="another program holds the study locked"):
            note(file, "ditolak")
        other.execute("ROLLBACK")
        note(file, "diterima")

    assert notes(study) == ["satu", "dua", "tiga", "diterima"]


def test_full_disk_loses_nothing_that_was_acknowledged(study: Path) -> None:
    """The change that does not fit is refused whole; those before it are there; the file opens, and takes more later."""
    kept = ["satu", "dua", "tiga"]
    with StudyFile.open(study, clock=clock) as file:
        file.engine.dispose()
        with file.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count = {pages + 4}").fetchall()
        texts = [f"catatan {n} " + "panjang " * 200 for n in range(50)]
        with pytest.raises(ProjectFileError, match="the disk is full") as caught:
            kept.extend(text for text in texts if note(file, text))

    assert len(kept) < 50
    assert "make room" in (caught.value.hint or "")
    assert notes(study) == kept
    with StudyFile.open(study, clock=clock) as file:
        assert file.findings == ()
        note(file, "ada tempat lagi")
    assert notes(study) == [*kept, "ada tempat lagi"]


def interrupted(file: StudyFile) -> None:
    with file.log.writing(By(RANI, NOON)) as writer:
        writer.record("memo", [Effect("new", "memo", new_guid(), {"text": "separuh", "kind": "note"})])
        raise KeyboardInterrupt


def test_ctrl_c_in_the_middle_of_a_change_leaves_nothing_of_it(study: Path) -> None:
    """An interruption between effects rolls the whole event back, and work goes on."""
    with StudyFile.open(study, clock=clock) as file:
        with pytest.raises(KeyboardInterrupt):
            interrupted(file)
        note(file, "sesudahnya")

    assert notes(study) == ["satu", "dua", "tiga", "sesudahnya"]
    assert set(everything(study.parent)) == {"pekerja.qualcode"}


# ---- a program that was killed ----


DIE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from qualcode.store.effects import By, Effect, new_guid
from qualcode.store.file import StudyFile

now = datetime(2026, 3, 2, 12, tzinfo=UTC)
file = StudyFile.open(Path(sys.argv[1]), clock=lambda: now)
file.record(By("aa" * 16, now), "memo", [Effect("new", "memo", new_guid(), {"text": "sebelum mati", "kind": "note"})])
os._exit(9)
"""


def test_log_of_a_killed_program_is_completed_at_the_next_opening(study: Path) -> None:
    """What was recorded before the kill is there, and the study is one file again."""
    killed = subprocess.run([sys.executable, "-c", DIE, str(study)], check=False)
    left = set(everything(study.parent))

    with StudyFile.open(study, clock=clock) as file:
        assert file.findings == ()

    assert killed.returncode == 9
    assert "pekerja.qualcode-wal" in left
    assert notes(study) == ["satu", "dua", "tiga", "sebelum mati"]
    assert set(everything(study.parent)) == {"pekerja.qualcode"}


def test_log_of_a_killed_program_is_read_by_a_reader_too(study: Path) -> None:
    """Reading only sees what the killed program recorded."""
    with StudyFile.open(study, clock=clock) as file:
        note(file, "sebelum mati")
        parts = everything(study.parent)
    for name, content in parts.items():
        if not name.endswith("-shm"):
            (study.parent / name).write_bytes(content)

    with StudyFile.open(study, mode="ro", clock=clock) as file, file.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM memo").scalar()

    assert count == 4


# ---- what is noticed ----


def rules(file: StudyFile) -> list[tuple[str, str]]:
    return [(finding.level, finding.rule) for finding in file.findings]


def test_older_file_in_the_place_of_a_newer_one_is_noticed(study: Path) -> None:
    """Said as damage once, then as a note for as long as the newer file is away; nothing is thrown away meanwhile."""
    old = study.read_bytes()
    with StudyFile.open(study, clock=clock) as file:
        note(file, "yang hilang")
    new = study.read_bytes()

    study.write_bytes(old)
    with StudyFile.open(study, clock=clock) as file:
        first = rules(file)
        note(file, "kerja di berkas lama")
    with StudyFile.open(study, clock=clock) as file:
        second = rules(file)
    study.write_bytes(new)
    with StudyFile.open(study, clock=clock) as file:
        third = rules(file)

    assert first == [("damage", "rolled-back")]
    assert second == [("note", "rolled-back")]
    # The newer file is back, but the work done in the older one is now away.
    assert third == [("damage", "rolled-back")]


def test_cut_off_tail_of_the_log_is_noticed(study: Path) -> None:
    """Inside a file whose last event was removed everything looks in order: only the anchor knows."""
    with closing(sqlite3.connect(study)) as db:
        last = db.execute("SELECT max(id) FROM event").fetchone()[0]
        for table in ("payload", "ref"):
            db.execute(f"DELETE FROM {table} WHERE effect IN (SELECT id FROM effect WHERE event = ?)", (last,))
        db.execute("DELETE FROM effect WHERE event = ?", (last,))
        db.execute("DELETE FROM event WHERE id = ?", (last,))
        db.commit()

    with StudyFile.open(study, clock=clock) as file:
        assert rules(file) == [("damage", "rolled-back")]


def test_copy_elsewhere_is_no_rolled_back_file(study: Path, tmp_path: Path) -> None:
    """Another place has its own memory: a copy that lags behind is a copy."""
    (tmp_path / "stik").mkdir()
    (tmp_path / "stik" / "pekerja.qualcode").write_bytes(study.read_bytes())
    with StudyFile.open(study, clock=clock) as file:
        note(file, "hanya di sini")

    with StudyFile.open(tmp_path / "stik" / "pekerja.qualcode", clock=clock) as file:
        assert file.findings == ()


def test_restored_backup_is_not_taken_for_a_rolled_back_file(study: Path) -> None:
    """Who restores knows that the file is older."""
    with StudyFile.open(study, clock=clock) as file:
        note(file, "sesudah cadangan")
    (backup, *_) = list_backups(study)

    restore(study, backup.path, at=NOON)

    with StudyFile.open(study, clock=clock) as file:
        assert file.findings == ()
    assert notes(study) == ["satu", "dua", "tiga"]


def test_changed_text_is_noticed(study: Path) -> None:
    """One letter changed behind the program's back is damage, and says in which transcript."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("INSERT INTO entity VALUES (900, zeroblob(16), 'transcript'), (901, randomblob(16), 'revision')")
        db.execute("INSERT INTO transcript(id, name, current) VALUES (900, 'informan-03', 901)")
        db.execute("INSERT INTO revision(id, transcript, sha256) VALUES (901, 900, ?)", ("0" * 64,))
        db.execute("INSERT INTO text VALUES (901, NULL, 'Saya tak kerja.')")
        db.commit()

    with StudyFile.open(study, clock=clock) as file:
        (finding,) = file.findings

    assert (finding.level, finding.rule) == ("damage", "text")
    assert "informan-03" in str(finding)


def test_study_in_a_sync_folder_is_noted_and_keeps_no_log_beside_it(tmp_path: Path) -> None:
    """There the classic journal is used: no second file whose copy could be forgotten."""
    folder = tmp_path / "OneDrive - Universitas"
    folder.mkdir()
    with StudyFile.create(folder / "a.qualcode", clock=clock) as file:
        note(file, "satu")
        assert rules(file) == [("note", "sync-folder")]
        assert not any(p.name.endswith(("-wal", "-shm")) for p in folder.iterdir())

    assert {p.name for p in folder.iterdir()} == {"a.qualcode"}


def test_conflicted_copy_beside_the_study_is_said(study: Path) -> None:
    """Two machines changed it at once: the other half is beside it."""
    study.with_name("pekerja (Dewi's conflicted copy 2026-03-02).qualcode").write_bytes(study.read_bytes())

    with StudyFile.open(study, clock=clock) as file:
        assert rules(file) == [("damage", "conflicted-copy")]


def test_tampered_log_is_noticed_at_opening(study: Path) -> None:
    """One entry changed behind the program's back breaks its chain; and no good backup is rotated away for it."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("UPDATE event SET at = at + 1 WHERE seq = 2")
        db.commit()

    with StudyFile.open(study, clock=clock) as file:
        assert rules(file) == [("damage", "log")]


# ---- backups ----


def test_first_opening_of_a_day_makes_a_backup(study: Path) -> None:
    """A new study has nothing to keep; after that, one a day, holding what was there at opening."""
    assert list_backups(study) == ()
    with StudyFile.open(study, clock=clock) as file:
        note(file, "empat")
    with StudyFile.open(study, clock=clock):
        pass
    with StudyFile.open(study, clock=lambda: NOON + timedelta(days=1)):
        pass

    assert [notes(b.path) for b in list_backups(study)] == [["satu", "dua", "tiga", "empat"], ["satu", "dua", "tiga"]]


def test_backup_that_cannot_be_made_is_said_and_does_not_stop_work(study: Path) -> None:
    """A full disk or a forbidden folder: the researcher is told, and goes on."""
    study.with_name("pekerja.cadangan").write_bytes(b"a file is in the way")

    with StudyFile.open(study, clock=clock) as file:
        note(file, "tetap jalan")
        assert rules(file) == [("note", "backup")]

    assert notes(study)[-1] == "tetap jalan"


@pytest.mark.parametrize("rolled_back", [False, True])
def test_no_backup_is_removed_while_a_newer_file_is_missing(study: Path, rolled_back: bool) -> None:
    """The backup that still has the lost work must not be rotated away; otherwise the day's opening makes room."""
    old = study.read_bytes()
    with StudyFile.open(study, clock=clock) as file:
        note(file, "yang hilang")
    for day in range(1, 31):
        at = NOON - timedelta(days=day)
        study.with_name("pekerja.cadangan").joinpath(f"{at:%Y-%m-%d_%H%M%S}_harian.qualcode").write_bytes(old)
    if rolled_back:
        study.write_bytes(old)

    with StudyFile.open(study, clock=lambda: NOON + timedelta(days=1)):
        pass

    assert (len(list_backups(study)) == 32) is rolled_back


# ---- the anchor ----


def test_anchor_follows_the_work(study: Path) -> None:
    """After closing, the anchor holds the head and the counter of the log."""
    with StudyFile.open(study, clock=clock) as file:
        reference = file.record(By(RANI, NOON), "memo", [Effect("new", "memo", new_guid(), {"text": "x"})])

    anchor = read_anchor(file.study, study)
    assert anchor is not None
    assert list(anchor.heads) == [str(reference)]
    assert anchor.counter == 5


def test_state_folder_that_cannot_be_written_is_said(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work goes on without an anchor."""
    (tmp_path / "state").write_bytes(b"")
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))

    with StudyFile.open(study, clock=clock) as file:
        note(file, "jalan")
        assert ("note", "anchor") in rules(file)

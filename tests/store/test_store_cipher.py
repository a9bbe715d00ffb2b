"""Encryption at rest: nothing is readable without the passphrase, in no file; and a study is made plain or encrypted whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualcode.errors import InputError, MissingExtraError, NotFoundError, ProjectFileError, StateError
from qualcode.model import Study
from qualcode.store import cipher
from qualcode.store.acts.memos import add_memo
from qualcode.store.acts.study import add_coder, put_study
from qualcode.store.backup import Reason, backup_folder, list_backups, make_backup, restore
from qualcode.store.check import check
from qualcode.store.effects import By
from qualcode.store.file import StudyFile
from qualcode.store.joining import join
from qualcode.store.read import load_corpus
from qualcode.store.sealing import encrypt, make_plain

pytestmark = pytest.mark.usefixtures("passphrases")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "kata sandi yang kuat"
SECRET = "RAHASIA bakso"
RANI = "1" * 32


def clock() -> datetime:
    return NOON


def fill(file: StudyFile, text: str = SECRET) -> None:
    if not load_corpus(file).coders:
        add_coder(file.log, By(RANI, NOON), "rani", guid=RANI)
        put_study(file.log, By(RANI, NOON), Study(title="Studi"))
    add_memo(file.log, By(RANI, NOON), text)


def memos(path: Path, passphrase: str = "") -> list[str]:
    with StudyFile.open(path, clock=clock, passphrase=passphrase) as file:
        assert [f for f in (*file.findings, *check(file, rebuild=True)) if f.level == "damage"] == []
        return [memo.text for memo in load_corpus(file).memos]


def forget() -> None:
    for known in (cipher._known, cipher._keys, cipher._fitting):
        known.clear()


def speaking(folder: Path) -> set[str]:
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (SECRET.encode() in path.read_bytes() or b"SQLite format 3" in path.read_bytes())
    }


@pytest.fixture
def sealed_study(tmp_path: Path) -> Path:
    path = tmp_path / "studi" / "pekerja.qualcode"
    path.parent.mkdir()
    with StudyFile.create(path, clock=clock, passphrase=WORDS) as file:
        fill(file)
    return path


@pytest.fixture
def plain_study(tmp_path: Path) -> Path:
    path = tmp_path / "studi" / "pekerja.qualcode"
    path.parent.mkdir()
    with StudyFile.create(path, clock=clock) as file:
        fill(file)
    make_backup(path, at=NOON)
    return path


def test_nothing_is_readable_in_any_file(sealed_study: Path) -> None:
    """The study, its write-ahead log while it is open, and its backups."""
    folder = sealed_study.parent
    with StudyFile.open(sealed_study, clock=clock, passphrase=WORDS) as file:
        fill(file)
        assert file.encrypted
        assert any(path.name.endswith("-wal") for path in folder.iterdir())
        make_backup(sealed_study, at=NOON)
        assert speaking(folder) == set()

    assert speaking(folder) == set()
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["pekerja.qualcode"]
    assert memos(sealed_study) == [SECRET, SECRET]


def test_other_programs_that_speak_sqlcipher_open_it(sealed_study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing but the passphrase; a study that outlives this program must not be lost with it."""
    from sqlcipher3 import dbapi2

    monkeypatch.setattr(cipher, "ROUNDS", 256_000)
    forget()
    path = sealed_study.with_name("lain.qualcode")
    with StudyFile.create(path, clock=clock, passphrase='it\'s "quoted" 😀') as file:
        fill(file)

    with closing(dbapi2.connect(str(path))) as db:
        db.execute("""PRAGMA key = 'it''s "quoted" 😀'""")
        assert db.execute("SELECT text FROM memo").fetchall() == [(SECRET,)]


@pytest.mark.parametrize(
    ("passphrase", "kind", "message"),
    [("", StateError, "passphrase is not known"), ("salah sekali", InputError, "not the passphrase")],
)
def test_without_the_passphrase_it_stays_shut(
    sealed_study: Path, passphrase: str, kind: type[Exception], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """One clear error, nothing on the error stream, the file as it was to the byte."""
    forget()
    before = sealed_study.read_bytes()

    with pytest.raises(kind, match=message) as caught:
        StudyFile.open(sealed_study, clock=clock, passphrase=passphrase)

    assert not passphrase or passphrase not in str(caught.value)
    assert sealed_study.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_the_passphrase_may_come_from_the_environment(sealed_study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setenv(cipher.VARIABLE, WORDS)

    assert memos(sealed_study) == [SECRET]


def test_missing_extra_is_said(sealed_study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line that installs it; making an encrypted study leaves nothing behind."""
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)

    for attempt in (
        lambda: StudyFile.open(sealed_study, clock=clock, passphrase=WORDS),
        lambda: StudyFile.create(sealed_study.with_name("baru.qualcode"), clock=clock, passphrase=WORDS),
    ):
        with pytest.raises(MissingExtraError, match="sqlcipher3") as caught:
            attempt()
        assert caught.value.parameters["extra"] == "sandi"
    assert [path.name for path in sealed_study.parent.iterdir()] == ["pekerja.qualcode"]


def test_short_passphrases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too short"):
        StudyFile.create(tmp_path / "a.qualcode", clock=clock, passphrase="rahasia")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"bukan studi" * 1000, b"PK\x03\x04" + bytes(range(256)) * 64, b"\0" * 8192])
def test_what_is_no_study_is_not_taken_for_an_encrypted_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.qualcode"
    path.write_bytes(content[: len(content) // 4096 * 4096])

    assert not cipher.is_encrypted(path)
    with pytest.raises(ProjectFileError, match="not a qualcode study"):
        StudyFile.open(path, clock=clock, passphrase=WORDS)


def test_damaged_page_is_found(sealed_study: Path) -> None:
    """Every page carries a code of its own: one letter changed is noticed."""
    content = bytearray(sealed_study.read_bytes())
    content[4096 * 3 + 100] ^= 1
    sealed_study.write_bytes(content)

    with pytest.raises(ProjectFileError):
        memos(sealed_study, WORDS)


def test_backups_restore_and_merge_with_the_same_passphrase(sealed_study: Path) -> None:
    made = make_backup(sealed_study, at=NOON)
    copy = sealed_study.parent.parent / "salinan.qualcode"
    shutil.copy(sealed_study, copy)
    with StudyFile.open(copy, clock=clock) as file:
        fill(file, "dari salinan")

    with StudyFile.open(sealed_study, clock=clock) as file:
        assert join(file, copy).events == 1
    assert sorted(memos(sealed_study)) == [SECRET, "dari salinan"]
    restore(sealed_study, made.path, at=NOON)

    assert memos(sealed_study) == [SECRET]
    assert speaking(sealed_study.parent) == set()


def test_a_plain_study_is_encrypted_with_its_backups_and_made_plain_again(plain_study: Path) -> None:
    folder, before = plain_study.parent, memos(plain_study)
    assert len(speaking(folder)) == 2

    assert encrypt(plain_study, WORDS) == ()

    assert speaking(folder) == set()
    assert [backup.reason for backup in list_backups(plain_study)] == [Reason.ASKED]
    assert memos(plain_study) == before
    with pytest.raises(StateError, match="encrypted already"):
        encrypt(plain_study, WORDS)
    forget()
    with pytest.raises(StateError, match="not known"):
        make_plain(plain_study)
    cipher.remember(WORDS)
    assert make_plain(plain_study) == ()
    assert len(speaking(folder)) >= 2
    assert memos(plain_study) == before
    with pytest.raises(StateError, match="not encrypted"):
        make_plain(plain_study)


def test_encrypting_is_refused_while_another_program_has_the_study(plain_study: Path) -> None:
    before = plain_study.read_bytes()
    with StudyFile.open(plain_study, clock=clock), pytest.raises(StateError, match="another program"):
        encrypt(plain_study, WORDS)
    assert not cipher.is_encrypted(plain_study)
    assert len(plain_study.read_bytes()) == len(before)


def test_encrypting_what_is_no_study_or_damaged_changes_nothing(tmp_path: Path, plain_study: Path) -> None:
    with pytest.raises(NotFoundError):
        encrypt(tmp_path / "tidak-ada.qualcode", WORDS)
    content = plain_study.read_bytes()
    plain_study.write_bytes(content[:4096] + b"\1" * 8192 + content[12288:])
    before = plain_study.read_bytes()
    with pytest.raises(ProjectFileError):
        encrypt(plain_study, WORDS)
    assert plain_study.read_bytes() == before


def test_damaged_backup_is_named_and_the_others_are_encrypted(plain_study: Path) -> None:
    damaged = backup_folder(plain_study) / "2026-01-01_000000_harian.qualcode"
    damaged.write_bytes(plain_study.read_bytes()[:9000])

    found = encrypt(plain_study, WORDS)

    assert [finding.parameters["copy"] for finding in found] == [damaged.name]
    assert speaking(plain_study.parent) == {damaged.name}


KILLED = """
import os, sys
from pathlib import Path
from qualcode.store import cipher, sealing
cipher.ROUNDS = 1
number, calls, real = int(sys.argv[2]), 0, sealing.to_disk
def die(path):
    global calls
    calls += 1
    if calls == number:
        os._exit(9)
    real(path)
sealing.to_disk = die
sealing.encrypt(Path(sys.argv[1]), "kata sandi yang kuat")
"""


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_killed_while_encrypting_each_file_is_whole_and_it_goes_on(plain_study: Path, number: int) -> None:
    before = memos(plain_study)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(plain_study), str(number)], check=False)
    assert killed.returncode == 9

    cipher.remember(WORDS)
    assert memos(plain_study) == before
    if any(not cipher.is_encrypted(path) for path in plain_study.parent.rglob("*.qualcode")):
        encrypt(plain_study, WORDS)

    assert memos(plain_study) == before
    assert speaking(plain_study.parent) == set()


def test_older_schemas_are_brought_forward(tmp_path: Path, root: Path) -> None:
    """A study that was encrypted by an earlier program: the backup before the migration is encrypted, too."""
    path = tmp_path / "lama.qualcode"
    shutil.copy(root / "tests" / "data" / "studies" / "0003.qualcode", path)
    encrypt(path, WORDS)

    with StudyFile.open(path, clock=clock) as file:
        assert load_corpus(file).codings

    assert Reason.MIGRATION in {backup.reason for backup in list_backups(path)}
    assert speaking(tmp_path) == set()


def test_plain_and_encrypted_studies_live_side_by_side(sealed_study: Path, tmp_path: Path) -> None:
    """A passphrase that was given changes nothing for a plain study."""
    plain: Callable[[], StudyFile] = lambda: StudyFile.open(tmp_path / "polos.qualcode", clock=clock, passphrase=WORDS)  # noqa: E731
    StudyFile.create(tmp_path / "polos.qualcode", clock=clock).close()
    with StudyFile.open(sealed_study, clock=clock, passphrase=WORDS) as sealed, plain() as other:
        fill(other, "polos")
        assert not other.encrypted
        assert [m.text for m in load_corpus(sealed).memos] == [SECRET]
    with closing(sqlite3.connect(tmp_path / "polos.qualcode")) as db:
        assert db.execute("SELECT text FROM memo").fetchall() == [("polos",)]


def test_the_guid_is_not_given_away(sealed_study: Path) -> None:
    with StudyFile.open(sealed_study, clock=clock, passphrase=WORDS) as file:
        guid = file.study
    assert guid.encode() not in sealed_study.read_bytes()

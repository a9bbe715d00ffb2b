"""Withdrawal, merging and encryption at the command line."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from qualcode.model import Code, Codebook
from qualcode.project import Project
from qualcode.store import cipher

BOOK = Codebook("kecil", (Code("sepi"),))
Run = Callable[..., tuple[int, str, str]]
SECRET = "dagangan saya hancur semua"
WORDS = "empat kata yang kuat"


class Keyboard(io.StringIO):
    """Someone who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    for number, words in ((1, SECRET), (2, "saya ikut arisan")):
        text = f"P: Bagaimana hari ini?\nN: Ya {words}.\nP: Lalu?\nN: Begitu saja.\n"
        (tmp_path / f"informan-0{number}.txt").write_text(text, encoding="utf-8")
    Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani", simulated=True).close()
    assert run("import", "informan-01.txt", "informan-02.txt")[0] == 0
    assert run("code", "informan-01", "--turn", "2", "--code", "sepi")[0] == 0
    assert run("memo", "Bu Sutinem lelah; upah rendah")[0] == 0
    for path in tmp_path.glob("informan-*.txt"):
        path.unlink()
    return tmp_path / "uji.qualcode"


def speaking(folder: Path, *words: str, only: str = "") -> list[str]:
    needles = [word.encode().lower() for word in words]
    files = (path for path in folder.rglob("*") if path.is_file() and only in str(path.relative_to(folder)))
    return sorted(path.name for path in files if any(needle in path.read_bytes().lower() for needle in needles))


def names(run: Run) -> list[str]:
    return [row["transcript"] for row in json.loads(run("segment", "--json")[1])]


def test_dry_run_shows_and_changes_nothing(run: Run, study: Path) -> None:
    shutil.copy(study, study.with_name("salinan uji.qualcode"))

    status, said, _ = run("erase", "uji.qualcode", "informan-01", "--word", "Sutinem", "--dry-run")

    assert status == 0
    for words in (
        "transcript, whole",
        "coding",
        "Bu Sutinem lelah; upah rendah",
        "salinan uji.qualcode",
        "informan-01, Sutinem",
    ):
        assert words in said
    assert SECRET not in said
    assert SECRET.encode() in study.read_bytes()


def test_without_a_keyboard_the_id_must_be_typed_again(run: Run, study: Path) -> None:
    """Nothing is erased by a script that does not say whom, twice, and what becomes of notes."""
    status, _, error = run("erase", "informan-01")
    assert (status, "--yes informan-01" in error) == (1, True)
    status, _, error = run("erase", "informan-01", "--yes", "informan-02", "--free-text", "keep")
    assert (status, "nothing was erased" in error) == (1, True)
    status, _, error = run("erase", "informan-01", "--yes", "informan-01", "--word", "Sutinem")
    assert (status, "--free-text" in error) == (1, True)
    status, _, error = run("erase", "informan-09", "--yes", "informan-09")
    assert (status, "informan-0" in error) == (1, True)
    assert SECRET.encode() in study.read_bytes()

    status, said, error = run(
        "erase", "informan-01", "--yes", "informan-01", "--word", "Sutinem", "--free-text", "blank"
    )

    assert (status, error) == (0, "")
    assert "Erased: informan-01." in said
    assert speaking(study.parent, SECRET, "Sutinem") == []
    assert names(run) == ["informan-02"]
    assert run("check", "--rebuild")[0] == 0
    log = run("log")[1]
    assert "1 informants who withdrew" in log
    assert "tomb" not in log


def test_a_person_is_asked_what_becomes_of_notes_and_to_type_the_id(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("x\ne\nsalah\n"))
    status, _, error = run("erase", "informan-01", "--word", "Sutinem")
    assert (status, "nothing was erased" in error) == (1, True)

    monkeypatch.setattr(sys, "stdin", Keyboard("e\ninforman-01\n"))
    assert run("erase", "informan-01", "--word", "Sutinem")[0] == 0

    assert speaking(study.parent, SECRET, "Sutinem", "upah rendah") == []


def test_two_copies_are_merged_after_a_withdrawal(run: Run, study: Path) -> None:
    """The scenario: one copy erases, two others went on; nothing comes back, nobody's work is lost."""
    for name in ("dewi", "budi"):
        shutil.copy(study, study.with_name(f"{name}.qualcode"))
        assert run("code", f"{name}.qualcode", "informan-02", "--turn", "2", "--code", "sepi", "--coder", name)[0] == 0
        assert run("code", f"{name}.qualcode", "informan-01", "--turn", "4", "--code", "sepi", "--coder", name)[0] == 0
    assert run("erase", "uji.qualcode", "informan-01", "--yes", "informan-01")[0] == 0

    status, said, _ = run("merge", "uji.qualcode", "dewi.qualcode", "budi.qualcode", "--dry-run")
    assert (status, said.count("would bring 3 changes")) == (0, 2)
    status, said, _ = run("merge", "uji.qualcode", "dewi.qualcode", "budi.qualcode")
    assert (status, said.count("3 changes taken over")) == (0, 2)
    assert json.loads(run("merge", "uji.qualcode", "dewi.qualcode", "--json")[1])[0]["events"] == 0
    assert run("merge", "dewi.qualcode", "uji.qualcode")[0] == 0
    assert "Nothing is left to settle." in run("merge", "uji.qualcode")[1]

    assert speaking(study.parent, SECRET) == speaking(
        study.parent, SECRET, only="budi"
    )  # the copy that nobody has told yet
    for name in ("uji", "dewi"):
        with Project.open(study.with_name(f"{name}.qualcode")) as project:
            assert sorted(coding.coder for coding in project.corpus().codings) == ["budi", "dewi"]
        assert run("check", f"{name}.qualcode", "--rebuild")[0] == 0


@pytest.mark.parametrize(
    ("copy", "message"),
    [("tidak-ada.qualcode", "no study"), ("uji.qualcode", "itself"), ("teks.qualcode", "not a qualcode study")],
)
def test_what_cannot_be_merged_is_said(run: Run, study: Path, copy: str, message: str) -> None:
    (study.parent / "teks.qualcode").write_text("bukan studi" * 100)
    before = study.read_bytes()

    status, _, error = run("merge", "uji.qualcode", copy)

    assert status == 1
    assert message in error
    assert len(study.read_bytes()) == len(before)


@pytest.fixture
def passphrases(monkeypatch: pytest.MonkeyPatch) -> object:
    pytest.importorskip("sqlcipher3", reason="encryption needs the extra sandi")
    monkeypatch.setattr(cipher, "ROUNDS", 1)
    monkeypatch.delenv("QUALCODE_PASSPHRASE", raising=False)

    def forget() -> None:
        for known in (cipher._known, cipher._keys, cipher._fitting):
            known.clear()

    yield forget
    forget()


def typing(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let *answers* be typed where nothing is shown; return what was asked."""
    asked: list[str] = []
    waiting = iter(answers)

    def hidden(question: str) -> str:
        asked.append(question)
        return next(waiting)

    monkeypatch.setattr(sys, "stdin", Keyboard())
    monkeypatch.setattr(click.termui, "hidden_prompt_func", hidden)
    return asked


def test_a_study_is_encrypted_opened_and_made_plain(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch, passphrases: Callable[[], None]
) -> None:
    status, _, error = run("encrypt", "uji.qualcode")
    assert (status, "QUALCODE_PASSPHRASE" in error) == (1, True)
    typing(monkeypatch, WORDS, WORDS)
    status, said, error = run("encrypt", "uji.qualcode")
    assert (status, error) == (0, "")
    assert "encrypted now" in said
    assert speaking(study.parent, SECRET, "SQLite format") == []

    passphrases()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, _, error = run("log", "uji.qualcode")
    assert (status, "passphrase is not known" in error) == (1, True)
    asked = typing(monkeypatch, "bukan yang ini", WORDS)
    assert run("log", "uji.qualcode")[0] == 0
    assert len(asked) == 2
    passphrases()
    typing(monkeypatch, "salah satu", "salah dua", "salah tiga")
    status, _, error = run("log", "uji.qualcode")
    assert (status, "not the passphrase" in error) == (1, True)
    assert "salah" not in error

    passphrases()
    monkeypatch.setenv("QUALCODE_PASSPHRASE", WORDS)
    assert run("restore", "uji.qualcode")[0] == 0
    assert run("encrypt", "uji.qualcode", "--remove", "--yes")[0] == 0
    assert SECRET.encode() in study.read_bytes()


def test_a_new_study_is_encrypted_from_the_start(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrases: Callable[[], None]
) -> None:
    (tmp_path / "a.txt").write_text(f"P: Apa?\nN: {SECRET}.\nP: Lalu?\nN: Ya.\n", encoding="utf-8")
    monkeypatch.setenv("QUALCODE_PASSPHRASE", WORDS)
    assert run("new", "rahasia.qualcode", "--encrypt")[0] == 0
    assert run("import", "rahasia.qualcode", "a.txt")[0] == 0
    (tmp_path / "a.txt").unlink()

    assert speaking(tmp_path, SECRET, "SQLite format") == []
    assert run("search", "rahasia.qualcode", "dagangan")[0] == 0
    assert speaking(tmp_path, SECRET) == []


def test_missing_extra_is_said_with_the_line_that_installs_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    monkeypatch.setenv("QUALCODE_PASSPHRASE", WORDS)

    status, _, error = run("new", "rahasia.qualcode", "--encrypt")

    assert status == 1
    assert 'pip install "qualcode[sandi]"' in error

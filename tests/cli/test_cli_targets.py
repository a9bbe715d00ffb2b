"""Where something cannot be written, one message says what to do; what stands there stays."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.errors import reason_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Run:
    """Return `run` in a folder with a study, a text and a folder."""
    assert run("new", "a.qualcode", "--codebook", "prekariat")[0] == 0
    (tmp_path / "ada.txt").write_text("milik saya", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return run


@pytest.mark.parametrize(
    ("arguments", "what", "to_do"),
    [
        (("report", "-o", "ada.txt"), "ada.txt: a report of several pages is a folder, not a file", "--single-file"),
        (("report", "-o", "laporan.html"), "laporan.html: a report of several pages is a folder", "--single-file"),
        (("report", "-o", "ada.txt/laporan"), "the report cannot be written: part of the path is a file", "another folder"),
        (("export", "-o", "folder"), "folder: this is a folder, not a file to write", "name of a file"),
        (("export", "-o", "folder/"), "folder: this is a folder, not a file to write", "name of a file"),
        (("export", "-o", "tidak/ada.csv"), "there is no folder 'tidak' to write into", "make that folder first"),
        (("export", "-o", "ada.txt"), "there is a file of this name that qualcode did not write", "--force"),
        (("codebook", "write", "folder"), "folder: this is a folder, not a file to write", "name of a file"),
        (("codebook", "write", "tidak/ada.csv"), "there is no folder 'tidak' to write into", "make that folder first"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be(study: Run, tmp_path: Path, arguments: tuple[str, ...], what: str, to_do: str) -> None:
    before = sorted(tmp_path.rglob("*"))

    status, _, err = study(*arguments)

    assert status == 1
    assert what in err
    assert to_do in err.splitlines()[-1]
    assert len(err.splitlines()) == 2
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "ada.txt").read_text(encoding="utf-8") == "milik saya"


@pytest.mark.parametrize(
    "arguments", [("export", "-o", "a.csv"), ("report", "-o", "baru"), ("codebook", "write", "a.csv")]
)
@pytest.mark.parametrize(("number", "said"), [(errno.EACCES, "may not be written"), (errno.ENOSPC, "disk is full")])
def test_a_place_that_refuses(
    study: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], number: int, said: str
) -> None:
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if "x" in mode and path.suffix == ".part":
            raise OSError(number, os.strerror(number), str(path))
        return opened(path, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)

    status, _, err = study(*arguments)

    assert status == 1
    assert said in err
    assert "Hint:" in err
    assert os.strerror(number) not in err, "the system speaks a language of its own"


def test_a_rare_reason_is_told_in_the_systems_words() -> None:
    assert reason_of(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert reason_of(OSError()) == "OSError"

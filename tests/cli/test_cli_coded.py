"""Coded documents at the command line: out to Word and in again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode import cli
from qualcode.files.docx import read_docx
from qualcode.project import Project

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a study with one coded conversation, in the folder in which the verbs run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCODE_LANG", "en")
    (tmp_path / "informan-01.txt").write_text(
        "P: Kerja apa?\nN: Dagang. Sepi terus.\nP: Oh.\nN: Iya.\n", encoding="utf-8"
    )
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as project:
        project.import_files(tmp_path / "informan-01.txt")
        (tmp_path / "kode.csv").write_text("kutipan,kode\nSepi terus,sepi\n", encoding="utf-8")
        project.import_codings(tmp_path / "kode.csv")
    return tmp_path / "uji.qualcode"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a verb and gives its status and all it printed."""

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = cli.main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return call


def test_a_coded_transcript_goes_out_and_comes_in_again(run: Run, study: Path) -> None:
    """An unchanged copy has nothing to take; a changed one is shown first and taken with --yes."""
    status, out = run("export", str(study), "-o", "berkode.docx", "--transcript", "informan-01")
    assert (status, "1 codings written" in out) == (0, True)
    assert "2a. sepi" in read_docx(Path("berkode.docx").read_bytes(), file="x").text
    status, out = run("code", str(study), "--from", "berkode.docx", "--coder", "dewi")
    assert (status, "nothing to take" in out) == (0, True)
    _change(Path("berkode.docx"), ">sepi<", ">sepi pembeli<")

    status, out = run("code", str(study), "--from", "berkode.docx", "--coder", "dewi")
    assert status == 0
    assert "sepi pembeli" in out
    assert "take them with --yes" in out
    status, out = run("code", str(study), "--from", "berkode.docx", "--coder", "dewi", "--yes")
    assert status == 0
    assert "1 changes taken as dewi; 1 new candidate codes" in out
    with Project.open(study) as project:
        assert sorted((c.coder, c.code) for c in project.corpus().codings) == [
            ("dewi", "sepi-pembeli"),
            ("rani", "sepi"),
        ]


def _change(path: Path, old: str, new: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old.encode(), new.encode()) if name == "word/document.xml" else data)

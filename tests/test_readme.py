"""The README and the docs are true: their library examples run as they are printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from qualcode import cli

NOTEBOOK = """
import qualcode as qc

study = qc.Project.create("pekerja.qualcode", codebook="prekariat", coder="rani")
study.import_files("transcripts/contoh/*.docx")
rani = study.as_coder("rani")
rani.code("informan-03", turn=7, code="ketidakpastian-kerja", stance="present", memo="menyebut hujan")
for s in study.suggest("ketidakpastian-kerja", n=20):
    print(f"{s.score:.2f}", s.quote, s.evidence)
    rani.accept(s)
corpus = study.corpus()
agreement = qc.agree(corpus, coders=["rani", "dewi"], measure="alpha")
frame = qc.code_matrix(corpus, by="informant").to_frame()
quotes = [corpus.quote(c) for c in corpus.codings]
study.report("laporan/")
"""


@pytest.fixture
def folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a folder that holds the sample interviews."""
    shutil.copytree(root / "transcripts", tmp_path / "transcripts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["README.md"])
def test_python_example_runs(root: Path, folder: Path, name: str) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (root / name).read_text(encoding="utf-8"), re.S)
    scope: dict[str, object] = {}

    exec(example, scope)
    scope["study"].close()  # type: ignore[attr-defined]

    assert (folder / "laporan" / "index.html").is_file()


@pytest.mark.parametrize("name", ["docs/suggestions.md"])
def test_examples_of_the_docs_run(root: Path, name: str) -> None:
    examples = re.findall(r"```python\n(.*?)```", (root / name).read_text(encoding="utf-8"), re.S)
    assert examples

    for example in examples:
        exec(example, {})


def test_notebook_of_the_design_runs(folder: Path) -> None:
    scope: dict[str, object] = {}

    exec(NOTEBOOK, scope)
    scope["study"].close()  # type: ignore[attr-defined]

    quotes = scope["quotes"]
    assert isinstance(quotes, list)
    assert all(quotes)
    assert len(quotes) > 5
    assert scope["agreement"].value is None  # type: ignore[attr-defined]
    assert scope["frame"].loc["informan-03", "ketidakpastian-kerja"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["README.md", "README.id.md", "CONTRIBUTING.md", "docs/windows.md"])
def test_named_verbs_and_files_exist(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")

    for block in re.findall(r"```(?:sh|bat)\n(.*?)```", text, re.S):
        for verb in re.findall(r"(?<![\w.])qualcode (?!-)([a-z]+)", block):
            assert verb in cli.list_verbs()
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (root / name).parent.joinpath(link).exists(), link

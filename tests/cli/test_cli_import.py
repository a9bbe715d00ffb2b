"""What an import shows, at any width, and hints from the first guess to the corrected study."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from qualcode.cli._imported import explained, findings_by_file, overview, summary
from qualcode.importers import explain
from qualcode.project import ImportReport, Project

Run = Callable[..., tuple[int, str, str]]

TALK = """Usia : 44
Keterangan: P: Pewawancara N: Narasumber Demografi
P : Jualan apa, Bu?
N : Nasi uduk. Kadang sepi, kadang rame, nggak nentu pokoknya mah 😀.
Ustaz Hasan : sabar itu kunci.
P : Terus?
N : Ya gitu.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with five conversations."""
    folder = tmp_path / "wawancara"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"informan-0{number}.txt").write_text(TALK.replace("44", str(40 + number)), encoding="utf-8")
    return folder


@pytest.fixture
def run(run: Run, folder: Path) -> Run:
    """Return a function that runs a verb beside a new study, in English, as coder rani."""
    assert run("new", "uji.qualcode")[0] == 0
    return run


@pytest.fixture
def report(tmp_path: Path, folder: Path) -> ImportReport:
    """Return what bringing the folder in would do."""
    with Project.create(tmp_path / "lain.qualcode", codebook=None, coder="rani") as study:
        return study.import_files(folder, dry_run=True)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", ["en", "id"])
def test_no_line_is_wider_than_the_terminal(
    report: ImportReport, width: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are never cut but in the table of lines, whose cells end in an ellipsis then."""
    monkeypatch.setenv("QUALCODE_LANG", language)
    rows = report.to_rows()
    blocks = list(findings_by_file(report, rows, width=width, everything=True))
    table = list(overview(report, rows, width=max(width, 60)))
    lines = [line for _, result in report.batch.results for line in explained(explain(result), width=max(width, 60))]

    assert max(map(cell_len, blocks)) <= width
    assert max(map(cell_len, (*table, *lines))) <= max(width, 60)
    words = " ".join(" ".join(blocks).split())
    for row in rows:
        assert " ".join(str(row["message"]).split()) in words


def test_many_files_are_summed_up_and_only_what_is_doubtful_is_told(report: ImportReport) -> None:
    rows = report.to_rows()
    text = "\n".join(
        [
            *summary(report, rows, width=100),
            *overview(report, rows, width=100),
            *findings_by_file(report, rows, width=100),
        ]
    )

    assert text.startswith("5 added, 0 revised, 0 unchanged, 0 could not be read.")
    assert "  P = interviewer: 10 turns in 5 files" in text
    assert text.count("label 'Ustaz Hasan' begins one turn only; a speaker? (5 files)") == 1
    assert "0 passages that belong to no turn." in text
    assert "Demografi" not in text  # a heading, as --explain says, is nothing to be looked at
    assert "legend: P = Pewawancara" not in text
    assert "In several files:\n\n" not in text
    assert "more findings say what was recognised; --explain shows them." in text


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_dry_run_says_what_would_become_of_a_file(
    run: Run, folder: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said to be done that was not done; what differs is said to be left out in both."""
    monkeypatch.setenv("QUALCODE_LANG", language)
    done = {"en": ("added", "revised", "relabelled"), "id": ("ditambahkan", "direvisi", "peran dibetulkan")}[language]
    coming = {
        "en": ("new", "new revision", "roles to be corrected"),
        "id": ("baru", "revisi baru", "peran akan dibetulkan"),
    }[language]
    one = folder / "informan-01.txt"

    def said(*options: str) -> str:
        return run("import", str(one), *options)[1].split("informan-01.txt\n")[1].split(" · ")[0].strip()

    assert said("--dry-run") == coming[0]
    assert said() == done[0]
    assert said("--dry-run", "--speaker", "N=participant") == coming[2]
    one.write_text(TALK.replace("Ya gitu.", "Ya gitulah."), encoding="utf-8")
    assert said("--dry-run", "--revise") == coming[1]
    assert said("--dry-run") == {"en": "differs, not taken", "id": "berbeda, tidak diambil"}[language]
    assert said("--revise") == done[1]


def test_who_codes_is_asked_before_files_are_read(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUALCODE_CODER")
    monkeypatch.setattr("qualcode.importers.read_batch", None)  # would fail if it were called

    status, _, err = run("import", str(folder))

    assert (status, err.splitlines()[0]) == (1, "Error: who is coding is not known")


def test_explain_shows_every_line_and_changes_nothing(run: Run, folder: Path) -> None:
    before = Path("uji.qualcode").read_bytes()

    status, out, _ = run("import", str(folder / "informan-01.txt"), "--explain")
    _, told, _ = run("import", str(folder / "informan-01.txt"), "--explain", "--json")

    assert status == 0
    assert any(
        line.split() == ["3", "turn", "P", "→", "interviewer", "legend", "Jualan", "apa,", "Bu?"]
        for line in out.splitlines()
    )
    lines = json.loads(told)["lines"]
    assert [line["line"] for line in lines] == [1, 2, 2, 3, 4, 5, 6, 7]
    assert lines[3] == {
        "file": "informan-01.txt",
        "transcript": "informan-01",
        "line": 3,
        "what": "turn",
        "speaker": "P",
        "role": "interviewer",
        "rule": "legend",
        "text": "Jualan apa, Bu?",
    }
    assert before == Path("uji.qualcode").read_bytes()


def test_from_a_guess_to_hints_to_a_corrected_study(run: Run, folder: Path) -> None:
    run("import", "wawancara")
    status, out, _ = run("import", "wawancara", "--dry-run", "--write-hints", "wawancara/.hints.yaml")
    assert (status, "Hints were written to" in out) == (0, True)
    hints = folder / ".hints.yaml"
    assert json.loads(run("import", "wawancara", "--json")[1])["summary"]["unchanged"] == 5

    hints.write_text(hints.read_text(encoding="utf-8").replace("N: informant", "N: bystander"), encoding="utf-8")
    _, out, _ = run("import", "wawancara", "--json")

    assert json.loads(out)["summary"]["revised"] == 5
    assert all("N = bystander (2)" in row["speakers"] for row in json.loads(out)["files"])
    assert run("import", "wawancara", "--dry-run", "--write-hints", "wawancara/.hints.yaml")[0] == 1


def test_hints_are_written_though_nobody_reads_what_is_shown(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever pages through the overview and leaves it has the hints."""

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("qualcode.cli.import_._as_text", closed)
    monkeypatch.setattr("os.dup2", lambda *_: None)

    assert run("import", str(folder), "--dry-run", "--write-hints", str(folder / ".hints.yaml"))[0] == 1
    assert "speakers:" in (folder / ".hints.yaml").read_text(encoding="utf-8")


def test_hints_of_another_place_are_named(run: Run, folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "satu.hints.yaml"
    named.write_text("speakers: {N: bukan}\n", encoding="utf-8")

    _, out, _ = run("import", "wawancara", "--hints", "satu.hints.yaml", "--dry-run", "--json")

    assert not any("N =" in row["speakers"] for row in json.loads(out)["files"])


@pytest.mark.parametrize("name", ["hints.yaml", "tidak/ada/.hints.yaml"])
def test_hints_are_written_where_they_are_found_again(run: Run, name: str) -> None:
    assert run("import", "wawancara", "--dry-run", "--write-hints", name)[0] == 1


def test_wrong_hints_are_said_with_their_lines(run: Run, folder: Path) -> None:
    (folder / ".hints.yaml").write_text("speakers:\n  N: informat\n  P: x\n", encoding="utf-8")

    status, out, _ = run("import", "wawancara")

    assert status == 1
    assert "2  error" in out
    assert "'informat' is no role" in out
    assert "0 added" in out


def test_the_bracketed_rule_speaks_indonesian(run: Run, folder: Path) -> None:
    shutil.copy(folder / "informan-01.txt", "satu.txt")
    _, out, _ = run("--lang", "id", "import", "satu.txt", "--explain")

    assert "legend" not in out
    assert "interviewer" not in out


def test_formats_are_those_of_the_code(run: Run) -> None:
    from qualcode import exporters, importers

    _, out, _ = run("formats", "--json")
    rows = json.loads(out)

    assert [row["name"] for row in rows if row["use"] == "import"] == list(importers.registry.names)
    assert [row["name"] for row in rows if row["use"] == "export"] == list(exporters.names())
    assert all(row["about"] and row["suffixes"].startswith(".") for row in rows)
    _, shown, _ = run("--lang", "id", "formats")
    assert not any(row["about"] in shown for row in rows)
    assert ".docx" in run("import", "--help")[1]

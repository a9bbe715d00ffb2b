"""What informants agreed to, and coarser attributes, at the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.model import Code, Codebook
from qualcode.project import Project

BOOK = Codebook("kecil", (Code("sepi"),))
Run = Callable[..., tuple[int, str, str]]
SECRET = "kalau hujan turun dagangan saya hancur semua"


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    for number, words in ((1, SECRET), (2, "saya ikut arisan di masjid")):
        text = f"Usia : {40 + number}\n\nP: Bagaimana hari ini?\nN: Ya {words}.\nP: Lalu?\nN: Begitu saja.\n"
        (tmp_path / f"informan-0{number}.txt").write_text(text, encoding="utf-8")
    Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani", simulated=True).close()
    assert run("import", "informan-01.txt", "informan-02.txt")[0] == 0
    return tmp_path / "uji.qualcode"


def test_an_empty_register_says_so_and_shows_everybody(run: Run, study: Path) -> None:
    status, said, _ = run("consent")
    assert status == 0
    assert "informan-02" in said
    assert "Nothing is recorded yet: reports and exports show everybody's words." in said


def test_the_register_is_filled_shown_and_due(run: Run, study: Path) -> None:
    status, said, _ = run(
        "consent", "informan-02", "--date", "12 Maret 2025", "--form", "written", "--purpose", "skripsi", "--purpose", "artikel",
        "--quoting", "verbatim", "--until", "5 years",
    )  # fmt: skip
    assert status == 0
    assert "2025-03-12  written  skripsi; artikel  word for word  2030-03-12" in said
    assert "1 of 2 informants have an entry; the words of 1 are withheld" in said
    one, two = json.loads(run("consent", "--json")[1])
    assert one["withheld"] == "no entry in the consent register"
    assert (two["purposes"], two["withheld"]) == (["skripsi", "artikel"], None)
    assert "Nobody's data are due." in run("consent", "--due")[1]
    assert "informan-02" in run("consent", "--due", "--on", "2030-03-13")[1]


def test_whoever_withdrew_is_withheld_and_to_be_erased(run: Run, study: Path) -> None:
    run("consent", "informan-01", "--quoting", "verbatim")
    _, said, _ = run("consent", "informan-01", "--withdrawn", "2025-06-01")
    assert "informan-01 has withdrawn and is still in the study: qualcode erase uji.qualcode informan-01" in said
    assert [row["informant"] for row in json.loads(run("consent", "--due", "--json")[1])] == ["informan-01"]


def test_a_table_is_taken_in_tried_and_written(run: Run, study: Path, tmp_path: Path) -> None:
    with (tmp_path / "setuju.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["informan", "boleh dikutip"], ["informan-01", "ya"], ["informan-8", "ya"]])
    status, _, noted = run("consent", "--from", "setuju.csv", "--dry-run")
    assert status == 0
    assert "informan-8" in noted
    assert "Nothing is recorded yet" in run("consent")[1]
    assert "1 of 2 informants have an entry" in run("consent", "--from", "setuju.csv")[1]
    assert "The register is at" in run("consent", "-o", "daftar.xlsx")[1]
    assert (tmp_path / "daftar.xlsx").read_bytes().startswith(b"PK")
    assert "0 of them say something new" in run("consent", "--from", "daftar.xlsx")[2]
    (tmp_path / "lain.xlsx").write_bytes(b"PK bukan milik kita")
    assert run("consent", "-o", "lain.xlsx")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--quoting", "verbatim"], "name the informant"),
        (["informan-9", "--quoting", "verbatim"], "no informant 'informan-9'"),
        (["informan-9"], "no informant 'informan-9'"),
        (["informan-01", "--form", "lisan"], "oral consent"),
        (["--from", "tidak-ada.csv"], "no such file"),
        (["-o", "daftar.csv"], "as a workbook"),
    ],
)
def test_wrong_input_is_one_clear_message(run: Run, study: Path, arguments: list[str], words: str) -> None:
    status, _, error = run("consent", *arguments)
    assert status == 1
    assert words in error
    assert "hujan" not in error


def test_words_that_may_not_be_quoted_are_in_nothing_that_was_written(run: Run, study: Path, tmp_path: Path) -> None:
    """Bytes of all outputs, and what was said of them."""
    assert run("code", "informan-01", "--turn", "2", "--code", "sepi")[0] == 0
    assert run("consent", "informan-02", "--quoting", "verbatim")[0] == 0
    told = []
    for arguments in (["report", "-o", "lap"], ["report", "-o", "satu.html", "--single-file", "--lang", "en"], ["export", "-o", "k.csv"], ["export", "-o", "k.jsonl"]):  # fmt: skip
        status, out, error = run(*arguments)
        assert status == 0
        told += [out, error]
    written = b"".join(
        p.read_bytes() for p in tmp_path.rglob("*") if p.suffix in {".html", ".csv", ".jsonl"} and p.is_file()
    )
    assert b"kutipan tidak diizinkan" in written
    for word in ("hujan", "hancur", "dagangan"):
        assert word.encode() not in written
        assert word not in "".join(told)


def test_a_codebook_that_quotes_is_written_with_a_warning(run: Run, study: Path) -> None:
    """It is people's own work, and goes out as it is; they are told what to mend."""
    assert run("codebook", "edit", "sepi", "--definition", f"Seperti: {SECRET}.")[0] == 0
    assert run("codebook", "write", "kode.yaml")[2] == ""
    run("consent", "informan-01", "--quoting", "none")
    status, _, error = run("codebook", "write", "kode.yaml", "--force")
    assert status == 0
    assert "Texts of 1 codes repeat words of informants who may not be quoted" in error
    assert "sepi" in error
    assert "hancur" not in error


def test_attributes_are_previewed_set_and_shown_coarser(run: Run, study: Path, tmp_path: Path) -> None:
    status, said, _ = run("generalise")
    assert status == 0
    assert "41 → 40–49 (1); 42 → 40–49 (1)" in said
    assert "Alone with their attributes: 2 of 2 informants as recorded, 0 of 2 made coarser." in said
    assert "as recorded: --on changes that" in said

    assert "41 → 40–44 (1)" in run("generalise", "Usia=band:5")[1]
    assert json.loads(run("generalise", "--json")[1])["in_force"] is False
    assert "in the coarser form" in run("generalise", "usia=band:5", "--on")[1]
    assert run("report", "-o", "a")[0] == run("report", "-o", "b", "--as-recorded")[0] == 0
    assert "40–44" in (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    assert "40–44" not in (tmp_path / "b" / "index.html").read_text(encoding="utf-8")
    assert "as recorded" in run("generalise", "--off")[1]
    assert run("report", "-o", "c", "--generalise")[0] == 0
    assert "40–49" in (tmp_path / "c" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["usia=lusin"], "no form 'lusin'"),
        (["usai=hide"], "nobody has an attribute 'usai'"),
        (["usia"], "not of the form"),
        (["--on", "--off"], "exclude each other"),
    ],
)
def test_wrong_forms_are_one_clear_message(run: Run, study: Path, arguments: list[str], words: str) -> None:
    status, _, error = run("generalise", *arguments)
    assert status == 1
    assert words in error

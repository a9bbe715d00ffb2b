"""Trials of suggestions at the command line, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qualcode import cli
from qualcode.cli import simulate
from qualcode.project import Project
from qualcode.suggesters.effort import RECIPES

Run = Callable[..., tuple[int, str, str]]

TALK = """P : Kerjanya apa, Bu?
N : Jualan nasi, kalau hujan ya sepi, {n}.
P : Punya BPJS?
N : Nggak punya BPJS sama sekali, {n}.
P : Ikut arisan?
N : Ikut arisan RT tiap bulan, {n}.
N : Anak saya {n} orang.
"""
TRUE = ((2, "hujan"), (4, "jaminan"), (6, "arisan"))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study of six people who speak of the same things, coded and read by two coders."""
    from qualcode.model import Code, Codebook

    book = Codebook(
        "uji",
        (
            Code("hujan", "hujan", keywords=("hujan",)),
            Code("jaminan", "jaminan sosial", keywords=("bpjs",)),
            Code("arisan", "arisan"),
        ),
    )
    folder = tmp_path / "teks"
    folder.mkdir()
    for n in range(1, 7):
        (folder / f"informan-{n}.txt").write_text(TALK.format(n=n), encoding="utf-8")
    path = tmp_path / "uji.qualcode"
    with Project.create(path, codebook=book, coder="rani") as project:
        project.import_files(folder)
        for coder in ("rani", "dewi"):
            mine = project.as_coder(coder)
            for n in range(1, 7):
                for turn, code in TRUE[: 2 if (coder, n) == ("dewi", 6) else 3]:
                    mine.code(f"informan-{n}", turn=turn, code=code)
                mine.read(f"informan-{n}")
    return path


def test_recipes_of_the_help_are_those_there_are() -> None:
    assert simulate.RECIPES == RECIPES


def test_simulate_compares_recipes(run: Run, study: Path) -> None:
    status, out, _ = run("simulate", str(study), "--seeds", "2", "--batch", "3")

    assert status == 0
    assert "the codings of rani, 24 passages of 6 informants" in out
    for recipe in ("classifier", "keyword rules", "chance", "order of the text"):
        assert recipe in out


def test_simulate_tells_hours_where_it_is_said_how_long_a_passage_takes(run: Run, study: Path) -> None:
    _, without, _ = run("simulate", str(study), "--seeds", "1")
    status, out, _ = run("simulate", str(study), "--seeds", "1", "--seconds", "90")

    assert "Hours spared are not known: no decision on a suggestion was timed" in without
    assert "hours spared" not in without.replace("Hours spared", "")
    assert status == 0
    assert "a passage is taken to need 90 seconds, as was said" in out
    assert "of 0.5" in out  # 20 passages behind the first informant
    assert run("simulate", str(study), "--seconds", "0")[0] == 2


def test_simulate_writes_what_the_suffix_says(run: Run, study: Path, tmp_path: Path) -> None:
    targets = [tmp_path / f"s{suffix}" for suffix in (".html", ".svg", ".csv", ".json")]
    arguments = [part for path in targets for part in ("-o", str(path))]
    assert run("simulate", str(study), "--seeds", "1", *arguments)[0] == 0
    assert run("simulate", str(study), "--seeds", "1", *arguments)[0] == 0  # our own files are replaced

    page = targets[0].read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<script" not in page
    ElementTree.fromstring(targets[1].read_bytes())
    assert targets[2].read_bytes().decode("utf-8-sig").splitlines()[0].startswith("code,recipe,n_units")
    found = json.loads(targets[3].read_bytes())
    assert {row["recipe"] for row in found["codes"]} == set(RECIPES)
    assert found["n_informants"] == 6


def test_simulate_does_not_write_over_others_files(run: Run, study: Path, tmp_path: Path) -> None:
    other = tmp_path / "skripsi.svg"
    other.write_text("<svg/>", encoding="utf-8")
    status, _, err = run("simulate", str(study), "-o", str(other))

    assert status == 1
    assert "did not write" in err
    assert not study.with_suffix(".trials.jsonl").exists()  # said before the work began
    assert run("simulate", str(study), "-o", str(tmp_path / "x.docx"))[0] == 1


def test_simulate_as_json(run: Run, study: Path) -> None:
    status, out, _ = run("simulate", str(study), "--seeds", "1", "--recipe", "text", "--agreed", "--json")
    found = json.loads(out)

    assert status == 0
    assert sorted(found["coders"]) == ["dewi", "rani"]
    assert [row["code"] for row in found["codes"]] == ["hujan", "jaminan", "arisan"]


def test_simulate_speaks_indonesian(run: Run, study: Path) -> None:
    status, out, _ = run("--lang", "id", "simulate", str(study), "--seeds", "1", "--recipe", "text")

    assert status == 0
    assert "urutan teks" in out
    assert "of the text" not in out


def test_one_label_for_all_leaves_nothing_to_measure_and_says_so(run: Run, tmp_path: Path) -> None:
    """Every passage bears the code, the others nobody has: all figures are undefined, none breaks the table."""
    from qualcode.model import Code, Codebook

    folder = tmp_path / "teks"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"informan-{n}.txt").write_text("P : Bagaimana?\nN : Hujan lagi.\n" * 6, encoding="utf-8")
    with Project.create(
        tmp_path / "u.qualcode", codebook=Codebook("u", (Code("hujan"), Code("lain"))), coder="rani"
    ) as p:
        p.import_files(folder)
        for n in (1, 2):
            for turn in range(2, 14, 2):
                p.code(f"informan-{n}", turn=turn, code="hujan")
            p.read(f"informan-{n}")
    status, out, _ = run("simulate", "u.qualcode", "--seeds", "1", "--seconds", "30", "-o", "u.html", "-o", "u.csv")

    assert status == 0
    assert "hujan: every unit bears the code" in out
    assert "lain: no unit bears the code" in out
    assert run("evaluate", "u.qualcode", "-o", "e.html")[0] == 0


def test_nothing_coded_is_said(run: Run, tmp_path: Path) -> None:
    with Project.create(tmp_path / "kosong.qualcode", codebook=None, coder="rani"):
        pass
    status, _, err = run("simulate", "kosong.qualcode")

    assert status == 1
    assert "nobody has coded" in err


def test_stopping_by_hand_keeps_what_is_finished(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qualcode.suggesters.effort import _replay

    whole, calls = _replay.replay, [0]

    def stopped(*arguments: object, **options: object) -> object:
        calls[0] += 1
        if calls[0] == 3:
            raise KeyboardInterrupt
        return whole(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_replay, "replay", stopped)
    assert (
        cli.main(["--lang", "en", "simulate", str(study), "--seeds", "2", "--recipe", "text", "--recipe", "rules"])
        == 130
    )
    assert "stays saved" in capsys.readouterr().err
    assert len(study.with_suffix(".trials.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_evaluate_shows_everything(run: Run, study: Path) -> None:
    status, out, _ = run("evaluate", str(study))

    assert status == 0
    assert "24 passages of 6 informants" in out
    for words in (
        "all codes",
        "classifier",
        "keyword rules",
        "rani–dewi %",
        "dewi–machine %",
        "ECE",
        "informants coded",
    ):
        assert words in out


def test_evaluate_writes_what_the_suffix_says(run: Run, study: Path, tmp_path: Path) -> None:
    targets = [tmp_path / f"e{suffix}" for suffix in (".html", ".svg", ".csv", ".json")]
    arguments = [part for path in targets for part in ("-o", str(path))]
    assert run("evaluate", str(study), *arguments)[0] == 0
    assert run("evaluate", str(study), *arguments)[0] == 0

    page = targets[0].read_text(encoding="utf-8")
    assert page.count('<figure class="lukisan"') == 2
    assert all(f'aria-label="{name}; ' in page for name in ("all codes", "hujan", "jaminan sosial", "arisan"))
    picture = "".join(ElementTree.fromstring(targets[1].read_bytes()).itertext())
    found = json.loads(targets[3].read_bytes())
    assert [one["code"] for one in found["calibration_by_code"]] == ["hujan", "jaminan", "arisan"]
    for one in found["calibration_by_code"]:
        assert sum(each["n"] for each in one["bins"]) == 24
        numbers = [
            text.text
            for text in ElementTree.fromstring(targets[1].read_bytes()).iter()
            if text.get("font-size") == "10"
        ]
        assert all(str(each["n"]) in numbers for each in one["bins"])
    assert "jaminan sosial" in picture
    assert targets[2].read_bytes().decode("utf-8-sig").startswith("code,n_units,n_bearing,")
    assert found["n_informants"] == 6
    assert len(found["agreement"]) == 3 * 4


def test_evaluate_speaks_indonesian(run: Run, study: Path) -> None:
    status, out, _ = run("--lang", "id", "evaluate", str(study), "--coder", "dewi")

    assert status == 0
    assert "pengodean dewi" in out
    assert "aturan kata kunci" in out
    assert "of the code" not in out


def test_evaluate_of_one_informant_says_why_not(run: Run, tmp_path: Path) -> None:
    with Project.create(tmp_path / "satu.qualcode", coder="rani") as project:
        (tmp_path / "satu.txt").write_text(TALK.format(n=1), encoding="utf-8")
        project.import_files(tmp_path / "satu.txt")
        project.code("satu", turn=4, code="jaminan-sosial")
        project.read("satu")
    status, out, _ = run("evaluate", "satu.qualcode")

    assert status == 0
    assert "all units are one informant's" in out
    assert "keyword rules" in out
    assert "ECE" not in out


@pytest.mark.parametrize("verb", ["simulate", "evaluate"])
def test_nobody_elses_codings_are_taken_for_those_of_a_coder_who_has_none(run: Run, study: Path, verb: str) -> None:
    status, out, err = run(verb, str(study), "--coder", "dewy")

    assert status == 1
    assert out == ""
    assert "'dewy' has coded nothing" in err


def test_evaluate_says_that_figures_of_a_code_that_is_everywhere_say_nothing(run: Run, tmp_path: Path) -> None:
    with Project.create(tmp_path / "semua.qualcode", coder="rani") as project:
        for n in range(1, 4):
            (tmp_path / f"i{n}.txt").write_text(
                f"P : Hujan?\nN : Hujan terus sepi, {n}.\nP : Lagi?\nN : Hujan lagi, {n}.\n", encoding="utf-8"
            )
            project.import_files(tmp_path / f"i{n}.txt")
        project.add_code("hujan")
        for n in range(1, 4):
            for turn in (2, 4):
                project.code(f"i{n}", turn=turn, code="hujan")
            project.read(f"i{n}")
    status, out, _ = run("evaluate", "semua.qualcode")

    assert status == 0
    assert "hujan: all 6 passages bear it, so that whoever says yes to everything is right" in out


def test_evaluate_names_an_unknown_coder(run: Run, study: Path) -> None:
    status, _, err = run("evaluate", str(study), "--beside", "dewy")

    assert status == 1
    assert "'dewy' has coded nothing" in err
    assert "dewi" in err


def test_the_status_of_what_is_read_wholly_is_no_estimate(run: Run, study: Path) -> None:
    status, out, _ = run("suggest", str(study), "--status", "--code", "arisan")
    as_json = json.loads(run("suggest", str(study), "--status", "--json")[1])

    assert status == 0
    assert "arisan: all 24 passages are read, 6 of them bear it." in out
    assert "probably" not in out
    assert [row["code"] for row in as_json] == ["hujan", "jaminan", "arisan"]


def test_the_status_before_anything_was_read(run: Run, study: Path) -> None:
    _, out, _ = run("suggest", str(study), "--status", "--coder", "tuti")

    assert "hujan: no estimate, nothing has been read for this code yet." in out

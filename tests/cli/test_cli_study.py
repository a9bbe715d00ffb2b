"""A study at the command line, as a researcher works through it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

INTERVIEW = """Pewawancara: Bapak kerja apa?
Informan: Parkir. Kadang rame kadang sepi, nggak nentu.
Pewawancara: Ada perkumpulannya, Pak?
Informan: Nggak ada. Jalan sendiri-sendiri.
Pewawancara: Ikut arisan?
Informan: Arisan RT ikut, sebulan sekali.
"""
BOOK = """name: uji
codes:
  - key: sepi
    name: Sepi
    keywords: ["sepi", "nggak nentu"]
  - key: arisan
    keywords: [arisan]
"""


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """Return a study with one transcript, alone in the folder."""
    (tmp_path / "kode.yaml").write_text(BOOK, encoding="utf-8")
    folder = tmp_path / "wawancara saya"
    folder.mkdir()
    (folder / "informan-01.txt").write_text(INTERVIEW, encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "wawancara saya")[0] == 0
    return tmp_path / "uji.qualcode"


def test_the_study_is_found_where_there_is_one(run: Run, study: Path) -> None:
    status, out, _ = run("segment", "--json")

    assert 0 == status
    assert [6] == [row["segments"] for row in json.loads(out)]


def test_the_study_must_be_named_where_there_are_two(run: Run, study: Path) -> None:
    run("new", "lain.qualcode", "--codebook", "none")

    status, _, err = run("segment")

    assert 1 == status
    assert "Error: this folder holds 2 studies: lain.qualcode, uji.qualcode" in err
    assert "Hint:" in err
    assert 0 == run("segment", "uji.qualcode")[0]


def test_no_study_is_said_with_what_to_do(run: Run) -> None:
    status, _, err = run("report")

    assert 1 == status
    assert "Error: no study file in this folder" in err
    assert "qualcode new STUDY.qualcode" in err


def test_a_near_name_is_offered_for_a_study_that_is_not_there(run: Run, study: Path) -> None:
    status, _, err = run("report", "uij.qualcode")

    assert 1 == status
    assert "uji.qualcode" in err


def test_import_says_what_it_found_and_a_dry_run_changes_nothing(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "wawancara saya" / "informan-02.txt").write_text(INTERVIEW, encoding="utf-8")
    before = study.read_bytes()

    status, out, _ = run("import", "wawancara saya", "--dry-run", "--json")

    told = json.loads(out)
    assert 0 == status
    assert 1 == told["summary"]["added"]
    assert {"added", "unchanged"} == {row["outcome"] for row in told["files"]}
    assert "Pewawancara = interviewer (3), Informan = informant (3)" in {row["speakers"] for row in told["files"]}
    assert before == study.read_bytes()
    assert run("import", "wawancara saya", "--dry-run")[1].startswith("1 would be added, 0 revised, 1 unchanged;")
    assert before == study.read_bytes()


def test_kinds_and_roles_are_said_in_indonesian_too(run: Run, study: Path, tmp_path: Path) -> None:
    told = json.loads(run("import", "wawancara saya", "--dry-run", "--json", "--kind", "FGD")[1])
    assert {row["kind"] for row in told["files"]} == {"group"}
    assert "catatan lapangan" in run("import", "wawancara saya", "--dry-run", "--kind", "lagu")[2]
    assert "pewawancara" in run("import", "wawancara saya", "--dry-run", "--speaker", "P=dukun")[2]


def test_a_study_among_the_transcripts_is_not_reported(run: Run, study: Path, tmp_path: Path) -> None:
    """Its file and its backups lie where they belong; that they are no transcripts goes without saying."""
    (tmp_path / "uji.cadangan").mkdir(exist_ok=True)
    (tmp_path / "informan-02.txt").write_text(INTERVIEW, encoding="utf-8")

    told = json.loads(run("import", str(tmp_path), "--dry-run", "--json")[1])

    assert "informan-02.txt" in {row["file"] for row in told["files"]}
    assert [f for f in told["findings"] if f["file"].startswith("uji")] == []


def test_the_name_that_begins_so_is_offered_first(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "informan-03 Mas Bagus.txt").write_text(INTERVIEW, encoding="utf-8")
    assert run("import", "informan-03 Mas Bagus.txt")[0] == 0

    assert "did you mean: informan-03 Mas Bagus, informan-01?" in run("read", "informan-03")[2]


def test_import_reports_a_bad_file_and_takes_the_good_one(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "rusak.docx").write_bytes(b"bukan apa-apa")
    (tmp_path / "informan-02.txt").write_text(INTERVIEW, encoding="utf-8")

    status, out, _ = run("import", "rusak.docx", "informan-02.txt", "--json")

    told = json.loads(out)
    assert 1 == status
    assert {"added": 1, "failed": 1} == {key: told["summary"][key] for key in ("added", "failed")}
    assert ["rusak.docx"] == [row["file"] for row in told["findings"] if row["level"] == "error"]


def test_a_speaker_is_corrected(run: Run, study: Path) -> None:
    status, out, _ = run("import", "wawancara saya", "--speaker", "Informan=bystander", "--json")

    assert 0 == status
    assert "relabelled" == json.loads(out)["files"][0]["outcome"]

    status, _, err = run("import", "wawancara saya", "--speaker", "Informan=informat")

    assert 1 == status
    assert "did you mean: informant" in err


def test_code_uncode_undo_redo_log(run: Run, study: Path) -> None:
    status, out, _ = run("code", "informan-01", "--turn", "2", "--code", "sepi", "--quote", "Kadang rame", "--json")
    assert 0 == status
    assert {"start": 48, "end": 59, "code": "sepi"}.items() <= json.loads(out).items()
    assert 0 == run("uncode", "--transcript", "informan-01", "--turn", "2", "--code", "sepi")[0]
    assert 0 == run("undo")[0]
    assert 0 == run("undo")[0]
    assert 0 == run("redo")[0]
    status, out, _ = run("log", "--json")

    assert 0 == status
    assert ["redo", "undo", "undo", "uncode", "coding"] == [row["verb"] for row in json.loads(out)][:5]


def test_code_from_a_sheet(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("transkrip,giliran,kode\ninforman-01,2,sepi\ninforman-01,2,spi\n", encoding="utf-8")

    status, out, err = run("code", "--from", "p.csv")

    assert 1 == status
    assert "1 codings added" in out
    assert "p.csv:3" in err
    assert "'spi'" in err


def test_who_codes_must_be_known(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUALCODE_CODER")

    status, _, err = run("code", "informan-01", "--turn", "2", "--code", "sepi")

    assert 1 == status
    assert "who is coding is not known" in err


def test_suggest_shows_reasons_and_no_probability_for_a_rule(run: Run, study: Path) -> None:
    status, out, _ = run("suggest", "--code", "arisan", "--json")
    told = json.loads(out)

    assert 0 == status
    assert [(None, 6)] == [(row["score"], row["turn"]) for row in told["suggestions"]]
    assert ["Arisan"] == [evidence["text"] for evidence in told["suggestions"][0]["evidence"]]
    assert "arisan" in told["silent"]
    said = [line for line in run("suggest")[1].splitlines() if "silent" in line]
    assert said == [line for line in said if line.endswith(": sepi, arisan")]
    assert len(said) == 1


def test_review_decides_one_at_a_time(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["r", "a", "2", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))

    status, out, _ = run("review")

    assert 0 == status
    assert "Ikut arisan?" in out or "Bapak kerja apa?" in out
    assert "a accept · c correct" in out.partition("[1/")[0]
    status, out, _ = run("export", "-o", "p.jsonl")
    codings = [json.loads(line) for line in Path("p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert 1 == len(codings)
    assert "denied" == codings[0]["stance"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_export_writes_a_file(run: Run, study: Path, suffix: str) -> None:
    run("code", "informan-01", "--turn", "2", "--code", "sepi")

    assert 0 == run("export", "-o", f"p.{suffix}")[0]
    assert Path(f"p.{suffix}").stat().st_size > 100


def test_report_is_written_and_does_not_overwrite_what_is_not_its_own(run: Run, study: Path, tmp_path: Path) -> None:
    status, out, _ = run("report", "-o", "laporan", "--json")
    assert 0 == status
    assert Path(json.loads(out)["report"]).is_file()
    assert 0 == run("report", "-o", "laporan")[0]

    other = tmp_path / "foto"
    other.mkdir()
    (other / "liburan.jpg").write_bytes(b"x")
    status, _, err = run("report", "-o", "foto")

    assert 1 == status
    assert "no report" in err
    assert ["liburan.jpg"] == [p.name for p in other.iterdir()]


def test_report_in_one_file_and_for_one_informant(run: Run, study: Path) -> None:
    assert 0 == run("report", "-o", "satu.html", "--single-file", "--lang", "en")[0]
    assert 0 == run("report", "-o", "orang.html", "--single-file", "--informant", "informan-01")[0]
    assert "Kadang rame kadang sepi" in Path("orang.html").read_text(encoding="utf-8")
    assert 1 == run("report", "-o", "x.html", "--single-file", "--informant", "informan-9")[0]


def test_notes_reach_the_report(run: Run, study: Path) -> None:
    _, out, _ = run("code", "informan-01", "--turn", "2", "--code", "sepi", "--json")
    guid = json.loads(out)["guid"]

    assert 0 == run("memo", "--about", "informan-01", "--kind", "summary", "Ia menjaga parkir.")[0]
    assert 0 == run("quote", guid, "--printable", "Kadang rame […] nggak nentu")[0]
    assert 0 == run("relate", "arisan", "sepi", "--informant", "informan-01", "--worked", "partly")[0]
    run("report", "-o", "satu.html", "--single-file")
    page = Path("satu.html").read_text(encoding="utf-8")

    assert "Ia menjaga parkir." in page
    assert "Kadang rame […] nggak nentu" in page
    status, _, err = run("quote", guid, "--printable", "Kadang ramai")
    assert 1 == status
    assert "'ramai'" in err


def test_check_and_restore(run: Run, study: Path) -> None:
    assert 0 == run("check", "--rebuild")[0]
    status, out, _ = run("restore", "--json")
    backups = json.loads(out)
    assert 0 == status
    if backups:
        run("code", "informan-01", "--turn", "2", "--code", "sepi")
        status, out, _ = run("restore", "--from", backups[0]["file"])
        assert 0 == status
        assert 0 == run("check")[0]


def test_codebook_verbs(run: Run, study: Path, tmp_path: Path) -> None:
    assert 0 == run("codebook", "check", "kode.yaml")[0]
    assert "sepi" in run("codebook", "show", "uji.qualcode")[1]
    assert "sepi" in run("codebook", "show", "kode.yaml", "sepi")[1]
    (tmp_path / "baru.yaml").write_text(BOOK + "  - key: hujan\n    keywords: [ujan]\n", encoding="utf-8")
    assert "hujan" in run("codebook", "diff", "uji.qualcode", "baru.yaml")[1]
    assert 0 == run("codebook", "set", "baru.yaml")[0]
    assert "hujan" in run("codebook", "show", "uji.qualcode")[1]

    (tmp_path / "salah.yaml").write_text(BOOK + "  - kye: x\n", encoding="utf-8")
    status, out, _ = run("codebook", "check", "salah.yaml")
    assert 1 == status
    assert "salah.yaml:8" in out
    assert 0 == run("codebook", "check", "prekariat")[0]


def test_agree_says_when_it_is_undefined(run: Run, study: Path) -> None:
    run("code", "informan-01", "--turn", "2", "--code", "sepi")

    status, out, _ = run("agree", "--coders", "rani", "dewi", "--json")

    assert 0 == status
    assert json.loads(out)["value"] is None
    assert json.loads(out)["undefined"]


@pytest.mark.parametrize(
    "make",
    [
        lambda p: p.write_bytes(b""),
        lambda p: p.write_text("bukan studi"),
        lambda p: p.write_bytes(os.urandom(5000)),
        lambda p: p.mkdir(),
    ],
    ids=["empty", "text", "noise", "folder"],
)
def test_what_is_no_study_is_refused_in_words_and_left_alone(
    run: Run, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "x.qualcode"
    make(path)
    before = path.read_bytes() if path.is_file() else None

    status, _, err = run("report", "x.qualcode")

    assert 1 == status
    assert "Error: x.qualcode" in err
    assert before == (path.read_bytes() if path.is_file() else None)


def test_messages_come_in_indonesian(run: Run, study: Path) -> None:
    status, _, err = run("--lang", "id", "code", "informan-9", "--turn", "2", "--code", "sepi")

    assert 1 == status
    assert "tidak ada transkrip" in err.lower()


def test_an_unexpected_error_shows_no_traceback_and_keeps_it_for_the_report(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("rahasia informan")

    monkeypatch.setattr("qualcode.project.Project.log", fail)
    status, _, err = run("log")

    kept = (Path(os.environ["QUALCODE_STATE"]) / "unexpected-error.txt").read_text(encoding="utf-8")
    assert 1 == status
    assert "rahasia informan" not in err + kept
    assert "ZeroDivisionError" in kept


def test_a_stop_is_said(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qualcode.project.Project.log", stop)

    assert 130 == run("log")[0]


def test_a_changed_file_is_offered_then_taken(run: Run, study: Path, tmp_path: Path) -> None:
    run("code", "informan-01", "--turn", "2", "--code", "sepi", "--quote", "nggak nentu")
    file = tmp_path / "wawancara saya" / "informan-01.txt"
    file.write_text(INTERVIEW.replace("Parkir.", "Jaga parkir."), encoding="utf-8")

    status, out, _ = run("import", "wawancara saya")
    assert 0 == status
    assert "1 differ from the study and were not taken" in out

    status, out, _ = run("import", "wawancara saya", "--revise", "--json")
    assert 1 == json.loads(out)["summary"]["revised"]
    assert 0 == run("export", "-o", "p.jsonl")[0]
    assert "nggak nentu" == json.loads(Path("p.jsonl").read_text(encoding="utf-8"))["text"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_in_the_middle_of_an_import_leaves_a_whole_study(run: Run, study: Path, tmp_path: Path) -> None:
    many = tmp_path / "banyak"
    many.mkdir()
    for number in range(120):
        (many / f"n-{number:03}.txt").write_text(INTERVIEW * 60, encoding="utf-8")
    code = "import sys; from qualcode.cli import main; print('MULAI', flush=True); sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "import", str(study), str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    # Before our boundary stands, after it has gone, or inside a finaliser, the interpreter itself answers the signal.
    interpreter = process.returncode == -signal.SIGINT or "Exception ignored" in err
    assert interpreter or ("Traceback" not in err and process.returncode in {0, 130}), err
    status, out, _ = run("segment", "--json")
    assert 0 == status
    assert len(json.loads(out)) in {1, 121}
    assert 0 == run("check")[0]


def test_codings_whose_words_changed_are_reviewed(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "informan-01", "--turn", "4", "--code", "sepi", "--quote", "Jalan sendiri-sendiri.")
    file = tmp_path / "wawancara saya" / "informan-01.txt"
    file.write_text(INTERVIEW.replace("Jalan sendiri-sendiri", "Jalan masing-masing"), encoding="utf-8")
    _, out, _ = run("import", "wawancara saya", "--revise")
    assert "review --moved" in out
    monkeypatch.setattr("click.prompt", lambda *_, **__: "p")

    status, out, _ = run("review", "--moved")

    assert 0 == status
    assert "was: Jalan sendiri-sendiri." in out
    assert "now: Jalan masing-masing." in out
    assert "Nothing to review" in run("review", "--moved")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "-o", "uji.qualcode", "--single-file"),
        ("report", "-o", "uji.qualcode", "--single-file", "--force"),
        ("export", "-o", "uji.qualcode", "--format", "csv", "--force"),
        ("export", "-o", "lain.qualcode", "--format", "csv"),
    ],
)
def test_an_output_never_replaces_a_study(run: Run, study: Path, arguments: tuple[str, ...]) -> None:
    before = study.read_bytes()

    status, _, err = run(*arguments[:1], "uji.qualcode", *arguments[1:])

    assert 1 == status
    assert "a study is never written over" in err
    assert before == study.read_bytes()


@pytest.mark.parametrize("arguments", [("report", "--single-file"), ("export", "--format", "csv")])
def test_an_output_replaces_another_file_only_when_told(run: Run, study: Path, arguments: tuple[str, ...]) -> None:
    mine = Path("catatan.html")
    mine.write_text("punya saya", encoding="utf-8")

    assert 1 == run(*arguments, "-o", "catatan.html")[0]
    assert "punya saya" == mine.read_text(encoding="utf-8")
    assert 0 == run(*arguments, "-o", "catatan.html", "--force")[0]
    assert 0 == run(*arguments, "-o", "catatan.html")[0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_an_export_may_be_written_again(run: Run, study: Path, suffix: str) -> None:
    run("code", "informan-01", "--turn", "2", "--code", "sepi")

    assert 0 == run("export", "-o", f"p.{suffix}")[0]
    assert 0 == run("export", "-o", f"p.{suffix}")[0]


def test_the_same_passage_is_not_coded_twice(run: Run, study: Path) -> None:
    first = json.loads(run("code", "informan-01", "--turn", "2", "--code", "sepi", "--json")[1])
    again = json.loads(
        run("code", "informan-01", "--turn", "2", "--code", "sepi", "--stance", "disangkal", "--json")[1]
    )

    assert first == again
    run("export", "-o", "p.jsonl")
    (coding,) = (json.loads(line) for line in Path("p.jsonl").read_text(encoding="utf-8").splitlines())
    assert "denied" == coding["stance"]


def test_a_coding_on_an_earlier_text_keeps_its_words_in_an_export(run: Run, study: Path, tmp_path: Path) -> None:
    run("code", "informan-01", "--turn", "4", "--code", "sepi", "--quote", "Jalan sendiri-sendiri.")
    file = tmp_path / "wawancara saya" / "informan-01.txt"
    file.write_text(INTERVIEW.replace("Jalan sendiri-sendiri", "Jalan masing-masing"), encoding="utf-8")
    run("import", "wawancara saya", "--revise")
    run("export", "-o", "p.jsonl")

    coding = json.loads(Path("p.jsonl").read_text(encoding="utf-8"))

    assert ("Jalan sendiri-sendiri.", None) == (coding["text"], coding["revision"])
    assert ["informan-01"] == coding["informants"]


def test_a_missing_file_does_not_stop_the_others(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "informan-02.txt").write_text(INTERVIEW, encoding="utf-8")

    status, out, _ = run("import", "informan-02.txt", "tidakada.txt", "--json")

    assert 1 == status
    assert {"added": 1, "failed": 1}.items() <= json.loads(out)["summary"].items()


def test_the_interviewers_words_can_be_coded_but_it_is_said(run: Run, study: Path) -> None:
    status, out, _ = run("code", "informan-01", "--turn", "1", "--code", "sepi")

    assert 0 == status
    assert "No informant speaks in this passage" in out


def test_review_asks_again_after_a_mistyped_code(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["c", "arisn", "c", "sepi", "", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))

    status, out, _ = run("review", "--code", "arisan")

    assert 0 == status
    assert "did you mean: arisan" in out
    run("export", "-o", "p.jsonl")
    assert "sepi" == json.loads(Path("p.jsonl").read_text(encoding="utf-8"))["code"]


def test_a_name_cannot_break_a_table(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "aneh\u202etxt.txt").write_text(INTERVIEW, encoding="utf-8")

    _, out, _ = run("import", "aneh\u202etxt.txt")

    assert "\u202e" not in out


def test_tables_speak_indonesian(run: Run, study: Path) -> None:
    _, out, _ = run("--lang", "id", "import", "wawancara saya")

    assert "tidak berubah" in out
    assert "unchanged" not in out
    assert "interviewer" not in out


def test_a_long_memo_is_no_path(run: Run, study: Path) -> None:
    assert 0 == run("memo", "--about", "informan-01", "kata " * 200)[0]


def test_the_second_of_two_values_is_no_study(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "dewi.qualcode").write_bytes(b"")

    status, out, _ = run("agree", "uji.qualcode", "--coders", "rani", "dewi", "--json")

    assert 0 == status
    assert json.loads(out)["undefined"]


def test_single_file_report_does_not_block_the_next(run: Run, study: Path) -> None:
    assert 0 == run("report", "--single-file")[0]
    assert Path("laporan.html").is_file()
    assert 0 == run("report")[0]
    assert 0 == run("report", "--single-file")[0]


def test_review_steps_back_only_within_itself(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("code", "informan-01", "--turn", "2", "--code", "sepi")
    answers = iter(["u", "r", "u", "r", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))

    status, out, _ = run("review")

    assert 0 == status
    assert "Nothing of this review to take back yet" in out
    run("export", "-o", "p.jsonl")
    assert 1 == len(Path("p.jsonl").read_text(encoding="utf-8").splitlines())


def test_indonesian_windows_is_spoken_to_in_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.cli import _help

    for name in ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(_help, "windows_speaks_indonesian", lambda: True)

    assert "id" == _help.language()


def test_words_are_found_and_shown_in_one_line(run: Run, study: Path) -> None:
    status, out, _ = run("search", "sepi")

    assert status == 0
    assert "informan-01:2" in out
    assert "Parkir. Kadang rame kadang ‹sepi›, nggak nentu." in out
    assert "1 turns of 1 informants, in 1 transcripts." in out
    found = json.loads(run("search", "arisan", "OR", "perkumpulan*", "--role", "informan", "--json")[1])
    assert [(hit["turn"], hit["words"]) for hit in found["hits"]] == [(6, "Arisan")]
    assert run("search", "zzz")[1].strip() == "Nothing was found."
    status, _, err = run("search", "(sepi")
    assert (status, err.count("\n")) == (1, 2)


def test_what_another_codebook_sets_out_of_use_is_said(run: Run, study: Path, tmp_path: Path) -> None:
    assert run("code", "informan-01", "--turn", "2", "--code", "sepi")[0] == 0
    (tmp_path / "lain.yaml").write_text("name: lain\ncodes:\n  - key: arisan\n  - key: utang\n", encoding="utf-8")

    out = run("codebook", "set", "lain.yaml")[1]

    assert "1 codes came into use, 1 are out of use now; 1 codings bear these and stay." in out
    assert "came into use" not in run("codebook", "set", "lain.yaml")[1]


def test_a_number_is_asked_for_in_indonesian(run: Run, study: Path) -> None:
    assert "bilangan bulat" in run("--lang", "id", "log", "-n", "tiga")[2]
    assert "bilangan bulat, 1 atau lebih" in run("--lang", "id", "search", "sepi", "-n", "0")[2]


def test_what_to_do_about_a_codebook_is_said_in_indonesian(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "aneh.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    status, out, _ = run("--lang", "id", "codebook", "check", "aneh.csv")

    assert status == 1
    assert "sebutkan: --column name=" in out


def test_a_slip_makes_no_code(run: Run, study: Path) -> None:
    """Where the words are not there or a mark is none, nothing is made; where the words do stand is said."""
    before = run("codebook", "show", "--json")[1]
    wanted = ("code", "informan-01", "--turn", "4", "--new", "--code", "Jalan sendiri")
    assert "they stand in turn 2" in run(*wanted, "--quote", "kadang sepi")[2]
    assert "'mungkin' is no stance" in run(*wanted, "--stance", "mungkin")[2]
    assert run("codebook", "show", "--json")[1] == before
    assert run(*wanted, "--stance", "ada")[0] == 0
    assert run("codebook", "show", "--json")[1] != before


def test_a_code_is_made_while_coding(run: Run, study: Path) -> None:
    assert run("code", "informan-01", "--turn", "4", "--new", "--code", "Jalan sendiri")[0] == 0
    assert run("codebook", "group", "jalan-sendiri", "sepi", "--under", "Keadaan kerja", "--stage", "axial")[0] == 0
    rows = json.loads(run("codebook", "show", "--json")[1])
    assert {row["key"]: (row["parent"], row["stage"]) for row in rows}["jalan-sendiri"] == ("keadaan-kerja", "open")
    assert run("codebook", "write", "kode.xlsx")[0] == 0
    assert run("codebook", "write", "kode.xlsx")[0] == 1
    assert run("codebook", "check", "kode.xlsx")[0] == 0
    assert run("codebook", "set", "kode.xlsx")[1].startswith("0 changes")
    for verb in (
        ("edit", "sepi", "--definition", "x", "--keyword", "anyep", "--key", "sepi-pembeli"),
        ("move", "sepi-pembeli"),
        ("merge", "arisan", "--into", "sepi-pembeli"),
        ("retire", "sepi-pembeli"),
        ("use", "sepi-pembeli"),
        ("add", "Baru", "--under", "keadaan-kerja"),
    ):
        status, out, err = run("codebook", *verb)
        assert status == 0, err
        assert out.count("\n") == 1

"""Learnt rules at the command line: proposed, accepted, locked, forbidden, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

BOOK = """name: uji
codes:
  - key: jaminan
    keywords: [bpjs]
  - key: lain
"""
HEAVY = ("Iurannya berat banget.", "Iuran itu ya berat.", "Berat di iuran.")
OTHER = (
    "Iuran sampah lancar.",
    "Berat badan turun.",
    "Jualan dari pagi.",
    "Anak sudah sekolah.",
    "Masak sendiri.",
    "Pasar buka subuh.",
)


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """Return a study of three people in whose answers a heavy contribution is coded."""
    (tmp_path / "kode.yaml").write_text(BOOK, encoding="utf-8")
    folder = tmp_path / "wawancara"
    folder.mkdir()
    for number in range(1, 4):
        lines = "".join(f"Pewawancara: Terus?\nInforman: {answer}\n" for answer in (*HEAVY, *OTHER))
        (folder / f"informan-0{number}.txt").write_text(
            f"Pewawancara: Nomor {number}?\nInforman: Ya.\n{lines}", encoding="utf-8"
        )
    (tmp_path / "kode.csv").write_text(
        "transcript,turn,code\n"
        + "".join(f"informan-0{n},{turn},jaminan\n" for n in range(1, 4) for turn in (4, 6, 8)),
        encoding="utf-8",
    )
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "wawancara")[0] == 0
    assert run("code", "--from", "kode.csv")[0] == 0
    for number in range(1, 4):
        assert run("read", f"informan-0{number}")[0] == 0
    return tmp_path / "uji.qualcode"


def proposed(run: Run, *arguments: str) -> list[str]:
    status, out, _ = run("patterns", "--json", *arguments)
    assert status == 0
    return [row["rule"] for row in json.loads(out)["proposals"]]


def rules_of(run: Run, code: str) -> list[str]:
    return [row["rule"] for row in json.loads(run("rules", code, "--json")[1])][:-1]


def decided(run: Run) -> list[tuple[str, str]]:
    return [(row["rule"], row["decision"]) for row in json.loads(run("patterns", "--decided", "--json")[1])]


def test_a_proposal_has_its_figures_and_their_doubt(run: Run, study: Path) -> None:
    _, out, _ = run("patterns", "jaminan")
    _, raw, _ = run("patterns", "--json")
    found = json.loads(raw)

    assert "iuran NEAR/4 berat" in out
    assert "9 of 9" in out
    assert "were looked at for each code" in out
    assert found["silent"] == {"lain": "fewer than three passages are coded so"}
    assert (found["proposals"][0]["coded_so"], found["proposals"][0]["read"], found["proposals"][0]["informants"]) == (
        9,
        9,
        3,
    )


def test_accepting_is_one_change_and_undone_as_one(run: Run, study: Path) -> None:
    status, out, _ = run("patterns", "jaminan", "--accept", "iuran NEAR/4 berat")

    assert status == 0
    assert "a rule of jaminan now" in out
    assert rules_of(run, "jaminan") == ["bpjs", "iuran NEAR/4 berat"]
    assert decided(run) == [("iuran NEAR/4 berat", "accepted")]
    assert "iuran NEAR/4 berat" not in proposed(run)
    assert "accept rule" in run("log")[1]
    assert "+iuran NEAR/4 berat" in run("log")[1]

    assert run("undo")[0] == 0
    assert rules_of(run, "jaminan") == ["bpjs"]
    assert decided(run) == []
    assert "iuran NEAR/4 berat" in proposed(run)


def test_forbidden_until_freed(run: Run, study: Path) -> None:
    assert run("patterns", "jaminan", "--forbid", "berat NEAR iuran")[0] == 0
    assert "iuran NEAR/4 berat" not in proposed(run)
    assert rules_of(run, "jaminan") == ["bpjs"]

    assert run("patterns", "jaminan", "--free", "berat NEAR iuran")[0] == 0
    assert "iuran NEAR/4 berat" in proposed(run)
    assert run("patterns", "jaminan", "--free", "berat NEAR iuran")[0] == 1


def test_locking_keeps_or_adds_a_rule(run: Run, study: Path) -> None:
    assert run("patterns", "jaminan", "--lock", "bpjs")[0] == 0
    assert run("patterns", "lain", "--lock", "pasar subuh")[0] == 0

    assert rules_of(run, "jaminan") == ["bpjs"]
    assert rules_of(run, "lain") == ["pasar subuh"]
    assert decided(run) == [("bpjs", "locked"), ("pasar subuh", "locked")]


def test_deciding_one_by_one(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("?\na\n" + "s\n" * 9))
    status, out, _ = run("patterns", "jaminan", "--decide")

    assert status == 0
    assert "‹Iurannya berat›" in out
    assert rules_of(run, "jaminan") == ["bpjs", "iuran NEAR/4 berat"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("jamin",), "no code 'jamin'"),
        (("jaminan", "--accept", "iuran ~"), "column 7"),
        (("jaminan", "--accept", ""), "the rule is empty"),
        (("--accept", "iuran"), "name the code"),
        (("jaminan", "--accept", "a", "--lock", "b"), "one decision at a time"),
        (("jaminan", "--forbid", "bpjs"), "'jaminan' has the rule 'bpjs'"),
        (("jaminan", "--free", "sewa"), "nothing was decided about the rule 'sewa'"),
    ],
)
def test_mistakes_are_said_and_change_nothing(run: Run, study: Path, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run("patterns", *arguments)

    assert status == 1
    assert said in err
    assert rules_of(run, "jaminan") == ["bpjs"]
    assert decided(run) == []


def test_a_code_out_of_use_and_a_study_without_codings_are_said(run: Run, study: Path) -> None:
    run("codebook", "retire", "jaminan")
    _, out, _ = run("patterns", "--json")

    assert json.loads(out)["proposals"] == []
    assert "out of use" in run("patterns", "jaminan")[1]


def test_one_rule_is_put_in_and_taken_out(run: Run, study: Path) -> None:
    assert run("codebook", "edit", "jaminan", "--add-keyword", "kis", "--drop-keyword", "bpjs")[0] == 0
    assert rules_of(run, "jaminan") == ["kis"]
    status, _, err = run("codebook", "edit", "jaminan", "--drop-keyword", "kiss")

    assert (status, "code 'jaminan' has no rule 'kiss'" in err) == (1, True)

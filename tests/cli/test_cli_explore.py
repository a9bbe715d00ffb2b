"""Groups of words at the command line: read, named as an open code, its passages waiting for review."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.project import Project
from qualcode.store.erase import erase

Run = Callable[..., tuple[int, str, str]]

ABOUT = (
    ("satpol trotoar razia gerobak", "razia petugas gerobak diangkut", "petugas trotoar satpol diangkut"),
    ("sekolah seragam buku guru", "rapor guru sekolah ujian", "seragam ujian buku rapor"),
)


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """Return a study of three people who speak of the police and of school, nothing of it coded."""
    folder = tmp_path / "wawancara"
    folder.mkdir()
    for number in range(1, 4):
        talk = "".join(
            f"Pewawancara: Terus?\nInforman: Ya {words}.\n" for _ in range(3) for about in ABOUT for words in about
        )
        (folder / f"informan-0{number}.txt").write_text(
            f"Pewawancara: Nomor {number}?\nInforman: Ya.\n{talk}", encoding="utf-8"
        )
    assert run("new", "uji.qualcode", "--codebook", "none")[0] == 0
    assert run("import", "wawancara")[0] == 0
    return tmp_path / "uji.qualcode"


def groups(run: Run) -> list[dict[str, object]]:
    status, out, _ = run("explore", "-n", "2", "--json")
    assert status == 0
    found: list[dict[str, object]] = json.loads(out)["groups"]
    return found


def suggested(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("suggest", "--recipe", "wordgroups", "-n", "99", "--json")[1])[
        "suggestions"
    ]
    return found


def test_groups_are_shown_with_passages_and_their_doubt(run: Run, study: Path) -> None:
    _, out, _ = run("explore", "-n", "2")

    assert "not themes" in out
    assert "27 passages of 3 informants; stability" in out
    assert "‹satpol›" in out
    assert "24 more: --show" in out
    assert len(run("explore", "-n", "2", "--show")[1]) > len(out)


def test_a_group_becomes_an_open_code_whose_passages_are_suggestions(run: Run, study: Path) -> None:
    (chosen,) = (group for group in groups(run) if "satpol" in group["words"])  # type: ignore[operator]
    status, out, _ = run("explore", "-n", "2", "--accept", str(chosen["id"]), "--name", "takut diangkut")

    assert status == 0
    assert "takut-diangkut" in out
    assert len(suggested(run)) == 27
    assert {row["code"] for row in suggested(run)} == {"takut-diangkut"}
    assert json.loads(run("codebook", "show", "uji.qualcode", "takut-diangkut", "--json")[1])["stage"] == "open"
    assert "coding" not in run("log")[1].replace("codings", "")
    assert run("check", "--rebuild")[0] == 0
    assert len(suggested(run)) == 27

    assert run("undo")[0] == 0
    assert suggested(run) == []
    assert run("redo")[0] == 0
    assert len(suggested(run)) == 27


def test_the_log_and_a_memo_say_of_which_group_a_code_was_made(run: Run, study: Path) -> None:
    (chosen,) = (group for group in groups(run) if "satpol" in group["words"])  # type: ignore[operator]
    run("explore", "-n", "2", "--accept", str(chosen["id"]), "--name", "takut diangkut")
    with Project.open(study, coder="rani") as project:
        corpus = project.corpus()
        code = corpus.codebook.code("takut-diangkut")
        (memo,) = corpus.memos

    assert "accept group" in run("log")[1]
    assert (code.origin, code.stage, memo.about) == ("suggested", "open", code.guid)
    assert memo.text.startswith(f"Made of the group of words [{chosen['id']}] (wordgroups-1, groups: 2): ")
    assert all(word in memo.text for word in ("satpol", "27 passages of 3 informants"))
    assert run("undo")[0] == 0
    with Project.open(study, coder="rani") as project:
        assert project.corpus().memos == ()


def test_the_words_go_with_whoever_said_them(run: Run, study: Path) -> None:
    run("explore", "-n", "2", "--accept", str(groups(run)[0]["id"]), "--name", "kode")
    with Project.open(study, coder="rani") as project:
        erase(project._log, project._by(), [project.corpus().informant("informan-01").guid])
        assert project.corpus().memos == ()
        assert project.codebook.code("kode").origin == "suggested"


def test_two_groups_may_become_codes(run: Run, study: Path) -> None:
    for number, group in enumerate(groups(run)):
        assert run("explore", "-n", "2", "--accept", str(group["id"]), "--name", f"kode {number}")[0] == 0

    assert {row["code"] for row in suggested(run)} == {"kode-0", "kode-1"}


def test_what_was_read_before_the_code_was_there_waits_all_the_same(run: Run, study: Path) -> None:
    for number in range(1, 4):
        run("read", f"informan-0{number}")
    run("explore", "-n", "2", "--accept", str(groups(run)[0]["id"]), "--name", "kode")

    assert len(suggested(run)) == 27


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-n", "2", "--accept", "nihil", "--name", "a"), "no group of words 'nihil'"),
        (("--accept", "nihil"), "give both --accept and --name"),
        (("--name", "a"), "give both --accept and --name"),
        (("-n", "12"), "54 passages are too few for 12 groups"),
        (("-n", "40"), "from 2 to 12"),
    ],
)
def test_mistakes_are_said(run: Run, study: Path, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run("explore", *arguments)

    assert status == 1
    assert said in err


def test_too_little_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "satu.txt").write_text("Pewawancara: Apa kabar?\nInforman: Baik, jualan tahu.\n", encoding="utf-8")
    run("new", "kecil.qualcode", "--codebook", "none")
    run("import", "satu.txt")

    assert "No groups of words: fewer than 30" in run("explore")[1]

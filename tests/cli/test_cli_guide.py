"""The interview guide at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

INTERVIEW = """Pewawancara: Sore, Pak.
Informan: Sore.
Pewawancara: Bapak kerja apa?
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
GUIDE = """no;pertanyaan;aspek;kode;rumusan masalah
1;Sekarang kerjanya apa?;pekerjaan;sepi;1. Apa yang sulit?
2;"Ikut arisan, atau perkumpulan lain?";kelompok;arisan;2. Bagaimana bertahan?
3;Apa harapannya kepada pemerintah?;harapan;;
"""


@pytest.fixture
def run(run: Run, tmp_path: Path) -> Run:
    """Return a function that runs a verb in a folder with a study, in English, as coder rani."""
    (tmp_path / "kode.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "informan-01.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "pedoman.csv").write_text(GUIDE, encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "informan-01.txt")[0] == 0
    return run


def loaded(answer: tuple[int, str, str]) -> object:
    assert answer[0] == 0, answer
    return json.loads(answer[1])


def test_without_a_guide_the_verb_says_so_and_how_to_bring_one_in(run: Run) -> None:
    status, out, _ = run("guide")

    assert status == 0
    assert "no interview guide" in out
    assert "qualcode guide pedoman-wawancara.csv" in out
    assert loaded(run("guide", "--json")) == []
    for about in (("--links",), ("--prompted", "--dry-run")):
        assert run("guide", *about)[1] == out


def test_a_guide_is_looked_at_taken_and_shown(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "uji.qualcode").read_bytes()
    status, out, _ = run("guide", "pedoman.csv", "--dry-run")

    assert status == 0
    assert "number: no · question: pertanyaan" in out
    assert "3 questions added, 0 changed, 0 unchanged, 0 ended." in out
    assert (tmp_path / "uji.qualcode").read_bytes() == before
    assert run("guide", "pedoman.csv")[0] == 0
    assert "0 questions added, 0 changed, 3 unchanged, 0 ended." in run("guide", "pedoman.csv")[1]
    rows = loaded(run("guide", "--json"))
    assert isinstance(rows, list)
    assert [(row["number"], row["codes"], row["asked_in"], row["interviews"]) for row in rows] == [
        ("1", ["sepi"], ["informan-01"], 1), ("2", ["arisan"], ["informan-01"], 1), ("3", [], [], 1),
    ]  # fmt: skip
    shown = run("guide")[1]
    assert "1 of 1" in shown
    assert "1. Apa yang sulit?" in shown


def test_what_is_wrong_is_said_by_line_and_the_status_tells(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pedoman.csv").write_text(GUIDE.replace(";arisan;", ";arisn;").replace("3;", "1;"), encoding="utf-8")
    status, out, err = run("guide", "pedoman.csv")

    assert status == 1
    assert "pedoman.csv:3: no code 'arisn' in the codebook (did you mean: arisan?)" in err
    assert "pedoman.csv:4: number '1' stands twice, first in line 2" in err
    assert "2 rows are wrong; nothing was changed." in out
    told = json.loads(run("guide", "pedoman.csv", "--json")[1])
    assert [error["line"] for error in told["errors"]] == [3, 4]
    assert loaded(run("guide", "--json")) == []


def test_columns_of_other_names_are_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pedoman.csv").write_text("butir;isi\n1;Sekarang kerjanya apa?\n", encoding="utf-8")
    status, _, err = run("guide", "pedoman.csv")

    assert status == 1
    assert "--column question=HEADING" in err
    assert run("guide", "pedoman.csv", "--column", "question=isi")[0] == 0
    assert run("guide", "pedoman.csv", "--column", "Pertanyaan=isi", "--column", "nomor=butir")[0] == 0
    assert "not of the form FIELD=HEADING" in run("guide", "pedoman.csv", "--column", "isi")[2]


def test_links_are_shown_corrected_taken_back_and_undone(run: Run) -> None:
    run("guide", "pedoman.csv")
    rows = loaded(run("guide", "--links", "--json"))

    assert isinstance(rows, list)
    assert [(row["turn"], row["questions"], row["how"]) for row in rows] == [
        (1, [], ""), (3, ["1"], "asks"), (5, ["2"], "asks"), (7, ["2"], "asks"),
    ]  # fmt: skip
    status, out, _ = run("guide", "--link", "informan-01:7=3", "--link", "informan-01:1=none")
    assert status == 0
    assert "✓" in out
    assert [row["questions"] for row in json.loads(run("guide", "--links", "informan-01", "--json")[1])] == [
        [], ["1"], ["2"], ["3"],
    ]  # fmt: skip
    assert run("guide", "--link", "informan-01:7=auto")[0] == 0
    assert run("undo")[0] == 0
    assert json.loads(run("guide", "--links", "--json")[1])[3]["by_hand"]
    assert "question link" in run("log")[1]
    assert "likeness" in run("guide", "--links")[1]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("informan-01=3", "not of the form TRANSCRIPT:TURN=NO"),
        ("informan-01:7", "not of the form TRANSCRIPT:TURN=NO"),
        ("informan-01:tujuh=3", "not of the form TRANSCRIPT:TURN=NO"),
        ("informan-09:7=3", "no transcript 'informan-09'"),
        ("informan-01:7=9", "the guide has no question '9'"),
        ("informan-01:8=3", "asks nothing"),
    ],
)
def test_corrections_that_cannot_be_are_refused(run: Run, said: str, why: str) -> None:
    run("guide", "pedoman.csv")
    status, _, err = run("guide", "--link", said)

    assert status == 1
    assert why in err


def test_prompted_is_shown_before_it_is_marked(run: Run) -> None:
    run("guide", "pedoman.csv")
    coded = json.loads(run("code", "informan-01", "--turn", "8", "--code", "arisan", "--json")[1])
    hint = run("code", "informan-01", "--turn", "6", "--code", "arisan")[1]

    assert coded["proposed"] == {"elicited": "prompted", "question": "2", "turn": 7}
    assert "Turn 5 seems to ask question 2 about this code" in hint
    rows = json.loads(run("guide", "--prompted", "--dry-run", "--json")[1])
    assert [(row["turn"], row["asked_at"], row["question"]) for row in rows] == [(8, 7, "2"), (6, 5, "2")]
    assert "Nothing was changed" in run("guide", "--prompted", "--dry-run")[1]
    assert "2 codings marked as prompted" in run("guide", "--prompted")[1]
    assert "No coding without a mark" in run("guide", "--prompted")[1]
    run("undo")
    assert len(json.loads(run("guide", "--prompted", "--dry-run", "--json")[1])) == 2


def test_marking_needs_a_coder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("guide", "pedoman.csv")
    run("code", "informan-01", "--turn", "8", "--code", "arisan")
    monkeypatch.delenv("QUALCODE_CODER")

    assert "who is coding is not known" in run("guide", "--prompted")[2]


def test_review_asks_how_it_came_up_after_a_question_about_the_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("guide", "pedoman.csv")
    answers = iter(["a", "1", "1", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    status, out, _ = run("review", "--code", "arisan")

    assert status == 0
    assert "Turn 7 asked question 2 about this code" in out
    run("export", "-o", "kode.csv")
    assert "prompted" in Path("kode.csv").read_text(encoding="utf-8")


def test_a_guide_of_which_nothing_is_found_is_doubted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lain.csv").write_text("no,pertanyaan\n1,Sejak kapan mengajar?\n2,Berapa honornya?\n", encoding="utf-8")

    assert "Is this the guide of this study?" in run("guide", "lain.csv")[1]
    assert "Is this the guide" not in run("guide", "pedoman.csv", "--replace")[1]


def test_the_guide_speaks_indonesian(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "id")
    assert "pedoman wawancara" in run("guide")[1]
    run("guide", "pedoman.csv")

    assert "pertanyaan" in run("guide")[1]
    assert "kemiripan" in run("guide", "--links")[1]


def test_the_guide_is_written_as_a_word_table(run: Run, tmp_path: Path) -> None:
    """Not before there is one, not over a file of somebody else's, and not as what it is not."""
    assert run("guide", "-o", "kisi-kisi.docx")[0] == 1
    assert run("guide", "pedoman.csv")[0] == 0
    (tmp_path / "lain.docx").write_bytes(b"PK lain")

    status, out, _ = run("guide", "-o", "kisi-kisi.docx")

    assert status == 0
    assert "kisi-kisi.docx" in out
    assert (tmp_path / "kisi-kisi.docx").read_bytes().startswith(b"PK")
    assert run("guide", "-o", "kisi-kisi.docx")[0] == 0, "an earlier one of ours is replaced"
    for name, said in (("lain.docx", "did not write"), ("a.pdf", "ends in .docx"), ("tidak/a.docx", "no folder")):
        status, _, err = run("guide", "-o", name)
        assert status == 1
        assert said in err
    assert (tmp_path / "lain.docx").read_bytes() == b"PK lain"

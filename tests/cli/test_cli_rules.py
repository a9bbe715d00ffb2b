"""Keyword rules at the command line: what they catch and miss, tried before they are added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

BOOK = """name: uji
codes:
  - key: sepi
    name: Sepi
    keywords: ["sepi", "nggak nentu", "anyep"]
  - key: arisan
    keywords: [arisan]
  - key: kosong
"""


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """Return a study of two people, one of whom is coded."""
    (tmp_path / "kode.yaml").write_text(BOOK, encoding="utf-8")
    folder = tmp_path / "wawancara"
    folder.mkdir()
    for number, words in enumerate(("Kadang rame kadang sepi, nggak nentu.", "Rumah saya sepi."), 1):
        (folder / f"informan-0{number}.txt").write_text(
            f"Pewawancara: Bapak kerja apa?\nInforman: Parkir. {words}\nPewawancara: Ikut arisan?\nInforman: Arisan RT ikut.\n"
            "Pewawancara: Terus?\nInforman: Ya.\n",
            encoding="utf-8",
        )
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "wawancara")[0] == 0
    assert run("code", "informan-01", "--turn", "2", "--code", "sepi")[0] == 0
    assert run("code", "informan-01", "--turn", "6", "--code", "sepi")[0] == 0
    return tmp_path / "uji.qualcode"


def rows(out: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_rules_of_a_code_with_all_together_last(run: Run, study: Path) -> None:
    status, out, _ = run("rules", "sepi", "--json")
    found = rows(out)

    assert status == 0
    assert [(row["number"], row["rule"], row["passages"], row["informants"], row["coded_so"], row["read"], row["missed"]) for row in found] == [
        (1, "sepi", 2, 2, 1, 1, 1),
        (2, "nggak nentu", 1, 1, 1, 1, 1),
        (3, "anyep", 0, 0, 0, 0, 2),
        (None, "", 2, 2, 1, 1, 1),
    ]  # fmt: skip
    assert (found[0]["at_least"], found[0]["at_most"]) == (0.207, 1.0)
    assert found[2]["precision"] is None
    assert found[2]["undefined"]


def test_table_leaves_out_what_catches_nothing_and_says_so(run: Run, study: Path) -> None:
    _, out, _ = run("rules", "sepi")
    _, every, _ = run("rules", "sepi", "--all")

    assert "anyep" not in out
    assert "1 more rules catch nothing here" in out
    assert "anyep" in every
    assert "1 of 1" in out


def test_a_rule_is_tried_with_its_passages_and_nothing_changes(run: Run, study: Path) -> None:
    before = study.read_bytes()
    status, out, _ = run("rules", "sepi", "--try", "rame NEAR/2 sepi", "--show")

    assert status == 0
    assert "informan-01:2" in out
    assert "‹rame kadang sepi›" in out
    assert "coded so" in out
    assert "Coded so, and missed:\ninforman-01:6\n  (Terus?)\n  Ya.\n" in out
    assert study.read_bytes() == before


def test_one_rule_by_its_number(run: Run, study: Path) -> None:
    _, out, _ = run("rules", "sepi", "--rule", "1", "--show", "--json")
    (row,) = rows(out)

    assert row["rule"] == "sepi"
    assert [(p["transcript"], p["turn"], p["known"], p["marks"]) for p in row["shown"]] == [  # type: ignore[attr-defined]
        ("informan-01", 2, "coded so", [[27, 31]]),
        ("informan-02", 2, "not read", [[19, 23]]),
        ("informan-01", 6, "missed", []),
    ]
    assert run("rules", "sepi", "--rule", "4")[0] == 1


def test_overview_of_all_codes_and_a_code_without_rules(run: Run, study: Path) -> None:
    _, out, _ = run("rules", "--json")
    _, none, _ = run("rules", "kosong")

    assert [(row["code"], row["passages"], row["coded"]) for row in rows(out)] == [
        ("sepi", 2, 2),
        ("arisan", 2, 0),
        ("kosong", 0, 0),
    ]
    assert "kosong has no rules" in none
    assert "Nobody has coded a passage so" in none


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sepii",), "no code 'sepii'"),
        (("sepi", "--try", "sepi NEAR"), "column 10: a word is missing here in the rule 'sepi NEAR'"),
        (("sepi", "--try", " "), "the rule is empty"),
        (("sepi", "--try", "SEPI"), "unknown macro 'SEPI'"),
        (("--try", "sepi"), "name the code"),
    ],
)
def test_mistakes_are_said(run: Run, study: Path, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run("rules", *arguments)

    assert status == 1
    assert said in err


def test_rules_are_edited_by_the_codebook_verbs(run: Run, study: Path) -> None:
    """A rule that cannot be read is refused with its place, and nothing changes."""
    status, _, err = run("codebook", "edit", "kosong", "--keyword", "iuran NEAR")
    assert (status, "column 11" in err) == (1, True)

    assert run("codebook", "edit", "kosong", "--keyword", "arisan AND RT".replace("RT", "rt"))[0] == 0
    _, out, _ = run("rules", "kosong", "--json")

    assert [row["passages"] for row in rows(out)] == [2, 2]

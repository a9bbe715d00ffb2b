"""What is shown of a suggestion: enough of what was said before, the passage itself, the part of a rule that matches."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.cli._options import say
from qualcode.cli._review_reasons import excerpt, narrowed
from qualcode.cli._wrapping import asking

Run = Callable[..., tuple[int, str, str]]
FILLER = "Rumah kami di ujung jalan, lewat jembatan, dekat mushala yang baru dicat itu. "
BOOK = """name: uji
codes:
  - key: utang
    name: Utang
    keywords: [utang, bayar]
"""


@pytest.mark.parametrize(
    ("rule", "said", "shown"),
    [
        ("hujan", ["hujan"], "hujan"),
        ("(sepi | tutup | prei) > 6 (banjir | hujan*)", ["sepi … hujannya"], "(sepi | …) > 6 (… | hujan*)"),
        (
            "(di-phk | NEG (dipanggil* | dikabarin)) ~6 (lagi | terus)",
            ["nggak dipanggil lagi"],
            "(… | NEG (dipanggil* | …)) ~6 (lagi | …)",
        ),
        ("(jual | gadai*) > 3 motor ! (toko | warung)", ["gadaiin motor"], "(… | gadai*) > 3 motor ! (…)"),
        (
            "tanya: ((harap* | minta) & (NEGARA | presiden)) jawab: (NEG | iya)",
            ["pemerintah … minta", "Nggak"],
            "tanya: ((… | minta) & (NEGARA | …)) jawab: (NEG | …)",
        ),
        ('(lemma:bayar | "UMR")', ["UMR"], '(… | "UMR")'),
        ("(durung | belum) > 2 UANG", ["acan seceng"], "(durung | belum) > 2 UANG"),
    ],
)
def test_of_a_rule_the_alternatives_that_were_said_are_shown(rule: str, said: list[str], shown: str) -> None:
    """One of which nothing is recognised (regional words, amounts) is left as it is."""
    assert narrowed(rule, said) == shown


def test_excerpts_end_between_words() -> None:
    assert excerpt("Tidak adanya\nperlindungan terhadap risiko", 30) == "Tidak adanya perlindungan …"
    assert excerpt("", 10) == ""


def test_of_what_was_said_before_the_end_is_shown_and_of_the_answer_all(run: Run, tmp_path: Path) -> None:
    long = FILLER * 20 + "Itu saja soal rumah."
    answer = FILLER * 10 + "Utang ke warung masih ada. " + FILLER * 10
    talk = f"Pewawancara: Rumahnya di mana?\nInforman: {long}\nPewawancara: Terus?\nInforman: {answer}\n"
    out = suggested(run, tmp_path, talk)

    assert "2 Informan: … " in out
    assert "Itu saja soal rumah." in out
    assert out.count("jembatan") < 30
    assert f"4 Informan: »{answer.strip()}«" in " ".join(out.split())


def test_an_answer_of_few_words_is_shown_with_what_it_follows(run: Run, tmp_path: Path) -> None:
    talk = (
        "Pewawancara: Awalnya gimana?\nInforman: Mandornya pulang, upah dua minggu belum dibayar.\n"
        "Pewawancara: Nggak dikejar sama sekali, Pak?\nInforman: Nomornya mati, utang tetap utang.\n"
    )
    out = suggested(run, tmp_path, talk).partition("rule utang")[0]

    assert "2 Informan: Mandornya pulang" in out
    assert "4 Informan: »Nomornya mati, utang tetap utang.«" in out


def test_what_rules_match_most_comes_first(run: Run, tmp_path: Path) -> None:
    talk = "".join(
        f"Pewawancara: Bagaimana sehari-harinya, Bu, kalau boleh tahu?\nInforman: {line} {FILLER}\n"
        for line in ("Ada utang.", "Utang ya bayar.", "Utang lagi.")
    )
    out = suggested(run, tmp_path, talk)

    assert out.index("Utang ya bayar") < out.index("Ada utang.") < out.index("Utang lagi.")


def suggested(run: Run, folder: Path, talk: str) -> str:
    (folder / "kode.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "informan-01.txt").write_text(talk, encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "informan-01.txt")[0] == 0
    return run("suggest")[1]


def test_what_is_said_breaks_between_words_where_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "en")
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((40, 24)))
    say("  In sight and blind cannot be compared: {reason}.", reason="no suggestion was decided on blind")
    piped = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say("  In sight and blind cannot be compared: {reason}.", reason="no suggestion was decided on blind")
    lines = capsys.readouterr().out.splitlines()

    assert piped.count("\n") == 1
    assert len(lines) == 2
    assert all(line.startswith("  ") and len(line) <= 40 for line in lines)
    assert " ".join(" ".join(lines).split()) == piped.strip()


@pytest.mark.parametrize("columns", range(30, 80))
def test_a_question_ends_with_its_last_word(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    legend = "  a accept  c correct  r reject  n nothing  s skip  m memo  u undo  q stop"
    shown = asking(legend)

    assert shown.endswith("stop")
    assert shown.split() == legend.split()
    assert all(len(line) <= columns - 2 for line in shown.split("\n"))


@pytest.mark.parametrize("verb", [("suggest",), ("suggest", "--status"), ("review",)])
def test_without_codes_it_is_said_that_there_are_none(run: Run, tmp_path: Path, verb: tuple[str, ...]) -> None:
    (tmp_path / "informan-01.txt").write_text("Pewawancara: Apa?\nInforman: Hujan.\n", encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "none")[0] == 0
    assert run("import", "informan-01.txt")[0] == 0
    status, out, _ = run(*verb)

    assert status == 0
    assert out.startswith("The codebook has no codes yet")
    assert out.count("\n") == 1

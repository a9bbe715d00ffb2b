"""Answers higher or wider than the terminal: every word is shown, page by page, and one may stop."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from rich.text import Text

from qualcode.cli._review_screen import print_lines
from qualcode.model import Verdict
from qualcode.project import Project

Show = Callable[..., int]
WORDS = [f"kata{number}" for number in range(500)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, list[str | BaseException]], None]:
    """Return a function that makes a terminal of so many columns and rows, at which these keys are pressed."""

    def make(columns: int, rows: int, keys: list[str | BaseException]) -> None:
        pressed: Iterator[str | BaseException] = iter(keys)

        def getchar() -> str:
            key = next(pressed)
            if isinstance(key, BaseException):
                raise key
            return key

        monkeypatch.setenv("QUALCODE_LANG", "en")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, rows)))
        monkeypatch.setattr("click.getchar", getchar)

    return make


def test_every_word_comes_page_by_page(terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    terminal(40, 13, [" "] * 99)
    rows = print_lines([Text(" ".join(WORDS))])
    said = capsys.readouterr().out

    assert [word for word in said.split() if word.startswith("kata")] == WORDS
    assert f"page 2 of {-(-rows // 10)}" in said


@pytest.mark.parametrize(("key", "error"), [("q", click.Abort), (KeyboardInterrupt(), KeyboardInterrupt)])
def test_one_may_stop_at_a_page(
    terminal: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    key: str | BaseException,
    error: type[BaseException],
) -> None:
    terminal(40, 13, [" ", key])
    with pytest.raises(error):
        print_lines([Text(" ".join(WORDS))])
    said = capsys.readouterr().out

    assert "page 3 of" in said
    assert WORDS[-1] not in said


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (5, 2), (20, 5), (400, 100), (0, 0)])
def test_odd_terminals_show_all(
    terminal: Callable[..., None], capsys: pytest.CaptureFixture[str], columns: int, rows: int
) -> None:
    terminal(columns, rows, [" "] * 5_000)
    print_lines([Text("Hujan terus, sepi 😀.")], indent=2)
    said = capsys.readouterr().out

    for letter in "Hujanterus,sepi😀.":
        assert letter in said


def test_a_passage_of_many_pages_may_be_skipped_at_each(
    terminal: Callable[..., None], run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    book = "name: uji\ncodes:\n  - key: utang\n    keywords: [utang]\n  - key: sewa\n    keywords: [sewa]\n"
    (tmp_path / "kode.yaml").write_text(book, encoding="utf-8")
    long = f"Ada utang dan sewa, utangnya banyak. {' '.join(WORDS)}"
    talk = f"Pewawancara: Bagaimana sehari-harinya, Bu?\nInforman: {long}\nPewawancara: Selain itu apa lagi?\nInforman: Utang ke warung.\n"
    (tmp_path / "informan-01.txt").write_text(talk, encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    assert run("import", "informan-01.txt")[0] == 0
    terminal(60, 24, [" ", "s", "u", "s", "r"])
    status, out, _ = run("review")

    assert status == 0
    assert "Taken back" in out
    assert WORDS[300] not in out
    with Project.open(tmp_path / "uji.qualcode", mode="ro") as project:
        decisions = project.corpus().decisions
    assert [one.verdict for one in decisions] == [Verdict.SKIPPED, Verdict.SKIPPED, Verdict.REJECTED]
    assert len({one.code for one in decisions}) == 2
    assert len({one.span for one in decisions}) == 2

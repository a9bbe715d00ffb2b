"""Answers higher or wider than the terminal: every word is shown, page by page, and one may stop."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator

import click
import pytest
from rich.text import Text

from qualcode.cli._review_screen import print_lines

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

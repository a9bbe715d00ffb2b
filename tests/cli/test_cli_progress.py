"""What shows that work goes on: a sign at once, a bar soon, and nothing left of either."""

from __future__ import annotations

import io
import sys
import time

import pytest

from qualcode.cli import _progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _looking(monkeypatch: pytest.MonkeyPatch, soon: float = 0.05) -> _Terminal:
    """Return an error stream that somebody looks at; set in the test itself, since capturing begins anew behind fixtures."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("QUALCODE_LANG", "en")
    monkeypatch.setattr(_progress, "SOON", soon)
    return stream


def _until(terminal: _Terminal, words: str) -> bool:
    end = time.monotonic() + 10
    while words not in terminal.getvalue() and time.monotonic() < end:
        time.sleep(0.02)
    return words in terminal.getvalue()


def test_a_sign_stands_there_before_the_first_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for files, or a first long one, takes its time without a step."""
    terminal = _looking(monkeypatch)
    with _progress.progress("Reading"):
        assert terminal.getvalue() == "Reading …"
        assert _until(terminal, "\x1b[?25l")

    assert terminal.getvalue().endswith("\x1b[2K")  # the bar is gone


def test_the_bar_shows_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _looking(monkeypatch)
    with _progress.progress("Reading") as step:
        step(3, 300, "informan-03.docx")
        assert _until(terminal, "3/300")
        step(4, 300, "informan-04.docx")
        assert _until(terminal, "4/300")


def test_work_that_is_done_at_once_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _looking(monkeypatch, soon=60)
    with _progress.progress("Reading") as step:
        step(1, 1, "")

    assert terminal.getvalue() == "Reading …\r         \r"


def test_stopping_takes_the_bar_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves the cursor where it can be seen."""
    terminal = _looking(monkeypatch)

    def work() -> None:
        with _progress.progress("Reading"):
            assert _until(terminal, "\x1b[?25l")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert "\x1b[?25h" in terminal.getvalue()


def test_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """A file or a pipe gets no bar."""
    with _progress.progress("Reading") as step:
        step(1, 2, "a")

    assert capsys.readouterr() == ("", "")

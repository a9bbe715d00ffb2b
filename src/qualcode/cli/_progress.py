"""What shows on the error stream that work goes on, where it takes long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qualcode.cli import language

__all__ = ["progress", "waiting"]

PATIENCE = 2.0
"""Seconds before a turning sign appears; quicker work needs none."""
SOON = 0.5
"""Seconds before a bar appears in the place of its message."""


@contextmanager
def waiting(message: str) -> Iterator[None]:
    """Say *message* with a turning sign while the block runs, when it takes long and someone is looking."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    from qualcode import i18n

    status = Console(stderr=True).status(i18n.translator(language())(message))
    timer = threading.Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()


@contextmanager
def progress(message: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a callback of (done, total, name) that moves a bar, when someone is looking.

    *message* stands there at once; the bar takes its place when the work takes long, also while the first step is not done.
    """
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    bar = _Bar(message)
    timer = threading.Timer(SOON, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar.step
    finally:
        timer.cancel()
        bar.stop()


class _Bar:
    """A bar that another thread starts, between a sign that stands there at once and the end of the work."""

    def __init__(self, message: str) -> None:
        from qualcode import i18n

        self._message = i18n.translator(language())(message)
        self._lock = threading.Lock()
        self._at: tuple[int, int | None, str] = (0, None, "")
        self._bar: Any = None
        self._task: Any = None
        self._over = False
        sys.stderr.write(f"{self._message} …")
        sys.stderr.flush()

    def start(self) -> None:
        """Put the bar in the place of the sign, unless the work is done."""
        with self._lock:
            if self._over:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            bar = Progress(
                TextColumn(self._message),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[name]}"),
                console=Console(stderr=True),
                transient=True,
            )
            self._clear()
            done, total, name = self._at
            self._task = bar.add_task("", total=total, completed=done, name=name[:30])
            bar.start()
            self._bar = bar

    def step(self, done: int, total: int, name: str) -> None:
        """Move the bar, now or when it starts."""
        self._at = (done, total, name)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, name=name[:30])

    def stop(self) -> None:
        """Take away what is shown."""
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()
            else:
                self._clear()

    def _clear(self) -> None:
        # Not every terminal of Windows knows how to erase a line; blanks do everywhere.
        sys.stderr.write("\r" + " " * (len(self._message) + 2) + "\r")
        sys.stderr.flush()

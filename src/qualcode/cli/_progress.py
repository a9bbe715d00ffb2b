"""A progress bar on the error stream, for work of more than two seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qualcode.cli import language

__all__ = ["progress", "waiting"]

PATIENCE = 2.0
"""Seconds before a bar appears; quicker work needs none."""


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
    """Yield a callback of (done, total, name) that shows a bar when the work takes long and someone is looking."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    started = time.monotonic()
    bar: Any = None
    task: Any = None

    def step(done: int, total: int, name: str) -> None:
        nonlocal bar, task
        if bar is None:
            if time.monotonic() - started < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            from qualcode import i18n

            bar = Progress(
                TextColumn(i18n.translator(language())(message)),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[name]}"),
                console=Console(stderr=True),
                transient=True,
            )
            bar.start()
            task = bar.add_task("", total=total, name=name)
        bar.update(task, completed=done, total=total, name=name[:30])

    try:
        yield step
    finally:
        if bar is not None:
            bar.stop()

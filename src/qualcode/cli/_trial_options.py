"""The options that trials of suggestions share: what is taken as true, where it is written, and how they go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from qualcode.cli._options import coder_option, json_option
from qualcode.errors import N_

__all__ = ["trial_options"]

F = TypeVar("F", bound=Callable[..., Any])


def trial_options(function: F) -> F:
    """Add ``--agreed``, ``--output``, ``--force``, ``--results``, ``--fresh``, ``--coder`` and ``--json``: the same for every trial."""
    options = (
        click.option("--agreed", is_flag=True, help=N_("Take as true what all coders agree on.")),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            type=click.Path(path_type=Path),
            help=N_("File to write to: .html, .svg, .csv or .json. May be given again."),
        ),
        click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write.")),
        click.option(
            "--results",
            type=click.Path(path_type=Path),
            help=N_("Where finished work is kept; STUDY.trials.jsonl without it."),
        ),
        click.option("--fresh", is_flag=True, help=N_("Begin anew; do not go on where an earlier call stopped.")),
        coder_option,
        json_option,
    )
    for option in reversed(options):
        function = option(function)
    return function

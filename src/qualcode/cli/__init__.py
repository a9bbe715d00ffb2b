"""The command line: one lazy module a verb, no logic.

A verb is a module of this package that holds one `command`; ``import_`` is the verb ``import``. Nobody keeps a list.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from functools import cache
from typing import Any

import click

from qualcode.cli._help import Verb, VerbGroup, language, translated
from qualcode.errors import N_

__all__ = ["Verb", "VerbGroup", "get_verb", "language", "list_verbs", "main", "verbs"]


@cache
def _modules() -> dict[str, str]:
    """Return the module of each verb, by the verb's name."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return {name.rstrip("_"): name for name in names if not name.startswith("_")}


def list_verbs() -> list[str]:
    """Return the names of all verbs, sorted."""
    return sorted(_modules())


def get_verb(name: str) -> click.Command | None:
    """Return the command of the verb *name*, importing its module alone; None if there is no such verb."""
    if name not in _modules():
        return None
    command: click.Command = importlib.import_module(f"{__name__}.{_modules()[name]}").command
    return command


class _Verbs(VerbGroup):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list_verbs()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return get_verb(cmd_name)


def _speak(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["QUALCODE_LANG"] = value


def _say_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(translated(N_("qualcode, version {version}"), version=version("qualcode")))
        context.exit()


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Code interviews, see what was coded, and report it.\n\n"
        "Begin with `qualcode demo`, or `qualcode new STUDY.qualcode`. A study is found by itself where the current "
        "folder holds exactly one."
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help=N_("Show the version and exit."),
)
@click.option(
    "--lang",
    type=click.Choice(["id", "en"]),
    help=N_("Language of messages and tables."),
    is_eager=True,
    expose_value=False,
    callback=_speak,
)
def verbs() -> None:
    """Run a verb."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 done, 1 an error of ours, 2 wrong usage, 130 stopped."""
    from qualcode.cli import _boundary

    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A Windows console may not know every character of a transcript; show a mark rather than stop.
            reconfigure(errors="replace")
    return _boundary.run(verbs, arguments)

"""The command line: one lazy module a verb, no logic.

A verb is a module of this package that holds one `command`; ``import_`` is the verb ``import``. Nobody keeps a list.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from qualcode.errors import N_

__all__ = ["Verb", "get_verb", "language", "list_verbs", "main", "verbs"]


def language() -> str:
    """Return the language to speak: QUALCODE_LANG, else Indonesian where the system's locale is, else English."""
    for name in ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        value = os.environ.get(name, "").lower()
        if value:
            return "id" if value.startswith("id") or value.startswith("indonesia") else "en"
    return "en"


def _translated(text: str | None) -> str | None:
    if not text or language() == "en":
        return text
    from qualcode import i18n

    return i18n.translator(language())(text)


class Verb(click.Command):
    """A command whose help is shown in the user's language."""

    def get_short_help_str(self, limit: int = 60) -> str:
        """Return the first sentence of the help, translated."""
        first = (_translated(self.help) or "").split("\n\n")[0].rstrip(".")
        return first if len(first) <= limit else first[: limit - 1] + "…"

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, translated."""
        original, self.help = self.help, _translated(self.help)
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = original

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, translated."""
        rows = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                original, parameter.help = parameter.help, _translated(parameter.help)
                row = parameter.get_help_record(ctx)
                parameter.help = original
                if row is not None:
                    rows.append(row)
        with formatter.section(_translated(N_("Options")) or ""):
            formatter.write_dl(rows)


def list_verbs() -> list[str]:
    """Return the names of all verbs, sorted."""
    return sorted(
        module.name.rstrip("_") for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )


def get_verb(name: str) -> click.Command | None:
    """Return the command of the verb *name*, importing its module alone; None if there is no such verb."""
    for module in (name, f"{name}_"):
        if (module.isidentifier() and module in {m.name for m in pkgutil.iter_modules(__path__)}) and module[0] != "_":
            command: click.Command = importlib.import_module(f"{__name__}.{module}").command
            return command
    return None


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list_verbs()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return get_verb(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and get_verb(args[0]) is None:
            from qualcode.errors import NotFoundError

            raise NotFoundError(N_("no verb {name!r}"), name=args[0], known=list_verbs())
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        original, self.help = self.help, _translated(self.help)
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = original


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Code interviews, see what was coded, and report it.\n\n"
        "Begin with `qualcode demo`, or `qualcode new STUDY.qualcode`. A study is found by itself where the current "
        "folder holds exactly one."
    ),
)
@click.version_option(package_name="qualcode", prog_name="qualcode")
@click.option("--lang", type=click.Choice(["id", "en"]), help=N_("Language of messages and tables."))
def verbs(lang: str | None) -> None:
    """Run a verb."""
    if lang:
        os.environ["QUALCODE_LANG"] = lang


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 done, 1 an error of ours, 2 wrong usage, 130 stopped."""
    from qualcode.cli import _boundary

    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A Windows console may not know every character of a transcript; show a mark rather than stop.
            reconfigure(errors="replace")
    return _boundary.run(verbs, arguments)

"""Help and usage errors in the user's language: click itself speaks English only."""

from __future__ import annotations

import os
import sys
from typing import Any, Literal

import click

from qualcode.errors import N_

__all__ = ["Verb", "VerbGroup", "language", "spoken", "translated", "usage_words"]

CLICKS_OWN = (
    N_("Show this message and exit."),
    N_("Show the version and exit."),
)
"""What click writes of itself, named here so that it is translated, too."""


def language() -> str:
    """Return the language to speak: QUALCODE_LANG, else Indonesian where the system's locale is, else English."""
    for name in ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        value = os.environ.get(name, "").lower()
        if value:
            return "id" if value.startswith(("id", "indonesia")) else "en"
    return "id" if sys.platform == "win32" and windows_speaks_indonesian() else "en"


INDONESIAN = 0x21
"""The primary language number of Indonesian in Windows."""


def windows_speaks_indonesian() -> bool:
    """Tell whether Windows shows its own menus in Indonesian; it sets none of the variables that others do."""
    import ctypes

    windll: Any = getattr(ctypes, "windll", None)
    return windll is not None and windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == INDONESIAN


def spoken() -> Literal["id", "en"]:
    """Return the language to speak, as the library's verbs take it."""
    return "id" if language() == "id" else "en"


def translated(text: str | None, /, **parameters: object) -> str:
    """Return *text* (a message id) in the user's language."""
    if not text:
        return ""
    if language() == "en":
        return text.format(**parameters) if parameters else text
    from qualcode import i18n

    return i18n.translator(language())(text, **parameters)


class _Spoken(click.Command):
    """A command whose help comes in the user's language."""

    def get_short_help_str(self, limit: int = 60) -> str:
        """Return the first sentence of the help."""
        first = translated(self.help).split("\n\n")[0].rstrip(".")
        return first if len(first) <= limit else first[: limit - 1] + "…"

    def help_parameters(self) -> dict[str, object]:
        """Return what fills the help, where it names what only the code knows."""
        return {}

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=translated(N_("Usage:")) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        original, self.help = self.help, translated(self.help, **self.help_parameters())
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = original

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        rows = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                original, parameter.help = parameter.help, translated(parameter.help)
                row = parameter.get_help_record(ctx)
                parameter.help = original
                if row is not None:
                    rows.append(row)
        with formatter.section(translated(N_("Options"))):
            formatter.write_dl(rows)


class Verb(_Spoken):
    """A verb."""


class VerbGroup(_Spoken, click.Group):
    """Several verbs under one name."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(translated(N_("Verbs"))):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands if command])


def usage_words(error: click.ClickException) -> str:
    """Return what click found wrong with the arguments, in the user's language."""
    if language() == "en":
        return error.format_message()
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return translated(N_("{what} is missing"), what=error.param.get_error_hint(error.ctx or _nowhere()))
    if isinstance(error, click.NoSuchOption):
        return translated(N_("there is no option {option}"), option=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        hint = error.param.get_error_hint(error.ctx or _nowhere())
        choices = ", ".join(map(str, getattr(error.param.type, "choices", ())))
        if choices:
            return translated(N_("{what} is one of {choices}"), what=hint, choices=choices)
        if isinstance(error.param.type, click.types.IntParamType):
            least = getattr(error.param.type, "min", None)
            words = N_("{what} is a whole number") if least is None else N_("{what} is a whole number, {least} or more")
            return translated(words, what=hint, least=least)
        return translated(N_("{what} is not as it should be: {why}"), what=hint, why=error.message)
    return error.format_message()


def _nowhere() -> click.Context:
    return click.Context(click.Command("qualcode"))

"""Help and usage errors in the user's language: click itself speaks English only."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Literal

import click

from qualcode.errors import N_, NotFoundError

__all__ = ["Verb", "VerbGroup", "in_own_words", "language", "spoken", "translated"]

CLICKS_OWN = (
    N_("Show this message and exit."),
    N_("Show the version and exit."),
)
"""What click writes of itself, named here so that it is translated, too."""

METAVARS = (
    N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("STUDY"), N_("PATH"), N_("TEXT"), N_("INTEGER"), N_("FLOAT"),
    N_("NAME"), N_("NAMES"), N_("KEY"), N_("CODE"), N_("CODES"), N_("CODEBOOK"), N_("FILE"), N_("FILES"), N_("FIELD"), N_("HEADING"),
    N_("CONDITION"), N_("HOW"), N_("KIND"), N_("LABEL"), N_("ROLE"), N_("STANCE"), N_("TRANSCRIPT"), N_("TURN"), N_("NO"), N_("CODING"),
    N_("GUIDS"), N_("NEW"), N_("OLD"), N_("QUERY"), N_("SOURCE"), N_("TARGET"), N_("RANGE"), N_("COLUMN"), N_("TYPE"), N_("RULE"),
)  # fmt: skip
"""What stands for a value in a usage line."""

CAPITALS = re.compile(r"(?<![-\w])[A-Z]{2,}(?![-\w])")


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

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return [in_own_words(piece) for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is left over is ours to complain of, for click would do it in English."""
        allowed, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out where an option lacks its value
            raise
        if left and not allowed:
            words = (
                N_("Got unexpected extra argument ({what})")
                if len(left) == 1
                else N_("Got unexpected extra arguments ({what})")
            )
            raise click.UsageError(translated(words, what=" ".join(left)), ctx)
        return left

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option) and not one.hidden]
        with formatter.section(translated(N_("Options"))):
            formatter.write_dl([_help_row(option, ctx) for option in options])


def _help_row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """Return what stands left and right in the list of options."""
    spelled = option.get_help_record(ctx)
    extra = option.get_help_extra(ctx)
    notes = []
    if "default" in extra:
        notes.append(translated(N_("default: {value}"), value=extra["default"]))
    if "range" in extra:
        notes.append(extra["range"])
    if "required" in extra:
        notes.append(translated(N_("required")))
    help_ = translated(option.help)
    return in_own_words(spelled[0] if spelled else ""), f"{help_}  [{'; '.join(notes)}]" if notes else help_


def in_own_words(metavars: str) -> str:
    """Return a usage line's words in capitals in the user's language: ``[OPTIONS] CODE``."""
    return CAPITALS.sub(lambda found: translated(found[0]) if found[0] in METAVARS else found[0], metavars)


class Verb(_Spoken):
    """A verb."""


class VerbGroup(_Spoken, click.Group):
    """Several verbs under one name; without one of them, its help."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings |= {"invoke_without_command": True, "subcommand_metavar": "COMMAND [ARGS]..."}
        super().__init__(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb that was named."""
        done = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return done

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which are near."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise NotFoundError(N_("no verb {name!r}"), name=args[0], known=self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(translated(N_("Verbs"))):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands if command])

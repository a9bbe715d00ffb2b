"""What click found wrong with the arguments, in the user's language."""

from __future__ import annotations

import click

from qualcode.cli._help import in_own_words, language, translated
from qualcode.errors import N_

__all__ = ["usage_words"]


def usage_words(error: click.ClickException) -> str:
    """Return what click found wrong with the arguments, in the user's language."""
    if language() == "en":
        return error.format_message()
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return translated(N_("{what} is missing"), what=_called(error.param, error.ctx))
    if isinstance(error, click.NoSuchOption):
        known = ", ".join(error.possibilities or ())
        words = N_("there is no option {option}; there is {known}") if known else N_("there is no option {option}")
        return translated(words, option=error.option_name, known=known)
    if isinstance(error, click.BadOptionUsage):
        return _misused(error)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param)
    return error.format_message()


def _misused(error: click.BadOptionUsage) -> str:
    """Return what is wrong with an option that lacks its value, or was given one that it does not take."""
    options = error.ctx.command.params if error.ctx else []
    flags = {name for one in options if isinstance(one, click.Option) and one.is_flag for name in one.opts}
    words = N_("{what} takes no value") if error.option_name in flags else N_("{what} needs a value")
    return translated(words, what=error.option_name)


def _bad_value(error: click.BadParameter, parameter: click.Parameter) -> str:
    what = _called(parameter, error.ctx)
    choices = ", ".join(map(str, getattr(parameter.type, "choices", ())))
    if choices:
        return translated(N_("{what} is one of {choices}"), what=what, choices=choices)
    if isinstance(parameter.type, click.types.IntParamType):
        least = getattr(parameter.type, "min", None)
        words = N_("{what} is a whole number") if least is None else N_("{what} is a whole number, {least} or more")
        return translated(words, what=what, least=least)
    return translated(N_("{what} is not as it should be: {why}"), what=what, why=error.message)


def _called(parameter: click.Parameter, ctx: click.Context | None) -> str:
    """Return what a parameter is called in a usage line."""
    if isinstance(parameter, click.Option):
        return " / ".join(parameter.opts)
    return in_own_words(parameter.make_metavar(ctx or click.Context(click.Command("qualcode")))).strip("[].")

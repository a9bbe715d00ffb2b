"""The one place where an error becomes words for a person at the terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from pathlib import Path

import click

from qualcode._resources import state_folder
from qualcode.cli._help import language, translated
from qualcode.cli._usage import usage_words
from qualcode.errors import N_, QualcodeError, reason_of

ERROR, HINT = N_("Error:"), N_("Hint:")

__all__ = ["run"]


def run(command: click.Command, arguments: list[str] | None) -> int:
    """Run *command* and return its exit status, saying what went wrong without a traceback."""
    try:
        status = command.main(args=arguments, prog_name="qualcode", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        click.echo(translated(N_("Stopped. What was saved before stays saved.")), err=True)
        return 130
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
            click.echo(translated(N_("More: {command} --help"), command=error.ctx.command_path), err=True)
        click.echo(f"{translated(ERROR)} {usage_words(error)}", err=True)
        return error.exit_code
    except QualcodeError as error:
        _show(error)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone; python would complain again while closing.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else ""
        _show(QualcodeError(N_("{reason}"), file=name or None, reason=reason_of(error)))
        return 1
    except Exception as error:
        if os.environ.get("QUALCODE_DEBUG"):
            raise
        _show(_unexpected(error))
        return 1
    return status if isinstance(status, int) else 0  # click returns the status of a verb that ended itself


def _show(error: QualcodeError) -> None:
    from qualcode import i18n

    click.echo(f"{translated(ERROR)} {i18n.message(error, language())}", err=True)
    if error.hint:
        click.echo(f"{translated(HINT)} {i18n.hint(error, language())}", err=True)


def _unexpected(error: Exception) -> QualcodeError:
    """Keep where it happened in a file: places only, since an exception's own words may hold interview text."""
    folder = state_folder()
    file = folder / "unexpected-error.txt"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        places = (f"{f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
        file.write_text(f"{type(error).__name__}\n{''.join(places)}", encoding="utf-8")
    return QualcodeError(
        N_("something went wrong that should not ({kind}); the study file is as it was after the last saved change"),
        hint=N_("please report it with the file {path}; it holds no interview text"),
        kind=type(error).__name__,
        path=str(file),
    )

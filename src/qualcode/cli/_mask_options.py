"""What the verbs that mask share: their options, the key with its passphrase, and what decides."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli._help import translated
from qualcode.cli._options import say
from qualcode.cli._review_keys import say_error
from qualcode.errors import N_, InputError, QualcodeError

if TYPE_CHECKING:
    from qualcode.privacy.key import KeyFile
    from qualcode.project import Project

__all__ = ["PASSPHRASE", "ask_key", "key_options", "names_in", "require_a_way", "require_key_choice"]

F = TypeVar("F", bound=Callable[..., Any])
PASSPHRASE = "QUALCODE_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
_TRIES = 3


def key_options(function: F) -> F:
    """Add how people are called, where it is kept who is who, and how decisions come."""
    options = (
        click.option(
            "--key",
            "key_path",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=N_(
                "The encrypted key file that keeps who is who; made if it is not there. Keep it apart from the study."
            ),
        ),
        click.option("--no-key", is_flag=True, help=N_("Keep nothing of who is who: nobody can find the names again.")),
        click.option(
            "--names",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=N_("A text file of names that are known to occur, one a line."),
        ),
        click.option(
            "--style",
            type=click.Choice(["nama", "inisial", "kode"]),
            default="nama",
            show_default=True,
            help=N_("What people are called: another name of the same feel, initials (Ibu S), or a code (Informan 3)."),
        ),
        click.option(
            "--list",
            "listed",
            type=click.Path(path_type=Path),
            metavar="FILE.csv",
            help=N_("Write the hits as a table, to be decided on in a spreadsheet. It holds real names."),
        ),
        click.option(
            "--apply",
            "decided",
            type=click.Path(path_type=Path),
            metavar="FILE.csv",
            help=N_("Do what was decided in that table."),
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def require_key_choice(key_path: Path | None, no_key: bool) -> None:
    """Refuse masking of which nobody said whether the names are kept.

    Raises
    ------
    InputError
        If neither or both were said.
    """
    if key_path is not None and no_key:
        raise InputError(N_("--key and --no-key exclude each other"))
    if key_path is None and not no_key:
        raise InputError(
            N_("say whether it is kept who is who"),
            hint=N_("--key FILE keeps it in an encrypted file outside the study; --no-key keeps nothing, for good"),
        )


def require_a_way(listed: Path | None, decided: Path | None) -> None:
    """Refuse a review where nobody is at the terminal.

    Raises
    ------
    InputError
        With what to do instead.
    """
    if listed is None and decided is None and not sys.stdin.isatty():
        raise InputError(
            N_("nobody is at the terminal to decide on what is found"),
            hint=N_(
                "write the hits with --list hits.csv, decide on them there, then run this again with --apply hits.csv"
            ),
        )


def names_in(path: Path | None) -> tuple[str, ...]:
    """Return the names in a text file, one a line; lines that begin with # are notes.

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    if path is None:
        return ()
    from qualcode.files.encoding import decode

    if not path.is_file():
        raise InputError(N_("no such file"), file=path)
    text, _ = decode(path.read_bytes(), file=path.name)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def ask_key(study: Project, path: Path, *, make: bool = True) -> KeyFile:
    """Return the key at *path*, opened with the passphrase that is asked for, or taken from the environment; with *make*, a new one.

    Raises
    ------
    QualcodeError
        If it cannot be opened, after three tries at the terminal.
    """
    from qualcode.privacy.key import beside

    if not make and not path.exists():
        return study.key_file(path, "", make=False)  # says that there is none
    if beside(path, study.path):
        _say_aside(
            N_(
                "The key file lies in the study's folder: who gets one gets both. Better a folder or a stick of its own."
            ),
        )
    fixed = os.environ.get(PASSPHRASE)
    if fixed is not None:
        return study.key_file(path, fixed)
    if not sys.stdin.isatty():
        raise InputError(
            N_("nobody is at the terminal to type the key's passphrase"),
            hint=N_("set it in the environment as {variable}"),
            variable=PASSPHRASE,
        )
    tries = 1
    while True:
        try:
            return study.key_file(path, _typed(new=not path.exists()))
        except QualcodeError as error:
            if tries == _TRIES or "passphrase" not in error.message:
                raise
            say_error(error)
        tries += 1


def _typed(*, new: bool) -> str:
    """Ask for a passphrase; a new one twice."""
    if not new:
        return str(click.prompt(translated(N_("Passphrase of the key file")), hide_input=True))
    say(N_("A new key file. Its passphrase cannot be found again: write it down where the key is not."))
    while True:
        first = str(click.prompt(translated(N_("New passphrase")), hide_input=True))
        if str(click.prompt(translated(N_("The same again")), hide_input=True)) == first:
            return first
        say(N_("The two are not the same."))


def _say_aside(message: str, **parameters: object) -> None:
    """Print *message* to the error stream, in the user's language."""
    click.echo(translated(message, **parameters), err=True)

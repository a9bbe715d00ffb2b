"""Asking for passphrases, which are never part of a command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from qualcode.cli._help import translated
from qualcode.errors import N_, StateError

__all__ = ["new_passphrase", "unlock"]

TRIES = 3


def unlock(path: Path) -> None:
    """Ask for the passphrase of the study at *path*, if it is encrypted and none that is known opens it."""
    from qualcode.project import Project

    for _ in range(TRIES):
        if not path.is_file() or Project.is_open_to_us(path) or not sys.stdin.isatty():
            return
        asked = click.prompt(translated(N_("Passphrase of {name}"), name=path.name), hide_input=True)
        Project.remember_passphrase(asked)


def new_passphrase() -> str:
    """Return a passphrase for a study, from QUALCODE_PASSPHRASE or asked twice.

    Raises
    ------
    StateError
        If nobody can be asked.
    """
    if given := os.environ.get("QUALCODE_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        raise StateError(
            N_("a passphrase is wanted, and nobody can be asked for it"), hint=N_("put it in QUALCODE_PASSPHRASE")
        )
    click.echo(translated(N_("Whoever forgets the passphrase has lost the study: there is no other way in.")))
    asked: str = click.prompt(translated(N_("New passphrase")), hide_input=True, confirmation_prompt=True)
    return asked

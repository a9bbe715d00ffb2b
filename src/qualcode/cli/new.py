"""Make a study."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import Verb
from qualcode.cli._options import coder_option, say
from qualcode.cli._passphrase import new_passphrase
from qualcode.errors import N_


@click.command(
    cls=Verb,
    help=N_("Make a new, empty study file.\n\n\b\nqualcode new pekerja.qualcode --coder rani --codebook prekariat"),
)
@click.argument("study", type=click.Path(path_type=Path))
@coder_option
@click.option(
    "--codebook",
    default="prekariat",
    show_default=True,
    help=N_("A shipped codebook, or a YAML file; 'none' for none."),
)
@click.option("--title", default="", help=N_("Title of the study."))
@click.option(
    "--approach",
    type=click.Choice(["reflexive", "codebook", "reliability", "content"]),
    help=N_("The kind of thematic analysis; it decides which statistics make sense."),
)
@click.option(
    "--encrypt",
    is_flag=True,
    help=N_("Encrypt the study and its backups with a passphrase (asked, or QUALCODE_PASSPHRASE)."),
)
@click.option("--informant-label", default="informan", show_default=True, help=N_("The study's word for informant."))
def command(
    study: Path,
    coder: str | None,
    codebook: str,
    title: str,
    approach: str | None,
    encrypt: bool,
    informant_label: str,
) -> None:
    """Make a study."""
    from qualcode.project import Project

    path = study if study.suffix == ".qualcode" else study.with_name(study.name + ".qualcode")
    with Project.create(
        path,
        codebook=None if codebook == "none" else codebook,
        coder=coder,
        title=title,
        approach=approach or "",
        informant_label=informant_label,
        passphrase=new_passphrase() if encrypt else "",
    ) as project:
        shown = f'"{path}"' if " " in str(path) else str(path)
        say(
            N_("Made {study} with {n} codes. Next: qualcode import {study} FILES"), study=shown, n=len(project.codebook)
        )

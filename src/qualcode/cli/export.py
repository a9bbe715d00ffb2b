"""Write the codings for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Write the codings for other programs.\n\nPositions, text, coder, time and codebook version, as .csv, .xlsx or .jsonl.\n\n"
        "\b\n"
        "qualcode export pekerja.qualcode -o pengodean.xlsx"
    ),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=N_("File to write to."))
@click.option(
    "--format", "format_", type=click.Choice(["csv", "xlsx", "jsonl"]), help=N_("Where the suffix does not say it.")
)
@click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write."))
def command(output: Path, format_: str | None, force: bool) -> None:
    """Write the codings."""
    with open_study(readonly=True) as study:
        written = study.export(output, format=format_, language=language(), force=force)
        say(N_("{n} codings written to {path}"), n=len(study.corpus().codings), path=written)

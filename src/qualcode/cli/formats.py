"""List the file formats."""

from __future__ import annotations

import click

from qualcode.cli import Verb
from qualcode.cli._help import translated
from qualcode.cli._options import json_option, show, show_json
from qualcode.cli._words import in_words
from qualcode.errors import N_


@click.command(
    cls=Verb,
    help=N_(
        "List the file formats: what can be brought in, what can be written, and codebooks.\n\n"
        "\b\n"
        "qualcode formats\n"
        "qualcode formats --json"
    ),
)
@json_option
def command(as_json: bool) -> None:
    """List the file formats."""
    from qualcode.project import formats

    rows = [row.to_row() for row in formats()]
    if as_json:
        show_json(rows)
        return
    show(
        [row | {"use": in_words(row["use"]), "about": translated(str(row["about"]))} for row in rows],
        as_json=False,
        columns={"use": N_("for"), "name": N_("name"), "suffixes": N_("suffixes"), "about": N_("what it is")},
    )

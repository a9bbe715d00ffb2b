"""Choose a quote for the report."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Choose a quote for the report.\n\n"
        "A printable form may shorten with […] and add with [ ]; every other word must stand in the transcript.\n\n"
        "\b\n"
        'qualcode quote pekerja.qualcode 0f3a… --printable "kalo ujan […] nol"'
    ),
)
@click.argument("coding")
@click.option("--printable", default="", help=N_("The form to print."))
@click.option("--no", "not_chosen", is_flag=True, help=N_("Take the choice back."))
@coder_option
def command(coding: str, printable: str, not_chosen: bool, coder: str | None) -> None:
    """Choose a quote."""
    with open_study(coder=coder) as study:
        study.choose_quote(coding, chosen=not not_chosen, printable=printable)
        say(N_("Choice taken back.") if not_chosen else N_("Quote chosen."))

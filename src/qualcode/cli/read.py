"""Mark what has been read."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Mark a transcript, or one of its turns, as read.\n\n"
        "What is uncoded in it is then 'nothing to code', not unread: agreement and the classifier go by it.\n\n"
        "\b\n"
        "qualcode read pekerja.qualcode informan-03"
    ),
)
@click.argument("transcript")
@click.option("--turn", type=int, help=N_("Number of the turn, from 1 as on paper; the whole transcript without it."))
@coder_option
def command(transcript: str, turn: int | None, coder: str | None) -> None:
    """Mark what has been read."""
    with open_study(coder=coder) as study:
        study.read(transcript, turn=turn)
        say(N_("Marked as read."))

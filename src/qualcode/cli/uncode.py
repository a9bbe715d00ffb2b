"""Take codings away."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Take codings away.\n\nYour own, by guid or by passage and code. It can be undone.\n\n"
        "\b\n"
        "qualcode uncode pekerja.qualcode --transcript informan-03 --turn 7 --code ketidakpastian-kerja"
    ),
)
@click.argument("guids", nargs=-1)
@click.option("--transcript", help=N_("Name of the transcript."))
@click.option("--turn", type=int, help=N_("Number of the turn, from 1 as on paper."))
@click.option("--code", "key", metavar="KEY", help=N_("Key of the code."))
@coder_option
def command(
    guids: tuple[str, ...], transcript: str | None, turn: int | None, key: str | None, coder: str | None
) -> None:
    """Take codings away."""
    with open_study(coder=coder) as study:
        taken = study.uncode(guids, transcript=transcript, turn=turn, code=key)
        say(N_("{n} codings taken away. Undo with: qualcode undo"), n=len(taken))

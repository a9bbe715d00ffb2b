"""Do again the last change."""

from __future__ import annotations

import click

from qualcode.cli._help import spoken
from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Do again what you took back last.\n\nThis works after closing the study, too.\n\n\b\nqualcode redo pekerja.qualcode --coder rani"
    ),
)
@click.option("-n", "times", default=1, show_default=True, help=N_("How many changes."))
@coder_option
def command(times: int, coder: str | None) -> None:
    """Do again the last change."""
    with open_study(coder=coder) as study:
        for _ in range(times):
            say(N_("Done again: {change}"), change=study.redo(language=spoken()))

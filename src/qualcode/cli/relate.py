"""Say that a strategy answers a challenge."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Say how one code bears on another.\n\nIn what an informant says, such as a strategy that answers a challenge.\n\n"
        "\b\n"
        "qualcode relate pekerja.qualcode solidaritas-kolektivitas ketidakpastian-kerja --informant informan-03 --worked partly"
    ),
)
@click.argument("source")
@click.argument("target")
@click.option(
    "--kind",
    type=click.Choice(["answers", "cause", "condition", "consequence"]),
    default="answers",
    show_default=True,
    help=N_("How SOURCE bears on TARGET."),
)
@click.option("--informant", default="", metavar="ID", help=N_("For whom; for the whole study without it."))
@click.option(
    "--worked",
    type=click.Choice(["yes", "no", "partly"]),
    help=N_("Whether it worked, in the informant's own judgement."),
)
@click.option("--memo", default="", help=N_("Why you say so."))
@coder_option
def command(
    source: str, target: str, kind: str, informant: str, worked: str | None, memo: str, coder: str | None
) -> None:
    """Relate two codes."""
    with open_study(coder=coder) as study:
        study.relate(source, target, kind=kind, informant=informant, worked=worked or "", memo=memo)
        say(N_("Relation kept."))

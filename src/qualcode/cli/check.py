"""Check a study file."""

from __future__ import annotations

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, json_option, open_study, say, show_json
from qualcode.cli._progress import waiting
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Check that the study file is whole.\n\nThe database, the log's chain, every text, and that the log rebuilds the tables.\n\n"
        "\b\n"
        "qualcode check pekerja.qualcode --rebuild"
    ),
)
@click.option("--rebuild", is_flag=True, help=N_("Make the tables anew from the log."))
@json_option
def command(rebuild: bool, as_json: bool) -> None:
    """Check a study file."""
    from qualcode import i18n

    with open_study(readonly=not rebuild) as study, waiting(N_("Checking the file …")):
        findings = study.check(rebuild=rebuild)
    damaged = any(finding.level == "damage" for finding in findings)
    if as_json:
        show_json(
            {
                "whole": not damaged,
                "findings": [{"level": f.level, "message": i18n.message(f, language())} for f in findings],
            }
        )
    else:
        for finding in findings:
            click.echo(i18n.message(finding, language()))
        if not damaged:
            say(N_("The study file is whole."))
    if damaged:
        click.get_current_context().exit(1)

"""Merge copies of a study."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode import i18n
from qualcode.cli import language
from qualcode.cli._options import (
    StudyVerb,
    coder_option,
    json_option,
    open_study,
    say,
    show_findings,
    show_json,
)
from qualcode.cli._passphrase import unlock
from qualcode.cli._progress import waiting
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Take into a study what was done in copies of it.\n\n"
        "The first file is the study, the others are only read. Where copies disagree, both sides are kept and named. "
        "What was erased or masked in any copy stays so. A backup is made before. "
        "Without copies, what earlier merges left to settle is listed.\n\n"
        "\b\n"
        "qualcode merge pekerja.qualcode pekerja-dewi.qualcode pekerja-budi.qualcode\n"
        "qualcode merge pekerja.qualcode pekerja-dewi.qualcode --dry-run"
    ),
)
@click.argument("copies", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would come."))
@coder_option
@json_option
def command(copies: tuple[Path, ...], dry_run: bool, coder: str | None, as_json: bool) -> None:
    """Merge copies."""
    if not copies:
        _list(coder, as_json=as_json)
        return
    for copy in copies:
        if copy.is_file():
            unlock(copy)
    with open_study(coder=coder) as study, waiting(N_("Merging …")):
        reports = study.merge(*copies, dry_run=dry_run)
    if as_json:
        show_json(
            [
                {
                    "copy": str(report.copy),
                    "events": report.events,
                    "erased": report.tombstones,
                    "conflicts": [i18n.message(found, language()) for found in report.conflicts],
                    "again": [i18n.message(found, language()) for found in report.again],
                }
                for report in reports
            ]
        )
        return
    for report in reports:
        if dry_run:
            say(N_("{copy} would bring {n} changes."), copy=report.copy.name, n=report.events)
        else:
            say(N_("{copy}: {n} changes taken over."), copy=report.copy.name, n=report.events)
        if report.tombstones:
            say(N_("It knows of erasings that this study did not know of; they are obeyed here, too."))
        if report.conflicts:
            say(N_("What the copies disagree about; an ordinary change settles each:"))
        for found in (*report.conflicts, *report.again):
            click.echo("- " + i18n.message(found, language()))
        show_findings(report.findings)


def _list(coder: str | None, *, as_json: bool) -> None:
    """Print what copies merged earlier disagree about."""
    with open_study(coder=coder, readonly=True) as study:
        found = [i18n.message(conflict, language()) for conflict in study.conflicts()]
    if as_json:
        show_json(found)
        return
    for line in found:
        click.echo("- " + line)
    if not found:
        say(N_("Nothing is left to settle."))

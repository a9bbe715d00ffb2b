"""Show who did what, when."""

from __future__ import annotations

import click

from qualcode.cli import language
from qualcode.cli._help import spoken
from qualcode.cli._options import StudyVerb, json_option, open_study, show
from qualcode.cli._words import local
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show who did what, when.\n\nThe study's log, newest first, with before and after.\n\n\b\nqualcode log pekerja.qualcode -n 50"
    ),
)
@click.option("-n", default=20, show_default=True, help=N_("How many entries."))
@click.option("--coder", metavar="NAME", help=N_("Only this coder's."))
@json_option
def command(n: int, coder: str | None, as_json: bool) -> None:
    """Show the log."""
    from qualcode import i18n

    with open_study(readonly=True) as study:
        rows = study.log(n=n, coder=coder, language="en" if as_json else spoken())
    if not as_json:
        _ = i18n.translator(language())
        rows = [row | {"at": local(row["at"]), "verb": _(str(row["verb"]))} for row in rows]
    show(
        rows,
        as_json=as_json,
        columns={
            "number": N_("no."),
            "at": N_("when"),
            "coder": N_("who"),
            "verb": N_("what"),
            "change": N_("change"),
            "undone": N_("undone"),
        },
    )

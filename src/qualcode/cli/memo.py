"""Write a memo, or an informant's case summary."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Write a memo or a case summary.\n\nOn the study, an informant, a transcript, a code or a coding.\n\n"
        "The kind 'summary' is an informant's case summary in the report; 'tension' what does not fit.\n\n"
        "\b\n"
        'qualcode memo pekerja.qualcode --about informan-03 --kind summary "Ia berjualan …"'
    ),
)
@click.argument("text")
@click.option(
    "--about", default="", help=N_("Informant, transcript, code key, or guid of a coding; the study without it.")
)
@click.option(
    "--kind",
    type=click.Choice(["note", "summary", "tension"]),
    default="note",
    show_default=True,
    help=N_("What it is."),
)
@coder_option
def command(text: str, about: str, kind: str, coder: str | None) -> None:
    """Write a memo."""
    with open_study(coder=coder) as study:
        before = len(study.corpus().memos)
        study.memo(text, about=about, kind=kind)
        if kind == "summary" and len(study.corpus().memos) == before:
            say(N_("The case summary was rewritten; the earlier one is in the log and comes back with: qualcode undo"))
        else:
            say(N_("Memo kept."))

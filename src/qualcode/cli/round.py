"""Begin, end and list rounds of coding."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show
from qualcode.errors import N_, InputError


@click.command(
    cls=StudyVerb,
    help=N_(
        "Begin or end a round of coding, or list the rounds.\n\n"
        "Work done while a round is open belongs to it. In an independent round nobody sees another coder's work, and nobody's suggestions "
        "are learnt from it, until the round is closed: so agreement is between people who decided by themselves.\n\n"
        "\b\n"
        "qualcode round pekerja.qualcode putaran-1\n"
        "qualcode round pekerja.qualcode --close"
    ),
)
@click.argument("name", required=False)
@click.option("--close", is_flag=True, help=N_("End the round that is open."))
@click.option("--together", is_flag=True, help=N_("Begin a round in which all see each other's work."))
@coder_option
@json_option
def command(name: str | None, close: bool, together: bool, coder: str | None, as_json: bool) -> None:
    """Begin, end or list rounds."""
    if close and name:
        raise InputError(N_("--close ends the round that is open; leave its name out"))
    with open_study(coder=coder) as study:
        if close:
            say(N_("Round closed: {name}. Its coders see each other's work now."), name=study.close_round().name)
            return
        if name:
            made = study.open_round(name, independent=not together)
            if made.blind:
                say(N_("Round open: {name}. Until it is closed everyone sees their own work alone."), name=made.name)
            else:
                say(N_("Round open: {name}."), name=made.name)
            return
        corpus = study.corpus()
        rows = [
            {
                "round": one.name,
                "independent": one.blind,
                "open": not one.closed,
                "coders": len({c.coder for c in corpus.codings if c.round == one.name}),
                "codings": sum(c.round == one.name for c in corpus.codings),
            }
            for one in corpus.rounds
        ]
        if rows or as_json:
            headings = {
                "round": N_("round"), "independent": N_("independent"), "open": N_("open"), "coders": N_("coders"), "codings": N_("codings"),
            }  # fmt: skip
            show(rows, as_json=as_json, columns=headings)
        else:
            say(N_("No rounds yet. qualcode round NAME begins one."))

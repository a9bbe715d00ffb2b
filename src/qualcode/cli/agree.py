"""Measure how far two coders agree."""

from __future__ import annotations

from typing import Literal

import click

from qualcode.cli._options import StudyVerb, json_option, open_study, say, show, show_json
from qualcode.errors import N_

Measure = Literal["alpha", "percent"]


@click.command(
    cls=StudyVerb,
    help=N_(
        "Measure how far coders agree.\n\nOnly units that all of them have read are counted.\n\n"
        "\b\n"
        "qualcode agree pekerja.qualcode --coders rani dewi --measure alpha"
    ),
)
@click.option("--coders", nargs=2, required=True, metavar="A B", help=N_("Two coders."))
@click.option(
    "--measure",
    type=click.Choice(["alpha", "percent"]),
    default="alpha",
    show_default=True,
    help=N_("The coefficient."),
)
@json_option
def command(coders: tuple[str, str], measure: Measure, as_json: bool) -> None:
    """Measure agreement."""
    with open_study(readonly=True) as study:
        result = study.agree(coders=coders, measure=measure)
    if as_json:
        show_json({"measure": measure, "value": result.value, "undefined": result.undefined, "codes": result.to_rows()})
        return
    show(result.to_rows(), as_json=False)
    say(N_("Agreement shows that two people marked the same things, not that their reading is right."))

"""Measure how far two coders agree."""

from __future__ import annotations

from typing import Literal

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import StudyVerb, json_option, open_study, say, show, show_json
from qualcode.cli._progress import waiting
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
    from qualcode import i18n

    with open_study(readonly=True) as study, waiting(N_("Comparing the codings …")):
        result = study.agree(coders=coders, measure=measure)
    if as_json:
        show_json({"measure": measure, "value": result.value, "undefined": result.undefined, "codes": result.to_rows()})
        return
    rows = [
        {
            "code": row["code"] or i18n.translator(language())(N_("all codes")),
            "value": row["value"] if row["value"] is not None else translated(str(row["undefined"])),
            "level": row["level"],
            "n_units": row["n_units"],
            "marked": row["marked"],
            "together": row["together"],
        }
        for row in result.to_rows()
    ]
    show(
        rows,
        as_json=False,
        columns={
            "code": N_("code"),
            "value": N_("alpha") if measure == "alpha" else N_("percent"),
            "level": N_("distance"),
            "n_units": N_("units read by both"),
            "marked": translated(N_("coded by {a}, {b}"), a=coders[0], b=coders[1]),
            "together": N_("by both"),
        },
    )
    for finding in result.findings:
        click.echo(i18n.message(finding, language()))
    say(N_("Agreement shows that two people marked the same things, not that their reading is right."))

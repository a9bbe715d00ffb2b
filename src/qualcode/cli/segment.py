"""Choose the unit of coding."""

from __future__ import annotations

import click

from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, show
from qualcode.cli._words import in_words
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Choose the unit of coding.\n\nPassages are suggested and agreement is counted in it.\n\n"
        "Segments are made from the text each time; codings do not depend on them.\n\n"
        "\b\n"
        "qualcode segment pekerja.qualcode --by answer"
    ),
)
@click.option(
    "--by", type=click.Choice(["turn", "sentence", "paragraph", "answer"]), help=N_("The unit; without it only show.")
)
@coder_option
@json_option
def command(by: str | None, coder: str | None, as_json: bool) -> None:
    """Choose the unit of coding."""
    with open_study(coder=coder, readonly=by is None) as study:
        if by is not None:
            study.segment(by)
        rows = study.segment_counts()
    show(
        rows if as_json else [row | {"unit": in_words(row["unit"])} for row in rows],
        as_json=as_json,
        columns={
            "transcript": N_("transcript"),
            "unit": N_("unit"),
            "segments": N_("segments"),
            "median_words": N_("median words"),
        },
    )

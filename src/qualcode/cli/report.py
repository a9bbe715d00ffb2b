"""Write the report."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli._options import (
    StudyVerb,
    allow_option,
    coder_option,
    json_option,
    open_study,
    record_sharing,
    say,
    say_withheld,
    show_json,
)
from qualcode.cli._progress import waiting
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Write the report.\n\nAn overview, a page per informant and a page per code, as HTML that needs no network.\n\n"
        "\b\n"
        "qualcode report pekerja.qualcode -o laporan/\n"
        "qualcode report pekerja.qualcode -o informan-03.html --informant informan-03 --single-file --lang en"
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("laporan"),
    show_default=True,
    help=N_("Folder to write to; with --single-file, the file."),
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help=N_("Language of the report.")
)
@click.option("--informant", metavar="ID", help=N_("Only this informant's page."))
@click.option("--single-file", is_flag=True, help=N_("One HTML file that holds everything."))
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    help=N_("A folder of your own templates, used before the shipped ones."),
)
@click.option(
    "--generalise/--as-recorded",
    "generalise",
    default=None,
    help=N_("Show attributes in a coarser form, or as recorded; without it as the study says (qualcode generalise)."),
)
@allow_option
@click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write (with --single-file)."))
@coder_option
@json_option
def command(
    output: Path,
    lang: str,
    informant: str | None,
    single_file: bool,
    templates: Path | None,
    generalise: bool | None,
    allow: tuple[str, ...],
    force: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Write the report."""
    with (
        open_study(coder=coder, readonly=not allow) as study,
        waiting(N_("Writing the report …")),
    ):
        start = study.report(
            output,
            language=lang,
            informant=informant,
            single_file=single_file,
            templates=templates,
            generalise=generalise,
            allow=allow,
            force=force,
        )
        say_withheld(study)
    if not allow:
        record_sharing(coder, "report", output)
    if as_json:
        show_json({"report": str(start)})
    else:
        say(N_("The report is at {path}"), path=start.resolve())

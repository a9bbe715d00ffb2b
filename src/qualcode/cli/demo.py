"""Build the sample study and its report."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import Verb
from qualcode.cli._options import say, show_findings
from qualcode.errors import N_


@click.command(
    cls=Verb,
    help=N_(
        "Build the sample study and its report.\n\nThe interviews and codings are simulated.\n\n"
        "\b\n"
        "qualcode demo\n"
        "qualcode demo --folder coba"
    ),
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("contoh-qualcode"),
    show_default=True,
    help=N_("Where to put the study and the report."),
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help=N_("Language of the report.")
)
def command(folder: Path, lang: str) -> None:
    """Build the sample study."""
    from qualcode.cli._progress import progress
    from qualcode.project import build_demo

    with progress(N_("Building the sample study")) as step:
        demo = build_demo(folder, language=lang, progress=step)
    show_findings(demo.findings)
    say(N_("The sample study: {path}"), path=demo.study.resolve())
    say(N_("Its report: {path}"), path=demo.report.resolve())
    say(
        N_(
            "{transcripts} simulated sources, {informants} informants, {codings} codings by two simulated coders. A demonstration, no evidence."
        ),
        transcripts=demo.transcripts,
        informants=demo.informants,
        codings=demo.codings,
    )

"""Write the codings for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, allow_option, coder_option, open_study, record_sharing, say, say_withheld
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "Write the codings for other programs, or coded transcripts for people.\n\n"
        "Positions, text, coder, time and codebook version as .csv, .xlsx or .jsonl. As .docx, every transcript is a table of turns with their codes, "
        "which a supervisor may correct in Word; it comes in again with: qualcode code --from\n\n"
        "\b\n"
        "qualcode export pekerja.qualcode -o pengodean.xlsx\n"
        "qualcode export pekerja.qualcode -o transkrip-berkode.docx --transcript informan-03"
    ),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=N_("File to write to."))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "xlsx", "jsonl", "docx"]),
    help=N_("Where the suffix does not say it."),
)
@click.option(
    "--transcript", "transcripts", multiple=True, metavar="NAME", help=N_("Only this transcript; may be given again.")
)
@click.option(
    "--generalise/--as-recorded",
    "generalise",
    default=None,
    help=N_("Show attributes in a coarser form, or as recorded; without it as the study says (qualcode generalise)."),
)
@allow_option
@click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write."))
@coder_option
def command(
    output: Path,
    format_: str | None,
    transcripts: tuple[str, ...],
    generalise: bool | None,
    allow: tuple[str, ...],
    force: bool,
    coder: str | None,
) -> None:
    """Write the codings."""
    with open_study(coder=coder, readonly=not allow) as study:
        written = study.export(
            output,
            format=format_,
            language=language(),
            transcripts=transcripts,
            generalise=generalise,
            allow=allow,
            force=force,
        )
        corpus = study.corpus()
        wanted = {corpus.transcript(name).guid for name in transcripts}
        n = sum(not wanted or coding.transcript in wanted for coding in corpus.codings)
        say(N_("{n} codings written to {path}"), n=n, path=written)
        if "quotes" not in allow:
            say_withheld(study)
    if not allow:
        record_sharing(coder, "export", output)

"""Bring transcripts into a study."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_json
from qualcode.cli._words import in_words, roles_in_words
from qualcode.errors import N_

FINDING_COLUMNS = {"file": N_("file"), "line": N_("line"), "level": N_("what"), "message": N_("finding")}


@click.command(
    cls=StudyVerb,
    help=N_(
        "Bring transcripts into the study.\n\nFiles or folders of .txt, .md, .docx, .csv and .xlsx.\n\n"
        "The same file again changes nothing. One that has changed is offered: --revise takes it as a new revision, and codings move along with their words.\n\n"
        "\b\n"
        "qualcode import pekerja.qualcode wawancara/ --dry-run\n"
        "qualcode import pekerja.qualcode wawancara/*.docx --speaker P=interviewer\n"
        "qualcode import pekerja.qualcode wawancara/ --attributes informan.csv"
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Say what would be recognised, and change nothing."))
@click.option(
    "--revise", is_flag=True, help=N_("Take files that changed as new revisions; codings move along with their words.")
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="LABEL=ROLE",
    help=N_("Correct a speaker's role, as in P=interviewer; may be given again."),
)
@click.option(
    "--kind",
    type=click.Choice(["interview", "group", "observation", "document", "journal"]),
    help=N_("What the sources are, where it is not to be guessed."),
)
@click.option("--text-column", help=N_("Column that holds the text (.csv, .xlsx)."))
@click.option("--informant-column", help=N_("Column that names the informant (.csv, .xlsx)."))
@click.option(
    "--attributes",
    type=click.Path(path_type=Path),
    help=N_("A table (.csv, .xlsx) of informants' attributes; its first column names the informant."),
)
@coder_option
@json_option
def command(
    files: tuple[Path, ...],
    dry_run: bool,
    revise: bool,
    speakers: tuple[str, ...],
    kind: str | None,
    text_column: str | None,
    informant_column: str | None,
    attributes: Path | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Bring transcripts into a study."""
    from qualcode import i18n
    from qualcode.cli._progress import progress
    from qualcode.project import parse_speakers

    if not files and attributes is None:
        raise click.UsageError(i18n.translator(language())(N_("name the files or folders to bring in")))
    with open_study(coder=coder, readonly=dry_run) as study, progress(N_("Reading")) as step:
        report = study.import_files(
            files,
            speakers=parse_speakers(speakers),
            kind=kind,
            text_column=text_column,
            informant_column=informant_column,
            attributes=attributes,
            dry_run=dry_run,
            revise=revise,
            progress=step,
        )
    rows = report.to_rows(lambda said: i18n.message(said, language()))
    if as_json:
        show_json({"summary": report.counts, "files": report.file_rows(), "findings": rows})
    else:
        if report.file_rows():
            show(
                [
                    row
                    | {name: in_words(row[name]) for name in ("outcome", "kind")}
                    | {"speakers": roles_in_words(str(row["speakers"]))}
                    for row in report.file_rows()
                ],
                as_json=False,
                columns={
                    "file": N_("file"),
                    "outcome": N_("outcome"),
                    "transcript": N_("transcript"),
                    "kind": N_("kind"),
                    "turns": N_("turns"),
                    "speakers": N_("speakers and roles"),
                    "review": N_("codings to review"),
                },
            )
        if rows:
            click.echo()
            show([row | {"level": in_words(row["level"])} for row in rows], as_json=False, columns=FINDING_COLUMNS)
        click.echo()
        say(N_("{added} added, {revised} revised, {unchanged} unchanged, {failed} could not be read."), **report.counts)
        if report.counts["changed"]:
            say(
                N_("{n} differ from the study and were not taken; bring them in with --revise."),
                n=report.counts["changed"],
            )
        if any(outcome.review for outcome in report.outcomes):
            say(
                N_(
                    "{n} codings stand on the earlier text, since their words changed. Look at them with: qualcode review --moved"
                ),
                n=sum(outcome.review for outcome in report.outcomes),
            )
        if dry_run:
            say(N_("Nothing was changed (--dry-run)."))
    if report.errors:
        click.get_current_context().exit(1)

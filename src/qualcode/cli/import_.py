"""Bring transcripts into a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli import language
from qualcode.cli._help import spoken
from qualcode.cli._imported import explained, findings_by_file, overview, summary
from qualcode.cli._mask_import import import_masked, require_masking
from qualcode.cli._mask_options import key_options
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show_json, terminal_width
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.project import ImportReport


class _ImportVerb(StudyVerb):
    """Names in its help the formats that there are."""

    def help_parameters(self) -> dict[str, object]:
        """Return what fills the help."""
        from qualcode.importers import extensions

        return {"formats": ", ".join(sorted(extensions()))}


@click.command(
    cls=_ImportVerb,
    help=N_(
        "Bring transcripts into the study.\n\nFiles or folders of {formats}; see `qualcode formats`.\n\n"
        "The same file again changes nothing. One that has changed is offered: --revise takes it as a new revision, and codings move along with their words.\n\n"
        "What was guessed wrongly is put right with --speaker or, for all files at once, in a file of hints beside them "
        "(.hints.yaml); bring the files in again, and codings stay.\n\n"
        "\b\n"
        "qualcode import pekerja.qualcode wawancara/ --dry-run\n"
        "qualcode import wawancara/ --dry-run --write-hints wawancara/.hints.yaml\n"
        "qualcode import pekerja.qualcode wawancara/*.docx --speaker P=interviewer\n"
        "qualcode import pekerja.qualcode wawancara/ --attributes informan.csv\n"
        "qualcode import pekerja.qualcode wawancara/ --mask --key /media/stik/pekerja.key"
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Say what would be recognised, and change nothing."))
@click.option(
    "--explain",
    is_flag=True,
    help=N_("Say of every line what it would be taken for, by which rule, and change nothing."),
)
@click.option(
    "--revise", is_flag=True, help=N_("Take files that changed as new revisions; codings move along with their words.")
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="LABEL=ROLE",
    help=N_("Correct a speaker's role, as in P=interviewer; none where it is no speaker. May be given again."),
)
@click.option(
    "--kind",
    metavar="KIND",
    help=N_("What the sources are, where it is not to be guessed: interview, group, observation, document, journal."),
)
@click.option(
    "--hints",
    type=click.Path(path_type=Path),
    help=N_("A file of hints for all files, instead of the one beside each (.hints.yaml)."),
)
@click.option(
    "--write-hints",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write what was guessed as a file of hints, to be corrected there."),
)
@click.option("--text-column", help=N_("Column that holds the text (.csv, .xlsx)."))
@click.option("--informant-column", help=N_("Column that names the informant (.csv, .xlsx)."))
@click.option(
    "--attributes",
    type=click.Path(path_type=Path),
    help=N_("A table (.csv, .xlsx) of informants' attributes, a row each."),
)
@click.option(
    "--attribute-type",
    "types",
    multiple=True,
    metavar="COLUMN=TYPE",
    help=N_(
        "What a column of that table holds, as in Usia=integer: integer, number, yes/no, date, range, category, text. May be given again."
    ),
)
@click.option("--mask", is_flag=True, help=N_("Mask names and numbers before anything is stored; see `qualcode mask`."))
@key_options
@coder_option
@json_option
def command(
    files: tuple[Path, ...],
    dry_run: bool,
    explain: bool,
    revise: bool,
    speakers: tuple[str, ...],
    kind: str | None,
    hints: Path | None,
    write_hints: Path | None,
    text_column: str | None,
    informant_column: str | None,
    attributes: Path | None,
    types: tuple[str, ...],
    mask: bool,
    coder: str | None,
    as_json: bool,
    **masking: Any,
) -> None:
    """Bring transcripts into a study."""
    from qualcode import i18n
    from qualcode.cli._progress import progress
    from qualcode.project import parse_speakers, parse_types

    if not files and attributes is None:
        raise click.UsageError(i18n.translator(language())(N_("name the files or folders to bring in")))
    dry_run = dry_run or explain
    if write_hints is not None:
        _may_write(write_hints)
    reading: dict[str, Any] = {
        "speakers": parse_speakers(speakers),
        "kind": kind,
        "text_column": text_column,
        "informant_column": informant_column,
        "hints": hints,
        "attributes": attributes,
    }
    require_masking(masking, wanted=mask, looking=dry_run or write_hints is not None)
    if mask:
        with open_study(coder=coder) as study:
            masked = import_masked(study, files, reading, masking, types=parse_types(types), revise=revise)
        if masked is None:
            return
        report = masked
    else:
        with progress(N_("Reading")) as step, open_study(coder=coder, readonly=dry_run) as study:
            report = study.import_files(
                files, **reading, types=parse_types(types), dry_run=dry_run, revise=revise, progress=step
            )
    if write_hints is not None:  # before anything is shown: the reader of what is shown may stop reading
        _write_hints(report, write_hints)
    if as_json:
        _as_json(report, explain=explain)
    else:
        _as_text(report, explain=explain, dry_run=dry_run)
    if write_hints is not None:
        say(N_("Hints were written to {path}; correct them there, and bring the files in again."), path=write_hints)
    if report.errors:
        click.get_current_context().exit(1)


def _rows(report: ImportReport) -> list[dict[str, object]]:
    from qualcode import i18n

    return report.to_rows(lambda said: i18n.message(said, language()), lambda error: i18n.hint(error, language()))


def _as_json(report: ImportReport, *, explain: bool) -> None:
    from qualcode import importers

    told: dict[str, object] = {"summary": report.counts, "files": report.file_rows(), "findings": _rows(report)}
    if explain:
        told["lines"] = [
            {"file": path.name, **line.to_row()}
            for path, result in report.batch.results
            for line in importers.explain(result)
        ]
    show_json(told)


def _as_text(report: ImportReport, *, explain: bool, dry_run: bool) -> None:
    from qualcode import importers

    rows, width = _rows(report), terminal_width()
    for line in (
        *summary(report, rows, width=width, dry_run=dry_run),
        *overview(report, rows, width=width, dry_run=dry_run),
        *findings_by_file(report, rows, width=width, everything=explain, dry_run=dry_run),
        "",
    ):
        click.echo(line)
    for path, result in report.batch.results if explain else ():
        click.echo(path.name)
        for line in explained(importers.explain(result), width=width):
            click.echo(line)
        click.echo()
    if report.counts["changed"]:
        say(
            N_("{n} differ from the study and were not taken; bring them in with --revise."), n=report.counts["changed"]
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


def _may_write(path: Path) -> None:
    """Refuse to write over hints: what somebody corrected there would be gone."""
    if path.exists():
        raise InputError(
            N_("the file is there already"), hint=N_("give another name, or take the file away first"), file=path
        )
    if not path.name.endswith((".hints.yaml", ".hints.yml")):
        raise InputError(N_("a file of hints ends in .hints.yaml"), hint=N_("call it .hints.yaml"), file=path)
    if not path.parent.is_dir():
        raise InputError(N_("there is no such folder"), file=path.parent)


def _write_hints(report: ImportReport, path: Path) -> None:
    from qualcode.files.whole import replacing
    from qualcode.importers import draft_hints

    with replacing(path) as stream:
        stream.write(draft_hints(report.batch, spoken()).encode("utf-8"))

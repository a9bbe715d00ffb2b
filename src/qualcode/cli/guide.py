"""Bring in the interview guide, see what was asked, and correct it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import language
from qualcode.cli._guide_links import HOW, link, pair, say_none, show_links
from qualcode.cli._help import spoken, translated
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_findings, show_json
from qualcode.cli._words import in_words
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.analysis import Prompting
    from qualcode.project import Project
    from qualcode.project.guide_plan import GuideReport

FIELDS = {
    "number": N_("number"),
    "question": N_("question"),
    "aspect": N_("aspect"),
    "code": N_("code"),
    "research_question": N_("research question"),
}


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show the interview guide, bring one in, or correct what was asked.\n\n"
        "FILE is a table (.csv, .xlsx, .docx, .odt, .rtf) with the columns no, question, aspect, code and research question (rumusan masalah); "
        "other headings are named with --column. The same file again changes nothing; a changed one changes the questions, and those that are "
        "not in it end. Which turn asks which question is proposed by likeness of words; with --link you say otherwise.\n\n"
        "\b\n"
        "qualcode guide pekerja.qualcode pedoman-wawancara.docx --dry-run\n"
        "qualcode guide pekerja.qualcode\n"
        "qualcode guide pekerja.qualcode -o kisi-kisi.docx\n"
        "qualcode guide pekerja.qualcode --links informan-01\n"
        "qualcode guide pekerja.qualcode --link informan-01:37=4 --link informan-01:55=none\n"
        "qualcode guide pekerja.qualcode --prompted --dry-run --coder rani"
    ),
)
@click.argument("file", required=False)
@click.option("--dry-run", is_flag=True, help=N_("Say what would be changed, and change nothing."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help=N_("Which column holds number, question, aspect, code or research_question; may be given again."),
)
@click.option("--table", type=int, help=N_("Which table of the document, or sheet of the workbook, from 1."))
@click.option(
    "--research-questions",
    type=click.Path(path_type=Path),
    help=N_("A file that lists the research questions which the guide names by number."),
)
@click.option("--replace", is_flag=True, help=N_("Let the guide take the place of quite another one."))
@click.option(
    "--links", is_flag=True, help=N_("Show what each turn of the interviewer asks; FILE is then a transcript.")
)
@click.option(
    "--link",
    "said",
    multiple=True,
    metavar="TRANSCRIPT:TURN=NO",
    help=N_(
        "Say which question a turn asks: its number, several with commas, none, or auto to let likeness decide again."
    ),
)
@click.option(
    "--prompted",
    is_flag=True,
    help=N_("Mark your codings on answers to a question about their code as prompted, where they carry no mark yet."),
)
@click.option("--probes", is_flag=True, help=N_("With --prompted: those on answers to a follow-up, too."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=N_("Write it as a Word table (.docx): research question, aspect, question, code, informants (kisi-kisi)."),
)
@click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write."))
@coder_option
@json_option
def command(
    file: str | None,
    dry_run: bool,
    columns: tuple[str, ...],
    table: int | None,
    research_questions: Path | None,
    replace: bool,
    links: bool,
    said: tuple[str, ...],
    prompted: bool,
    probes: bool,
    output: Path | None,
    force: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Work on the interview guide."""
    writes = not dry_run and (bool(said) or prompted or (file is not None and not links))
    with open_study(coder=coder, readonly=not writes) as study:
        if output is not None and not writes:
            written = study.write_guide(output, language=spoken(), force=force)
            say(N_("The guide is at {path}"), path=written)
        elif said:
            link(study, said, as_json=as_json)
        elif prompted:
            _mark(study, probes=probes, dry_run=dry_run, as_json=as_json)
        elif links:
            show_links(study, file, as_json=as_json)
        elif file is None:
            _show_guide(study, as_json=as_json)
        else:
            report = study.set_guide(
                file,
                columns=dict(
                    pair(entry, "FIELD=HEADING", N_("write it like question=Pertanyaan")) for entry in columns
                ),
                table=table,
                research_questions=research_questions,
                replace=replace,
                dry_run=dry_run,
            )
            _show_report(study, report, dry_run=dry_run, as_json=as_json)
            if report.errors:
                click.get_current_context().exit(1)


def _show_guide(study: Project, *, as_json: bool) -> None:
    lines = study.guide()
    if as_json:
        show_json(
            [
                {
                    "number": line.question.number,
                    "question": line.question.text,
                    "aspect": line.question.aspect,
                    "codes": line.question.codes,
                    "research_question": line.research_question,
                    "asked_in": line.asked_in,
                    "interviews": line.n,
                }
                for line in lines
            ]
        )
        return
    if not lines:
        say_none()
        return
    show(
        [
            {
                "number": line.question.number,
                "question": line.question.text,
                "aspect": line.question.aspect,
                "codes": ", ".join(line.question.codes),
                "asked": translated(N_("{part} of {whole}"), part=len(line.asked_in), whole=line.n),
                "serves": line.research_question.partition(".")[0],
            }
            for line in lines
        ],
        as_json=False,
        columns={
            "number": N_("no."),
            "question": N_("question"),
            "aspect": N_("aspect"),
            "codes": N_("codes"),
            "asked": N_("asked in interviews"),
            "serves": N_("research question"),
        },
    )
    for problem in study.corpus().research_questions:
        click.echo(f"{problem.number}. {problem.text}")
    say(
        N_(
            "Which turn asks which question is proposed by likeness of words, and may be wrong. "
            "See --links; say otherwise with --link TRANSCRIPT:TURN=NO."
        )
    )


def _show_report(study: Project, report: GuideReport, *, dry_run: bool, as_json: bool) -> None:
    from qualcode import i18n

    notes = [i18n.message(finding, language()) for finding in report.findings]
    if as_json:
        rows = [
            {
                "outcome": outcome,
                "number": question.number,
                "question": question.text,
                "aspect": question.aspect,
                "codes": question.codes,
            }
            for outcome, question in report.questions
        ]
        problems = [{"number": q.number, "text": q.text} for q in report.research_questions]
        errors = [{"line": e.line, "message": i18n.message(e, language())} for e in report.errors]
        show_json(
            {
                "summary": report.counts,
                "columns": dict(report.columns),
                "questions": rows,
                "research_questions": problems,
                "findings": notes,
                "errors": errors,
            }
        )
        return
    read = " · ".join(f"{translated(FIELDS[name])}: {heading}" for name, heading in report.columns.items())
    say(N_("Columns read: {columns}"), columns=read)
    show_findings(finding for finding in report.findings if finding.level != "recognised")
    for error in report.errors:
        hint = i18n.hint(error, language())
        click.echo(i18n.message(error, language()) + (f" ({hint})" if hint else ""), err=True)
    show(
        [
            {
                "outcome": in_words(outcome),
                "number": question.number,
                "question": question.text,
                "aspect": question.aspect,
                "codes": ", ".join(question.codes),
            }
            for outcome, question in report.questions
        ],
        as_json=False,
        columns={
            "outcome": N_("outcome"),
            "number": N_("no."),
            "question": N_("question"),
            "aspect": N_("aspect"),
            "codes": N_("codes"),
        },
    )
    if report.errors:
        say(N_("{n} rows are wrong; nothing was changed."), n=len(report.errors))
        return
    say(N_("{added} questions added, {changed} changed, {unchanged} unchanged, {ended} ended."), **report.counts)
    if dry_run:
        say(N_("Nothing was changed (--dry-run)."))
        return
    _say_if_foreign(study)


def _say_if_foreign(study: Project) -> None:
    """Say where hardly a question of the guide is found in the interviews."""
    lines = study.guide()
    found = sum(bool(line.asked_in) for line in lines)
    if lines and lines[0].n and 2 * found < len(lines):
        say(
            N_("Only {found} of {n} questions are recognised in any interview. Is this the guide of this study?"),
            found=found,
            n=len(lines),
        )


def _mark(study: Project, *, probes: bool, dry_run: bool, as_json: bool) -> None:
    if not study.corpus().questions and not as_json:
        say_none()
        return
    found = study.promptings()
    chosen = [each for each in found if probes or each.how == "asks"]
    if not dry_run and chosen:
        study.mark_prompted([each.coding for each in chosen])
    rows = _prompting_rows(study, found, chosen, as_json=as_json)
    if as_json:
        show_json(rows)
        return
    if not found:
        say(N_("No coding without a mark stands on the answer to a question about its code."))
        return
    show(
        rows,
        as_json=False,
        columns={
            "transcript": N_("transcript"),
            "turn": N_("turn"),
            "code": N_("code"),
            "question": N_("question"),
            "asked_at": N_("asked in turn"),
            "how": N_("how"),
            "score": N_("likeness"),
            "marked": N_("to be marked") if dry_run else N_("marked"),
        },
    )
    left = len(found) - len(chosen)
    if left:
        say(N_("{n} follow a probe and are left; look at them, or mark them too with --probes."), n=left)
    if dry_run:
        say(N_("Nothing was changed (--dry-run)."))
    else:
        say(N_("{n} codings marked as prompted. Undo with: qualcode undo"), n=len(chosen))


def _prompting_rows(
    study: Project, found: Sequence[Prompting], chosen: Sequence[Prompting], *, as_json: bool
) -> list[dict[str, object]]:
    corpus = study.corpus()
    codings = {coding.guid: coding for coding in corpus.codings}
    numbers = {question.guid: question.number for question in corpus.questions}
    marked = {each.coding for each in chosen}
    return [
        {
            "coding": each.coding,
            "transcript": corpus.transcript(codings[each.coding].transcript).name,
            "turn": corpus.turns_of(codings[each.coding])[0][0],
            "code": codings[each.coding].code,
            "coder": codings[each.coding].coder,
            "question": numbers[each.question],
            "asked_at": each.turn,
            "how": str(each.how) if as_json else translated(HOW[each.how]),
            "score": round(each.score, 2),
            "marked": each.coding in marked,
        }
        for each in found
    ]

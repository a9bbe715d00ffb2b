"""Code a passage."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import language
from qualcode.cli._corrected import take_corrected
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show_findings, show_json
from qualcode.cli._progress import waiting
from qualcode.errors import N_, shorten


@click.command(
    cls=StudyVerb,
    help=N_(
        "Code one passage, or a whole coding sheet.\n\n"
        "The passage is a turn, or a quote within it; quotes must stand in the transcript exactly.\n\n"
        "\b\n"
        'qualcode code pekerja.qualcode informan-03 --turn 7 --code ketidakpastian-kerja --quote "kalo ujan"\n'
        'qualcode code pekerja.qualcode informan-03 --turn 7 --new --code "utang ke warung"\n'
        "qualcode code pekerja.qualcode --from pengodean.csv\n"
        "qualcode code pekerja.qualcode --from transkrip-berkode.docx --coder pembimbing"
    ),
)
@click.argument("transcript", required=False)
@click.option("--turn", type=int, help=N_("Number of the turn, from 1 as on paper."))
@click.option("--code", "key", metavar="KEY", help=N_("Key of the code."))
@click.option(
    "--new", "is_new", is_flag=True, help=N_("Make the code if there is none: --code may then be a name (open coding).")
)
@click.option("--quote", help=N_("The words within the turn; without it, the whole turn."))
@click.option(
    "--stance",
    metavar="STANCE",
    help=N_(
        "What the speaker says of it: present (ada), denied (disangkal), past (dulu), planned (rencana), other (orang lain)."
    ),
)
@click.option(
    "--elicited",
    metavar="HOW",
    help=N_("How it came up: spontaneous (spontan), or prompted (dipancing)."),
)
@click.option("--uncertain", is_flag=True, help=N_("The coder is not sure."))
@click.option("--memo", default="", help=N_("A note on this coding."))
@click.option(
    "--from",
    "sheet",
    type=click.Path(path_type=Path),
    help=N_(
        "A coding sheet (.csv, .xlsx, .ods): quote, code, theme, transcript, turn, coder …; or a corrected copy of a coded transcript (.docx)."
    ),
)
@click.option("--yes", is_flag=True, help=N_("Take what a corrected copy changes without asking."))
@coder_option
@json_option
def command(
    transcript: str | None,
    turn: int | None,
    key: str | None,
    is_new: bool,
    quote: str | None,
    stance: str | None,
    elicited: str | None,
    uncertain: bool,
    memo: str,
    sheet: Path | None,
    yes: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Code a passage."""
    from qualcode import i18n

    with open_study(coder=coder) as study:
        if sheet is not None and sheet.suffix.lower() == ".docx":
            take_corrected(study, sheet, yes=yes, as_json=as_json)
            return
        if sheet is not None:
            with waiting(N_("Reading the coding sheet …")):
                report = study.import_codings(sheet)
            show_findings((*(f for f in report.findings if f.level == "doubtful"), *report.errors))
            say(N_("{added} codings added, {known} were there already, {failed} rows not understood."), **report.counts)
            if report.counts["failed"]:
                click.get_current_context().exit(1)
            return
        if transcript is None or key is None:
            raise click.UsageError(i18n.translator(language())(N_("name the transcript, and the code with --code")))
        before = len(study.corpus().codings)
        coding = study.code(
            transcript,
            turn=turn,
            quote=quote,
            code=key,
            stance=stance or "",
            elicited=elicited or "",
            uncertain=uncertain,
            memo=memo,
            new=is_new,
        )
        turns = study.corpus().turns_of(coding)
        if turns and not any(each.role.is_voice for _, each in turns) and not as_json:
            say(N_("No informant speaks in this passage: it counts for nobody in matrices and reports."))
        found = study.prompting(coding) if not coding.elicited else None
        numbers = {question.guid: question.number for question in study.corpus().questions}
        if as_json:
            proposed = (
                {"elicited": "prompted", "question": numbers[found.question], "turn": found.turn} if found else None
            )
            show_json(
                {
                    "guid": coding.guid,
                    "start": coding.span.start,
                    "end": coding.span.end,
                    "code": coding.code,
                    "proposed": proposed,
                }
            )
        else:
            if len(study.corpus().codings) == before:
                say(N_("This passage bears the code already; what you marked is set on that coding."))
                return
            say(
                N_("Coded {code}: {where}, {words!r}. Undo with: qualcode undo"),
                code=coding.code,
                where=":".join([study.corpus().transcript(coding.transcript).name, *(str(n) for n, _ in turns[:1])]),
                words=shorten(study.corpus().quote(coding)),
            )
            if found is not None:
                say(
                    N_(
                        "Turn {turn} seems to ask question {number} about this code. If the passage answers it, add: --elicited prompted"
                    ),
                    turn=found.turn,
                    number=numbers[found.question],
                )

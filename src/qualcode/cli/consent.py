"""Record and show what informants agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_findings, show_json
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.consent_verbs import Registered

HEADINGS = {
    "informant": N_("informant"),
    "date": N_("date"),
    "form": N_("form"),
    "purposes": N_("purposes"),
    "quoting": N_("may be quoted"),
    "until": N_("kept until"),
    "withdrawn": N_("withdrawn"),
    "withheld": N_("words withheld"),
}


@click.command(
    cls=StudyVerb,
    help=N_(
        "Record and show what informants agreed to.\n\n"
        "As soon as anything is recorded of anybody, reports and exports hold only the words of informants who permitted quoting word for "
        "word and have not withdrawn; codings are counted all the same. Without options the register is shown. A field is taken back with -.\n\n"
        "\b\n"
        "qualcode consent pekerja.qualcode informan-03 --date 2025-03-12 --form written --quoting verbatim --until '5 years'\n"
        "qualcode consent pekerja.qualcode --from persetujuan.xlsx\n"
        "qualcode consent pekerja.qualcode informan-03 --withdrawn 2025-06-01\n"
        "qualcode consent pekerja.qualcode --due"
    ),
)
@click.argument("informant", required=False)
@click.option("--date", metavar="DATE", help=N_("When consent was given: 2025-03-12 or '12 Maret 2025'."))
@click.option("--form", metavar="FORM", help=N_("How: written or recorded."))
@click.option("--purpose", "purposes", multiple=True, metavar="TEXT", help=N_("What for; may be given again."))
@click.option("--quoting", metavar="HOW", help=N_("What may be quoted: verbatim, paraphrase or none."))
@click.option("--until", metavar="DATE", help=N_("To which day the data may be kept, or '5 years' after consent."))
@click.option("--withdrawn", metavar="DATE", help=N_("When consent was taken back."))
@click.option("--due", is_flag=True, help=N_("Show whose data should be erased: withdrawn, or kept until today."))
@click.option("--on", metavar="DATE", help=N_("With --due: by that day."))
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    help=N_("Record from a table (.csv, .xlsx), a row an informant; says what did not match."),
)
@click.option("--dry-run", is_flag=True, help=N_("With --from: say what would be recorded, and record nothing."))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=N_("Write the register as a workbook (.xlsx) to fill in.")
)
@click.option("--force", is_flag=True, help=N_("Replace a file that qualcode did not write."))
@coder_option
@json_option
def command(
    informant: str | None,
    date: str | None,
    form: str | None,
    purposes: tuple[str, ...],
    quoting: str | None,
    until: str | None,
    withdrawn: str | None,
    due: bool,
    on: str | None,
    table: Path | None,
    dry_run: bool,
    output: Path | None,
    force: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Record or show what informants agreed to."""
    said = {"date": date, "form": form, "quoting": quoting, "until": until, "withdrawn": withdrawn}
    given = {name: value for name, value in said.items() if value is not None}
    if (given or purposes) and informant is None:
        raise InputError(N_("name the informant"), hint=N_("qualcode consent STUDY INFORMANT --date …"))
    reading = not given and not purposes and (table is None or dry_run)
    with open_study(coder=coder, readonly=reading) as study:
        if output is not None:
            say(N_("The register is at {path}"), path=study.write_consents(output, language=language(), force=force))
        elif table is not None:
            show_findings(study.put_consents(table, dry_run=dry_run))
        elif given or purposes:
            words = "; ".join(purposes) if purposes else None
            study.put_consent(str(informant), purposes=words, **given)
        if due or on:
            _show(study.consents_due(on), as_json=as_json, empty=N_("Nobody's data are due."))
            return
        if output is None:
            found = study.consents()
            shown = [each for each in found if informant in {None, each.informant.id}]
            if informant is not None and not shown:
                study.corpus().informant(informant)  # says which ids look like it
            _show(shown, as_json=as_json, empty=N_("There are no informants in this study yet."))
        if not as_json:
            _summary(study)


def _show(found: Sequence[Registered], *, as_json: bool, empty: str) -> None:
    """Show entries of the register as a table."""
    from qualcode import i18n
    from qualcode.privacy.consent import FORMS, QUOTING

    if as_json:
        show_json([each.to_row() for each in found])
        return
    if not found:
        say(empty)
        return
    _ = i18n.translator(language())
    rows = []
    for each in found:
        row = each.to_row()
        row["form"] = _(FORMS[each.consent.form]) if each.consent.form else None
        row["quoting"] = _(QUOTING[each.consent.quoting]) if each.consent.quoting else None
        row["purposes"] = "; ".join(each.consent.purposes) or None
        row["withheld"] = _(each.withheld) if each.withheld else None
        rows.append(row)
    show(rows, as_json=False, columns=HEADINGS)


def _summary(study: Project) -> None:
    """Say what the register means for reports and exports, and what is to be done."""
    found = study.consents()
    entries = [each for each in found if not each.consent.is_empty]
    if not found:
        return
    if not entries:
        say(N_("Nothing is recorded yet: reports and exports show everybody's words."))
        return
    say(
        N_("{n} of {whole} informants have an entry; the words of {hidden} are withheld from reports and exports."),
        n=len(entries),
        whole=len(found),
        hidden=sum(bool(each.withheld) for each in found),
    )
    for each in found:
        if each.consent.withdrawn is not None:
            say(
                N_("{informant} has withdrawn and is still in the study: qualcode erase {study} {informant}"),
                informant=each.informant.id,
                study=study.path.name,
            )
    late = [each for each in study.consents_due() if each.consent.withdrawn is None]
    if late:
        say(N_("The data of {n} informants should be kept no longer: qualcode consent --due"), n=len(late))

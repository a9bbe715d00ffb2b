"""Look at, check, compare and set codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import Verb, VerbGroup, language
from qualcode.cli._codebook_edits import EDITS, columns_option, parse_columns
from qualcode.cli._help import translated
from qualcode.cli._options import (
    StudyVerb,
    coder_option,
    json_option,
    open_study,
    say,
    show,
    show_json,
)
from qualcode.cli._words import in_words, standing
from qualcode.errors import N_, shorten

if TYPE_CHECKING:
    from qualcode.model import Codebook


@click.group(
    cls=VerbGroup,
    help=N_("Check, show, change or write a codebook."),
)
def command() -> None:
    """Work on codebooks."""


for edit in EDITS:
    command.add_command(edit)


@command.command(
    "check",
    cls=Verb,
    help=N_(
        "Check a codebook.\n\nIts form, its rules, and whether its own examples are caught by them. A file may be YAML, Excel or CSV; of a table it is said which column was read as what.\n\n"
        "\b\n"
        "qualcode codebook check kode-saya.yaml\n"
        'qualcode codebook check kode-saya.xlsx --column name="Nama tema"'
    ),
)
@click.argument("codebook")
@columns_option
@json_option
def check_command(codebook: str, columns: tuple[str, ...], as_json: bool) -> None:
    """Check a codebook file."""
    from qualcode import codebooks, i18n

    findings = codebooks.check(codebook, columns=parse_columns(columns))
    damaged = any(finding.level == "damage" for finding in findings)
    rows = [
        {
            "file": f.file,
            "line": f.line,
            "level": f.level,
            "message": i18n.message(f, language()),
            "hint": translated(str(f.parameters.get("hint") or ""), **f.parameters),
        }
        for f in findings
    ]
    if as_json:
        show_json({"sound": not damaged, "findings": rows})
    else:
        for row in rows:
            click.echo(f"{row['message']} ({row['hint']})" if row["hint"] else row["message"])
        if damaged:
            say(N_("The codebook cannot be used like this."))
        else:
            n = len(codebooks.load_codebook(codebook, columns=parse_columns(columns)))
            say(N_("{file}: {n} codes read, {m} remarks."), file=Path(codebook).name, n=n, m=len(rows))
    if damaged:
        click.get_current_context().exit(1)


@command.command(
    "show",
    cls=StudyVerb,
    help=N_(
        "Show a codebook.\n\nA shipped one, a file, or the study's own; with a code's key, all of that code.\n\n"
        "\b\n"
        "qualcode codebook show prekariat\n"
        "qualcode codebook show pekerja.qualcode upah-eksploitasi"
    ),
)
@click.argument("names", nargs=-1)
@json_option
def show_command(names: tuple[str, ...], as_json: bool) -> None:
    """Show a codebook."""
    from qualcode import codebooks, i18n

    rest = list(names)
    if click.get_current_context().meta.get("study") or not rest:
        with open_study(readonly=True) as study:
            book = study.codebook
    else:
        book = codebooks.load_codebook(rest.pop(0))
    _ = i18n.translator(language())
    if rest:
        code = book.code(standing(book, rest[0]))
        parts = {
            N_("key"): code.key,
            N_("under"): code.parent or "",
            N_("stage"): code.stage,
            N_("name"): f"{code.name} / {code.name_en}" if code.name_en else code.name,
            N_("definition"): code.definition,
            N_("when to use"): code.include,
            N_("when not to use"): code.exclude,
            N_("examples"): "\n".join(code.examples),
            N_("near misses"): "\n".join(code.near_misses),
            N_("keywords"): "\n".join(code.keywords),
        }
        if as_json:
            show_json(dict(parts.items()))
            return
        for name, value in parts.items():
            if value:
                click.echo(f"{_(name)}:")
                for line in value.splitlines():
                    click.echo(f"  {line}")
        return
    rows = [
        {
            "key": code.key,
            "name": code.title(language()),
            "family": code.family,
            "parent": code.parent or "",
            "stage": in_words(code.stage) if code.stage and not as_json else code.stage,
            "rules": len(code.keywords),
            "active": code.active,
        }
        for code in book
    ]
    show(
        rows,
        as_json=as_json,
        columns={
            "key": N_("key"),
            "name": N_("name"),
            "family": N_("family"),
            "parent": N_("under"),
            **({"stage": N_("stage")} if as_json or any(code.stage for code in book) else {}),
            "rules": N_("rules"),
            "active": N_("in use"),
        },
    )
    if not as_json:
        say(N_("{name}, version {version}"), name=book.title or book.name, version=book.label)


@command.command(
    "diff",
    cls=Verb,
    help=N_(
        "Say what differs between two codebooks.\n\nShipped names, files, or studies.\n\n"
        "\b\n"
        "qualcode codebook diff prekariat kode-saya.yaml"
    ),
)
@click.argument("old")
@click.argument("new")
@json_option
def diff_command(old: str, new: str, as_json: bool) -> None:
    """Compare two codebooks."""
    from qualcode import codebooks
    from qualcode.project import Project

    def load(name: str) -> Codebook:
        if name.endswith(".qualcode"):
            with Project.open(name, mode="ro") as study:
                return study.codebook
        return codebooks.load_codebook(name)

    rows = [
        {
            "kind": change.kind if as_json else in_words(change.kind),
            "what": change.subject if as_json else in_words(change.subject),
            "key": change.key,
            "field": change.field,
            "before": change.before if as_json else shorten(_only_in(change.before, change.after, "-"), 60),
            "after": change.after if as_json else shorten(_only_in(change.after, change.before, "+"), 60),
        }
        for change in codebooks.diff(load(old), load(new))
    ]
    if not rows and not as_json:
        say(N_("No difference."))
        return
    show(
        rows,
        as_json=as_json,
        columns={
            "kind": N_("change"),
            "what": N_("what"),
            "key": N_("key"),
            "field": N_("field"),
            "before": N_("before"),
            "after": N_("after"),
        },
    )


def _only_in(value: object, other: object, sign: str) -> str:
    """Return *value* in a cell: of a list beside another list what the other lacks, after how many that are."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        own = [str(item) for item in value if item not in other]
        return f"{sign}{len(own)}: {'; '.join(own)}" if own else ""
    return str(value or "")


@command.command(
    "set",
    cls=StudyVerb,
    help=N_(
        "Give the study a codebook.\n\nNew codes are added, changed ones changed, missing ones set out of use; codings stay.\n\n"
        "\b\n"
        "qualcode codebook set pekerja.qualcode kode-saya.yaml"
    ),
)
@click.argument("codebook")
@columns_option
@coder_option
def set_command(codebook: str, columns: tuple[str, ...], coder: str | None) -> None:
    """Set the study's codebook."""
    with open_study(coder=coder) as study:
        before = {code.key for code in study.codebook if code.active}
        changes = study.put_codebook(codebook, columns=parse_columns(columns))
        say(N_("{n} changes; the codebook is now version {version}."), n=len(changes), version=study.codebook.label)
        now = {code.key for code in study.codebook if code.active}
        if before != now:
            say(
                N_(
                    "{added} codes came into use, {retired} are out of use now; {codings} codings bear these and stay. Undo with: qualcode undo"
                ),
                added=len(now - before),
                retired=len(before - now),
                codings=sum(coding.code in before - now for coding in study.corpus().codings),
            )

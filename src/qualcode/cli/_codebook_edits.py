"""Verbs on single codes: a codebook that grows out of the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.errors import N_, InputError, NotFoundError

__all__ = ["EDITS", "columns_option", "parse_columns"]

columns_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help=N_('In a table: which column holds a field, as in name="Nama tema"; may be given again.'),
)

stage_option = click.option(
    "--stage", type=click.Choice(["open", "axial", "selective"]), help=N_("Stage of coding in which it is made.")
)
under_option = click.option("--under", metavar="KEY", help=N_("Code above it."))


def parse_columns(given: Sequence[str]) -> dict[str, str]:
    """Return headings by field from ``FIELD=HEADING``.

    Raises
    ------
    InputError
        If one is not of that form.
    """
    for entry in given:
        if not entry.partition("=")[2].strip():
            raise InputError(
                N_("{entry!r} is not of the form FIELD=HEADING"), hint=N_("write it like name=Kode"), entry=entry
            )
    return {entry.partition("=")[0].strip(): entry.partition("=")[2].strip() for entry in given}


@click.command(
    "add",
    cls=StudyVerb,
    help=N_(
        "Add a code to the study.\n\nIts key is made from the name unless given.\n\n"
        "\b\n"
        'qualcode codebook add pekerja.qualcode "utang ke warung" --stage open\n'
        "qualcode codebook add pekerja.qualcode Utang --key utang --under upah-eksploitasi"
    ),
)
@click.argument("name")
@click.option("--key", default="", help=N_("Key: lower-case words joined by - or _."))
@under_option
@click.option("--family", default="", help=N_("Key of its family."))
@click.option("--definition", default="", help=N_("What is meant."))
@stage_option
@coder_option
def add_command(
    name: str, key: str, under: str | None, family: str, definition: str, stage: str | None, coder: str | None
) -> None:
    """Add a code."""
    with open_study(coder=coder) as study:
        code = study.add_code(name, key=key, under=under, family=family, definition=definition, stage=stage or "")
        say(N_("Added {key} ({name})."), key=code.key, name=code.name)


@click.command(
    "edit",
    cls=StudyVerb,
    help=N_(
        "Change a code of the study.\n\nKeywords are rules; give --keyword once for each, and all of them, or put one in or take one out. Try a rule first with `qualcode rules`.\n\n"
        "\b\n"
        'qualcode codebook edit pekerja.qualcode utang --definition "pinjam untuk makan"\n'
        "qualcode codebook edit pekerja.qualcode utang --key utang-harian --stage axial\n"
        'qualcode codebook edit pekerja.qualcode utang --add-keyword "gali NEAR/3 lubang" --drop-keyword gali'
    ),
)
@click.argument("code")
@click.option("--name", help=N_("Name."))
@click.option("--name-en", help=N_("English name."))
@click.option("--key", help=N_("Another key."))
@click.option("--definition", help=N_("What is meant."))
@click.option("--include", help=N_("When to use it."))
@click.option("--exclude", help=N_("When not to use it."))
@click.option("--family", help=N_("Key of its family."))
@click.option("--colour", help=N_("# and six hexadecimal digits."))
@click.option("--keyword", "keywords", multiple=True, help=N_("A rule; may be given again."))
@click.option("--add-keyword", "added", multiple=True, help=N_("A rule to put in; may be given again."))
@click.option("--drop-keyword", "dropped", multiple=True, help=N_("A rule to take out; may be given again."))
@stage_option
@coder_option
def edit_command(
    code: str,
    coder: str | None,
    key: str | None,
    keywords: tuple[str, ...],
    added: tuple[str, ...],
    dropped: tuple[str, ...],
    **given: str | None,
) -> None:
    """Change a code."""
    values: dict[str, str | tuple[str, ...]] = {name: value for name, value in given.items() if value is not None}
    with open_study(coder=coder) as study:
        found = study.codebook.code(code)
        if keywords or added or dropped:
            values["keywords"] = _rules(keywords or found.keywords, added, dropped, found.key)
        if values:
            found = study.edit_code(found.key, **values)
        if key:
            found = study.rename_code(found.key, key)
        say(N_("Changed {key}; the codebook is now version {version}."), key=found.key, version=study.codebook.label)


def _rules(present: tuple[str, ...], added: tuple[str, ...], dropped: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the rules of a code with some put in and some taken out."""
    for rule in dropped:
        if rule not in present:
            raise NotFoundError(N_("code {code!r} has no rule {name!r}"), name=rule, known=list(present), code=key)
    return tuple(dict.fromkeys((*(rule for rule in present if rule not in dropped), *added)))


@click.command(
    "group",
    cls=StudyVerb,
    help=N_(
        "Put codes under one code.\n\nThe code above is made where there is none of that key or name: so open codes become categories.\n\n"
        "\b\n"
        'qualcode codebook group pekerja.qualcode utang gali-lubang --under "menyambung hidup" --stage axial'
    ),
)
@click.argument("codes", nargs=-1, required=True)
@click.option("--under", required=True, metavar="NAME", help=N_("Key or name of the code above."))
@stage_option
@coder_option
def group_command(codes: tuple[str, ...], under: str, stage: str | None, coder: str | None) -> None:
    """Group codes."""
    with open_study(coder=coder) as study:
        above = study.group_codes(codes, under, stage=stage or "")
        say(N_("{n} codes stand under {key}."), n=len(study.codebook.children(above.key)), key=above.key)


@click.command(
    "move",
    cls=StudyVerb,
    help=N_(
        "Put a code under another, or at the top.\n\n"
        "\b\n"
        "qualcode codebook move pekerja.qualcode utang --under upah-eksploitasi\n"
        "qualcode codebook move pekerja.qualcode utang"
    ),
)
@click.argument("code")
@under_option
@coder_option
def move_command(code: str, under: str | None, coder: str | None) -> None:
    """Move a code."""
    with open_study(coder=coder) as study:
        moved = study.move_code(code, under)
        if moved.parent:
            say(N_("{key} stands under {above}."), key=moved.key, above=moved.parent)
        else:
            say(N_("{key} stands at the top."), key=moved.key)


@click.command(
    "merge",
    cls=StudyVerb,
    help=N_(
        "Let one code count as another.\n\nNo coding is changed; undo gives all of them back.\n\n"
        "\b\n"
        "qualcode codebook merge pekerja.qualcode ngutang --into utang"
    ),
)
@click.argument("code")
@click.option("--into", required=True, metavar="KEY", help=N_("Code that stays."))
@coder_option
def merge_command(code: str, into: str, coder: str | None) -> None:
    """Merge a code into another."""
    with open_study(coder=coder) as study:
        kept = study.merge_codes(code, into)
        say(N_("{code} counts as {key} from now on. Undo with: qualcode undo"), code=code, key=kept.key)


@click.command(
    "retire",
    cls=StudyVerb,
    help=N_("Take a code out of use.\n\nIts codings stay.\n\n\b\nqualcode codebook retire pekerja.qualcode bansos"),
)
@click.argument("code")
@coder_option
def retire_command(code: str, coder: str | None) -> None:
    """Retire a code."""
    with open_study(coder=coder) as study:
        say(N_("{key} is out of use; its codings stay."), key=study.retire_code(code).key)


@click.command(
    "use",
    cls=StudyVerb,
    help=N_("Put a code in use that is switched off.\n\n\b\nqualcode codebook use pekerja.qualcode utang"),
)
@click.argument("code")
@coder_option
def use_command(code: str, coder: str | None) -> None:
    """Put a code in use."""
    with open_study(coder=coder) as study:
        say(N_("{key} is in use."), key=study.use_code(code).key)


@click.command(
    "write",
    cls=StudyVerb,
    help=N_(
        "Write a codebook to a file.\n\nThe study's own, or a shipped one or a file; .yaml, .xlsx or .csv by the suffix.\n\n"
        "\b\n"
        "qualcode codebook write pekerja.qualcode kode.xlsx\n"
        "qualcode codebook write templat buku-saya.yaml"
    ),
)
@click.argument("names", nargs=-1, required=True)
@click.option("--force", is_flag=True, help=N_("Replace a file that is there."))
@columns_option
def write_command(names: tuple[str, ...], force: bool, columns: tuple[str, ...]) -> None:
    """Write a codebook to a file."""
    from qualcode import codebooks
    from qualcode.cli import language
    from qualcode.files.whole import require_place
    from qualcode.project.outgoing import guard_target

    *source, name = names
    if len(source) > 1:
        raise click.UsageError(translated(N_("Got unexpected extra arguments ({what})"), what=" ".join(source[1:])))
    target = Path(name)
    require_place(target)
    if target.exists() and not force:  # also one of ours: people go on working in it
        raise InputError(N_("the file is there already"), hint=N_("choose another name, or say --force"), file=target)
    guard_target(target, force=force)
    quoting: tuple[str, ...] = ()
    if source:
        book = codebooks.load_codebook(source[0], columns=parse_columns(columns))
    else:
        with open_study(readonly=True) as study:
            book, quoting = study.codebook, study.codes_that_quote()
    codebooks.write_codebook(book, target, language="en" if language() == "en" else "id")
    say(N_("{n} codes written to {file}."), n=len(book), file=str(target))
    if quoting:
        message = N_(
            "Texts of {n} codes repeat words of informants who may not be quoted, mend them before you share it: {keys}"
        )
        click.echo(translated(message, n=len(quoting), keys=", ".join(quoting)), err=True)


EDITS = (
    add_command,
    edit_command,
    group_command,
    move_command,
    merge_command,
    retire_command,
    use_command,
    write_command,
)

"""What several verbs share: finding the study, naming the coder, showing a table."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli import Verb, language
from qualcode.cli._help import in_own_words, translated
from qualcode.cli._passphrase import unlock
from qualcode.cli._wrapping import wrapped
from qualcode.errors import N_, InputError, NotFoundError, ProjectFileError, QualcodeError

if TYPE_CHECKING:
    from qualcode.project import Project

__all__ = [
    "StudyVerb",
    "cleaned",
    "coder_option",
    "confirm",
    "find_study",
    "json_option",
    "open_study",
    "queue_options",
    "say",
    "say_withheld",
    "show",
    "show_findings",
    "show_json",
    "terminal_width",
]

SUFFIX = ".qualcode"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Characters that change the direction of writing."""
OFF_TERMINAL = 400
F = TypeVar("F", bound=Callable[..., Any])


WHOLE = 24
"""Words up to this length are kept whole in tables, where the terminal is wide enough."""
APART = 2
"""Columns stand so far apart."""


def say(message: str, **parameters: object) -> None:
    """Print *message* in the user's language, broken between words where the terminal is narrow."""
    from qualcode import i18n

    click.echo(wrapped(i18n.translator(language())(message, **parameters)))


def confirm(question: str) -> bool:
    """Ask *question* until the answer is yes or no, in the user's language; an empty answer is no."""
    yes, no = translated(N_("y yes")).split(), translated(N_("n no")).split()
    prompt = f"{question} [{yes[0]}/{no[0].upper()}]"
    while True:
        answer = click.prompt(prompt, prompt_suffix=": ", default="", show_default=False).strip().lower()
        if answer in {*yes, "y"}:
            return True
        if answer in {*no, "n", ""}:
            return False


def coder_option(function: F) -> F:
    """Add ``--coder``."""
    return click.option(
        "--coder", envvar="QUALCODE_CODER", metavar="NAME", help=N_("Who is coding (or QUALCODE_CODER).")
    )(function)


def allow_option(function: F) -> F:
    """Add ``--allow``."""
    return click.option(
        "--allow",
        multiple=True,
        metavar="KIND",
        help=N_(
            "Let identifiers of this kind leave although nobody has reviewed them (nik, phone, address …; see qualcode privacy). The log keeps it. Repeatable."
        ),
    )(function)


def queue_options(function: F) -> F:
    """Add which suggestions are asked for, how many, and in which order: the same where they are shown as where they are decided."""
    options = (
        click.option("--code", "key", metavar="KEY", help=N_("Key of the code; all codes without it.")),
        click.option("-n", default=20, show_default=True, help=N_("How many at most.")),
        click.option(
            "--recipe",
            type=click.Choice(["rules", "classifier", "wordgroups"]),
            help=N_("Which model; rules and classifier without it."),
        ),
        click.option(
            "--by",
            type=click.Choice(["score", "rest", "learning", "rare", "disagreement"]),
            default="score",
            show_default=True,
            help=N_("In which order."),
        ),
        click.option(
            "--earlier",
            multiple=True,
            metavar="STUDY",
            type=click.Path(path_type=Path),
            help=N_("Learn from this earlier study with the same codebook besides. Repeatable."),
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def json_option(function: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=N_("Print JSON instead of a table."))(function)


class StudyVerb(Verb):
    """A verb on a study: the first argument that names one is taken; without it the only one in this folder."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the study out of the arguments and keep it for `open_study`."""
        values = {
            name: parameter.nargs
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        position = 0
        while position < len(args):
            argument = args[position]
            if argument.startswith("-"):
                position += 1 + values.get(argument, 0)
                continue
            study = _study_named(argument)
            if study is not None:
                ctx.meta["study"] = study
                args = args[:position] + args[position + 1 :]
                break
            position += 1
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Show the study in the usage line."""
        return [in_own_words("[STUDY]"), *super().collect_usage_pieces(ctx)]


def _study_named(argument: str) -> Path | None:
    """Return the study that *argument* names, with or without its suffix, or None if it names none."""
    path = Path(argument)
    if path.suffix.lower() == SUFFIX:
        return path
    with contextlib.suppress(OSError, ValueError):  # a memo's text is no path, and may be too long for one
        if not path.exists() and path.with_name(path.name + SUFFIX).is_file():
            return path.with_name(path.name + SUFFIX)
    return None


def find_study() -> Path:
    """Return the study that the arguments name, or the only one in the current folder.

    Raises
    ------
    NotFoundError
        If there is none, or the named file does not exist.
    InputError
        If there are several.
    """
    named: Path | None = click.get_current_context().meta.get("study")
    here = sorted(Path().glob(f"*{SUFFIX}"))
    if named is not None:
        if not named.exists():
            beside = [str(p) for p in sorted(named.parent.glob(f"*{SUFFIX}"))] if named.parent.is_dir() else []
            raise NotFoundError(N_("no study file {name!r}"), name=str(named), known=beside)
        if named.is_dir():
            raise ProjectFileError(N_("this is a folder, not a study file"), file=named)
        return named
    if not here:
        raise NotFoundError(
            N_("no study file in this folder"),
            name="",
            hint=N_("name the study (for example STUDY.qualcode), or make one: qualcode new STUDY.qualcode"),
        )
    if len(here) > 1:
        raise InputError(
            N_("this folder holds {n} studies: {names}"),
            hint=N_("name the one you mean"),
            n=len(here),
            names=", ".join(path.name for path in here[:5]),
        )
    return here[0]


def open_study(*, coder: str | None = None, readonly: bool = False) -> Project:
    """Open the study of this call and print what its opening noticed."""
    from qualcode.project import Project

    path = find_study()
    unlock(path)
    study = Project.open(path, coder=coder, mode="ro" if readonly else "rw")
    show_findings(finding for finding in study.findings if finding.level in {"damage", "note", "doubtful"})
    return study


def record_sharing(coder: str | None, what: str, path: Path) -> None:
    """Write into the log of the study of this call that *path* was made of it, if it is known who did, and as far as it may be written.

    Making a report or an export opens the study for reading only, so that it goes on beside anybody's work.
    """
    from qualcode.project import Project

    if coder is not None:
        with contextlib.suppress(QualcodeError), Project.open(find_study(), coder=coder) as study:
            study.record_sharing(what, path)


def say_withheld(study: Project) -> None:
    """Say on the error stream whose words are not in what was written, where somebody may not be quoted."""
    from qualcode import i18n

    found = study.consents()
    if hidden := sum(bool(each.withheld) for each in found):
        said = N_("The words of {n} of {whole} informants are withheld (qualcode consent).")
        click.echo(i18n.translator(language())(said, n=hidden, whole=len(found)), err=True)


def show_findings(findings: Iterable[Any]) -> None:
    """Print findings and errors to the error stream, a line each, in the user's language; an error with what to do about it."""
    from qualcode import i18n

    for finding in findings:
        hint = i18n.hint(finding, language()) if isinstance(finding, QualcodeError) else ""
        click.echo(i18n.message(finding, language()) + (f" ({hint})" if hint else ""), err=True)


def show_json(value: object) -> None:
    """Print *value* as JSON, text as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show(rows: Sequence[Mapping[str, object]], *, as_json: bool, columns: Mapping[str, str] | None = None) -> None:
    """Print *rows* as a table, or as JSON with the keys untranslated.

    Parameters
    ----------
    rows : sequence of mappings
        Every row has the same keys.
    as_json : bool
        Print JSON.
    columns : mapping, optional
        Key of a row → heading (a message id); which columns are shown, in order. All, where absent.
    """
    if as_json:
        show_json(list(rows))
        return
    from rich.console import Console
    from rich.table import Table

    from qualcode import i18n

    _ = i18n.translator(language())
    columns = columns or {key: key for key in (rows[0] if rows else {})}
    table = Table(box=None, pad_edge=False, header_style="bold" if sys.stdout.isatty() else "")
    numeric = {key for key in columns if rows and all(isinstance(row[key], int | float) for row in rows)}
    cells = {key: [_(heading), *(_cell(row[key]) for row in rows)] for key, heading in columns.items()}
    for (key, heading), width in zip(columns.items(), _widths(list(cells.values())), strict=True):
        table.add_column(_(heading), justify="right" if key in numeric else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*(_cell(row[key]) for key in columns))
    console = Console(width=terminal_width(), highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _widths(columns: Sequence[Sequence[str]]) -> list[int | None]:
    """Return how wide the columns of these cells are to be, where there is room for no word to be broken but not for all on one line."""
    whole = [max(map(len, cells), default=0) for cells in columns]
    found = [min(max((len(word) for cell in cells for word in cell.split()), default=0), WHOLE) for cells in columns]
    left = terminal_width() - APART * len(found) - sum(found)
    if left < 0 or sum(whole) + APART * len(found) <= terminal_width():
        return [None] * len(found)
    while left and found != whole:
        widest = max(range(len(found)), key=lambda at: whole[at] / max(found[at], 1))
        found[widest], left = found[widest] + 1, left - 1
    return [*found]


def _cell(value: object) -> str:
    from qualcode import i18n

    if value is None:
        return "–"
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return i18n.number(value, language())
    return cleaned(str(value))


def cleaned(text: str) -> str:
    """Return *text* without line ends and marks that turn the writing round: shown, a name must not break a table."""
    return "".join(" " if c in "\r\n\t" else c for c in text if c not in TURNING)


def terminal_width() -> int:
    """Return how many columns there are; off a terminal nothing wraps, since the next program reads whole lines."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else OFF_TERMINAL

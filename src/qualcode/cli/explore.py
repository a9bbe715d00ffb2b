"""Show groups of words in what nobody has coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, spoken, translated
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show_json
from qualcode.cli._passages import passage_lines
from qualcode.cli._progress import progress
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.suggesters.emergent import Explored, WordGroup

FIRST = 3
"""Passages of a group that are shown without being asked for."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show groups of words in what nobody has coded.\n\nWords that go together in passages without a coding, with passages to read: candidates for codes, no themes and no findings. "
        "--accept makes an open code of one, whose passages then wait in `qualcode review --recipe wordgroups`; nothing is coded by it.\n\n"
        "\b\n"
        "qualcode explore pekerja.qualcode\n"
        "qualcode explore pekerja.qualcode -n 8 --show\n"
        'qualcode explore pekerja.qualcode -n 8 --accept 3a03b0 --name "bangun sebelum subuh"'
    ),
)
@click.option(
    "-n",
    type=click.IntRange(min=1),
    help=N_("How many groups, from 2 to 12; without it the number most stable beyond chance."),
)
@click.option("--show", "everything", is_flag=True, help=N_("Show all passages of each group."))
@click.option("--accept", "group", metavar="ID", help=N_("Make an open code of this group."))
@click.option("--name", default="", help=N_("Name of the code, in your own words."))
@click.option("--under", metavar="KEY", help=N_("Code above it."))
@coder_option
@json_option
def command(
    n: int | None, everything: bool, group: str | None, name: str, under: str | None, coder: str | None, as_json: bool
) -> None:
    """Show groups of words."""
    if bool(group) != bool(name.strip()):
        raise InputError(
            N_("to make a code of a group, give both --accept and --name"),
            hint=N_("read its passages, then name it in your own words"),
        )
    with open_study(coder=coder, readonly=not group) as study:
        if group:
            code = study.accept_group(group, name, n=n, under=under, language=spoken())
            say(N_("Added {key} ({name}). Nothing is coded so yet."), key=code.key, name=code.name)
            say(N_("Read its passages: qualcode review --recipe wordgroups --code {key}"), key=code.key)
            return
        with progress(N_("Trying numbers of groups")) as step:
            explored = study.explore(n=n, progress=step)
        if as_json:
            _show_json(study, explored)
        elif explored.silent:
            say(N_("No groups of words: {reason}."), reason=translated(explored.silent))
        else:
            _show(study, explored, everything=everything)


def _show(study: Project, explored: Explored, *, everything: bool) -> None:
    for group in explored.groups:
        _show_group(study, group, everything=everything)
    say(
        N_("{groups} groups of words in {passages} uncoded passages; {left} passages are of no single group."),
        groups=len(explored.groups),
        passages=explored.passages,
        left=explored.passages - sum(len(group.passages) for group in explored.groups),
    )
    say(
        N_(
            "Groups of words, not themes. Read the passages, then name them yourself: qualcode explore --accept ID --name NAME"
        )
    )


def _show_group(study: Project, group: WordGroup, *, everything: bool) -> None:
    from qualcode import i18n
    from qualcode.project.explore_verbs import group_passages

    click.echo(click.style(f"[{group.id}] {', '.join(group.words)}", bold=True))
    say(
        N_("  {n} passages of {informants} informants; stability {stability} (by chance up to {chance})")
        if group.is_stable
        else N_(
            "  {n} passages of {informants} informants; stability {stability}, and up to {chance} by chance: its words may go together by chance alone"
        ),
        n=len(group.passages),
        informants=group.informants,
        stability=i18n.number(round(group.stability, 2), language()),
        chance=i18n.number(round(group.by_chance, 2), language()),
    )
    rows = list(group_passages(study.corpus(), group))
    for row in rows if everything else rows[:FIRST]:
        for line in passage_lines(row):
            click.echo(f"  {line}")
    if len(rows) > FIRST and not everything:
        say(N_("  … {n} more: --show"), n=len(rows) - FIRST)
    click.echo()


def _show_json(study: Project, explored: Explored) -> None:
    from qualcode.project.explore_verbs import group_passages

    show_json(
        {
            "groups": [
                {
                    "id": group.id,
                    "words": list(group.words),
                    "stability": round(group.stability, 3),
                    "by_chance": round(group.by_chance, 3),
                    "informants": group.informants,
                    "passages": list(group_passages(study.corpus(), group)),
                }
                for group in explored.groups
            ],
            "silent": explored.silent,
            "passages": explored.passages,
            "tried": {
                str(n): {"stability": round(one.stability, 3), "by_chance": round(one.by_chance, 3)}
                for n, one in explored.tried.items()
            },
        }
    )

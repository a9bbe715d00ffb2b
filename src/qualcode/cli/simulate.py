"""Replay a coded study to see what suggestions would have spared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from qualcode.cli import language
from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, open_study, say, show, show_json
from qualcode.cli._progress import progress
from qualcode.cli._trial_options import trial_options
from qualcode.errors import N_

RECIPES = ("classifier", "rules", "random", "text")
"""Named here so that the help loads nothing heavy; a test holds it to `qualcode.suggesters.effort`."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "Replay a coded study: how soon would suggestions have shown what bears each code?\n\n"
        "Each replay begins with one informant, then reads on in the order of a recipe, code by code. Finished replays are kept beside the study: "
        "stopped with Ctrl-C, the same line goes on where it was.\n\n"
        "\b\n"
        "qualcode simulate pekerja.qualcode --seeds 5 -o simulasi.html\n"
        "qualcode simulate pekerja.qualcode --agreed --recipe classifier --recipe text -o kurva.svg"
    ),
)
@click.option(
    "--recipe",
    "recipes",
    multiple=True,
    type=click.Choice(RECIPES),
    help=N_("Which order; all without it. May be given again."),
)
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(1), help=N_("Replays of each recipe."))
@click.option(
    "--batch",
    default=10,
    show_default=True,
    type=click.IntRange(1),
    help=N_("Passages read before the classifier learns again, at first."),
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    help=N_("How long a passage takes you, for the hours spared; the median of timed decisions without it."),
)
@trial_options
def command(
    recipes: tuple[str, ...],
    agreed: bool,
    seeds: int,
    batch: int,
    seconds: float | None,
    outputs: tuple[Path, ...],
    force: bool,
    results: Path | None,
    fresh: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Replay a coded study."""
    from qualcode.project.trial_files import check_targets, simulation_json, write_simulation

    check_targets(outputs, force=force)
    with open_study(coder=coder, readonly=True) as study:
        with progress(N_("Replaying the codings")) as step:
            found = study.simulate(
                coders=(study.coder,) if coder and study.coder and not agreed else (),
                agreed=agreed,
                recipes=recipes,
                seeds=seeds,
                batch=batch,
                seconds=seconds,
                results=results,
                fresh=fresh,
                progress=step,
            )
        corpus = study.corpus()
    for path in outputs:
        write_simulation(found, corpus, path, language=language())
    if as_json:
        show_json(simulation_json(found))
        return
    from qualcode.reports.trials import said

    for sentence in said(found, language()):
        click.echo(sentence)
    click.echo()
    columns = {
        "recipe": N_("recipe"),
        "recall_10": N_("found at 10 % read"),
        "recall_25": N_("found at 25 % read"),
        "recall_50": N_("found at 50 % read"),
        "loss": N_("loss (least … most)"),
        "loss_versus_text": N_("against order of the text"),
        "atd": N_("ATD"),
        "wss95": N_("WSS@95"),
    }
    if found.pace.seconds is not None:
        columns["hours"] = N_("hours spared")
    overall = [_rounded(row) for row in found.overall()]
    show(overall, as_json=False, columns={"recipe": N_("recipe"), "n_codes": N_("codes"), **columns})
    click.echo()
    rows = [_rounded(row) for row in found.to_rows()]
    show(rows, as_json=False, columns={"code": N_("code"), "n_bearing": N_("of the code"), **columns})
    for key, reason in {(row.code, row.undefined): None for row in found.rows if row.undefined}:
        click.echo(f"{key}: {translated(reason)}")
    say(
        N_(
            "Loss: 0 is the best order, 1 the worst, about 0.5 chance. ATD: mean place in the order. WSS@95: reading spared until 95 % are found, against chance. Hours: of reading all for one code."
        )
    )
    for path in outputs:
        say(N_("Written: {path}"), path=path)


def _rounded(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row with figures as they are shown, and the recipe's name in words."""
    from qualcode.i18n import number
    from qualcode.reports.trials import RECIPES as NAMES
    from qualcode.reports.trials import hours, interval

    found: dict[str, object] = {
        key: number(round(value, 2) + 0.0, language(), digits=1 if key == "n_bearing" else 2)
        if isinstance(value, float)
        else value
        for key, value in row.items()
    }
    for name in ("loss", "loss_versus_text"):
        found[name] = interval(row[name], row[f"{name}_low"], row[f"{name}_high"], language(), between=" … ")
    found["hours"] = hours(row, language())
    return found | {"recipe": translated(NAMES[str(row["recipe"])])}

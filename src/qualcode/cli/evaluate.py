"""Test suggestions on informants they did not learn from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import language
from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, open_study, say, show, show_json
from qualcode.cli._progress import progress
from qualcode.cli._trial_options import trial_options
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.suggesters.evaluation import Evaluation


@click.command(
    cls=StudyVerb,
    help=N_(
        "Test how good suggestions are for informants they did not learn from.\n\n"
        "Code by code, beside the keyword rules; how far two people agree, and each with the machine, on the same passages; whether probabilities hold; how "
        "much is learnt from how many informants. Finished work is kept beside the study: stopped with Ctrl-C, the same line goes on where it was.\n\n"
        "\b\n"
        "qualcode evaluate pekerja.qualcode --coder rani -o evaluasi.html\n"
        "qualcode evaluate pekerja.qualcode --agreed -o evaluasi.csv -o kalibrasi.svg"
    ),
)
@click.option("--beside", metavar="NAME", help=N_("The coder to compare with; who read most of the same without it."))
@trial_options
def command(
    agreed: bool,
    beside: str | None,
    outputs: tuple[Path, ...],
    force: bool,
    results: Path | None,
    fresh: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Test suggestions."""
    from qualcode.project.trial_files import check_targets, evaluation_json, write_evaluation

    check_targets(outputs, force=force)
    with open_study(coder=coder, readonly=True) as study:
        with progress(N_("Testing the suggestions")) as step:
            found = study.evaluate(
                coders=(study.coder,) if coder and study.coder and not agreed else (),
                agreed=agreed,
                beside=beside,
                results=results,
                fresh=fresh,
                progress=step,
            )
        corpus = study.corpus()
    for path in outputs:
        write_evaluation(found, corpus, path, language=language())
    if as_json:
        show_json(evaluation_json(found))
        return
    from qualcode.reports.trial_evaluation import said

    for sentence in said(found, language()):
        click.echo(sentence)
    _show_codes(found)
    _show_people(found)
    if not found.undefined:
        _show_curves(found)
    for path in outputs:
        say(N_("Written: {path}"), path=path)


def _show_codes(found: Evaluation) -> None:
    """Show precision, recall, F1 and average precision, code by code."""
    from qualcode.reports.trial_evaluation import ALL_CODES, FIGURES, remarks
    from qualcode.reports.trials import RECIPES, interval

    click.echo()
    rows = [
        {
            "code": row["code"] or translated(ALL_CODES),
            "recipe": translated(RECIPES[str(row["recipe"])]),
            "n_bearing": row["n_bearing"],
            "n_suggested": row["n_suggested"],
            **{name: interval(row[name], row[f"{name}_low"], row[f"{name}_high"], language()) for name in FIGURES},
        }
        for row in found.to_rows()
    ]
    show(
        rows,
        as_json=False,
        columns={
            "code": N_("code"),
            "recipe": N_("recipe"),
            "n_bearing": N_("of the code"),
            "n_suggested": N_("suggested"),
            **FIGURES,
        },
    )
    for remark in remarks(found, language()):
        click.echo(remark)


def _show_people(found: Evaluation) -> None:
    """Show how far people agree with each other and with the machine."""
    from qualcode.i18n import number
    from qualcode.reports.trial_evaluation import ALL_CODES

    click.echo()
    if not found.humans:
        say(N_("People beside the machine: {reason}"), reason=translated(found.humans_undefined))
        return
    pairs = list(dict.fromkeys(one.pair for one in found.humans))
    columns: dict[str, str] = {"code": N_("code"), "n_units": N_("passages")}
    rows: dict[str, dict[str, object]] = {}
    for pair in pairs:
        named = "–".join(translated(N_("machine")) if name == "machine" else name for name in pair)
        columns |= {f"{pair} %": f"{named} %", f"{pair} α": "α"}
    for one in found.humans:
        row = rows.setdefault(one.code, {"code": one.code or translated(ALL_CODES), "n_units": one.n_units})
        row[f"{one.pair} %"] = None if one.percent is None else number(100 * one.percent, language(), digits=1)
        row[f"{one.pair} α"] = None if one.alpha is None else number(one.alpha, language(), digits=2)
    show(list(rows.values()), as_json=False, columns=columns)


def _show_curves(found: Evaluation) -> None:
    """Show the calibration table and the learning curve."""
    from qualcode.i18n import number
    from qualcode.reports.trial_evaluation import learning_rows

    def two(value: object) -> str | None:
        return number(value, language(), digits=2) if isinstance(value, float) else None

    click.echo()
    bins: list[Mapping[str, object]] = [
        {
            "p": f"{number(one.low, language(), digits=1)} – {number(one.high, language(), digits=1)}",
            "n": one.n,
            "mean": two(one.mean),
            "share": f"{two(one.share)} ({two(one.interval[0])}–{two(one.interval[1])})",
        }
        for one in found.calibration
    ]
    show(
        bins,
        as_json=False,
        columns={
            "p": N_("probability"),
            "n": N_("passages and codes"),
            "mean": N_("mean"),
            "share": N_("share that bears the code"),
        },
    )
    say(
        N_("Mean distance of probability and share (ECE): {error} %"),
        error=number(100 * (found.calibration_error or 0), language(), digits=1),
    )
    say(N_("Code by code, with a picture: -o evaluasi.html"))
    click.echo()
    rows = [
        row
        | {
            "f1": f"{two(row['f1'])} ({two(row['f1_low'])}–{two(row['f1_high'])})",
            "ap": two(row["ap"]),
            "n_units": round(float(str(row["n_units"]))),
        }
        for row in learning_rows(found)
    ]
    if rows:
        show(
            rows,
            as_json=False,
            columns={
                "n_informants": N_("informants coded"),
                "n_draws": N_("draws"),
                "n_units": N_("passages"),
                "f1": N_("mean F1 (least to most)"),
                "ap": N_("average precision"),
            },
        )

"""Trials of suggestions, written for people and for other programs: by the suffix, a page, a picture, a table or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, InputError
from qualcode.files.whole import replacing, require_place
from qualcode.project.outgoing import guard_target

if TYPE_CHECKING:
    from qualcode.model import Corpus
    from qualcode.suggesters.effort import Simulation
    from qualcode.suggesters.evaluation import Evaluation

__all__ = ["check_targets", "evaluation_json", "simulation_json", "titles_of", "write_evaluation", "write_simulation"]

SUFFIXES = (".html", ".svg", ".csv", ".json")


def check_targets(paths: Sequence[Path], *, force: bool) -> None:
    """Refuse, before the work begins, files that could not be written at its end.

    Raises
    ------
    InputError
        If a suffix is unknown, or a file cannot be there.
    StateError
        If there is a file that qualcode did not write.
    """
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            raise InputError(
                N_("a trial is written as {known}, not as {suffix!r}"),
                hint=N_("choose one of these suffixes"),
                file=path,
                known=", ".join(SUFFIXES),
                suffix=path.suffix,
            )
        require_place(path)
        guard_target(path, force=force)


def write_simulation(found: Simulation, corpus: Corpus, path: Path, *, language: str) -> None:
    """Write replays to *path* as its suffix says."""
    from qualcode import __version__
    from qualcode.reports import trials

    titles = titles_of(corpus, language)
    _write(
        path,
        {
            ".html": lambda: trials.simulation_page(
                found, corpus.study, titles, language=language, version=__version__
            ),
            ".svg": lambda: trials.simulation_picture(found, titles, language).encode(),
            ".csv": lambda: as_csv(found.to_rows()),
            ".json": lambda: as_json(simulation_json(found)),
        },
    )


def simulation_json(found: Simulation) -> dict[str, Any]:
    """Return replays as JSON has them: means, and the order of every replay."""
    return {
        "qualcode_trial": "simulate",
        "coders": found.coders,
        "n_units": found.n_units,
        "n_informants": found.n_informants,
        "seeds": found.seeds,
        "batch": found.batch,
        "seconds": found.pace.seconds,
        "seconds_timed": found.pace.n_timed,
        "seconds_undefined": found.pace.undefined,
        "findings": [str(finding) for finding in found.findings],
        "overall": found.overall(),
        "codes": found.to_rows(),
        "runs": [{"recipe": run.recipe, "seed": run.seed, **run.to_json()} for run in found.runs],
    }


def write_evaluation(found: Evaluation, corpus: Corpus, path: Path, *, language: str) -> None:
    """Write an evaluation to *path* as its suffix says; ``.svg`` is the calibration."""
    from qualcode import __version__
    from qualcode.reports import trial_evaluation as pages

    titles = titles_of(corpus, language)
    _write(
        path,
        {
            ".html": lambda: pages.evaluation_page(found, corpus.study, titles, language=language, version=__version__),
            ".svg": lambda: pages.calibration_picture(found, titles, language).encode(),
            ".csv": lambda: as_csv(found.to_rows()),
            ".json": lambda: as_json(evaluation_json(found)),
        },
    )


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """Return an evaluation as JSON has it; ``null`` is undefined, and the reason stands beside it."""
    from qualcode.reports.trial_evaluation import learning_rows

    return {
        "qualcode_trial": "evaluate",
        "coders": found.coders,
        "n_units": found.n_units,
        "n_informants": found.n_informants,
        "undefined": found.undefined,
        "findings": [str(finding) for finding in found.findings],
        "codes": found.to_rows(),
        "calibration": [asdict(one) for one in found.calibration],
        "calibration_error": found.calibration_error,
        "calibration_by_code": [asdict(one) for one in found.code_calibrations],
        "learning": learning_rows(found),
        "agreement": [asdict(one) for one in found.humans],
        "agreement_undefined": found.humans_undefined,
    }


def titles_of(corpus: Corpus, language: str) -> dict[str, str]:
    """Return the codes' names by key, in the language where they have one."""
    return {code.key: (code.name_en if language == "en" else "") or code.name or code.key for code in corpus.codebook}


def as_json(value: object) -> bytes:
    """Return *value* as JSON, text as it is."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def as_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return *rows* as CSV with a mark that tells Excel that it is UTF-8; what is undefined stays empty."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _write(path: Path, makers: Mapping[str, Callable[[], bytes]]) -> None:
    made = makers[path.suffix.lower()]()
    with replacing(path) as stream:
        stream.write(made)

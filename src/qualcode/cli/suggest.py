"""Show what the machine would suggest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, queue_options, say, show_json
from qualcode.cli._progress import waiting
from qualcode.cli._review_screen import show_passage, show_suggestion
from qualcode.cli._stopping import COUNTING, show_stopping
from qualcode.cli._words import say_no_codes, say_silent, standing
from qualcode.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualcode.model import Suggestion
    from qualcode.project import Project


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show what a model would code, and why.\n\nSuggestions are never codings.\n\n"
        "The classifier speaks for a code once it has learnt from enough of your codings; before that the codebook's rules do.\n\n"
        "With --by: score (best first), rest (the same, then what is too improbable to be suggested: to see how much of a code is left), "
        "learning (passages to read, from which most is learnt; no code is suggested), rare (for the codes given least), disagreement (passages decided already where the machine would have decided otherwise: possible oversights).\n\n"
        "\b\n"
        "qualcode suggest pekerja.qualcode --code jaminan-sosial -n 10\n"
        "qualcode suggest pekerja.qualcode --status"
    ),
)
@queue_options
@click.option("--status", is_flag=True, help=N_("Show how much of each code is probably found by now, instead."))
@coder_option
@json_option
def command(
    key: str | None,
    n: int,
    recipe: str | None,
    by: Any,
    earlier: tuple[Path, ...],
    status: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Show suggestions."""
    with open_study(coder=coder, readonly=True) as study:
        if status:
            with waiting(COUNTING):
                found = study.stopping(standing(study.codebook, key) if key else None)
            if as_json or not say_no_codes(study):
                show_stopping(found, as_json=as_json)
            return
        with waiting(N_("Reading the codings and looking for passages like them …")):
            key = standing(study.codebook, key) if key else None
            study.learn_from(*earlier)
            suggestions = study.suggest(key, n=n, recipe=recipe, by=by)
        rows: list[dict[str, object]] = []
        near = _near(study, suggestions)
        for s in suggestions:
            transcript = study.corpus().transcript(s.transcript)
            rows.append(
                {
                    "guid": s.guid,
                    "transcript": transcript.name,
                    "turn": transcript.turn_at(s.span.start),
                    "start": s.span.start,
                    "end": s.span.end,
                    "code": s.code,
                    "score": None if math.isnan(s.score) else round(s.score, 3),
                    "recipe": s.recipe,
                    "why": s.why or None,
                    "coding": s.coding or None,
                    "near": [near[one.coding] | {"likeness": one.likeness} for one in s.near if one.coding in near],
                    "evidence": [
                        {"text": e.text, "rule": e.rule, "weight": e.weight, "source": e.source} for e in s.evidence
                    ],
                    "quote": s.quote,
                }
            )
        if as_json:
            show_json({"suggestions": rows, "silent": study.silent_codes, "reserved": study.reserved_codes})
            return
        for number, one in enumerate(suggestions, 1):
            show_passage(study.corpus(), one, f"[{number}/{len(suggestions)}]", paged=False)
            before = suggestions[number - 2].code if number > 1 else ""
            show_suggestion(study.corpus(), one, paged=False, defined=one.code != before)
        if suggestions:
            click.echo()
        elif say_no_codes(study):
            return
    say_silent(study, key)
    say(
        N_(
            "Suggestions by a model, not codings. A probability is the model's, not certain. Decide with: qualcode review"
        )
    )


def _near(study: Project, suggestions: Iterable[Suggestion]) -> dict[str, dict[str, object]]:
    """Return who said the nearest coded passages, where, and what, by guid of the coding."""
    wanted = {near.coding for one in suggestions for near in one.near}
    corpus = study.corpus()
    return {
        c.guid: {
            "coding": c.guid,
            "informants": [corpus.informant(guid).id for guid in corpus.informants_of(c)],
            "transcript": corpus.transcript(c.transcript).name,
            "turn": corpus.transcript(c.transcript).turn_at(c.span.start),
            "coder": c.coder,
            "quote": corpus.quote(c),
        }
        for c in (corpus.codings if wanted else ())
        if c.guid in wanted
    }

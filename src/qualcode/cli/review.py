"""Decide on suggestions, one at a time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli._acceptance import show_acceptance
from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, queue_options, say
from qualcode.cli._progress import waiting as busy
from qualcode.cli._words import say_no_codes, say_silent, standing
from qualcode.errors import N_
from qualcode.model import Origin

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model import Coding, Corpus, Decision, Reading
    from qualcode.project import Project

WAIT = N_("Reading the codings and looking for passages like them …")


@click.command(
    cls=StudyVerb,
    help=N_(
        "Decide on suggestions, one at a time.\n\nEach is shown with its question and whole answer, what speaks for it, and the nearest passages coded so.\n\n"
        "Keys: a accept, c correct (another code, or a part of the words), r reject, n read and nothing to code, s skip, m memo, u undo, q stop. "
        "After accepting, a stance may be marked: 1 present, 2 denied, 3 past, 4 planned, 5 someone else, Enter none. Where a question about the "
        "code was asked before, how it came up is asked: 1 prompted, 2 spontaneous, Enter none. There is no accept-all. Every decision is saved "
        "as soon as its key is pressed.\n\n"
        "With --by: score (best first), rest (the same, then what is too improbable to be suggested: to see how much of a code is left), "
        "learning (passages to read, from which most is learnt), rare (for the codes given least), disagreement (passages decided already where the machine would have decided otherwise).\n\n"
        "\b\n"
        "qualcode review pekerja.qualcode --code jaminan-sosial --coder rani\n"
        "qualcode review pekerja.qualcode --code jaminan-sosial --by rest\n"
        "qualcode review pekerja.qualcode --blind\n"
        "qualcode review pekerja.qualcode --report"
    ),
)
@queue_options
@click.option("--blind", is_flag=True, help=N_("Show nothing of a passage's suggestions until it is decided."))
@click.option("--report", is_flag=True, help=N_("Show what became of suggestions so far, instead of reviewing."))
@click.option(
    "--moved", is_flag=True, help=N_("Review codings whose words a revision changed, instead of suggestions.")
)
@coder_option
@json_option
def command(
    key: str | None,
    n: int,
    recipe: str | None,
    by: Any,
    earlier: tuple[Path, ...],
    blind: bool,
    report: bool,
    moved: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Decide on suggestions."""
    if blind and (by in {"rest", "disagreement"} or recipe):
        raise click.UsageError(N_("--blind goes with --by score, learning or rare, and with all recipes"))
    with open_study(coder=coder, readonly=report) as study:
        if report:
            show_acceptance(study.acceptance(coder=coder), as_json=as_json)
            return
        if moved:
            _review_moved(study)
            return
        with busy(WAIT):
            key = standing(study.codebook, key) if key else None
            study.learn_from(*earlier)
        if blind:
            _review_blind(study, key, n, by)
        else:
            _review(study, key, n, recipe, by)


def _review(study: Project, key: str | None, n: int, recipe: str | None, by: Any) -> None:
    """Go through suggestions."""
    from qualcode.cli._review_sitting import Sitting

    with busy(WAIT):
        suggestions = study.suggest(key, n=n, recipe=recipe, by=by)
    if not suggestions and say_no_codes(study):
        return
    if not suggestions:
        say(N_("Nothing to review: no suggestion stands open."))
        say_silent(study, key)
        if by == "score":
            say(N_("What was read is not suggested again; possible oversights: qualcode review --by disagreement"))
            _say_rest(key)
        return
    before = study.corpus()
    Sitting(study).go_through(suggestions)
    _say_decided(study, before)
    if by != "learning":
        say_silent(study, key)
    if key is not None and any(code.key == key for code in study.codebook.active):
        from qualcode.cli._stopping import COUNTING, say_stopping

        with busy(COUNTING):
            found = study.stopping(key)
        say_stopping(found)
        if by == "score" and len(suggestions) < n:
            _say_rest(key)
    elif key is None:
        say(N_("How much of each code is probably found by now: qualcode suggest --status"))


def _say_decided(study: Project, before: Corpus) -> None:
    """Say what became of the suggestions of this sitting, and how much was read and coded in it."""
    after = study.corpus()
    known = {one.guid for one in (*before.decisions, *before.readings, *before.codings)}

    def is_new(one: Decision | Reading | Coding) -> bool:
        return one.guid not in known and one.coder == study.coder

    times = Counter(one.verdict.value for one in filter(is_new, after.decisions))
    if times:
        say(
            N_("Decided: {accepted} accepted, {corrected} put right, {rejected} rejected, {skipped} skipped."),
            accepted=times["accepted"],
            corrected=times["corrected"],
            rejected=times["rejected"],
            skipped=times["skipped"],
        )
    if read := sum(map(is_new, after.readings)):
        coded = sum(is_new(one) and one.origin is Origin.HUMAN for one in after.codings)
        say(
            N_("Marked as read: {read} passages. Codes given to them without a suggestion: {codes}."),
            read=read,
            codes=coded,
        )
    say(N_("Every decision is in the log and can be undone."))


def _say_rest(key: str | None) -> None:
    """Say how to go on where suggestions end: what was not suggested must be read, too, before anything follows for what is left."""
    say(
        N_("Too improbable to be suggested, but read to see how much is left: qualcode review --by rest --code {code}"),
        code=key or translated(N_("KEY")),
    )


def _review_blind(study: Project, key: str | None, n: int, by: Any) -> None:
    """Go through passages before anything is shown of them."""
    from qualcode.cli._review_blind import BlindSitting

    with busy(WAIT):
        passages = study.blind_passages(key, n=n, by=by)
    if not passages:
        say(N_("Nothing to review: every passage is read."))
        return
    before = study.corpus()
    BlindSitting(study).go_blind(passages)
    _say_decided(study, before)


def _review_moved(study: Project) -> None:
    """Show each coding whose words were changed, and where it might stand now."""
    waiting = [moved for moved in study.to_review() if study.coder in {None, moved.coding.coder}]
    if not waiting:
        say(N_("Nothing to review: every coding stands on the present text."))
        return
    for number, moved in enumerate(waiting, 1):
        transcript = study.corpus().transcript(moved.coding.transcript)
        click.echo()
        click.echo(click.style(f"[{number}/{len(waiting)}] {transcript.name}: {moved.coding.code}", bold=True))
        say(N_("  was: {words}"), words=moved.words)
        if moved.proposed is None:
            say(N_("  now: nothing of it is left"))
        else:
            say(N_("  now: {words}"), words=moved.proposed.of(transcript.text))
        say(N_("  p place it there · r take the coding away · s leave it · q stop"))
        answer = click.prompt("  [p/r/s/q]", prompt_suffix=" ", default="s", show_default=False).strip().lower()
        if answer == "p" and moved.proposed is not None:
            study.place_again(moved.coding, span=moved.proposed)
        elif answer == "r":
            study.uncode([moved.coding])
        elif answer == "q":
            return

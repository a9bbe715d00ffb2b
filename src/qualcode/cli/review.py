"""Decide on suggestions, one at a time."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, spoken, translated
from qualcode.cli._options import StudyVerb, coder_option, open_study, say
from qualcode.cli._progress import waiting as busy
from qualcode.cli._words import say_silent
from qualcode.errors import N_, NotFoundError, shorten

if TYPE_CHECKING:
    from qualcode.model import Suggestion
    from qualcode.project import Project

FAST_RUN = 10
FAST_SECONDS = 3.0
"""Ten accepts in a row with a median under this ask whether to read again (PRACTICE: automation bias)."""
STANCE_PROMPT = N_("  stance: 1 present · 2 denied · 3 past · 4 planned · 5 someone else · Enter none")
KEYS = N_("  a accept · c another code · r reject · s skip · u undo · q stop")
STANCES = {"1": "present", "2": "denied", "3": "past", "4": "planned", "5": "other"}
ELICITED_PROMPT = N_("  how it came up: 1 prompted · 2 spontaneous · Enter none")
ELICITED = {"1": "prompted", "2": "spontaneous"}


@click.command(
    cls=StudyVerb,
    help=N_(
        "Decide on suggestions, one at a time.\n\nEach is shown with its whole answer.\n\n"
        "Keys: a accept, c another code, r reject, s skip, u undo, q stop. After accepting, a stance may be marked: "
        "1 present, 2 denied, 3 past, 4 planned, 5 someone else, Enter none. Where a question about the code was asked before, how it came up is "
        "asked: 1 prompted, 2 spontaneous, Enter none. There is no accept-all.\n\n"
        "\b\n"
        "qualcode review pekerja.qualcode --code jaminan-sosial --coder rani"
    ),
)
@click.option("--code", "key", metavar="KEY", help=N_("Key of the code; all codes without it."))
@click.option("-n", default=20, show_default=True, help=N_("How many at most."))
@click.option("--recipe", type=click.Choice(["rules", "classifier"]), help=N_("Which model; both without it."))
@click.option(
    "--moved", is_flag=True, help=N_("Review codings whose words a revision changed, instead of suggestions.")
)
@coder_option
def command(key: str | None, n: int, recipe: str | None, moved: bool, coder: str | None) -> None:
    """Decide on suggestions."""
    with open_study(coder=coder) as study:
        if moved:
            _review_moved(study)
            return
        with busy(N_("Reading the codings and looking for passages like them …")):
            suggestions = study.suggest(key, n=n, recipe=recipe)
        if not suggestions:
            say(N_("Nothing to review: no suggestion stands open."))
            say_silent(study.silent_codes)
            return
        say(KEYS)
        accepts: list[float] = []
        at = 0
        while at < len(suggestions):
            _present(study, suggestions[at], at + 1, len(suggestions))
            verdict, seconds = _ask(study, suggestions[at], can_step_back=at > 0)
            if verdict == "q":
                break
            if verdict == "u":
                at -= 1
                continue
            at += 1
            if verdict == "a":
                accepts.append(seconds)
                _slow_down(accepts)
            else:
                accepts.clear()
        say(N_("Reviewed. Every decision is in the log and can be undone."))


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


def _present(study: Project, suggestion: Suggestion, number: int, total: int) -> None:
    """Show the whole answer with the question before it: a decision needs the context."""
    corpus = study.corpus()
    transcript = corpus.transcript(suggestion.transcript)
    click.echo()
    click.echo(click.style(f"[{number}/{total}] {transcript.name}", bold=True))
    turns = corpus.turns_of(suggestion)
    first = turns[0][0] if turns else 1
    if first > 1 and transcript.turns[first - 2].role.asks:
        before = transcript.turns[first - 2]
        click.echo(click.style(f"  {first - 1} {before.speaker}: {before.span.of(transcript.text)}", dim=True))
    for turn_number, turn in turns:
        start, end = max(turn.span.start, suggestion.span.start), min(turn.span.end, suggestion.span.end)
        text = transcript.text
        click.echo(
            f"  {turn_number} {turn.speaker}: {text[turn.span.start : start]}"
            f"{click.style(text[start:end], underline=True)}{text[end : turn.span.end]}"
        )
    if not turns:
        click.echo(f"  {suggestion.quote}")
    code = corpus.codebook.code(suggestion.code)
    say(
        N_("  Suggested by the machine ({recipe}): {code} — {name}"),
        recipe=suggestion.recipe,
        code=code.key,
        name=code.name,
    )
    for evidence in dict.fromkeys(str(evidence) for evidence in suggestion.evidence):
        click.echo(f"    · {evidence}")
    if suggestion.score == suggestion.score:  # a rule gives no probability
        say(N_("  Like passages you coded. Probability by the model {p}, not certain."), p=f"{suggestion.score:.2f}")


def _ask(study: Project, suggestion: Suggestion, *, can_step_back: bool) -> tuple[str, float]:
    """Ask until a decision is made; return its key and the seconds it took."""
    from qualcode import i18n

    started = time.monotonic()
    while True:
        answer = click.prompt("  [a/c/r/s/u/q]", prompt_suffix=" ", default="", show_default=False).strip().lower()
        seconds = time.monotonic() - started
        if answer == "a":
            study.accept(suggestion, stance=_stance(), elicited=_elicited(study, suggestion), seconds=seconds)
        elif answer == "c":
            key = click.prompt(f"  {translated(N_('code'))}", default="", show_default=False).strip()
            if not key:
                continue
            try:
                study.codebook.code(key)
            except NotFoundError as error:
                click.echo(f"  {i18n.message(error, language())} {i18n.hint(error, language())}")
                continue
            stance, elicited = _stance(), _elicited(study, replace(suggestion, code=key))
            study.correct(suggestion, code=key, stance=stance, elicited=elicited, seconds=seconds)
        elif answer == "r":
            study.reject(suggestion, seconds=seconds)
        elif answer == "s":
            study.skip(suggestion, seconds=seconds)
        elif answer == "u" and can_step_back:
            say(N_("Taken back: {change}"), change=study.undo(language=spoken()))
        elif answer == "u":
            say(N_("  Nothing of this review to take back yet."))
            continue
        elif answer != "q":
            say(KEYS)
            continue
        return answer, seconds


def _stance() -> str:
    answer = click.prompt(translated(STANCE_PROMPT), prompt_suffix=" ", default="", show_default=False).strip()
    return STANCES.get(answer, "")


def _elicited(study: Project, suggestion: Suggestion) -> str:
    """Ask how the passage came up where a question about its code was put before it: the guide proposes, the coder decides."""
    found = study.prompting(suggestion)
    if found is None:
        return ""
    question = next(q for q in study.corpus().questions if q.guid == found.question)
    say(
        N_("  Turn {turn} asked question {number} about this code, as proposed: {question}")
        if found.how == "asks"
        else N_("  Turn {turn} follows up question {number} about this code, as proposed: {question}"),
        turn=found.turn,
        number=question.number,
        question=shorten(question.text, 60),
    )
    answer = click.prompt(translated(ELICITED_PROMPT), prompt_suffix=" ", default="", show_default=False).strip()
    return ELICITED.get(answer, "")


def _slow_down(accepts: list[float]) -> None:
    last = sorted(accepts[-FAST_RUN:])
    if len(last) == FAST_RUN and median(last) < FAST_SECONDS:
        say(
            N_("The last ten suggestions were accepted in {seconds} seconds each. Read the whole answers again?"),
            seconds=round(median(last), 1),
        )
        accepts.clear()

"""Show and correct which turn asks which question of the guide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.cli._help import translated
from qualcode.cli._options import say, show
from qualcode.errors import N_, InputError, shorten

if TYPE_CHECKING:
    from qualcode.analysis import TurnLink
    from qualcode.project import Project

__all__ = ["HOW", "link", "pair", "say_none", "show_links"]

HOW = {"asks": N_("asks"), "follows": N_("follows up"), "": N_("nothing")}
WORDS = 60
"""So many characters of a turn are shown in a table; --json has them all."""


def pair(entry: str, form: str, hint: str) -> tuple[str, str]:
    """Return both sides of an option such as ``FIELD=HEADING``; *hint* says how it is written."""
    left, equals, right = entry.partition("=")
    if not equals or not left.strip() or not right.strip():
        raise InputError(N_("{entry!r} is not of the form {form}"), hint=hint, entry=shorten(entry), form=form)
    return left.strip(), right.strip()


def say_none() -> None:
    """Say that there is no guide, and how to bring one in."""
    say(N_('The study has no interview guide: "asked but not mentioned" and "not asked" cannot be told apart.'))
    say(N_("Bring one in: qualcode guide pedoman-wawancara.csv"))


def _rows(study: Project, links: Sequence[TurnLink], *, whole: bool) -> list[dict[str, object]]:
    corpus = study.corpus()
    numbers = {question.guid: question.number for question in corpus.questions}
    rows: list[dict[str, object]] = []
    for link in links:
        transcript = corpus.transcript(link.transcript)
        words = " ".join(transcript.turn(link.turn).span.of(transcript.text).split())
        asked: object = [numbers[guid] for guid in link.questions]
        rows.append(
            {
                "transcript": transcript.name,
                "turn": link.turn,
                "words": words if whole else shorten(words, WORDS),
                "questions": asked if whole else ", ".join(numbers[guid] for guid in link.questions) or "–",
                "how": str(link.how) if whole else translated(HOW[link.how]),
                "score": round(link.score, 2),
                "nearest": numbers.get(link.nearest, "") if whole or round(link.score, 2) else "",
                "by_hand": link.by_hand,
            }
        )
    return rows


def _print_links(study: Project, links: Sequence[TurnLink], *, as_json: bool) -> None:
    show(
        _rows(study, links, whole=as_json),
        as_json=as_json,
        columns={
            "transcript": N_("transcript"),
            "turn": N_("turn"),
            "words": N_("words"),
            "questions": N_("question"),
            "how": N_("how"),
            "score": N_("likeness"),
            "nearest": N_("most like"),
            "by_hand": N_("by hand"),
        },
    )


def show_links(study: Project, transcript: str | None, *, as_json: bool) -> None:
    """Show what the interviewers' turns ask, in all transcripts or one."""
    from qualcode.analysis.likeness import RECIPE

    if not study.corpus().questions and not as_json:
        say_none()
        return
    asked = study.asked()
    links = asked.links if transcript is None else asked.of(study.corpus().transcript(transcript).guid)
    _print_links(study, links, as_json=as_json)
    if not as_json:
        say(
            N_(
                "Proposed by likeness of words, from 0 to 1 ({recipe}); a turn that is like none is taken to follow up the question before it. "
                "Say otherwise with --link TRANSCRIPT:TURN=NO."
            ),
            recipe=RECIPE,
        )


def link(study: Project, said: Sequence[str], *, as_json: bool) -> None:
    """Set which questions turns ask."""
    found = []
    hint = N_("write it like informan-01:37=4, informan-01:37=none or informan-01:37=auto")
    for entry in said:
        place, answer = pair(entry, "TRANSCRIPT:TURN=NO", hint)
        transcript, _, turn = place.rpartition(":")
        if not transcript or not turn.isdecimal():
            raise InputError(
                N_("{entry!r} is not of the form {form}"), hint=hint, entry=shorten(entry), form="TRANSCRIPT:TURN=NO"
            )
        if answer.lower() in {"auto", "otomatis"}:
            found.append(study.unlink_question(transcript, int(turn)))
        elif answer.lower() in {"none", "tidak", "bukan", "-"}:
            found.append(study.link_question(transcript, int(turn)))
        else:
            numbers = [number.strip() for number in answer.split(",") if number.strip()]
            found.append(study.link_question(transcript, int(turn), *numbers))
    _print_links(study, found, as_json=as_json)

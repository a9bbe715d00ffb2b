"""A sitting with what may tell who somebody is: each hit is shown, and one key decides. Nothing changes in the study before the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import cleaned, confirm, say
from qualcode.cli._review_keys import ask_line, press, say_error
from qualcode.cli._review_screen import print_lines
from qualcode.errors import N_, QualcodeError

if TYPE_CHECKING:
    from qualcode.project.mask_plan import Hit, MaskPlan

__all__ = ["ask_same_names", "context", "go_through", "kind_name"]

KEYS = N_(
    "  a mask here · e mask everywhere · c other words\n  k keep here · w keep everywhere · s later · u undo · q stop"
)
AROUND = 150
"""So many characters before and after a hit are shown."""
_MOST = 9
"""So many people can be chosen by one key."""


def kind_name(hit: Hit) -> str:
    """Return what a hit is, in the user's language."""
    from qualcode.privacy.pseudonyms import placeholder

    return placeholder(hit.identifier.kind, language()).strip("[]")


def context(hit: Hit, around: int = AROUND) -> str:
    """Return a hit on one line with what stands around it, marked."""
    text, core = hit.transcript.text, hit.identifier.core
    start, end = max(0, core.start - around), min(len(text), core.end + around)
    before, after = _spaced(text[start : core.start]), _spaced(text[core.end : end])
    if start:  # no half a word at the edges
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return cleaned(f"{before}»{core.of(text)}«{after}")


def _spaced(text: str) -> str:
    """Return *text* on one line with single blanks."""
    return re.sub(r"\s+", " ", text)


def ask_same_names(plan: MaskPlan, names: dict[str, str]) -> None:
    """Ask of each name that is an informant's in several transcripts whether it is one person's; *names* are the transcripts', by guid."""
    for same in plan.same_names:
        called = " ".join(word[:1].upper() + word[1:] for word in same.words)
        where = ", ".join(names.get(guid, "–") for guid in same.transcripts)
        click.echo()
        say(
            N_("{name} is the name of an informant in {n} transcripts: {names}."),
            name=called,
            n=len(same.transcripts),
            names=where,
        )
        key = ""
        while key not in {"o", "d"}:
            key = press(N_("  o one person · d different people, each with a pseudonym of their own"))
        plan.tell_apart(same.words, several=key == "d")


def go_through(plan: MaskPlan, save: Callable[[MaskPlan], None]) -> bool:
    """Show every hit that is open until all are decided on or the person stops; tell whether what was decided is to be done now.

    Parameters
    ----------
    plan : MaskPlan
        What was found; decisions are put into it.
    save : callable
        Keeps the decisions, after each key.
    """
    at = 0
    while at < len(plan.hits):
        hit = plan.hits[at]
        if hit.place in plan.decisions:
            at += 1
            continue
        _show(plan, hit, at)
        key = _decide(plan, hit)
        if key == "q":
            return bool(plan.decisions) and confirm(translated(N_("Mask what was decided so far now?")))
        save(plan)
        if key == "u":
            at = _first_open(plan)
        else:
            at += 1
    return bool(plan.decisions)


def _first_open(plan: MaskPlan) -> int:
    return next((at for at, hit in enumerate(plan.hits) if hit.place not in plan.decisions), 0)


def _show(plan: MaskPlan, hit: Hit, at: int) -> None:
    """Print where a hit stands, what is around it, why it was found and what would stand there."""
    from rich.text import Text

    from qualcode import i18n

    head = translated(
        N_("[{at}/{n}] {transcript}, line {line}: {kind}, score {score}"),
        at=at + 1,
        n=len(plan.hits),
        transcript=cleaned(hit.transcript.name),
        line=hit.line,
        kind=kind_name(hit),
        score=i18n.number(hit.identifier.score, language(), digits=2),
    )
    shown = context(hit)
    start, end = shown.index("»"), shown.index("«")
    marked = Text(shown)
    marked.stylize("bold", start, end + 1)
    reason = translated(hit.identifier.reason, **hit.identifier.parameters)
    lines = [Text(head, style="bold"), marked, Text(translated(N_("Why: {reason}"), reason=reason), style="dim")]
    text = plan.text(hit)
    if text:
        more = len(plan.together(hit)) - 1
        dressed = _dressed(hit, text)
        said = N_("→ {text}, and in {n} other places") if more else N_("→ {text}")
        lines.append(Text(translated(said, text=dressed, n=more)))
    click.echo()
    print_lines(lines, indent=2, keep=1, paged=False)


def _dressed(hit: Hit, text: str) -> str:
    """Return what would stand there, with the form of address before and the clitic after it."""
    span, core, whole = hit.identifier.span, hit.identifier.core, hit.transcript.text
    return cleaned(f"{whole[span.start : core.start]}{text}{whole[core.end : span.end]}")


def _decide(plan: MaskPlan, hit: Hit) -> str:
    """Ask until something is decided about *hit*; return the key that did it."""
    if plan.able(hit) and not _ask_who(plan, hit):
        return "s"
    while True:
        key = press(KEYS)
        try:
            if key in {"a", "e"}:
                plan.mask(hit, everywhere=key == "e")
            elif key == "c":
                if not _ask_words(plan, hit):
                    continue
            elif key in {"k", "w"}:
                plan.keep(hit, everywhere=key == "w")
            elif key == "u":
                if not plan.take_back():
                    say(N_("  Nothing of this review to take back yet."))
                    continue
            elif key not in {"s", "q"}:
                continue
        except QualcodeError as error:
            say_error(error)
            continue
        return key


def _ask_words(plan: MaskPlan, hit: Hit) -> bool:
    """Ask what is to stand there, here or everywhere; tell whether something was decided."""
    typed = ask_line(translated(N_("what is to stand there (Enter: back)")))
    if not typed:
        return False
    everywhere = len(plan.together(hit)) > 1
    if everywhere:
        everywhere = press(N_("  e everywhere · h only here")) != "h"
    plan.mask(hit, text=typed, everywhere=everywhere)
    return True


def _ask_who(plan: MaskPlan, hit: Hit) -> bool:
    """Ask who is meant by a name that several bear; tell whether it was said."""
    able = plan.able(hit)[:_MOST]
    say(N_("  It is not clear who is meant here:"))
    for number, each in enumerate(able, 1):
        alias = plan.cast.aliases[each]
        real = " ".join(word[:1].upper() + word[1:] for word in alias.person.words)
        gender = {"f": translated(N_("woman")), "m": translated(N_("man"))}.get(alias.person.gender, "")
        detail = f" ({gender})" if gender else ""
        click.echo(f"    {number} {cleaned(real)}{detail} → {cleaned(' '.join(alias.names))}")
    while True:
        key = press(N_("    n somebody else · s later"))
        if key == "s":
            return False
        if key == "n":
            plan.mean(hit, None)
        elif key.isdigit() and 1 <= int(key) <= len(able):
            plan.mean(hit, able[int(key) - 1])
        else:
            continue
        say(N_("  → {text}"), text=_dressed(hit, plan.text(hit)))
        return True

"""Erase an informant who withdrew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, cleaned, coder_option, open_study, say, show, show_findings
from qualcode.errors import N_, StateError

if TYPE_CHECKING:
    from qualcode.project.erase_verbs import Copies, ErasePreview

Fate = Literal["erase", "blank"]

KINDS = (
    N_("coding"), N_("reading"), N_("memo"), N_("decision"), N_("quote"), N_("relation"), N_("question link"), N_("kept"),
)  # fmt: skip
"""What goes with an informant, for translation."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "Erase an informant who withdrew, for good.\n\n"
        "Shows what goes, asks what becomes of notes that name them, and wants their id typed again. "
        "Local backups are made anew; copies elsewhere are named.\n\n"
        "\b\n"
        "qualcode erase pekerja.qualcode informan-03 --word Sutinem --coder rani\n"
        "qualcode erase pekerja.qualcode informan-03 --free-text blank --yes informan-03"
    ),
)
@click.argument("informant")
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD",
    help=N_("Also look for this in notes: a name, a place. Repeatable."),
)
@click.option(
    "--free-text",
    type=click.Choice(["erase", "blank", "keep"]),
    help=N_(
        "What becomes of notes that name them: all erased, only the words blanked, or kept. Asked one by one without it."
    ),
)
@click.option("--dry-run", is_flag=True, help=N_("Only show what would go."))
@click.option("--yes", "typed", metavar="INFORMANT", help=N_("The informant's id typed again: erase without asking."))
@coder_option
def command(
    informant: str, words: tuple[str, ...], free_text: str | None, dry_run: bool, typed: str | None, coder: str | None
) -> None:
    """Erase an informant."""
    with open_study(coder=coder) as study:
        preview = study.erase_preview(informant, words=words)
        _show(preview)
        if dry_run:
            return
        if typed is None and not sys.stdin.isatty():
            raise StateError(
                N_("erasing is for good and wants to be confirmed"),
                hint=N_("type the informant's id again: --yes {informant}, with --free-text erase, blank or keep"),
                informant=preview.informant.id,
            )
        standing = [one for one in preview.spoken if not one.earlier]
        fates: dict[str, Fate] = {}
        if free_text in {"erase", "blank"}:
            fates = {one.effect: "erase" if free_text == "erase" else "blank" for one in standing}
        elif free_text is None and standing:
            if typed is not None:
                raise StateError(
                    N_("{n} notes name the informant, and nothing says what becomes of them"),
                    hint=N_("say so: --free-text erase, blank or keep"),
                    n=len(standing),
                )
            fates = _asked(preview)
        if typed is None:
            question = translated(
                N_("This cannot be undone. Type {informant} to erase"), informant=preview.informant.id
            )
            typed = click.prompt(question, default="", show_default=False)
        if typed.strip() != preview.informant.id:
            raise StateError(
                N_("nothing was erased: what was typed is not the informant's id"),
                hint=N_("it is {informant}"),
                informant=preview.informant.id,
            )
        done = study.erase(preview.informant.guid, words=words, spoken=fates)
        say(
            N_("Erased: {informant}. The log is whole, and says that something was erased, not what."),
            informant=preview.informant.id,
        )
        if done.preview.backups:
            say(
                N_("Local backups without it: {n}."),
                n=len(done.preview.backups) - sum(f.rule == "purge" for f in done.findings),
            )
        show_findings(done.findings)
        _name_copies(done.preview.copies)


def _show(preview: ErasePreview) -> None:
    """Print what would go."""
    say(N_("What goes with {informant}:"), informant=preview.informant.id)
    rows: list[dict[str, object]] = []
    rows += [{"what": translated(N_("transcript, whole")), "which": name} for name in preview.transcripts]
    rows += [
        {"what": translated(N_("turns blocked out; others speak there, too")), "which": f"{name}: {n}"}
        for name, n in preview.blocked.items()
    ]
    rows += [{"what": translated(kind.replace("_", " ")), "which": str(n)} for kind, n in preview.counts.items()]
    earlier = sum(one.earlier for one in preview.spoken)
    if earlier:
        rows.append({"what": translated(N_("earlier versions of notes that name them")), "which": str(earlier)})
    show(rows or [{"what": "–", "which": "–"}], as_json=False, columns={"what": N_("what"), "which": N_("which")})
    if preview.words:
        say(N_("Looked for in notes: {words}"), words=", ".join(preview.words))
    if preview.repeated:
        say(N_("and what they said, word for word, in {n} places"), n=len(preview.repeated))
    standing = [one for one in preview.spoken if not one.earlier]
    if standing:
        say(N_("Notes and names that speak of them and would stay:"))
        found = [
            {"n": n, "what": translated(one.what), "where": one.where, "excerpt": cleaned(one.excerpt)}
            for n, one in enumerate(standing, 1)
        ]
        show(found, as_json=False, columns={"n": "#", "what": N_("what"), "where": N_("where"), "excerpt": N_("text")})
    for name, lines in preview.said.items():
        say(
            N_("Others say it, too, in {transcript}, line {lines}: that stays, unless you mask it (qualcode mask)"),
            transcript=name,
            lines=", ".join(map(str, lines[:10])) + (" …" if len(lines) > 10 else ""),
        )
    _name_copies(preview.copies)


def _asked(preview: ErasePreview) -> dict[str, Fate]:
    """Ask what becomes of each note."""
    fates: dict[str, Fate] = {}
    choices: dict[str, Fate | None] = {"e": "erase", "b": "blank", "k": None}
    for one in preview.spoken:
        if one.earlier:
            continue
        place = " ".join(filter(None, (translated(one.what), one.where)))
        say(N_("{place}: {excerpt}"), place=place, excerpt=cleaned(one.excerpt))
        answer = ""
        while answer not in choices:
            answer = (
                click.prompt(translated(N_("e erase it, b blank the words, k keep it")), default="b").strip().lower()
            )
        fate = choices[answer]
        if fate is not None:
            fates[one.effect] = fate
    return fates


def _name_copies(copies: Copies) -> None:
    """Print the copies that erasing does not reach."""
    if not (copies.beside or copies.elsewhere or copies.shared):
        return
    say(N_("Erasing does not reach these copies:"))
    for name in copies.beside:
        say(N_("- {name}, beside the study: open it with qualcode, and it is erased there, too"), name=name)
    for name in copies.elsewhere:
        say(N_("- {name}, opened in another folder of this computer: open it, and it is erased there, too"), name=name)
    for one in copies.shared:
        say(
            N_("- {name} ({what}, made by {coder} on {day}): make it anew, and ask for it back where it was given"),
            name=one.name,
            what=translated(one.what),
            coder=one.coder,
            day=f"{one.at:%Y-%m-%d}" if one.at else "–",
        )

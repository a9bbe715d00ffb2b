"""Deciding on hits and doing what was decided, for a study and for files that are brought in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import spoken, translated
from qualcode.cli._mask_options import require_a_way
from qualcode.cli._mask_sitting import ask_same_names, context, go_through, kind_name
from qualcode.cli._options import cleaned, confirm, say, show, show_findings
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.project.mask_mentions import Spoken
    from qualcode.project.mask_pending import Pending
    from qualcode.project.mask_plan import MaskPlan
    from qualcode.project.mask_verbs import MaskReport

__all__ = ["choose_rewrites", "confirm_masking", "decided_on", "say_report", "show_hits"]


def decided_on(
    plan: MaskPlan, pending: Pending, *, listed: Path | None, decided: Path | None, names: Mapping[str, str]
) -> bool:
    """Have the hits of *plan* decided on, at the terminal or by a table; tell whether what was decided is to be done now.

    Parameters
    ----------
    pending : Pending
        Keeps decisions of a sitting that is stopped.
    listed, decided : Path or None
        Where a table of hits is to be written, or read with decisions.
    names : mapping of str to str
        Names of transcripts by guid.
    """
    from qualcode.project.mask_table import decide, write_list

    require_a_way(listed, decided)
    if listed is not None:
        pending.restore(plan)
        n = write_list(plan, listed, language=spoken(), context=context)
        say(
            N_(
                "{n} hits were written to {path}. It holds real names: keep it as you keep the transcripts, and delete it after --apply."
            ),
            n=n,
            path=listed,
        )
        return False
    if decided is not None:
        silent = decide(plan, decided)
        if silent:
            say(N_("{n} hits in the table are not decided on and stay as they are."), n=silent)
        return bool(plan.decisions)
    ask_same_names(plan, dict(names))
    restored = pending.restore(plan)
    if restored:
        say(N_("{n} decisions of an earlier sitting are kept; you go on from there."), n=restored)
    try:
        return go_through(plan, pending.save)
    except (click.Abort, KeyboardInterrupt):
        if plan.decisions:
            click.echo()
            say(N_("Nothing was masked. Your decisions are kept on this machine; run this again to go on."))
        raise


def confirm_masking(plan: MaskPlan, *, keyless: bool) -> bool:
    """Ask whether what was decided is to be done, for good."""
    masked = plan.masked()
    if not masked:
        return True
    click.echo()
    say(
        N_(
            "{places} places in {n} transcripts are masked. The unmasked texts and original files leave the study and its local backups for good."
        ),
        places=len(masked),
        n=len({hit.transcript.guid for hit in masked}),
    )
    if keyless:
        say(N_("Without a key nobody can find the names again."))
    return confirm(translated(N_("Mask now?")))


def show_hits(plan: MaskPlan, *, as_json: bool) -> None:
    """Show how many hits of each kind there are in each transcript; no words of the texts."""
    counted = Counter((hit.transcript.name, kind_name(hit), hit.identifier.is_specific) for hit in plan.hits)
    rows = [
        {"transcript": cleaned(name), "kind": kind, "specific": specific, "hits": n}
        for (name, kind, specific), n in counted.items()
    ]
    columns = {
        "transcript": N_("Transcript"),
        "kind": N_("Kind"),
        "specific": N_("Leads to one person"),
        "hits": N_("Hits"),
    }
    show(rows, as_json=as_json, columns=columns)


def say_report(report: MaskReport, *, key: Path | None) -> None:
    """Say what masking did, and what is left to the person."""
    say(N_("Masked: {places} places in {n} transcripts."), places=report.places, n=report.transcripts)
    if report.kept:
        say(N_("Decisions to keep something as it is: {n}."), n=report.kept)
    if report.rewritten:
        say(N_("Written anew with the same pseudonyms: {what}."), what=_counted(report.rewritten))
    if report.left:
        say(
            N_(
                "Left as it is, although it speaks of what was masked: {what}. Rules and codes as they are shipped stay; for the rest see qualcode search."
            ),
            what=_counted(report.left),
        )
    show_findings(report.findings)
    if report.transcripts:
        say(N_("The files you imported from, and copies of the study elsewhere, still hold the names."))
    if key is not None and report.transcripts:
        say(N_("Who is who is kept in {path}; show it with: qualcode mask --show-key --key {path}"), path=key)


def _counted(found: Sequence[Spoken]) -> str:
    """Return how many of each kind there are, in words."""
    counts = Counter(each.kind.replace("_", " ") for each in found)
    return ", ".join(f"{n} {translated(kind)}" for kind, n in counts.items())


def choose_rewrites(found: Sequence[Spoken]) -> bool:
    """Show free text that speaks of what is masked, and ask whether it is written anew."""
    click.echo()
    say(N_("Memos and other free text that speak of what is masked: {n}"), n=len(found))
    for each in found:
        click.echo(f"  {translated(each.kind.replace('_', ' '))}: {cleaned(each.excerpt)}")
    return confirm(translated(N_("Put the same pseudonyms there too? (what was there is erased)")))

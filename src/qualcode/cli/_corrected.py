"""A corrected copy of a coded transcript: its differences shown, and taken once a person says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli import language
from qualcode.cli._options import confirm, say, show, show_findings, show_json
from qualcode.cli._words import in_words
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.project import Project

__all__ = ["take_corrected"]

COLUMNS = {
    "what": N_("what"),
    "transcript": N_("transcript"),
    "turn": N_("turn"),
    "mark": N_("mark"),
    "before": N_("before"),
    "after": N_("after"),
}


def take_corrected(study: Project, document: Path, *, yes: bool, as_json: bool) -> None:
    """Show what a corrected copy changes, ask, and take it in."""
    from qualcode import i18n

    found = study.read_corrected(document)
    rows = [each.to_row() for each in found.differences]
    if as_json:
        show_json({"summary": found.counts, "differences": rows})
    elif rows:
        show([row | {"what": in_words(row["what"])} for row in rows], as_json=False, columns=COLUMNS)
    show_findings(found.findings)
    taken = len(rows) - found.counts["text"]
    if found.counts["text"] and not as_json:
        say(
            N_("{n} turns say something else than the transcript; that is not taken from a copy."),
            n=found.counts["text"],
        )
    if not taken:
        if not as_json:
            say(N_("There is nothing to take from {file}."), file=document.name)
        return
    _ = i18n.translator(language())
    asked = not yes and not as_json and sys.stdin.isatty()
    if not (yes or (asked and confirm(_(N_("Take these {n} changes into the study?"), n=taken)))):
        if not as_json:
            say(N_("Nothing was changed; take them with --yes."))
        return
    taken_in, candidates = study.take_corrected(found)
    if not as_json:
        say(
            N_("{n} changes taken as {coder}; {codes} new candidate codes. Undo with: qualcode undo"),
            n=len(taken_in.differences) - taken_in.counts["text"],
            coder=study.coder,
            codes=len(candidates),
        )

"""Bringing transcripts in without the names, at the terminal or by a table of hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.cli._help import translated
from qualcode.cli._mask_options import ask_key, names_in, require_a_way, require_key_choice
from qualcode.cli._mask_run import decided_on
from qualcode.cli._options import confirm, say
from qualcode.cli._progress import progress
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.project import ImportReport, Project

__all__ = ["import_masked", "require_masking"]


def require_masking(masking: Mapping[str, Any], *, wanted: bool, looking: bool) -> None:
    """Refuse options that do not go together.

    Raises
    ------
    InputError
        Where masking is asked for of an import that stores nothing, or its options are given without it.
    """
    given = [name for name in ("key_path", "no_key", "names", "listed", "decided") if masking[name]]
    if not wanted:
        if given:
            raise InputError(N_("these options go with --mask"), hint=N_("add --mask, or leave them out"))
        return
    if looking:
        raise InputError(
            N_("--mask does not go with --dry-run, --explain or --write-hints"),
            hint=N_("look at what is recognised first, without --mask; nothing is stored then"),
        )
    if masking["listed"] is None:
        require_key_choice(masking["key_path"], masking["no_key"])
        require_a_way(None, masking["decided"])


def import_masked(
    study: Project,
    files: Sequence[Path],
    reading: Mapping[str, Any],
    masking: Mapping[str, Any],
    *,
    types: Mapping[str, str],
    revise: bool,
) -> ImportReport | None:
    """Read files, have what is found in them decided on, and take them in masked; None where nothing was taken."""
    listed, decided, key_path = masking["listed"], masking["decided"], masking["key_path"]
    key = None if key_path is None else ask_key(study, key_path, make=listed is None)
    with progress(N_("Reading")) as step:
        read = study.read_to_mask(
            files, names=names_in(masking["names"]), style=masking["style"], key=key, progress=step, **reading
        )
    if read.plan.hits or listed is not None:
        done = decided_on(read.plan, read.pending, listed=listed, decided=decided, names=read.names)
        if listed is not None:
            return None
        still = len(read.plan.open)
        if not done or (still and decided is None and not _goes_in(still)):
            say(N_("Nothing was brought in. Your decisions are kept on this machine; run this again to go on."))
            return None
    return study.import_masked(read, key=key, attributes=reading["attributes"], types=types, revise=revise)


def _goes_in(still: int) -> bool:
    """Ask whether texts are taken in of which something is not decided."""
    say(N_("{n} hits are not decided on and would be stored as they are."), n=still)
    return confirm(translated(N_("Bring the transcripts in now?")))

"""Put a backup in a study's place."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli._options import StudyVerb, find_study, json_option, say, show
from qualcode.cli._passphrase import unlock
from qualcode.cli._words import in_words, local
from qualcode.errors import N_


@click.command(
    cls=StudyVerb,
    help=N_(
        "List backups, or put one in place.\n\nThe present file is kept among the backups.\n\n"
        "\b\n"
        "qualcode restore pekerja.qualcode\n"
        "qualcode restore pekerja.qualcode --from pekerja-2025-03-12.qualcode"
    ),
)
@click.option("--from", "backup", type=click.Path(path_type=Path), help=N_("The backup to put in place."))
@json_option
def command(backup: Path | None, as_json: bool) -> None:
    """Restore a backup."""
    from qualcode.project import Project

    study = find_study()
    unlock(study)
    if backup is None:
        rows = Project.backups(study)
        if not as_json:
            rows = [row | {"at": local(row["at"]), "reason": in_words(row["reason"])} for row in rows]
        show(
            rows,
            as_json=as_json,
            columns={"file": N_("backup"), "at": N_("made"), "reason": N_("why"), "kB": N_("size (kB)")},
        )
        if not rows and not as_json:
            say(N_("No backups yet; one is made each day when the study is opened for writing."))
        return
    kept = Project.restore(study, backup)
    if kept is None:
        say(N_("Restored."))
    else:
        say(N_("Restored. The file that stood there is kept as {path}"), path=kept)

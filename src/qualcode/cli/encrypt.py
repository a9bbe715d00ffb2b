"""Encrypt a study."""

from __future__ import annotations

import click

from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, confirm, find_study, say, show_findings
from qualcode.cli._passphrase import new_passphrase, unlock
from qualcode.errors import N_, StateError


@click.command(
    cls=StudyVerb,
    help=N_(
        "Encrypt a study and its backups with a passphrase.\n\n"
        'Needs pip install "qualcode[sandi]". From then on every verb asks for the passphrase, or takes it from QUALCODE_PASSPHRASE. '
        "Whoever forgets it has lost the study.\n\n"
        "\b\n"
        "qualcode encrypt pekerja.qualcode\n"
        "qualcode encrypt pekerja.qualcode --remove"
    ),
)
@click.option("--remove", is_flag=True, help=N_("Make an encrypted study plain again."))
@click.option("--yes", is_flag=True, help=N_("Do not ask before making it plain."))
def command(remove: bool, yes: bool) -> None:
    """Encrypt a study."""
    from qualcode.project import Project

    study = find_study()
    if remove:
        unlock(study)
        if not yes and not confirm(translated(N_("Anyone who has the file can read it then. Make it plain?"))):
            raise StateError(N_("the study stays encrypted"))
        show_findings(Project.make_plain(study))
        say(N_("{name} and its backups are plain files now."), name=study.name)
        return
    show_findings(Project.encrypt(study, new_passphrase()))
    say(N_("{name} and its backups are encrypted now."), name=study.name)
    say(N_("Other copies are not, and free places of the disk may still hold the plain file: encrypt the disk, too."))

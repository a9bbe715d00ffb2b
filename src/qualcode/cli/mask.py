"""Put pseudonyms in the place of names, and words in the place of numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli._help import language
from qualcode.cli._mask_options import ask_key, key_options, names_in, require_a_way, require_key_choice
from qualcode.cli._mask_run import choose_rewrites, confirm_masking, decided_on, say_report, show_hits
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show
from qualcode.cli._progress import progress
from qualcode.cli._progress import waiting as busy
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.privacy.key import KeyFile
    from qualcode.project import Project
    from qualcode.project.mask_plan import MaskPlan


@click.command(
    cls=StudyVerb,
    help=N_(
        "Put pseudonyms in the place of names, and words in the place of numbers.\n\n"
        "What may tell who somebody is (names, places, institutions, NIK, NPWP, BPJS and telephone numbers, e-mail, plates, accounts, addresses, "
        "dates of birth) is found and shown, one hit at a time, and you decide. One person is called alike in the whole study. Codings stay on "
        "their words; the unmasked texts and original files leave the study and its local backups for good.\n\n"
        "Keys: a mask here, e mask everywhere, c other words, k keep here, w keep everywhere, s later, u undo, q stop. Nothing changes before the end; "
        "a sitting that is stopped goes on where it was.\n\n"
        "The key file keeps who is who, encrypted with a passphrase (asked for, or in QUALCODE_KEY_PASSPHRASE). It is never needed to work; with it, later "
        "transcripts call the same people alike.\n\n"
        "\b\n"
        "qualcode mask pekerja.qualcode --key /media/stik/pekerja.key\n"
        "qualcode mask pekerja.qualcode --list hits.csv\n"
        "qualcode mask pekerja.qualcode --apply hits.csv --key /media/stik/pekerja.key\n"
        "qualcode mask pekerja.qualcode --show-key --key /media/stik/pekerja.key"
    ),
)
@click.argument("transcripts", nargs=-1)
@key_options
@click.option(
    "--originals", is_flag=True, help=N_("Keep the files that the transcripts were read from in the key file too.")
)
@click.option(
    "--no-rewrite",
    is_flag=True,
    help=N_("With --apply: leave memos and other free text that speak of what is masked as they are."),
)
@click.option("--show-key", is_flag=True, help=N_("Show who is who, instead of masking."))
@click.option("--dry-run", is_flag=True, help=N_("Say how many hits there are, and change nothing."))
@coder_option
@json_option
def command(transcripts: tuple[str, ...], coder: str | None, as_json: bool, **how: Any) -> None:
    """Mask a study."""
    key_path: Path | None = how["key_path"]
    if how["show_key"]:
        _show_key(key_path, as_json=as_json)
        return
    looking = how["dry_run"] or how["listed"] is not None
    if not looking:
        require_key_choice(key_path, how["no_key"])
        require_a_way(None, how["decided"])
    with open_study(coder=coder, readonly=looking) as study:
        if not looking:
            study.require_coder()
        known = names_in(how["names"])
        key = None if key_path is None else ask_key(study, key_path, make=not looking)
        with progress(N_("Looking")) as step:
            plan = study.masking(transcripts, names=known, style=how["style"], key=key, progress=step)
        if how["dry_run"]:
            show_hits(plan, as_json=as_json)
            return
        _mask(study, plan, key, how)


def _mask(study: Project, plan: MaskPlan, key: KeyFile | None, how: dict[str, Any]) -> None:
    """Have hits decided on, and do what was decided."""
    if not plan.hits:
        say(N_("Nothing was found that may tell who somebody is. Names that no rule knows can be given with --names."))
        return
    pending = study.pending_of(plan)
    names = {transcript.guid: transcript.name for transcript in study.corpus().transcripts}
    if not decided_on(plan, pending, listed=how["listed"], decided=how["decided"], names=names):
        return
    asked = how["decided"] is None
    if asked and not confirm_masking(plan, keyless=key is None):
        say(N_("Nothing was masked. Your decisions are kept on this machine; run this again to go on."))
        return
    mentions = tuple(each for each in study.mentions_of(plan) if each.words)
    if mentions and (how["no_rewrite"] or (asked and not choose_rewrites(mentions))):
        mentions = ()
    with busy(N_("Masking, and taking what was there out of the file and its backups …")):
        report = study.mask(plan, key=key, originals=how["originals"], rewrite=mentions)
    pending.discard()
    say_report(report, key=how["key_path"])


def _show_key(path: Path | None, *, as_json: bool) -> None:
    """Show what a key file knows."""
    from qualcode.project.mask_verbs import alias_rows

    if path is None:
        raise InputError(N_("name the key file with --key"))
    with open_study(readonly=True) as study:
        key = ask_key(study, path, make=False)
        rows = alias_rows(key, study.corpus(), language=language())
    columns = {"kind": N_("Kind"), "called": N_("Called"), "real": N_("Really"), "where": N_("Where")}
    show(rows, as_json=as_json, columns=columns)
    if sys.stdout.isatty():
        say(N_("These are real names: do not leave them on the screen."))

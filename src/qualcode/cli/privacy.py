"""Say what a study keeps where, what leaves the machine, and what is masked and consented to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli._help import translated
from qualcode.cli._options import StudyVerb, json_option, open_study, say, show, show_json
from qualcode.errors import N_
from qualcode.model import IdentifierKind

if TYPE_CHECKING:
    from qualcode.project.privacy_verbs import PrivacyState

KINDS = {
    IdentifierKind.PERSON: N_("name of a person"),
    IdentifierKind.PLACE: N_("place"),
    IdentifierKind.INSTITUTION: N_("institution"),
    IdentifierKind.NIK: N_("NIK or number of a family card"),
    IdentifierKind.NPWP: N_("tax number (NPWP)"),
    IdentifierKind.BPJS: N_("BPJS number"),
    IdentifierKind.PHONE: N_("telephone number"),
    IdentifierKind.EMAIL: N_("e-mail address"),
    IdentifierKind.PLATE: N_("number plate"),
    IdentifierKind.ACCOUNT: N_("bank account"),
    IdentifierKind.ADDRESS: N_("address"),
    IdentifierKind.BIRTH: N_("date of birth"),
    IdentifierKind.HANDLE: N_("name in social media"),
}
"""What people are shown for a kind."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "Say what is stored where, what leaves this machine, and what is masked and consented to.\n\n"
        "Nothing is changed, and none of the words found is shown.\n\n"
        "\b\n"
        "qualcode privacy pekerja.qualcode\n"
        "qualcode privacy pekerja.qualcode --json"
    ),
)
@json_option
def command(as_json: bool) -> None:
    """Say how private the study is."""
    with open_study(readonly=True) as study:
        state = study.privacy()
    if as_json:
        show_json(_plain(state))
        return
    _stored(state)
    _leaving(state)
    _masking(state)
    _consent(state)


def _stored(state: PrivacyState) -> None:
    say(N_("What is stored, and where"))
    rows = [{"what": translated(what), "where": where} for what, where in state.stored]
    show(rows, as_json=False, columns={"what": N_("what"), "where": N_("where")})
    if state.is_encrypted:
        say(N_("The study is encrypted: without its passphrase nobody reads it."))
    else:
        say(N_("The study is not encrypted: whoever has the file can read it. Encrypt the disk, or the study."))
    say(N_("{n} of the files that were read are kept in the study as they came."), n=state.originals)
    say(N_("A key file (who has which pseudonym) is never inside the study; it is where you put it, encrypted."))


def _leaving(state: PrivacyState) -> None:
    click.echo()
    say(N_("What leaves this machine"))
    say(N_("Nothing. qualcode does not use the network; there is no telemetry, no update, no download."))
    if state.shared:
        say(N_("Reports and exports that were made, wherever they are now: {names}"), names=", ".join(state.shared))
    else:
        say(N_("No report or export is in the log."))


def _masking(state: PrivacyState) -> None:
    click.echo()
    say(N_("Masking"))
    if state.is_simulated:
        say(N_("The study says that its people and words are made up, so it is not searched for real ones."))
        return
    say(
        N_("{transcripts} transcripts; {masked} places masked; {kept} decisions that something may stay."),
        transcripts=state.transcripts,
        masked=state.masked,
        kept=state.kept,
    )
    if not state.unreviewed:
        say(N_("Nothing was found that nobody has decided about. A person may still find more."))
        return
    rows = [
        {"kind": translated(KINDS[kind]), "name": kind.value, "n": n, "held": state.specific.get(kind, 0)}
        for kind, n in state.unreviewed.items()
    ]
    columns = {
        "kind": N_("kind"),
        "name": "--allow",
        "n": N_("not reviewed"),
        "held": N_("of these keep a report back"),
    }
    show(rows, as_json=False, columns=columns)
    held = sum(state.specific.values())
    if held:
        say(N_("Reports and exports are refused while {n} of these are not reviewed: qualcode mask"), n=held)
    else:
        say(N_("Names, places and institutions in talk keep no report back; look through them with: qualcode mask"))


def _consent(state: PrivacyState) -> None:
    click.echo()
    say(N_("Consent"))
    if not state.consents:
        say(N_("No consent is recorded for any of {n} informants: reports show everybody's words."), n=state.informants)
        return
    say(
        N_(
            "{consents} of {n} informants have an entry; the words of {withheld} are withheld; {due} are due for erasing."
        ),
        consents=state.consents,
        n=state.informants,
        withheld=state.withheld,
        due=state.due,
    )


def _plain(state: PrivacyState) -> dict[str, object]:
    return {
        "stored": [{"what": what, "where": where} for what, where in state.stored],
        "leaves_this_machine": [],
        "encrypted": state.is_encrypted,
        "simulated": state.is_simulated,
        "transcripts": state.transcripts,
        "originals": state.originals,
        "masked": state.masked,
        "kept": state.kept,
        "unreviewed": {kind.value: n for kind, n in state.unreviewed.items()},
        "keep_a_report_back": {kind.value: n for kind, n in state.specific.items()},
        "informants": state.informants,
        "consents": state.consents,
        "withheld": state.withheld,
        "due": state.due,
        "shared": list(state.shared),
    }

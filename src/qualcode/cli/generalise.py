"""See and choose how attributes are made coarser before they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import language
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_json
from qualcode.errors import N_, InputError

if TYPE_CHECKING:
    from qualcode.privacy.generalise import Coarsened
    from qualcode.project.generalise_verbs import Generalisation

HEADINGS = {
    "attribute": N_("attribute"),
    "law": N_("UU 27/2022 Pasal 4"),
    "form": N_("shown as"),
    "n": N_("with a value"),
    "undefined": N_("not coarser"),
    "becomes": N_("what becomes of it"),
}
MOST = 6
"""How many values of an attribute are shown."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "See and choose how attributes are made coarser before they are shown.\n\n"
        "Without options the preview: what would become of each attribute, which are specific personal data, and how many informants are still "
        "alone with theirs. Forms are keep, band:SIZE, area (district or larger), kind (of place), job (group of occupations), year and hide. "
        "With --on reports and exports show the coarser forms from now on; once, without setting it: qualcode report --generalise\n\n"
        "\b\n"
        "qualcode generalise pekerja.qualcode\n"
        "qualcode generalise pekerja.qualcode usia=band:5 agama=hide\n"
        "qualcode generalise pekerja.qualcode usia=band:5 --on"
    ),
)
@click.argument("forms", nargs=-1, metavar="[ATTRIBUTE=FORM]...")
@click.option("--on", is_flag=True, help=N_("Show attributes so from now on."))
@click.option("--off", is_flag=True, help=N_("Show attributes as recorded from now on."))
@coder_option
@json_option
def command(forms: tuple[str, ...], on: bool, off: bool, coder: str | None, as_json: bool) -> None:
    """See and choose how attributes are made coarser."""
    if on and off:
        raise InputError(N_("--on and --off exclude each other"))
    chosen = _parsed(forms)
    with open_study(coder=coder, readonly=not (on or off)) as study:
        if off:
            study.show_as_recorded()
        found = (
            study.generalise(chosen, language=language()) if on else study.generalisation(chosen, language=language())
        )
    if as_json:
        show_json(_json(found))
        return
    if found.attributes:
        show([_row(each) for each in found.attributes], as_json=False, columns=HEADINGS)
    else:
        say(N_("Informants have no attributes in this study."))
    say(
        N_("Alone with their attributes: {recorded} of {n} informants as recorded, {coarser} of {n} made coarser."),
        recorded=found.alone_recorded,
        coarser=found.alone_coarser,
        n=found.n_informants,
    )
    if found.in_force:
        say(N_("Reports and exports show attributes in the coarser form."))
    else:
        say(
            N_(
                "Reports and exports show attributes as recorded: --on changes that, or once: qualcode report --generalise"
            )
        )


def _parsed(forms: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in forms:
        name, sign, form = text.partition("=")
        if not (name and sign and form):
            raise InputError(N_("{text!r} is not of the form ATTRIBUTE=FORM"), text=text)
        found[name] = form
    return found


def _row(each: Coarsened) -> dict[str, object]:
    from qualcode import i18n
    from qualcode.privacy.generalise import form_words

    _ = i18n.translator(language())
    sort = _(each.sort.what)
    shown = [f"{value} → {'–' if made is None else made} ({n})" for value, made, n in each.becomes[:MOST]]
    more = [f"… (+{len(each.becomes) - MOST})"] if len(each.becomes) > MOST else []
    return {
        "attribute": each.attribute,
        "law": _(N_("specific: {what}"), what=sort) if each.sort.specific else sort,
        "form": form_words(each.form, _, language()),
        "n": each.n,
        "undefined": each.undefined,
        "becomes": "" if each.form in {"keep", "hide"} else "; ".join([*shown, *more]),
    }


def _json(found: Generalisation) -> dict[str, object]:
    return {
        "in_force": found.in_force,
        "n_informants": found.n_informants,
        "alone_recorded": found.alone_recorded,
        "alone_coarser": found.alone_coarser,
        "attributes": [
            {
                "attribute": each.attribute,
                "specific": each.sort.specific,
                "sort": each.sort.what,
                "form": each.form,
                "n": each.n,
                "undefined": each.undefined,
                "becomes": [{"value": value, "shown": made, "n": n} for value, made, n in each.becomes],
            }
            for each in found.attributes
        ],
    }

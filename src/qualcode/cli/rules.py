"""Show what keyword rules catch and miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_json
from qualcode.cli._passages import passage_lines
from qualcode.cli._progress import waiting
from qualcode.cli._words import standing
from qualcode.errors import N_, InputError, shorten

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.suggesters.patterns import RuleEffect

WIDTH = 60


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show what keyword rules catch and miss.\n\nFor each code, or each rule of a CODE: how many passages it catches, how many of those that people have read they coded so "
        "(with the interval at 95 %), and how many passages coded so it misses. A passage is what an informant says in one segment of the study. "
        "--try says it of a rule before it is added; rules are changed with `qualcode codebook edit`.\n\n"
        "\b\n"
        "qualcode rules pekerja.qualcode\n"
        "qualcode rules pekerja.qualcode jaminan-sosial --rule 3 --show\n"
        'qualcode rules pekerja.qualcode jaminan-sosial --try "iuran NEAR/5 berat" --show'
    ),
)
@click.argument("code", required=False)
@click.option("--try", "tried", metavar="RULE", help=N_("A rule to try; nothing is changed."))
@click.option("--rule", "number", type=click.IntRange(min=1), help=N_("Number of the only rule to look at."))
@click.option("--show", "with_passages", is_flag=True, help=N_("List the passages caught and missed."))
@click.option("--all", "everything", is_flag=True, help=N_("Also rules that catch nothing."))
@coder_option
@json_option
def command(
    code: str | None,
    tried: str | None,
    number: int | None,
    with_passages: bool,
    everything: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Show what rules do."""
    if code is None and (tried is not None or number is not None):
        raise InputError(N_("name the code whose rule this is"), hint=N_("as in: qualcode rules CODE --try RULE"))
    with open_study(coder=coder, readonly=True) as study:
        key = standing(study.codebook, code) if code is not None else None
        with waiting(N_("Looking for the words of the rules …")):
            if key is not None and tried is not None:
                numbered: list[tuple[int | None, RuleEffect]] = [(None, study.try_rule(key, tried))]
            else:
                numbered = _numbered(study.rules(key), key, number)
        if as_json:
            _show_json(study, numbered, with_passages)
            return
        _show(study, numbered, key, everything=everything or number is not None or tried is not None)
        if with_passages:
            _show_passages(study, [effect for _, effect in numbered][-1])


def _numbered(
    effects: tuple[RuleEffect, ...], key: str | None, number: int | None
) -> list[tuple[int | None, RuleEffect]]:
    """Return effects with the place of each rule in its code; only the one asked for, where one is."""
    if key is None:
        return [(None, effect) for effect in effects]
    if number is None:
        return [*enumerate(effects[:-1], 1), (None, effects[-1])]
    if number > len(effects) - 1:
        raise InputError(N_("{code!r} has {n} rules, no number {number}"), code=key, n=len(effects) - 1, number=number)
    return [(number, effects[number - 1])]


def _show(study: Project, numbered: list[tuple[int | None, RuleEffect]], key: str | None, *, everything: bool) -> None:
    """Print the table, the rules that catch most first, all together last."""
    from qualcode.project.rule_rows import effect_row

    rows = [effect_row(effect, number) for number, effect in numbered]
    silent = 0 if everything or key is None else sum(not row["passages"] and row["rule"] != "" for row in rows)
    if key is not None:
        rows.sort(key=lambda row: (row["rule"] == "", -int(str(row["passages"]))))
        if not everything:
            rows = [row for row in rows if row["passages"] or row["rule"] == ""]
    shown = [
        row
        | {
            "rule": shorten(str(row["rule"]), WIDTH) or translated(N_("all rules together")),
            "so": translated(N_("{k} of {n}"), k=row["coded_so"], n=row["read"]) if row["read"] else None,
            "doubt": _between(row["at_least"], row["at_most"]),
            "missed": translated(N_("{k} of {n}"), k=row["missed"], n=row["coded"]) if row["coded"] else None,
        }
        for row in rows
    ]
    show(
        shown,
        as_json=False,
        columns={
            **({"code": N_("code")} if key is None else {"number": N_("no."), "rule": N_("rule")}),
            "passages": N_("passages"),
            "informants": N_("informants"),
            "so": N_("coded so, of those read"),
            "doubt": N_("95 % between"),
            "missed": N_("coded passages missed"),
        },
    )
    if silent:
        say(N_("{n} more rules catch nothing here; --all shows them."), n=silent)
    if key is not None and not study.codebook.code(key).keywords and len(numbered) == 1 and not numbered[0][1].rule:
        say(N_("{code} has no rules. Try one: qualcode rules {code} --try RULE"), code=key)
    if key is not None and not numbered[-1][1].coded:
        say(N_("Nobody has coded a passage so: what the rules miss is not known."))
    elif not any(effect.coded for _, effect in numbered):
        say(N_("Nothing is coded yet: what the rules are worth is not known."))
    say(N_("Rules find part of what is said; what they catch is to be read, no coding."))


def _between(low: object, high: object) -> str | None:
    from qualcode import i18n

    if not isinstance(low, float) or not isinstance(high, float):
        return None
    return f"{i18n.number(round(low, 2), language())}–{i18n.number(round(high, 2), language())}"


def _show_passages(study: Project, effect: RuleEffect) -> None:
    from qualcode.project.rule_rows import MISSED, passage_rows

    headed = False
    for row in passage_rows(study.corpus(), effect):
        if row["known"] == MISSED and not headed:
            headed = True
            click.echo()
            say(N_("Coded so, and missed:"))
        for line in passage_lines(row | ({"known": ""} if headed else {})):
            click.echo(line)


def _show_json(study: Project, numbered: list[tuple[int | None, RuleEffect]], with_passages: bool) -> None:
    from qualcode.project.rule_rows import effect_row, passage_rows

    rows = []
    for number, effect in numbered:
        row = effect_row(effect, number)
        if with_passages:
            row["shown"] = list(passage_rows(study.corpus(), effect))
        rows.append(row)
    show_json(rows)

"""Show rules that the codings teach, and decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import StudyVerb, coder_option, json_option, open_study, say, show, show_json
from qualcode.cli._progress import waiting
from qualcode.cli._review_keys import press
from qualcode.cli._words import in_words, local, standing
from qualcode.cli._wrapping import wrapped
from qualcode.errors import N_, InputError, shorten

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.suggesters.patterns import LearntRules, ProposedRule

KEYS = N_("  a accept · l accept and lock · f forbid · s skip · q stop")
SHORT_KEYS = N_("  a accept  l lock  f forbid  s skip  q stop")


@click.command(
    cls=StudyVerb,
    help=N_(
        "Show keyword rules that the codings teach, and decide about them.\n\nWords and pairs of words that stand where people gave a code, and hardly elsewhere; none is a rule before you accept it. "
        "--accept adds it to the codebook, --lock lets a rule stay as it is, --forbid never has it proposed again, --free takes such a decision back; `qualcode undo` takes back the last one. "
        "--decide goes through the proposals one by one: a accept, l accept and lock, f forbid, s skip, q stop.\n\n"
        "\b\n"
        "qualcode patterns pekerja.qualcode\n"
        "qualcode patterns pekerja.qualcode jaminan-sosial --decide\n"
        'qualcode patterns pekerja.qualcode jaminan-sosial --accept "iuran NEAR/4 berat"\n'
        "qualcode patterns pekerja.qualcode --decided"
    ),
)
@click.argument("code", required=False)
@click.option(
    "-n", default=5, show_default=True, type=click.IntRange(min=1), help=N_("How many for each code at most.")
)
@click.option(
    "--accept", metavar="RULE", help=N_("Add this rule to the code, or put it in the place of the one it narrows.")
)
@click.option("--lock", metavar="RULE", help=N_("Let this rule of the code stay as it is."))
@click.option("--forbid", metavar="RULE", help=N_("Never propose this rule for the code again."))
@click.option("--free", metavar="RULE", help=N_("Take back what was decided about this rule."))
@click.option("--decide", is_flag=True, help=N_("Decide about the proposals one by one."))
@click.option("--decided", is_flag=True, help=N_("Show what was decided about rules."))
@coder_option
@json_option
def command(
    code: str | None,
    n: int,
    decide: bool,
    decided: bool,
    coder: str | None,
    as_json: bool,
    **acts: str | None,
) -> None:
    """Show or decide about learnt rules."""
    chosen = {name: rule for name, rule in acts.items() if rule is not None}
    if len(chosen) + decide + decided > 1:
        raise InputError(
            N_("one decision at a time"), hint=N_("give one of --accept, --lock, --forbid, --free, --decide, --decided")
        )
    if chosen and code is None:
        raise InputError(N_("name the code whose rule this is"), hint=N_("as in: qualcode patterns CODE --accept RULE"))
    with open_study(coder=coder, readonly=not (chosen or decide)) as study:
        key = standing(study.codebook, code) if code is not None else None
        if decided:
            _show_decided(study, key, as_json=as_json)
        elif chosen and key is not None:
            ((act, rule),) = chosen.items()
            _act(study, key, act, rule)
        else:
            with waiting(N_("Looking for words that go with the codes …")):
                learnt = study.learn_rules(key, n=n)
            if decide:
                _decide(study, learnt.proposals)
            else:
                _show(learnt, as_json=as_json)


def _act(study: Project, key: str, act: str, rule: str) -> None:
    """Do what was decided about *rule*; a proposal's figures are kept with the decision."""
    if act == "free":
        study.free_rule(key, rule)
        say(N_("Free again: {rule}. The rules of {code} stay as they are."), rule=rule, code=key)
        return
    with waiting(N_("Looking for words that go with the codes …")):
        proposal = study.proposed_rule(key, rule)
    shown = proposal.shown if proposal else ""
    if act == "accept":
        instead_of = proposal.instead_of if proposal else ""
        study.accept_rule(key, rule, instead_of=instead_of, shown=shown)
        _say_accepted(rule, key, instead_of)
    elif act == "lock":
        study.lock_rule(key, rule, shown=shown)
        say(N_("{rule} is a rule of {code} and stays as it is. Undo with: qualcode undo"), rule=rule, code=key)
    else:
        study.forbid_rule(key, rule, shown=shown)
        say(N_("{rule} is not proposed for {code} again. Undo with: qualcode undo"), rule=rule, code=key)


def _say_accepted(rule: str, key: str, instead_of: str) -> None:
    if instead_of:
        message = N_("{rule} is a rule of {code} in the place of {old}. Undo with: qualcode undo")
        say(message, rule=rule, code=key, old=shorten(instead_of, 60))
    else:
        say(N_("{rule} is a rule of {code} now. Undo with: qualcode undo"), rule=rule, code=key)


def _show(learnt: LearntRules, *, as_json: bool) -> None:
    from qualcode.project.rule_rows import proposal_row

    if as_json:
        rows = [proposal_row(proposal) for proposal in learnt.proposals]
        show_json({"proposals": rows, "silent": dict(learnt.silent), "looked_at": dict(learnt.looked_at)})
        return
    shown = [
        {
            "code": p.code,
            "rule": p.rule,
            "so": translated(N_("{k} of {n}"), k=p.seen.k, n=p.seen.n),
            "informants": p.informants,
            "estimate": round(p.estimate, 2),
            "again": translated(N_("{k} of {n}"), k=p.again.k, n=p.again.n),
            "unseen": p.unseen if p.unseen is None else round(p.unseen, 2),
            "adds": translated(N_("{n} fewer wrong ones"), n=p.adds) if p.instead_of else p.adds,
            "unread": p.unread,
        }
        for p in learnt.proposals
    ]
    if shown:
        show(
            shown,
            as_json=False,
            columns={
                "code": N_("code"),
                "rule": N_("rule"),
                "so": N_("coded so"),
                "informants": N_("informants"),
                "estimate": N_("estimate"),
                "again": N_("holds in halves"),
                "unseen": N_("in the other half"),
                "adds": N_("new coded passages"),
                "unread": N_("unread"),
            },
        )
        _explain(learnt)
    reasons: dict[str, list[str]] = {}
    for key, reason in learnt.silent.items():
        reasons.setdefault(reason, []).append(key)
    for reason, keys in reasons.items():
        say(N_("No rule proposed, {reason}: {codes}"), reason=translated(reason), codes=", ".join(keys))
    if shown:
        say(N_("Proposals to read, no rules yet: qualcode rules CODE --try RULE --show lists what one would catch."))


def _explain(learnt: LearntRules) -> None:
    """Say how the figures are to be read, and on how little some rest."""
    few = [p for p in learnt.proposals if p.is_few]
    if few:
        say(
            N_("Resting on {n} passages or fewer: {rules}"),
            n=max(p.seen.n for p in few),
            rules=", ".join(p.rule for p in few),
        )
    if learnt.looked_at:
        say(
            N_(
                "{n} words and pairs were looked at for each code; of ten proposals one may be chance. “Coded so” counts the passages learnt from and is too good; "
                "“estimate” draws it towards the code's share, “in the other half” is how right the rule is for informants it was not judged by."
            ),
            n=max(learnt.looked_at.values()),
        )


def _show_decided(study: Project, key: str | None, *, as_json: bool) -> None:
    from qualcode.project.rule_rows import decided_row

    rows = [decided_row(decision) for decision in study.decided_rules(key)]
    if as_json:
        show_json(rows)
    elif not rows:
        say(N_("Nothing was decided about rules yet."))
    else:
        show(
            [row | {"decision": in_words(row["decision"]), "at": local(row["at"])} for row in rows],
            as_json=False,
            columns={
                "code": N_("code"),
                "rule": N_("rule"),
                "decision": N_("decision"),
                "coder": N_("coder"),
                "at": N_("when"),
                "shown": N_("figures shown"),
            },
        )


def _decide(study: Project, proposals: Sequence[ProposedRule]) -> None:
    """Go through the proposals one by one, each with what it would catch."""
    if not proposals:
        say(N_("Nothing to decide: no rule is proposed."))
        return
    say(KEYS)
    for number, proposal in enumerate(proposals, 1):
        _present(study, proposal, f"[{number}/{len(proposals)}]")
        while (answer := press(SHORT_KEYS)) not in {"a", "l", "f", "s", "q"}:
            say(KEYS)
        if answer == "q":
            break
        if answer in {"a", "l"}:
            study.accept_rule(proposal.code, proposal.rule, instead_of=proposal.instead_of, shown=proposal.shown)
        if answer == "l":
            study.lock_rule(proposal.code, proposal.rule, shown=proposal.shown)
        if answer == "f":
            study.forbid_rule(proposal.code, proposal.rule, shown=proposal.shown)
    say(N_("Every decision is in the log and can be undone."))


def _present(study: Project, proposal: ProposedRule, number: str) -> None:
    from qualcode import i18n
    from qualcode.cli._passages import passage_lines
    from qualcode.project.rule_rows import passage_rows

    effect = study.try_rule(proposal.code, proposal.rule)
    click.echo()
    click.echo(click.style(f"{number} {proposal.code}: {proposal.rule}", bold=True))
    if proposal.instead_of:
        say(N_("  in the place of: {rule}"), rule=shorten(proposal.instead_of, 100))
    say(
        N_("  {k} of {n} passages read are coded so ({informants} informants); estimate {estimate}"),
        k=proposal.seen.k,
        n=proposal.seen.n,
        informants=proposal.informants,
        estimate=i18n.number(round(proposal.estimate, 2), language()),
    )
    for row in passage_rows(study.corpus(), effect):
        if row["marks"]:
            for line in passage_lines(row):
                click.echo(wrapped(f"  {line}"))

"""The verbs on keyword rules: what they catch and miss, rules that codings teach, and what is decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.errors import N_, ConflictError, InputError, NotFoundError
from qualcode.model import Code, RuleDecision, RuleVerdict
from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.suggesters.patterns import LearntRules, ProposedRule, RuleEffect

__all__ = ["RuleVerbs"]

EVERY = 50
"""More rules than a code's codings teach."""


class RuleVerbs(Desk):
    """Look at keyword rules beside what was coded. Work that this coder may not see yet (an independent round) does not count."""

    def rules(self, code: str | None = None) -> tuple[RuleEffect, ...]:
        """Return what each rule of *code* catches and misses, then what all of them do together; of every code the latter, where none is named."""
        from qualcode.suggesters.patterns import rule_effects

        return rule_effects(self.corpus(viewer=self._coder), self._known_key(code))

    def try_rule(self, code: str, rule: str) -> RuleEffect:
        """Return what *rule* would catch and miss if *code* had it alone; nothing is changed.

        Raises
        ------
        RuleError
            If the rule cannot be read; with the column.
        """
        from qualcode.suggesters.patterns import rule_effects

        return rule_effects(self.corpus(viewer=self._coder), self._known_key(code), rules=[_some(rule)])[0]

    def learn_rules(self, code: str | None = None, *, n: int = 5) -> LearntRules:
        """Return up to *n* rules for *code* (or for each code) that its codings teach, best first, and why other codes have none.

        Those that somebody forbade, or that the code has already, are left out; locked rules stay as they are.
        """
        from qualcode.suggesters.patterns import learn_rules

        key = self._known_key(code)
        return learn_rules(self.corpus(viewer=self._coder), codes=None if key is None else [key], n=n)

    def proposed_rule(self, code: str, rule: str) -> ProposedRule | None:
        """Return what speaks for *rule*, if it is one of those that the codings of *code* teach, however many there are."""
        found = self.learn_rules(code, n=EVERY).proposals
        return next((proposal for proposal in found if proposal.rule == rule.strip()), None)

    def accept_rule(self, code: str, rule: str, *, instead_of: str = "", shown: str = "") -> Code:
        """Add *rule* to *code*, or put it in the place of the rule *instead_of*; return the code. One change, undone as one.

        *shown* are the figures that spoke for it, kept with the decision.

        Raises
        ------
        RuleError
            If the rule cannot be read; with the column.
        NotFoundError
            If the code has no rule *instead_of* any more.
        ConflictError
            If that rule is locked.
        """
        rule, found = self._readable_rule(code, rule)
        rules = list(found.keywords)
        if instead_of:
            self._require_rule(found, instead_of)
            if self._rule_decisions(found.key, instead_of, RuleVerdict.LOCKED):
                raise ConflictError(
                    N_("the rule {rule!r} of {code!r} is locked"),
                    hint=N_("free it first: qualcode patterns {code} --free RULE"),
                    rule=instead_of,
                    code=found.key,
                )
            rules[rules.index(instead_of)] = rule
        elif rule not in rules:
            rules.append(rule)
        self._decide_rule(found, rule, RuleVerdict.ACCEPTED, shown, tuple(dict.fromkeys(rules)))
        return self.codebook.code(found.key)

    def lock_rule(self, code: str, rule: str, *, shown: str = "") -> Code:
        """Let *rule* of *code* stay as it is: no other is proposed in its place. One that the code lacks is added; return the code."""
        rule, found = self._readable_rule(code, rule)
        self._decide_rule(found, rule, RuleVerdict.LOCKED, shown, tuple(dict.fromkeys((*found.keywords, rule))))
        return self.codebook.code(found.key)

    def forbid_rule(self, code: str, rule: str, *, shown: str = "") -> None:
        """Never propose *rule* for *code* again, in whatever order and distance of its words.

        Raises
        ------
        ConflictError
            If the code has the rule: it must be taken out first.
        """
        rule, found = self._readable_rule(code, rule)
        if rule in found.keywords:
            raise ConflictError(
                N_("{code!r} has the rule {rule!r}"),
                hint=N_("take it out first: qualcode codebook edit {code} --drop-keyword RULE"),
                rule=rule,
                code=found.key,
            )
        self._decide_rule(found, rule, RuleVerdict.FORBIDDEN, shown, None)

    def free_rule(self, code: str, rule: str) -> None:
        """Take back what was decided about *rule* of *code*: it may be changed and proposed again. The code's rules stay.

        Raises
        ------
        NotFoundError
            If nobody decided about it.
        """
        from qualcode.store.acts.rules import free_rule

        key = self.codebook.code(code).key
        decided = self._rule_decisions(key, rule.strip())
        if not decided:
            known = [d.rule for d in self.corpus().rule_decisions if d.code == key]
            raise NotFoundError(
                N_("nothing was decided about the rule {name!r} of {code!r}"), name=rule, known=known, code=key
            )
        for decision in decided:
            free_rule(self._log, self._by(), decision.guid)

    def decided_rules(self, code: str | None = None) -> tuple[RuleDecision, ...]:
        """Return what was decided about the rules of *code*, or of all codes, oldest first."""
        key = self._known_key(code)
        return tuple(d for d in self.corpus().rule_decisions if key in {None, d.code})

    def _known_key(self, code: str | None) -> str | None:
        return None if code is None else self.codebook.code(code).key

    def _readable_rule(self, code: str, rule: str) -> tuple[str, Code]:
        """Return *rule* without blanks around it and the code, or say where the rule cannot be read."""
        from qualcode.rules import parse

        book = self.codebook
        found = book.code(code)
        parse(_some(rule), book.macros)
        return rule.strip(), found

    def _require_rule(self, code: Code, rule: str) -> None:
        if rule not in code.keywords:
            raise NotFoundError(
                N_("code {code!r} has no rule {name!r}"), name=rule, known=list(code.keywords), code=code.key
            )

    def _rule_decisions(self, key: str, rule: str, *verdicts: RuleVerdict) -> list[RuleDecision]:
        wanted: Iterable[RuleVerdict] = verdicts or tuple(RuleVerdict)
        return [d for d in self.corpus().rule_decisions if (d.code, d.rule) == (key, rule) and d.verdict in wanted]

    def _decide_rule(
        self, code: Code, rule: str, verdict: RuleVerdict, shown: str, keywords: tuple[str, ...] | None
    ) -> None:
        from qualcode.store.acts.rules import decide_rule

        decide_rule(self._log, self._by(), code.guid, rule, verdict, shown=shown, keywords=keywords)


def _some(rule: str) -> str:
    """Return *rule* without blanks around it, or say that there is none."""
    if not rule.strip():
        raise InputError(N_("the rule is empty"), hint=N_("give words, as in: iuran NEAR berat"))
    return rule.strip()

"""The verbs on suggestions and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from qualcode.model import Coding, Decision, Elicited, Stance, Suggestion, Verdict
from qualcode.project import proposals
from qualcode.project.desk import Desk, one_of

__all__ = ["SuggestionVerbs"]


class SuggestionVerbs(Desk):
    """Suggest, and record what a person decides: a suggestion is never a coding by itself."""

    _silent: Mapping[str, str] = MappingProxyType({})

    def suggest(
        self,
        code: str | None = None,
        *,
        n: int | None = 20,
        recipe: str | None = None,
        by: Literal["score", "learning", "rare", "disagreement"] = "score",
    ) -> tuple[Suggestion, ...]:
        """Return up to *n* suggestions for *code* (or all codes) in the order *by*; never codings.

        The classifier speaks where it has learnt enough from this coder's codings; for the other codes, and in a study without
        codings, the codebook's rules do. *recipe* takes one of them only. Passages that this coder has read or coded so, or whose suggestion
        was accepted, corrected or rejected, are left out; those skipped come last. `silent_codes` then says for which codes the classifier is
        silent, and why. Where independent rounds were held and are closed, everyone's codings are learnt from.

        Parameters
        ----------
        by : str
            *score*: best first. *learning*: passages to read, without a proposed code (`Suggestion.code` is empty), from which most is learnt.
            *rare*: for the codes given least. *disagreement*: passages decided already where the classifier, learnt from the others, would
            have decided otherwise: possible oversights, and codings to look at again (`Suggestion.coding` names them).

        Raises
        ------
        NotFoundError
            If the code, the recipe or the order is unknown.
        StateError
            If an independent round is open and no coder is at the keyboard.
        """
        found = proposals.suggest(self.corpus(viewer=self._coder), self._coder, code=code, n=n, recipe=recipe, by=by)
        self._silent = found.silent
        return found.suggestions

    @property
    def silent_codes(self) -> Mapping[str, str]:
        """For which codes the classifier was silent at the last `suggest`, and why."""
        return self._silent

    def accept(
        self,
        suggestion: Suggestion,
        *,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
    ) -> Coding:
        """Accept a suggestion: it becomes this coder's coding, which is returned."""
        return self._made(self._decide(suggestion, Verdict.ACCEPTED, stance=stance, elicited=elicited, seconds=seconds))

    def correct(
        self,
        suggestion: Suggestion,
        *,
        code: str,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
    ) -> Coding:
        """Give the suggested passage another *code*; return the coding."""
        key = self.codebook.code(code).key
        return self._made(
            self._decide(
                suggestion, Verdict.CORRECTED, stance=stance, elicited=elicited, seconds=seconds, corrected=key
            )
        )

    def reject(self, suggestion: Suggestion, *, seconds: float | None = None) -> Decision:
        """Reject a suggestion; it is kept as a counter-example and not made again."""
        return self._decision(self._decide(suggestion, Verdict.REJECTED, seconds=seconds)[0])

    def skip(self, suggestion: Suggestion, *, seconds: float | None = None) -> Decision:
        """Leave a suggestion undecided for now; that is logged, too."""
        return self._decision(self._decide(suggestion, Verdict.SKIPPED, seconds=seconds)[0])

    def _decide(
        self,
        suggestion: Suggestion,
        verdict: Verdict,
        *,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
        corrected: str = "",
    ) -> tuple[str, str]:
        made = proposals.decide(
            self._log,
            self._by(),
            suggestion,
            verdict,
            stance=one_of(Stance, stance),
            elicited=one_of(Elicited, elicited),
            seconds=seconds,
            corrected=corrected,
            version=self.codebook.label,
        )
        return made

    def _made(self, made: tuple[str, str]) -> Coding:
        return self._coding(made[1])

    def _decision(self, guid: str) -> Decision:
        return next(decision for decision in self.corpus().decisions if decision.guid == guid)

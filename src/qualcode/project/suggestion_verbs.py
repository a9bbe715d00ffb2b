"""The verbs on suggestions and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, InputError
from qualcode.model import Coding, Corpus, Decision, Elicited, Reading, Span, Stance, Suggestion, Verdict
from qualcode.project import proposals
from qualcode.project.desk import Desk, one_of

if TYPE_CHECKING:
    from qualcode.suggesters.acceptance.figures import Acceptance
    from qualcode.suggesters.queue.drawing import Passage

__all__ = ["SuggestionVerbs"]


class SuggestionVerbs(Desk):
    """Suggest, and record what a person decides: a suggestion is never a coding by itself."""

    _silent: Mapping[str, str] = MappingProxyType({})
    _reserved: Mapping[str, str] = MappingProxyType({})

    def suggest(
        self,
        code: str | None = None,
        *,
        n: int | None = 20,
        recipe: str | None = None,
        by: Literal["score", "rest", "learning", "rare", "disagreement"] = "score",
    ) -> tuple[Suggestion, ...]:
        """Return up to *n* suggestions for *code* (or all codes) in the order *by*; never codings.

        The classifier speaks where it has learnt enough from this coder's codings; for the other codes, and in a study without
        codings, the codebook's rules do. *recipe* takes one of them only. Passages that this coder has read or coded so, or whose suggestion
        was accepted, corrected or rejected, are left out; those skipped come last. `silent_codes` then says for which codes the classifier is
        silent, and why. Where independent rounds were held and are closed, everyone's codings are learnt from.

        Parameters
        ----------
        by : str
            *score*: best first. *rest*: best first, on below what is suggested (`Suggestion.why` says so), until nothing is unread: what tells
            how much of a code is left. *learning*: passages to read, without a proposed code (`Suggestion.code` is empty), from which most is learnt.
            *rare*: for the codes given least. *disagreement*: passages decided already where the classifier, learnt from the others, would
            have decided otherwise: possible oversights, and codings to look at again (`Suggestion.coding` names them).

        Raises
        ------
        NotFoundError
            If the code, the recipe or the order is unknown.
        StateError
            If an independent round is open and no coder is at the keyboard.
        """
        found = proposals.suggest(
            self.corpus(viewer=self._coder),
            self._coder,
            code=code,
            n=n,
            recipe=recipe,
            by=by,
            index=self._seen.index,
            earlier=self._seen.earlier,
        )
        self._silent, self._reserved = found.silent, found.reserved
        return found.suggestions

    def learn_from(self, *studies: str | Path) -> None:
        """Have suggestions learn from the codings of earlier *studies* besides, as long as this one is open; without any, no more.

        Codes are matched by key. The earlier studies are only read: nothing of them is shown, suggested, counted or stored here;
        suggestions say so by their recipe. Everyone's codings there are learnt from.

        Raises
        ------
        NotFoundError, ProjectFileError
            If a file is not there, or no study.
        InputError
            If it is a copy of this study, has no code in common with it, or no codings of those.
        """
        from qualcode.store.file import StudyFile

        earlier: list[Corpus] = []
        for path in map(Path, studies):
            with type(self)(StudyFile.open(path, mode="ro", clock=self._clock), None, self._clock) as other:
                if other._file.study == self._file.study:
                    raise InputError(
                        N_("this is a copy of the same study"),
                        hint=N_("join copies with: qualcode merge"),
                        file=path,
                    )
                proposals.require_shared(self.corpus(viewer=self._coder), other.corpus(), file=path)
                earlier.append(other.corpus())
        self._seen.earlier = tuple(earlier)

    @property
    def silent_codes(self) -> Mapping[str, str]:
        """For which codes the classifier was silent at the last `suggest`, and why."""
        return self._silent

    @property
    def reserved_codes(self) -> Mapping[str, str]:
        """For which codes the classifier spoke at the last `suggest` with a reservation, and which: one informant's examples, or no say for its keywords."""
        return self._reserved

    def blind_passages(
        self,
        code: str | None = None,
        *,
        n: int = 20,
        by: Literal["score", "learning", "rare"] = "score",
    ) -> tuple[Passage, ...]:
        """Return up to *n* passages to decide on before anything is shown, each with what is suggested for it.

        Code what is in the passage (`code`), mark it as read (`read_passage`), and only then look at its suggestions and decide on them with
        ``blind=True``. Every third passage is one for which nothing is suggested, as long as there are such.

        Raises
        ------
        NotFoundError
            If the code is unknown, or the order is not one of these three.
        """
        return proposals.blind_passages(
            self.corpus(viewer=self._coder),
            self._coder,
            code=code,
            n=n,
            by=by,
            index=self._seen.index,
            earlier=self._seen.earlier,
        )

    def accept(
        self,
        suggestion: Suggestion,
        *,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
        blind: bool = False,
    ) -> Coding:
        """Accept a suggestion: it becomes this coder's coding, which is returned. A coding that it asks about is kept as it is.

        Parameters
        ----------
        blind : bool
            The coder had decided before it was shown. Whether they had given the code is kept with the decision.
        """
        return self._made(
            self._decide(suggestion, Verdict.ACCEPTED, stance=stance, elicited=elicited, seconds=seconds, blind=blind)
        )

    def correct(
        self,
        suggestion: Suggestion,
        *,
        code: str = "",
        span: Span | tuple[int, int] | None = None,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
        blind: bool = False,
    ) -> Coding:
        """Give the suggested passage another *code*, or code another *span* of the text, or both; return the coding.

        Raises
        ------
        InputError
            If neither differs from what is suggested, or the span leaves the text.
        """
        key = self.codebook.code(code).key if code else ""
        return self._made(
            self._decide(
                suggestion,
                Verdict.CORRECTED,
                stance=stance,
                elicited=elicited,
                seconds=seconds,
                corrected="" if key == suggestion.code else key,
                span=Span(*span) if isinstance(span, tuple) else span,
                blind=blind,
            )
        )

    def reject(self, suggestion: Suggestion, *, seconds: float | None = None, blind: bool = False) -> Decision:
        """Reject a suggestion; it is kept as a counter-example and not made again. A coding that it asks about is taken away."""
        return self._decision(self._decide(suggestion, Verdict.REJECTED, seconds=seconds, blind=blind)[0])

    def skip(self, suggestion: Suggestion, *, seconds: float | None = None) -> Decision:
        """Leave a suggestion undecided for now; that is logged, too."""
        return self._decision(self._decide(suggestion, Verdict.SKIPPED, seconds=seconds)[0])

    def nothing_to_code(self, suggestion: Suggestion, *, seconds: float | None = None) -> Reading:
        """Mark the suggested passage as read with nothing (else) to code in it; a code that was suggested is rejected, in the same event.

        What is uncoded in the passage then counts against every code, and it is not suggested again.
        """
        if not suggestion.code:
            return self.read_passage(suggestion)
        known = {reading.guid for reading in self.corpus().readings}
        self._decide(suggestion, Verdict.REJECTED, seconds=seconds, read=True)
        return next(reading for reading in self.corpus().readings if reading.guid not in known)

    def read_passage(self, suggestion: Suggestion) -> Reading:
        """Mark the passage of a suggestion as read: what is uncoded in it is then "nothing to code"; return the reading."""
        guid = proposals.mark_read(self._log, self._by(), suggestion)
        return next(reading for reading in self.corpus().readings if reading.guid == guid)

    def acceptance(self, *, coder: str | None = None) -> Acceptance:
        """Return how suggestions were decided on, by score, and what speaks for leaning on them too much; of one *coder*, or of all."""
        from qualcode.suggesters.acceptance.figures import acceptance

        return acceptance(self.corpus(viewer=self._coder), coder=coder)

    def _decide(
        self,
        suggestion: Suggestion,
        verdict: Verdict,
        *,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        seconds: float | None = None,
        corrected: str = "",
        span: Span | None = None,
        blind: bool = False,
        read: bool = False,
    ) -> tuple[str, str]:
        corpus = self.corpus()
        there = proposals.coding_there(corpus, suggestion, self._named_coder(), blind=blind)
        if not there and verdict in {Verdict.ACCEPTED, Verdict.CORRECTED}:  # nobody codes the same words twice
            there = proposals.coded_so(
                corpus, suggestion, self._named_coder(), corrected or suggestion.code, span or suggestion.span
            )
        return proposals.decide(
            self._log,
            self._by(),
            suggestion,
            verdict,
            stance=one_of(Stance, stance),
            elicited=one_of(Elicited, elicited),
            seconds=seconds,
            corrected=corrected,
            span=span,
            version=corpus.codebook.label,
            there=there,
            blind=(Verdict.ACCEPTED if there else Verdict.REJECTED) if blind else None,
            read=read,
        )

    def _made(self, made: tuple[str, str]) -> Coding:
        return self._coding(made[1])

    def _decision(self, guid: str) -> Decision:
        return next(decision for decision in self.corpus().decisions if decision.guid == guid)

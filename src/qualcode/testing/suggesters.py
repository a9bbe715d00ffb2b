"""The contract of suggesters: what holds for every recipe, on the invented study of `qualcode.testing.example`."""

from __future__ import annotations

from typing import ClassVar

from qualcode.errors import NotFoundError
from qualcode.model import Codings, Corpus, Verdict
from qualcode.suggesters import Suggester
from qualcode.testing.example import BOOK, LINES, STUDY, TALKS, corpus, decision

__all__ = ["SuggesterContract"]


class SuggesterContract:
    """Tests of a suggester, which pytest runs in a subclass that names it.

    The recipe must find at least four of the third interview's answers about debt, whose codings it has seen in the first two: one that does not learn
    from codings or rules needs a study of its own.

    Examples
    --------
    >>> class TestMine(SuggesterContract):
    ...     suggester = MySuggester  # doctest: +SKIP
    """

    suggester: ClassVar[type[Suggester]]

    def test_the_same_seed_gives_the_same_suggestions(self) -> None:
        """Suggestions, their order and guids depend on the study and the seed alone."""
        first, second = (self.suggester(seed=7).fit(STUDY).suggest(STUDY) for _ in range(2))

        assert repr(first) == repr(second)
        assert first
        assert len({one.guid for one in first}) == len(first)

    def test_a_study_without_anything_coded_is_no_error(self) -> None:
        """Nor is one without transcripts, codes or segments."""
        for of in (Corpus(), corpus(), corpus(talks=TALKS[:1], segments=())):
            for one in self.suggester().fit(of).suggest(of, n=3):
                assert one.code in BOOK

    def test_suggestions_are_informants_words_with_evidence_in_its_place(self) -> None:
        """Nothing but what informants say is suggested, with what speaks for it, where it stands."""
        for one in self.suggester().fit(STUDY).suggest(STUDY):
            talk = STUDY.transcript(one.transcript)

            assert one.quote in LINES
            assert one.quote == STUDY.quote(one)
            assert one.recipe == self.suggester.recipe
            assert one.evidence
            for why in one.evidence:
                assert why.span is None or (why.span.of(talk.text) == why.text and one.span.covers(why.span))

    def test_what_is_coded_or_settled_is_not_suggested_again(self) -> None:
        """What a coder has coded, accepted, corrected or rejected is settled, for that coder."""
        before = self.suggester().fit(STUDY).suggest(STUDY, code="utang")
        settled = [
            decision(STUDY.transcript(one.transcript), LINES.index(one.quote), "utang", verdict)
            for one, verdict in zip(before, [Verdict.REJECTED, Verdict.ACCEPTED, Verdict.CORRECTED], strict=False)
        ]
        study = STUDY.with_(decisions=tuple(settled))
        after = self.suggester().fit(STUDY).suggest(study, code="utang")

        assert len(settled) == 3
        assert not {one.span for one in before} & {c.span for c in STUDY.codings if c.transcript == TALKS[2].guid}
        assert {one.guid for one in after} == {one.guid for one in before[3:]}
        assert self.suggester().fit(STUDY).suggest(study, code="utang", coder="dewi")

    def test_what_was_skipped_comes_back_until_it_is_settled(self) -> None:
        """Skipping settles nothing."""
        fitted = self.suggester().fit(STUDY)
        before = fitted.suggest(STUDY, code="utang")
        talk, line = STUDY.transcript(before[0].transcript), LINES.index(before[0].quote)
        skipped = decision(talk, line, "utang", Verdict.SKIPPED)
        rejected = decision(talk, line, "utang", Verdict.REJECTED)

        assert repr(fitted.suggest(STUDY.with_(decisions=(skipped,)), code="utang", coder="rani")) == repr(before)
        assert repr(fitted.suggest(STUDY.with_(decisions=(skipped, rejected)), code="utang")) == repr(before[1:])

    def test_n_cuts_and_an_unknown_code_is_named(self) -> None:
        """The first *n* are those of the whole list."""
        import pytest

        fitted = self.suggester().fit(STUDY)

        assert repr(fitted.suggest(STUDY, n=2)) == repr(fitted.suggest(STUDY)[:2])
        assert len(fitted.suggest(STUDY, n=2)) == 2
        with pytest.raises(NotFoundError, match="'utagn'"):
            fitted.suggest(STUDY, code="utagn")

    def test_a_guid_is_the_same_in_another_copy_of_the_study(self) -> None:
        """So that what two people decide on one suggestion meets when their copies do."""
        less = STUDY.with_(
            transcripts=TALKS[1:], codings=Codings(c for c in STUDY.codings if c.transcript != TALKS[0].guid)
        )
        whole, part = (
            {(s.revision, s.span, s.code): s.guid for s in self.suggester().fit(STUDY).suggest(of)}
            for of in (STUDY, less)
        )

        assert part
        assert all(whole[key] == guid for key, guid in part.items())
        assert all(len(guid) == 32 and int(guid, 16) >= 0 for guid in part.values())

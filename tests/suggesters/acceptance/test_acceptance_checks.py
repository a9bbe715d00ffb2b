"""What was only asked about is no suggestion that was followed or not."""

from __future__ import annotations

from dataclasses import replace

from qualcode.model import Verdict
from qualcode.suggesters.acceptance.figures import acceptance
from qualcode.testing.example import TALKS, corpus, decision


def test_decisions_on_passages_that_were_not_suggested_are_in_no_band() -> None:
    plain = replace(decision(TALKS[2], 0, "utang", Verdict.ACCEPTED), recipe="classifier-4", score=0.9, seconds=9.0)
    checks = [
        replace(decision(TALKS[2], line, "utang", verdict), recipe=f"classifier-4/{order}", score=0.1, seconds=9.0)
        for line, verdict, order in ((1, Verdict.REJECTED, "rest"), (2, Verdict.ACCEPTED, "disagreement"))
    ]
    found = acceptance(corpus(plain, *checks))

    assert (found.overall.shown.k, found.overall.shown.n) == (1, 1)
    assert found.checks == 2
    assert [one.asked for one in (plain, *checks)] == ["", "rest", "disagreement"]


def test_what_was_asked_blind_counts_as_before() -> None:
    blind = replace(
        decision(TALKS[2], 0, "utang", Verdict.ACCEPTED), recipe="classifier-4/rare", score=0.2, blind=Verdict.REJECTED
    )
    found = acceptance(corpus(blind))

    assert (found.overall.blind.k, found.overall.blind.n, found.overall.followed, found.checks) == (0, 1, 1, 0)

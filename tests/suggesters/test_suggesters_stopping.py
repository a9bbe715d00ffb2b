"""What is probably found of a code: by suggestions reviewed, never by having read on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from corpora import START, coding, corpus, guid, transcript

from qualcode.model import Corpus, Decision, Origin, Reading, Span, Verdict
from qualcode.suggesters.effort import Stopping, stopping
from qualcode.suggesters.effort._stopping import IN_ORDER, NOTHING_FOUND, NOTHING_READ, TOO_EARLY

TURNS = 60
SOURCE = transcript("N-01", "".join(f"N: jawaban nomor {n}\n" for n in range(TURNS)))


def decided(turn: int, verdict: Verdict, code: str = "jaminan", coder: str = "rani") -> Decision:
    return Decision(
        guid(f"d{turn}{code}{coder}"), guid(f"s{turn}{code}"), SOURCE.guid, SOURCE.revision, SOURCE.turn(turn).span,
        code, verdict, coder, START + timedelta(hours=turn),
    )  # fmt: skip


def reviewed(*verdicts: Verdict) -> Corpus:
    """Return a study in which suggestions of one code were decided on, turn by turn."""
    accepted = [
        replace(coding(SOURCE, turn, "jaminan", origin=Origin.ACCEPTED), at=decided(turn, verdict).at)
        for turn, verdict in enumerate(verdicts, 1)
        if verdict is Verdict.ACCEPTED
    ]
    return corpus([SOURCE], accepted).with_(
        decisions=tuple(decided(turn, verdict) for turn, verdict in enumerate(verdicts, 1))
    )


def of(study: Corpus, code: str = "jaminan") -> Stopping:
    return stopping(study, coder="rani", codes=[code])[0]


YES, NO, LATER = Verdict.ACCEPTED, Verdict.REJECTED, Verdict.SKIPPED


def test_nothing_read_is_undefined() -> None:
    found = of(corpus([SOURCE]))

    assert (found.n_units, found.n_read, found.undefined) == (TURNS, 0, NOTHING_READ)
    assert (found.share, found.low, found.high, found.p, found.missing_most) == (None,) * 5


def test_rejections_alone_limit_what_is_missing_but_are_no_share() -> None:
    found = of(reviewed(*[NO] * 40))

    assert found.undefined == NOTHING_FOUND
    assert found.share is None
    assert found.missing_most == 3  # P(none of 40 of 60, 3 bear it) = 20·19·18 / 60·59·58 = .033; with 4 it is .010
    assert (found.run, found.rejections) == (40, 40)


def test_a_run_of_rejections_raises_the_share() -> None:
    shares = [of(reviewed(YES, YES, NO, YES, *[NO] * run)).low or 0 for run in (0, 10, 30, 50)]

    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[-1] >= 0.6


def test_a_queue_that_still_leads_to_the_code_tells_nothing_of_the_rest() -> None:
    """Twelve of thirteen suggestions accepted is no sign that a twelfth is found, and none that all is."""
    found = of(reviewed(*[YES] * 12, NO))

    assert (found.share, found.low, found.p, found.undefined) == (None, None, None, TOO_EARLY)
    assert found.missing_most is not None
    assert found.missing_most > 12


def test_what_is_needed_is_what_brings_the_promise() -> None:
    """After so many more without the code 95 % are promised, and one fewer does not do."""
    found = of(reviewed(YES, YES, NO, YES, *[NO] * 20))
    assert found.needed is not None

    def promised(more: int) -> float:
        return of(reviewed(YES, YES, NO, YES, *[NO] * (20 + more))).low or 0

    assert promised(found.needed) >= 0.95 > promised(found.needed - 1)
    assert of(reviewed(YES, YES, NO, YES, *[NO] * (20 + found.needed))).needed == 0


def test_the_interval_holds_the_share_and_ends_at_one() -> None:
    found = of(reviewed(YES, NO, YES, *[NO] * 30))

    assert found.low is not None
    assert found.share is not None
    assert found.low <= found.share <= 1
    assert found.high == 1


def test_the_run_ends_with_the_last_that_was_accepted() -> None:
    found = of(reviewed(NO, YES, NO, LATER, NO))

    assert (found.n_read, found.n_queued, found.n_found, found.run, found.rejections) == (4, 4, 1, 2, 2)


def test_reading_on_says_nothing_of_what_is_unread() -> None:
    """Who is unread may speak of other things: a long stretch without the code is no sign that it is all found."""
    study = corpus([SOURCE], [coding(SOURCE, 2, "jaminan")]).with_(
        readings=(Reading(guid("r"), SOURCE.guid, SOURCE.revision, Span(0, SOURCE.turn(40).span.end), "rani", START),)
    )

    found = of(study)

    assert (found.n_read, found.n_queued, found.n_found, found.run) == (40, 0, 1, 38)
    assert (found.share, found.undefined) == (None, IN_ORDER)


def test_everything_read_is_everything_found() -> None:
    study = corpus([SOURCE], [coding(SOURCE, 2, "jaminan")]).with_(
        readings=(Reading(guid("r"), SOURCE.guid, SOURCE.revision, Span(0, len(SOURCE.text)), "rani", START),)
    )

    found = of(study)

    assert (found.share, found.low, found.missing_most, found.p) == (1, 1, 0, 0)


def test_a_suggestion_on_a_passage_read_before_is_no_draw_from_the_unread() -> None:
    study = corpus([SOURCE], [coding(SOURCE, 2, "nilai")]).with_(
        readings=(Reading(guid("r"), SOURCE.guid, SOURCE.revision, Span(0, SOURCE.turn(40).span.end), "rani", START),),
        decisions=(decided(5, NO),),
    )

    assert of(study).n_queued == 0


def test_a_passage_decided_blind_is_a_draw_although_it_was_coded_before_its_suggestion_was_shown() -> None:
    shown = replace(decided(5, YES), blind=YES)
    study = corpus([SOURCE], [coding(SOURCE, 5, "jaminan")]).with_(decisions=(shown,))
    in_sight = study.with_(decisions=(replace(shown, blind=None),))

    assert of(study).n_queued == 1
    assert of(in_sight).n_queued == 0


@pytest.mark.parametrize("code", ["", "jaminan"])
def test_other_words_for_the_same_code_are_no_rejection(code: str) -> None:
    """A study keeps no code where the suggested one stays."""
    shorter = replace(decided(5, Verdict.CORRECTED), corrected=code)
    study = corpus([SOURCE], [coding(SOURCE, 5, "jaminan", origin=Origin.CORRECTED)]).with_(
        decisions=(decided(4, NO), shorter)
    )

    assert of(study).rejections == 0
    assert of(study).n_queued == 2


@pytest.mark.parametrize(("order", "run"), [("rest", 2), ("rare", 2), ("disagreement", 1)])
def test_what_was_read_before_and_is_asked_about_again_is_turned_down_no_second_time(order: str, run: int) -> None:
    """Behind an unlikely passage of a queue lies reading; one that was decided already is only asked about."""
    study = reviewed(YES, NO)
    asked = replace(decided(3, NO), recipe=f"classifier-4/{order}")

    assert of(study.with_(decisions=(*study.decisions, asked))).rejections == run


def test_a_passage_given_another_code_is_no_draw_for_that_one() -> None:
    """It is found, but no suggestion of the code led to it."""
    study = corpus([SOURCE], [coding(SOURCE, 5, "jaminan", origin=Origin.CORRECTED)]).with_(
        decisions=(decided(5, Verdict.CORRECTED, "teknologi"),)
    )

    assert (of(study).n_found, of(study).n_queued) == (1, 0)
    assert (of(study, "teknologi").n_found, of(study, "teknologi").n_queued) == (0, 1)


def test_others_work_does_not_count() -> None:
    study = reviewed(YES, NO, NO)
    others = tuple(replace(one, coder="dewi", guid=guid("x" + one.guid)) for one in study.decisions)

    assert of(study.with_(decisions=(*study.decisions, *others))) == of(study)


@pytest.mark.parametrize("code", ["nilai", "nabung"])
def test_under_a_child_the_parent_is_not_asked(code: str) -> None:
    """A unit that bears the child counts neither for nor against the parent."""
    study = corpus([SOURCE], [coding(SOURCE, 2, "nabung")]).with_(
        readings=(Reading(guid("r"), SOURCE.guid, SOURCE.revision, Span(0, len(SOURCE.text)), "rani", START),)
    )
    found = of(study, code)

    assert (found.n_units, found.n_found) == ((TURNS, 1) if code == "nabung" else (TURNS - 1, 0))
